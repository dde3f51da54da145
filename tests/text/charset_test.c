#include "text/charset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

static struct bytes
raw(const char *z)
{
	return bytes_of(z, strlen(z));
}

/* --- labels --- */

static void
knows_labels(void **state)
{
	static const struct {
		const char *label, *name;
	} rows[] = {
		{"utf-8", "utf-8"},
		{" UTF8\n", "utf-8"},
		{"iso-8859-1", "windows-1252"},
		{"US-ASCII", "windows-1252"},
		{"latin1", "windows-1252"},
		{"iso-8859-9", "windows-1254"},
		{"tis-620", "windows-874"},
		{"gb2312", "gbk"},
		{"GB18030", "gb18030"},
		{"shift-jis", "shift_jis"},
		{"x-sjis", "shift_jis"},
		{"windows-31j", "shift_jis"},
		{"ms932", "shift_jis"},
		{"ks_c_5601-1987", "euc-kr"},
		{"windows-949", "euc-kr"},
		{"big5-hkscs", "big5"},
		{"koi8-ru", "koi8-u"},
		{"utf-16", "utf-16le"},
		{"unicodefffe", "utf-16be"},
		{"utf-32be", "utf-32be"},
		{"x-mac-ukrainian", "x-mac-cyrillic"},
		{"iso-8859-8-i", "iso-8859-8-i"},
		{"logical", "iso-8859-8-i"},
		{"visual", "iso-8859-8"},
		{"x-user-defined", "x-user-defined"},
		{"replacement", ""},
		{"utf-7", ""},
		{"iso-2022-cn-ext", ""},
		{"iso-2022-kr", ""},
		{"hz-gb-2312", ""},
		{"utf-ebcdic", ""},
		{"ebcdic-us", ""},
		{"ibm1364", ""},
		{"ascii//translit", ""},
		{"../../etc/passwd", ""},
		{"utf-8\x01", ""},
		{"", ""},
		{"a-name-that-is-much-too-long-to-be-a-charset", ""},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str name = charset_name(charset_of_label(str_z(rows[i].label)));
		assert_true(str_eq(name, str_z(rows[i].name)));
		/* Every name is a label of itself. */
		if (name.n)
			assert_int_equal(charset_of_label(name), charset_of_label(str_z(rows[i].label)));
	}
	for (unsigned c = 1; c < CHARSETS; c++)
		assert_int_equal(charset_of_label(charset_name((enum charset)c)), c);
}

