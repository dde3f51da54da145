/* Opening: what is made, what is refused and left as it was, and full disks. */
#include "fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "store/lock.h"
#include "store/read.h"
#include "store/saved.h"
#include "store/sql.h"

#define FEED "https://kawat.example/feed.xml"

static bool
is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

static const char *
in_folder(struct fixture *f, const char *name)
{
	return arena_fmt(f->arena, "%s/%s", f->folder, name).p;
}

static struct bytes
file_bytes(struct fixture *f, const char *name)
{
	struct bytes b;
	OK(f, file_read(f->arena, in_folder(f, name), 0, &b, &f->err));
	return b;
}

static void
write_file(struct fixture *f, const char *name, struct bytes b)
{
	int fd = open(in_folder(f, name), O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	OK(f, fd_write_all(fd, b, &f->err));
	close(fd);
}

static void
close_store(struct fixture *f)
{
	store_close(f->store);
	f->store = NULL;
}

static void
must_be_refused(struct fixture *f, enum store_mode mode, enum store_trouble expected)
{
	struct store_options o = {.folder = f->folder, .mode = mode, .busy_ms = 50};
	enum store_trouble why = STORE_FINE;
	struct store *s = NULL;
	bool opened = store_open(&s, &o, &why, &f->err);
	if (opened) {
		/* Damage deeper inside is met by the check. */
		struct care_findings found;
		assert_int_equal(expected, STORE_DAMAGED);
		OK(f, care_check(s, f->arena, &found, &f->err));
		assert_true(found.n > 0);
		store_close(s);
		return;
	}
	assert_null(s);
	assert_int_equal(why, expected);
	assert_true(strlen(f->err.text) > 0);
	assert_null(strchr(f->err.text, '\n'));
	if (expected != STORE_BUSY && !strstr(f->err.text, STORE_FILE))
		fail_msg("does not name the file: %s", f->err.text);
}

/* --- making ----------------------------------------------------------------------- */

/* A process of that number may well live: the lock tells whether the maker does. */
static void
what_a_dead_maker_left_goes(void **state)
{
	struct fixture *f = *state;
	static const char *const left[] = {"0", "0-wal", "1-journal"};
	const char *mine = in_folder(f, STORE_FILE ".new.1.0"), *paths[COUNT_OF(left)];
	close_store(f);
	unlink(in_folder(f, STORE_FILE));
	for (size_t i = 0; i < COUNT_OF(left); i++) {
		char name[60];
		snprintf(name, sizeof(name), STORE_FILE ".new.%ld.%s", (long)getpid(), left[i]);
		write_file(f, name, bytes_of("", 0));
		paths[i] = in_folder(f, name);
	}
	int maker = open(mine, O_RDWR | O_CREAT, 0600);
	assert_int_equal(flock(maker, LOCK_EX), 0);
	fixture_reopen(f, STORE_WRITE);
	for (size_t i = 0; i < COUNT_OF(left); i++)
		assert_false(is_there(paths[i]));
	assert_true(is_there(mine));
	close(maker);
}

static unsigned
mode_of(const char *path)
{
	struct stat st;
	assert_int_equal(lstat(path, &st), 0);
	return (unsigned)st.st_mode & 0777;
}

static void
files_are_private_whatever_the_umask(void **state)
{
	struct fixture *f = *state;
	char folder[100];
	struct store_options o = {.folder = folder, .mode = STORE_WRITE};
	mode_t old = umask(0);
	snprintf(folder, sizeof(folder), "%s-0/a/b", f->folder);
	close_store(f);
	OK(f, store_open(&f->store, &o, NULL, &f->err));
	umask(old);
	fixture_many(f, fixture_feed(f, FEED), 2);
	assert_int_equal(mode_of(folder), 0700);
	static const char *const names[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < COUNT_OF(names); i++)
		assert_int_equal(
		    mode_of(
			arena_fmt(f->arena, "%s/%s%s", folder, STORE_FILE, names[i]).p),
		    0600);
	close_store(f);
	/* Nothing is left of its making, nor of its use. */
	assert_false(file_exists(arena_fmt(f->arena, "%s/%s-wal", folder, STORE_FILE).p));
	folder_remove(folder);
	snprintf(folder, sizeof(folder), "%s-0/a", f->folder);
	rmdir(folder);
	snprintf(folder, sizeof(folder), "%s-0", f->folder);
	rmdir(folder);
}

static void
reading_needs_a_store(void **state)
{
	struct fixture *f = *state;
	struct store_options o = {.folder = "no-such-folder", .mode = STORE_READ};
	enum store_trouble why;
	struct store *s;
	close_store(f);
	assert_false(store_open(&s, &o, &why, &f->err));
	assert_int_equal(why, STORE_ABSENT);
	assert_int_equal(f->err.kind, ERR_NOT_FOUND);
	assert_false(store_exists("no-such-folder"));
	assert_true(store_exists(f->folder));
}

static void
a_reader_cannot_write(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct update *u;
	fixture_reopen(f, STORE_READ);
	assert_false(update_begin(f->store, feed, STR(""), STR(""), NOW, &u, &f->err));
	assert_int_equal(f->err.kind, ERR_STORE);
	assert_false(sql_script(f->store, "DELETE FROM feed", &f->err));
	fixture_reopen(f, STORE_WRITE);
}

static void
a_reader_sees_what_a_writer_commits(void **state)
{
	struct fixture *f = *state;
	struct store *reader;
	struct store_options o = {.folder = f->folder, .mode = STORE_READ};
	int64_t before, after;
	struct store_counts c;
	feed_id feed = fixture_feed(f, FEED);
	OK(f, store_open(&reader, &o, NULL, &f->err));
	OK(f, store_version(reader, &before, &f->err));
	fixture_many(f, feed, 5);
	OK(f, store_version(reader, &after, &f->err));
	assert_int_not_equal(before, after);
	OK(f, store_counts(reader, &c, &f->err));
	assert_int_equal(c.unread, 5);
	store_close(reader);
}

static void
a_second_writer_waits_then_says_busy(void **state)
{
	struct fixture *f = *state;
	struct store *other;
	struct store_options o = {
	    .folder = f->folder, .mode = STORE_WRITE, .busy_ms = 30};
	OK(f, store_open(&other, &o, NULL, &f->err));
	OK(f, store_begin(f->store, &f->err));
	assert_false(store_begin(other, &f->err));
	assert_int_equal(store_trouble(other), STORE_BUSY);
	store_rollback(f->store);
	OK(f, store_begin(other, &f->err));
	store_rollback(other);
	store_close(other);
}

/* --- refusing --------------------------------------------------------------------- */

static void
links_in_the_folder_are_refused(void **state)
{
	struct fixture *f = *state;
	static const char *const names[] = {
	    STORE_FILE, STORE_FILE "-wal", STORE_FILE "-shm", STORE_FILE "-journal"};
	close_store(f);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct bytes kept = {0};
		write_file(f, "canary", bytes_of_str(STR("burung")));
		if (i == 0) {
			kept = file_bytes(f, STORE_FILE);
			unlink(in_folder(f, STORE_FILE));
		}
		assert_int_equal(symlink("canary", in_folder(f, names[i])), 0);
		must_be_refused(f, STORE_WRITE, STORE_FORBIDDEN);
		must_be_refused(f, STORE_READ, STORE_FORBIDDEN);
		struct bytes canary = file_bytes(f, "canary");
		assert_int_equal(canary.n, 6);
		unlink(in_folder(f, names[i]));
		if (i == 0)
			write_file(f, STORE_FILE, kept);
	}
	/* The folder itself may be one. */
	char by_link[100];
	snprintf(by_link, sizeof(by_link), "%s-link", f->folder);
	assert_int_equal(symlink(f->folder, by_link), 0);
	struct store_options o = {.folder = by_link, .mode = STORE_WRITE};
	OK(f, store_open(&f->store, &o, NULL, &f->err));
	unlink(by_link);
}

