/* Rules: what becomes of stories as they arrive, and of those stored before a rule was made. */
#include "fixture.h"

#include <stdlib.h>

#include "store/alert.h"
#include "store/mark.h"
#include "store/read.h"
#include "store/rules.h"

#define FEED "https://barat.example/feed.xml"

static const struct {
	const char *name, *title, *text, *place;
	int urgency;
} made_up[] = {
    {"a", "Iklan: kapal murah", "Beli sekarang.", "", 5},
    {"b", "Gempa guncang Ambon", "Warga keluar rumah.", "Ambon", 2},
    {"c", "Pasar ramai lagi", "Harga iklan turun di Ambon.", "Jakarta", 5},
    {"d", "首相が会談", "東京で会談した。", "", 4},
};

enum { N = COUNT_OF(made_up), MAX_RULES = 4 };

struct world {
	struct fixture *f;
	struct query_feed feed;
	story_id ids[N];
	struct update_outcome outcomes[N];
};

static void
make_stories(struct world *w, struct fixture *f, struct story *stories)
{
	w->f = f;
	w->feed = (struct query_feed){fixture_feed(f, FEED), STR(FEED), STR("Barat"),
	    STR("Nasional"), false};
	for (size_t i = 0; i < N; i++) {
		struct str url = arena_fmt(f->arena, "https://barat.example/%s", made_up[i].name);
		stories[i] = fixture_story(f, arena_z(f->arena, url), made_up[i].title, made_up[i].text);
		stories[i].place = str_z(made_up[i].place);
		stories[i].urgency = made_up[i].urgency;
		stories[i].published = NOW - (int64_t)(i + 1) * MINUTE;
	}
}

static struct rules
rules_of(const struct world *w, const struct rule *v, size_t n)
{
	return (struct rules){v, n, {&w->feed, 1}};
}

/* One update, with the rules inside its transaction as wire does it. */
static void
arrive(struct world *w, const struct story *stories, const struct rules *rules,
    struct rules_done *done)
{
	struct fixture *f = w->f;
	struct update *u;
	size_t n;
	OK(f, update_begin(f->store, w->feed.id, STR(""), STR("id"), NOW, &u, &f->err));
	for (size_t i = 0; i < N; i++) {
		OK(f, update_story(u, &stories[i], &w->outcomes[i], &f->err));
		w->ids[i] = w->outcomes[i].id;
	}
	const story_id *news = update_news(u, &n);
	OK(f,
	    rules_apply(
		f->store, f->arena, rules, news, n, NOW, JAKARTA, done, &f->err));
	OK(f, update_commit(u, NULL, NULL, &f->err));
}

/* The letters of the stories that a query lists, newest first. */
static const char *
listed(struct world *w, const char *text)
{
	static char out[N + 1];
	struct fixture *f = w->f;
	struct query_feeds feeds = {&w->feed, 1};
	struct query *q;
	struct story_rows rows;
	size_t n = 0;
	OK(f, query_parse(f->arena, str_z(text), feeds, NOW, JAKARTA, &q, &f->err));
	OK(f, list_window(f->store, f->arena, q, LIST_TOP, LIST_OLDER, N, &rows, &f->err));
	for (size_t i = 0; i < rows.n; i++)
		for (size_t k = 0; k < N; k++)
			if (w->ids[k] == rows.v[i].id)
				out[n++] = made_up[k].name[0];
	out[n] = '\0';
	return out;
}

struct row {
	const char *name;
	struct rule rules[MAX_RULES];
	const char *everything, *unread, *starred, *muted, *alerted;
};

static const struct row rows[] = {
    {"none", {{0}}, "abcd", "abcd", "", "", ""},
    {"a word of the headline alone", {{RULE_MUTE, STR_INIT("title:iklan")}}, "bcd", "bcd", "",
	"a", ""},
    {"a word anywhere", {{RULE_MUTE, STR_INIT("iklan")}}, "bd", "bd", "", "ac", ""},
    {"a phrase", {{RULE_MUTE, STR_INIT("\"harga iklan\"")}}, "abd", "abd", "", "c", ""},
    {"a script without spaces", {{RULE_STAR, STR_INIT("会談")}}, "abcd", "abcd", "d", "", ""},
    {"fields and words", {{RULE_STAR, STR_INIT("place:Ambon gempa")}}, "abcd", "abcd", "b", "",
	""},
    {"not, or", {{RULE_READ, STR_INIT("iklan -place:Jakarta OR gempa")}}, "abcd", "cd", "", "",
	""},
    {"no words", {{RULE_ALERT, STR_INIT("urgency:1-2")}}, "abcd", "abcd", "", "", "b"},
    {"by feed", {{RULE_READ, STR_INIT("feed:Barat")}}, "abcd", "", "", "", ""},
    {"another feed's name is a mistake, and left out",
	{{RULE_READ, STR_INIT("feed:Timur")}, {RULE_STAR, STR_INIT("gempa")}}, "abcd", "abcd",
	"b", "", ""},
    {"an empty rule means nobody", {{RULE_MUTE, STR_INIT("")}, {RULE_MUTE, STR_INIT(" ")}},
	"abcd", "abcd", "", "", ""},
    {"several at once",
	{{RULE_MUTE, STR_INIT("title:iklan")}, {RULE_ALERT, STR_INIT("gempa")},
	    {RULE_STAR, STR_INIT("gempa")}, {RULE_READ, STR_INIT("pasar")}},
	"bcd", "bd", "b", "a", "b"},
};

