/*
 * The disk fails at the n-th write, for every n: never a crash, one sentence, and what
 * was stored before is still there and sound.  A thin layer between SQLite and the file
 * system counts and fails.
 */
#include "fixture.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/expire.h"
#include "store/mark.h"
#include "store/sql.h"

#define FEED "https://kawat.example/feed.xml"

/* --- the layer -------------------------------------------------------------------- */

enum fault { ONCE_FULL, FULL_FROM_NOW_ON, ONCE_IO_ERROR, FAULTS };

/* SQLite's interface has no room for a context: the one place of this test that is not
 * passed down. */
static struct {
	bool armed;
	enum fault fault;
	int countdown; /* operations until the fault */
	int hits;
	sqlite3_vfs *real;
} disk;

struct layered_file {
	sqlite3_file base;
	sqlite3_file *real;
};

static sqlite3_file *
real(sqlite3_file *f)
{
	return ((struct layered_file *)f)->real;
}

static bool
fails(void)
{
	if (!disk.armed)
		return false;
	if (disk.countdown > 0 && --disk.countdown > 0)
		return false;
	if (disk.hits > 0 && disk.fault != FULL_FROM_NOW_ON)
		return false;
	disk.hits++;
	return true;
}

static int
failure(int io_error)
{
	return disk.fault == ONCE_IO_ERROR ? io_error : SQLITE_FULL;
}

static int
layer_close(sqlite3_file *f)
{
	int code = real(f)->pMethods ? real(f)->pMethods->xClose(real(f)) : SQLITE_OK;
	free(real(f));
	return code;
}

static int
layer_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	return real(f)->pMethods->xRead(real(f), to, n, at);
}

static int
layer_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
	if (!fails())
		return real(f)->pMethods->xWrite(real(f), from, n, at);
	/* As a disk does it: half of the write may be there. */
	if (n > 1)
		real(f)->pMethods->xWrite(real(f), from, n / 2, at);
	return failure(SQLITE_IOERR_WRITE);
}

static int
layer_truncate(sqlite3_file *f, sqlite3_int64 n)
{
	return fails() ? failure(SQLITE_IOERR_TRUNCATE)
		       : real(f)->pMethods->xTruncate(real(f), n);
}

static int
layer_sync(sqlite3_file *f, int flags)
{
	return fails() ? failure(SQLITE_IOERR_FSYNC)
		       : real(f)->pMethods->xSync(real(f), flags);
}

static int
layer_size(sqlite3_file *f, sqlite3_int64 *n)
{
	return real(f)->pMethods->xFileSize(real(f), n);
}

static int
layer_lock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xLock(real(f), level);
}

static int
layer_unlock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xUnlock(real(f), level);
}

static int
layer_check(sqlite3_file *f, int *out)
{
	return real(f)->pMethods->xCheckReservedLock(real(f), out);
}

static int
layer_control(sqlite3_file *f, int op, void *arg)
{
	return real(f)->pMethods->xFileControl(real(f), op, arg);
}

static int
layer_sector(sqlite3_file *f)
{
	return real(f)->pMethods->xSectorSize(real(f));
}

static int
layer_character(sqlite3_file *f)
{
	return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static int
layer_shm_map(sqlite3_file *f, int page, int n, int extend, void volatile **out)
{
	if (extend && fails())
		return failure(SQLITE_IOERR_SHMSIZE);
	return real(f)->pMethods->xShmMap(real(f), page, n, extend, out);
}

static int
layer_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
	return real(f)->pMethods->xShmLock(real(f), at, n, flags);
}

static void
layer_shm_barrier(sqlite3_file *f)
{
	real(f)->pMethods->xShmBarrier(real(f));
}

static int
layer_shm_unmap(sqlite3_file *f, int del)
{
	return real(f)->pMethods->xShmUnmap(real(f), del);
}

static const sqlite3_io_methods layer_methods = {
    .iVersion = 2,
    .xClose = layer_close,
    .xRead = layer_read,
    .xWrite = layer_write,
    .xTruncate = layer_truncate,
    .xSync = layer_sync,
    .xFileSize = layer_size,
    .xLock = layer_lock,
    .xUnlock = layer_unlock,
    .xCheckReservedLock = layer_check,
    .xFileControl = layer_control,
    .xSectorSize = layer_sector,
    .xDeviceCharacteristics = layer_character,
    .xShmMap = layer_shm_map,
    .xShmLock = layer_shm_lock,
    .xShmBarrier = layer_shm_barrier,
    .xShmUnmap = layer_shm_unmap,
};

static int
layer_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
	struct layered_file *l = (struct layered_file *)f;
	(void)vfs;
	l->base.pMethods = NULL;
	l->real = heap_alloc((size_t)disk.real->szOsFile);
	int code = disk.real->xOpen(disk.real, name, l->real, flags, out);
	if (code == SQLITE_OK)
		l->base.pMethods = &layer_methods;
	else
		free(l->real);
	return code;
}

static sqlite3_vfs layer;

