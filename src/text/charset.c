/*
 * Converters and the streaming decoder.
 *
 * Single-byte charsets become a table of 128 code points when they are opened: the converter is
 * asked once for each byte, and where it refuses, the rules of the WHATWG tables fill the hole.
 * So such a decoder keeps nothing of iconv's, and glibc's stateful converters (windows-1255,
 * windows-1258) cannot hold characters back.
 *
 * ISO-2022-JP is turned into EUC-JP here: its escapes are few, glibc's own converter follows an
 * older table than the web, and one converter less is to be trusted.
 */
#include "text/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text/charset_jis.h"
#include "text/charset_row.h"
#include "text/charset_unicode.h"

/* Where the tables of the web platform and those of iconv differ. */
static const struct {
	enum charset charset;
	unsigned char byte;
	uint16_t code;
} amendments[] = {
	{CHARSET_ISO_8859_7, 0xA4, 0x20AC},
	{CHARSET_ISO_8859_7, 0xA5, 0x20AF},
	{CHARSET_ISO_8859_7, 0xAA, 0x037A},
	{CHARSET_WINDOWS_1255, 0xCA, 0x05BA},
	{CHARSET_KOI8_U, 0xAE, 0x045E},
	{CHARSET_KOI8_U, 0xBE, 0x040E},
	{CHARSET_MACINTOSH, 0xC6, 0x2206},
	{CHARSET_MACINTOSH, 0xDB, 0x20AC},
	{CHARSET_MAC_CYRILLIC, 0xA2, 0x0490},
	{CHARSET_MAC_CYRILLIC, 0xB6, 0x0491},
	{CHARSET_MAC_CYRILLIC, 0xFF, 0x20AC},
};

/* Two bytes that the converter refuses and the web platform does not; 0: one byte. */
static const struct {
	enum charset charset;
	unsigned char first, second;
	uint16_t code;
} refused[] = {
	{CHARSET_GBK, 0x80, 0, 0x20AC},
	{CHARSET_GB18030, 0x80, 0, 0x20AC},
	{CHARSET_SHIFT_JIS, 0x80, 0, 0x0080},
	{CHARSET_BIG5, 0xA1, 0x5A, 0x2574},
	{CHARSET_BIG5, 0xA1, 0xC3, 0xFFE3},
	{CHARSET_BIG5, 0xA1, 0xC5, 0x02CD},
	{CHARSET_BIG5, 0xA1, 0xFE, 0xFF0F},
	{CHARSET_BIG5, 0xA2, 0x40, 0xFF3C},
	{CHARSET_BIG5, 0xA2, 0xCC, 0x5341},
	{CHARSET_BIG5, 0xA2, 0xCE, 0x5345},
	{CHARSET_BIG5, 0xA3, 0xE1, 0x20AC},
};

/* --- converters --- */

#define NO_CONVERTER ((iconv_t)-1)

/* A converter, or the table that was made with one. */
struct converter {
	iconv_t cd;
	uint16_t *table;
	bool tried, busy;
};

struct charset_set {
	struct converter v[CHARSETS];
	bool sealed;
};

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

/* The one character that the byte stands for, or 0 when the converter refuses. */
static uint32_t
ask_byte(iconv_t cd, unsigned char byte)
{
	char in = (char)byte, out[16], *from = &in, *to = out;
	size_t n_in = 1, room = sizeof(out);
	uint32_t code;

	iconv(cd, NULL, NULL, NULL, NULL);
	if (iconv(cd, &from, &n_in, &to, &room) == (size_t)-1)
		return 0;
	/* Some hold a letter back, in case a mark follows. */
	iconv(cd, NULL, NULL, &to, &room);
	size_t n = (size_t)(to - out);
	if (n == 0 || utf8_decode((unsigned char *)out, n, &code) != n || code > 0xFFFF)
		return 0;
	return code;
}

static uint16_t *
make_table(enum charset charset, iconv_t cd)
{
	uint16_t *table = heap_alloc(128 * sizeof(*table));

	for (unsigned i = 0; i < 128; i++) {
		uint32_t code = ask_byte(cd, (unsigned char)(0x80 + i));
		if (code == 0)
			code = i < 32 ? 0x80 + i : UTF8_REPLACEMENT;
		table[i] = (uint16_t)code;
	}
	for (size_t i = 0; i < COUNT_OF(amendments); i++)
		if (amendments[i].charset == charset)
			table[amendments[i].byte - 0x80] = amendments[i].code;
	return table;
}

