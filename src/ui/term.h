/*
 * The terminal: the one file behind this header knows curses, and only it and term_modes
 * send escape sequences. A canvas and a theme go in, keys come out.
 *
 * term_open changes the terminal's modes; term_close gives them back.  For ways out that
 * pass neither (a fatal signal), term_emergency does the same with nothing but write(2)
 * and tcsetattr(3), so it may be called in a signal handler.
 *
 * Signals: curses installs handlers of its own, so term_open puts back what was there
 * before it. The caller turns SIGWINCH into term_resize, SIGTSTP and the key C-z into
 * term_suspend, SIGCONT into term_resume.  Keys arrive raw: C-c and C-z are keys.
 */
#ifndef KAWAT_UI_TERM_H
#define KAWAT_UI_TERM_H

#include "base/err.h"
#include "ui/canvas.h"
#include "ui/input.h"
#include "ui/term_modes.h" /* enum term_flags */
#include "ui/theme.h"

enum { TERM_ESCAPE_DELAY_MS = 25, TERM_QUESTION_MS = 100 };

struct terminal;

/*
 * Take over the terminal at fd_in and fd_out.  `name` is TERM's value; `colours` 0, 8,
 * 16, 256, 1 << 24, or -1 to find out (`truecolour`: COLORTERM said so).  A TERM that is
 * unknown is treated as `ansi`, and *note says so; one that cannot place the cursor
 * (dumb) is refused.  NULL and *e.
 */
struct terminal *term_open(int fd_in, int fd_out, const char *name, int colours,
    bool truecolour, unsigned flags, struct err *note, struct err *e);
void term_close(struct terminal *); /* gives the terminal back; NULL is allowed */

/* Give the terminal back from a signal handler; the struct is unusable afterwards. */
void term_emergency(const struct terminal *);

int term_fd(const struct terminal *); /* poll it for POLLIN, then call term_read */

/* Take in what has arrived.  False: the terminal is gone (hang-up). */
MUST_CHECK bool term_read(struct terminal *);
/* The next event; with `timed_out` an Esc alone is an Esc (see input_next). */
bool term_event(struct terminal *, bool timed_out, struct input_event *);
bool term_waiting(
    const struct terminal *); /* call term_event again after TERM_ESCAPE_DELAY_MS */

void term_size(const struct terminal *, int *cols, int *rows); /* asks the kernel */
void term_resize(struct terminal *); /* after SIGWINCH: the next draw draws everything */

/* Copy the canvas to the terminal: what changed, then the cursor. */
void term_draw(struct terminal *, const struct canvas *, const struct theme *);
void term_redraw(struct terminal *); /* modes set again, all drawn anew (C-l) */

int term_colours(const struct terminal *);
void term_mouse(struct terminal *, bool on);
/* The terminal understands synchronised output (it answered INPUT_SYNC). */
void term_synchronised(struct terminal *, bool on);
void term_title(
    struct terminal *, struct str); /* controls are left out; cut at 200 bytes */
void term_bell(struct terminal *);
/* A bell, and a notification of the terminal's own where it knows one (OSC 9 and 777). */
void term_notify(struct terminal *, struct str title, struct str text);
/*
 * Copy to the clipboard by OSC 52 (base64).  False: longer than terminals take (74,994
 * bytes).
 */
bool term_copy(struct terminal *, struct str);

/* Hand the terminal to the shell or another program, and take it again. */
void term_suspend(struct terminal *);
void term_resume(struct terminal *);

#endif
