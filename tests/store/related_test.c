/* Links: resolved in both orders, by address and by headline; the graph around a story.
 */
#include "fixture.h"

#include <stdlib.h>

#include "store/related.h"

#define FEED "https://kawat.example/feed.xml"

static struct read_story
whole(struct fixture *f, story_id id)
{
	struct read_story r;
	OK(f, read_story(f->store, f->arena, id, &r, &f->err));
	return r;
}

static void
links_lead_there_in_either_order(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	for (int target_first = 0; target_first < 2; target_first++) {
		for (int by_title = 0; by_title < 2; by_title++) {
			struct str n =
			    arena_fmt(f->arena, "%d%d", target_first, by_title);
			struct str url = arena_fmt(
			    f->arena, "https://kawat.example/sasaran%.*s", STR_ARG(n));
			struct str title = arena_fmt(
			    f->arena, "Gunung bawah laut nomor %.*s", STR_ARG(n));
			struct story target = fixture_story(f, url.p, title.p, "Isi.");
			struct story from = fixture_story(f,
			    arena_fmt(
				f->arena, "https://kawat.example/asal%.*s", STR_ARG(n))
				.p,
			    arena_fmt(f->arena, "Kapal riset %.*s", STR_ARG(n)).p,
			    "Isi.");
			/* Another variant of the address; other capitals and marks in
			 * the headline. */
			if (by_title)
				fixture_link(f, &from,
				    arena_fmt(f->arena, "GUNUNG bawah-laut: nomor %.*s",
					STR_ARG(n))
					.p,
				    "");
			else
				fixture_link(f, &from, "lain",
				    arena_fmt(f->arena,
					"http://www.kawat.example/"
					"sasaran%.*s?utm_source=a#x",
					STR_ARG(n))
					.p);
			story_id a, b;
			if (target_first) {
				b = fixture_add(f, feed, &target);
				a = fixture_add(f, feed, &from);
			} else {
				a = fixture_add(f, feed, &from);
				assert_int_equal(whole(f, a).links.v[0].to, STORY_NONE);
				assert_int_equal(
				    whole(f, a).links.v[0].state, TARGET_MISSING);
				b = fixture_add(f, feed, &target);
			}
			struct read_story r = whole(f, a), t = whole(f, b);
			assert_int_equal(r.links.n, 1);
			assert_int_equal(r.links.v[0].to, b);
			assert_int_equal(r.links.v[0].state, TARGET_STORED);
			assert_int_equal(t.cited_by.n, 1);
			assert_int_equal(t.cited_by.v[0].id, a);
			assert_int_equal(r.row.related_count, 1);
			assert_int_equal(t.row.related_count, 1);
		}
	}
}

static void
short_headlines_mean_no_story(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct story target =
	    fixture_story(f, "https://kawat.example/v", "Video", "Isi.");
	struct story from =
	    fixture_story(f, "https://kawat.example/a", "Kapal riset tiba", "Isi.");
	fixture_link(f, &from, "Video", "");
	fixture_add(f, feed, &target);
	assert_int_equal(whole(f, fixture_add(f, feed, &from)).links.v[0].to, STORY_NONE);
}

/* "Cuaca hari ini" of every day: the one of the site that cites it, or nobody. */
static void
a_headline_of_many_stories_means_none(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	static const char *const urls[] = {"https://kawat.example/cuaca1",
	    "https://lain.example/cuaca2", "https://lagi.example/cuaca3"};
	story_id ids[3];
	for (size_t i = 0; i < COUNT_OF(urls); i++) {
		struct story s = fixture_story(
		    f, urls[i], "Cuaca hari ini di pelabuhan", "Isi yang lain.");
		s.body.text = arena_fmt(f->arena, "Isi nomor %zu", i);
		s.body.spans[0].n = (uint32_t)s.body.text.n;
		s.published = NOW - 9 * 24 * 3600 * (int64_t)(i + 1);
		ids[i] = fixture_add(f, feed, &s);
	}
	static const struct {
		const char *from;
		int to; /* of ids, or -1 */
	} rows[] = {{"https://kawat.example/asal", 0}, {"https://lain.example/asal", 1},
	    {"https://siapa.example/asal", -1}};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct story from = fixture_story(
		    f, rows[i].from, arena_fmt(f->arena, "Asal nomor %zu", i).p, "Isi.");
		fixture_link(f, &from, "Cuaca hari ini di pelabuhan", "");
		story_id id = fixture_add(f, feed, &from);
		assert_int_equal(whole(f, id).links.v[0].to,
		    rows[i].to < 0 ? STORY_NONE : ids[rows[i].to]);
	}
	/* One more does not decide it. */
	struct story more = fixture_story(
	    f, "https://kawat.example/cuaca4", "Cuaca hari ini di pelabuhan", "Isi.");
	story_id fourth = fixture_add(f, feed, &more);
	assert_int_equal(whole(f, fourth).cited_by.n, 0);
}