static void
a_linked_lock_is_refused(void **state)
{
	struct fixture *f = *state;
	struct lock lock;
	bool held;
	write_file(f, "canary", bytes_of_str(STR("burung")));
	assert_int_equal(symlink("canary", in_folder(f, LOCK_FILE)), 0);
	assert_false(lock_open(&lock, f->folder, &held, &f->err));
	unlink(in_folder(f, LOCK_FILE));
	OK(f, lock_open(&lock, f->folder, &held, &f->err));
	assert_true(held);
	assert_int_equal(mode_of(in_folder(f, LOCK_FILE)), 0600);
	assert_true(lock_is_held(f->folder));
	struct lock second;
	OK(f, lock_open(&second, f->folder, &held, &f->err));
	assert_false(held);
	lock_close(&lock);
	assert_false(lock_is_held(f->folder));
	OK(f, lock_open(&second, f->folder, &held, &f->err));
	assert_true(held);
	lock_close(&second);
}

static void
a_newer_store_is_left_alone(void **state)
{
	struct fixture *f = *state;
	OK(f, saved_put(f->store, STR("writer"), bytes_of_str(STR("9.1")), &f->err));
	OK(f, sql_script(f->store, "PRAGMA user_version = 99", &f->err));
	close_store(f);
	struct bytes before = file_bytes(f, STORE_FILE);
	must_be_refused(f, STORE_WRITE, STORE_NEWER);
	must_be_refused(f, STORE_READ, STORE_NEWER);
	assert_non_null(
	    strstr(f->err.text, "was written by kawat 9.1; this is " PACKAGE_VERSION));
	struct bytes after = file_bytes(f, STORE_FILE);
	assert_int_equal(before.n, after.n);
	assert_memory_equal(before.p, after.p, before.n);
}

