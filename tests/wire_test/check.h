/* What every test of this floor needs. */
#ifndef KAWAT_TESTS_WIRE_CHECK_H
#define KAWAT_TESTS_WIRE_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

#define assert_str(got, want)                                                            \
	do {                                                                             \
		struct str got_ = (got);                                                 \
		if (!str_eq(got_, str_z(want)))                                          \
			fail_msg("row %zu: got '%.*s', want '%s'", i, STR_ARG(got_), want); \
	} while (0)
#define assert_number(got, want)                                                      \
	do {                                                                          \
		long long got_ = (long long)(got), want_ = (long long)(want);         \
		if (got_ != want_)                                                    \
			fail_msg("row %zu: got %lld, want %lld", i, got_, want_);     \
	} while (0)

#endif
