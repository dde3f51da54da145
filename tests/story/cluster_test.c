/*
 * The same event once: words made alike, decisions about pairs of stories, whole streams in eight
 * languages with look-alikes, and the bounds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "story/cluster.h"
#include "story/cluster_sort.h"
#include "story/cluster_stem.h"
#include "story/cluster_stream.h"

/* --- words ------------------------------------------------------------------------ */

static const struct alike {
	const char *lang, *a, *b;
	bool same;
} words[] = {
    {"en", "strikes", "strike", true},
    {"en", "stopped", "stop", true},
    {"en", "parties", "party", true},
    {"en", "arrested", "arrests", true},
    {"en", "police", "policy", false},
    {"id", "menangkap", "ditangkap", true},
    {"id", "menyelamatkan", "diselamatkan", true},
    {"id", "mengguncang", "diguncang", true},
    {"id", "pengadilan", "adil", true},
    {"id", "bank", "ban", false},
    {"ms", "memutuskan", "diputuskan", true},
    {"de", "streiks", "streik", true},
    {"de", "verletzten", "verletzte", true},
    {"fr", "condamnee", "condamne", true},
    {"es", "mineros", "minero", true},
    {"ar", "الزلزال", "زلزال", true},
    {"ar", "والمصرف", "مصرف", true},
    {"ru", "землетрясения", "землетрясение", true},
    {"xx", "strikes", "strike", false},
    {"", "strikes", "strike", false},
};

static void
endings_go(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		char a[CLUSTER_STEM_BYTES], b[CLUSTER_STEM_BYTES];
		struct cluster_stemmer s = cluster_stemmer(str_z(words[i].lang));
		bool same = str_eq(cluster_stem(&s, str_z(words[i].a), a),
		    cluster_stem(&s, str_z(words[i].b), b));
		if (same != words[i].same)
			fail_msg("%s: '%s' and '%s'", words[i].lang, words[i].a, words[i].b);
	}
}

static void
long_words_stay(void **state)
{
	char word[200], room[CLUSTER_STEM_BYTES];
	(void)state;
	memset(word, 's', sizeof(word));
	struct cluster_stemmer s = cluster_stemmer(STR("en"));
	assert_int_equal(cluster_stem(&s, str_of(word, sizeof(word)), room).n, 200);
}

/* A stemmer takes one run of rows. */
static void
a_language_stands_in_one_place(void **state)
{
	static const char *const langs[] = {
#define ENDING(lang, ending, instead, left) lang,
#include "story/cluster_ending.def"
#undef ENDING
	};
	(void)state;
	for (size_t i = 1; i < COUNT_OF(langs); i++)
		for (size_t k = 0; k + 1 < i && strcmp(langs[i], langs[i - 1]) != 0; k++)
			if (strcmp(langs[i], langs[k]) == 0)
				fail_msg("%s stands in two places", langs[i]);
}

/* In one language after the other, each twice: the second time everything is remembered. */
static void
a_memo_changes_nothing(void **state)
{
	static const char text[] = "UN und EU: die Rettung der Bergleute in Damar, UN dan UE; Para mineros "
				   "menyelamatkan The rescuers stopped at L'Ile, \u00c9l\u00e9onore apr\u00e8s le s\u00e9isme. "
				   "Pengadministrasianpengadministrasian 1.200 tewas de De DE.";
	static const char *const langs[] = {"id", "en", "de", "xx", "ms", "id", "fr", "ar"};
	struct cluster_memo *memo = cluster_memo_new();
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < 2 * COUNT_OF(langs); i++) {
		struct str lang = str_z(langs[i % COUNT_OF(langs)]);
		static struct cluster_terms with, without;
		cluster_terms_of(arena, memo, STR("UN in Damar"), str_z(text), lang, &with);
		cluster_terms_of(arena, NULL, STR("UN in Damar"), str_z(text), lang, &without);
		assert_int_equal(with.n, without.n);
		assert_int_equal(with.n_title, without.n_title);
		assert_true(with.n > 10);
		assert_memory_equal(with.v, without.v, with.n * sizeof(with.v[0]));
	}
	arena_free(arena);
	cluster_memo_free(memo);
}

