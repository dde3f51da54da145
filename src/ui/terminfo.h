/*
 * The descriptions of terminals (terminfo): which one to use, its keys and its sequences.
 */
#ifndef KAWAT_UI_TERMINFO_H
#define KAWAT_UI_TERMINFO_H

#include "base/err.h"
#include "ui/input.h"

enum { TERMINFO_MAX_NAME = 64 };

/*
 * The description to use at this terminal: `name` (TERM's value, may be NULL), or its -direct
 * relation when `direct` is asked for and there is one.  An unknown name is treated as `ansi`, and
 * *note says so.  False and *e when there is none that can place the cursor.
 */
bool terminfo_choose(int fd, const char *name, bool direct, char out[TERMINFO_MAX_NAME],
    struct err *note, struct err *e);

/* Of the description in use, once curses has begun. */
const char *terminfo_sequence(const char *capability); /* NULL when the terminal has none */
bool terminfo_is_direct(void); /* colours are RGB, there is no palette */
void terminfo_learn_keys(struct input *);

#endif
