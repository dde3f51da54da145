/*
 * What the readers of the several formats (opml.c, list_line.c) share: where entries go, and the
 * one place where an address from outside is believed or not.
 */
#ifndef KAWAT_FEED_LIST_SINK_H
#define KAWAT_FEED_LIST_SINK_H

#include "base/arena.h"
#include "feed/list.h"

struct list_sink {
	struct arena *arena; /* of one entry; reset when it has been told */
	list_handler *handler;
	void *ctx;
	int64_t n_seen; /* entries but notes */
	int64_t n_told; /* entries but marks */
	bool outlines; /* entries are numbered by outlines */
	bool full; /* LIST_MAX_ENTRIES were told */
};

/* A feed, if `raw` is an address for one; else it is told as left out.  The other texts of the
 * entry may be anything valid as UTF-8: they are cleaned and cut here. */
void list_sink_feed(struct list_sink *, struct str raw, struct list_entry);

/* why: English, a constant. */
void list_sink_left_out(struct list_sink *, int64_t place, struct str about, const char *why);
void list_sink_note(struct list_sink *, int64_t place, const char *why);
void list_sink_entry(struct list_sink *, struct list_entry);

/* One part of a section's name: what is a '/' or a bracket in it stands for something else there. */
struct str list_section_part(struct arena *, struct str raw);

#endif
