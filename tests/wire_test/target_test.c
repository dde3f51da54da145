/* Addresses taken apart, redirects judged, proxies chosen. */
#include "check.h"

#include <string.h>

#include "wire/proxy.h"
#include "wire/target.h"

static void
test_parts(void **state)
{
	static const struct {
		const char *url, *sent, *host, *path;
		int port;
		bool tls;
		const char *user, *password;
	} rows[] = {
		{"https://kantor.example/rss", "https://kantor.example/rss", "kantor.example",
		    "/rss", 443, true, "", ""},
		{"HTTP://Kantor.EXAMPLE:8080", "http://kantor.example:8080/", "kantor.example",
		    "/", 8080, false, "", ""},
		{"http://siti:rah%3Aasia@kantor.example/a?b=c#d", "http://kantor.example/a?b=c",
		    "kantor.example", "/a?b=c", 80, false, "siti", "rah:asia"},
		{"http://[::1]:81/x?", "http://[::1]:81/x?", "::1", "/x?", 81, false, "", ""},
	};
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct target t;
		assert_true(target_of(a, str_z(rows[i].url), &t, NULL));
		assert_str(t.url, rows[i].sent);
		assert_str(t.host, rows[i].host);
		assert_str(t.path, rows[i].path);
		assert_number(t.port, rows[i].port);
		assert_number(t.tls, rows[i].tls);
		assert_str(t.user, rows[i].user);
		assert_str(t.password, rows[i].password);
	}
	arena_free(a);
}

static void
test_no_targets(void **state)
{
	static const char *const rows[] = {"", "kantor.example", "file:///etc/passwd",
	    "ftp://x.example/", "javascript:alert(1)", "http://", "pipe:x",
	    "http://a%0d%0a:b@x.example/"};
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct target t;
		struct err e = {0};
		if (target_of(a, str_z(rows[i]), &t, &e))
			fail_msg("'%s' was taken for a target", rows[i]);
		assert_int_equal(e.kind, ERR_INPUT);
	}
	arena_free(a);
}

static void
test_redirects(void **state)
{
	static const struct { const char *from, *location, *to; } rows[] = {
		{"http://a.example/x/y", "z", "http://a.example/x/z"},
		{"http://a.example/x/y", "/z?q", "http://a.example/z?q"},
		{"http://a.example/x", "//b.example/z", "http://b.example/z"},
		{"http://a.example/x", "https://a.example/z", "https://a.example/z"},
		{"https://a.example/x", "https://b.example/z", "https://b.example/z"},
		{"https://a.example/x", "//b.example/z", "https://b.example/z"},
		{"http://a.example/x", "http://siti:rahasia@b.example/z", "http://b.example/z"},
		{"http://a.example/x", "  /z  ", "http://a.example/z"},
		{"https://a.example/x", "http://a.example/z", NULL},
		{"http://a.example/x", "file:///etc/passwd", NULL},
		{"http://a.example/x", "ftp://a.example/z", NULL},
		{"http://a.example/x", "data:text/xml,<rss/>", NULL},
		{"http://a.example/x", "javascript:alert(1)", NULL},
		{"http://a.example/x", "", NULL},
		{"http://a.example/x", "   ", NULL},
		{"http://a.example/x", "http://a.example/\x1b]52;c;eA==\x07", NULL},
		{"http://a.example/x", "http://[::bad/%zz", NULL},
		{"http://a.example/x", "http://", NULL},
	};
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct target from, to;
		struct err e = {0};
		struct bytes location = {(const unsigned char *)rows[i].location,
		    strlen(rows[i].location)};
		assert_true(target_of(a, str_z(rows[i].from), &from, NULL));
		bool ok = target_follow(a, &from, location, &to, &e);
		if (ok != (rows[i].to != NULL))
			fail_msg("row %zu: %s", i, ok ? "followed" : e.text);
		if (ok) {
			assert_str(to.url, rows[i].to);
			assert_number(to.user.n, 0);
		} else {
			assert_null(strchr(e.text, '\x1b'));
			assert_number(e.kind, ERR_NETWORK);
		}
	}
	arena_free(a);
}

static void
test_origins(void **state)
{
	static const struct { const char *x, *y; bool origin, host; } rows[] = {
		{"http://a.example/1", "http://A.example:80/2", true, true},
		{"http://a.example/", "https://a.example/", false, false},
		{"http://a.example:443/", "https://a.example/", false, true},
		{"http://a.example/", "http://b.a.example/", false, false},
		{"http://a.example:81/", "http://a.example:82/", false, false},
	};
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct target x, y;
		assert_true(target_of(a, str_z(rows[i].x), &x, NULL));
		assert_true(target_of(a, str_z(rows[i].y), &y, NULL));
		assert_number(target_same_origin(&x, &y), rows[i].origin);
		assert_number(target_same_host(&x, &y), rows[i].host);
	}
	arena_free(a);
}

static const char *
some_environment(const char *name)
{
	static const struct { const char *name, *value; } set[] = {
		{"http_proxy", "http://proxy.example:3128"},
		{"all_proxy", "socks5h://all.example:1080"},
		{"no_proxy", "localhost, .dalam.example,10.0.0.1"},
		{"HTTP_PROXY", "http://evil.example/"},
	};
	for (size_t i = 0; i < COUNT_OF(set); i++)
		if (strcmp(set[i].name, name) == 0)
			return set[i].value;
	return NULL;
}

static const char *
no_environment(const char *name)
{
	return strcmp(name, "no_proxy") == 0 ? "*" : strcmp(name, "http_proxy") == 0 ? "http://p" : NULL;
}

static void
test_proxies(void **state)
{
	static const struct { const char *setting, *url, *want; } rows[] = {
		{"auto", "http://a.example/", "http://proxy.example:3128"},
		{"", "http://a.example/", "http://proxy.example:3128"},
		{"auto", "https://a.example/", "socks5h://all.example:1080"},
		{"auto", "http://localhost/", NULL},
		{"auto", "http://x.dalam.example/", NULL},
		{"auto", "http://dalam.example/", NULL},
		{"auto", "http://xdalam.example/", "http://proxy.example:3128"},
		{"auto", "http://10.0.0.1/", NULL},
		{"none", "http://a.example/", NULL},
		{"http://own.example:1", "http://localhost/", "http://own.example:1"},
	};
	struct arena *a = arena_new();
	struct target t;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		assert_true(target_of(a, str_z(rows[i].url), &t, NULL));
		const char *got = proxy_for(a, str_z(rows[i].setting), &t, some_environment);
		assert_number(got != NULL, rows[i].want != NULL);
		if (got)
			assert_str(str_z(got), rows[i].want);
	}
	assert_null(proxy_for(a, STR("auto"), &t, no_environment));
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_no_targets),
		cmocka_unit_test(test_redirects),
		cmocka_unit_test(test_origins),
		cmocka_unit_test(test_proxies),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
