/* The query language: what each query finds among the same stories, and how mistakes
 * are told. */
#include "fixture.h"

#include <stdlib.h>

#include "store/read.h"

#define WEST "https://barat.example/feed.xml"
#define EAST "https://timur.example/feed.xml"

/*
 * Eight stories, told apart by a letter.  a is the newest, an hour between each and the
 * next.
 */
static const struct {
	const char *name, *title, *text, *agency, *lang, *place, *byline;
	int urgency;
	bool east, full;
} made_up[] = {
    {"a", "Kapal riset petakan karang", "Peta laut dalam di Laut Banda.", "ANTARA", "id",
	"Ambon", "Laras Wibowo", 2, false, true},
    {"b", "Survey ship maps reefs", "Deep water east of Ambon.", "Yonhap", "en", "Seoul",
	"Kim Jisu", 4, true, true},
    {"c", "Hujan lebat di Jawa", "Cuaca buruk, kapal tidak berlayar.", "ANTARA", "id",
	"Jakarta", "Damar Prakoso", 3, false, false},
    {"d", "調査船、深海サンゴを撮影", "バンダ海で深海サンゴの群落が見つかった。", "Kyodo",
	"ja", "", "", 5, true, true},
    {"e", "한국은행 금리 동결", "한국은행은 기준금리를 동결했다.", "Yonhap", "ko-KR",
	"서울", "", 1, true, false},
    {"f", "Harga emas naik", "Harga \"emas\" Antam naik Rp8.000 per gram.",
	"Kantor Berita ANTARA", "id", "Jakarta", "", 6, false, true},
    {"g", "La Bourse de Paris", "Café et marchés: la séance fut brève.", "AFP", "fr",
	"Paris", "", 5, true, true},
    {"h", "Gunung bawah laut", "Karang hitam di kedalaman 600 meter.", "ANTARA", "id",
	"Ambon", "", 4, false, true},
};

struct world {
	struct fixture f;
	struct query_feed feeds[2];
	story_id ids[COUNT_OF(made_up)];
};

static void
make_world(struct world *w)
{
	struct fixture *f = &w->f;
	w->feeds[0] = (struct query_feed){fixture_feed(f, WEST), STR(WEST),
	    STR("Barat Terkini"), STR("Nasional"), false};
	w->feeds[1] = (struct query_feed){
	    fixture_feed(f, EAST), STR(EAST), STR("Timur"), STR("Dunia/Asia"), false};
	for (size_t i = 0; i < COUNT_OF(made_up); i++) {
		char url[60];
		snprintf(url, sizeof(url), "https://barat.example/%s", made_up[i].name);
		struct story s = fixture_story(f, url, made_up[i].title, made_up[i].text);
		s.agency = str_z(made_up[i].agency);
		s.lang = str_z(made_up[i].lang);
		s.place = str_z(made_up[i].place);
		s.byline = str_z(made_up[i].byline);
		s.urgency = made_up[i].urgency;
		s.full = made_up[i].full;
		s.published = NOW - (int64_t)i * HOUR - MINUTE;
		if (strcmp(made_up[i].name, "a") == 0) {
			fixture_link(
			    f, &s, "Gunung bawah laut", "https://barat.example/h");
			fixture_link(f, &s, "Harga emas naik", "");
		}
		w->ids[i] = fixture_add(f, w->feeds[made_up[i].east].id, &s);
	}
	struct story h = fixture_story(
	    f, "https://barat.example/h", "Gunung bawah laut", made_up[7].text);
	fixture_add(f, w->feeds[1].id, &h); /* in both feeds */
}

static void
find_all(struct world *w, const char *text, enum list_direction direction, char *out)
{
	struct fixture *f = &w->f;
	struct query_feeds feeds = {w->feeds, 2};
	struct arena *a = arena_new();
	struct query *q;
	struct story_rows rows;
	int64_t place = direction == LIST_OLDER ? LIST_TOP : LIST_BOTTOM, n;
	size_t k = 0;
	OK(f, query_parse(a, str_z(text), feeds, NOW, JAKARTA, &q, &f->err));
	do { /* windows of two, so that going on is tested too */
		OK(f, list_window(f->store, a, q, place, direction, 2, &rows, &f->err));
		for (size_t i = 0; i < rows.n; i++) {
			place = rows.v[i].ord;
			for (size_t j = 0; j < COUNT_OF(made_up); j++)
				if (w->ids[j] == rows.v[i].id)
					out[k++] = made_up[j].name[0];
		}
	} while (rows.n == 2);
	out[k] = '\0';
	OK(f, list_count(f->store, q, 1000, &n, &f->err));
	assert_int_equal(n, k);
	for (size_t j = 0; j < COUNT_OF(made_up); j++) {
		bool matches;
		OK(f, list_matches(f->store, q, w->ids[j], &matches, &f->err));
		assert_int_equal(matches, strchr(out, made_up[j].name[0]) != NULL);
	}
	arena_free(a);
}

