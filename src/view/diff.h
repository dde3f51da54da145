/*
 * What has changed between two wordings of a story: paragraphs that came and went, and inside those
 * that stayed the words that are others.
 *
 * Paragraphs (lines of the text) are matched first, by the longest common subsequence.  Between two
 * that match, a paragraph that is gone and one that is new are one changed paragraph when they share
 * at least half of their words, and are then compared word by word (Myers, "An O(ND) difference
 * algorithm", 1986).  A word is what spaces part; in scripts without spaces it is one character.
 */
#ifndef KAWAT_VIEW_DIFF_H
#define KAWAT_VIEW_DIFF_H

#include "base/arena.h"

enum {
	DIFF_MAX_PARAGRAPHS = 400, /* a book's chapter; what follows is taken as unchanged */
	DIFF_MAX_WORDS = 4000, /* of one paragraph: a longer one is replaced whole */
	DIFF_MAX_EDITS = 600, /* more words apart, and word by word says nothing to a reader */
};

enum diff_kind { DIFF_SAME, DIFF_REMOVED, DIFF_ADDED, DIFF_CHANGED };

/* Words in a row of one kind; the spaces behind them are theirs. */
struct diff_run {
	enum diff_kind kind; /* never DIFF_CHANGED */
	struct str text; /* borrowed: DIFF_REMOVED from the old text, DIFF_ADDED from the new one */
};

struct diff_runs {
	struct diff_run *v;
	size_t n, cap;
};

struct diff_paragraph {
	enum diff_kind kind;
	struct diff_runs runs; /* one, unless kind is DIFF_CHANGED */
};

struct diff {
	struct diff_paragraph *v;
	size_t n, cap;
	size_t n_removed, n_added; /* words */
};

/* Both texts are borrowed.  Paragraphs are parted by newlines; empty ones do not count. */
struct diff diff_texts(struct arena *, struct str old, struct str new);

/* The same for a story: its headline is the first paragraph, whatever the words of the two. */
struct diff diff_story(struct arena *, struct str old_title, struct str old_text,
    struct str new_title, struct str new_text);

#endif
