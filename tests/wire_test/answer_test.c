/* Heads of answers, validators, and gzip, from what a server may send. */
#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/buf.h"
#include "wire/answer.h"
#include "wire/conditional.h"
#include "wire/gunzip.h"
#include "wire/probe.h"

static bool
read_lines(struct answer *h, const char *lines, struct err *e)
{
	struct str rest = str_z(lines), line;
	while (rest.n) {
		str_cut(rest, '\n', &line, &rest);
		if (!answer_line(h, bytes_of_str(line), e))
			return false;
	}
	return true;
}

static void
test_fields(void **state)
{
	struct arena *a = arena_new();
	struct answer h;
	struct err e = {0};
	size_t i = 0;
	(void)state;
	answer_init(&h, a);
	assert_true(read_lines(&h,
	    "HTTP/1.1 103 Early Hints\r\nETag: \"no\"\r\n\r\n"
	    "HTTP/1.1 301 Moved\x1b[31m\r\nlocation:  /there \r\nETAG: \"x\"\r\n"
	    "Content-Type: text/\x1b[2Jxml; charset=\x9bx\r\nRetry-After: 5\r\nno colon\r\n"
	    "Content-Encoding: gzip\r\ncontent-encoding: evil\r\n\r\n", &e));
	assert_number(h.status, 301);
	assert_number(h.n_interim, 1);
	assert_true(answer_is_redirect(&h) && answer_is_permanent(&h));
	assert_str(str_of((const char *)h.location.p, h.location.n), "/there");
	assert_str(str_of((const char *)h.etag.p, h.etag.n), "\"x\"");
	assert_str(h.content_type, "text/[2Jxml; charset=x");
	assert_str(h.retry_after, "5");
	assert_str(h.content_encoding, "gzip, evil");
	arena_free(a);
}

static void
test_status_lines(void **state)
{
	static const struct { const char *line; int status; } rows[] = {
		{"HTTP/1.1 200 OK", 200}, {"HTTP/2 200", 200}, {"HTTP/1.0 999 x", 999},
		{"http/1.1 404", 404}, {"HTTP/1.1 20", 0}, {"HTTP/1.1 2000", 0},
		{"HTTP/1.1", 0}, {"HTTP/1.1 abc", 0}, {"HTTP/1.1 -200", 0},
	};
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct answer h;
		struct err e = {0};
		answer_init(&h, a);
		assert_number(read_lines(&h, rows[i].line, &e), rows[i].status != 0);
		assert_number(h.status, rows[i].status);
	}
	arena_free(a);
}

static void
test_head_bounds(void **state)
{
	enum { LINE = 1024 };
	char line[LINE];
	struct arena *a = arena_new();
	struct answer h;
	struct err e = {0};
	(void)state;
	memset(line, 'x', sizeof(line));
	line[3] = ':';
	answer_init(&h, a);
	for (int n = 0; n < ANSWER_MAX_HEAD_BYTES / LINE; n++)
		assert_true(answer_line(&h, bytes_of(line, LINE), &e));
	assert_false(answer_line(&h, bytes_of(line, 1), &e));
	answer_init(&h, a);
	for (int n = 0; n < ANSWER_MAX_INTERIM; n++)
		assert_true(read_lines(&h, "HTTP/1.1 100 Continue\n", &e));
	assert_false(read_lines(&h, "HTTP/1.1 100 Continue\n", &e));
	assert_true(arena_size(a) < 1024 * 1024);
	arena_free(a);
}

