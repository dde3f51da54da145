/*
 * The inside of the forgiving reading (mend.h): what its files share.
 *
 *	mend.c		the loop over the bytes, text and references
 *	mend_tag.c	start and end tags, and what they say of the open elements
 *	mend_markup.c	what begins with <! and <?
 *	mend_state.c	what is noted, and text given on
 */
#ifndef KAWAT_FEED_MEND_STATE_H
#define KAWAT_FEED_MEND_STATE_H

#include "feed/entities.h"
#include "feed/mend.h"
#include "feed/tag.h"

enum mend_inside { MEND_TEXT, MEND_CDATA, MEND_COMMENT, MEND_DECLARATION };

/* What a step came to. */
enum mend_outcome { MEND_DONE, MEND_NEED_MORE };

struct mend {
	struct xml_state *doc;
	enum mend_inside state;
	struct buf in;
	size_t at;      /* bytes of `in` that are read */
	size_t retry_n; /* nothing is tried before this many bytes wait */
	bool final;     /* nothing more will come */
	bool after_cr;  /* the last byte read is a CR: an LF now ends no other line */
	size_t unended; /* before here no ?> begins; so none is sought there again */
	size_t junk;    /* bytes read before the root */
	size_t excess;  /* open elements beyond FEED_MAX_DEPTH */
	struct entities entities;
	struct buf scratch; /* what references stand for */
	struct tag tag;
};

/* What is not read yet. */
static inline struct str
mend_waiting(const struct mend *m)
{
	return str_from(buf_str(&m->in), m->at);
}

/* Line ends in what comes next. */
static inline int64_t
mend_lines_of(const struct mend *m, struct str next)
{
	return repairs_lines(next) - (m->after_cr && str_starts(next, STR("\n")));
}

/* Give text on; outside of the root it is junk. */
void mend_give_text(struct mend *, struct str text);

/* --- what is noted --- */

void mend_note(struct mend *, enum repair, struct str about);

/* About a tag: "unclosed <b>".  The line is 0 for where the reading is. */
void mend_note_tag(struct mend *, int64_t line, const char *before, struct str name,
    const char *after);

/*
 * Once, for how many texts it comes in says how the document was cut.  `before`: what was read of the
 * same step, without fault.
 */
void mend_note_junk(struct mend *, struct str before);

/* What was mended in the references that were just read: `taken` bytes at the front of the text. */
void mend_note_references(struct mend *, struct str, size_t taken);

#endif