static void
test_arrival(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		void *own = NULL;
		struct story stories[N];
		struct rules_done done;
		struct world w;
		size_t n = 0;
		fixture_open(&own);
		make_stories(&w, own, stories);
		while (n < MAX_RULES && rows[i].rules[n].query.p)
			n++;
		struct rules rules = rules_of(&w, rows[i].rules, n);
		arrive(&w, stories, &rules, &done);
		const char *const checks[][2] = {{"", rows[i].everything},
		    {"is:unread", rows[i].unread}, {"is:starred", rows[i].starred},
		    {"is:muted", rows[i].muted}, {"is:alerted", rows[i].alerted}};
		for (size_t k = 0; k < COUNT_OF(checks); k++)
			if (strcmp(listed(&w, checks[k][0]), checks[k][1]) != 0)
				fail_msg("%s: '%s' lists '%s', not '%s'", rows[i].name, checks[k][0],
				    listed(&w, checks[k][0]), checks[k][1]);
		assert_int_equal(done.n_alerts, strlen(rows[i].alerted));
		assert_int_equal(fixture_number(w.f, "SELECT unread FROM tally"),
		    strlen(rows[i].unread));
		assert_int_equal(fixture_number(w.f, "SELECT unread FROM feed"),
		    strlen(rows[i].unread));
		fixture_close(&own);
	}
}

/* The same stories again, and indexed: nothing is told or changed a second time. */
static void
test_again(void **state)
{
	struct fixture *f = *state;
	static const struct rule v[] = {
	    {RULE_ALERT, STR_INIT("gempa")}, {RULE_MUTE, STR_INIT("title:iklan")}};
	struct story stories[N];
	struct rules_done done;
	struct world w;
	make_stories(&w, f, stories);
	struct rules rules = rules_of(&w, v, 2);
	arrive(&w, stories, &rules, &done);
	assert_int_equal(done.n_alerts, 1);
	assert_int_equal(done.n_muted, 1);
	struct store_counts counts;
	OK(f, store_counts(f->store, &counts, &f->err));
	assert_int_equal(counts.muted, 1);
	assert_int_equal(counts.stories, N);
	assert_true(str_eq(done.alerts[0].title, STR("Gempa guncang Ambon")));
	assert_true(str_eq(done.alerts[0].rule, STR("alert = gempa")));
	fixture_index(f);
	arrive(&w, stories, &rules, &done);
	assert_int_equal(done.n_alerts + (size_t)done.n_muted, 0);
	/* An update of it is looked at again, but told once. */
	stories[1].title = STR("Gempa guncang Ambon, warga mengungsi");
	arrive(&w, stories, &rules, &done);
	assert_int_equal(w.outcomes[1].result, UPDATE_CHANGED);
	assert_int_equal(done.n_alerts, 0);
	struct alerts alerts;
	OK(f, alert_last(f->store, f->arena, 10, &alerts, &f->err));
	assert_int_equal(alerts.n, 1);
	assert_int_equal(alerts.v[0].id, w.ids[1]);
	assert_int_equal(alerts.v[0].at, NOW);
}

/* The agency's text by way of another feed is told once; other words are news of their own. */
static void
test_same_text_twice(void **state)
{
	static const struct {
		const char *title, *text;
		int64_t later_s;
		bool told;
	} cases[] = {
		{"Gempa guncang Seram", "Warga berlari ke luar rumah.", 0, true},
		{"Gempa guncang Seram", "Warga berlari ke luar rumah.", HOUR, false},
		{"Gempa Guncang SERAM", "Warga berlari ke luar rumah.", HOUR, false},
		{"Gempa guncang Seram", "Tidak ada korban, kata petugas.", HOUR, true},
		{"Gempa guncang Buru", "Warga berlari ke luar rumah.", HOUR, true},
		{"Gempa guncang Seram", "Warga berlari ke luar rumah.", 2 * DAY, true},
		{"Gempa susulan", "", 0, true},
		{"Gempa susulan", "", 0, true},
	};
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct str url = arena_fmt(f->arena, "https://barat.example/sama-%zu", i);
		struct story story =
		    fixture_story(f, arena_z(f->arena, url), cases[i].title, cases[i].text);
		story_id id = fixture_add(f, feed, &story);
		bool added;
		OK(f, alert_add(f->store, id, STR("alert = gempa"), NOW + cases[i].later_s, &added,
			  &f->err));
		if (added != cases[i].told)
			fail_msg("row %zu: told is %d", i, added);
	}
}

