/* The check finds what is wrong, mending mends it, copies are sound. */
#include "fixture.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "store/sql.h"

#define FEED "https://kawat.example/feed.xml"

static size_t
findings(struct fixture *f, struct care_findings *found)
{
	OK(f, care_check(f->store, f->arena, found, &f->err));
	return found->n;
}

static void
fill(struct fixture *f)
{
	feed_id feed = fixture_feed(f, FEED);
	fixture_many(f, feed, 30);
	struct story s =
	    fixture_story(f, "https://kawat.example/a", "Asal dari mana", "Isi.");
	fixture_link(f, &s, "Kabar", "https://uji.example/1/3");
	fixture_add(f, feed, &s);
	fixture_index(f);
}

/* Every kept number is checked: spoil each and see that it is found, and mended. */
static void
what_is_spoiled_is_found_and_mended(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *spoil, *says;
	} rows[] = {
	    {"UPDATE tally SET unread = unread + 1", "unread"},
	    {"UPDATE tally SET stories = 7", "stories"},
	    {"UPDATE tally SET starred = 1", "starred"},
	    {"UPDATE feed SET total = 0", "wrong number of stories"},
	    {"UPDATE feed SET unread = 0", "wrong number of unread"},
	    {"UPDATE link SET to_story = 4711", "lead to no story"},
	    {"UPDATE link SET to_story = NULL", "do not lead"},
	    {"DELETE FROM body WHERE story = 2", "without a body"},
	    {"INSERT INTO unindexed VALUES (1)", "not there"},
	    {"UPDATE story SET title = 'lain' WHERE id = 4", "search index"},
	    {"INSERT INTO story_fts(story_fts) VALUES ('delete-all')", "search index"},
	};
	fill(f);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct care_findings found;
		bool said = false;
		OK(f, sql_script(f->store, rows[i].spoil, &f->err));
		if (findings(f, &found) == 0)
			fail_msg("not found: %s", rows[i].spoil);
		for (size_t k = 0; k < found.n; k++)
			said =
			    said || str_find(found.v[k], str_z(rows[i].says)) != STR_NONE;
		if (!said)
			fail_msg("%s: says %.*s", rows[i].spoil, STR_ARG(found.v[0]));
		OK(f, care_mend(f->store, &f->err));
		fixture_must_be_sound(f);
	}
}

static void
a_reader_can_check(void **state)
{
	struct fixture *f = *state;
	fill(f);
	fixture_reopen(f, STORE_READ);
	fixture_must_be_sound(f);
	assert_false(store_begin(f->store, &f->err));
	fixture_reopen(f, STORE_WRITE);
}

static void
numbers_are_true(void **state)
{
	struct fixture *f = *state;
	struct care_stats s;
	fill(f);
	struct story extra =
	    fixture_story(f, "https://kawat.example/b", "Tambahan", "Isi.");
	fixture_add(f, fixture_feed(f, FEED), &extra);
	OK(f, care_stats(f->store, &s, &f->err));
	assert_int_equal(s.stories, 32);
	assert_int_equal(s.unread, 32);
	assert_int_equal(s.stored, 2);
	assert_int_equal(s.links, 1);
	assert_int_equal(s.resolved_links, 1);
	assert_int_equal(s.unindexed, 1);
	assert_int_equal(s.feeds, 1);
	assert_int_equal(s.format, STORE_FORMAT);
	assert_int_equal(s.oldest, NOW);
	assert_true(s.file_bytes > 0);
}

static void
a_backup_is_a_store(void **state)
{
	struct fixture *f = *state;
	char folder[100], path[200];
	struct stat st;
	fill(f);
	snprintf(folder, sizeof(folder), "%s-copy", f->folder);
	snprintf(path, sizeof(path), "%s/%s", folder, STORE_FILE);
	assert_int_equal(mkdir(folder, 0700), 0);
	fixture_reopen(f, STORE_READ);
	OK(f, care_backup(f->store, path, &f->err));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_false(care_backup(f->store, path, &f->err)); /* never over another file */
	fixture_reopen(f, STORE_WRITE);

	struct store *copy;
	struct store_options o = {.folder = folder, .mode = STORE_WRITE};
	struct store_counts c;
	struct care_findings found;
	OK(f, store_open(&copy, &o, NULL, &f->err));
	OK(f, store_counts(copy, &c, &f->err));
	assert_int_equal(c.stories, 31);
	OK(f, care_check(copy, f->arena, &found, &f->err));
	assert_int_equal(found.n, 0);
	store_close(copy);
	folder_remove(folder);
}

/* Runs as nobody, beside a kawat that has the store open. */
static int
check_as_nobody(struct fixture *f)
{
	struct store *s;
	struct store_options o = {.folder = f->folder, .mode = STORE_READ};
	struct care_findings found;
	if (geteuid() == 0 && (setgid(65534) < 0 || setuid(65534) < 0))
		return 2;
	if (!store_open(&s, &o, NULL, &f->err))
		return 2;
	return care_check(s, f->arena, &found, &f->err) && found.n == 0 ? 0 : 3;
}

/* The index is checked by what SQLite calls a write; the rest is checked all the same. */
static void
a_store_that_cannot_be_written_is_checked(void **state)
{
	static const char *const files[] = {STORE_FILE, STORE_FILE "-wal", STORE_FILE "-shm"};
	struct fixture *f = *state;
	int status;
	fill(f);
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		const char *name = arena_fmt(f->arena, "%s/%s", f->folder, files[i]).p;
		assert_int_equal(chmod(name, 0444), 0);
	}
	assert_int_equal(chmod(f->folder, 0555), 0);
	pid_t child = fork();
	if (child == 0)
		_exit(check_as_nobody(f));
	assert_int_equal(waitpid(child, &status, 0), child);
	chmod(f->folder, 0700);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 2 && geteuid() == 0)
		skip(); /* nobody may not come as far as this folder */
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void
compacting_gives_space_back(void **state)
{
	struct fixture *f = *state;
	struct care_stats before, after;
	feed_id feed = fixture_feed(f, FEED);
	fixture_many(f, feed, 3000);
	fixture_index(f);
	OK(f, feeds_remove(f->store, feed, true, &f->err));
	OK(f, care_stats(f->store, &before, &f->err));
	OK(f, care_compact(f->store, &f->err));
	OK(f, care_stats(f->store, &after, &f->err));
	assert_true(
	    after.file_bytes < before.file_bytes / 2 || after.file_bytes < 500000);
	assert_int_equal(after.free_bytes, 0);
	assert_int_equal(after.log_bytes, 0);
}

int
main(void)
{
#define WITH_STORE(test)                                                                 \
	cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)
	const struct CMUnitTest tests[] = {
	    WITH_STORE(what_is_spoiled_is_found_and_mended),
	    WITH_STORE(a_reader_can_check),
	    WITH_STORE(numbers_are_true),
	    WITH_STORE(a_backup_is_a_store),
	    WITH_STORE(a_store_that_cannot_be_written_is_checked),
	    WITH_STORE(compacting_gives_space_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
