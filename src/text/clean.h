/*
 * The one door from outside bytes to text.
 *
 * What passes: valid UTF-8, newline and tab, ZWJ and ZWNJ, LRM RLM ALM, variation selectors, the
 * soft hyphen, at most CLEAN_MAX_MARKS combining marks on one base.  Bytes that are no UTF-8
 * become U+FFFD, one for each maximal subpart.  CR and CR LF become a newline, U+2028 and U+2029
 * too; the other C0 and C1 controls and DEL vanish, and so do the bidi controls (LRE RLE LRO
 * RLO PDF LRI RLI FSI PDI), ZWSP, the BOM and the other invisible operators, interlinear
 * annotations, tag characters, private use and noncharacters.
 *
 * clean(clean(x)) is clean(x).  When nothing must change the answer is the input's own memory, so
 * it lives as long as that; the common case costs one pass and no copy.
 */
#ifndef KAWAT_TEXT_CLEAN_H
#define KAWAT_TEXT_CLEAN_H

#include "base/arena.h"

/* A base with more marks than this is a picture made of marks; no script needs as many. */
enum { CLEAN_MAX_MARKS = 4 };

struct str text_clean(struct arena *, struct bytes raw);

/*
 * The same as one line: a run of white space (newline, tab, the Unicode spaces) is one space, and
 * nothing white is at the ends.  A Unicode space that stands alone stays what it is, the no-break
 * space too; a run of no-break spaces is one of them.
 */
struct str text_clean_line(struct arena *, struct bytes raw);

/* Would text_clean leave it as it is? */
bool text_is_clean(struct bytes raw);

/* May this code point never be shown?  (Marks beyond the limit are not seen by this.) */
bool text_is_forbidden(uint32_t code_point);

/* White space that parts words: ASCII white space and the Unicode spaces, no-break ones too. */
bool text_is_space(uint32_t code_point);

/* Text that is clean already, as one line as above. */
struct str text_squeeze(struct arena *, struct str);

/*
 * The end of what begins at `at` and is nothing but printable ASCII with single spaces between its
 * words, which no cleaning and no squeezing changes.  There must be no space before `at`.
 */
size_t text_plain_run(struct str s, size_t at);

/* Without white space at both ends, the Unicode spaces among it.  Borrows. */
struct str text_trim(struct str);

#endif
