/*
 * What is known of words: in how many of the stories of late each was, and which events had it last.
 * A table of a fixed size, eight places where a word may stand; a new one takes the place of the
 * rarest there.  Counts fade, so that the table keeps to the news of the day.
 */
#ifndef KAWAT_STORY_CLUSTER_WORDS_H
#define KAWAT_STORY_CLUSTER_WORDS_H

#include "base/arena.h"

enum { CLUSTER_WORD_EVENTS = 16 }; /* the last that had it, in no order; 0: none */

struct cluster_word {
	uint32_t hash; /* 0: a free place */
	float stories; /* how many had it, older ones faded */
	uint32_t next; /* where in events the next goes */
	uint32_t events[CLUSTER_WORD_EVENTS];
};

struct cluster_words;

struct cluster_words *cluster_words_new(size_t n); /* n: a power of two, 16 or more */
void cluster_words_free(struct cluster_words *);

/* NULL: not known.  Borrowed until the next count. */
struct cluster_word *cluster_words_find(struct cluster_words *, uint32_t hash);

/* How much the word says: the logarithm of how rare it is. */
float cluster_words_rarity(struct cluster_words *, uint32_t hash);

void cluster_words_count(struct cluster_words *, uint32_t hash); /* a story has it */
void cluster_words_story(struct cluster_words *); /* all words of a story were counted */
void cluster_words_used(struct cluster_words *, uint32_t hash, uint32_t event);

size_t cluster_words_bytes(const struct cluster_words *); /* of memory; never changes */

#endif
