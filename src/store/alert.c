#include "store/alert.h"

#include "store/sql.h"

bool
alert_add(struct store *s, story_id id, struct str rule, int64_t now, bool *added, struct err *e)
{
	*added = false;
	if (!sql_run(s,
		"INSERT OR IGNORE INTO alert(at, story, rule) VALUES (?1, ?2, ?3)",
		SQL_ARGS(sql_int(now), sql_int(id), sql_text(rule)), e))
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
