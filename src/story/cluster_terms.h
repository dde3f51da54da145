/*
 * The terms of a story, for telling whether two stories are about one event: words made alike over
 * spellings and endings, pairs of characters where a script has no spaces, numbers, pairs of names.
 * Each is a hash and a weight: what stands in the headline or early, and names, weigh more.
 *
 * Nothing is looked up in a corpus: small words come from text/language, endings from a short
 * table; how common a word is, is learned by the one who compares (story/cluster.h).
 */
#ifndef KAWAT_STORY_CLUSTER_TERMS_H
#define KAWAT_STORY_CLUSTER_TERMS_H

#include "base/arena.h"

enum {
	CLUSTER_MAX_TERMS = 160, /* of one story: its headline and first paragraphs have fewer */
	CLUSTER_TITLE_BYTES = 512, /* no headline is longer; more is cut */
	CLUSTER_TEXT_BYTES = 1200, /* a wire story says what happened before that */
};

enum cluster_term_kind {
	CLUSTER_IN_TITLE = 1,
	CLUSTER_NAME = 2, /* written as a name within a sentence */
	CLUSTER_NUMBER = 4,
	CLUSTER_PAIR = 8, /* two names side by side */
};

struct cluster_term {
	uint32_t hash; /* never 0 */
	float weight;
	unsigned kind; /* of enum cluster_term_kind */
};

struct cluster_terms {
	struct cluster_term v[CLUSTER_MAX_TERMS]; /* by ascending hash, each once */
	size_t n;
	size_t n_title; /* of them in the headline */
};

/* What words came to lately, so that what every story says is not made alike again; it changes how
 * fast the terms are found, never which. */
struct cluster_memo;
struct cluster_memo *cluster_memo_new(void);
void cluster_memo_free(struct cluster_memo *); /* NULL is allowed */

/*
 * lang is a language tag; empty: it is guessed from the text.  The memo may be NULL.  The arena is
 * for scratch: nothing of it is referred to afterwards.
 */
void cluster_terms_of(struct arena *, struct cluster_memo *, struct str title, struct str text,
    struct str lang, struct cluster_terms *);

#endif
