/*
 * Marks that wire was asked for and has not answered yet.  They are shown at the key as if they were
 * made: rows and counts that come from the store pass through here before they are drawn.  Wire's
 * answer ends that, and from then on the store says what is true.
 *
 * What a mark changed in the rows that were shown is kept until the next mark, so that taking it back
 * is shown at the key as well.  What is not known here (redo, an undo of something older) is shown
 * when wire has done it.
 */
#ifndef KAWAT_APP_EXPECTED_H
#define KAWAT_APP_EXPECTED_H

#include "app/names.h"
#include "store/list.h"
#include "wire/protocol.h"

struct expected;

struct expected *expected_new(void);
void expected_free(struct expected *);

/*
 * A mark was asked for; `at` is what read_at becomes.  `feeds`: when its query means every story of
 * these feeds and nothing else; n_feeds 0: it means something else.
 */
void expected_mark(struct expected *, const struct wire_mark *, const feed_id *feeds,
    size_t n_feeds, int64_t at);
/* Undo or redo was asked for. */
void expected_turn(struct expected *, bool redo);

/* Wire has answered this request (0: the oldest undo or redo); `done`: it was made. */
void expected_answered(struct expected *, int64_t request, bool done);
/* Wire is gone: nobody will answer. */
void expected_forget(struct expected *);
bool expected_any(const struct expected *);

/* A row of a list as it will be; `list` is the text of that list's query. */
void expected_row(struct expected *, struct str list, struct story_row *);
/*
 * The kept counts, of everything and of each feed.  `fresh`: they come from the store; else they are
 * those that were given here before, and what was asked last is put on top.
 */
void expected_counts(struct expected *, struct names *, struct store_counts *, bool fresh);
/* How many are unread in the list of this query, of which so many were counted in the store. */
int64_t expected_unread(struct expected *, struct str list, int64_t counted);

#endif
