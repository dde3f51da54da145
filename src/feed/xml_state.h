/*
 * What the strict reading (xml.c) and the mending one (mend.c) of one document share: the
 * open elements, and how far the document has come.
 */
#ifndef KAWAT_FEED_XML_STATE_H
#define KAWAT_FEED_XML_STATE_H

#include "feed/limits.h"
#include "feed/xml.h"

struct xml_state {
	const struct xml_events *events;
	struct repairs repairs;
	int64_t now;                   /* the line that mending is at, from 1 */
	int64_t line[FEED_MAX_DEPTH];  /* where each open element began; 0: not known */
	bool rooted;                   /* the root element has begun */
	bool no_root;                  /* set by the handler of the start in progress */
	bool stopped;                  /* no more events */
	struct buf names;              /* of the open elements, one after the other */
	size_t at[FEED_MAX_DEPTH];     /* where each begins */
	uint32_t hash[FEED_MAX_DEPTH]; /* of each, see xml_state_hash */
	size_t n_open;                 /* at most FEED_MAX_DEPTH */
};

/* The root has ended: what follows is junk. */
static inline bool
xml_state_done(const struct xml_state *s)
{
	return s->rooted && s->n_open == 0;
}

/* The name of an open element, 0 being the root.  Borrowed until the next start. */
struct str xml_state_name(const struct xml_state *, size_t depth);

/* Equal for names that differ in letter case only. */
uint32_t xml_state_hash(struct str name);

/*
 * Begin an element (there is room) and tell the handler.  The line is 0 where it would
 * have to be counted for this alone.  False: it was no root.
 */
bool xml_state_start(struct xml_state *, struct str name, const struct xml_attribute *,
    size_t n, int64_t line);

/* End the innermost element and tell the handler. */
void xml_state_end(struct xml_state *);

#endif
