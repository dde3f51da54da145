/*
 * Text in Markdown, piece by piece.  A character is escaped only where it would mean something:
 * some anywhere, some at the beginning of a line.  So the escaper remembers how the line began.
 */
#ifndef KAWAT_TEXT_MARKDOWN_ESCAPE_H
#define KAWAT_TEXT_MARKDOWN_ESCAPE_H

#include "base/buf.h"

/* How the line began. */
enum {
	MARKDOWN_LINE_START = 0, /* n: with n digits, and nothing else so far */
	MARKDOWN_LINE_INSIDE = -1,
};

struct markdown_escaper {
	int line; /* the caller sets it after what it writes itself */
	bool heading; /* a '#' at its end would be taken off */
	bool cell; /* a '|' would end it */
};

/* Append the piece; a newline in it stays, and begins a line. */
void markdown_escape_piece(struct markdown_escaper *, struct str, struct buf *out);

#endif
