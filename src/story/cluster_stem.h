/*
 * A word without the endings that its language gives it, so that "diselamatkan" meets
 * "menyelamatkan" and "strikes" meets "strike".  Light on purpose: for comparing, never for showing;
 * two words that should stay apart are better left apart.
 */
#ifndef KAWAT_STORY_CLUSTER_STEM_H
#define KAWAT_STORY_CLUSTER_STEM_H

#include "base/str.h"

enum { CLUSTER_STEM_BYTES = 64 }; /* a longer word is left as it is */

/* What is done to the words of one language; made once for a text. */
struct cluster_stemmer {
	size_t ending, ending_end; /* rows of the table */
	struct str (*further)(struct str word, char *room); /* NULL: nothing else */
};

/* lang: a primary subtag; of an unknown or empty one the words stay as they are. */
struct cluster_stemmer cluster_stemmer(struct str lang);

/*
 * word: folded without accents (text/fold.h).  The answer is in room or in the word's own memory.
 */
struct str cluster_stem(
    const struct cluster_stemmer *, struct str word, char room[CLUSTER_STEM_BYTES]);

#endif