static void
reads_headers(void **state)
{
	static const struct {
		const char *header;
		enum charset charset;
	} rows[] = {
		{"text/xml; charset=koi8-r", CHARSET_KOI8_R},
		{"text/xml; charset=\"koi8-r\"", CHARSET_KOI8_R},
		{"text/xml;charset='koi8-r'; q=1", CHARSET_KOI8_R},
		{"text/xml; CHARSET = koi8-r ; x=y", CHARSET_KOI8_R},
		{"text/xml; notcharset; charset=koi8-r", CHARSET_KOI8_R},
		{"text/xml; charset=\"koi8-r", CHARSET_KOI8_R},
		{"text/xml", CHARSET_UNKNOWN},
		{"text/xml; charset=", CHARSET_UNKNOWN},
		{"text/xml; charset=x-evil", CHARSET_UNKNOWN},
		{"", CHARSET_UNKNOWN},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(charset_of_content_type(str_z(rows[i].header)), rows[i].charset);
}

/* --- detection --- */

struct detect {
	const char *head;
	size_t n; /* 0: up to the NUL */
	const char *type, *user;
	enum charset charset;
	enum charset_source source;
	bool lied;
};

static const struct detect feeds[] = {
	{"<rss/>", 0, "", "", CHARSET_UTF_8, CHARSET_BY_DEFAULT, false},
	{"", 0, "", "", CHARSET_UTF_8, CHARSET_BY_DEFAULT, false},
	{"\xEF\xBB\xBF<?xml version='1.0' encoding='koi8-r'?>", 0, "", "", CHARSET_UTF_8,
	    CHARSET_BY_BOM, true},
	{"\xFF\xFE<\0", 4, "text/xml; charset=utf-16", "", CHARSET_UTF_16LE, CHARSET_BY_BOM, false},
	{"\xFE\xFF\0<", 4, "", "", CHARSET_UTF_16BE, CHARSET_BY_BOM, false},
	{"\xFF\xFE\0\0<\0\0\0", 8, "", "", CHARSET_UTF_32LE, CHARSET_BY_BOM, false},
	{"<?xml version='1.0' encoding='koi8-r'?>", 0, "", "", CHARSET_KOI8_R,
	    CHARSET_BY_DECLARATION, false},
	{"<?xml version='1.0' encoding='koi8-r'?>", 0, "text/xml", "", CHARSET_KOI8_R,
	    CHARSET_BY_DECLARATION, false},
	{"<?xml version='1.0' encoding='koi8-r'?>", 0, "text/xml; charset=big5", "", CHARSET_BIG5,
	    CHARSET_BY_HEADER, true},
	{"<?xml version='1.0' encoding='koi8-r'?>", 0, "text/xml; charset=x-no", "", CHARSET_KOI8_R,
	    CHARSET_BY_DECLARATION, true},
	{"<?xml version='1.0' encoding='koi8-r'?>", 0, "text/xml; charset=big5", "euc-kr",
	    CHARSET_EUC_KR, CHARSET_BY_USER, true},
	{"\n <!-- x --><?xml version='1.0' encoding = \"koi8-r\" ?>", 0, "", "", CHARSET_KOI8_R,
	    CHARSET_BY_DECLARATION, false},
	{"<?xml version='1.0' encoding='x-no'?>", 0, "", "", CHARSET_UTF_8, CHARSET_BY_DEFAULT, true},
	{"<?xml version='1.0' encoding='utf-16'?>", 0, "", "", CHARSET_UTF_8,
	    CHARSET_BY_DECLARATION, true},
	{"<rss/>", 0, "text/xml; charset=utf-32", "", CHARSET_UTF_8, CHARSET_BY_HEADER, true},
	{"<\0r\0s\0s\0", 8, "", "", CHARSET_UTF_16LE, CHARSET_BY_PATTERN, false},
	{"\0<\0r", 4, "", "", CHARSET_UTF_16BE, CHARSET_BY_PATTERN, false},
	{"\0\0\0<", 4, "", "", CHARSET_UTF_32BE, CHARSET_BY_PATTERN, false},
	{"{\0\0\0", 4, "", "", CHARSET_UTF_32LE, CHARSET_BY_PATTERN, false},
	{"<?xml version='1.0'?><a encoding='koi8-r'>", 0, "", "", CHARSET_UTF_8, CHARSET_BY_DEFAULT,
	    false},
};

static const struct detect pages[] = {
	{"<p>x", 0, "", "", CHARSET_UTF_8, CHARSET_BY_DEFAULT, false},
	{"<p>caf\xE9 x", 0, "", "", CHARSET_WINDOWS_1252, CHARSET_BY_DEFAULT, false},
	{"<p>caf\xC3", 0, "", "", CHARSET_UTF_8, CHARSET_BY_DEFAULT, false},
	{"<meta charset=koi8-r>", 0, "", "", CHARSET_KOI8_R, CHARSET_BY_DECLARATION, false},
	{"<META CHARSET = 'koi8-r'/>", 0, "", "", CHARSET_KOI8_R, CHARSET_BY_DECLARATION, false},
	{"<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>", 0, "", "",
	    CHARSET_KOI8_R, CHARSET_BY_DECLARATION, false},
	{"<meta content='text/html; charset=koi8-r' http-equiv=\"content-type\">", 0, "", "",
	    CHARSET_KOI8_R, CHARSET_BY_DECLARATION, false},
	{"<meta name=x content='text/html; charset=koi8-r'>", 0, "", "", CHARSET_UTF_8,
	    CHARSET_BY_DEFAULT, false},
	{"<!-- <meta charset=koi8-r> --><meta charset=big5>", 0, "", "", CHARSET_BIG5,
	    CHARSET_BY_DECLARATION, false},
	{"<!--><meta charset=koi8-r>", 0, "", "", CHARSET_KOI8_R, CHARSET_BY_DECLARATION, false},
	{"<a title='><meta charset=koi8-r>'><meta charset=big5>", 0, "", "", CHARSET_BIG5,
	    CHARSET_BY_DECLARATION, false},
	{"</p x='><meta charset=koi8-r>'><!x><?y><meta/charset=big5>", 0, "", "", CHARSET_BIG5,
	    CHARSET_BY_DECLARATION, false},
	{"<meta charset=nonsense><meta charset=big5>", 0, "", "", CHARSET_BIG5,
	    CHARSET_BY_DECLARATION, false},
	{"<meta charset=utf-16>", 0, "", "", CHARSET_UTF_8, CHARSET_BY_DECLARATION, false},
	{"<meta charset=x-user-defined>", 0, "", "", CHARSET_WINDOWS_1252, CHARSET_BY_DECLARATION,
	    false},
	{"<meta http-equiv='content-type ' content='charset=koi8-r'>", 0, "", "", CHARSET_UTF_8,
	    CHARSET_BY_DEFAULT, false},
	{"<meta charset=koi8-r charset=big5>", 0, "", "", CHARSET_KOI8_R, CHARSET_BY_DECLARATION,
	    false},
	{"<meta charset=x http-equiv=content-type content='charset=koi8-r'>", 0, "", "",
	    CHARSET_UTF_8, CHARSET_BY_DEFAULT, false},
	{"<meta http-equiv=content-type content='charset charset = \"koi8-r\"'>", 0, "", "",
	    CHARSET_KOI8_R, CHARSET_BY_DECLARATION, false},
	{"<meta charset=koi8-r", 0, "", "", CHARSET_UTF_8, CHARSET_BY_DEFAULT, false},
	{"<script><meta charset=koi8-r></script>", 0, "", "", CHARSET_KOI8_R,
	    CHARSET_BY_DECLARATION, false},
	{"<meta charset=koi8-r>", 0, "text/html; charset=utf-8", "", CHARSET_UTF_8, CHARSET_BY_HEADER,
	    true},
	{"<metacharset=koi8-r><meta \0x", 28, "", "", CHARSET_UTF_8, CHARSET_BY_DEFAULT, false},
	{"<meta charset='", 0, "", "", CHARSET_UTF_8, CHARSET_BY_DEFAULT, false},
	{"<?xml version='1.0' encoding='koi8-r'?><html>", 0, "", "", CHARSET_KOI8_R,
	    CHARSET_BY_DECLARATION, false},
};

/* Behind the first 1,024 bytes a meta counts where a parser would meet one. */
static void
finds_a_meta_further_down(void **state)
{
	static const struct {
		const char *open, *close;
		enum charset charset;
	} rows[] = {
		{"<!--", "-->", CHARSET_KOI8_R},
		{"<p title='", "'>", CHARSET_KOI8_R},
		{"<script>", "</script>", CHARSET_KOI8_R},
		{"<script>", "<meta charset=big5></SCRIPT>", CHARSET_KOI8_R},
		{"<title>", "<meta charset=big5></title>", CHARSET_KOI8_R},
		{"<style>", "", CHARSET_UNKNOWN},
		{"<!--", "", CHARSET_UNKNOWN},
		{"<p title='", "", CHARSET_UNKNOWN},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf page = {0};
		buf_add(&page, str_z(rows[i].open));
		for (int n = 0; n < 3000; n++)
			buf_char(&page, 'x');
		buf_add(&page, str_z(rows[i].close));
		buf_add(&page, STR("<meta charset=koi8-r>"));
		assert_int_equal(charset_of_meta(bytes_of_str(buf_str(&page))), rows[i].charset);
		buf_clear(&page);
	}
}

typedef struct charset_choice chooser(struct bytes, struct str, struct str);

static void
check_choices(const struct detect *rows, size_t n, chooser *choose)
{
	for (size_t i = 0; i < n; i++) {
		const struct detect *row = &rows[i];
		struct bytes head = bytes_of(row->head, row->n ? row->n : strlen(row->head));
		struct charset_choice c = choose(head, str_z(row->type), str_z(row->user));
		if (c.charset != row->charset || c.source != row->source || c.lied != row->lied)
			print_error("row %zu: %s by %d, lied %d\n", i, charset_name(c.charset).p,
			    (int)c.source, c.lied);
		assert_int_equal(c.charset, row->charset);
		assert_int_equal(c.source, row->source);
		assert_int_equal(c.lied, row->lied);
	}
}

static void
chooses_for_feeds(void **state)
{
	(void)state;
	check_choices(feeds, COUNT_OF(feeds), charset_for_feed);
}

static void
chooses_for_pages(void **state)
{
	(void)state;
	check_choices(pages, COUNT_OF(pages), charset_for_page);
}

/* --- decoding --- */

struct decoding {
	enum charset charset;
	unsigned flags;
	const char *in;
	size_t n;
	const char *out;
	size_t bad;
};

#define IN(text) text, sizeof(text) - 1
#define BAD "\xEF\xBF\xBD"

static const struct decoding decodings[] = {
	{CHARSET_UTF_8, 0, IN("caf\xC3\xA9"), "café", 0},
	{CHARSET_UTF_8, 0, IN("caf\xE9 a"), "caf" BAD " a", 1},
	{CHARSET_UTF_8, 0, IN("\xE2\x82"), BAD, 1},
	{CHARSET_UTF_8, DECODER_MEND, IN("caf\xE9 \x93x\x94 caf\xC3\xA9"), "café “x” café", 3},
	{CHARSET_UTF_8, DECODER_MEND, IN("x\xE2\x82"), "x" BAD, 1},
	{CHARSET_WINDOWS_1252, 0, IN("\x93" "50\x80\x94 \xE9\x81"), "“50€” é\xC2\x81", 0},
	{CHARSET_UTF_16LE, 0, IN("a\0\xE9\0\x3D\xD8\x00\xDE"), "aé😀", 0},
	{CHARSET_UTF_16BE, 0, IN("\0a\0\xE9\xD8\x3D\xDE\x00"), "aé😀", 0},
	{CHARSET_UTF_16LE, 0, IN("\x3D\xD8" "a\0\x00\xDE" "b"), BAD "a" BAD BAD, 3},
	{CHARSET_UTF_32LE, 0, IN("a\0\0\0\x00\xF6\x01\0\0\0\x11\0"), "a😀" BAD, 1},
	{CHARSET_UTF_32BE, 0, IN("\0\0\0a\0\x01\xF6\x00\0\0\xD8\0"), "a😀" BAD, 1},
	{CHARSET_WINDOWS_1251, 0, IN("\xCF\xEE\xF0\xF2 \x98"), "Порт \xC2\x98", 0},
	{CHARSET_KOI8_R, 0, IN("\xF0\xCF\xD2\xD4"), "Порт", 0},
	{CHARSET_KOI8_U, 0, IN("\xAE\xBE\xA7"), "ўЎї", 0},
	{CHARSET_IBM866, 0, IN("\x8F\xAE\xE0\xE2"), "Порт", 0},
	{CHARSET_ISO_8859_2, 0, IN("\xB3\xF3\xBF"), "łóż", 0},
	{CHARSET_ISO_8859_7, 0, IN("\xC1\xA4\xFF"), "Α€" BAD, 1},
	{CHARSET_WINDOWS_874, 0, IN("\xA1\x80\xDB"), "ก€" BAD, 1},
	{CHARSET_WINDOWS_1255, 0, IN("\xF9\xCC\xE5"), "ש\xD6\xBCו", 0},
	{CHARSET_WINDOWS_1258, 0, IN("a\xECz"), "a\xCC\x81z", 0},
	{CHARSET_MACINTOSH, 0, IN("\x8E\xDB"), "é€", 0},
	{CHARSET_GBK, 0, IN("\xB8\xDB\xBF\xDA\x80"), "港口€", 0},
	{CHARSET_GB18030, 0, IN("\xB8\xDB\x81\x30\x81\x30\x94\x39\xFC\x36"), "港\xC2\x80😀", 0},
	{CHARSET_GB18030, 0, IN("\x81<b>\xFF"), BAD "<b>" BAD, 2},
	{CHARSET_BIG5, 0, IN("\xB4\xE4\xA4\x66"), "港口", 0},
	{CHARSET_BIG5, 0, IN("\x88\x62z"), "\xC3\x8A\xCC\x84z", 0},
	{CHARSET_SHIFT_JIS, 0, IN("\x8D\x60\x82\xAA\xB6\x87\x40"), "港がｶ①", 0},
	{CHARSET_SHIFT_JIS, 0, IN("\xFD<b>\x81"), BAD "<b>" BAD, 2},
	{CHARSET_EUC_JP, 0, IN("\xB9\xC1\xA4\xAC\x8E\xB6\xAD\xA1\x8F\xB0\xA1"), "港がｶ①丂", 0},
	{CHARSET_ISO_2022_JP, 0, IN("a\x1B$B9A$,\x1B(Bb\x1B(I6\x1B(J~"), "a港がbｶ\u203E", 0},
	{CHARSET_ISO_2022_JP, 0, IN("\x1B[31m\x1B$B9\x1B(Bz\xFF"), BAD "[31m" BAD "z" BAD, 3},
	{CHARSET_EUC_KR, 0, IN("\xC7\xD7\xB1\xB8 \x8C\x63"), "항구 똠", 0},
	{CHARSET_EUC_KR, 0, IN("\xC7<b>\xA2\xE8\n"), BAD "<b>" BAD "\n", 2},
};

static size_t
decode_in_pieces(const struct decoding *row, size_t piece, struct buf *out)
{
	struct decoder *d = decoder_new(row->charset, row->flags, NULL);
	for (size_t i = 0; i < row->n; i += piece) {
		size_t n = row->n - i < piece ? row->n - i : piece;
		decoder_push(d, bytes_of(row->in + i, n), out);
	}
	decoder_end(d, out);
	size_t bad = decoder_bad(d);
	decoder_free(d);
	return bad;
}

static void
decodes_whole_and_in_pieces(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(decodings); i++)
		for (size_t piece = 1; piece <= decodings[i].n; piece++) {
			struct buf out = {0};
			size_t bad = decode_in_pieces(&decodings[i], piece, &out);
			if (strcmp(buf_z(&out), decodings[i].out) != 0)
				print_error("row %zu in pieces of %zu: '%s'\n", i, piece, buf_z(&out));
			assert_string_equal(buf_z(&out), decodings[i].out);
			assert_int_equal(bad, decodings[i].bad);
			buf_clear(&out);
		}
}

