/*
 * Opening is the only place where a store can be refused, so it looks before it
 * touches: place.c reads the header, then SQLite opens, then the format is asked for
 * again from inside (the log may know better).  Only then may anything be written.
 */
#include "store/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "store/backup.h"
#include "store/place.h"
#include "store/rank.h"
#include "store/saved.h"
#include "store/schema.h"
#include "store/sql.h"
#include "store/tokenizer.h"
#include "text/clean.h"

enum {
	PAGE_BYTES = 8192,
	/* Of the page cache.  The whole of kawat is to stay below 64 MB. */
	CACHE_KIB_WRITE = 8 * 1024,
	CACHE_KIB_READ = 4 * 1024,
	/* A checkpoint costs two syncs, and writes once more what is written over soon: not
	 * within a refresh of some thousand stories.  The log is then 96 MB for a while. */
	CHECKPOINT_PAGES = 12000,
	LOG_KEEP_BYTES = 4 * 1024 * 1024,
};

static struct store *
store_new(const char *folder, enum store_mode mode)
{
	struct store *s = heap_alloc(sizeof(*s));
	size_t size = strlen(folder) + sizeof(STORE_FILE) + 1;
	s->folder = heap_z(str_z(folder));
	s->path = heap_alloc(size);
	snprintf(s->path, size, "%s/%s", folder, STORE_FILE);
	s->mode = mode;
	return s;
}

static void
close_database(struct store *s)
{
	for (size_t i = 0; i < SQL_CACHE; i++) {
		sqlite3_finalize(s->cache[i].statement);
		s->cache[i].statement = NULL;
	}
	sqlite3_close(s->db);
	tokenizer_free(s->tokenizer);
	s->db = NULL;
	s->tokenizer = NULL;
	s->in_transaction = s->join = false;
}

void
store_close(struct store *s)
{
	if (!s)
		return;
	if (s->in_transaction || s->join)
		sql_rollback(s);
	close_database(s);
	free(s->folder);
	free(s->path);
	free(s);
}

static int
progress(void *ctx)
{
	const struct store *s = ctx;
	return s->interrupt && !s->in_transaction && s->interrupt(s->interrupt_ctx);
}

void
store_set_interrupt(struct store *s, store_interrupt *interrupt, void *ctx)
{
	s->interrupt = interrupt;
	s->interrupt_ctx = ctx;
	if (interrupt)
		sqlite3_progress_handler(s->db, SQL_PROGRESS_STEPS, progress, s);
	else
		sqlite3_progress_handler(s->db, 0, NULL, NULL);
}

static bool
set_up(struct store *s, const struct store_options *o, struct err *e)
{
	char pragmas[400];
	int code = tokenizer_register(s->db, &s->tokenizer);
	if (code == SQLITE_OK)
		code = rank_register(tokenizer_fts(s->tokenizer));
	if (code != SQLITE_OK)
		return sql_fail(s, code, e);
	sqlite3_extended_result_codes(s->db, 1);
	sqlite3_busy_timeout(s->db, o->busy_ms > 0 ? o->busy_ms : STORE_BUSY_MS);
	/* The file may have been made by somebody else: no function of the schema gets
	 * rights. */
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	snprintf(pragmas, sizeof(pragmas),
	    "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; PRAGMA secure_delete "
	    "= OFF;"
	    "PRAGMA recursive_triggers = OFF; PRAGMA cell_size_check = ON;"
	    "PRAGMA cache_size = -%d; PRAGMA synchronous = %s; PRAGMA wal_autocheckpoint "
	    "= %d;"
	    "PRAGMA journal_size_limit = %d;",
	    s->mode == STORE_WRITE ? CACHE_KIB_WRITE : CACHE_KIB_READ,
	    o->sync_full ? "FULL" : "NORMAL", CHECKPOINT_PAGES, LOG_KEEP_BYTES);
	return sql_script(s, pragmas, e);
}

static bool
open_database(struct store *s, const char *path, int flags, const struct store_options *o,
    struct err *e)
{
	int code = sqlite3_open_v2(path, &s->db,
	    flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE,
	    NULL);
	if (code != SQLITE_OK)
		return sql_fail(s, code, e);
	return set_up(s, o, e);
}

/*
 * A new store is made beside and put in place whole, so one that is cut is never ours.
 * It is synced once, by place_settle.
 */