static void
rows_are_sorted(void **state)
{
	static const size_t lengths[] = {0, 1, 2, 7, 8, 9, 16, 17, 90, 159, 160, 161, 300};
	uint64_t v[300], room[300];
	uint32_t x = 7;
	(void)state;
	for (size_t k = 0; k < COUNT_OF(lengths); k++) {
		size_t n = lengths[k];
		for (size_t i = 0; i < n; i++) {
			x = x * 1664525u + 1013904223u;
			v[i] = cluster_sort_row(x >> (i % 3 ? 28 : 0), i);
		}
		cluster_sort(v, room, n);
		for (size_t i = 1; i < n; i++)
			assert_true(v[i - 1] < v[i]); /* equal keys in their order */
	}
	assert_true(cluster_sort_largest(2.5f) < cluster_sort_largest(0.1f));
	assert_true(cluster_sort_largest(0.1f) < cluster_sort_largest(0));
}

/* --- terms ------------------------------------------------------------------------ */

static const struct shared {
	const char *lang, *a, *b;
	size_t n; /* terms in both */
} shared[] = {
    {"en", "fell to 1,200 points", "fell to 1200 points", 3},
    {"id", "turun ke 1.200 poin", "turun ke 1,200 poin", 3},
    {"fr", "5,75 pour cent", "5.75 pour cent", 2},
    {"en", "of the and a", "of the and a", 0},
    {"fr", "après cela", "après", 0},
    {"en", "UN vote", "un vote", 1}, /* capitals tell the one from the other */
    {"en", "Lombok's ferry", "Lombok ferry", 2},
    {"en", "Zürich Börse", "Zurich Borse", 3}, /* two words and the pair of names */
    {"ja", "青波島", "青波島", 2},
    {"ja", "について", "について", 0}, /* grammar */
    {"ko", "지진", "지진이", 1},
    {"en", "2", "2", 0},
    {"", "", "", 0},
};

static size_t
common(const struct cluster_terms *a, const struct cluster_terms *b)
{
	size_t n = 0;
	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < b->n; k++)
			n += a->v[i].hash == b->v[k].hash;
	return n;
}

static void
terms_are_alike(void **state)
{
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(shared); i++) {
		struct cluster_terms a, b;
		struct str lang = str_z(shared[i].lang);
		cluster_terms_of(arena, NULL, str_z(shared[i].a), STR(""), lang, &a);
		cluster_terms_of(arena, NULL, str_z(shared[i].b), STR(""), lang, &b);
		if (common(&a, &b) != shared[i].n)
			fail_msg("'%s' and '%s' share %zu", shared[i].a, shared[i].b,
			    common(&a, &b));
	}
	arena_free(arena);
}

static void
terms_are_bounded_and_sorted(void **state)
{
	struct arena *arena = arena_new();
	struct buf text = {0};
	struct cluster_terms t;
	(void)state;
	for (int i = 0; i < 20000; i++)
		buf_fmt(&text, "Word%d ", i * 7919);
	cluster_terms_of(arena, NULL, buf_str(&text), buf_str(&text), STR("en"), &t);
	assert_true(t.n > 100 && t.n <= CLUSTER_MAX_TERMS);
	for (size_t i = 1; i < t.n; i++)
		assert_true(t.v[i - 1].hash < t.v[i].hash);
	buf_clear(&text);
	arena_free(arena);
}

/* --- decisions -------------------------------------------------------------------- */

enum { HOUR = 3600, UNKNOWN = -1 };

