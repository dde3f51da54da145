/*
 * What kawat itself tells the terminal, past curses: its modes (bracketed paste, the mouse, the
 * order of right-to-left text, one frame at once), its questions, the title, the bell.  Nothing of
 * this is sent to a terminal of a family that might show it.
 */
#ifndef KAWAT_UI_TERM_MODES_H
#define KAWAT_UI_TERM_MODES_H

#include "base/buf.h"

enum term_flags {
	TERM_ASCII =
	    1, /* the locale has no UTF-8: draw `?` or a likeness for everything else */
	TERM_MOUSE = 2,
	TERM_LINKS = 4, /* OSC 8 */
	TERM_TITLE = 8,
	TERM_KEEP_BIDI = 16, /* leave the order of right-to-left text to the terminal */
	TERM_NO_QUESTIONS = 32, /* ask the terminal nothing */
};

struct term_modes {
	int fd;
	unsigned flags; /* enum term_flags */
	bool understood; /* the family takes sequences that it does not know without showing them */
	bool mouse, synchronised; /* wanted */
};

/* `description`: the name of the one in use. */
void term_modes_init(struct term_modes *, int fd, const char *description, unsigned flags);

void term_modes_begin(const struct term_modes *); /* the terminal was taken over */
void term_modes_set(const struct term_modes *); /* again, after a program that may have changed them */
void term_modes_mouse(const struct term_modes *);
void term_modes_frame(const struct term_modes *, bool begins); /* show what comes at once */
/* Ask what a terminal of `rows` is like; the answers come as keys do. */
void term_modes_ask(const struct term_modes *, int rows);

/* What gives all modes back, to be written by a signal handler too. */
const char *term_modes_farewell(const struct term_modes *, struct buf *);

/* Write to the terminal.  That it is gone is no error here: the next read says so. */
void term_modes_send(const struct term_modes *, const char *z);

#endif
