#include "store/care.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/backup.h"
#include "store/sql.h"

/* --- check ------------------------------------------------------------------------ */

/* Each gives a number of rows that are wrong; 0 is sound. */
static const struct claim {
	const char *wrong, *query;
} claims[] = {
    {"the number of stories is not the one kept",
	"SELECT abs((SELECT count(*) FROM story) - stories) FROM tally"},
    {"the number of unread stories is not the one kept",
	"SELECT abs((SELECT count(*) FROM story WHERE read_at IS NULL) - unread) FROM "
	"tally"},
    {"the number of starred stories is not the one kept",
	"SELECT abs((SELECT count(*) FROM story WHERE starred > 0) - starred) FROM "
	"tally"},
    {"the number of stories that wait to be indexed is not the one kept",
	"SELECT abs((SELECT count(*) FROM unindexed) - unindexed) FROM tally"},
    {"feeds with a wrong number of stories",
	"SELECT count(*) FROM feed f WHERE total <>"
	" (SELECT count(*) FROM member m WHERE m.feed = f.id)"},
    {"feeds with a wrong number of unread stories",
	"SELECT count(*) FROM feed f WHERE unread <>"
	" (SELECT count(*) FROM member m WHERE m.feed = f.id AND m.unread = 1)"},
    {"stories out of place in a feed",
	"SELECT count(*) FROM member m LEFT JOIN story s ON s.id = m.story"
	" WHERE s.id IS NULL OR s.ord <> m.ord OR m.unread <> (s.read_at IS NULL)"},
    {"links that lead to no story",
	"SELECT count(*) FROM link l WHERE to_story IS NOT NULL"
	" AND NOT EXISTS (SELECT 1 FROM story s WHERE s.id = l.to_story)"},
    {"links that do not lead to the story they name",
	"SELECT count(*) FROM link l WHERE to_story IS NULL AND to_key IS NOT NULL"
	" AND (EXISTS (SELECT 1 FROM story s WHERE s.key = l.to_key)"
	" OR EXISTS (SELECT 1 FROM alias a WHERE a.key = l.to_key))"},
    {"stories without a body",
	"SELECT count(*) FROM story s WHERE NOT EXISTS"
	" (SELECT 1 FROM body b WHERE b.story = s.id)"},
    {"stories that wait to be indexed and are not there",
	"SELECT count(*) FROM unindexed u WHERE NOT EXISTS"
	" (SELECT 1 FROM story s WHERE s.ord = u.ord)"},
    {"stories that are missing in the search index",
	"SELECT count(*) FROM story s WHERE NOT EXISTS"
	" (SELECT 1 FROM unindexed u WHERE u.ord = s.ord)"
	" AND NOT EXISTS (SELECT 1 FROM story_fts_docsize d WHERE d.id = s.ord)"},
    {"stories in the search index that are not there",
	"SELECT count(*) FROM story_fts_docsize d WHERE NOT EXISTS"
	" (SELECT 1 FROM story s WHERE s.ord = d.id)"},
};

static void
find(struct arena *a, struct care_findings *f, struct str what)
{
	if (f->n < CARE_MAX_FINDINGS)
		ARENA_PUSH(a, f, what);
}

/* Damage that stops a question is itself the answer. */
static bool
asked(struct store *s, struct arena *a, struct care_findings *f, bool ok, struct err *e)
{
	if (ok)
		return true;
	if (s->trouble != STORE_DAMAGED)
		return false;
	find(a, f, arena_str(a, str_z(e ? e->text : "the store is damaged")));
	if (e)
		*e = (struct err){0};
	return true;
}

static bool
ask_sqlite(struct store *s, struct arena *a, struct care_findings *f, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(s, "PRAGMA integrity_check(100)", SQL_NO_ARGS, e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e)) {
		struct str said = sql_get_text(a, st, 0);
		if (!str_eq(said, STR("ok")))
			find(a, f, said);
	}
	if (failed)
		return false;
	st = sql_query(s, "PRAGMA foreign_key_check", SQL_NO_ARGS, e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e))
		find(a, f,
		    arena_fmt(a,
			"a row of '%.*s' belongs to one of '%.*s' that is not there",
			STR_ARG(sql_get_text(a, st, 0)),
			STR_ARG(sql_get_text(a, st, 2))));
	return !failed;
}

/* Word by word with the stories, if none waits: in one transaction, lest one comes in
 * between. */