static const struct {
	const char *query, *finds;
} finds[] = {
    {"", "abcdefgh"},
    {"   ", "abcdefgh"},
    {"karang", "ah"},
    {"karang -\"\"", "ah"},
    {"karang -\"", "ah"},
    {"KARANG", "ah"},
    {"kara", ""},
    {"kara*", "ah"},
    {"karang banda", "a"},
    {"karang OR emas", "afh"},
    {"karang -banda", "h"},
    {"-karang lang:id", "cf"},
    {"\"laut banda\"", "a"},
    {"\"banda laut\"", ""},
    {"\"emas", "af"}, /* a leads to it */
    {"cafe", "g"},
    {"深海", "d"},
    {"海深", ""},
    {"サンゴ", "d"},
    {"은행", "e"},
    {"-", "abcdefgh"},
    {"!!!", "abcdefgh"},
    {"rp8.000", "f"},
    {"from:antara", "acfh"},
    {"from:\"kantor berita\"", "f"},
    {"from:yonhap urgency:1", "e"},
    {"from:reuters", ""},
    {"FROM:afp", "g"},
    {"lang:id", "acfh"},
    {"lang:ko", "e"},
    {"lang:k", ""},
    {"lang:id%", ""},
    {"-lang:id", "bdeg"},
    {"title:kapal", "a"},
    {"kapal", "ac"},
    {"by:laras", "a"},
    {"place:ambon", "ah"},
    {"place:서울", "e"},
    {"ambon", "abh"},
    {"urgency:1-2", "ae"},
    {"urgency:3", "c"},
    {"since:3h", "abc"},
    {"until:3h", "defgh"},
    {"since:5h until:2h", "cde"},
    {"since:today", "abcdefgh"},
    {"until:yesterday", ""},
    {"since:2025-09-04", "abcdefgh"},
    {"until:2025-09-04", "abcdefgh"},
    {"since:2025-09-05", ""},
    {"since:2025-09 until:2025", "abcdefgh"},
    {"until:2024", ""},
    {"feed:barat", "acfh"},
    {"feed:Timur", "bdegh"},
    {"feed:" EAST, "bdegh"},
    {"section:nasional", "acfh"},
    {"section:dunia", "bdegh"},
    {"section:asia karang", "h"},
    {"feed:barat feed:timur", "h"},
    {"feed:barat OR from:afp", "acfgh"},
    {"is:unread", "abcdefgh"},
    {"is:read", ""},
    {"is:starred", ""},
    {"is:stored", "abdfgh"},
    {"-is:stored", "ce"},
    {"is:STORED lang:id", "afh"},
    {"is:updated", ""},
    {"cites:https://barat.example/h", "a"},
    {"citedby:https://www.barat.example/a?utm_source=x", "fh"},
    {"citedby:https://barat.example/a karang", "h"},
    {"karang OR lang:fr", "agh"},
    {"karang lang:id OR lang:fr", "agh"},
    {"is:unread karang OR is:read", "ah"},
    {"http:etwas", ""},
    {"\"autor:budi\"", ""}, /* quoted it is text */
    {"bourse:paris", ""},
};

static void
check_all(struct world *w, const char *when)
{
	char got[20], back[20];
	for (size_t i = 0; i < COUNT_OF(finds); i++) {
		find_all(w, finds[i].query, LIST_OLDER, got);
		if (strcmp(got, finds[i].finds) != 0)
			fail_msg("%s: '%s' finds '%s', not '%s'", when, finds[i].query,
			    got, finds[i].finds);
		find_all(w, finds[i].query, LIST_NEWER, back);
		for (size_t j = 0; j < strlen(got); j++)
			assert_int_equal(back[strlen(got) - 1 - j], got[j]);
	}
}

static void
finds_the_same_before_and_after_indexing(void **state)
{
	struct world *w = *state;
	int64_t left;
	check_all(w, "waiting");
	OK(&w->f, index_step(w->f.store, 3, &left, &w->f.err));
	assert_true(left > 0);
	check_all(w, "half indexed");
	fixture_index(&w->f);
	check_all(w, "indexed");
}

