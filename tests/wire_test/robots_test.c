/* robots.txt as RFC 9309 reads it. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "wire/robots.h"

static void
test_rules(void **state)
{
	static const struct { const char *text, *target; bool allowed; } rows[] = {
		{"", "/a", true},
		{"User-agent: *\nDisallow: /", "/a", false},
		{"User-agent: *\nDisallow:", "/a", true},
		{"user-AGENT:*\r\ndisALLOW:/a\r\n", "/abc", false},
		{"User-agent: *\nDisallow: /a", "/b", true},
		{"Disallow: /", "/a", true}, /* a rule without a group */
		{"User-agent: lain\nDisallow: /", "/a", true},
		{"User-agent: kawat\nDisallow: /a\nUser-agent: *\nDisallow: /", "/b", true},
		{"User-agent: *\nDisallow: /\nUser-agent: Kawat/2.0\nAllow: /", "/b", true},
		{"User-agent: kawatbot\nDisallow: /", "/b", true},
		{"User-agent: lain\nUser-agent: kawat\nDisallow: /x", "/x", false},
		{"User-agent: kawat\nDisallow: /x\nUser-agent: kawat\nDisallow: /y", "/x", false},
		{"User-agent: kawat\nDisallow: /x\nUser-agent: kawat\nDisallow: /y", "/y", false},
		{"User-agent: *\nUser-agent: kawat\nDisallow: /x", "/x", false},
		{"User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true},
		{"User-agent: *\nAllow: /a/b\nDisallow: /a/b", "/a/b", true},
		{"User-agent: *\nDisallow: /a/b\nAllow: /a/b", "/a/b", true},
		{"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", false},
		{"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", true},
		{"User-agent: *\nDisallow: /a*b*c", "/axxbyyc", false},
		{"User-agent: *\nDisallow: /a*b*c", "/axxcyyb", true},
		{"User-agent: *\nDisallow: *", "/x", false},
		{"User-agent: *\nDisallow: /%7Ejoe", "/~joe/x", false},
		{"User-agent: *\nDisallow: /a%2fb", "/a%2Fb", false},
		{"User-agent: *\nDisallow: /a%2fb", "/a/b", true},
		{"User-agent: *\nDisallow: /\xE6\x96\x87", "/%E6%96%87", false},
		{"User-agent: *\nDisallow: /a # why", "/a", false},
		{"# nothing\nUser-agent: * # all\nDisallow: /a", "/a", false},
		{"\xEF\xBB\xBFUser-agent: *\nDisallow: /a", "/a", false},
		{"User-agent: *\nCrawl-delay: 9\nDisallow: /a", "/a", false},
		{"User-agent: *\nSitemap: http://x/\nDisallow: /a", "/a", false},
		{"User-agent: *\nDisallow: /", "/robots.txt", true},
		{"<html>no rules</html>", "/a", true},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct robots *r = robots_parse(
		    bytes_of(rows[i].text, strlen(rows[i].text)), STR("kawat"));
		assert_number(robots_allows(r, str_z(rows[i].target)), rows[i].allowed);
		robots_free(r);
	}
}

static void
test_status(void **state)
{
	static const struct { long status; bool allowed; } rows[] = {
		{404, true}, {403, true}, {410, true}, {500, false}, {503, false}, {0, false},
		{302, false},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct robots *r = robots_of_status(rows[i].status);
		assert_number(robots_allows(r, STR("/a")), rows[i].allowed);
		robots_free(r);
	}
}

/* A pattern made to be slow, rules beyond the limit, a file beyond the limit. */
static void
test_bounds(void **state)
{
	enum { N = 600 * 1024 };
	char *text = malloc(N);
	(void)state;
	assert_non_null(text);
	memset(text, '*', N);
	memcpy(text, "User-agent: *\nDisallow: /", 25);
	for (size_t i = 25; i < 2000; i += 2)
		text[i] = 'a';
	text[2000] = '\n';
	struct robots *r = robots_parse(bytes_of(text, N), STR("kawat"));
	char path[4000];
	memset(path, 'a', sizeof(path));
	path[0] = '/';
	assert_false(robots_allows(r, str_of(path, sizeof(path))));
	robots_free(r);

	memset(text, '\n', N);
	memcpy(text + N - 40, "User-agent: *\nDisallow: /\n", 26);
	r = robots_parse(bytes_of(text, N), STR("kawat"));
	assert_true(robots_allows(r, STR("/a")));
	robots_free(r);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_status),
		cmocka_unit_test(test_bounds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
