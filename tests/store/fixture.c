#include "fixture.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/sql.h"

void
folder_remove(const char *folder)
{
	DIR *dir = opendir(folder);
	if (!dir)
		return;
	for (struct dirent *d; (d = readdir(dir));)
		unlinkat(dirfd(dir), d->d_name, 0);
	closedir(dir);
	rmdir(folder);
}

int
fixture_open(void **state)
{
	struct fixture *f = heap_alloc(sizeof(*f));
	strcpy(f->folder, "store-test-XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	f->arena = arena_new();
	fixture_reopen(f, STORE_WRITE);
	*state = f;
	return 0;
}

int
fixture_close(void **state)
{
	struct fixture *f = *state;
	if (f->store)
		fixture_must_be_sound(f);
	store_close(f->store);
	arena_free(f->arena);
	folder_remove(f->folder);
	free(f);
	return 0;
}

void
fixture_reopen(struct fixture *f, enum store_mode mode)
{
	struct store_options o = {.folder = f->folder, .mode = mode};
	store_close(f->store);
	f->store = NULL;
	OK(f, store_open(&f->store, &o, NULL, &f->err));
}

void
fixture_must_be_sound(struct fixture *f)
{
	struct care_findings found;
	OK(f, care_check(f->store, f->arena, &found, &f->err));
	for (size_t i = 0; i < found.n; i++)
		print_error("%.*s\n", STR_ARG(found.v[i]));
	assert_int_equal(found.n, 0);
}

feed_id
fixture_feed(struct fixture *f, const char *url)
{
	feed_id id;
	OK(f, feeds_find(f->store, str_z(url), &id, &f->err));
	if (id != FEED_NONE)
		return id;
	OK(f, store_begin(f->store, &f->err));
	OK(f,
	    sql_run(f->store, "INSERT INTO feed(url) VALUES (?1)",
		SQL_ARGS(sql_text(str_z(url))), &f->err));
	OK(f, store_commit(f->store, &f->err));
	OK(f, feeds_find(f->store, str_z(url), &id, &f->err));
	return id;
}

struct story
fixture_story(struct fixture *f, const char *url, const char *title, const char *text)
{
	struct story s;
	struct doc_builder b;
	story_init(&s);
	s.url = arena_str(f->arena, str_z(url));
	s.title = arena_str(f->arena, str_z(title));
	s.published = NOW - MINUTE;
	doc_builder_init(&b, f->arena);
	doc_block(&b, SPAN_PARAGRAPH, 0, STR(""));
	doc_text(&b, str_z(text));
	doc_block_end(&b);
	s.body = doc_build(&b);
	s.full = true;
	return s;
}

void
fixture_link(struct fixture *f, struct story *s, const char *title, const char *url)
{
	struct story_link l = {LINK_INLINE, STR("Baca juga"),
	    arena_str(f->arena, str_z(title)), arena_str(f->arena, str_z(url)), 0};
	ARENA_PUSH(f->arena, &s->links, l);
}

void
fixture_update(struct fixture *f, feed_id feed, const struct story *v, size_t n,
    struct update_outcome *out)
{
	struct update *u;
	struct feed_state state = {.id = feed, .last_at = NOW, .last_status = 200};
	struct feed_fetch fetch = {.at = NOW, .status = 200};
	OK(f, update_begin(f->store, feed, STR(""), STR(""), NOW, &u, &f->err));
	for (size_t i = 0; i < n; i++)
		OK(f, update_story(u, &v[i], out ? &out[i] : NULL, &f->err));
	OK(f, update_commit(u, &state, &fetch, &f->err));
}

story_id
fixture_add(struct fixture *f, feed_id feed, const struct story *s)
{
	struct update_outcome o;
	fixture_update(f, feed, s, 1, &o);
	return o.id;
}

void
fixture_index(struct fixture *f)
{
	int64_t left;
	do
		OK(f, index_step(f->store, INDEX_STEP, &left, &f->err));
	while (left);
}

void
fixture_many(struct fixture *f, feed_id feed, size_t n)
{
	struct update *u;
	char url[100], title[100];
	OK(f,
	    update_begin(f->store, feed, STR("Kantor Uji"), STR("id"), NOW, &u, &f->err));
	for (size_t i = 0; i < n; i++) {
		struct story s;
		story_init(&s);
		snprintf(
		    url, sizeof(url), "https://uji.example/%lld/%zu", (long long)feed, i);
		snprintf(title, sizeof(title), "Kabar nomor %zu dari umpan %lld", i,
		    (long long)feed);
		s.url = str_z(url);
		s.title = str_z(title);
		s.published = NOW - (int64_t)(n - i) * MINUTE;
		s.body.text = str_z(title);
		OK(f, update_story(u, &s, NULL, &f->err));
	}
	OK(f, update_commit(u, NULL, NULL, &f->err));
}

int64_t
fixture_number(struct fixture *f, const char *sql)
{
	int64_t n;
	OK(f, sql_number(f->store, sql, SQL_NO_ARGS, -1, &n, &f->err));
	return n;
}

int64_t
fixture_steps(struct fixture *f)
{
	int64_t steps = 0;
	for (sqlite3_stmt *st = NULL; (st = sqlite3_next_stmt(f->store->db, st));)
		steps += sqlite3_stmt_status(st, SQLITE_STMTSTATUS_VM_STEP, 1);
	return steps;
}

void
fixture_count_steps(struct fixture *f)
{
	int64_t before = fixture_steps(f); /* asking sets them to nothing */
	(void)before;
}