static bool
compare_index(struct store *s, struct err *e)
{
	int64_t waiting;
	if (!sql_script(s, "BEGIN IMMEDIATE", e))
		return false;
	bool ok = sql_number(s, "SELECT EXISTS (SELECT 1 FROM unindexed)", SQL_NO_ARGS, 0,
		      &waiting, e) &&
	    sql_script(s,
		waiting ? "INSERT INTO story_fts(story_fts, rank) VALUES "
			  "('integrity-check', 0)"
			: "INSERT INTO story_fts(story_fts, rank) VALUES "
			  "('integrity-check', 1)",
		e);
	sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	return ok;
}

/* The check of FTS5 is written as an INSERT, though it changes nothing. */
static bool
ask_index(struct store *s, struct arena *a, struct care_findings *f, struct err *e)
{
	bool reading = s->mode == STORE_READ;
	if (s->frozen || sqlite3_db_readonly(s->db, "main"))
		return true; /* no write, no check */
	if (reading && !sql_script(s, "PRAGMA query_only = OFF", e))
		return false;
	bool ok = compare_index(s, e);
	enum store_trouble why = s->trouble;
	if (reading && !sql_script(s, "PRAGMA query_only = ON", ok ? e : NULL))
		return false;
	if (!ok)
		s->trouble = why;
	if (!ok && why == STORE_DAMAGED) {
		find(a, f, STR("the search index does not agree with the stories"));
		if (e)
			*e = (struct err){0};
		return true;
	}
	return ok;
}

static bool
ask_claim(struct store *s, struct arena *a, const struct claim *c,
    struct care_findings *f, struct err *e)
{
	int64_t n;
	if (!sql_number(s, c->query, SQL_NO_ARGS, 0, &n, e))
		return false;
	if (n)
		find(a, f, arena_fmt(a, "%s: %lld", c->wrong, (long long)n));
	return true;
}

bool
care_check(struct store *s, struct arena *a, struct care_findings *f, struct err *e)
{
	struct err own = {0};
	if (!e)
		e = &own;
	*f = (struct care_findings){0};
	if (!asked(s, a, f, ask_sqlite(s, a, f, e), e) ||
	    !asked(s, a, f, ask_index(s, a, f, e), e))
		return false;
	for (size_t i = 0; i < COUNT_OF(claims); i++)
		if (!asked(s, a, f, ask_claim(s, a, &claims[i], f, e), e))
			return false;
	return true;
}

bool
care_mend(struct store *s, struct err *e)
{
	static const char *const steps[] = {
	    "UPDATE link SET to_story = NULL WHERE to_story IS NOT NULL AND NOT EXISTS"
	    " (SELECT 1 FROM story s WHERE s.id = to_story)",
	    "UPDATE link SET to_story = (SELECT id FROM story s WHERE s.key = to_key)"
	    " WHERE to_story IS NULL AND to_key IN (SELECT key FROM story)",
	    "UPDATE link SET to_story = (SELECT story FROM alias a WHERE a.key = to_key)"
	    " WHERE to_story IS NULL AND to_key IN (SELECT key FROM alias)",
	    "INSERT OR IGNORE INTO body SELECT id, '', x'', '', '' FROM story",
	    "DELETE FROM member WHERE NOT EXISTS (SELECT 1 FROM story s WHERE s.id = "
	    "story"
	    " AND s.ord = member.ord)",
	    "UPDATE member SET unread = (SELECT read_at IS NULL FROM story s WHERE s.id "
	    "= story)",
	    "UPDATE tally SET stories = (SELECT count(*) FROM story),"
	    " unread = (SELECT count(*) FROM story WHERE read_at IS NULL),"
	    " starred = (SELECT count(*) FROM story WHERE starred > 0)",
	    "UPDATE feed SET total = (SELECT count(*) FROM member m WHERE m.feed = "
	    "feed.id),"
	    " unread = (SELECT count(*) FROM member m WHERE m.feed = feed.id AND "
	    "m.unread = 1)",
	    "INSERT INTO story_fts(story_fts) VALUES ('rebuild')",
	    "DELETE FROM unindexed",
	    "DELETE FROM outdated",
	    "UPDATE tally SET unindexed = 0",
	};
	if (!sql_begin(s, e))
		return false;
	bool ok = true;
	for (size_t i = 0; ok && i < COUNT_OF(steps); i++)
		ok = sql_run(s, steps[i], SQL_NO_ARGS, e);
	return sql_end(s, ok, e);
}

/* --- numbers ---------------------------------------------------------------------- */

static int64_t
size_of(const char *path, const char *suffix)
{
	char name[4300];
	struct stat st;
	snprintf(name, sizeof(name), "%s%s", path, suffix);
	return stat(name, &st) == 0 ? (int64_t)st.st_size : 0;
}

