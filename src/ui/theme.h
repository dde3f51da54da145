/*
 * A theme dresses roles.  Its file has a line for each role:
 *
 *	role = FOREGROUND [on BACKGROUND] [bold] [dim] [italic] [underline] [reverse]
 *
 * A colour is `#rrggbb`, `#rrggbb/ansi-name` (what to use with 16 colours), an ANSI name
 * (`red`, `bright-red`) or `default`.  `background = dark|light|any` says what it is made
 * for, `inherit = NAME` takes another theme first.  A role that is not given is dressed
 * as its parent; a foreground without `on` stands on the background of `text`.
 *
 * The file shipped as themes/ansi.theme is also compiled in, so there is always one.
 */
#ifndef KAWAT_UI_THEME_H
#define KAWAT_UI_THEME_H

#include "base/arena.h"
#include "base/err.h"
#include "ui/colour.h"
#include "view/line.h"

enum {
	THEME_MAX_BYTES = 64 * 1024, /* a file of 43 roles is 3 KB */
	THEME_MAX_INHERIT = 8,       /* a chain that is longer is a circle */
};

struct style {
	struct colour fg, bg;
	uint8_t attrs; /* LINE_* */
};

enum theme_ground { GROUND_ANY, GROUND_DARK, GROUND_LIGHT };

struct theme {
	enum theme_ground ground;
	struct style style[ROLES];
	bool given[ROLES]; /* by the file or one it inherits; the others have their
			      parent's style */
};

/*
 * Finds the content of a theme by name ("malam"); false when there is none.  The text
 * lives in a.
 */
typedef bool theme_finder(void *ctx, struct arena *a, const char *name, struct str *text);

/* What went wrong in one line of a file; the rest of the file is used. */
struct theme_fault {
	int line; /* from 1 */
	char text[200];
};

struct theme_faults {
	struct theme_fault v[20];
	size_t n; /* only the first 20 are kept */
};

/*
 * Read a theme file's text.  `find` (may be NULL) serves `inherit`.  A bad line is a
 * fault and is skipped; the theme is always usable.  faults may be NULL.
 */
void theme_parse(struct theme *, struct str text, theme_finder *, void *ctx,
    struct theme_faults *faults);

/*
 * Load by name from the folders in turn (a NULL ends them): NAME.theme.  `ansi` always
 * works. False when there is no such theme; then *t is `ansi`.
 */
MUST_CHECK bool theme_load(struct theme *, const char *name, const char *const *folders,
    struct theme_faults *, struct err *);

/* The names of the themes in the folders and the one compiled in, sorted, each once. */
struct str *theme_names(struct arena *, const char *const *folders, size_t *n);

void theme_builtin(struct theme *); /* ansi */

/*
 * What a cell wears: the style of its role, or of `over` when it is not 0, with the
 * attributes added.  With `colours` 0 every colour is the default and the roles are told
 * apart by bold, underline and reverse only.
 */
struct style theme_style(
    const struct theme *, enum role, enum role over, uint8_t attrs, int colours);

/*
 * Style as SGR parameters between `ESC [` and `m`, for the command line; at most 64
 * bytes.
 */
size_t style_sgr(struct style, int colours, char out[64]);

/*
 * Contrast of a style's two colours, 1.0 to 21.0 (WCAG 2.1, 1.4.3).  `default` stands for
 * white on black, in a light theme for black on white; ANSI names for xterm's palette.
 */
double theme_contrast(const struct theme *, struct style);

#endif
