/*
 * The graph around a story: read-also links out, citations in, the same event
 * elsewhere.
 */
#ifndef KAWAT_STORE_RELATED_H
#define KAWAT_STORE_RELATED_H

#include "store/read.h"

enum { RELATED_MAX_DEPTH = 10, RELATED_MAX_NODES = 2000, RELATED_MAX_EDGES = 20000 };

/* LINK_INLINE ... LINK_MENTION of story.h, and: */
enum { RELATED_SAME = 16 };

struct related_edge {
	story_id from, to; /* to STORY_NONE: not stored, see title and url */
	int kind; /* enum link_kind or RELATED_SAME */
	enum target_state state;
	struct str label, title, url;
};

struct related_graph {
	story_id root;
	struct story_rows nodes; /* root first, then by distance, newest first */
	const int *depth; /* of each node */
	struct {
		struct related_edge *v;
		size_t n, cap;
	} edges; /* each once */
	bool cut; /* a limit left something out */
};

/* Walk to `depth` steps (1: the neighbours).  ERR_NOT_FOUND when the root is not there.
 */
MUST_CHECK bool related_walk(struct store *, struct arena *, story_id root, int depth,
    struct related_graph *, struct err *);

#endif
