/*
 * The sentences that views say, in the reader's language.  This floor knows the English
 * ones; who has catalogues passes a function that translates.  A sentence is never put
 * together from parts: what varies stands in it as %1, %2, …, in whatever order the
 * language wants.
 */
#ifndef KAWAT_VIEW_WORDS_H
#define KAWAT_VIEW_WORDS_H

#include "base/arena.h"

enum word {
#define WORD(id, english) WORD_##id,
#define PLURAL(id, one, many) WORD_##id,
#include "view/words.def"
#undef WORD
#undef PLURAL
	WORDS
};

/* What the interface speaks; also what its dates are written in. */
enum language { LANGUAGE_EN, LANGUAGE_ID };

struct words {
	enum language language;
	/*
	 * Translate: `many` is NULL for a sentence without a number, else the catalogue
	 * chooses the form for n.  Returns a string that lives as long as the catalogue.
	 * NULL: English.
	 */
	const char *(*translate)(
	    void *ctx, const char *one, const char *many, unsigned long n);
	void *ctx;
};

struct str word(const struct words *, enum word);
struct str word_plural(const struct words *, enum word, int64_t n);

/* The translation of any English string, such as the help of a command. */
struct str words_say(const struct words *, const char *english);

/* The sentence with %1 … %9 replaced by the arguments (a missing one is left out). */
struct str word_fill(
    struct arena *, struct str sentence, const struct str *args, size_t n);

/* Shorthands for one and two arguments. */
struct str word_fill1(struct arena *, struct str sentence, struct str a);
struct str word_fill2(struct arena *, struct str sentence, struct str a, struct str b);

/* 1204 as `1,204` (English) or `1.204` (Indonesian). */
struct str word_number(struct arena *, const struct words *, int64_t n);

/* A number of bytes as `214 KB` or `1.8 MB` (Indonesian: `1,8 MB`). */
struct str word_size(struct arena *, const struct words *, int64_t n_bytes);

#endif
