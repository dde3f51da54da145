#include "store/sql.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "store/backup.h"
#include "text/clean.h"

enum store_trouble
sql_trouble(int code, int system_errno)
{
	switch (code & 0xFF) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return STORE_FINE;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return STORE_BUSY;
	case SQLITE_FULL:
		return STORE_FULL;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_FORMAT:
		return STORE_DAMAGED;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
	case SQLITE_CANTOPEN:
		return system_errno == ENOSPC ? STORE_FULL : STORE_FORBIDDEN;
	case SQLITE_INTERRUPT:
		return STORE_STOPPED;
	case SQLITE_IOERR:
		if (system_errno == ENOSPC || system_errno == EDQUOT)
			return STORE_FULL;
		if (system_errno == EROFS)
			return STORE_FORBIDDEN;
		return code == SQLITE_IOERR_SHORT_READ ? STORE_DAMAGED : STORE_FAILED;
	}
	return STORE_FAILED;
}

static bool
say(const struct store *s, const char *what, struct err *e)
{
	switch (s->trouble) {
	case STORE_BUSY:
		return err_set(e, ERR_STORE,
		    "the store '%s' is busy: another kawat is writing", s->path);
	case STORE_FULL:
		err_set(e, ERR_STORE,
		    "the disk is full: nothing more can be stored in '%s'", s->path);
		return err_remedy(e, "kawat db expire, then kawat db compact");
	case STORE_DAMAGED:
		err_set(e, ERR_STORE, "the store '%s' is damaged", s->path);
		backup_remedy(s->folder, e);
		return false;
	case STORE_FORBIDDEN:
		return err_set(e, ERR_STORE, "cannot write the store '%s': %s", s->path,
		    s->frozen ? "the disk is read-only" : "no permission");
	case STORE_STOPPED:
		return err_set(e, ERR_STORE, "stopped");
	case STORE_FINE:
	case STORE_ABSENT:
	case STORE_NEWER:
	case STORE_FAILED:
		break;
	}
	return err_set(e, ERR_STORE, "the store '%s' failed: %s", s->path, what);
}

bool
sql_fail(struct store *s, int code, struct err *e)
{
	int system_errno = s->db ? sqlite3_system_errno(s->db) : 0;
	s->trouble = sql_trouble(code, system_errno);
	if (s->trouble == STORE_FINE)
		s->trouble = STORE_FAILED;
	return say(s, s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(code), e);
}

bool
sql_damaged(struct store *s, struct err *e)
{
	s->trouble = STORE_DAMAGED;
	return say(s, "", e);
}

/* Statements differ at their ends; the text is compared in any case. */
static uint64_t
hash_of(const char *text)
{
	struct str all = str_z(text), tail = str_from(all, all.n > 24 ? all.n - 24 : 0);
	return str_hash(str_sub(all, 0, 24)) ^ str_hash(tail) << 1 ^ all.n;
}

static struct sql_cached *
find_slot(struct store *s, const char *text, uint64_t hash)
{
	struct sql_cached *oldest = NULL;
	for (size_t i = 0; i < SQL_CACHE; i++) {
		struct sql_cached *c = &s->cache[i];
		if (!c->statement)
			return c; /* they fill in order: nothing is behind it */
		if (c->hash == hash && strcmp(sqlite3_sql(c->statement), text) == 0)
			return c;
		if (!sqlite3_stmt_busy(c->statement) &&
		    (!oldest || c->used < oldest->used))
			oldest = c;
	}
	return oldest;
}

static sqlite3_stmt *
prepare(struct store *s, const char *text, struct err *e)
{
	uint64_t hash = hash_of(text);
	struct sql_cached *c = find_slot(s, text, hash);

	if (!c) {
		err_set(e, ERR_INTERNAL, "too many statements are open");
		return NULL;
	}
	c->used = ++s->tick;
	if (c->statement && c->hash == hash &&
	    strcmp(sqlite3_sql(c->statement), text) == 0)
		return c->statement;

	sqlite3_stmt *fresh = NULL;
	int code =
	    sqlite3_prepare_v3(s->db, text, -1, SQLITE_PREPARE_PERSISTENT, &fresh, NULL);
	if (code != SQLITE_OK) {
		sql_fail(s, code, e);
		return NULL;
	}
	sqlite3_finalize(c->statement);
	c->statement = fresh;
	c->hash = hash;
	return fresh;
}

static int
bind(sqlite3_stmt *st, int i, const struct sql_arg *arg)
{
	switch (arg->type) {
	case SQL_INT:
		return sqlite3_bind_int64(st, i, arg->number);
	case SQL_TEXT:
		return sqlite3_bind_text64(
		    st, i, arg->p, arg->n, SQLITE_STATIC, SQLITE_UTF8);
	case SQL_BLOB:
		return sqlite3_bind_blob64(st, i, arg->p, arg->n, SQLITE_STATIC);
	case SQL_NULL:
	case SQL_END:
		break;
	}
	return sqlite3_bind_null(st, i);
}

