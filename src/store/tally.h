/*
 * The kept counts of what is added: tally.stories, .unread and .unindexed, feed.total and .unread.
 *
 * What is changed or removed is counted by triggers, so that no way of doing it forgets them.  A
 * trigger on INSERT would make SQLite copy every page that the row touches, to be able to take back
 * that one statement: a third of the time of a refresh.  So whoever adds a row says so here, and
 * sql_end writes what is owed before it commits; a transaction that is rolled back owes nothing.
 * `kawat db check` compares the counts with the rows.
 *
 * Within a transaction the counts in the store may be behind by what is owed.
 */
#ifndef KAWAT_STORE_TALLY_H
#define KAWAT_STORE_TALLY_H

#include "store/store.h"

/* What a transaction has added and not yet counted. */
struct tally {
	int64_t stories, unread, unindexed;
	feed_id feed; /* of the next two */
	int64_t members, members_unread;
};

void tally_story(struct store *, bool unread); /* a row of story */
void tally_unindexed(struct store *, int64_t n); /* rows of unindexed; negative: taken out */

/* A row of member.  Rows of one feed follow each other; another feed settles the one before. */
MUST_CHECK bool tally_member(struct store *, feed_id, bool unread, struct err *);

/* Write what is owed; forget it. */
MUST_CHECK bool tally_settle(struct store *, struct err *);
void tally_forget(struct store *);

#endif