/* Any bytes in any charset give valid UTF-8, and pieces change nothing. */
static void
stands_any_bytes(void **state)
{
	unsigned seed = 11;
	(void)state;
	for (unsigned c = 1; c < CHARSETS; c++)
		for (int round = 0; round < 60; round++) {
			unsigned char noise[97];
			struct buf whole = {0}, pieces = {0};
			for (size_t i = 0; i < sizeof(noise); i++) {
				seed = seed * 1103515245u + 12345u;
				noise[i] = (unsigned char)(seed >> 16);
				if (round % 2 && noise[i] < 0x80)
					noise[i] |= 0x80;
			}
			struct decoding row = {.charset = (enum charset)c, .in = (char *)noise,
			    .n = sizeof(noise), .flags = round % 3 ? DECODER_MEND : 0};
			size_t bad = decode_in_pieces(&row, sizeof(noise), &whole);
			assert_int_equal(decode_in_pieces(&row, 1 + (size_t)round % 7, &pieces), bad);
			assert_int_equal(utf8_valid(bytes_of_str(buf_str(&whole))), whole.n);
			if (!str_eq(buf_str(&whole), buf_str(&pieces)))
				print_error("%s, round %d\n", charset_name((enum charset)c).p, round);
			assert_true(str_eq(buf_str(&whole), buf_str(&pieces)));
			buf_clear(&whole);
			buf_clear(&pieces);
		}
}

