#include "text/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/clean.h"

struct row {
	const char *base, *ref, *want;
};

#define BASE "https://kabar.example/berita/2025/"

static const struct row resolved[] = {
	{BASE, "gempa.html", BASE "gempa.html"},
	{BASE, "../foto/1.jpg", "https://kabar.example/berita/foto/1.jpg"},
	{BASE, "../../../../x", "https://kabar.example/x"},
	{BASE, "./a/./b/../c", BASE "a/c"},
	{BASE, "a/..", BASE},
	{BASE, "..", "https://kabar.example/berita/"},
	{BASE, "%2e%2E/x", "https://kabar.example/berita/x"},
	{BASE, "/akar", "https://kabar.example/akar"},
	{BASE, "//lain.example/x", "https://lain.example/x"},
	{BASE, "?q=1", BASE "?q=1"},
	{BASE "x?a=1", "#atas", BASE "x?a=1#atas"},
	{BASE "x?a=1#b", "", BASE "x?a=1"},
	{BASE, "http://lain.example", "http://lain.example/"},
	{BASE, "HTTP://LAIN.Example:80/A%7Eb", "http://lain.example/A%7Eb"},
	{BASE, "https://lain.example:443/", "https://lain.example/"},
	{BASE, "https://lain.example:8443", "https://lain.example:8443/"},
	{BASE, "  /x\n y\t ", "https://kabar.example/x%20y"},
	{BASE, "\\x\\y", "https://kabar.example/x/y"},
	{BASE, "http:\\\\lain.example\\x", "http://lain.example/x"},
	{BASE, "https:/lain.example/x", "https://lain.example/x"},
	{"", "https:lain.example/x", "https://lain.example/x"},
	{BASE, "https:x", BASE "x"},
	{BASE, "http:///lain.example/x", "http://lain.example/x"},
	{BASE, "gempa besar.html?q=a b#c d", BASE "gempa%20besar.html?q=a%20b#c%20d"},
	{BASE, "caf\xC3\xA9?q=\xC3\xA9", BASE "caf%C3%A9?q=%C3%A9"},
	{BASE, "a\"<>`{}|", BASE "a%22%3C%3E%60%7B%7D|"},
	{BASE, "100%", BASE "100%"},
	{BASE, "mailto:redaksi@kabar.example", "mailto:redaksi@kabar.example"},
	{BASE, "javascript:alert(1)", "javascript:alert(1)"},
	{BASE, "tag:kabar.example,2025:1", "tag:kabar.example,2025:1"},
	{BASE, "https://user:pass@lain.example/", "https://user:pass@lain.example/"},
	{BASE, "https://[::1]:8080/x", "https://[::1]:8080/x"},
	{BASE, "https://b\xC3\xBC" "cher.example/", "https://xn--bcher-kva.example/"},
	{BASE, "https://\xE4\xBE\x8B\xE5\xAD\x90.example/", "https://xn--fsqu00a.example/"},
	{BASE, "https://stra\xC3\x9F" "e.example/", "https://xn--strae-oqa.example/"},
	{BASE, "https://\xEF\xBC\xAB\xEF\xBC\xA1.example\xE3\x80\x82" "id/", "https://ka.example.id/"},
	{BASE, "https://ka%62ar.example/", "https://kabar.example/"},
	{BASE, "https://", ""},
	{BASE, "https://ada spasi.example/", ""},
	{BASE, "https://a<b.example/", ""},
	{BASE, "https://x.example:99999/", ""},
	{BASE, "https://x.example:8a/", ""},
	{"", "gempa.html", "gempa.html"},
	{"", " /a b ", "/a%20b"},
	{"mailto:x@y.example", "gempa.html", "gempa.html"},
	{"kabar.example", "gempa.html", "gempa.html"},
	{"http://kabar.example", "x", "http://kabar.example/x"},
	{"file:///srv/umpan/a.xml", "b.xml", "file:///srv/umpan/b.xml"},
	{BASE, "http://a.example/x//y/../z", "http://a.example/x//z"},
};

