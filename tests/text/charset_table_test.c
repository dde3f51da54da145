/*
 * Every byte, and every pair of bytes, of every charset against the WHATWG Encoding Standard.
 *
 * The sums are of what a decoder that follows the standard (its indexes as of 2024, GB 18030 in the
 * edition of 2022) makes of the same sequences: code points in UTF-8, U+FFFD for errors, a newline
 * after each.  So they hold the tables, and what a broken character takes with it.  To find what
 * differs when a sum is wrong, print the sequences with their text and compare with any browser's
 * TextDecoder.
 */
#include "text/charset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/utf8.h"

struct sum {
	enum charset charset;
	struct charset_set *set;
	uint64_t fnv; /* FNV-1a */
	size_t swallowed; /* sequences whose last '<' did not come out */
};

static void
add(struct sum *s, const unsigned char *p, size_t n)
{
	struct buf out = {0};
	struct decoder *d = decoder_new(s->charset, 0, s->set);
	decoder_push(d, bytes_of(p, n), &out);
	decoder_end(d, &out);
	/* In ISO-2022-JP it may be a letter. */
	if (s->charset != CHARSET_ISO_2022_JP && p[n - 1] == '<' &&
	    (out.n == 0 || out.p[out.n - 1] != '<'))
		s->swallowed++;
	buf_char(&out, '\n');
	for (size_t i = 0; i < out.n; i++)
		s->fnv = (s->fnv ^ (unsigned char)out.p[i]) * UINT64_C(0x100000001B3);
	decoder_free(d);
	buf_clear(&out);
}

#define ADD(s, ...)                                                                      \
	do {                                                                             \
		const unsigned v_[] = {__VA_ARGS__};                                     \
		unsigned char b_[COUNT_OF(v_)];                                          \
		for (size_t i_ = 0; i_ < COUNT_OF(v_); i_++)                             \
			b_[i_] = (unsigned char)v_[i_];                                  \
		add(s, b_, sizeof(b_));                                                  \
	} while (0)

static void
add_bytes(struct sum *s)
{
	for (unsigned b = 0x80; b < 256; b++)
		ADD(s, b);
}

static void
add_pairs(struct sum *s)
{
	add_bytes(s);
	for (unsigned a = 0x80; a < 256; a++)
		for (unsigned b = 0; b < 256; b++)
			ADD(s, a, b, '<');
}

static void
add_euc_jp(struct sum *s)
{
	add_pairs(s);
	for (unsigned a = 0xA0; a < 256; a++)
		for (unsigned b = 0; b < 256; b++)
			ADD(s, 0x8F, a, b, '<');
}

/* All four bytes of the Basic Multilingual Plane, and some of all others, whole and broken. */
static void
add_gb18030(struct sum *s)
{
	add_pairs(s);
	for (unsigned a = 0x81; a < 0x85; a++)
		for (unsigned b = 0x30; b < 0x3A; b++)
			for (unsigned c = 0x81; c < 0xFF; c++)
				for (unsigned d = 0x30; d < 0x3A; d++)
					ADD(s, a, b, c, d);
	for (unsigned a = 0x80; a < 256; a += 5)
		for (unsigned b = 0x2F; b < 0x3B; b++)
			for (unsigned c = 0x7F; c < 256; c += 7)
				for (unsigned d = 0x2F; d < 0x3B; d++)
					ADD(s, a, b, c, d, '<');
}

static void
add_utf8(struct sum *s)
{
	add_pairs(s);
	for (unsigned a = 0xE0; a < 256; a++)
		for (unsigned b = 0x7F; b < 0xC2; b++)
			for (unsigned c = 0x7F; c < 0xC2; c += 3)
				ADD(s, a, b, c, 0x80, '<');
}

static void
add_iso_2022_jp(struct sum *s)
{
	for (unsigned b = 0; b < 256; b++) {
		ADD(s, b);
		ADD(s, 0x1B, '(', 'J', b);
		ADD(s, 0x1B, '(', 'I', b);
		ADD(s, 0x1B, b);
		ADD(s, 0x1B, '$', b);
		ADD(s, 0x1B, '(', b);
	}
	for (unsigned a = 0; a < 256; a++)
		for (unsigned b = 0; b < 256; b++)
			ADD(s, 0x1B, '$', 'B', a, b, 0x1B, '(', 'B', '<');
}