static void
opens_nothing_when_sealed(void **state)
{
	struct charset_set *set = charset_set_new();
	struct buf out = {0};
	(void)state;
	assert_true(charset_set_open(set, CHARSET_KOI8_R));
	assert_true(charset_set_open(set, CHARSET_GBK));
	assert_true(charset_set_open(set, CHARSET_UTF_8));
	charset_set_seal(set);
	assert_false(charset_set_open(set, CHARSET_EUC_KR));

	struct decoder *d = decoder_new(CHARSET_KOI8_R, 0, set);
	assert_int_equal(decoder_needs(d), CHARSET_UNKNOWN);
	decoder_push(d, raw("\xF0"), &out);
	assert_string_equal(buf_z(&out), "П");
	decoder_free(d);

	d = decoder_new(CHARSET_EUC_KR, 0, set);
	assert_int_equal(decoder_needs(d), CHARSET_EUC_KR);
	out.n = 0;
	decoder_push(d, raw("<b>\xC7\xD7"), &out);
	decoder_end(d, &out);
	assert_string_equal(buf_z(&out), "<b>" BAD BAD);
	decoder_free(d);

	/* One table serves any number of decoders. */
	d = decoder_new(CHARSET_GBK, 0, set);
	struct decoder *second = decoder_new(CHARSET_GBK, 0, set);
	out.n = 0;
	decoder_push(d, raw("\xB8"), &out);
	decoder_push(second, raw("\xBF"), &out);
	decoder_push(d, raw("\xDB"), &out);
	decoder_push(second, raw("\xDA"), &out);
	assert_string_equal(buf_z(&out), "港口");
	decoder_free(second);
	decoder_free(d);
	charset_set_free(set);
	buf_clear(&out);
}

