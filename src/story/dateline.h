/*
 * The dateline that opens a wire story: where it was written, whose it is, sometimes when.
 *
 *	dateline := [agency ","] [place {"/" place} ["," region]] ["," date]
 *	            [open agency ["/" desk] close] separator
 *
 * with open and close in ( ) [ ] / / 【 】 （ ）, the separator any dash, "_", ":", ".-", "=" (or
 * none after a site's name or a known agency), and the forms of East Asia: (place=agency),
 * 【place agency】, "agency place date 电".  It is conservative: what is not surely a dateline is
 * the beginning of a sentence.  The text itself is never changed.
 */
#ifndef KAWAT_STORY_DATELINE_H
#define KAWAT_STORY_DATELINE_H

#include "base/str.h"

enum {
	/* A dateline ends within so many bytes: 120 characters of the widest scripts. */
	DATELINE_MAX_BYTES = 400,
};

/* All parts borrow from the text; empty: not there. */
struct dateline {
	struct str place; /* "Seoul", "BEIRUT/THE HAGUE" */
	struct str region; /* "Argentina" */
	struct str agency; /* as written: "ANTARA", "dpa", "KOMPAS.com" */
	struct str desk; /* "lni" of "dpa/lni" */
	struct str date; /* as written: "Nov. 22" */
	struct str reporter; /* named inside it, in Korean and Chinese */
	size_t lead; /* offset of the first byte of the sentence behind it */
};

/* block: the first block of the story.  False: it has no dateline, *d is all empty. */
bool dateline_parse(struct str block, struct dateline *d);

#endif
