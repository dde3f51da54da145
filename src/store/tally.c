#include "store/tally.h"

#include "store/sql.h"

void
tally_story(struct store *s, bool unread)
{
	s->owed.stories++;
	s->owed.unread += unread;
}

void
tally_unindexed(struct store *s, int64_t n)
{
	s->owed.unindexed += n;
}

static bool
settle_feed(struct store *s, struct err *e)
{
	struct tally *t = &s->owed;
	if (t->members == 0)
		return true;
	bool ok = sql_run(s,
	    "UPDATE feed SET total = total + ?2, unread = unread + ?3 WHERE id = ?1",
	    SQL_ARGS(sql_int(t->feed), sql_int(t->members), sql_int(t->members_unread)), e);
	t->members = t->members_unread = 0;
	return ok;
}

bool
tally_member(struct store *s, feed_id feed, bool unread, struct err *e)
{
	struct tally *t = &s->owed;
	if (t->feed != feed && !settle_feed(s, e))
		return false;
	t->feed = feed;
	t->members++;
	t->members_unread += unread;
	return true;
}

bool
tally_settle(struct store *s, struct err *e)
{
	struct tally t = s->owed;
	if (!settle_feed(s, e))
		return false;
	tally_forget(s);
	return (t.stories == 0 && t.unread == 0 && t.unindexed == 0) ||
	    sql_run(s,
		"UPDATE tally SET stories = stories + ?1, unread = unread + ?2,"
		" unindexed = unindexed + ?3 WHERE id = 1",
		SQL_ARGS(sql_int(t.stories), sql_int(t.unread), sql_int(t.unindexed)), e);
}

void
tally_forget(struct store *s)
{
	s->owed = (struct tally){0};
}