static const struct pair {
	const char *why;
	int hours; /* between the two; UNKNOWN: neither has a time */
	const char *title_a, *lead_a, *title_b, *lead_b;
	bool same;
} pairs[] = {
    {"another wording", 1, "Ferry sinks off Lombok, 41 rescued",
	"The ferry Bunga Laut sank in the Alas Strait on Monday. Rescuers found 41 people.",
	"Six missing after ferry goes down",
	"Six people are missing after the ferry Bunga Laut went down in the Alas Strait.", true},
    {"a toll that rises", 9, "Quake kills two on Tarusa island",
	"A 6.4-magnitude earthquake on Tarusa island killed two people in Belen.",
	"Toll in Tarusa island quake rises to nine",
	"Rescuers found seven more dead in Belen after the earthquake on Tarusa island.", true},
    {"the same text, days later by another feed", 60, "Old bridge of Lund closed for repairs",
	"The old bridge of Lund will be closed for repairs until the end of spring.",
	"Old bridge of Lund closed for repairs",
	"The old bridge of Lund will be closed for repairs until the end of spring.", true},
    {"one title, another day", 24, "Morning summary",
	"The main stories: a quake shakes Tarusa, ministers meet on the fishing quota.",
	"Morning summary",
	"The main stories: doctors end their strike, a rare bird is seen on the coast.", false},
    {"one title, other numbers, nothing else", 24, "Gold price up to 1,402,000 per gram today", "",
	"Gold price up to 1,399,000 per gram today", "", false},
    {"the verdict after the arrest", 400, "Police arrest treasurer of Lund",
	"Henrik Aas, treasurer of Lund, was arrested over missing millions.",
	"Former treasurer of Lund jailed",
	"Henrik Aas was sentenced to four years in prison for embezzling millions.", false},
    {"another event of that hour", 0, "Halden raises rates",
	"The central bank of Halden raised its key rate to 3.25 percent.",
	"Warehouse burns in Port Adry",
	"Eighty firefighters fought a blaze in a furniture warehouse.", false},
    {"years apart", 9000, "Ferry sinks off Lombok",
	"The ferry sank in the Alas Strait on Monday.", "Ferry sinks off Lombok",
	"The ferry sank in the Alas Strait on Monday.", false},
    {"no times", UNKNOWN, "Helvar to buy chipmaker Quantrix",
	"Helvar agreed to buy chip designer Quantrix for $8.4 billion.",
	"Helvar in $8.4 billion deal for Quantrix",
	"Chip designer Quantrix is bought by Helvar for $8.4 billion.", true},
    {"nothing said", 0, "", "", "", "", false},
};

static void
pairs_are_told(void **state)
{
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		const struct pair *p = &pairs[i];
		struct clusters *c = clusters_new(CLUSTER_ROOM_STORE);
		struct cluster_terms a, b;
		int64_t at = p->hours == UNKNOWN ? CLUSTER_NO_TIME : 1700000000,
			later = p->hours == UNKNOWN ? at : at + p->hours * HOUR;
		cluster_terms_of(arena, NULL, str_z(p->title_a), str_z(p->lead_a), STR("en"), &a);
		cluster_terms_of(arena, NULL, str_z(p->title_b), str_z(p->lead_b), STR("en"), &b);
		assert_int_equal(clusters_place(c, &a, at, 11), 11);
		int64_t event = clusters_place(c, &b, later, 12);
		if ((event == 11) != p->same)
			fail_msg("%s: %s", p->why, p->same ? "parted" : "joined");
		clusters_free(c);
	}
	arena_free(arena);
}

/* What another process placed is known again. */
static void
events_are_recalled(void **state)
{
	struct arena *arena = arena_new();
	struct clusters *c = clusters_new(CLUSTER_ROOM_STORE);
	struct cluster_terms a, b;
	(void)state;
	cluster_terms_of(arena, NULL, str_z(pairs[0].title_a), str_z(pairs[0].lead_a), STR("en"), &a);
	cluster_terms_of(arena, NULL, str_z(pairs[0].title_b), str_z(pairs[0].lead_b), STR("en"), &b);
	struct clusters *then = clusters_new(CLUSTER_ROOM_STORE);
	struct buf kept = {0};
	assert_int_equal(clusters_place(then, &a, 1700000000, 99), 99);
	clusters_pack(then, &kept);
	struct bytes raw = bytes_of_str(buf_str(&kept));
	assert_true(clusters_unpack(c, raw));
	assert_int_equal(clusters_place(c, &b, 1700003600, 100), 99);
	/* bytes that are no event */
	assert_false(clusters_unpack(c, bytes_of(raw.p, raw.n - 1)));
	assert_false(clusters_unpack(c, bytes_of(raw.p, 12)));
	assert_false(clusters_unpack(c, bytes_of("", 0)));
	buf_clear(&kept);
	clusters_free(then);
	clusters_free(c);
	arena_free(arena);
}

