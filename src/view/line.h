/*
 * A line is what a view makes and the screen shows: runs of text, each with the role that
 * a theme dresses.  A view is a function from a model and a width to lines; it knows
 * nothing of terminals.
 *
 * Lines live in the arena that they were made in, and so do the strings that they borrow
 * unless the caller keeps those alive himself.
 */
#ifndef KAWAT_VIEW_LINE_H
#define KAWAT_VIEW_LINE_H

#include "base/arena.h"
#include "base/buf.h"

enum role {
#define ROLE(id, name, parent) ROLE_##id,
#include "view/role.def"
#undef ROLE
	ROLES
};

/* What is laid over a role, whatever the theme: the story's own emphasis. */
enum {
	LINE_BOLD = 1,
	LINE_ITALIC = 2,
	LINE_UNDERLINE = 4,
	LINE_REVERSE = 8,
	LINE_DIM = 16
};

enum { LINE_NO_LINK = -1 };

struct run {
	struct str text; /* clean, one line */
	uint8_t role;    /* enum role */
	uint8_t attrs;   /* LINE_* */
	int32_t link;    /* what a click on it follows: an index of the view's own, or
			    LINE_NO_LINK */
};

struct line {
	struct run *v;
	size_t n, cap;
	size_t cols; /* cells used so far */
	/*
	 * Where the text comes from, for keeping the place when the width changes: the
	 * number of the block and the byte inside it at which the line begins.
	 */
	uint32_t block, at;
};

struct lines {
	struct line *v;
	size_t n, cap;
};

/* The role of a name as in a theme file, or ROLES when there is none such. */
enum role role_named(struct str name);
const char *role_name(enum role);
enum role role_parent(enum role);

/*
 * Append.  The text is borrowed; a run that continues the last one alike is joined by the
 * drawer.
 */
void line_add(struct arena *, struct line *, enum role, struct str);
void line_add_link(struct arena *, struct line *, enum role, struct str, int32_t link);
void line_add_attrs(
    struct arena *, struct line *, enum role, struct str, uint8_t attrs, int32_t link);
PRINTF_LIKE(4, 5)
void line_fmt(struct arena *, struct line *, enum role, const char *fmt, ...);

/*
 * Append the text cut to at most `cols` cells, ending in `ellipsis` when something was
 * left out.
 */
void line_add_cut(struct arena *, struct line *, enum role, struct str, size_t cols,
    struct str ellipsis);

/* Spaces up to (not including) column `col`; nothing when the line is already there. */
void line_pad(struct arena *, struct line *, enum role, size_t col);

/* One character over and over up to column `col`: a rule or a bar. */
void line_fill(struct arena *, struct line *, enum role, struct str one, size_t col);

/* A new empty line at the end; the pointer is good until the next one is pushed. */
struct line *lines_push(struct arena *, struct lines *);

/* The text alone, without spaces at the end. */
struct str line_text(struct arena *, const struct line *);

/*
 * For golden files: every line as text, and with `roles` below it a line of marks, one
 * letter a cell (the legend, name of each role used, follows at the end).
 */
void lines_dump(const struct lines *, bool roles, struct buf *out);

#endif