static void
has_every_converter(void **state)
{
	struct charset_set *set = charset_set_new();
	(void)state;
	charset_set_open_all(set);
	charset_set_seal(set);
	for (unsigned c = 1; c < CHARSETS; c++)
		assert_true(charset_set_open(set, (enum charset)c));
	charset_set_free(set);
}

/* --- lies --- */

static void
holds_labels_to_the_bytes(void **state)
{
	static const struct {
		enum charset said;
		const char *bytes;
		enum charset settled;
		bool lied;
	} rows[] = {
		{CHARSET_UTF_8, "caf\xC3\xA9", CHARSET_UTF_8, false},
		{CHARSET_UTF_8, "caf\xE9", CHARSET_WINDOWS_1252, true},
		{CHARSET_UTF_8, "\xC3\xA9\xC3\xA9\xC3\xA9 caf\xE9", CHARSET_UTF_8, true},
		{CHARSET_EUC_KR, "\xC7\xD7\xB1\xB8", CHARSET_EUC_KR, false},
		{CHARSET_EUC_KR, "\xE2\x80\x94 x", CHARSET_UTF_8, true},
		{CHARSET_EUC_KR, "caf\xE9 au lait", CHARSET_WINDOWS_1252, true},
		{CHARSET_BIG5, "\xD0\x9F\xD0\xBE\xD1\x80\xD1\x82", CHARSET_UTF_8, true},
		{CHARSET_KOI8_R, "\xF0\xCF\xD2\xD4", CHARSET_KOI8_R, false},
		{CHARSET_WINDOWS_1252, "caf\xC3\xA9", CHARSET_WINDOWS_1252, false},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct charset_choice c = {.charset = rows[i].said, .source = CHARSET_BY_DECLARATION};
		charset_settle(&c, raw(rows[i].bytes), false, NULL);
		assert_int_equal(c.charset, rows[i].settled);
		assert_int_equal(c.lied, rows[i].lied);
	}
	struct charset_choice mark = {.charset = CHARSET_UTF_8, .source = CHARSET_BY_BOM, .bom = 3};
	charset_settle(&mark, raw("\xEF\xBB\xBF" "caf\xE9"), false, NULL);
	assert_int_equal(mark.charset, CHARSET_UTF_8);
	assert_true(charset_fits(CHARSET_UTF_8, raw("caf\xC3"), true, NULL));
	assert_false(charset_fits(CHARSET_UTF_8, raw("caf\xC3"), false, NULL));
}