static bool
converter_is_ready(const struct converter *c)
{
	return c->table || c->cd != NO_CONVERTER;
}

static void
converter_init(struct converter *c)
{
	*c = (struct converter){.cd = NO_CONVERTER};
}

static void
converter_open(struct converter *c, enum charset charset)
{
	c->tried = true;
	c->cd = open_named(charset_row(charset)->converters);
	if (c->cd == NO_CONVERTER || charset_row(charset)->kind != KIND_SINGLE)
		return;
	c->table = make_table(charset, c->cd);
	iconv_close(c->cd);
	c->cd = NO_CONVERTER;
}

static void
converter_clear(struct converter *c)
{
	if (c->cd != NO_CONVERTER)
		iconv_close(c->cd);
	free(c->table);
	converter_init(c);
}

struct charset_set *
charset_set_new(void)
{
	struct charset_set *set = heap_alloc(sizeof(*set));
	for (size_t i = 0; i < CHARSETS; i++)
		converter_init(&set->v[i]);
	return set;
}

void
charset_set_free(struct charset_set *set)
{
	if (!set)
		return;
	for (size_t i = 0; i < CHARSETS; i++)
		converter_clear(&set->v[i]);
	free(set);
}

bool
charset_set_open(struct charset_set *set, enum charset charset)
{
	if (charset == CHARSET_UNKNOWN || charset >= CHARSETS)
		return false;
	if (!charset_needs_converter(charset))
		return true;
	struct converter *c = &set->v[charset];
	if (!c->tried && !set->sealed)
		converter_open(c, charset);
	return converter_is_ready(c);
}

void
charset_set_open_all(struct charset_set *set)
{
	for (unsigned i = CHARSET_UNKNOWN + 1; i < CHARSETS; i++)
		(void)charset_set_open(set, (enum charset)i);
}

void
charset_set_seal(struct charset_set *set)
{
	set->sealed = true;
}

/* --- decoding --- */

struct decoder {
	enum charset charset;
	enum charset_kind kind;
	unsigned flags;
	struct converter *converter; /* of the set, or &own, or NULL */
	struct converter own;
	bool missing;
	enum charset_jis jis;
	unsigned char held[16]; /* of a character that was cut */
	size_t n_held;
	struct buf joined, euc; /* what was held with what came; ISO-2022-JP as EUC-JP */
	size_t bad;
};

static void
take_converter(struct decoder *d, struct charset_set *set)
{
	bool free_in_set = set && charset_set_open(set, d->charset) &&
	    (set->v[d->charset].table || !set->v[d->charset].busy);

	if (free_in_set) {
		d->converter = &set->v[d->charset];
		d->converter->busy = true;
	} else if (!set || !set->sealed) {
		converter_open(&d->own, d->charset);
		d->converter = &d->own;
	}
	d->missing = !d->converter || !converter_is_ready(d->converter);
	if (!d->missing && d->converter->cd != NO_CONVERTER)
		iconv(d->converter->cd, NULL, NULL, NULL, NULL);
}

struct decoder *
decoder_new(enum charset charset, unsigned flags, struct charset_set *set)
{
	struct decoder *d = heap_alloc(sizeof(*d));

	if (charset == CHARSET_UNKNOWN || charset >= CHARSETS)
		charset = CHARSET_UTF_8;
	d->charset = charset;
	d->kind = charset_row(charset)->kind;
	d->flags = flags;
	converter_init(&d->own);
	if (charset_needs_converter(charset))
		take_converter(d, set);
	return d;
}

void
decoder_free(struct decoder *d)
{
	if (!d)
		return;
	if (d->converter)
		d->converter->busy = false;
	converter_clear(&d->own);
	buf_clear(&d->joined);
	buf_clear(&d->euc);
	free(d);
}

enum charset
decoder_needs(const struct decoder *d)
{
	return d->missing ? d->charset : CHARSET_UNKNOWN;
}

