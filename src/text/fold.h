/*
 * Text made alike for comparing: never for showing.
 */
#ifndef KAWAT_TEXT_FOLD_H
#define KAWAT_TEXT_FOLD_H

#include "base/arena.h"

/*
 * NFKC and case folded (full-width forms become ASCII, ligatures their letters); the Arabic vowel
 * signs and tatweel gone, hamza forms of alef and the Persian letters made one; every kind of
 * space one ASCII space, trimmed; soft hyphens, joiners and direction marks gone; curly quotes
 * and dashes as ASCII.
 * fold(fold(x)) is fold(x).
 */
struct str text_fold(struct arena *, struct str);

/*
 * The same without marks of accent: é is e.  For a search box that forgives.
 */
struct str text_fold_bare(struct arena *, struct str);

/*
 * The key of a headline, for finding a story by its headline alone: folded, everything but
 * letters, marks and digits out, words parted by one space.  Empty when nothing is left.
 */
struct str text_headline_key(struct arena *, struct str);

#endif