static void
a_newer_version_in_the_log_is_seen(void **state)
{
	struct fixture *f = *state;
	close_store(f);
	pid_t child = fork();
	if (child == 0) {
		/* Dies without a checkpoint: the file itself still says the old
		 * version. */
		fixture_reopen(f, STORE_WRITE);
		bool ok = sql_script(f->store, "PRAGMA user_version = 99", &f->err);
		_exit(ok ? 0 : 1);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	struct bytes before = file_bytes(f, STORE_FILE);
	must_be_refused(f, STORE_WRITE, STORE_NEWER);
	struct bytes after = file_bytes(f, STORE_FILE);
	assert_memory_equal(before.p, after.p, before.n);
}

/* A store of the first format: no links in the search index and its outdated rows, no version that
 * was read, no alerts. */
static const char back_to_first_format[] =
    "DROP TABLE event; DROP TABLE event_seen; DROP TABLE twin;"
    "CREATE TRIGGER story_added AFTER INSERT ON story BEGIN SELECT 1; END;"
    "CREATE TRIGGER member_added AFTER INSERT ON member BEGIN SELECT 1; END;"
    "CREATE TRIGGER link_added AFTER INSERT ON link BEGIN SELECT 1; END;"
    "CREATE TRIGGER link_removed AFTER DELETE ON link BEGIN SELECT 1; END;"
    "CREATE TRIGGER link_led AFTER UPDATE OF to_story ON link BEGIN SELECT 1; END;"
    "DROP TRIGGER story_removed;"
    "CREATE TRIGGER story_removed AFTER DELETE ON story BEGIN SELECT 1; END;"
    "ALTER TABLE tally DROP COLUMN unindexed;"
    "ALTER TABLE change DROP COLUMN back; ALTER TABLE change DROP COLUMN place;"
    "ALTER TABLE change DROP COLUMN newest; ALTER TABLE change DROP COLUMN begun;"
    "ALTER TABLE change DROP COLUMN zone; ALTER TABLE change DROP COLUMN feed;"
    "ALTER TABLE change DROP COLUMN scope;"
    "UPDATE story SET ord = (ord / 4096 << 20) + ord % 4096;"
    "UPDATE member SET ord = (ord / 4096 << 20) + ord % 4096;"
    "DROP TABLE archive; DROP INDEX story_muted; DROP TABLE alert;"
    "ALTER TABLE story DROP COLUMN read_version;"
    "DROP INDEX story_lang; DROP INDEX story_updated; DROP INDEX story_gone;"
    "DROP TABLE story_fts; DROP VIEW story_text; DROP TABLE outdated;"
    "CREATE VIEW story_text AS SELECT s.ord AS ord, s.title AS title, s.place AS place,"
    " s.byline AS byline, b.text AS text FROM story s JOIN body b ON b.story = s.id;"
    "CREATE VIRTUAL TABLE story_fts USING fts5(title, place, byline, text,"
    " content = 'story_text', content_rowid = 'ord', tokenize = 'wire');"
    "INSERT INTO story_fts(story_fts) VALUES ('rebuild');"
    "CREATE TABLE outdated(ord INTEGER PRIMARY KEY, title TEXT NOT NULL,"
    " place TEXT NOT NULL, byline TEXT NOT NULL, text TEXT NOT NULL) STRICT;"
    "DELETE FROM unindexed; PRAGMA user_version = 1;";

static void
an_older_store_is_carried_forward(void **state)
{
	struct fixture *f = *state;
	for (int mode = 0; mode < 2; mode++) {
		struct query *q;
		struct story_rows rows;
		int64_t places[4];
		fixture_many(f, fixture_feed(f, FEED), 4);
		OK(f,
		    list_window(f->store, f->arena, NULL, LIST_TOP, LIST_OLDER, 4, &rows, &f->err));
		for (size_t i = 0; i < rows.n; i++)
			places[i] = list_place_second(rows.v[i].ord);
		OK(f, sql_script(f->store, back_to_first_format, &f->err));
		fixture_reopen(f, mode ? STORE_WRITE : STORE_READ);
		assert_int_equal(fixture_number(f, "PRAGMA user_version"), STORE_FORMAT);
		OK(f,
		    query_parse(f->arena, STR("nomor"), (struct query_feeds){0}, NOW, 0,
			&q, &f->err));
		OK(f,
		    list_window(
			f->store, f->arena, q, LIST_TOP, LIST_OLDER, 10, &rows, &f->err));
		assert_int_equal(rows.n, 4);
		/* Every story is in the second that it was in, and in the same order. */
		for (size_t i = 0; i < rows.n; i++)
			assert_int_equal(list_place_second(rows.v[i].ord), places[i]);
		fixture_reopen(f, STORE_WRITE);
		fixture_index(f);
		fixture_must_be_sound(f);
	}
}

/* --- damage ----------------------------------------------------------------------- */

struct damage {
	struct bytes sound;
	unsigned char *p;
	size_t n;
};

static void
try_damage(struct fixture *f, struct damage *d)
{
	write_file(f, STORE_FILE, bytes_of(d->p, d->n));
	must_be_refused(f, STORE_READ, STORE_DAMAGED);
	must_be_refused(f, STORE_WRITE, STORE_DAMAGED);
	struct bytes after = file_bytes(f, STORE_FILE);
	assert_int_equal(after.n, d->n);
	assert_memory_equal(after.p, d->p, d->n);
}

static void
damage_is_told_and_left_as_it_is(void **state)
{
	struct fixture *f = *state;
	struct damage d;
	fixture_many(f, fixture_feed(f, FEED), 40);
	fixture_index(f);
	close_store(f);
	d.sound = file_bytes(f, STORE_FILE);
	d.p = arena_alloc(f->arena, d.sound.n);

	for (size_t cut = 0; cut < d.sound.n; cut += 4096) { /* at each page */
		memcpy(d.p, d.sound.p, d.sound.n);
		d.n = cut;
		try_damage(f, &d);
	}
	d.n = d.sound.n - 100; /* and within one */
	try_damage(f, &d);

	d.n = d.sound.n;
	memset(d.p, 0, d.n);
	try_damage(f, &d);

	uint64_t random = 88172645463325252ULL;
	for (size_t i = 0; i < d.n; i++) {
		random ^= random << 13;
		random ^= random >> 7;
		random ^= random << 17;
		d.p[i] = (unsigned char)random;
	}
	try_damage(f, &d);

	d.n = 5000;
	memcpy(d.p, "<!DOCTYPE html>", 15);
	try_damage(f, &d);
	write_file(f, STORE_FILE, d.sound);
}

/* Any page of it zeroed or filled with noise: told by a check, never a crash, in every
 * use. */
static void
a_bad_page_is_no_crash(void **state)
{
	struct fixture *f = *state;
	fixture_many(f, fixture_feed(f, FEED), 60);
	fixture_index(f);
	close_store(f);
	struct bytes sound = file_bytes(f, STORE_FILE);
	unsigned char *p = arena_alloc(f->arena, sound.n);
	for (size_t at = 4096; at < sound.n; at += 4096) {
		struct store *s;
		struct store_options o = {.folder = f->folder, .mode = STORE_WRITE};
		memcpy(p, sound.p, sound.n);
		memset(p + at, at % 8192 ? 0xA5 : 0, 4096);
		write_file(f, STORE_FILE, bytes_of(p, sound.n));
		if (!store_open(&s, &o, NULL, &f->err)) {
			assert_non_null(strstr(f->err.text, "damaged"));
			continue;
		}
		struct arena *a = arena_new();
		struct story_rows rows;
		struct read_story r;
		struct care_findings found;
		if (!list_window(s, a, NULL, LIST_TOP, LIST_OLDER, 100, &rows, &f->err))
			assert_int_equal(store_trouble(s), STORE_DAMAGED);
		if (!read_story(s, a, 7, &r, &f->err))
			assert_true(
			    f->err.kind == ERR_STORE || f->err.kind == ERR_NOT_FOUND);
		if (!care_check(s, a, &found, &f->err))
			assert_int_equal(store_trouble(s), STORE_DAMAGED);
		store_close(s);
		arena_free(a);
	}
	write_file(f, STORE_FILE, sound);
}

static void
damage_names_the_last_backup(void **state)
{
	struct fixture *f = *state;
	const char *copy = in_folder(f, "salinan.db");
	fixture_many(f, fixture_feed(f, FEED), 3);
	OK(f, care_backup(f->store, copy, &f->err));
	close_store(f);
	struct bytes sound = file_bytes(f, STORE_FILE);
	write_file(f, STORE_FILE, bytes_of_str(STR("rusak")));
	must_be_refused(f, STORE_READ, STORE_DAMAGED);
	assert_non_null(strstr(f->err.remedy, "kawat db check; last backup 20"));
	assert_non_null(strstr(f->err.remedy, "salinan.db"));
	unlink(in_folder(f, "salinan.db"));
	must_be_refused(f, STORE_READ, STORE_DAMAGED);
	assert_string_equal(f->err.remedy, "kawat db check");
	write_file(f, STORE_FILE, sound);
}

static void
a_damaged_store_is_set_aside(void **state)
{
	struct fixture *f = *state;
	struct str name;
	close_store(f);
	write_file(f, STORE_FILE, bytes_of_str(STR("rusak")));
	must_be_refused(f, STORE_WRITE, STORE_DAMAGED);
	OK(f, care_set_aside(f->arena, f->folder, &name, &f->err));
	assert_true(str_ends(name, STR(".damaged-1")));
	fixture_reopen(f, STORE_WRITE);
	assert_true(file_exists(name.p));
}

/* --- full and read-only disks ----------------------------------------------------- */

static void
a_full_disk_is_told_and_loses_nothing(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED),
		other = fixture_feed(f, "https://lain.example/");
	fixture_many(f, feed, 20);
	/* No page more: SQLITE_FULL as a full disk gives it. */
	int64_t pages = fixture_number(f, "PRAGMA page_count"), limit;
	char pragma[60];
	snprintf(
	    pragma, sizeof(pragma), "PRAGMA max_page_count = %lld", (long long)pages + 3);
	OK(f, sql_number(f->store, pragma, SQL_NO_ARGS, 0, &limit, &f->err));

	struct update *u;
	bool ok = true;
	OK(f, update_begin(f->store, other, STR(""), STR(""), NOW, &u, &f->err));
	for (int i = 0; ok && i < 5000; i++) {
		char url[60];
		snprintf(url, sizeof(url), "https://lain.example/%d", i);
		struct story s = fixture_story(
		    f, url, "Judul yang agak panjang", "Isi yang agak panjang.");
		ok = update_story(u, &s, NULL, &f->err);
	}
	assert_false(ok);
	assert_int_equal(store_trouble(f->store), STORE_FULL);
	assert_non_null(strstr(f->err.text, "the disk is full"));
	/* What has failed cannot be kept by mistake. */
	assert_false(update_commit(u, NULL, NULL, &f->err));
	assert_int_equal(fixture_number(f, "SELECT stories FROM tally"), 20);
	fixture_must_be_sound(f);

	/* With space again everything comes. */
	snprintf(pragma, sizeof(pragma), "PRAGMA max_page_count = %d", 1 << 20);
	OK(f, sql_number(f->store, pragma, SQL_NO_ARGS, 0, &limit, &f->err));
	fixture_many(f, other, 300);
	assert_int_equal(fixture_number(f, "SELECT stories FROM tally"), 320);
}