size_t
decoder_bad(const struct decoder *d)
{
	return d->bad;
}

static void
give_bad(struct decoder *d, struct buf *out)
{
	d->bad++;
	buf_utf8(out, UTF8_REPLACEMENT);
}

static size_t
ascii_run(const unsigned char *p, size_t n)
{
	size_t i = 0;
	for (; i + 8 <= n; i += 8) {
		uint64_t w;
		memcpy(&w, p + i, 8);
		if (w & 0x8080808080808080u)
			break;
	}
	while (i < n && p[i] < 0x80)
		i++;
	return i;
}

/* Each of these takes what it can of the bytes and returns how many those were. */
typedef size_t decode_function(struct decoder *, struct bytes, struct buf *out);

static size_t
decode_utf8(struct decoder *d, struct bytes in, struct buf *out)
{
	return charset_utf8(in, d->flags & DECODER_MEND, out, &d->bad);
}

static size_t
decode_utf16(struct decoder *d, struct bytes in, struct buf *out)
{
	return charset_utf16(in, d->charset == CHARSET_UTF_16BE, out, &d->bad);
}

static size_t
decode_utf32(struct decoder *d, struct bytes in, struct buf *out)
{
	return charset_utf32(in, d->charset == CHARSET_UTF_32BE, out, &d->bad);
}

static size_t
decode_single(struct decoder *d, struct bytes in, struct buf *out)
{
	const uint16_t *table = d->converter ? d->converter->table : NULL;

	for (size_t i = 0; i < in.n;) {
		size_t run = ascii_run(in.p + i, in.n - i);
		buf_add_bytes(out, bytes_of(in.p + i, run));
		i += run;
		for (; i < in.n && in.p[i] >= 0x80; i++) {
			uint32_t code;
			if (d->kind == KIND_WINDOWS_1252)
				code = charset_windows_1252(in.p[i]);
			else
				code = table ? table[in.p[i] - 0x80] : UTF8_REPLACEMENT;
			if (code == UTF8_REPLACEMENT)
				give_bad(d, out);
			else
				buf_utf8(out, code);
		}
	}
	return in.n;
}

/* Without a converter there is still markup to be read. */
static size_t
decode_ascii_only(struct decoder *d, struct bytes in, struct buf *out)
{
	for (size_t i = 0; i < in.n; i++) {
		if (in.p[i] < 0x80)
			buf_char(out, (char)in.p[i]);
		else
			give_bad(d, out);
	}
	return in.n;
}

/*
 * What to pass over after a refusal: the byte, and the trail bytes behind it that are no ASCII
 * (an ASCII byte may be the '<' that ends the text).  0: more bytes must come to know it.
 */
static size_t
refused_length(enum charset charset, const unsigned char *p, size_t n)
{
	size_t longest = 2, i = 1;

	if (p[0] <= 0x80 || p[0] == 0xFF || (charset == CHARSET_SHIFT_JIS && p[0] == 0xA0))
		longest = 1;
	if (p[0] == 0x8F && (charset == CHARSET_EUC_JP || charset == CHARSET_ISO_2022_JP))
		longest = 3;
	while (i < longest && i < n && p[i] >= 0x80)
		i++;
	return i == n && i < longest ? 0 : i;
}

/*
 * The converter refused what stands at p.  Returns how many bytes that takes away; 0: it depends
 * on bytes that are still to come.
 */
static size_t
give_refused(struct decoder *d, const unsigned char *p, size_t n, struct buf *out)
{
	size_t length = refused_length(d->charset, p, n);

	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		bool two = refused[i].second != 0;
		if (refused[i].charset == d->charset && p[0] == refused[i].first &&
		    (!two || (n > 1 && p[1] == refused[i].second))) {
			buf_utf8(out, refused[i].code);
			return two ? 2 : 1;
		}
	}
	if (length)
		give_bad(d, out);
	return length;
}