static void
guesses_when_nobody_said(void **state)
{
	static const struct {
		const char *bytes;
		enum charset charset;
	} rows[] = {
		{"plain", CHARSET_UTF_8},
		{"caf\xE9 au lait, \x93oui\x94, d\xE9j\xE0 vu, Stra\xDF" "e", CHARSET_UNKNOWN},
		{"se\xF1or ni\xF1o a\xF1o ma\xF1" "ana \xBFqu\xE9?", CHARSET_UNKNOWN},
		{"\xC3\xA9t\xC3\xA9 caf\xE9 \xC3\xA0 c\xC3\xB4t\xC3\xA9", CHARSET_UTF_8},
		/* a harbour reopens, in each */
		{"\xCF\xEE\xF0\xF2 \xF1\xED\xEE\xE2\xE0 \xEE\xF2\xEA\xF0\xFB\xF2 \xE4\xEB\xFF \xF1\xF3\xE4\xEE\xE2",
		    CHARSET_WINDOWS_1251},
		{"\xF0\xCF\xD2\xD4 \xD3\xCE\xCF\xD7\xC1 \xCF\xD4\xCB\xD2\xD9\xD4 \xC4\xCC\xD1 \xD3\xD5\xC4\xCF\xD7",
		    CHARSET_KOI8_R},
		{"\xB9\xC1\xA4\xAC\xBA\xC6\xB3\xAB\xA4\xB7\xA4\xBF", CHARSET_EUC_JP},
		{"\x8D\x60\x82\xAA\x8D\xC4\x8A\x4A\x82\xB5\x82\xBD", CHARSET_SHIFT_JIS},
		{"\xC7\xD7\xB1\xB8\xB0\xA1 \xB4\xD9\xBD\xC3 \xBF\xAD\xB7\xC8\xB4\xD9", CHARSET_EUC_KR},
		{"\xB8\xDB\xBF\xDA\xD6\xD8\xD0\xC2\xBF\xAA\xB7\xC5", CHARSET_GBK},
		{"\xB4\xE4\xA4\x66\xAD\xAB\xB7\x73\xB6\x7D\xA9\xF1", CHARSET_BIG5},
		{"\xA4\xFE\xA4\xFD\xA4\x48\xA4\x40\xA4\x42", CHARSET_BIG5},
		{"\xB8\xDB\xBF\xDA", CHARSET_UNKNOWN},
		{"\xFF\xFE\x80\x81", CHARSET_UNKNOWN},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(charset_guess(raw(rows[i].bytes)), rows[i].charset);
	/* Only silence makes room for a guess: who says UTF-8 and lies is read as windows-1252. */
	struct charset_choice said = {.charset = CHARSET_UTF_8, .source = CHARSET_BY_HEADER};
	struct charset_choice silent = {.charset = CHARSET_UTF_8};
	charset_settle(&said, raw(rows[6].bytes), false, NULL);
	charset_settle(&silent, raw(rows[6].bytes), false, NULL);
	assert_int_equal(said.charset, CHARSET_WINDOWS_1252);
	assert_int_equal(silent.charset, CHARSET_EUC_JP);
}

static void
decodes_a_whole_buffer(void **state)
{
	struct arena *a = arena_new();
	const char *text = "\xEF\xBB\xBF" "caf\xC3\xA9";
	struct charset_choice c = charset_for_feed(raw(text), STR(""), STR(""));
	(void)state;
	struct charset_text t = charset_decode(a, raw(text), &c, 0, NULL);
	assert_ptr_equal(t.text.p, text + 3);
	assert_int_equal(t.text.n, 5);
	c = (struct charset_choice){.charset = CHARSET_KOI8_R};
	t = charset_decode(a, raw("\xF0\xCF"), &c, 0, NULL);
	assert_true(str_eq(t.text, STR("По")));
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_labels),
		cmocka_unit_test(reads_headers),
		cmocka_unit_test(chooses_for_feeds),
		cmocka_unit_test(chooses_for_pages),
		cmocka_unit_test(finds_a_meta_further_down),
		cmocka_unit_test(decodes_whole_and_in_pieces),
		cmocka_unit_test(stands_any_bytes),
		cmocka_unit_test(opens_nothing_when_sealed),
		cmocka_unit_test(has_every_converter),
		cmocka_unit_test(holds_labels_to_the_bytes),
		cmocka_unit_test(guesses_when_nobody_said),
		cmocka_unit_test(decodes_a_whole_buffer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
