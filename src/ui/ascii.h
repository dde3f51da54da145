/*
 * Likenesses for terminals and locales that have ASCII alone: `é` as `e`, `“` as `"`, `▶`
 * as `>`, `?` for the rest.  One character each, so that columns stay where they are.
 */
#ifndef KAWAT_UI_ASCII_H
#define KAWAT_UI_ASCII_H

#include <stdint.h>

char ascii_likeness(uint32_t code_point);

#endif