bool
care_stats(struct store *s, struct care_stats *out, struct err *e)
{
	const struct {
		int64_t *to;
		const char *query;
	} numbers[] = {
	    {&out->stories, "SELECT stories FROM tally"},
	    {&out->unread, "SELECT unread FROM tally"},
	    {&out->starred, "SELECT starred FROM tally"},
	    {&out->stored, "SELECT count(*) FROM story WHERE stored = 1"},
	    {&out->gone, "SELECT count(*) FROM story WHERE gone > 0"},
	    {&out->feeds, "SELECT count(*) FROM feed"},
	    {&out->links, "SELECT count(*) FROM link"},
	    {&out->resolved_links,
		"SELECT count(*) FROM link WHERE to_story IS NOT NULL"},
	    {&out->versions, "SELECT count(*) FROM version"},
	    {&out->unindexed, "SELECT unindexed FROM tally"},
	    {&out->queued, "SELECT count(*) FROM fetch_queue"},
	    {&out->changes, "SELECT count(*) FROM change"},
	    {&out->free_bytes, "PRAGMA freelist_count"},
	    {&out->oldest, "SELECT min(first_seen) FROM story"},
	    {&out->newest, "SELECT max(first_seen) FROM story"},
	    {&out->format, "PRAGMA user_version"},
	};
	int64_t page;
	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		if (!sql_number(s, numbers[i].query, SQL_NO_ARGS, 0, numbers[i].to, e))
			return false;
	if (!sql_number(s, "PRAGMA page_size", SQL_NO_ARGS, 0, &page, e))
		return false;
	out->free_bytes *= page;
	out->file_bytes = size_of(s->path, "");
	out->log_bytes = size_of(s->path, "-wal");
	return true;
}

/* --- compact, backup, set aside --------------------------------------------------- */

bool
care_compact(struct store *s, struct err *e)
{
	/* The copy that VACUUM makes is as large as the store: not in memory. */
	bool ok =
	    sql_script(s, "INSERT INTO story_fts(story_fts) VALUES ('optimize')", e) &&
	    sql_script(s, "PRAGMA temp_store = FILE", e) && sql_script(s, "VACUUM", e) &&
	    sql_script(s, "PRAGMA wal_checkpoint(TRUNCATE)", e);
	struct err ignored;
	bool back = sql_script(s, "PRAGMA temp_store = MEMORY", &ignored);
	return ok && back;
}

static bool
copy_into(struct store *s, sqlite3 *to, struct err *e)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", s->db, "main");
	int code = b ? sqlite3_backup_step(b, -1) : sqlite3_errcode(to);
	int end = b ? sqlite3_backup_finish(b) : SQLITE_OK;
	if (code == SQLITE_DONE && end == SQLITE_OK)
		return true;
	s->trouble =
	    sql_trouble(code == SQLITE_DONE ? end : code, sqlite3_system_errno(to));
	if (s->trouble == STORE_FULL)
		return err_set(e, ERR_STORE, "the disk is full");
	return err_set(
	    e, ERR_STORE, "%s", sqlite3_errstr(code == SQLITE_DONE ? end : code));
}

bool
care_backup(struct store *s, const char *path, struct err *e)
{
	sqlite3 *to = NULL;
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST)
		return err_set(
		    e, ERR_USAGE, "cannot write '%s': there is such a file", path);
	if (fd < 0)
		return err_errno(e, ERR_USAGE, "cannot write '%s'", path);
	close(fd);
	int code =
	    sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	bool ok = code == SQLITE_OK ? copy_into(s, to, e)
				    : err_set(e, ERR_STORE, "%s", sqlite3_errstr(code));
	sqlite3_close(to);
	if (ok) {
		backup_note(s->folder, path);
		return true;
	}
	unlink(path);
	return err_while(e, "cannot write '%s'", path);
}

bool
care_set_aside(struct arena *a, const char *folder, struct str *name, struct err *e)
{
	static const char *const suffixes[] = {"-wal", "-shm", "-journal", ""};
	for (int n = 1; n < 1000; n++) {
		char to[4300], from[4300];
		struct stat st;
		snprintf(to, sizeof(to), "%s/" STORE_FILE ".damaged-%d", folder, n);
		if (lstat(to, &st) == 0)
			continue;
		*name = arena_str(a, str_z(to));
		/* The store itself last: until then nothing else can be begun in its
		 * place. */
		for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
			snprintf(from, sizeof(from), "%s/" STORE_FILE "%s", folder,
			    suffixes[i]);
			snprintf(to, sizeof(to), "%s%s", name->p, suffixes[i]);
			if (rename(from, to) < 0 && errno != ENOENT)
				return err_errno(
				    e, ERR_STORE, "cannot set '%s' aside", from);
		}
		return true;
	}
	return err_set(
	    e, ERR_STORE, "cannot set the store in '%s' aside: too many are", folder);
}
