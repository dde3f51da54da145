/*
 * A screen is one view on the desk's stack: headlines, a story, feeds, help.  It draws itself into
 * an area of the canvas and answers commands; it knows the desk, the desk knows only this.
 */
#ifndef KAWAT_APP_SCREEN_H
#define KAWAT_APP_SCREEN_H

#include "app/commands.h"
#include "base/arena.h"
#include "ui/canvas.h"
#include "ui/keymap.h"

/* An English text that is translated where it is drawn; the test of the catalogues looks for it. */
#define SAID_LATER(english) (english)

struct desk;
struct screen;

struct area {
	int row, col, rows, cols;
};

/* What the title line says; the strings live in the arena that was passed. */
struct screen_title {
	struct str where[3]; /* All stories › ANTARA */
	size_t n_where;
	struct str right;
};

enum screen_flags {
	SCREEN_IS_LIST = 1, /* the left pane of a wide layout */
	SCREEN_IS_STORY = 2, /* the right pane */
	SCREEN_DIGITS_FOLLOW = 4, /* a number follows a link; otherwise it is a count */
	SCREEN_SLIDES = 8, /* over the left pane of a wide layout */
	SCREEN_TYPES = 16, /* a letter that is no key here begins the search (help) */
};

struct screen_kind {
	const char *name; /* of the help view: "story" */
	unsigned flags;
	int contexts[6]; /* from the inside out, ended by -1 */
	int hints[12]; /* commands for the hint line, the first ones win; ended by -1 */

	void (*draw)(struct screen *, struct desk *, struct area, bool focused);
	/* Do it; false: not a command of this screen.  count is 0 when none was typed. */
	bool (*command)(struct screen *, struct desk *, int command, int count);
	void (*title)(struct screen *, struct desk *, struct arena *, struct screen_title *);
	/* The left part of the status line while nothing else is said; NULL: nothing. */
	struct str (*status)(struct screen *, struct desk *, struct arena *);
	struct str (*status_right)(struct screen *, struct desk *, struct arena *);
	/* The store has news; NULL: not interested. */
	void (*changed)(struct screen *, struct desk *);
	/* What is expected of marks (app/expected.h) is another: first for rows, then the kept counts
	 * too.  NULL: not interested. */
	void (*marked)(struct screen *, struct desk *);
	void (*counted)(struct screen *, struct desk *);
	/* A number was typed (SCREEN_DIGITS_FOLLOW). */
	void (*follow)(struct screen *, struct desk *, int number);
	int (*n_numbers)(struct screen *, struct desk *); /* links that can be typed */
	/* The text of a prompt of this screen's changed or was accepted; see desk_prompt. */
	void (*prompt)(struct screen *, struct desk *, int what, struct str text, bool accepted);
	/* Another word (English) for a command in the hint line; NULL: the usual one. */
	const char *(*hint)(struct screen *, struct desk *, int command);
	/* A click on a cell of its area chooses, a second one opens.  NULL: not for clicks. */
	void (*click)(struct screen *, struct desk *, int row, int col);
	/* The wheel.  NULL: it moves as the arrow keys do. */
	void (*wheel)(struct screen *, struct desk *, int lines);
	/* The story that commands are about; NULL: none. */
	int64_t (*current)(struct screen *, struct desk *);
	void (*free)(struct screen *);
};

struct screen {
	const struct screen_kind *kind;
};

#endif