sqlite3_stmt *
sql_query(struct store *s, const char *text, const struct sql_arg *args, struct err *e)
{
	sqlite3_stmt *st = prepare(s, text, e);
	if (!st)
		return NULL;
	sqlite3_reset(st);
	int code = SQLITE_OK;
	for (int i = 0; code == SQLITE_OK && args[i].type != SQL_END; i++)
		code = bind(st, i + 1, &args[i]);
	if (code != SQLITE_OK) {
		sql_fail(s, code, e);
		return NULL;
	}
	return st;
}

bool
sql_row(struct store *s, sqlite3_stmt *st, bool *failed, struct err *e)
{
	int code = sqlite3_step(st);
	if (code == SQLITE_ROW)
		return true;
	if (code != SQLITE_DONE) {
		*failed = true;
		sql_fail(s, code, e);
	}
	sqlite3_reset(st);
	return false;
}

void
sql_done(sqlite3_stmt *st)
{
	sqlite3_reset(st);
}

bool
sql_run(struct store *s, const char *text, const struct sql_arg *args, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(s, text, args, e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e)) {
	}
	return !failed;
}

bool
sql_number(struct store *s, const char *text, const struct sql_arg *args, int64_t none,
    int64_t *out, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(s, text, args, e);
	if (!st)
		return false;
	*out = none;
	if (sql_row(s, st, &failed, e)) {
		*out = sql_get_int_or(st, 0, none);
		sql_done(st);
	}
	return !failed;
}

int64_t
sql_changes(struct store *s)
{
	return sqlite3_changes64(s->db);
}

int64_t
sql_last_id(struct store *s)
{
	return sqlite3_last_insert_rowid(s->db);
}

bool
sql_script(struct store *s, const char *text, struct err *e)
{
	int code = sqlite3_exec(s->db, text, NULL, NULL, NULL);
	return code == SQLITE_OK || sql_fail(s, code, e);
}

struct bytes
sql_peek(sqlite3_stmt *st, int column)
{
	const void *p = sqlite3_column_blob(st, column);
	int n = sqlite3_column_bytes(st, column);
	return bytes_of(p ? p : "", p && n > 0 ? (size_t)n : 0);
}

struct bytes
sql_get_blob(struct arena *a, sqlite3_stmt *st, int column)
{
	struct bytes b = sql_peek(st, column);
	return bytes_of_str(arena_str(a, str_of((const char *)b.p, b.n)));
}

struct str
sql_get_text(struct arena *a, sqlite3_stmt *st, int column)
{
	if (sqlite3_column_type(st, column) == SQLITE_NULL)
		return STR("");
	struct bytes b = sql_peek(st, column);
	if (b.n == 0)
		return STR("");
	return text_clean(a, sql_get_blob(a, st, column));
}

int64_t
sql_get_int(sqlite3_stmt *st, int column)
{
	return sqlite3_column_int64(st, column);
}

int64_t
sql_get_int_or(sqlite3_stmt *st, int column, int64_t none)
{
	return sqlite3_column_type(st, column) == SQLITE_NULL
	    ? none
	    : sqlite3_column_int64(st, column);
}

bool
sql_look(struct store *s, struct err *e)
{
	if (s->looks == 0 && !s->in_transaction && !sql_run(s, "BEGIN", SQL_NO_ARGS, e))
		return false;
	s->looks++;
	return true;
}

bool
sql_look_end(struct store *s, bool ok, struct err *e)
{
	if (--s->looks > 0 || s->in_transaction || sqlite3_get_autocommit(s->db))
		return ok;
	enum store_trouble why = s->trouble;
	bool ended = sql_run(s, ok ? "COMMIT" : "ROLLBACK", SQL_NO_ARGS, ok ? e : NULL);
	if (!ok)
		s->trouble = why;
	return ok && ended;
}

bool
sql_begin(struct store *s, struct err *e)
{
	if (s->join)
		return true;
	if (s->mode != STORE_WRITE || s->frozen) {
		s->trouble = STORE_FORBIDDEN;
		return err_set(
		    e, ERR_STORE, "the store '%s' is open for reading only", s->path);
	}
	if (!sql_run(s, "BEGIN IMMEDIATE", SQL_NO_ARGS, e))
		return false;
	s->in_transaction = true;
	return true;
}

/* Some errors (disk full, I/O) have rolled back already: then there is nothing to roll
 * back. */
void
sql_rollback(struct store *s)
{
	enum store_trouble why = s->trouble;
	for (size_t i = 0; i < SQL_CACHE && s->cache[i].statement; i++)
		sqlite3_reset(s->cache[i].statement);
	if (!sqlite3_get_autocommit(s->db))
		sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	tally_forget(s);
	s->in_transaction = s->join = false;
	s->trouble = why;
}

bool
sql_end(struct store *s, bool ok, struct err *e)
{
	if (s->join)
		return ok;
	/* An error may have rolled back already; the counts must not be written by themselves then. */
	bool open = !sqlite3_get_autocommit(s->db);
	ok = ok && (!open || tally_settle(s, e)) && sql_run(s, "COMMIT", SQL_NO_ARGS, e);
	if (!ok)
		sql_rollback(s);
	s->in_transaction = false;
	return ok;
}
