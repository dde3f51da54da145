#include "ui/terminfo.h"

#include <stdio.h>
#include <string.h>

/* After everything else: it defines many short names. */
#include <term.h>

#include "base/arena.h"

enum { SET_UP = 0 }; /* what curses.h, which is a guest elsewhere, calls OK */

struct terminfo_key {
	const char *name;
	struct key key;
};

static const struct terminfo_key terminfo_keys[] = {
    {"kcuu1", {K_UP, 0}},
    {"kcud1", {K_DOWN, 0}},
    {"kcub1", {K_LEFT, 0}},
    {"kcuf1", {K_RIGHT, 0}},
    {"khome", {K_HOME, 0}},
    {"kend", {K_END, 0}},
    {"kpp", {K_PAGE_UP, 0}},
    {"knp", {K_PAGE_DOWN, 0}},
    {"kich1", {K_INSERT, 0}},
    {"kdch1", {K_DELETE, 0}},
    {"kcbt", {K_TAB, MOD_SHIFT}},
    {"kent", {K_ENTER, 0}},
    {"kf1", {K_F1, 0}},
    {"kf2", {K_F2, 0}},
    {"kf3", {K_F3, 0}},
    {"kf4", {K_F4, 0}},
    {"kf5", {K_F5, 0}},
    {"kf6", {K_F6, 0}},
    {"kf7", {K_F7, 0}},
    {"kf8", {K_F8, 0}},
    {"kf9", {K_F9, 0}},
    {"kf10", {K_F10, 0}},
    {"kf11", {K_F11, 0}},
    {"kf12", {K_F12, 0}},
};

const char *
terminfo_sequence(const char *name)
{
	const char *z = tigetstr((char *)(uintptr_t)name);

	return z == (char *)-1 ? NULL : z;
}

bool
terminfo_is_direct(void)
{
	return tigetflag("RGB") > 0;
}

void
terminfo_learn_keys(struct input *input)
{
	size_t i;

	for (i = 0; i < COUNT_OF(terminfo_keys); i++)
		input_define(input, terminfo_sequence(terminfo_keys[i].name),
		    terminfo_keys[i].key);
}

/* Is there such a description, and can it place the cursor? */
static bool
describe(int fd, const char *name, bool *can_draw)
{
	int status;

	if (setupterm(name, fd, &status) != SET_UP)
		return false;
	*can_draw = terminfo_sequence("cup") && tigetflag("gn") <= 0 && tigetflag("hc") <= 0;
	del_curterm(cur_term);
	return true;
}

/* `xterm-256color` has its true colours in `xterm-direct`. */
static bool
direct_name(int fd, const char *name, char out[TERMINFO_MAX_NAME])
{
	size_t n = strlen(name), suffix = strlen("-256color");
	bool can_draw;

	if (n > suffix && strcmp(name + n - suffix, "-256color") == 0)
		n -= suffix;
	if (n > 40)
		return false;
	snprintf(out, TERMINFO_MAX_NAME, "%.*s-direct", (int)n, name);
	return describe(fd, out, &can_draw) && can_draw;
}

bool
terminfo_choose(int fd, const char *name, bool direct, char out[TERMINFO_MAX_NAME],
    struct err *note, struct err *e)
{
	bool can_draw = false;

	if (!name || !*name || strlen(name) >= TERMINFO_MAX_NAME)
		name = "unknown-terminal";
	if (direct && direct_name(fd, name, out))
		return true;
	snprintf(out, TERMINFO_MAX_NAME, "%s", name);
	if (strcmp(name, "dumb") != 0 && describe(fd, name, &can_draw)) {
		if (can_draw)
			return true;
	} else if (strcmp(name, "dumb") != 0 && describe(fd, "ansi", &can_draw) &&
		   can_draw) {
		snprintf(out, TERMINFO_MAX_NAME, "ansi");
		err_set(note, ERR_USAGE,
		    "the terminal '%s' is unknown; it is treated as ansi", name);
		return true;
	}
	err_set(e, ERR_USAGE, "the terminal '%s' cannot place the cursor", name);
	return err_remedy(e, "kawat list, or TERM=ansi kawat");
}