static int
put_layer(void **state)
{
	(void)state;
	disk.real = sqlite3_vfs_find(NULL);
	layer = *disk.real;
	layer.zName = "layer";
	layer.szOsFile = sizeof(struct layered_file);
	layer.xOpen = layer_open;
	return sqlite3_vfs_register(&layer, 1);
}

static int
take_layer(void **state)
{
	(void)state;
	return sqlite3_vfs_unregister(&layer);
}

/* --- what is done while the disk fails -------------------------------------------- */

static bool
update_all(struct store *s, feed_id feed, const struct story *v, size_t n, struct err *e)
{
	struct update *u;
	struct feed_state state = {.id = feed, .etag = STR("baru"), .last_at = NOW};
	struct feed_fetch fetch = {.at = NOW};
	if (!update_begin(s, feed, STR(""), STR(""), NOW, &u, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!update_story(u, &v[i], NULL, e)) {
			update_rollback(u);
			return false;
		}
	return update_commit(u, &state, &fetch, e);
}

/* A session of the writer: false at the first thing that fails. */
static bool
work(struct fixture *f, const struct story *v, size_t n)
{
	struct store_options o = {.folder = f->folder, .mode = STORE_WRITE};
	struct err *e = &f->err;
	struct str url = STR(FEED);
	struct mark m = {.what = MARK_READ, .scope = MARK_ALL};
	struct expire_rules rules = {.keep_s = 1};
	struct expire_result expired = {0};
	int64_t left, change, changed;
	feed_id feed;
	struct store *s;
	if (!store_open(&s, &o, NULL, e))
		return false;
	bool ok = feeds_sync(s, &url, 1, NOW, &feed, e) && update_all(s, feed, v, n, e) &&
	    index_step(s, 100, &left, e) &&
	    mark_now(s, &m, (struct query_feeds){0}, NOW, 0, 5, &change, &changed, e) &&
	    expire_step(s, &rules, NOW + 1000 * DAY, &expired, e);
	/* After a failure the open store is still good for reading. */
	struct store_counts c;
	if (!ok && store_trouble(s) == STORE_FULL && !store_counts(s, &c, e))
		fail_msg("cannot be read after a failure: %s", e->text);
	store_close(s);
	return ok;
}

/* Either nothing of the update is there or all of it with its validator. */
static void
must_be_whole(struct fixture *f, int64_t before, int64_t after)
{
	fixture_reopen(f, STORE_WRITE);
	fixture_must_be_sound(f);
	int64_t stories = fixture_number(f, "SELECT count(*) FROM story");
	int64_t validated =
	    fixture_number(f, "SELECT count(*) FROM feed WHERE etag = 'baru'");
	assert_true(stories == before || stories == after);
	assert_int_equal(validated, stories == after);
	store_close(f->store);
	f->store = NULL;
}

static void
fail_at_every_write(struct fixture *f, bool from_nothing)
{
	enum { STORIES = 6 };
	struct story v[STORIES];
	for (int i = 0; i < STORIES; i++) {
		v[i] =
		    fixture_story(f, arena_fmt(f->arena, "https://kawat.example/%d", i).p,
			arena_fmt(f->arena, "Judul nomor %d", i).p,
			"Isi yang tidak panjang.");
		fixture_link(f, &v[i], "berikut",
		    arena_fmt(f->arena, "https://kawat.example/%d", i + 1).p);
	}
	for (int fault = 0; fault < FAULTS; fault++) {
		bool finished = false;
		/* Neighbouring writes of one commit fail alike: after the first, in
		 * larger steps. */
		for (int n = 1; !finished; n += n < 20 ? 1 : n < 100 ? 5 : 23) {
			store_close(f->store);
			f->store = NULL;
			folder_remove(f->folder);
			if (!from_nothing)
				fixture_reopen(f, STORE_WRITE);
			store_close(f->store);
			f->store = NULL;
			disk.fault = (enum fault)fault;
			disk.countdown = n;
			disk.hits = 0;
			disk.armed = true;
			f->err = (struct err){0};
			bool ok = work(f, v, STORIES);
			disk.armed = false;
			finished = disk.hits == 0;
			if (finished)
				assert_true(ok && n > 20);
			if (!ok) {
				assert_int_equal(f->err.kind, ERR_STORE);
				assert_null(strchr(f->err.text, '\n'));
				if (fault != ONCE_IO_ERROR &&
				    !strstr(f->err.text, "the disk is full"))
					fail_msg("write %d: %s", n, f->err.text);
			}
			must_be_whole(f, 0, STORIES);
			assert_true(n < 5000);
		}
	}
	fixture_reopen(f, STORE_WRITE);
}

static void
a_failing_disk_while_writing(void **state)
{
	fail_at_every_write(*state, false);
}

static void
a_failing_disk_while_the_store_is_made(void **state)
{
	fail_at_every_write(*state, true);
}

int
main(void)
{
#define WITH_STORE(test)                                                                 \
	cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)
	const struct CMUnitTest tests[] = {
	    WITH_STORE(a_failing_disk_while_writing),
	    WITH_STORE(a_failing_disk_while_the_store_is_made),
	};
	return cmocka_run_group_tests(tests, put_layer, take_layer);
}
