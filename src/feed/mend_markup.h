/* What begins with <! and <?: comments, CDATA, document types, instructions. */
#ifndef KAWAT_FEED_MEND_MARKUP_H
#define KAWAT_FEED_MEND_MARKUP_H

#include "feed/mend_state.h"

/* The front of what waits begins with "<!", or with "<?". */
enum mend_outcome mend_declaration(struct mend *, struct str waiting);
enum mend_outcome mend_instruction(struct mend *, struct str waiting);

/* Inside of a comment: to the next -->; it must not hold any other "--". */
enum mend_outcome mend_comment(struct mend *);

/* Inside of a CDATA section: all is text up to its end. */
enum mend_outcome mend_cdata(struct mend *);

/* Pass over all up to and with `mark`; the piece that may be its beginning waits. */
enum mend_outcome mend_skip_to(struct mend *, struct str mark);

#endif