/* What iconv appended is checked like anything else from outside. */
static void
check_output(struct decoder *d, struct buf *out, size_t from)
{
	if (out->n == from)
		return;
	struct bytes added = bytes_of(out->p + from, out->n - from);
	size_t good = utf8_valid(added);

	if (good == added.n)
		return;
	unsigned char *copy = heap_alloc(added.n - good);
	struct bytes rest = bytes_of(copy, added.n - good);
	memcpy(copy, added.p + good, rest.n);
	out->n = from + good;
	for (size_t i = 0; i < rest.n;) {
		uint32_t code;
		i += utf8_decode(rest.p + i, rest.n - i, &code);
		if (code == UTF8_REPLACEMENT)
			give_bad(d, out);
		else
			buf_utf8(out, code);
	}
	free(copy);
}

static size_t
decode_double(struct decoder *d, struct bytes in, struct buf *out)
{
	size_t begin = out->n;
	/* iconv's interface wants a pointer to what it never writes to. */
	char *from = (char *)(uintptr_t)in.p;
	size_t left = in.n;

	while (left) {
		buf_reserve(out, left * 3 + 16);
		char *to = out->p + out->n;
		size_t room = out->cap - out->n - 1, before = left;
		size_t made = iconv(d->converter->cd, &from, &left, &to, &room);
		out->n = (size_t)(to - out->p);
		if (made != (size_t)-1 || errno == EINVAL)
			break;
		if (errno == E2BIG)
			continue;
		/* glibc's CP949 takes A2 E8 before it refuses them. */
		if (left == 0 || (left < before && (unsigned char)*from < 0x80)) {
			give_bad(d, out);
			continue;
		}
		size_t n = give_refused(d, (unsigned char *)from, left, out);
		if (n == 0)
			break;
		from += n;
		left -= n;
	}
	if (left > sizeof(d->held)) {
		/* No character is that long: the converter is confused. */
		give_bad(d, out);
		left = 0;
	}
	check_output(d, out, begin);
	return in.n - left;
}

static size_t
decode_iso_2022_jp(struct decoder *d, struct bytes in, struct buf *out)
{
	d->euc.n = 0;
	size_t i = charset_jis_to_euc(in, &d->jis, &d->euc);
	/* No character is cut here, so what is held back cannot be mended. */
	size_t taken = decode_double(d, bytes_of_str(buf_str(&d->euc)), out);
	if (taken < d->euc.n)
		give_bad(d, out);
	return i;
}

static decode_function *
function_of(const struct decoder *d)
{
	static decode_function *const functions[] = {
		[KIND_NONE] = decode_ascii_only,
		[KIND_UTF8] = decode_utf8,
		[KIND_UTF16] = decode_utf16,
		[KIND_UTF32] = decode_utf32,
		[KIND_WINDOWS_1252] = decode_single,
		[KIND_SINGLE] = decode_single,
		[KIND_DOUBLE] = decode_double,
		[KIND_ISO_2022_JP] = decode_iso_2022_jp,
	};
	return d->missing ? decode_ascii_only : functions[d->kind];
}

/* Keep what was not taken.  It is a part of one character. */
static void
hold(struct decoder *d, struct bytes rest)
{
	d->n_held = rest.n < sizeof(d->held) ? rest.n : sizeof(d->held);
	if (d->n_held)
		memcpy(d->held, rest.p, d->n_held);
}

void
decoder_push(struct decoder *d, struct bytes in, struct buf *out)
{
	if (in.n == 0)
		return;
	if (d->n_held) {
		d->joined.n = 0;
		buf_add_bytes(&d->joined, bytes_of(d->held, d->n_held));
		buf_add_bytes(&d->joined, in);
		in = bytes_of_str(buf_str(&d->joined));
	}
	size_t taken = function_of(d)(d, in, out);
	hold(d, bytes_of(in.p + taken, in.n - taken));
}

void
decoder_end(struct decoder *d, struct buf *out)
{
	bool has_converter = !d->missing && d->converter && d->converter->cd != NO_CONVERTER;

	if (has_converter) {
		buf_reserve(out, 32);
		char *to = out->p + out->n;
		size_t room = out->cap - out->n - 1, begin = out->n;
		iconv(d->converter->cd, NULL, NULL, &to, &room);
		out->n = (size_t)(to - out->p);
		check_output(d, out, begin);
	}
	if (d->n_held)
		give_bad(d, out);
	d->n_held = 0;
	d->jis = JIS_ASCII;
}
