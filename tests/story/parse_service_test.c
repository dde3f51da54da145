/*
 * The parse process's talk: a child serves, the test asks.  Feeds, pages, plain text, what is
 * neither, a charset that is not open, and messages out of turn.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "story/parse_protocol.h"
#include "story/parse_service.h"

static const char feed[] =
    "<rss version=\"2.0\"><channel><title>Kabar Uji</title><link>https://uji.example/</link>"
    "<item><title>Satu</title><link>https://uji.example/1</link>"
    "<description>Teks pertama.</description></item>"
    "<item><title>Dua</title><link>https://uji.example/2</link></item></channel></rss>";
static const char page[] =
    "<!DOCTYPE html><html><head><title>Uji</title>"
    "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"Umpan\" href=\"/rss.xml\">"
    "</head><body><p>Halo</p></body></html>";

struct server {
	pid_t pid;
	struct channel channel;
};

static struct server
start(void)
{
	int ends[2];
	struct server s;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	s.pid = fork();
	assert_true(s.pid >= 0);
	if (s.pid == 0) {
		struct channel c;
		struct err e = {0};
		struct charset_set *set = charset_set_new();
		close(ends[0]);
		charset_set_seal(set);
		channel_init_take(&c, ends[1]);
		bool ok = parse_serve(&c, set, NULL, &e);
		channel_clear(&c);
		charset_set_free(set);
		_exit(ok ? 0 : 1);
	}
	close(ends[1]);
	channel_init_take(&s.channel, ends[0]);
	return s;
}

static int
stop(struct server *s)
{
	int status;
	channel_clear(&s->channel);
	assert_int_equal(waitpid(s->pid, &status, 0), s->pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
ask(struct server *s, enum parse_what what, const char *input, size_t n)
{
	struct parse_job job = {.what = what, .url = STR("https://uji.example/rss")};
	struct buf b = {0};
	struct err e = {0};
	parse_pack_job(&b, &job);
	channel_queue(&s->channel, PARSE_JOB, bytes_of_str(buf_str(&b)));
	buf_clear(&b);
	/* in small pieces: a feed is read as it comes */
	for (size_t at = 0; at < n; at += 7)
		channel_queue(&s->channel, PARSE_DATA, bytes_of(input + at, n - at < 7 ? n - at : 7));
	channel_queue(&s->channel, PARSE_END, bytes_of("", 0));
	assert_true(channel_flush(&s->channel, &e));
}

struct answer {
	int n_stories, n_offers, n_heads;
	char title[100]; /* of the last story, or of the last offer's feed */
	struct buf json;
	enum err_kind kind;
	char need[40];
};

static struct answer
answer_of(struct server *s)
{
	struct answer a = {0};
	struct frame f;
	struct err e = {0};
	for (;;) {
		struct arena *arena = arena_new();
		struct story story;
		struct parse_offer offer;
		struct parse_done done;
		struct unpack u;
		struct str need;
		assert_true(channel_wait(&s->channel, &f, &e));
		bool last = f.type == PARSE_DONE || f.type == PARSE_NEED;
		switch ((enum parse_message)f.type) {
		case PARSE_STORY:
			assert_true(parse_unpack_story(arena, f.body, &story));
			snprintf(a.title, sizeof(a.title), "%.*s", STR_ARG(story.title));
			a.n_stories++;
			break;
		case PARSE_OFFER:
			assert_true(parse_unpack_offer(f.body, &offer));
			snprintf(a.title, sizeof(a.title), "%.*s", STR_ARG(offer.url));
			a.n_offers++;
			break;
		case PARSE_HEAD:
			a.n_heads++;
			break;
		case PARSE_JSON:
			u = unpack_begin(f.body);
			buf_add(&a.json, unpack_str(&u));
			assert_true(unpack_end(&u));
			break;
		case PARSE_DONE:
			assert_true(parse_unpack_done(f.body, &done));
			a.kind = done.kind;
			break;
		case PARSE_NEED:
			u = unpack_begin(f.body);
			need = unpack_line(&u);
			snprintf(a.need, sizeof(a.need), "%.*s", STR_ARG(need));
			break;
		default:
			fail_msg("a message of type %d", f.type);
		}
		arena_free(arena);
		if (last)
			return a;
	}
}