static void
changed_stories_are_found_by_what_they_say_now(void **state)
{
	struct world *w = *state;
	struct fixture *f = &w->f;
	char got[20];
	fixture_index(f);
	struct story s = fixture_story(
	    f, "https://barat.example/f", "Harga perak naik", "Perak Antam.");
	fixture_add(f, w->feeds[0].id, &s);
	for (int indexed = 0; indexed < 2; indexed++) {
		find_all(w, "perak", LIST_OLDER, got);
		assert_string_equal(got, "f");
		find_all(w, "emas", LIST_OLDER, got);
		assert_string_equal(got, "a");
		fixture_must_be_sound(f);
		fixture_index(f);
	}
}

static void
mistakes_are_told(void **state)
{
	struct world *w = *state;
	static const struct {
		const char *query, *says;
	} rows[] = {
	    {"is:red", "unknown state 'is:red'"},
	    {"autor:budi", "unknown field 'autor:': did you mean 'by:'?"},
	    {"karang titel:banda", "unknown field 'titel:': did you mean 'title:'?"},
	    {"-form:antara", "unknown field 'form:': did you mean 'from:'?"},
	    {"from:", "'from:' needs a value"},
	    {"from: antara", "'from:' needs a value"},
	    {"urgency:9", "no urgency '9'"},
	    {"urgency:3-1", "no urgency '3-1'"},
	    {"since:kemarin", "no time 'kemarin'"},
	    {"since:2025-13", "no time '2025-13'"},
	    {"since:2025-02-29", "no time '2025-02-29'"},
	    {"since:99999999d", "no time"},
	    {"feed:kosong", "no feed is called 'kosong'"},
	    {"section:kosong", "no section is called 'kosong'"},
	    {"OR", "OR needs something on both sides"},
	    {"karang OR", "OR needs something on both sides"},
	    {"OR karang", "OR needs something on both sides"},
	};
	struct query_feeds feeds = {w->feeds, 2};
	struct query *q;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct err e = {0};
		assert_false(
		    query_parse(w->f.arena, str_z(rows[i].query), feeds, NOW, 0, &q, &e));
		assert_int_equal(e.kind, ERR_USAGE);
		if (!strstr(e.text, rows[i].says))
			fail_msg("'%s' says: %s", rows[i].query, e.text);
	}
}

static void
sizes_are_bounded(void **state)
{
	struct world *w = *state;
	struct fixture *f = &w->f;
	struct query *q;
	char *long_one = arena_alloc(f->arena, QUERY_MAX_BYTES + 2);
	memset(long_one, 'a', QUERY_MAX_BYTES);
	OK(f,
	    query_parse(f->arena, str_of(long_one, QUERY_MAX_BYTES),
		(struct query_feeds){0}, NOW, 0, &q, &f->err));
	long_one[QUERY_MAX_BYTES] = 'a';
	assert_false(query_parse(f->arena, str_of(long_one, QUERY_MAX_BYTES + 1),
	    (struct query_feeds){0}, NOW, 0, &q, &f->err));
	struct str many = STR("");
	for (int i = 0; i < QUERY_MAX_TERMS; i++)
		many = arena_cat(f->arena, many, STR("a* "));
	struct story_rows rows;
	OK(f, query_parse(f->arena, many, (struct query_feeds){0}, NOW, 0, &q, &f->err));
	OK(f,
	    list_window(f->store, f->arena, q, LIST_TOP, LIST_OLDER, 10, &rows, &f->err));
	assert_false(query_parse(f->arena, arena_cat(f->arena, many, STR("b")),
	    (struct query_feeds){0}, NOW, 0, &q, &f->err));
}

/* What a user types is never SQL, nor an expression of the index. */
static void
anything_typed_is_only_words(void **state)
{
	struct world *w = *state;
	struct fixture *f = &w->f;
	static const char *const typed[] = {"'; DROP TABLE story; --", "\"", "\"\"", "*",
	    "a*b", "NEAR(a b)", "title:", "^karang", "{title}:karang", "karang AND",
	    "NOT", "(karang", "karang)", "a\"b\"c", "from:'antara'", "from:\"%\"",
	    "lang:_", "-\"", "--", "-OR", "is:", "cites:0", "cites:x'y",
	    "from:a from:b OR from:c", "\xEF\xBC\x81", "-from:antara -karang"};
	struct query *q;
	struct story_rows rows;
	for (size_t i = 0; i < COUNT_OF(typed); i++) {
		if (!query_parse(f->arena, str_z(typed[i]), (struct query_feeds){0}, NOW,
			0, &q, &f->err))
			continue;
		if (!list_window(
			f->store, f->arena, q, LIST_TOP, LIST_OLDER, 10, &rows, &f->err))
			assert_int_equal(f->err.kind, ERR_NOT_FOUND);
	}
	assert_int_equal(
	    fixture_number(f, "SELECT count(*) FROM story"), COUNT_OF(made_up));
}