static void
resolves_references(void **state)
{
	struct arena *a = arena_new();
	int wrong = 0;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(resolved); i++) {
		const struct row *row = &resolved[i];
		struct str got = url_resolve(a, str_z(row->base), str_z(row->ref));
		if (!str_eq(got, str_z(row->want))) {
			print_error("'%s': '%.*s', not '%s'\n", row->ref, STR_ARG(got), row->want);
			wrong++;
		}
		/* What came out is stable. */
		struct str again = url_normal(a, got);
		if (!str_eq(again, got)) {
			print_error("'%.*s' became '%.*s'\n", STR_ARG(got), STR_ARG(again));
			wrong++;
		}
	}
	arena_free(a);
	assert_int_equal(wrong, 0);
}

static void
keeps_to_its_bound(void **state)
{
	struct arena *a = arena_new();
	char *long_ref = calloc(1, URL_MAX_BYTES + 100);
	(void)state;
	memset(long_ref, 'a', URL_MAX_BYTES + 50);
	assert_int_equal(url_resolve(a, STR(BASE), str_of(long_ref, URL_MAX_BYTES + 1)).n, 0);
	assert_int_equal(url_resolve(a, STR(BASE), str_of(long_ref, URL_MAX_BYTES)).n, 0);
	size_t room = URL_MAX_BYTES - (sizeof(BASE) - 1);
	assert_int_equal(url_resolve(a, STR(BASE), str_of(long_ref, room)).n, URL_MAX_BYTES);
	for (size_t i = 0; i + 3 <= URL_MAX_BYTES; i += 3)
		memcpy(long_ref + i, "../", 3);
	assert_string_equal(arena_z(a, url_resolve(a, STR(BASE), str_of(long_ref, 60000))),
	    "https://kabar.example/");
	free(long_ref);
	arena_free(a);
}

static void
takes_an_address_apart(void **state)
{
	struct url u = url_split(STR("https://u:p@[::1]:81/a/b?c#d"));
	(void)state;
	assert_true(str_eq(u.scheme, STR("https")));
	assert_true(str_eq(u.userinfo, STR("u:p")));
	assert_true(str_eq(u.host, STR("[::1]")));
	assert_true(str_eq(u.port, STR("81")));
	assert_true(str_eq(u.path, STR("/a/b")));
	assert_true(str_eq(u.query, STR("c")));
	assert_true(str_eq(u.fragment, STR("d")));
	assert_true(url_is_http(STR("http://x/")));
	assert_true(url_is_http(STR("HTTPS://x")));
	assert_false(url_is_http(STR("http:x")));
	assert_false(url_is_http(STR("httpx://x/")));
	assert_false(url_is_http(STR("https:///x")));
	assert_false(url_is_http(STR("file:///etc/passwd")));
	assert_int_equal(url_port(STR("https://x/")), 443);
	assert_int_equal(url_port(STR("http://x:8080/")), 8080);
	assert_true(url_origin_equal(STR("https://x/a"), STR("https://X:443/b")));
	assert_false(url_origin_equal(STR("https://x/a"), STR("http://x/a")));
	assert_false(url_origin_equal(STR("https://x/a"), STR("https://y/a")));
	assert_true(url_has_userinfo(STR("https://a@x/")));
	assert_false(url_has_userinfo(STR("https://x/?m=a@b")));
}

/* Addresses of one row are one story. */
static const char *const alike[][2] = {
	{"http://kabar.example/a", "https://kabar.example/a"},
	{"https://www.kabar.example/a/", "https://kabar.example/a"},
	{"https://m.kabar.example/a", "https://kabar.example/a"},
	{"https://amp.www.kabar.example/a", "https://kabar.example/a"},
	{"https://kabar.example/a?utm_source=rss&utm_medium=feed", "https://kabar.example/a"},
	{"https://kabar.example/a?id=5&fbclid=x&UTM_X=1&p=2", "https://kabar.example/a?id=5&p=2"},
	{"https://kabar.example/a#komentar", "https://kabar.example/a"},
	{"https://kabar.example/a/amp", "https://kabar.example/a"},
	{"https://kabar.example/a/amp/", "https://kabar.example/a"},
	{"https://kabar.example/amp/berita/a", "https://kabar.example/berita/a"},
	{"https://kabar.example/a?amp=1", "https://kabar.example/a"},
	{"https://kabar.example/a?amp", "https://kabar.example/a"},
	{"https://kabar.example/a?outputType=amp", "https://kabar.example/a"},
	{"https://kabar.example/a?page=all", "https://kabar.example/a"},
	{"https://kabar.example:443/a", "https://kabar.example/a"},
	{"http://kabar.example:80/a", "https://kabar.example/a"},
	{"https://kabar.example/%7Ebudi/%c3%a9", "https://kabar.example/~budi/%C3%A9"},
	{"https://user@kabar.example/a", "https://kabar.example/a"},
	{"https://kabar.example", "https://kabar.example/"},
	{"https://kabar.example/index.html", "https://kabar.example/"},
	{"https://www-kabar-example.cdn.ampproject.org/c/s/www.kabar.example/a/amp",
	    "https://kabar.example/a"},
	{"https://www.google.com/amp/s/kabar.example/a", "https://kabar.example/a"},
};