static void
test_jobs_one_after_another(void **state)
{
	struct server s = start();
	(void)state;
	ask(&s, PARSE_FEED, feed, sizeof(feed) - 1);
	struct answer a = answer_of(&s);
	assert_int_equal(a.kind, ERR_NONE);
	assert_int_equal(a.n_stories, 2);
	assert_int_equal(a.n_heads, 1);
	assert_string_equal(a.title, "Dua");

	ask(&s, PARSE_FEED, page, sizeof(page) - 1);
	a = answer_of(&s);
	assert_int_equal(a.kind, ERR_INPUT);
	assert_int_equal(a.n_offers, 1);
	assert_string_equal(a.title, "https://uji.example/rss.xml");

	ask(&s, PARSE_FEED, "", 0);
	a = answer_of(&s);
	assert_int_equal(a.kind, ERR_INPUT);

	ask(&s, PARSE_FEED_JSON, feed, sizeof(feed) - 1);
	a = answer_of(&s);
	assert_int_equal(a.kind, ERR_NONE);
	assert_true(str_starts(buf_str(&a.json), STR("{\"items\":[")));
	assert_true(str_ends(buf_str(&a.json), STR("}\n")));
	buf_clear(&a.json);

	ask(&s, PARSE_PAGE_JSON, page, sizeof(page) - 1);
	a = answer_of(&s);
	assert_int_equal(a.kind, ERR_NONE);
	assert_true(a.json.n > 0);
	buf_clear(&a.json);
	assert_int_equal(stop(&s), 0);
}

/* A feed that is no feed prints nothing, whatever came before the error. */
static void
test_no_feed_leaves_no_json(void **state)
{
	static const char text[] = "just some words";
	struct server s = start();
	(void)state;
	ask(&s, PARSE_FEED_JSON, text, sizeof(text) - 1);
	struct answer a = answer_of(&s);
	assert_int_equal(a.kind, ERR_INPUT);
	assert_int_equal(a.json.n, 0);
	assert_int_equal(stop(&s), 0);
}

static void
test_charset_that_is_not_open(void **state)
{
	static const char koi[] = "<?xml version=\"1.0\" encoding=\"koi8-r\"?><rss version=\"2.0\">"
	    "<channel><item><title>\xf0\xcf\xd2\xd4</title></item></channel></rss>";
	struct server s = start();
	(void)state;
	for (int round = 0; round < 2; round++) {
		ask(&s, round ? PARSE_FEED_JSON : PARSE_FEED, koi, sizeof(koi) - 1);
		struct answer a = answer_of(&s);
		assert_string_equal(a.need, "koi8-r");
		assert_int_equal(a.n_stories, 0);
		assert_int_equal(a.json.n, 0);
	}
	ask(&s, PARSE_FEED, feed, sizeof(feed) - 1); /* the talk is in step after it */
	assert_int_equal(answer_of(&s).n_stories, 2);
	assert_int_equal(stop(&s), 0);
}

static void
test_messages_out_of_turn(void **state)
{
	static const uint8_t first[] = {PARSE_DATA, PARSE_END, PARSE_DONE, 0, 99};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(first); i++) {
		struct server s = start();
		struct frame f;
		struct err e = {0};
		channel_queue(&s.channel, first[i], bytes_of("abc", 3));
		assert_true(channel_flush(&s.channel, &e));
		assert_false(channel_wait(&s.channel, &f, &e)); /* it gives us up */
		assert_int_equal(stop(&s), 1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_jobs_one_after_another),
		cmocka_unit_test(test_no_feed_leaves_no_json),
		cmocka_unit_test(test_charset_that_is_not_open),
		cmocka_unit_test(test_messages_out_of_turn),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
