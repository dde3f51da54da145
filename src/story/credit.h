/*
 * The credits at the foot of a story: who wrote, translated, edited and photographed it, whose
 * copy it is, and the rights notice.  The labels by language are a table (credit.def).
 *
 * The foot is read from the bottom up: rights sentences, copyright lines, "Label: value" lines,
 * "(Reporting by X; Editing by Y)", signs that end a story ("___", "(acd/acd)"); lines that the
 * caller has taken already (read-also lines) are passed over.  It ends at the first line that is
 * none of these, so that "Editor: ..." in the middle of a text is safe.
 */
#ifndef KAWAT_STORY_CREDIT_H
#define KAWAT_STORY_CREDIT_H

#include "base/arena.h"

/* Fields as in story.h; several of one kind are joined by ", ", lines by a newline. */
struct credit {
	struct str source, exchange, reporter, translator, editor, photographer, desk;
	struct str copyright, rights, usage;
	bool advertorial;
};

enum credit_kind {
	CREDIT_NONE, /* text of the story */
	CREDIT_LABEL, /* names somebody */
	CREDIT_COPYRIGHT,
	CREDIT_RIGHTS,
	CREDIT_MARK, /* ends a story and says nothing: "___", "(*)", initials */
};

struct credit_line {
	struct str text;
	bool passed; /* in: not text of the story, whatever it says */
	bool taken; /* out: part of the foot */
};

/* What the line is; what it says is added to *c (which may be NULL). */
enum credit_kind credit_read(struct arena *, struct str line, struct credit *c);

/*
 * Find the foot of the story and read it into *c, top down.  `taken` is set on its lines, and
 * on credit lines at the very head ("Penulis: X" above the text).
 */
void credit_foot(struct arena *, struct credit_line *lines, size_t n, struct credit *c);

#endif
