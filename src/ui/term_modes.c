#include "ui/term_modes.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"

/* Modes that kawat sets itself, and how they are given back. */
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_ON "\033[?1000h\033[?1002h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l\033[?1000l"
#define SYNC_BEGIN "\033[?2026h"
#define SYNC_END "\033[?2026l"
/*
 * BDSM: explicit, the order on the screen is the one written; implicit is how terminals
 * begin.
 */
#define BIDI_OURS "\033[8l"
#define BIDI_THEIRS "\033[8h"
#define TITLE_SAVE "\033[22;2t"
#define TITLE_RESTORE "\033[23;2t"
/*
 * How wide is ● (an answer in row 2, so that it cannot be taken for F3); background
 * colour; synchronised output; then who are you: the fence.  The first draw wipes what
 * was written.
 */
#define ASK_WIDTH "\0337\033[2;1H●\033[6n\033[2;1H  \0338"
#define QUESTIONS "\033]11;?\033\\\033[?2026$p\033[c"

/* Terminals that take CSI and OSC sequences they do not know without showing them. */
static bool
is_xterm_like(const char *name)
{
	static const char *const families[] = {"xterm", "screen", "tmux", "rxvt",
	    "alacritty", "foot", "kitty", "vte", "gnome", "konsole", "st-", "st",
	    "contour", "wezterm", "iterm", "mintty", "putty", "ghostty", "mlterm"};
	size_t i, n;

	for (i = 0; i < COUNT_OF(families); i++) {
		n = strlen(families[i]);
		if (strncmp(name, families[i], n) == 0 &&
		    (name[n] == '\0' || name[n] == '-' || families[i][n - 1] == '-'))
			return true;
	}
	return false;
}

void
term_modes_init(struct term_modes *m, int fd, const char *description, unsigned flags)
{
	bool understood = is_xterm_like(description);

	*m = (struct term_modes){.fd = fd,
	    .flags = flags,
	    .understood = understood,
	    .mouse = (flags & TERM_MOUSE) && understood};
}

void
term_modes_send(const struct term_modes *m, const char *z)
{
	if (!fd_write_all(m->fd, bytes_of(z, strlen(z)), NULL))
		return;
}

void
term_modes_set(const struct term_modes *m)
{
	if (!m->understood)
		return;
	term_modes_send(m, PASTE_ON);
	if (!(m->flags & TERM_KEEP_BIDI))
		term_modes_send(m, BIDI_OURS);
	if (m->mouse)
		term_modes_send(m, MOUSE_ON);
}

void
term_modes_begin(const struct term_modes *m)
{
	if (m->understood && m->flags & TERM_TITLE)
		term_modes_send(m, TITLE_SAVE);
	term_modes_set(m);
}

void
term_modes_mouse(const struct term_modes *m)
{
	if (m->understood)
		term_modes_send(m, m->mouse ? MOUSE_ON : MOUSE_OFF);
}

void
term_modes_frame(const struct term_modes *m, bool begins)
{
	if (m->synchronised && m->understood)
		term_modes_send(m, begins ? SYNC_BEGIN : SYNC_END);
}

void
term_modes_ask(const struct term_modes *m, int rows)
{
	if (!m->understood || m->flags & TERM_NO_QUESTIONS)
		return;
	if (rows > 1 && !(m->flags & TERM_ASCII))
		term_modes_send(m, ASK_WIDTH);
	term_modes_send(m, QUESTIONS);
}

const char *
term_modes_farewell(const struct term_modes *m, struct buf *out)
{
	if (m->understood) {
		buf_add(out, str_z(SYNC_END MOUSE_OFF PASTE_OFF));
		if (!(m->flags & TERM_KEEP_BIDI))
			buf_add(out, str_z(BIDI_THEIRS));
		if (m->flags & TERM_TITLE)
			buf_add(out, str_z(TITLE_RESTORE));
		if (m->flags & TERM_LINKS)
			buf_add(out, str_z("\033]8;;\033\\"));
	}
	return buf_z(out);
}