static bool
make_store(struct place *p, const struct store_options *o, enum store_trouble *trouble,
    struct err *e)
{
	char path[4300], pragmas[120];
	int maker;
	if (!place_new(p, path, sizeof(path), &maker, e)) {
		*trouble = errno == ENOSPC ? STORE_FULL : STORE_FORBIDDEN;
		return false;
	}
	struct store *s = store_new(o->folder, STORE_WRITE);
	snprintf(pragmas, sizeof(pragmas),
	    "PRAGMA page_size = %d; PRAGMA auto_vacuum = NONE;"
	    "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;",
	    PAGE_BYTES);
	bool ok = open_database(s, path, SQLITE_OPEN_READWRITE, o, e) &&
	    sql_script(s, pragmas, e) && schema_migrate(s, e) &&
	    sql_script(s, "PRAGMA wal_checkpoint(TRUNCATE)", e);
	*trouble = s->trouble;
	store_close(s); /* the last connection takes the log away */
	bool settled = ok && place_settle(p, path, e);
	if (ok && !settled)
		*trouble = errno == ENOSPC ? STORE_FULL : STORE_FORBIDDEN;
	if (!settled)
		unlink(path);
	close(maker);
	return settled;
}

/* Every kawat that opens a store for writing leaves its version for those that cannot
 * read it. */
static bool
sign(struct store *s, struct err *e)
{
	struct arena *a = arena_new();
	struct bytes by;
	struct str own = str_z(PACKAGE_VERSION);
	bool ok = saved_get(s, a, STR("writer"), &by, e) &&
	    (str_eq(str_of((const char *)by.p, by.n), own) ||
		saved_put(s, STR("writer"), bytes_of_str(own), e));
	arena_free(a);
	return ok;
}

static bool
say_newer(struct store *s, struct err *e)
{
	struct arena *a = arena_new();
	struct bytes by = {0};
	bool known = s->db && saved_get(s, a, STR("writer"), &by, NULL) && by.n > 0;
	s->trouble = STORE_NEWER;
	if (known)
		err_set(e, ERR_STORE,
		    "the store '%s' was written by kawat %.*s; this is %s", s->path,
		    STR_ARG(text_clean_line(a, by)), PACKAGE_VERSION);
	else
		err_set(e, ERR_STORE,
		    "the store '%s' was written by a newer kawat; this is %s", s->path,
		    PACKAGE_VERSION);
	arena_free(a);
	return false;
}

/* Is it readable at all, and of a format that this kawat knows? */
static bool
check_inside(struct store *s, int64_t *format, struct err *e)
{
	if (!schema_format(s, format, e))
		return false;
	return *format <= STORE_FORMAT || say_newer(s, e);
}

/* The first look at a table: a first page that is well-formed says nothing of the
 * others. */
static bool
check_tables(struct store *s, struct err *e)
{
	int64_t n;
	if (!sql_number(
		s, "SELECT stories FROM tally WHERE id = 1", SQL_NO_ARGS, -1, &n, e))
		return s->trouble == STORE_FAILED ? sql_damaged(s, e) : false;
	return n >= 0 || sql_damaged(s, e);
}

static bool
cannot_write(struct store *s, const struct place *p, struct err *e)
{
	s->trouble = STORE_FORBIDDEN;
	return err_set(e, ERR_STORE, "cannot write the store '%s': %s", s->path,
	    p->on_read_only_disk ? "the disk is read-only" : "no permission");
}

static bool
open_writing(
    struct store *s, struct place *p, const struct store_options *o, struct err *e)
{
	int64_t format;
	if (!p->writable)
		return cannot_write(s, p, e);
	if (!open_database(s, p->file, SQLITE_OPEN_READWRITE, o, e))
		return false;
	if (!check_inside(s, &format, e)) {
		/* Nothing of the log may go into a file that is refused. */
		sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
		return false;
	}
	if (sqlite3_db_readonly(s->db, "main") == 1)
		return cannot_write(s, p, e);
	if (format < STORE_FORMAT && !schema_migrate(s, e))
		return false;
	return check_tables(s, e) && sign(s, e);
}

/* On a disk that cannot be written the log cannot be joined: only what was checkpointed
 * shows. */
static bool
open_frozen(
    struct store *s, const struct place *p, const struct store_options *o, struct err *e)
{
	struct buf uri = {0};
	buf_add(&uri, STR("file:"));
	for (const char *c = p->file; *c; c++)
		buf_fmt(&uri, ascii_alnum((unsigned char)*c) || *c == '/' ? "%c" : "%%%02X",
		    (unsigned char)*c);
	buf_add(&uri, STR("?immutable=1"));
	close_database(s);
	s->frozen = true;
	s->trouble = STORE_FINE;
	bool ok = open_database(s, buf_z(&uri), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, o, e);
	buf_clear(&uri);
	return ok;
}

/* An older store is carried forward by a writer; the reader looks at it afterwards. */
static bool
carry_forward(const struct store_options *o, enum store_trouble *trouble, struct err *e)
{
	struct store_options writing = *o;
	struct store *s = NULL;
	writing.mode = STORE_WRITE;
	if (!store_open(&s, &writing, trouble, e))
		return false;
	store_close(s);
	return true;
}