/* A story cites what was there, not what its headline will be used for much later. */
static void
a_headline_of_the_future_is_not_meant(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct story later = fixture_story(
	    f, "https://kawat.example/nanti", "Pasar malam dibuka lagi", "Isi.");
	struct story from =
	    fixture_story(f, "https://kawat.example/dulu", "Asal dari dulu", "Isi.");
	later.published = NOW;
	from.published = NOW - 300 * 24 * 3600;
	fixture_link(f, &from, "Pasar malam dibuka lagi", "");
	fixture_add(f, feed, &later);
	assert_int_equal(whole(f, fixture_add(f, feed, &from)).links.v[0].to, STORY_NONE);
}

/* In a circle everybody is there once, at any depth. */
static void
a_circle_is_walked_once(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	story_id ids[4];
	for (int i = 0; i < 4; i++) {
		struct story s = fixture_story(f,
		    arena_fmt(f->arena, "https://kawat.example/putar%d", i).p,
		    arena_fmt(f->arena, "Lingkaran nomor %d", i).p, "Isi.");
		fixture_link(f, &s, "berikut",
		    arena_fmt(f->arena, "https://kawat.example/putar%d", (i + 1) % 4).p);
		fixture_link(f, &s, "seberang",
		    arena_fmt(f->arena, "https://kawat.example/putar%d", (i + 2) % 4).p);
		ids[i] = fixture_add(f, feed, &s);
	}
	for (int depth = 1; depth <= RELATED_MAX_DEPTH; depth++) {
		struct related_graph g;
		OK(f, related_walk(f->store, f->arena, ids[0], depth, &g, &f->err));
		assert_int_equal(g.nodes.n, 4);
		assert_int_equal(g.edges.n, 8);
		assert_false(g.cut);
	}
}

static void
rewritten_links_keep_the_counts(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct story b = fixture_story(f, "https://kawat.example/b", "Sasaran b", "Isi.");
	struct story c = fixture_story(f, "https://kawat.example/c", "Sasaran c", "Isi.");
	struct story a =
	    fixture_story(f, "https://kawat.example/a", "Asal dari semua", "Satu.");
	fixture_link(f, &a, "b", "https://kawat.example/b");
	fixture_link(f, &a, "c", "https://kawat.example/c");
	fixture_link(f, &a, "diri sendiri", "https://kawat.example/a");
	story_id ib = fixture_add(f, feed, &b), ic = fixture_add(f, feed, &c);
	story_id ia = fixture_add(f, feed, &a);
	assert_int_equal(whole(f, ia).row.related_count, 3);
	assert_int_equal(whole(f, ib).row.related_count, 1);
	a = fixture_story(f, "https://kawat.example/a", "Asal dari semua", "Dua.");
	fixture_link(f, &a, "c", "https://kawat.example/c");
	assert_int_equal(fixture_add(f, feed, &a), ia);
	assert_int_equal(whole(f, ia).row.related_count, 1);
	assert_int_equal(whole(f, ib).row.related_count, 0);
	assert_int_equal(whole(f, ic).row.related_count, 1);
	fixture_must_be_sound(f);
}