/* A muted story stays muted whoever else brings it, and says which rule hides it. */
static void
test_muted_elsewhere(void **state)
{
	struct fixture *f = *state;
	static const struct rule v[] = {{RULE_MUTE, STR_INIT("title:iklan")}};
	struct story stories[N];
	struct rules_done done;
	struct read_story read;
	struct world w;
	make_stories(&w, f, stories);
	struct rules rules = rules_of(&w, v, 1);
	arrive(&w, stories, &rules, &done);
	fixture_add(f, fixture_feed(f, "https://timur.example/feed.xml"), &stories[0]);
	assert_string_equal(listed(&w, "is:unread"), "bcd");
	OK(f, read_story(f->store, f->arena, w.ids[0], &read, &f->err));
	assert_true(str_eq(read.muted_by, STR("mute = title:iklan")));
	fixture_must_be_sound(f);
}

static void
catch_up(struct world *w, const struct rules *rules, int64_t want_changes)
{
	struct fixture *f = w->f;
	int64_t n, all = 0;
	bool done = false;
	for (int i = 0; !done && i < 100; i++) {
		OK(f, rules_catch_up(f->store, rules, NOW, JAKARTA, &n, &done, &f->err));
		all += n;
	}
	assert_true(done);
	assert_int_equal(all, want_changes);
}

/* A new mute hides what is stored; without it everything is as it was, unread too. */
static void
test_changed_rules(void **state)
{
	struct fixture *f = *state;
	static const struct rule v[] = {{RULE_MUTE, STR_INIT("iklan")}, {RULE_STAR, STR_INIT("gempa")}};
	struct story stories[N];
	struct rules_done done;
	struct world w;
	make_stories(&w, f, stories);
	struct rules none = rules_of(&w, v, 0), both = rules_of(&w, v, 2);
	arrive(&w, stories, &none, &done);
	fixture_index(f);
	struct mark m = {.what = MARK_READ, .ids = &w.ids[2], .n_ids = 1};
	int64_t change, n;
	OK(f,
	    mark_now(f->store, &m, (struct query_feeds){0}, NOW, 0, 10, &change, &n, &f->err));
	catch_up(&w, &none, 0);
	catch_up(&w, &both, 2);
	assert_string_equal(listed(&w, ""), "bd");
	assert_string_equal(listed(&w, "is:starred"), ""); /* a star is for what arrives */
	catch_up(&w, &both, 0);
	catch_up(&w, &none, 2);
	assert_string_equal(listed(&w, ""), "abcd");
	assert_string_equal(listed(&w, "is:unread"), "abd");
	assert_int_equal(fixture_number(f, "SELECT unread FROM tally"), 3);
	fixture_must_be_sound(f);
}

/* More than one step of them, and what asks for muted stories itself comes to an end. */
static void
test_many(void **state)
{
	struct fixture *f = *state;
	static const struct rule v[] = {{RULE_MUTE, STR_INIT("nomor")}, {RULE_MUTE, STR_INIT("is:muted")}};
	struct world w = {.f = f,
	    .feed = {fixture_feed(f, FEED), STR(FEED), STR("Barat"), STR(""), false}};
	struct rules one = rules_of(&w, v, 1), two = rules_of(&w, v, 2), none = rules_of(&w, v, 0);
	fixture_many(f, w.feed.id, RULES_STEP + 3);
	catch_up(&w, &one, RULES_STEP + 3);
	catch_up(&w, &two, 0);
	assert_int_equal(fixture_number(f, "SELECT count(*) FROM story WHERE muted_by = ''"), 0);
	assert_int_equal(fixture_number(f, "SELECT unread FROM tally"), 0);
	catch_up(&w, &none, RULES_STEP + 3);
	assert_int_equal(fixture_number(f, "SELECT unread FROM tally"), RULES_STEP + 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_arrival),
	    cmocka_unit_test_setup_teardown(test_again, fixture_open, fixture_close),
	    cmocka_unit_test_setup_teardown(test_same_text_twice, fixture_open, fixture_close),
	    cmocka_unit_test_setup_teardown(test_muted_elsewhere, fixture_open, fixture_close),
	    cmocka_unit_test_setup_teardown(test_changed_rules, fixture_open, fixture_close),
	    cmocka_unit_test_setup_teardown(test_many, fixture_open, fixture_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
