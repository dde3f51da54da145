/*
 * A fuzz target takes any bytes and must not crash, hang, leak or break a promise of the module
 * that it feeds; a promise is said by FUZZ_MUST.  Each stands in NAME_fuzz.c and is built twice:
 * with libFuzzer as tests/fuzz/NAME_fuzz (configure --enable-fuzz), and always into replay_test,
 * which gives it its seeds and small changes of them.  The list is target.def.
 */
#ifndef KAWAT_TESTS_FUZZ_H
#define KAWAT_TESTS_FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"

#define TARGET(name) int fuzz_##name(const uint8_t *p, size_t n);
#include "target.def"
#undef TARGET

#ifdef FUZZ_ALONE
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
/* libFuzzer's entry is this target. */
#define FUZZ_TARGET(name)                                          \
	int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)     \
	{                                                          \
		return fuzz_##name(p, n);                          \
	}                                                          \
	int fuzz_##name(const uint8_t *p, size_t n)
#else
#define FUZZ_TARGET(name) int fuzz_##name(const uint8_t *p, size_t n)
#endif

#define FUZZ_MUST(promise)                                                                    \
	do {                                                                                  \
		if (!(promise)) {                                                             \
			fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #promise); \
			abort();                                                              \
		}                                                                             \
	} while (0)

/* Small choices stand in front of the input; 0 when there is none left. */
static inline uint8_t
fuzz_byte(struct bytes *rest)
{
	if (rest->n == 0)
		return 0;
	uint8_t byte = *rest->p;
	*rest = bytes_of(rest->p + 1, rest->n - 1);
	return byte;
}

/* The next n bytes, or what is left. */
static inline struct bytes
fuzz_take(struct bytes *rest, size_t n)
{
	struct bytes taken = bytes_of(rest->p, n < rest->n ? n : rest->n);
	*rest = bytes_of(rest->p + taken.n, rest->n - taken.n);
	return taken;
}

/* Up to the next newline, which is taken too. */
static inline struct bytes
fuzz_line(struct bytes *rest)
{
	size_t n = 0;
	while (n < rest->n && rest->p[n] != '\n')
		n++;
	struct bytes line = fuzz_take(rest, n);
	(void)fuzz_take(rest, 1);
	return line;
}

static inline bool
fuzz_same(struct bytes a, struct bytes b)
{
	return str_eq(str_of((const char *)a.p, a.n), str_of((const char *)b.p, b.n));
}

static inline struct bytes
fuzz_bytes_of_buf(const struct buf *b)
{
	return bytes_of_str(buf_str(b));
}

#endif
