/*
 * Invented prose in the scripts that a wire carries, for filling stores of any size: the same number
 * gives the same words everywhere.  Words are drawn as in real language, few of them often and most of
 * them rarely (Zipf), from some tens of thousands of each language.
 */
#ifndef KAWAT_BENCH_PROSE_H
#define KAWAT_BENCH_PROSE_H

#include "base/buf.h"

/* Words that the benches look for, by how many of the stories have them. */
#define PROSE_COMMON "kapal" /* 3 of 4 */
#define PROSE_MIDDLE "dermaga" /* 1 of 100 */
#define PROSE_PHRASE "arus laut" /* 1 of 200, and each word alone in 1 of 20 */
#define PROSE_PREFIX "lumbung" /* the beginning of PROSE_RARE and of a word in 1 of 50 */
#define PROSE_RARE "lumbungwatu" /* 1 of 100,000 */
#define PROSE_HAN "\u6e2f\u53e3" /* 1 of 40, in Chinese ones 1 of 4 */

struct prose {
	uint64_t state; /* of the chance */
};

struct prose prose_of(uint64_t seed);

/* A number below n. */
uint32_t prose_chance(struct prose *, uint32_t n);

/* What stories of number n speak: a language tag. */
const char *prose_language(uint64_t n);

/* So many words (characters, where a script has no blanks) of that language. */
void prose_words(struct prose *, const char *lang, int words, struct buf *out);

/* The words that the benches look for, for story n: appended, each behind a blank. */
void prose_marked(uint64_t n, struct buf *out);

#endif