/* Addresses of one row are two stories. */
static const char *const unlike[][2] = {
	{"https://kabar.example/a?id=1", "https://kabar.example/a?id=2"},
	{"https://kabar.example/a", "https://kabar.example/A"},
	{"https://kabar.example/a?page=2", "https://kabar.example/a"},
	{"https://kabar.example/#!/a", "https://kabar.example/#!/b"},
	{"https://kabar.example:8443/a", "https://kabar.example/a"},
	{"https://a.kabar.example/x", "https://kabar.example/x"},
	{"https://kabar.example/a%2Fb", "https://kabar.example/a/b"},
	{"https://m.example/a", "https://www.example/a"},
	{"https://kabar.example/lampu", "https://kabar.example/l"},
};

static void
knows_the_same_story(void **state)
{
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(alike); i++) {
		struct str x = url_key(a, str_z(alike[i][0])), y = url_key(a, str_z(alike[i][1]));
		assert_string_equal(arena_z(a, x), arena_z(a, y));
		assert_string_equal(arena_z(a, x), alike[i][1]);
		assert_true(str_eq(url_key(a, x), x));
	}
	for (size_t i = 0; i < COUNT_OF(unlike); i++)
		assert_false(str_eq(url_key(a, str_z(unlike[i][0])), url_key(a, str_z(unlike[i][1]))));
	assert_int_equal(url_key(a, STR("mailto:a@b.example")).n, 0);
	assert_int_equal(url_key(a, STR("gempa.html")).n, 0);
	arena_free(a);
}

static void
shows_no_password_and_no_masquerade(void **state)
{
	struct arena *a = arena_new();
	(void)state;
	assert_string_equal(url_show(a, STR("https://budi:rahasia@kabar.example/a b"), 0).p,
	    "https://kabar.example/a%20b");
	assert_string_equal(url_show(a, STR("https://kabar.example/0123456789"), 20).p,
	    "https://kabar\xE2\x80\xA6" "456789");
	assert_string_equal(url_show(a, STR("https://budi:rahasia@ada spasi/"), 0).p, "ada%20spasi/");
	assert_string_equal(url_show(a, STR("http:budi:rahasia@<x>"), 0).p, "<x>");
	/* Cyrillic a in a Latin name; a Cyrillic name that looks Latin; an honest one */
	struct str mixed = url_normal(a, STR("https://p\xD0\xB0ypal.example/"));
	assert_string_equal(arena_z(a, url_show_host(a, mixed)), "xn--pypal-4ve.example");
	struct str alike_name = url_normal(a, STR("https://\xD1\x81\xD0\xB0\xD1\x80\xD0\xB5.example/"));
	assert_true(str_starts(url_show_host(a, alike_name), STR("xn--")));
	struct str honest = url_normal(a, STR("https://\xD0\xBD\xD0\xBE\xD0\xB2\xD0\xBE\xD1\x81\xD1\x82\xD0\xB8.example/"));
	assert_string_equal(arena_z(a, url_show_host(a, honest)),
	    "\xD0\xBD\xD0\xBE\xD0\xB2\xD0\xBE\xD1\x81\xD1\x82\xD0\xB8.example");
	assert_true(str_starts(url_show(a, mixed, 0), STR("https://xn--")));
	arena_free(a);
}

