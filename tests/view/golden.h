/*
 * Golden files: what a person sees, kept beside the tests.  A test that makes something
 * else prints the difference and the command that accepts the new one.
 */
#ifndef KAWAT_TESTS_GOLDEN_H
#define KAWAT_TESTS_GOLDEN_H

#include "base/str.h"

/* Compare with tests/golden/NAME; with KAWAT_BLESS=1 in the environment write it instead.
 */
void golden_check(const char *name, struct str got);

#endif
