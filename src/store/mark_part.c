/*
 * Two numbers a story: what it was before, and what the change makes of that.  Applied again and
 * taken back they are swapped.
 */
#include "store/mark_part.h"

#include "store/sql.h"

/* What a story is, as one number: read_at + 1 (0: unread) twice, plus whether it
 * changed since; or when it was starred. */
static int64_t
pack_reading(int64_t read_at, bool updated)
{
	return (read_at + 1) * 2 + updated;
}

/* What the change makes of a story that was `before`. */
static int64_t
made_of(const struct mark_change *c, int64_t before)
{
	switch (c->what) {
	case MARK_READ:
		return pack_reading(c->at, false);
	case MARK_UNREAD:
		return pack_reading(-1, before & 1);
	case MARK_STAR:
		return c->at;
	case MARK_UNSTAR:
		break;
	}
	return 0;
}

static bool
changes(enum mark_what what, int64_t before)
{
	switch (what) {
	case MARK_READ: /* unread, never news, or read before it was updated */
		return before <= pack_reading(0, true) || before & 1;
	case MARK_UNREAD:
		return before >= pack_reading(0, false);
	case MARK_STAR:
		return before == 0;
	case MARK_UNSTAR:
		break;
	}
	return before != 0;
}

bool
mark_is_star(enum mark_what what)
{
	return what == MARK_STAR || what == MARK_UNSTAR;
}

/* -1: the story is not there any more. */
static bool
load_mark(struct store *s, enum mark_what what, story_id id, int64_t *mark, struct err *e)
{
	return sql_number(s,
	    mark_is_star(what) ? "SELECT starred FROM story WHERE id = ?1"
			       : "SELECT (coalesce(read_at, -1) + 1) * 2 + updated_since_read "
				 "FROM story WHERE id = ?1",
	    SQL_ARGS(sql_int(id)), -1, mark, e);
}

static bool
put_mark(struct store *s, enum mark_what what, story_id id, int64_t mark, struct err *e)
{
	if (mark_is_star(what))
		return sql_run(s, "UPDATE story SET starred = ?2 WHERE id = ?1",
		    SQL_ARGS(sql_int(id), sql_int(mark)), e);
	return sql_run(s,
	    "UPDATE story SET read_at = ?2, updated_since_read = ?3,"
	    " read_version = iif(?2 > 0 AND ?3 = 0, version, read_version)"
	    " WHERE id = ?1",
	    SQL_ARGS(sql_int(id), sql_int_or((mark >> 1) - 1, -1), sql_int(mark & 1)), e);
}

/* --- one part --------------------------------------------------------------------- */

struct part {
	struct ids stories, before;
	bool applied; /* at least once */
};

static bool
load_part(struct store *s, struct arena *a, const struct mark_change *c, int64_t seq,
    struct part *p, struct err *e)
{
	bool failed = false, sound = true;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT stories, before FROM change_part WHERE change = ?1 AND seq = ?2",
	    SQL_ARGS(sql_int(c->n), sql_int(seq)), e);
	if (!st)
		return false;
	if (sql_row(s, st, &failed, e)) {
		p->applied = sqlite3_column_type(st, 1) != SQLITE_NULL;
		sound = ids_read(a, sql_get_blob(a, st, 0), &p->stories) &&
		    ids_read(a, sql_get_blob(a, st, 1), &p->before);
		sql_done(st);
	}
	sound = sound && (!p->applied || p->before.n == p->stories.n);
	return failed ? false : sound || sql_damaged(s, e);
}

static bool
apply_first(struct store *s, const struct mark_change *c, int64_t seq, const struct part *p,
    int64_t *n, struct err *e)
{
	struct ids_writer stories = {0}, before = {0};
	bool ok = true;
	for (size_t i = 0; ok && i < p->stories.n; i++) {
		int64_t was;
		ok = load_mark(s, c->what, p->stories.v[i], &was, e);
		if (!ok || was < 0 || !changes(c->what, was))
			continue;
		ok = put_mark(s, c->what, p->stories.v[i], made_of(c, was), e);
		ids_add(&stories, p->stories.v[i]);
		ids_add(&before, was);
		++*n;
	}
	ok = ok &&
	    sql_run(s,
		"UPDATE change_part SET stories = ?3, before = ?4 WHERE change = "
		"?1 AND seq = ?2",
		SQL_ARGS(sql_int(c->n), sql_int(seq), sql_blob(ids_bytes(&stories)),
		    sql_blob(ids_bytes(&before))),
		e);
	ids_clear(&stories);
	ids_clear(&before);
	return ok;
}

static bool
swap(struct store *s, const struct mark_change *c, const struct part *p, bool back, int64_t *n,
    struct err *e)
{
	for (size_t i = 0; i < p->stories.n; i++) {
		int64_t before = p->before.v[i], after = made_of(c, before), is;
		if (!load_mark(s, c->what, p->stories.v[i], &is, e))
			return false;
		if (is != (back ? after : before))
			continue;
		if (!put_mark(s, c->what, p->stories.v[i], back ? before : after, e))
			return false;
		++*n;
	}
	return true;
}

/* Taking back must know by what number the mark was made, so the time is fixed with the
 * first part. */
static bool
fix_time(struct store *s, struct mark_change *c, int64_t now, struct err *e)
{
	if (c->state != MARK_FORWARD || c->part != 0)
		return true;
	c->at = now;
	return sql_run(s, "UPDATE change SET at = ?2 WHERE n = ?1",
	    SQL_ARGS(sql_int(c->n), sql_int(now)), e);
}

bool
mark_part_move(struct store *s, struct arena *a, struct mark_change *c, int64_t seq, int64_t now,
    int64_t *n, struct err *e)
{
	struct part p = {0};
	if (!fix_time(s, c, now, e) || !load_part(s, a, c, seq, &p, e))
		return false;
	return p.applied ? swap(s, c, &p, c->state == MARK_BACK, n, e)
			 : apply_first(s, c, seq, &p, n, e);
}

bool
mark_part_put(struct store *s, struct mark_change *c, struct ids_writer *ids, struct err *e)
{
	bool ok = sql_run(s, "INSERT INTO change_part(change, seq, stories) VALUES (?1, ?2, ?3)",
	    SQL_ARGS(sql_int(c->n), sql_int(c->parts), sql_blob(ids_bytes(ids))), e);
	ids_clear(ids);
	c->parts++;
	return ok;
}
