/*
 * What stands around a phrase and is no part of it: spaces of every kind, bullets, arrows,
 * brackets, the colon or dash that ends a label.  Nothing is copied; parts are borrowed.
 */
#ifndef KAWAT_STORY_TRIM_H
#define KAWAT_STORY_TRIM_H

#include "base/str.h"

/* White space of Unicode, no-break and zero-width ones included. */
bool trim_is_space(uint32_t code_point);
/* Bullets, arrows, opening brackets: what pages put before a label ("» ", "▶ ", "【", "("). */
bool trim_is_lead(uint32_t code_point);
/* Colons, bars, dashes, arrows, closing brackets: what closes a label. */
bool trim_is_close(uint32_t code_point);
/* A dash that parts two pieces of text, in any of its shapes. */
bool trim_is_dash(uint32_t code_point);

struct str trim_space(struct str);
struct str trim_lead(struct str); /* front: spaces and leads */
struct str trim_close(struct str); /* end: spaces and closes */
struct str trim_label(struct str); /* both */
/* A headline: spaces, arrows and bars at its end go, and a closing bracket that nothing opened. */
struct str trim_title(struct str);
/* The text after a label: closes and leads at its front go ("] - Title"). */
struct str trim_after_label(struct str);

/* The next word, parted by any space; *rest begins with the one after it. */
struct str trim_word(struct str *rest);

/* The character that ends s, and where it begins; U+FFFD for an empty s. */
uint32_t trim_last(struct str s, size_t *at);

/* Letters that have an upper-case partner and are not it; for Latin, Greek, Cyrillic, Armenian. */
bool trim_is_lower(uint32_t code_point);
/* Scripts that put no spaces between words: Han, kana, Thai, Lao, Khmer, Burmese. */
bool trim_is_unspaced(uint32_t code_point);

#endif