static void
hidden_feeds_are_not_in_everything(void **state)
{
	struct world *w = *state;
	char got[20];
	w->feeds[1].hide = true;
	find_all(w, "", LIST_OLDER, got);
	assert_string_equal(got, "acfh"); /* h is in a shown feed too */
	find_all(w, "is:unread", LIST_OLDER, got);
	assert_string_equal(got, "acfh");
	find_all(w, "feed:timur", LIST_OLDER, got);
	assert_string_equal(got, "bdegh");
}

static void
queries_are_put_together(void **state)
{
	struct world *w = *state;
	struct fixture *f = &w->f;
	struct query *id, *karang, *both;
	struct story_rows rows;
	OK(f,
	    query_parse(f->arena, STR("lang:id -banda"), (struct query_feeds){0}, NOW, 0,
		&id, &f->err));
	OK(f,
	    query_parse(f->arena, STR("karang OR emas"), (struct query_feeds){0}, NOW, 0,
		&karang, &f->err));
	both = query_and_unread(f->arena, query_and(f->arena, id, karang));
	OK(f,
	    list_window(
		f->store, f->arena, both, LIST_TOP, LIST_OLDER, 10, &rows, &f->err));
	assert_int_equal(rows.n, 2);
	assert_int_equal(rows.v[0].id, w->ids[5]);
	assert_int_equal(rows.v[1].id, w->ids[7]);
	assert_true(query_has_words(both));
	assert_true(query_has_state(both));
	assert_false(query_has_state(id));
	struct query_words words = query_words(both);
	assert_int_equal(words.n, 2); /* not the one that must be missing */
}

/* Joined as text they find what query_and finds. */
static void
texts_are_joined(void **state)
{
	static const struct { const char *x, *y, *joined; } rows[] = {
		{"", "", ""},
		{"lang:id", "", "lang:id"},
		{"", "karang", "karang"},
		{"lang:id", "karang emas", "lang:id karang emas"},
		{"karang OR emas", "lang:id", "karang lang:id OR emas lang:id"},
		{"lang:id", "karang  OR emas", "lang:id karang OR lang:id emas"},
		{"a OR b", "c OR -d", "a c OR a -d OR b c OR b -d"},
		{"\"dua OR kata\"", "x OR y", "\"dua OR kata\" x OR \"dua OR kata\" y"},
		{"feed:\"Barat Ter", "karang", "feed:\"Barat Ter\" karang"},
		{"-\"dua", "\"", "-\"dua\" \"\""},
		{"a\"b", "ORa OR b", "a\"b ORa OR a\"b b"},
		{"- a", "-", "- a -"},
	};
	struct world *w = *state;
	struct arena *a = w->f.arena;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str joined = query_join(a, str_z(rows[i].x), str_z(rows[i].y));
		if (!str_eq(joined, str_z(rows[i].joined)))
			fail_msg("%s + %s is %.*s", rows[i].x, rows[i].y, STR_ARG(joined));
	}
	struct str many = STR("a");
	for (int i = 0; i < 1000; i++)
		many = arena_cat(a, many, STR(" OR a"));
	struct str joined = query_join(a, many, many);
	assert_true(joined.n > QUERY_MAX_BYTES && joined.n < QUERY_MAX_BYTES + 100);
}

static int
world_open(void **state)
{
	struct fixture *f;
	fixture_open((void **)&f);
	struct world *w = heap_alloc(sizeof(*w));
	w->f = *f;
	free(f);
	make_world(w);
	*state = w;
	return 0;
}

static int
world_close(void **state)
{
	return fixture_close(state); /* the fixture stands first in it */
}

int
main(void)
{
#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
	const struct CMUnitTest tests[] = {
	    WITH_WORLD(finds_the_same_before_and_after_indexing),
	    WITH_WORLD(changed_stories_are_found_by_what_they_say_now),
	    WITH_WORLD(mistakes_are_told),
	    WITH_WORLD(sizes_are_bounded),
	    WITH_WORLD(anything_typed_is_only_words),
	    WITH_WORLD(hidden_feeds_are_not_in_everything),
	    WITH_WORLD(queries_are_put_together),
	    WITH_WORLD(texts_are_joined),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
