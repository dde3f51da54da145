/*
 * Tables of the charsets, made with the help of iconv and held to the Encoding Standard.
 *
 * The amendments are what differs between glibc's converters and the standard's indexes; they were
 * found by comparing every byte and every pair (tests/text/charset_table_test.c holds the sums).
 */
#include "text/charset_table.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text/charset_unicode.h"

#define NO_CONVERTER ((iconv_t)-1)

struct charset_table {
	enum charset charset;
	iconv_t cd; /* of bytes or pairs */
	iconv_t long_cd; /* of longer ones, where another converter knows them; else cd */
	uint32_t *bytes;
	struct charset_pairs *pairs;
};

struct amendment {
	enum charset charset;
	uint16_t first, last; /* a byte, or lead and trail */
	uint32_t code; /* of the first, the others follow; 0: none */
};

static const struct amendment amendments[] = {
#define AMEND(charset, first, last, code) {CHARSET_##charset, first, last, code},
#include "text/charset_amend.def"
#undef AMEND
};

/* --- the converter --- */

/* One of the fixed names that follow; nothing from outside comes here. */
static iconv_t
open_named(const char *names)
{
	while (*names) {
		char name[32];
		size_t n = strcspn(names, " ");
		if (n < sizeof(name)) {
			memcpy(name, names, n);
			name[n] = '\0';
			iconv_t cd = iconv_open("UTF-8", name);
			if (cd != NO_CONVERTER)
				return cd;
		}
		names += n;
		names += *names == ' ';
	}
	return NO_CONVERTER;
}

/* The one character that all the bytes stand for, or 0 when the converter refuses. */
static uint32_t
ask(iconv_t cd, const unsigned char *bytes, size_t n)
{
	/* iconv's interface wants a pointer to what it never writes to. */
	char out[16], *from = (char *)(uintptr_t)bytes, *to = out;
	size_t left = n, room = sizeof(out);
	uint32_t code;

	iconv(cd, NULL, NULL, NULL, NULL);
	if (iconv(cd, &from, &left, &to, &room) == (size_t)-1 || left)
		return 0;
	/* Some hold a letter back, in case a mark follows. */
	iconv(cd, NULL, NULL, &to, &room);
	size_t made = (size_t)(to - out);
	if (made == 0 || utf8_decode((unsigned char *)out, made, &code) != made)
		return 0;
	return code == UTF8_REPLACEMENT ? 0 : code;
}

/* --- single bytes --- */

void
charset_pack_bytes(const uint16_t codes[128], uint32_t packed[128])
{
	for (size_t i = 0; i < 128; i++) {
		char utf8[4];
		uint32_t n = (uint32_t)utf8_encode(codes[i], utf8);
		packed[i] = n << 24;
		for (uint32_t k = 0; k < n && k < 3; k++)
			packed[i] |= (uint32_t)(unsigned char)utf8[k] << (8 * k);
	}
}

static void
amend_bytes(enum charset charset, uint16_t codes[128])
{
	for (size_t i = 0; i < COUNT_OF(amendments); i++) {
		const struct amendment *a = &amendments[i];
		if (a->charset != charset)
			continue;
		for (unsigned b = a->first; b >= 0x80 && b <= a->last && b <= 0xFF; b++)
			codes[b - 0x80] = (uint16_t)(a->code ? a->code + (b - a->first)
							     : UTF8_REPLACEMENT);
	}
}

/* What the converter refuses is a control character of C1, or nothing. */
static uint32_t *
make_bytes(const struct charset_table *t)
{
	uint32_t *packed = heap_alloc(128 * sizeof(*packed));
	uint16_t codes[128];

	for (unsigned i = 0; i < 128; i++) {
		unsigned char byte = (unsigned char)(0x80 + i);
		uint32_t code = ask(t->cd, &byte, 1);
		if (code == 0 || code > 0xFFFF)
			code = i < 32 ? byte : UTF8_REPLACEMENT;
		codes[i] = (uint16_t)code;
	}
	amend_bytes(t->charset, codes);
	charset_pack_bytes(codes, packed);
	return packed;
}

/* --- pairs --- */

static void
amend_pairs(enum charset charset, struct charset_pairs *pairs)
{
	for (size_t i = 0; i < COUNT_OF(amendments); i++) {
		const struct amendment *a = &amendments[i];
		unsigned lead = a->first >> 8, trail = a->first & 0xFF;
		for (unsigned n = 0;
		     a->charset == charset && n <= a->last - (unsigned)a->first; n++)
			pairs->code[lead - 0x81][trail + n - 0x40] =
			    a->code ? a->code + n : 0;
	}
}

/* EUC-JP and ISO-2022-JP read the index of Shift_JIS, whose rows are folded two to a lead. */
static void
as_shift_jis(unsigned char pair[2])
{
	unsigned row = pair[0] - 0xA1u, place = pair[1] - 0xA1u + (row % 2 ? 94u : 0u);

	pair[0] = (unsigned char)(row / 2 + (row / 2 < 0x1F ? 0x81 : 0xC1));
	pair[1] = (unsigned char)(place + (place < 0x3F ? 0x40 : 0x41));
}

static uint32_t
ask_pair(const struct charset_table *t, unsigned lead, unsigned trail)
{
	unsigned char pair[2] = {(unsigned char)lead, (unsigned char)trail};

	if (t->charset == CHARSET_EUC_JP || t->charset == CHARSET_ISO_2022_JP) {
		if (lead < 0xA1 || trail < 0xA1 || trail == 0xFF)
			return 0;
		as_shift_jis(pair);
	}
	return ask(t->cd, pair, 2);
}

static struct charset_pairs *
make_pairs(const struct charset_table *t)
{
	struct charset_pairs *pairs = heap_alloc(sizeof(*pairs));

	for (unsigned lead = 0x81; lead <= 0xFE; lead++)
		for (unsigned trail = 0x40; trail <= 0xFF; trail++)
			pairs->code[lead - 0x81][trail - 0x40] = ask_pair(t, lead, trail);
	amend_pairs(t->charset, pairs);
	return pairs;
}

/* --- the table --- */

struct charset_table *
charset_table_new(enum charset charset)
{
	iconv_t cd = open_named(charset_row(charset)->converters), long_cd = cd;
	if (cd == NO_CONVERTER)
		return NULL;
	if (charset == CHARSET_EUC_JP)
		long_cd = open_named("EUC-JP EUC-JP-MS");
	struct charset_table *t = heap_alloc(sizeof(*t));
	*t = (struct charset_table){.charset = charset, .cd = cd, .long_cd = long_cd};
	return t;
}

void
charset_table_free(struct charset_table *t)
{
	if (!t)
		return;
	if (t->long_cd != t->cd && t->long_cd != NO_CONVERTER)
		iconv_close(t->long_cd);
	iconv_close(t->cd);
	free(t->bytes);
	free(t->pairs);
	free(t);
}

const uint32_t *
charset_table_bytes(struct charset_table *t)
{
	if (!t->bytes)
		t->bytes = make_bytes(t);
	return t->bytes;
}

const struct charset_pairs *
charset_table_pairs(struct charset_table *t)
{
	if (!t->pairs)
		t->pairs = make_pairs(t);
	return t->pairs;
}

uint32_t
charset_table_long(struct charset_table *t, const unsigned char *bytes, size_t n)
{
	return t->long_cd == NO_CONVERTER ? 0 : ask(t->long_cd, bytes, n);
}
