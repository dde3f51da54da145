/*
 * The update of one feed is one transaction, together with the feed's validators: after
 * a kill the store holds all of it or nothing, and asks the server for what it does not
 * hold.
 *
 *	update_begin -> update_story ... -> update_commit | update_rollback
 *
 * A story is known again by its key: its canonical address, else its guid, else its
 * content.  What it said before is kept as a version.  A story that the feed no longer
 * lists stays.
 */
#ifndef KAWAT_STORE_UPDATE_H
#define KAWAT_STORE_UPDATE_H

#include "store/feeds.h"
#include "story/story.h"

enum update_result {
	UPDATE_SAME, /* known, and says the same */
	UPDATE_NEW,
	UPDATE_CHANGED, /* known; the headline, the text, or its state is another */
};

struct update_outcome {
	enum update_result result;
	story_id id;
	bool stored; /* its full text is in the store, from here or before */
};

struct update;

/*
 * agency and lang are what the feeds file says of this feed; a story that names none
 * has them. Waits for another writer as long as store_open said.  `now` is the time of
 * everything in it.
 */
MUST_CHECK bool update_begin(struct store *, feed_id, struct str agency, struct str lang,
    int64_t now, struct update **, struct err *);

/*
 * What comes is of the feed's archive (RFC 5005), older than what the feed lists: new stories are
 * unread and stand where their date says, those without one below all that the feed has brought before;
 * a story that is known keeps its words, for the archive's may be older; the list of what the feed
 * holds now is left alone.  Before the first story.
 */
MUST_CHECK bool update_of_archive(struct update *, struct err *);

/* One item.  When it fails the update can only be rolled back. The outcome may be NULL.
 */
MUST_CHECK bool update_story(
    struct update *, const struct story *, struct update_outcome *, struct err *);

/*
 * Write the feed's state (as feeds_put; NULL: as it is) and the fetch with what came, and
 * make all of it last. Frees the update in any case; after a failure nothing of it is in the store.
 */
MUST_CHECK bool update_commit(
    struct update *, const struct feed_state *, struct feed_fetch *, struct err *);
void update_rollback(struct update *); /* frees it; NULL is allowed */

/* How many so far. */
int64_t update_n_new(const struct update *);
int64_t update_n_changed(const struct update *);

/* The stories that are new or say something new so far; borrowed until the update ends. */
const story_id *update_news(const struct update *, size_t *n);

/*
 * A page that was fetched: the full text of a known story, or (STORY_NONE) of a link's
 * target that was not stored before, which then belongs to no feed and is not unread.
 * `asked` is the address that was asked for; the page's own canonical address may
 * differ, and both find it from now on. A page in which no story was found (page->full
 * is false) is kept as text only when the story has none better.
 */
MUST_CHECK bool update_page(struct store *, story_id, struct str asked,
    const struct story *page, int64_t now, struct update_outcome *, struct err *);

/*
 * The site says that it has no such page any more (404, 410): the mark is `gone`; a
 * text that is stored stays.  id may be STORY_NONE for an address that is only known as
 * a link.
 */
MUST_CHECK bool update_page_gone(
    struct store *, story_id, struct str asked, int64_t now, struct err *);

#endif