/* --- streams ---------------------------------------------------------------------- */

/* An id is EVENT/NUMBER; each stream holds look-alikes: a second quake, a final. */
enum { MAX_STORIES = 64 };

static const struct stream {
	const char *name;
	double least; /* BCubed F1 */
} streams[] = {
    {"ar", 0.95}, {"de", 0.85}, {"en", 0.82}, {"es", 0.90}, {"fr", 0.76}, {"id", 0.70},
    {"ja", 0.84}, {"ko", 0.95},
};

struct told {
	char event[MAX_STORIES][40];
	int cluster[MAX_STORIES];
	int n;
};

static void
read_told(struct str out, struct told *t)
{
	struct str line;
	t->n = 0;
	while (str_cut(out, '\n', &line, &out) && t->n < MAX_STORIES) {
		char z[200];
		snprintf(z, sizeof(z), "%.*s", STR_ARG(line));
		assert_int_equal(sscanf(z, "{\"id\":\"%39[^/]/%*[0-9]\",\"cluster\":%d}",
				     t->event[t->n], &t->cluster[t->n]), 2);
		t->n++;
	}
}

static double
bcubed(const struct told *t)
{
	double precision = 0, recall = 0;
	for (int i = 0; i < t->n; i++) {
		int both = 0, said = 0, meant = 0;
		for (int k = 0; k < t->n; k++) {
			bool c = t->cluster[i] == t->cluster[k],
			     e = strcmp(t->event[i], t->event[k]) == 0;
			both += c && e;
			said += c;
			meant += e;
		}
		precision += (double)both / said;
		recall += (double)both / meant;
	}
	return 2 * precision * recall / (precision + recall) / t->n;
}

static struct bytes
load(struct arena *a, const char *name)
{
	struct bytes raw;
	struct err e = {0};
	struct str path = arena_fmt(a, "%s/story/clusters/%s.ndjson", TEST_SRCDIR, name);
	assert_true(file_read(a, arena_z(a, path), 0, &raw, &e));
	return raw;
}

static void
run(struct bytes raw, size_t piece, struct json *out)
{
	struct err e = {0};
	json_init(out, NULL, NULL);
	struct cluster_stream *s = cluster_stream_new(out);
	for (size_t at = 0; at < raw.n; at += piece) {
		size_t n = raw.n - at < piece ? raw.n - at : piece;
		assert_true(cluster_stream_push(s, bytes_of(raw.p + at, n), &e));
	}
	assert_true(cluster_stream_end(s, &e));
	cluster_stream_free(s);
}

static void
streams_are_grouped(void **state)
{
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(streams); i++) {
		struct json out;
		static struct told told;
		run(load(a, streams[i].name), SIZE_MAX / 2, &out);
		read_told(buf_str(&out.out), &told);
		double f1 = bcubed(&told);
		if (told.n < 10 || f1 < streams[i].least)
			fail_msg("%s: %d stories, %.3f", streams[i].name, told.n, f1);
		json_clear(&out);
	}
	arena_free(a);
}

/* Neither how the bytes come nor what comes later changes an answer. */
static void
answers_are_final(void **state)
{
	struct arena *a = arena_new();
	struct bytes raw = load(a, "en");
	struct json whole, pieces, part;
	(void)state;
	run(raw, SIZE_MAX / 2, &whole);
	run(raw, 7, &pieces);
	assert_true(str_eq(buf_str(&whole.out), buf_str(&pieces.out)));
	size_t half = str_find_char(str_of((const char *)raw.p + raw.n / 2, raw.n / 2), '\n');
	run(bytes_of(raw.p, raw.n / 2 + half), 4096, &part);
	assert_true(part.out.n > 0 && str_starts(buf_str(&whole.out), buf_str(&part.out)));
	json_clear(&whole);
	json_clear(&pieces);
	json_clear(&part);
	arena_free(a);
}

