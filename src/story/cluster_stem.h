/*
 * A word without the endings that its language gives it, so that "diselamatkan" meets
 * "menyelamatkan" and "strikes" meets "strike".  Light on purpose: for comparing, never for showing;
 * two words that should stay apart are better left apart.
 */
#ifndef KAWAT_STORY_CLUSTER_STEM_H
#define KAWAT_STORY_CLUSTER_STEM_H

#include "base/str.h"

enum { CLUSTER_STEM_BYTES = 64 }; /* a longer word is left as it is */

/*
 * word: folded without accents (text/fold.h).  lang: a primary subtag, or empty.  The answer is in
 * room or in the word's own memory.
 */
struct str cluster_stem(struct str word, struct str lang, char room[CLUSTER_STEM_BYTES]);

#endif