static void
test_validators(void **state)
{
	char longest[CONDITIONAL_MAX_ETAG_BYTES + 2];
	memset(longest, 'e', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	const struct { const char *etag, *want; } rows[] = {
		{"\"abc\"", "\"abc\""}, {"W/\"abc\"", "W/\"abc\""}, {" bare ", "bare"},
		{"a\tb", ""}, {"a\x01", ""}, {"a\x7f", ""}, {"a\r\nX: y", ""}, {"caf\xc3\xa9", ""},
		{"", ""}, {longest, ""}, {longest + 1, longest + 1},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_str(conditional_etag(bytes_of(rows[i].etag, strlen(rows[i].etag))),
		    rows[i].want);
	size_t i = 0;
	assert_str(conditional_date(bytes_of("yesterday-ish", 13)), "yesterday-ish");
	assert_str(conditional_date(bytes_of(longest, 65)), "");
}

/* --- gzip --- */

static size_t
pack(unsigned char *out, size_t max, const char *text)
{
	z_stream z = {0};
	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, MAX_WBITS + 16, 8,
	    Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (unsigned char *)(uintptr_t)text;
	z.avail_in = (uInt)strlen(text);
	z.next_out = out;
	z.avail_out = (uInt)max;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	size_t n = max - z.avail_out;
	deflateEnd(&z);
	return n;
}

static bool
collect(void *ctx, struct bytes piece)
{
	buf_add_bytes(ctx, piece);
	return true;
}

/* In pieces of `step` bytes; true when it was whole. */
static bool
unpack(const unsigned char *p, size_t n, size_t step, struct buf *out)
{
	struct gunzip *g = gunzip_new();
	struct err e = {0};
	bool ok = true;
	out->n = 0;
	for (size_t at = 0; ok && at < n; at += step)
		ok = gunzip_push(g, bytes_of(p + at, n - at < step ? n - at : step), collect, out,
		    &e);
	ok = ok && gunzip_end(g, &e);
	gunzip_free(g);
	return ok;
}

static void
test_gzip(void **state)
{
	unsigned char p[1000];
	struct buf out = {0};
	size_t one = pack(p, sizeof(p), "kapal tiba di pelabuhan, "), i = 0;
	size_t two = one + pack(p + one, sizeof(p) - one, "penumpang turun");
	(void)state;
	for (size_t step = 1; step <= two; step += 7) {
		assert_true(unpack(p, one, step, &out));
		assert_str(buf_str(&out), "kapal tiba di pelabuhan, ");
		assert_true(unpack(p, two, step, &out));
		assert_str(buf_str(&out), "kapal tiba di pelabuhan, penumpang turun");
		memset(p + two, 0, 20);
		assert_true(unpack(p, two + 20, step, &out)); /* padding */
	}
	for (size_t n = 0; n < one; n++)
		assert_false(unpack(p, n, 5, &out));
	for (size_t n = one + 1; n < two; n++)
		assert_false(unpack(p, n, 5, &out));
	p[one > 6 ? one - 6 : 0] ^= 0xFF; /* the checksum */
	assert_false(unpack(p, one, 100, &out));
	assert_false(unpack((const unsigned char *)"<rss>", 5, 5, &out));
	buf_clear(&out);
}

static bool
count_to_limit(void *ctx, struct bytes piece)
{
	size_t *n = ctx;
	*n += piece.n;
	return *n < 100000;
}

/* A bomb is unpacked no further than somebody wants it. */
static void
test_gzip_stops(void **state)
{
	enum { BOMB = 10 * 1000 * 1000 };
	char *text = malloc(BOMB + 1);
	unsigned char p[20000];
	struct gunzip *g = gunzip_new();
	struct err e = {0};
	size_t n = 0;
	(void)state;
	assert_non_null(text);
	memset(text, ' ', BOMB);
	text[BOMB] = '\0';
	size_t packed = pack(p, sizeof(p), text);
	assert_false(gunzip_push(g, bytes_of(p, packed), count_to_limit, &n, &e));
	assert_int_equal(e.kind, ERR_NONE);
	assert_true(n < 200000);
	gunzip_free(g);
	free(text);
}

/* Which of the feeds that a page names is meant. */
static void
test_offers(void **state)
{
	static const struct { const char *titles[4]; int chosen; const char *types[4]; } rows[] = {
		{{"", ""}, -1, {"a/rss", "a/rss"}},
		{{"", ""}, 0, {"a/rss", "a/atom"}},
		{{"", "", ""}, -1, {"a/rss", "a/atom", "a/rss"}},
		{{"RSS", "RSS"}, -1, {"a/rss", "a/rss"}},
		{{"Berita"}, 0, {NULL}},
		{{"Berita", "Berita Comments Feed"}, 0, {NULL}},
		{{"Komentar", "Berita"}, 1, {NULL}},
		{{"Berita RSS", "Berita Atom"}, 0, {NULL}},
		{{"Berita (RSS 2.0)", "Berita (Atom 1.0)", "Berita (JSON)"}, 0, {NULL}},
		{{"Nasional", "Dunia"}, -1, {NULL}},
		{{"Comments"}, 0, {NULL}},
		{{NULL}, -1, {NULL}},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct wire_offer offers[4] = {0};
		size_t n = 0;
		for (; n < 4 && rows[i].titles[n]; n++)
			offers[n] = (struct wire_offer){STR("https://a.example/f"),
			    str_z(rows[i].titles[n]), str_z(rows[i].types[n])};
		const struct wire_offer *o = probe_choose(offers, n);
		assert_number(o ? o - offers : -1, rows[i].chosen);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_status_lines),
		cmocka_unit_test(test_head_bounds),
		cmocka_unit_test(test_validators),
		cmocka_unit_test(test_gzip),
		cmocka_unit_test(test_gzip_stops),
		cmocka_unit_test(test_offers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
