/*
 * The streaming decoder: each kind of charset takes what it can of the bytes, and what may be the
 * beginning of a character waits for the next push.
 */
#include "text/charset.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text/charset_double.h"
#include "text/charset_jis.h"
#include "text/charset_unicode.h"

/* --- converters --- */

struct charset_set {
	struct charset_table *v[CHARSETS];
	bool tried[CHARSETS];
	bool sealed;
};

struct charset_set *
charset_set_new(void)
{
	return heap_alloc(sizeof(struct charset_set));
}

void
charset_set_free(struct charset_set *set)
{
	if (!set)
		return;
	for (size_t i = 0; i < CHARSETS; i++)
		charset_table_free(set->v[i]);
	free(set);
}

bool
charset_set_open(struct charset_set *set, enum charset charset)
{
	if (charset == CHARSET_UNKNOWN || charset >= CHARSETS)
		return false;
	if (!charset_needs_converter(charset))
		return true;
	if (!set->tried[charset] && !set->sealed) {
		set->tried[charset] = true;
		set->v[charset] = charset_table_new(charset);
	}
	return set->v[charset] != NULL;
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
	bool missing;
	struct charset_table *table, *own; /* own: not of the set */
	const uint32_t *bytes; /* of single-byte charsets: charset_table_bytes */
	uint32_t own_bytes[128];
	const struct charset_pairs *pairs;
	charset_reader *reader;
	struct charset_jis jis;
	unsigned char held[4]; /* of a character that was cut; none is longer */
	size_t n_held;
	struct buf joined; /* what was held with what came */
	size_t bad;
};

static void
take_table(struct decoder *d, struct charset_set *set)
{
	if (set && charset_set_open(set, d->charset))
		d->table = set->v[d->charset];
	else if (!set || !set->sealed)
		d->table = d->own = charset_table_new(d->charset);
	d->missing = !d->table;
	if (d->missing)
		return;
	if (d->kind == KIND_SINGLE)
		d->bytes = charset_table_bytes(d->table);
	else
		d->pairs = charset_table_pairs(d->table);
	d->reader = charset_reader_of(d->charset);
}

/* The single-byte charsets that need no converter. */
static void
fill_own_bytes(struct decoder *d)
{
	enum { FIRST_PRIVATE = 0xF780 };
	uint16_t codes[128];

	for (unsigned i = 0; i < 128; i++)
		codes[i] = (uint16_t)(d->charset == CHARSET_X_USER_DEFINED
			? FIRST_PRIVATE + i
			: charset_windows_1252((unsigned char)(0x80 + i)));
	charset_pack_bytes(codes, d->own_bytes);
	d->bytes = d->own_bytes;
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
	if (charset_needs_converter(charset))
		take_table(d, set);
	else if (d->kind == KIND_BYTES)
		fill_own_bytes(d);
	return d;
}

void
decoder_free(struct decoder *d)
{
	if (!d)
		return;
	charset_table_free(d->own);
	buf_clear(&d->joined);
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

/* U+FFFD as charset_pack_bytes leaves it. */
#define PACKED_REPLACEMENT 0x03BDBFEFu

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

/* At most three bytes come of one. */
static size_t
decode_single(struct decoder *d, struct bytes in, struct buf *out)
{
	enum { PIECE = 64 * 1024 };
	size_t i = 0;

	while (i < in.n) {
		size_t end = in.n - i < PIECE ? in.n : i + PIECE;
		/* Three bytes are written, however many count: room for the last of them. */
		buf_reserve(out, 3 * (end - i) + 8);
		char *to = out->p + out->n;
		while (i < end) {
			size_t run = ascii_run(in.p + i, end - i);
			memcpy(to, in.p + i, run);
			to += run;
			i += run;
			for (; i < end && in.p[i] >= 0x80; i++) {
				uint32_t packed = d->bytes[in.p[i] - 0x80];
				to[0] = (char)packed;
				to[1] = (char)(packed >> 8);
				to[2] = (char)(packed >> 16);
				to += packed >> 24;
				d->bad += packed == PACKED_REPLACEMENT;
			}
		}
		out->n = (size_t)(to - out->p);
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

static size_t
decode_double(struct decoder *d, struct bytes in, struct buf *out)
{
	size_t i = 0;

	while (i < in.n) {
		size_t run = ascii_run(in.p + i, in.n - i);
		buf_add_bytes(out, bytes_of(in.p + i, run));
		i += run;
		if (i == in.n)
			break;
		struct charset_char c = d->reader(d->table, d->pairs, in.p + i, in.n - i);
		if (c.n == 0)
			break;
		i += c.n;
		if (c.code)
			buf_utf8(out, c.code);
		else
			give_bad(d, out);
		if (c.mark)
			buf_utf8(out, c.mark);
	}
	return i;
}

static size_t
decode_iso_2022_jp(struct decoder *d, struct bytes in, struct buf *out)
{
	for (size_t i = 0; i < in.n; i++)
		charset_jis_byte(&d->jis, d->pairs, in.p[i], out, &d->bad);
	return in.n;
}

static decode_function *
function_of(const struct decoder *d)
{
	static decode_function *const functions[] = {
	    [KIND_NONE] = decode_ascii_only,
	    [KIND_UTF8] = decode_utf8,
	    [KIND_UTF16] = decode_utf16,
	    [KIND_UTF32] = decode_utf32,
	    [KIND_BYTES] = decode_single,
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
	if (d->n_held)
		give_bad(d, out);
	d->n_held = 0;
	charset_jis_end(&d->jis, out, &d->bad);
}