static void
speaks_punycode(void **state)
{
	static const char *const pairs[][2] = {
		{"b\xC3\xBC" "cher", "xn--bcher-kva"},
		{"\xD0\xBF\xD1\x80\xD0\xB8\xD0\xBC\xD0\xB5\xD1\x80", "xn--e1afmkfd"},
		{"\xE6\xB5\x8B\xE8\xAF\x95", "xn--0zwm56d"},
		{"\xED\x85\x8C\xEC\x8A\xA4\xED\x8A\xB8", "xn--9t4b11yi5a"},
		{"m\xC3\xBCnchen-ost", "xn--mnchen-ost-9db"},
		{"\xF0\x9F\x92\xA9.la", "xn--ls8h.la"},
	};
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		struct str ascii = url_host_ascii(a, str_z(pairs[i][0]));
		assert_string_equal(arena_z(a, ascii), pairs[i][1]);
		if (i < 5)
			assert_string_equal(arena_z(a, url_host_unicode(a, ascii)), pairs[i][0]);
	}
	/* What is no punycode stays; so does what decodes to something that would not come back. */
	assert_string_equal(arena_z(a, url_host_unicode(a, STR("xn--99999999999"))), "xn--99999999999");
	assert_string_equal(arena_z(a, url_host_unicode(a, STR("xn--.example"))), "xn--.example");
	assert_string_equal(arena_z(a, url_host_unicode(a, STR("xn--abc-.example"))), "xn--abc-.example");
	arena_free(a);
}

static void
takes_what_people_type(void **state)
{
	static const char *const typed[][2] = {
		{"kabar.example/feed", "https://kabar.example/feed"},
		{"kabar.example:8080/feed", "https://kabar.example:8080/feed"},
		{"http://kabar.example", "http://kabar.example/"},
		{"localhost:8080/x", "http://localhost:8080/x"},
		{"127.0.0.1/x", "http://127.0.0.1/x"},
		{"//kabar.example/x", "https://kabar.example/x"},
		{"feed://kabar.example/x", "http://kabar.example/x"},
		{"feed:https://kabar.example/x", "https://kabar.example/x"},
		{"file:///srv/a.xml", "file:///srv/a.xml"},
		{" ", ""},
	};
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(typed); i++)
		assert_string_equal(arena_z(a, url_typed(a, str_z(typed[i][0]))), typed[i][1]);
	arena_free(a);
}

/* Any clean text resolves to something clean, ASCII and stable. */
static void
stands_any_text(void **state)
{
	static const char *const pieces[] = {"http:", "//", "/", "\\", "..", ".", "?", "#", "@", ":",
	    "[", "]", "%", "%2e", "a", "\xC3\xA9", " ", "xn--", "\n", "8", "\xE3\x80\x82"};
	struct arena *a = arena_new();
	unsigned seed = 3;
	(void)state;
	for (int round = 0; round < 20000; round++) {
		char text[64];
		size_t n = 0;
		while (n < 40) {
			seed = seed * 1103515245u + 12345u;
			const char *piece = pieces[(seed >> 16) % COUNT_OF(pieces)];
			memcpy(text + n, piece, strlen(piece));
			n += strlen(piece);
		}
		struct str got = url_resolve(a, STR(BASE), str_of(text, n));
		for (size_t i = 0; i < got.n; i++)
			assert_true(got.p[i] > ' ' && got.p[i] < 0x7F);
		struct str again = url_normal(a, got);
		if (!str_eq(again, got))
			print_error("'%.*s': '%.*s' became '%.*s'\n", STR_ARG(str_of(text, n)),
			    STR_ARG(got), STR_ARG(again));
		assert_true(str_eq(again, got));
		struct str key = url_key(a, got);
		assert_true(str_eq(url_key(a, key), key));
		if (round % 1000 == 0)
			arena_reset(a);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(resolves_references),
		cmocka_unit_test(keeps_to_its_bound),
		cmocka_unit_test(takes_an_address_apart),
		cmocka_unit_test(knows_the_same_story),
		cmocka_unit_test(shows_no_password_and_no_masquerade),
		cmocka_unit_test(speaks_punycode),
		cmocka_unit_test(takes_what_people_type),
		cmocka_unit_test(stands_any_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