static void
a_removed_target_leaves_its_link(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED),
		other = fixture_feed(f, "https://lain.example/");
	struct story b = fixture_story(f, "https://kawat.example/b", "Sasaran b", "Isi.");
	struct story a = fixture_story(f, "https://kawat.example/a", "Asal", "Isi.");
	fixture_link(f, &a, "Sasaran b", "https://kawat.example/b");
	fixture_add(f, other, &b);
	story_id ia = fixture_add(f, feed, &a);
	fixture_index(f);
	OK(f, feeds_remove(f->store, other, true, &f->err));
	struct read_story r = whole(f, ia);
	assert_int_equal(r.links.v[0].to, STORY_NONE);
	assert_true(str_eq(r.links.v[0].url, STR("https://kawat.example/b")));
	assert_int_equal(r.row.related_count, 1);
	fixture_must_be_sound(f);
	/* And it leads there again when it comes back. */
	story_id ib = fixture_add(f, feed, &b);
	assert_int_equal(whole(f, ia).links.v[0].to, ib);
}

/* 1 -> 2 -> 3 -> 4 -> 5, and 9 -> 2 */
static void
make_chain(struct fixture *f, story_id *ids)
{
	feed_id feed = fixture_feed(f, FEED);
	for (int i = 1; i <= 6; i++) {
		int to = i < 5 ? i + 1 : i == 6 ? 2 : 99;
		struct story s = fixture_story(f,
		    arena_fmt(f->arena, "https://kawat.example/r%d", i).p,
		    arena_fmt(f->arena, "Rantai nomor %d", i).p, "Isi.");
		fixture_link(f, &s, arena_fmt(f->arena, "Rantai nomor %d", to).p,
		    arena_fmt(f->arena, "https://kawat.example/r%d", to).p);
		ids[i] = fixture_add(f, feed, &s);
	}
}

static void
the_graph_is_walked_to_its_depth(void **state)
{
	struct fixture *f = *state;
	story_id ids[7];
	make_chain(f, ids);
	static const struct {
		int root, depth;
		size_t nodes, edges;
	} rows[] = {
	    {2, 0, 1, 0},
	    {2, 1, 4, 3}, /* 1, 3, 6 around it */
	    {2, 2, 5, 4},
	    {2, 3, 6, 5},
	    {2, 9, 6, 6}, /* the last edge leads to what is not stored */
	    {5, 1, 2, 2},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct related_graph g;
		OK(f,
		    related_walk(f->store, f->arena, ids[rows[i].root], rows[i].depth, &g,
			&f->err));
		assert_int_equal(g.nodes.n, rows[i].nodes);
		assert_int_equal(g.edges.n, rows[i].edges);
		assert_int_equal(g.nodes.v[0].id, ids[rows[i].root]);
		assert_int_equal(g.depth[0], 0);
		assert_false(g.cut);
		for (size_t k = 1; k < g.nodes.n; k++)
			assert_true(g.depth[k] >= g.depth[k - 1]);
	}
	struct related_graph g;
	assert_false(related_walk(f->store, f->arena, 4711, 1, &g, &f->err));
	assert_int_equal(f->err.kind, ERR_NOT_FOUND);
}

static void
a_large_graph_is_cut(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct update *u;
	struct related_graph g;
	struct story hub =
	    fixture_story(f, "https://kawat.example/pusat", "Pusat dari semua", "Isi.");
	story_id id = fixture_add(f, feed, &hub);
	OK(f, update_begin(f->store, feed, STR(""), STR(""), NOW, &u, &f->err));
	for (int i = 0; i < 3000; i++) {
		struct story s;
		struct story_link l = {
		    LINK_AUTO, STR(""), STR("Pusat dari semua"), hub.url, 0};
		story_init(&s);
		s.url = arena_fmt(f->arena, "https://kawat.example/t%d", i);
		s.title = arena_fmt(f->arena, "Tepi nomor %d", i);
		ARENA_PUSH(f->arena, &s.links, l);
		OK(f, update_story(u, &s, NULL, &f->err));
	}
	OK(f, update_commit(u, NULL, NULL, &f->err));
	OK(f, related_walk(f->store, f->arena, id, 3, &g, &f->err));
	assert_true(g.cut);
	assert_true(g.nodes.n <= RELATED_MAX_NODES);
	struct read_story r = whole(f, id);
	assert_int_equal(r.cited_by.n, READ_MAX_CITED);
	assert_int_equal(r.row.related_count, 3000);
}

