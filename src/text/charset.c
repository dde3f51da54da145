/*
 * Labels, converters and the streaming decoder.
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

enum kind {
	KIND_NONE,
	KIND_UTF8,
	KIND_UTF16,
	KIND_UTF32,
	KIND_WINDOWS_1252,
	KIND_SINGLE,
	KIND_DOUBLE,
	KIND_ISO_2022_JP,
};

struct row {
	struct str name;
	enum kind kind;
	const char *converters; /* parted by a space */
};

static const struct row rows[CHARSETS] = {
	[CHARSET_UNKNOWN] = {{"", 0}, KIND_NONE, ""},
#define CHARSET(id, name, kind, converters)                                                 \
	[CHARSET_##id] = {STR_INIT(name), KIND_##kind, converters},
#include "text/charset.def"
#undef CHARSET
};

struct label {
	struct str label;
	enum charset charset;
};

static const struct label labels[] = {
#define LABEL(label, id) {STR_INIT(label), CHARSET_##id},
#include "text/charset_label.def"
#undef LABEL
};

static const uint16_t windows_1252[32] = {
	0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

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

/* --- names --- */

enum charset
charset_of_label(struct str label)
{
	size_t low = 0, high = COUNT_OF(labels);
	char lower[32];

	label = str_trim(label);
	if (label.n > sizeof(lower))
		return CHARSET_UNKNOWN;
	for (size_t i = 0; i < label.n; i++)
		lower[i] = ascii_lower(label.p[i]);
	label = str_of(lower, label.n);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_cmp(label, labels[middle].label);
		if (order == 0)
			return labels[middle].charset;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return CHARSET_UNKNOWN;
}

struct str
charset_name(enum charset charset)
{
	return charset < CHARSETS ? rows[charset].name : rows[CHARSET_UNKNOWN].name;
}

bool
charset_needs_converter(enum charset charset)
{
	return charset < CHARSETS && rows[charset].kind >= KIND_SINGLE;
}

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
	c->cd = open_named(rows[charset].converters);
	if (c->cd == NO_CONVERTER || rows[charset].kind != KIND_SINGLE)
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

/* The G0 set of ISO-2022-JP that is in force. */
enum jis_state { JIS_ASCII, JIS_KATAKANA, JIS_DOUBLE };

struct decoder {
	enum charset charset;
	enum kind kind;
	unsigned flags;
	struct converter *converter; /* of the set, or &own, or NULL */
	struct converter own;
	bool missing;
	enum jis_state jis;
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
	d->kind = rows[charset].kind;
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

static uint32_t
windows_1252_code(unsigned char byte)
{
	return byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
}

/* The length that a UTF-8 lead byte promises, or 0. */
static size_t
promised(unsigned char lead)
{
	if (lead >= 0xC2 && lead <= 0xDF)
		return 2;
	if (lead >= 0xE0 && lead <= 0xEF)
		return 3;
	return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/* Each of these takes what it can of the bytes and returns how many those were. */
typedef size_t decode_function(struct decoder *, struct bytes, struct buf *out);

static size_t
decode_utf8(struct decoder *d, struct bytes in, struct buf *out)
{
	size_t i = 0;

	while (i < in.n) {
		struct bytes rest = bytes_of(in.p + i, in.n - i);
		size_t good = utf8_valid(rest);
		buf_add_bytes(out, bytes_of(rest.p, good));
		i += good;
		if (i == in.n)
			break;
		uint32_t code;
		size_t left = in.n - i, n = utf8_decode(in.p + i, left, &code);
		if (n == left && n < promised(in.p[i]))
			break;
		if (d->flags & DECODER_MEND) {
			d->bad++;
			for (size_t k = 0; k < n; k++)
				buf_utf8(out, windows_1252_code(in.p[i + k]));
		} else {
			give_bad(d, out);
		}
		i += n;
	}
	return i;
}

static uint32_t
unit16(const unsigned char *p, bool big)
{
	return big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

static bool
is_surrogate(uint32_t unit, uint32_t first)
{
	return (unit & 0xFC00) == first;
}

static size_t
decode_utf16(struct decoder *d, struct bytes in, struct buf *out)
{
	bool big = d->charset == CHARSET_UTF_16BE;
	size_t i = 0;

	buf_reserve(out, in.n / 2 * 3);
	while (in.n - i >= 2) {
		uint32_t code = unit16(in.p + i, big);
		if (code < 0x80) {
			buf_char(out, (char)code);
			i += 2;
			continue;
		}
		if (is_surrogate(code, 0xD800)) {
			if (in.n - i < 4)
				break;
			uint32_t low = unit16(in.p + i + 2, big);
			if (is_surrogate(low, 0xDC00)) {
				buf_utf8(out, 0x10000 + ((code & 0x3FF) << 10 | (low & 0x3FF)));
				i += 4;
				continue;
			}
		}
		if (code >= 0xD800 && code < 0xE000)
			give_bad(d, out);
		else
			buf_utf8(out, code);
		i += 2;
	}
	return i;
}

static size_t
decode_utf32(struct decoder *d, struct bytes in, struct buf *out)
{
	bool big = d->charset == CHARSET_UTF_32BE;
	size_t i = 0;

	for (; in.n - i >= 4; i += 4) {
		const unsigned char *p = in.p + i;
		uint32_t code = big ? unit16(p, true) << 16 | unit16(p + 2, true)
		                    : unit16(p + 2, false) << 16 | unit16(p, false);
		if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
			give_bad(d, out);
		else
			buf_utf8(out, code);
	}
	return i;
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
				code = windows_1252_code(in.p[i]);
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

/* The escape at p (p[0] is ESC): its length, 0 when more bytes are needed. */
static size_t
read_escape(const unsigned char *p, size_t n, enum jis_state *state, bool *known)
{
	static const struct {
		unsigned char second, third;
		enum jis_state state;
	} escapes[] = {
		{'(', 'B', JIS_ASCII},
		{'(', 'J', JIS_ASCII},
		{'(', 'I', JIS_KATAKANA},
		{'$', '@', JIS_DOUBLE},
		{'$', 'B', JIS_DOUBLE},
	};

	*known = true;
	if (n < 3)
		return 0;
	for (size_t i = 0; i < COUNT_OF(escapes); i++)
		if (p[1] == escapes[i].second && p[2] == escapes[i].third) {
			*state = escapes[i].state;
			return 3;
		}
	*known = false;
	return 1;
}

enum {
	/* In EUC-JP a byte that is always refused. */
	EUC_REFUSED = 0xFF,
	EUC_KATAKANA = 0x8E,
};

/* One character of ISO-2022-JP as EUC-JP.  Returns the bytes taken, 0 when more are needed. */
static size_t
jis_to_euc(struct decoder *d, const unsigned char *p, size_t n)
{
	bool known;

	if (p[0] == 0x1B) {
		size_t taken = read_escape(p, n, &d->jis, &known);
		if (!known)
			buf_char(&d->euc, (char)EUC_REFUSED);
		return taken;
	}
	if (p[0] >= 0x80 || p[0] == 0x0E || p[0] == 0x0F) {
		buf_char(&d->euc, (char)EUC_REFUSED);
		return 1;
	}
	if (d->jis == JIS_ASCII || p[0] <= 0x20 || p[0] == 0x7F) {
		buf_char(&d->euc, (char)p[0]);
		return 1;
	}
	if (d->jis == JIS_KATAKANA) {
		buf_char(&d->euc, (char)(p[0] < 0x60 ? EUC_KATAKANA : EUC_REFUSED));
		if (p[0] < 0x60)
			buf_char(&d->euc, (char)(p[0] | 0x80));
		return 1;
	}
	if (n < 2)
		return 0;
	if (p[1] <= 0x20 || p[1] >= 0x7F) {
		buf_char(&d->euc, (char)EUC_REFUSED);
		return 1;
	}
	buf_char(&d->euc, (char)(p[0] | 0x80));
	buf_char(&d->euc, (char)(p[1] | 0x80));
	return 2;
}

static size_t
decode_iso_2022_jp(struct decoder *d, struct bytes in, struct buf *out)
{
	size_t i = 0;

	d->euc.n = 0;
	while (i < in.n) {
		size_t n = jis_to_euc(d, in.p + i, in.n - i);
		if (n == 0)
			break;
		i += n;
	}
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

/* --- whole buffers --- */

/* Undecodable places, and bytes above ASCII in all. */
struct fit {
	size_t bad, high;
};

static struct fit
measure(enum charset charset, struct bytes b, bool cut, struct charset_set *set)
{
	enum { PIECE = 64 * 1024 };
	struct decoder *d = decoder_new(charset, 0, set);
	struct buf out = {0};
	struct fit fit = {0};

	for (size_t i = 0; i < b.n; i += PIECE) {
		size_t n = b.n - i < PIECE ? b.n - i : PIECE;
		out.n = 0;
		decoder_push(d, bytes_of(b.p + i, n), &out);
	}
	if (!cut)
		decoder_end(d, &out);
	if (decoder_needs(d) == CHARSET_UNKNOWN)
		fit.bad = decoder_bad(d);
	for (size_t i = 0; i < b.n; i++)
		fit.high += b.p[i] >= 0x80;
	decoder_free(d);
	buf_clear(&out);
	return fit;
}

bool
charset_fits(enum charset charset, struct bytes b, bool cut, struct charset_set *set)
{
	return measure(charset, b, cut, set).bad == 0;
}

/*
 * Bytes that are mostly of the charset stay in it: one broken letter in a page must not turn all
 * the others into nonsense.  In windows-1252 text almost every high byte is no UTF-8.
 */
static bool
mostly_fits(enum charset charset, struct fit fit)
{
	return charset == CHARSET_UTF_8 ? fit.high - fit.bad > fit.bad : fit.bad * 20 < fit.high;
}

void
charset_settle(struct charset_choice *choice, struct bytes b, bool cut, struct charset_set *set)
{
	if (choice->source == CHARSET_BY_BOM)
		return;
	struct fit fit = measure(choice->charset, b, cut, set);
	if (fit.bad == 0)
		return;
	choice->lied = true;
	choice->source = CHARSET_BY_FIT;
	if (choice->charset != CHARSET_UTF_8 && charset_fits(CHARSET_UTF_8, b, cut, NULL))
		choice->charset = CHARSET_UTF_8;
	else if (!mostly_fits(choice->charset, fit))
		choice->charset = CHARSET_WINDOWS_1252;
}

struct charset_text
charset_decode(struct arena *arena, struct bytes b, const struct charset_choice *choice,
    unsigned flags, struct charset_set *set)
{
	struct charset_text text = {0};
	struct buf out = {0};
	size_t bom = choice->bom < b.n ? choice->bom : b.n;

	b = bytes_of(b.p + bom, b.n - bom);
	if (choice->charset == CHARSET_UTF_8 && utf8_valid(b) == b.n) {
		text.text = str_of((const char *)b.p, b.n);
		return text;
	}
	struct decoder *d = decoder_new(choice->charset, flags, set);
	decoder_push(d, b, &out);
	decoder_end(d, &out);
	text.text = arena_str(arena, buf_str(&out));
	text.needs = decoder_needs(d);
	text.bad = decoder_bad(d);
	decoder_free(d);
	buf_clear(&out);
	return text;
}
