/*
 * Stories on standard output: rows as text, tsv, JSON or by a template; whole stories as JSON.
 * Keys and field names are stable (UX.md 6): added to, never renamed.
 */
#ifndef KAWAT_APP_STORY_OUT_H
#define KAWAT_APP_STORY_OUT_H

#include "app/names.h"
#include "store/read.h"

struct story_out {
	struct app *app;
	const struct names *names;
	enum format format;
	struct str template; /* for FORMAT_TEMPLATE */
	struct json json; /* for FORMAT_JSON and FORMAT_NDJSON */
	int64_t now;
};

/* `word` is the --format; header prints the names of the tsv columns. */
MUST_CHECK bool story_out_begin(struct story_out *, struct app *, const struct names *,
    struct str word, bool header, struct err *);
/* excerpt may be empty (list) */
void story_out_row(struct story_out *, const struct story_row *, struct str excerpt);
void story_out_flush(struct story_out *); /* what was printed so far can be read */
void story_out_end(struct story_out *);

/* The members of a story object, without its braces. */
void story_json_members(struct json *, struct app *, const struct names *,
    const struct story_row *);

/* RFC 3339; empty for an unknown time. */
struct str story_time(struct arena *, int64_t at, int32_t offset_min);

/* Marks of a row for text: N unread, * stored, . not stored, x gone, ! starred, u updated. */
struct str story_marks(struct arena *, const struct story_row *);

#endif