static void
a_story_is_found_by_every_name(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct story s =
	    fixture_story(f, "https://www.kawat.example/satu?id=7", "Satu", "Isi.");
	story_id id = fixture_add(f, feed, &s), found;
	struct read_story r = whole(f, id);
	const struct str names[] = {arena_fmt(f->arena, "%lld", (long long)id), s.url,
	    r.row.key, STR("http://m.kawat.example/satu?id=7&utm_source=a#b"),
	    STR("kawat.example/satu?id=7")};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		OK(f, read_find(f->store, names[i], &found, &f->err));
		assert_int_equal(found, id);
	}
	static const char *const nobody[] = {"last", "0", "-1", "4711",
	    "https://kawat.example/dua", "", "satu", "99999999999999999999"};
	for (size_t i = 0; i < COUNT_OF(nobody); i++) {
		assert_false(read_find(f->store, str_z(nobody[i]), &found, &f->err));
		assert_int_equal(f->err.kind, ERR_NOT_FOUND);
	}
	assert_false(read_story(f->store, f->arena, 4711, &r, &f->err));
	assert_int_equal(f->err.kind, ERR_NOT_FOUND);
}

static void
the_whole_anatomy_comes_back(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct story s =
	    fixture_story(f, "https://kawat.example/1", "Judul", "Ambon (KAWAT) - Isi.");
	struct str *const fields[] = {&s.site, &s.agency, &s.place, &s.byline, &s.source,
	    &s.exchange, &s.reporter, &s.translator, &s.editor, &s.photographer, &s.desk,
	    &s.copyright, &s.rights, &s.correction, &s.lang, &s.slug, &s.usage,
	    &s.section, &s.summary};
	for (size_t i = 0; i < COUNT_OF(fields); i++)
		*fields[i] = arena_fmt(f->arena, "ruas %zu", i);
	struct story_image image = {
	    STR("https://kawat.example/foto.jpg"), STR("Foto:\nkapal")};
	ARENA_PUSH(f->arena, &s.images, image);
	s.urgency = 2;
	s.status = STORY_CORRECTED;
	s.advertorial = true;
	s.updated = NOW - 5;
	s.embargo_until = NOW + 5;
	s.published_offset = 420;
	struct read_story r = whole(f, fixture_add(f, feed, &s));
	struct str *const got[] = {&r.story.site, &r.story.agency, &r.story.place,
	    &r.story.byline, &r.story.source, &r.story.exchange, &r.story.reporter,
	    &r.story.translator, &r.story.editor, &r.story.photographer, &r.story.desk,
	    &r.story.copyright, &r.story.rights, &r.story.correction, &r.story.lang,
	    &r.story.slug, &r.story.usage, &r.story.section, &r.story.summary};
	for (size_t i = 0; i < COUNT_OF(fields); i++)
		assert_true(str_eq(*fields[i], *got[i]));
	assert_int_equal(r.story.images.n, 1);
	assert_true(str_eq(r.story.images.v[0].url, image.url));
	assert_true(str_eq(r.story.images.v[0].alt, STR("Foto: kapal")));
	assert_int_equal(r.story.urgency, 2);
	assert_int_equal(r.story.status, STORY_CORRECTED);
	assert_true(r.story.advertorial);
	assert_int_equal(r.story.updated, NOW - 5);
	assert_int_equal(r.story.embargo_until, NOW + 5);
	assert_int_equal(r.story.published_offset, 420);
	assert_int_equal(r.story.body.n_spans, 1);
	assert_int_equal(r.story.body.spans[0].kind, SPAN_PARAGRAPH);
}

int
main(void)
{
#define WITH_STORE(test)                                                                 \
	cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)
	const struct CMUnitTest tests[] = {
	    WITH_STORE(links_lead_there_in_either_order),
	    WITH_STORE(short_headlines_mean_no_story),
	    WITH_STORE(a_headline_of_many_stories_means_none),
	    WITH_STORE(a_headline_of_the_future_is_not_meant),
	    WITH_STORE(a_circle_is_walked_once),
	    WITH_STORE(rewritten_links_keep_the_counts),
	    WITH_STORE(a_removed_target_leaves_its_link),
	    WITH_STORE(the_graph_is_walked_to_its_depth),
	    WITH_STORE(a_large_graph_is_cut),
	    WITH_STORE(a_story_is_found_by_every_name),
	    WITH_STORE(the_whole_anatomy_comes_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
