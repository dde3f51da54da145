/*
 * One story, whole: its text, its anatomy, its versions, where its links lead and who
 * cites it.
 */
#ifndef KAWAT_STORE_READ_H
#define KAWAT_STORE_READ_H

#include "store/list.h"
#include "story/story.h"

enum target_state {
	TARGET_STORED, /* ● its full text is here */
	TARGET_MISSING, /* ○ only known as a link, or as a headline with a summary */
	TARGET_GONE, /* ✕ */
};

/* A link out of a story, in page order; link i is what SPAN_RELATED with level i marks.
 */
struct read_link {
	enum link_kind kind;
	struct str label, title, url, key; /* no url: a headline alone */
	int32_t after; /* paragraphs of the text before it */
	story_id to; /* STORY_NONE: not in the store */
	bool read; /* the target was read */
	enum target_state state;
};

struct read_version {
	int n; /* 1 is the oldest */
	int64_t at; /* until when it said so */
	struct str title;
};

struct read_story {
	struct story_row row;
	struct story story; /* its own links list is empty: see links */
	struct {
		struct read_link *v;
		size_t n;
	} links;
	struct story_rows cited_by; /* newest first, at most READ_MAX_CITED */
	struct story_rows same; /* the same event elsewhere, newest first */
	struct {
		struct read_version *v;
		size_t n;
	} versions; /* earlier ones, oldest first */
	int read_version; /* that was read last; 0: none, or nobody knows */
	struct str muted_by; /* the rule that hides it; empty: none */
};

enum { READ_MAX_CITED = 200, READ_MAX_SAME = 200 };

/* A story that is not there is ERR_NOT_FOUND.  Reading does not mark it read. */
MUST_CHECK bool read_story(
    struct store *, struct arena *, story_id, struct read_story *, struct err *);

/*
 * The earlier version that is worth comparing with what it says now: the one read last, when that
 * is not the newest, else the one before.  NULL: there is only one version.
 */
const struct read_version *read_version_before(const struct read_story *);

/* What it said in version n; only title, body and updated are filled. */
MUST_CHECK bool read_version(
    struct store *, struct arena *, story_id, int n, struct story *, struct err *);

/* The story that an ID argument means: its number, an address in any variant, a key, or
 * `last` (the one opened last).  ERR_NOT_FOUND when there is none. */
MUST_CHECK bool read_find(struct store *, struct str what, story_id *, struct err *);

/* By address alone; STORY_NONE when it is not stored. */
MUST_CHECK bool read_find_url(struct store *, struct str url, story_id *, struct err *);
/* By key exactly (marks that were exported); STORY_NONE when there is none. */
MUST_CHECK bool read_find_key(struct store *, struct str key, story_id *, struct err *);

/* What a link to this address will do. */
MUST_CHECK bool read_target(
    struct store *, struct str url, story_id *, enum target_state *, struct err *);

#endif