/* Runs as nobody: to root no folder is read-only. */
static int
read_frozen(struct fixture *f)
{
	struct store *s;
	struct store_options o = {.folder = f->folder, .mode = STORE_READ};
	struct story_rows rows;
	enum store_trouble why;
	if (geteuid() == 0 && (setgid(65534) < 0 || setuid(65534) < 0))
		return 1;
	if (!store_open(&s, &o, &why, &f->err) || !store_is_frozen(s))
		return 2;
	if (!list_window(s, f->arena, NULL, LIST_TOP, LIST_OLDER, 10, &rows, &f->err) ||
	    rows.n != 5)
		return 3;
	store_close(s);
	o.mode = STORE_WRITE;
	if (store_open(&s, &o, &why, &f->err) || why != STORE_FORBIDDEN)
		return 4;
	return strstr(f->err.text, STORE_FILE) ? 0 : 5;
}

static void
a_read_only_folder_is_read(void **state)
{
	struct fixture *f = *state;
	fixture_many(f, fixture_feed(f, FEED), 5);
	close_store(f);
	assert_int_equal(chmod(f->folder, 0555), 0);
	assert_int_equal(chmod(in_folder(f, STORE_FILE), 0444), 0);
	char here[2000];
	assert_non_null(getcwd(here, sizeof(here)));
	pid_t child = fork();
	if (child == 0)
		_exit(read_frozen(f));
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	chmod(f->folder, 0700);
	chmod(in_folder(f, STORE_FILE), 0600);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 2 && geteuid() == 0)
		skip(); /* nobody may not come as far as this folder */
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* --- searching gives way ---------------------------------------------------------- */

