/*
 * The words of a query held against the text of one story, with the words of the search
 * index.  For stories that are not indexed yet, and for excerpts.
 */
#ifndef KAWAT_STORE_WORDS_H
#define KAWAT_STORE_WORDS_H

#include "store/query_tree.h"
#include "store/tokenizer.h"

/* The text of a story, as the index knows it. */
struct words_text {
	struct str column[COLUMNS];
};

struct words;

/* The words of a query.  Lives in the arena; the tokenizer must live as long. */
struct words *words_new(struct arena *, struct tokenizer *, const struct query *);

/* A leaf without a single letter or digit is no word: everything has it. */
bool words_is_blank(const struct words *, size_t leaf);

/* Letters of the leaf's last word. */
size_t words_last_letters(const struct words *, size_t leaf);

/* found[leaf] for every TERM_WORDS of the query: does the story have it? */
void words_look(struct words *, const struct words_text *, bool *found);

/* Does the tree hold, when its words are as found and everything but words and their
 * joints holds? */
bool words_hold(const struct term *, const bool *found);

enum { EXCERPT_BYTES = 200, EXCERPT_MATCHES = 16 };

struct words_match {
	uint32_t at, n;
};

struct words_excerpt {
	struct str text; /* one line with `…` where it is cut */
	struct words_match matches[EXCERPT_MATCHES];
	int n_matches;
};

/* The part of a text with the most of the words; its beginning when it has none. */
void words_cut(struct words *, struct arena *, struct str text, struct words_excerpt *);

#endif
