/*
 * Languages: BCP 47 tags made regular, and a guess from the text by script and small words.
 */
#ifndef KAWAT_TEXT_LANGUAGE_H
#define KAWAT_TEXT_LANGUAGE_H

#include "base/arena.h"

/*
 * "ID_id.UTF-8" gives "id-ID", "in" gives "id", "zh_hant_tw" "zh-Hant-TW".  Empty when it cannot be
 * a tag (RFC 5646 2.1, loosely).
 */
struct str language_tag(struct arena *, struct str);

/* The primary subtag, lower case, old codes (in, iw, ji, mo) renewed; static or borrowed memory. */
struct str language_primary(struct arena *, struct str tag);

/*
 * The primary tag of the language that the text is written in ("id", "en", "zh"), or the empty
 * str when too little speaks for one.  Looks at the first LANGUAGE_HEAD_BYTES.  Static memory.
 */
enum { LANGUAGE_HEAD_BYTES = 8 * 1024 };
struct str language_guess(struct str text);

/* One of the words that say nothing ("the", "yang", "nicht"), of any language?  Small letters. */
bool language_is_small_word(struct str word);

/* Is it written from right to left?  By tag. */
bool language_is_rtl(struct str tag);

#endif