static bool
stop_at_once(void *ctx)
{
	++*(int *)ctx;
	return true;
}

static void
a_long_read_is_stopped(void **state)
{
	struct fixture *f = *state;
	struct arena *a = f->arena;
	struct query *q;
	struct story_rows rows;
	int asked = 0;
	fixture_many(f, fixture_feed(f, FEED), 3000);
	OK(f,
	    query_parse(a, STR("urgency:5"), (struct query_feeds){0}, NOW, 0, &q, &f->err));
	store_set_interrupt(f->store, stop_at_once, &asked);
	assert_false(
	    list_window(f->store, a, q, LIST_TOP, LIST_OLDER, 50, &rows, &f->err));
	assert_int_equal(store_trouble(f->store), STORE_STOPPED);
	assert_true(asked > 0);
	store_set_interrupt(f->store, NULL, NULL);
	OK(f, list_window(f->store, a, q, LIST_TOP, LIST_OLDER, 50, &rows, &f->err));
	assert_int_equal(rows.n, 0);
}

int
main(void)
{
#define WITH_STORE(test)                                                                 \
	cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)
	const struct CMUnitTest tests[] = {
	    WITH_STORE(files_are_private_whatever_the_umask),
	    WITH_STORE(what_a_dead_maker_left_goes),
	    WITH_STORE(reading_needs_a_store),
	    WITH_STORE(a_reader_cannot_write),
	    WITH_STORE(a_reader_sees_what_a_writer_commits),
	    WITH_STORE(a_second_writer_waits_then_says_busy),
	    WITH_STORE(links_in_the_folder_are_refused),
	    WITH_STORE(a_linked_lock_is_refused),
	    WITH_STORE(a_newer_store_is_left_alone),
	    WITH_STORE(a_newer_version_in_the_log_is_seen),
	    WITH_STORE(an_older_store_is_carried_forward),
	    WITH_STORE(damage_is_told_and_left_as_it_is),
	    WITH_STORE(a_bad_page_is_no_crash),
	    WITH_STORE(damage_names_the_last_backup),
	    WITH_STORE(a_damaged_store_is_set_aside),
	    WITH_STORE(a_full_disk_is_told_and_loses_nothing),
	    WITH_STORE(a_read_only_folder_is_read),
	    WITH_STORE(a_long_read_is_stopped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
