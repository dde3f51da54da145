#include "store/alert.h"

#include "store/sql.h"

/* Alike in headline and text, and neither empty: a headline of every day alone may be chance. */
static const char add_unless_told[] =
    "INSERT OR IGNORE INTO alert(at, story, rule) SELECT ?1, ?2, ?3 WHERE NOT EXISTS"
    " (SELECT 1 FROM story n JOIN alert a ON a.rule = ?3 AND a.at > ?1 - ?4"
    "	JOIN story o ON o.id = a.story AND o.id <> n.id AND o.title_hash = n.title_hash"
    "	JOIN body x ON x.story = n.id JOIN body y ON y.story = o.id"
    " WHERE n.id = ?2 AND coalesce(nullif(x.text, ''), x.summary) <> ''"
    "	AND coalesce(nullif(x.text, ''), x.summary) = coalesce(nullif(y.text, ''), y.summary))";

bool
alert_add(struct store *s, story_id id, struct str rule, int64_t now, bool *added, struct err *e)
{
	*added = false;
	if (!sql_run(s, add_unless_told,
		SQL_ARGS(sql_int(now), sql_int(id), sql_text(rule), sql_int(ALERT_SAME_S)), e))
		return false;
	*added = sql_changes(s) > 0;
	return !*added ||
	    sql_run(s, "DELETE FROM alert WHERE n <= (SELECT max(n) FROM alert) - ?1",
		SQL_ARGS(sql_int(ALERT_MAX)), e);
}

bool
alert_last(struct store *s, struct arena *a, size_t limit, struct alerts *out, struct err *e)
{
	struct {
		struct alert *v;
		size_t n, cap;
	} all = {0};
	bool failed = false;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT a.story, a.at, a.rule, s.title FROM alert a JOIN story s ON s.id = a.story"
	    " ORDER BY a.n DESC LIMIT ?1",
	    SQL_ARGS(sql_int(limit < ALERT_MAX ? (int64_t)limit : ALERT_MAX)), e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e)) {
		struct alert one = {sql_get_int(st, 0), sql_get_int(st, 1),
		    sql_get_text(a, st, 2), sql_get_text(a, st, 3)};
		ARENA_PUSH(a, &all, one);
	}
	*out = (struct alerts){all.v, all.n};
	return !failed;
}