static const struct bad {
	const char *input, *says;
} bad[] = {
    {"{\"id\":\"a\"}\n\nno json\n", "line 3: not JSON"},
    {"[]\n", "line 1: not a JSON object"},
    {"{\"title\":\"x\"}\n", "line 1: no 'id'"},
    {"{\"id\":5}\n", "line 1: no 'id'"},
    {"{\"id\":\"a\",\"title\":5}\n", "'title' is no string"},
    {"{\"id\":\"a\xff\"}\n", "not JSON"},
    {"{\"id\":\"a\"", "line 1: not JSON"},
};

static void
bad_lines_are_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct err e = {0};
		struct json out;
		struct bytes raw = bytes_of_str(str_z(bad[i].input));
		json_init(&out, NULL, NULL);
		struct cluster_stream *s = cluster_stream_new(&out);
		assert_false(cluster_stream_push(s, raw, &e) && cluster_stream_end(s, &e));
		assert_int_equal(e.kind, ERR_INPUT);
		if (!strstr(e.text, bad[i].says))
			fail_msg("%s", e.text);
		cluster_stream_free(s);
		json_clear(&out);
	}
}

/* --- bounds ----------------------------------------------------------------------- */

/* Far more events and words than there is room for: the oldest go, the newest are known. */
static void
the_oldest_go(void **state)
{
	struct arena *arena = arena_new();
	struct clusters *c = clusters_new((struct cluster_room){64, 256});
	size_t size = clusters_bytes(c);
	struct cluster_terms t;
	(void)state;
	for (int i = 0; i < 3000; i++) {
		arena_reset(arena);
		struct str title = arena_fmt(arena, "q%d r%d s%d", i + 1000, i * 7 + 1000,
		    i * 31 + 1000);
		cluster_terms_of(arena, NULL, title, STR(""), STR("en"), &t);
		assert_int_equal(clusters_place(c, &t, CLUSTER_NO_TIME, i + 1), i + 1);
		assert_int_equal(clusters_place(c, &t, CLUSTER_NO_TIME, 999999), i + 1);
	}
	assert_int_equal(clusters_bytes(c), size);
	cluster_terms_of(arena, NULL, STR("q1000 r1000 s1000"), STR(""), STR("en"), &t);
	assert_int_equal(clusters_place(c, &t, CLUSTER_NO_TIME, 999999), 999999);
	clusters_free(c);
	arena_free(arena);
}

static void
a_line_has_a_limit(void **state)
{
	struct json out;
	struct err e = {0};
	struct buf line = {0};
	(void)state;
	json_init(&out, NULL, NULL);
	struct cluster_stream *s = cluster_stream_new(&out);
	buf_reserve(&line, CLUSTER_MAX_LINE_BYTES);
	memset(line.p, ' ', CLUSTER_MAX_LINE_BYTES);
	assert_true(cluster_stream_push(s, bytes_of(line.p, CLUSTER_MAX_LINE_BYTES), &e));
	assert_false(cluster_stream_push(s, bytes_of(" ", 1), &e));
	assert_int_equal(e.kind, ERR_INPUT);
	buf_clear(&line);
	cluster_stream_free(s);
	json_clear(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(endings_go),
		cmocka_unit_test(long_words_stay),
		cmocka_unit_test(a_memo_changes_nothing),
		cmocka_unit_test(a_language_stands_in_one_place),
		cmocka_unit_test(rows_are_sorted),
		cmocka_unit_test(terms_are_alike),
		cmocka_unit_test(terms_are_bounded_and_sorted),
		cmocka_unit_test(pairs_are_told),
		cmocka_unit_test(events_are_recalled),
		cmocka_unit_test(streams_are_grouped),
		cmocka_unit_test(answers_are_final),
		cmocka_unit_test(bad_lines_are_named),
		cmocka_unit_test(the_oldest_go),
		cmocka_unit_test(a_line_has_a_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
