/*
 * How the rest of this floor talks to SQLite: statements that are prepared once and
 * kept, values bound by type, errors turned into sentences.  Only files of src/store/
 * include this.
 *
 * SQL text is the statement's name: asking again for the same text gives the same
 * prepared statement.  So a statement must be done with (sql_row gave no more, or
 * sql_done) before the same text is asked for again.
 */
#ifndef KAWAT_STORE_SQL_H
#define KAWAT_STORE_SQL_H

#include <sqlite3.h>

#include "store/store.h"
#include "store/tally.h"

/* Room for all fixed statements and the last few hundred windows of lists. */
enum { SQL_CACHE = 256, SQL_PROGRESS_STEPS = 2000 };

struct sql_cached {
	sqlite3_stmt *statement;
	uint64_t hash, used;
};

struct tokenizer;

struct store {
	sqlite3 *db;
	char *folder, *path; /* as the user named it, for sentences */
	enum store_mode mode;
	bool frozen;
	bool in_transaction;
	bool join; /* the transaction was begun by store_begin */
	int looks; /* sql_look that are open */
	struct tally owed; /* of the open transaction */
	enum store_trouble trouble;
	store_interrupt *interrupt;
	void *interrupt_ctx;
	struct sql_cached cache[SQL_CACHE];
	uint64_t tick;
	struct tokenizer *tokenizer;
};

/* --- values ----------------------------------------------------------------------- */

enum sql_type { SQL_END, SQL_NULL, SQL_INT, SQL_TEXT, SQL_BLOB };

struct sql_arg {
	enum sql_type type;
	int64_t number;
	const void *p;
	size_t n;
};

static inline struct sql_arg
sql_int(int64_t number)
{
	return (struct sql_arg){.type = SQL_INT, .number = number};
}

/* Text is never NULL in the store: an empty str is ''. */
static inline struct sql_arg
sql_text(struct str s)
{
	return (struct sql_arg){.type = SQL_TEXT, .p = s.p ? s.p : "", .n = s.n};
}

static inline struct sql_arg
sql_blob(struct bytes b)
{
	return (struct sql_arg){
	    .type = SQL_BLOB, .p = b.p ? (const void *)b.p : "", .n = b.n};
}

static inline struct sql_arg
sql_null(void)
{
	return (struct sql_arg){.type = SQL_NULL};
}

/* `none` becomes NULL: STORY_NONE, STORY_NO_TIME. */
static inline struct sql_arg
sql_int_or(int64_t number, int64_t none)
{
	return number == none ? sql_null() : sql_int(number);
}

/* The values of ?1, ?2, ...; borrowed until the statement is done. */
#define SQL_ARGS(...) ((const struct sql_arg[]){__VA_ARGS__, {.type = SQL_END}})
#define SQL_NO_ARGS ((const struct sql_arg[]){{.type = SQL_END}})

/* --- statements ------------------------------------------------------------------- */

/* Ready to step, or NULL with *e filled. */
sqlite3_stmt *sql_query(
    struct store *, const char *text, const struct sql_arg *, struct err *);

/* True: a row is there.  False: none left, or it failed, and then *failed is set with
 * *e.  The statement is reset in both cases of false. */
bool sql_row(struct store *, sqlite3_stmt *, bool *failed, struct err *);
void sql_done(sqlite3_stmt *); /* before its last row; NULL is allowed */

/* Run it to its end. */
MUST_CHECK bool sql_run(
    struct store *, const char *text, const struct sql_arg *, struct err *);

/* The first column of its first row; `none` when there is no row or it is NULL. */
MUST_CHECK bool sql_number(struct store *, const char *text, const struct sql_arg *,
    int64_t none, int64_t *out, struct err *);

int64_t sql_changes(struct store *); /* rows that the last statement changed */
int64_t sql_last_id(struct store *);

/* Several statements, for schema and pragmas; nothing is kept. */
MUST_CHECK bool sql_script(struct store *, const char *text, struct err *);

/* --- columns ---------------------------------------------------------------------- */

/* A copy in the arena, cleaned again: a store file can be edited by anyone who owns it.
 */
struct str sql_get_text(struct arena *, sqlite3_stmt *, int column);
struct bytes sql_get_blob(struct arena *, sqlite3_stmt *, int column);
/* Borrowed until the next step, not cleaned. */
struct bytes sql_peek(sqlite3_stmt *, int column);
int64_t sql_get_int(sqlite3_stmt *, int column); /* NULL is 0 */
int64_t sql_get_int_or(sqlite3_stmt *, int column, int64_t none);

/* --- transactions and failures ---------------------------------------------------- */

/*
 * A function that changes something: sql_begin, work, then sql_end with how it went,
 * which commits or rolls back and answers that.  Within store_begin both only look.
 */
MUST_CHECK bool sql_begin(struct store *, struct err *);
MUST_CHECK bool sql_end(struct store *, bool ok, struct err *);

/*
 * Several statements that read: one snapshot, and the locks are taken once.  Nests;
 * short, because an open read holds the log back.  sql_look_end answers `ok`, or false
 * when ending fails.
 */
MUST_CHECK bool sql_look(struct store *, struct err *);
MUST_CHECK bool sql_look_end(struct store *, bool ok, struct err *);

/* Whatever is open; resets every statement. */
void sql_rollback(struct store *);

/* The sentence for what SQLite said last.  Always false. */
bool sql_fail(struct store *, int code, struct err *);

/* The same for a code alone, when there is no connection to ask. */
enum store_trouble sql_trouble(int code, int system_errno);

/* The store itself holds what it never should. Always false. */
bool sql_damaged(struct store *, struct err *);

#endif