static const struct {
	enum charset charset;
	void (*add)(struct sum *);
	uint64_t fnv;
} rows[] = {
    {CHARSET_IBM866, add_bytes, UINT64_C(0x31EA444D3FE8381A)},
    {CHARSET_ISO_8859_2, add_bytes, UINT64_C(0x7BF742F57E2B697C)},
    {CHARSET_ISO_8859_3, add_bytes, UINT64_C(0xE572B341A18718B5)},
    {CHARSET_ISO_8859_4, add_bytes, UINT64_C(0xEEA4198FBC544EF5)},
    {CHARSET_ISO_8859_5, add_bytes, UINT64_C(0x97B02D7192514D0D)},
    {CHARSET_ISO_8859_6, add_bytes, UINT64_C(0x193A15C7C9139EDC)},
    {CHARSET_ISO_8859_7, add_bytes, UINT64_C(0xF9E4BDDA12EF32D1)},
    {CHARSET_ISO_8859_8, add_bytes, UINT64_C(0xCB6634DFCE20D0BD)},
    {CHARSET_ISO_8859_8_I, add_bytes, UINT64_C(0xCB6634DFCE20D0BD)},
    {CHARSET_ISO_8859_10, add_bytes, UINT64_C(0xBEBC9AC169A9403F)},
    {CHARSET_ISO_8859_13, add_bytes, UINT64_C(0xA14E384452070E3D)},
    {CHARSET_ISO_8859_14, add_bytes, UINT64_C(0x213F5018F826BD93)},
    {CHARSET_ISO_8859_15, add_bytes, UINT64_C(0xFABE039D6F139232)},
    {CHARSET_ISO_8859_16, add_bytes, UINT64_C(0x2771E117B9A2AF64)},
    {CHARSET_KOI8_R, add_bytes, UINT64_C(0x550DF8C6DF896B31)},
    {CHARSET_KOI8_U, add_bytes, UINT64_C(0x48062D21CFC9299D)},
    {CHARSET_MACINTOSH, add_bytes, UINT64_C(0x36FB12D0BBC05609)},
    {CHARSET_WINDOWS_874, add_bytes, UINT64_C(0xE2D7AE474C1CE359)},
    {CHARSET_WINDOWS_1250, add_bytes, UINT64_C(0x69E3152F951E4911)},
    {CHARSET_WINDOWS_1251, add_bytes, UINT64_C(0x979507A6A9B81BE1)},
    {CHARSET_WINDOWS_1252, add_bytes, UINT64_C(0xAB41F17FACF4B948)},
    {CHARSET_WINDOWS_1253, add_bytes, UINT64_C(0x4CE1F423144B3B2C)},
    {CHARSET_WINDOWS_1254, add_bytes, UINT64_C(0x00E387A39EBDC324)},
    {CHARSET_WINDOWS_1255, add_bytes, UINT64_C(0xBDCA51238DD28865)},
    {CHARSET_WINDOWS_1256, add_bytes, UINT64_C(0x514F4A39D7C362EB)},
    {CHARSET_WINDOWS_1257, add_bytes, UINT64_C(0x2C0A7FE49DF4869A)},
    {CHARSET_WINDOWS_1258, add_bytes, UINT64_C(0xCF3C5CDC59F5EA9F)},
    {CHARSET_MAC_CYRILLIC, add_bytes, UINT64_C(0x53FD8100AF881E6F)},
    {CHARSET_X_USER_DEFINED, add_bytes, UINT64_C(0x05FB80C38D336465)},
    {CHARSET_GBK, add_pairs, UINT64_C(0x84961E99DD271683)},
    {CHARSET_GB18030, add_gb18030, UINT64_C(0xA40DE3AAEAF9F9F6)},
    {CHARSET_BIG5, add_pairs, UINT64_C(0x6BEB6D5F82879D0E)},
    {CHARSET_EUC_JP, add_euc_jp, UINT64_C(0xD5897BE33490DE13)},
    {CHARSET_EUC_KR, add_pairs, UINT64_C(0xA7096757B04B9516)},
    {CHARSET_SHIFT_JIS, add_pairs, UINT64_C(0x0EE3F5398809B46F)},
    {CHARSET_ISO_2022_JP, add_iso_2022_jp, UINT64_C(0x228340E0DF2F1539)},
    {CHARSET_UTF_8, add_utf8, UINT64_C(0x3EDF5189DD654625)},
};

static void
follows_the_standard(void **state)
{
	struct charset_set *set = charset_set_new();
	int wrong = 0;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct sum s = {rows[i].charset, set, UINT64_C(0xCBF29CE484222325), 0};
		rows[i].add(&s);
		if (s.fnv != rows[i].fnv || s.swallowed) {
			print_error("%s: %016llX, %zu swallowed\n",
			    charset_name(rows[i].charset).p, (unsigned long long)s.fnv,
			    s.swallowed);
			wrong++;
		}
	}
	charset_set_free(set);
	assert_int_equal(wrong, 0);
}

/* UTF-16 and UTF-32 beside them are proven by counting: every scalar value, and no other. */
static void
reads_every_code_point(void **state)
{
	static const enum charset wide[] = {
	    CHARSET_UTF_16LE, CHARSET_UTF_16BE, CHARSET_UTF_32LE, CHARSET_UTF_32BE};
	(void)state;
	for (size_t w = 0; w < COUNT_OF(wide); w++) {
		bool big = wide[w] == CHARSET_UTF_16BE || wide[w] == CHARSET_UTF_32BE;
		bool long_units = w >= 2;
		struct decoder *d = decoder_new(wide[w], 0, NULL);
		struct buf out = {0};
		for (uint32_t code = 0; code < 0x110000; code++) {
			uint32_t units[2] = {code, 0};
			size_t n_units = 1, n = 0;
			unsigned char raw[4];
			if (!long_units && code >= 0x10000) {
				units[0] = 0xD800 + ((code - 0x10000) >> 10);
				units[1] = 0xDC00 + ((code - 0x10000) & 0x3FF);
				n_units = 2;
			}
			size_t size = long_units ? 4 : 2;
			for (size_t u = 0; u < n_units; u++)
				for (size_t k = 0; k < size; k++)
					raw[n++] = (unsigned char)(units[u] >>
					    (8 * (big ? size - 1 - k : k)));
			if (code >= 0xD800 && code < 0xE000)
				continue;
			out.n = 0;
			decoder_push(d, bytes_of(raw, n), &out);
			char want[4];
			size_t n_want = utf8_encode(code, want);
			assert_true(str_eq(buf_str(&out), str_of(want, n_want)));
		}
		assert_int_equal(decoder_bad(d), 0);
		decoder_free(d);
		buf_clear(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(follows_the_standard),
	    cmocka_unit_test(reads_every_code_point),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
