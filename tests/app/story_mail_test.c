/* A story as a message: what a mail reader must be able to trust. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "app/story_mail.h"

static struct read_story
sample(const char *key, const char *title)
{
	struct read_story s = {0};
	s.row.key = str_z(key);
	s.row.url = STR("https://a.example/1");
	s.row.title = str_z(title);
	s.row.lang = STR("id");
	s.row.published = 1756997100; /* 2025-09-04 14:45 UTC */
	s.row.unread = true;
	return s;
}

static void
test_whole(void **state)
{
	static struct read_link links[] = {
		{.kind = LINK_TAIL, .key = STR_INIT("https://a.example/0")},
		{.kind = LINK_TAIL, .title = STR_INIT("a headline alone")},
		{.kind = LINK_MENTION, .key = STR_INIT("https://c.example/0")},
		{.kind = LINK_INLINE, .key = STR_INIT("https://b.example/0")},
	};
	struct read_story s = sample("https://a.example/1", "Kapal tiba");
	struct buf b = {0};
	(void)state;
	s.links.v = links;
	s.links.n = COUNT_OF(links);
	story_mail(&s, STR("NUSA \"x\""), STR("Satu.\n\nFrom sini\n>From sana\nAkhir."), &b);
	assert_string_equal(buf_z(&b),
	    "From story@kawat.invalid Thu Sep  4 14:45:00 2025\n"
	    "From: \"NUSA \\\"x\\\"\" <story@kawat.invalid>\n"
	    "Subject: Kapal tiba\n"
	    "Date: Thu, 04 Sep 2025 14:45:00 +0000\n"
	    "Message-ID: <https%3A//a.example/1@kawat.invalid>\n"
	    "References: <https%3A//a.example/0@kawat.invalid>\n"
	    " <https%3A//b.example/0@kawat.invalid>\n"
	    "Archived-At: <https://a.example/1>\n"
	    "Content-Language: id\n"
	    "Status: O\n"
	    "MIME-Version: 1.0\n"
	    "Content-Type: text/plain; charset=utf-8\n"
	    "Content-Transfer-Encoding: 8bit\n"
	    "\n"
	    "Satu.\n\n>From sini\n>>From sana\nAkhir.\n\n");
	buf_clear(&b);
}

static void
test_subjects(void **state)
{
	static const struct {
		const char *title, *want;
	} rows[] = {
		{"plain", "Subject: plain\n"},
		{"caf\xC3\xA9", "Subject: =?UTF-8?B?Y2Fmw6k=?=\n"},
		{"a =?UTF-8?B?eA==?= b", "Subject: =?UTF-8?B?YSA9P1VURi04P0I/ZUE9PT89IGI=?=\n"},
		/* cut between characters, never inside one: 36 bytes are 12 of three */
		{"\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2"
		 "\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2" "ab\xE6\xBC\xA2",
		    "Subject: =?UTF-8?B?5ryi5ryi5ryi5ryi5ryi5ryi5ryi5ryi5ryi5ryi5ryi5ryi?=\n"
		    " =?UTF-8?B?5ryi5ryiYWLmvKI=?=\n"},
		{"", "Subject: https://a.example/1\n"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct read_story s = sample("k", rows[i].title);
		struct buf b = {0};
		story_mail(&s, STR("x"), STR(""), &b);
		const char *at = strstr(buf_z(&b), "Subject: ");
		assert_non_null(at);
		assert_memory_equal(at, rows[i].want, strlen(rows[i].want));
		for (struct str line, rest = buf_str(&b); rest.n;) {
			str_cut(rest, '\n', &line, &rest);
			assert_true(line.n <= 76 || !str_starts(line, STR("Subject")));
		}
		buf_clear(&b);
	}
}

static void
test_ids(void **state)
{
	static const struct {
		const char *key, *want;
	} rows[] = {
		{"guid:a b@c", "<guid%3Aa%20b%40c@kawat.invalid>"},
		{".a..b.", "<%2Ea.%2Eb%2E@kawat.invalid>"},
		{"<>\"()\\%", "<%3C%3E%22%28%29%5C%25@kawat.invalid>"},
		{"\xC3\xA9", "<%C3%A9@kawat.invalid>"},
	};
	char key[64 * 1024];
	struct buf one = {0}, other = {0};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf b = {0};
		story_mail_id(str_z(rows[i].key), &b);
		assert_string_equal(buf_z(&b), rows[i].want);
		buf_clear(&b);
	}
	memset(key, 'a', sizeof(key));
	story_mail_id(str_of(key, sizeof(key)), &one);
	key[sizeof(key) - 1] = 'b';
	story_mail_id(str_of(key, sizeof(key)), &other);
	assert_true(one.n <= 250);
	assert_false(str_eq(buf_str(&one), buf_str(&other)));
	buf_clear(&one);
	buf_clear(&other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole), cmocka_unit_test(test_subjects),
		cmocka_unit_test(test_ids),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