static bool
open_reading(
    struct store *s, struct place *p, const struct store_options *o, struct err *e)
{
	int64_t format = 0;
	bool ok = open_database(s, p->file, SQLITE_OPEN_READWRITE, o, e) &&
	    check_inside(s, &format, e);
	if (!ok &&
	    (s->trouble == STORE_FORBIDDEN || (s->trouble == STORE_FULL && !p->has_log)))
		ok = open_frozen(s, p, o, e) && check_inside(s, &format, e);
	if (!ok)
		return false;
	if (format < STORE_FORMAT) {
		if (s->frozen || !p->writable)
			return err_set(e, ERR_STORE,
			    "the store '%s' is of an older kawat and cannot be written",
			    s->path);
		close_database(s);
		if (!carry_forward(o, &s->trouble, e) ||
		    !open_database(s, p->file, SQLITE_OPEN_READWRITE, o, e))
			return false;
	}
	return check_tables(s, e) &&
	    (s->frozen || sql_script(s, "PRAGMA query_only = ON", e));
}

static bool
absent(enum store_trouble *trouble, const char *path, struct err *e)
{
	*trouble = STORE_ABSENT;
	err_set(e, ERR_NOT_FOUND, "there is no store yet at '%s'", path);
	return err_remedy(e, "kawat refresh");
}

static bool
find_or_make(struct store *s, struct place *p, const struct store_options *o,
    enum store_trouble *trouble, struct err *e)
{
	if (s->mode == STORE_WRITE && !folder_make(o->folder, e)) {
		*trouble = errno == ENOSPC ? STORE_FULL : STORE_FORBIDDEN;
		return false;
	}
	if (!place_look(p, o->folder, s->path, trouble, e))
		return *trouble == STORE_ABSENT ? absent(trouble, s->path, e) : false;
	if (p->exists)
		return true;
	if (s->mode == STORE_READ)
		return absent(trouble, s->path, e);
	if (!make_store(p, o, trouble, e))
		return false;
	return place_look(p, o->folder, s->path, trouble, e);
}

/*
 * One thread, and nobody asks SQLite how much memory it has: its locks and counts around every
 * allocation cost a refresh 8 in 100.  Refused, without harm, once SQLite has begun.
 */
static void
free_of_locks(void)
{
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

bool
store_open(struct store **out, const struct store_options *o, enum store_trouble *trouble,
    struct err *e)
{
	free_of_locks();
	struct place place;
	enum store_trouble why = STORE_FINE;
	struct store *s = store_new(o->folder, o->mode);
	bool ok = find_or_make(s, &place, o, &why, e);

	*out = NULL;
	if (why == STORE_NEWER) {
		/* Only looked at: who wrote it? */
		s->trouble = open_frozen(s, &place, o, NULL) ? STORE_FINE : s->trouble;
		say_newer(s, e);
	} else if (ok) {
		ok = s->mode == STORE_WRITE ? open_writing(s, &place, o, e)
					    : open_reading(s, &place, o, e);
		why = ok ? STORE_FINE : s->trouble;
	}
	if (trouble)
		*trouble = why;
	if (!ok) {
		if (why == STORE_DAMAGED)
			backup_remedy(o->folder, e);
		store_close(s);
		return false;
	}
	s->trouble = STORE_FINE;
	*out = s;
	return true;
}

bool
store_exists(const char *folder)
{
	char path[4300];
	struct stat st;
	return snprintf(path, sizeof(path), "%s/%s", folder, STORE_FILE) <
	    (int)sizeof(path) &&
	    lstat(path, &st) == 0;
}

const char *
store_path(const struct store *s)
{
	return s->path;
}

bool
store_is_frozen(const struct store *s)
{
	return s->frozen;
}

bool
store_version(struct store *s, int64_t *version, struct err *e)
{
	return sql_number(s, "PRAGMA data_version", SQL_NO_ARGS, 0, version, e);
}

bool
store_counts(struct store *s, struct store_counts *out, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT stories, unread, starred, (SELECT count(*) FROM (SELECT 1 FROM story"
	    " INDEXED BY story_muted WHERE muted_by <> '' LIMIT ?1)) FROM tally WHERE id = 1",
	    SQL_ARGS(sql_int(STORE_MOST_MUTED)), e);
	memset(out, 0, sizeof(*out));
	if (!st)
		return false;
	if (sql_row(s, st, &failed, e)) {
		out->stories = sql_get_int(st, 0);
		out->unread = sql_get_int(st, 1);
		out->starred = sql_get_int(st, 2);
		out->muted = sql_get_int(st, 3);
		sql_done(st);
	}
	return !failed;
}

bool
store_begin(struct store *s, struct err *e)
{
	if (!sql_begin(s, e))
		return false;
	s->join = true;
	return true;
}

bool
store_commit(struct store *s, struct err *e)
{
	s->join = false;
	return sql_end(s, true, e);
}

void
store_rollback(struct store *s)
{
	sql_rollback(s);
}

enum store_trouble
store_trouble(const struct store *s)
{
	return s->trouble;
}
