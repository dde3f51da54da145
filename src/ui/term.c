/*
 * Curses draws and knows the terminal's description; keys are read by ui/input, because
 * curses cannot tell Esc from Alt without stopping, knows no paste and only the old mouse
 * protocol.
 *
 * What is drawn is remembered in `shown`; a cell that has not changed is not even given
 * to curses.
 *
 * The sequences that give the terminal back are put together at the start, so that a
 * signal handler has nothing to do but write them.
 */
#include "ui/term.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/* After everything else: curses defines many short names. */
#include <curses.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "ui/ascii.h"
#include "ui/escape.h"
#include "ui/terminfo.h"

enum {
	MAX_FAREWELL = 512,
	READ_BYTES = 4096,
	COLOURS_TRUE_MODE = COLOURS_TRUE,
};

struct terminal {
	int fd_in, fd_out;
	FILE *out; /* a stream on a copy of fd_out: curses closes what it is given */
	SCREEN *screen;
	struct termios before; /* the modes to give back */
	bool has_before;
	unsigned flags;
	int colours;
	bool ours; /* the screen is drawn by kawat, not handed over */
	bool everything; /* the next draw draws all */
	struct term_modes modes;
	struct canvas *shown;
	struct cursor cursor;
	struct input *input;
	char farewell[MAX_FAREWELL]; /* what gives the terminal back */
	size_t n_farewell,
	    n_own; /* all of it, and the part that curses knows nothing of */
};

/* Delays for the terminals of long ago ($<5>) are left out. */
static void
add_farewell(struct terminal *t, const char *z)
{
	const char *end;

	for (; z && *z && t->n_farewell < MAX_FAREWELL; z++) {
		if (z[0] == '$' && z[1] == '<' && (end = strchr(z, '>')))
			z = end;
		else
			t->farewell[t->n_farewell++] = *z;
	}
}

/* First kawat's own modes, then what curses would do. */
static void
prepare_farewell(struct terminal *t)
{
	struct buf own = {0};

	t->n_farewell = 0;
	add_farewell(t, term_modes_farewell(&t->modes, &own));
	buf_clear(&own);
	t->n_own = t->n_farewell;
	add_farewell(t, terminfo_sequence("sgr0"));
	add_farewell(t, terminfo_sequence("op"));
	add_farewell(t, terminfo_sequence("rmkx"));
	add_farewell(t, terminfo_sequence("cnorm"));
	add_farewell(t, terminfo_sequence("rmcup"));
}

/* ---- opening ---- */

/* Curses puts handlers of its own on these; the caller's are put back. */
static const int curses_signals[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH, SIGHUP, SIGQUIT};

static bool
start_curses(struct terminal *t, const char *description, struct err *e)
{
	struct sigaction saved[COUNT_OF(curses_signals)];
	int copy = dup(t->fd_out);
	size_t i;

	t->out = copy < 0 ? NULL : fdopen(copy, "w");
	if (!t->out) {
		if (copy >= 0)
			close(copy);
		return err_errno(e, ERR_INTERNAL, "cannot use the terminal");
	}
	for (i = 0; i < COUNT_OF(curses_signals); i++)
		sigaction(curses_signals[i], NULL, &saved[i]);
	/* stdin is only asked for its modes; nothing is read through it. */
	t->screen = newterm(description, t->out, stdin);
	for (i = 0; i < COUNT_OF(curses_signals); i++)
		sigaction(curses_signals[i], &saved[i], NULL);
	if (!t->screen)
		return err_set(e, ERR_USAGE, "cannot use the terminal '%s'", description);
	return true;
}

static void
find_colours(struct terminal *t, int wanted)
{
	int has;

	t->colours = 0;
	if (wanted == 0 || !has_colors() || start_color() != OK)
		return;
	use_default_colors();
	has = COLORS;
	if (terminfo_is_direct() || has > 256)
		has = COLOURS_TRUE_MODE;
	has = has >= COLOURS_TRUE_MODE ? has
	      : has >= 256             ? 256
	      : has >= 16              ? 16
	      : has >= 8               ? 8
				       : 0;
	t->colours = wanted > 0 && wanted < has ? wanted : has;
	/*
	 * A direct description has no palette: what it cannot show so is shown in eight
	 * colours.
	 */
	if (has == COLOURS_TRUE_MODE && t->colours < has)
		t->colours = t->colours >= 8 ? 8 : 0;
}

static void
take_over(struct terminal *t)
{
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	typeahead(-1);
	intrflush(stdscr, FALSE);
	leaveok(stdscr, FALSE);
	scrollok(stdscr, FALSE);
	refresh();
	term_modes_begin(&t->modes);
}

struct terminal *
term_open(int fd_in, int fd_out, const char *name, int colours, bool truecolour,
    unsigned flags, struct err *note, struct err *e)
{
	struct terminal *t = heap_alloc(sizeof(*t));
	char description[TERMINFO_MAX_NAME];
	int cols, rows;
	bool direct = colours > 256 || (colours < 0 && truecolour);

	t->fd_in = fd_in;
	t->fd_out = fd_out;
	t->flags = flags;
	if (!isatty(fd_in) || !isatty(fd_out)) {
		err_set(e, ERR_USAGE, "the screen needs a terminal");
		err_remedy(e, "kawat list");
		goto fail;
	}
	if (!terminfo_choose(fd_out, name, direct, description, note, e))
		goto fail;
	t->has_before = tcgetattr(fd_in, &t->before) == 0;
	if (!start_curses(t, description, e))
		goto fail;
	term_modes_init(&t->modes, fd_out, description, flags);
	t->input = input_new();
	input_set_utf8(t->input, !(flags & TERM_ASCII));
	terminfo_learn_keys(t->input);
	find_colours(t, colours);
	prepare_farewell(t);
	t->ours = t->everything = true;
	take_over(t);
	term_size(t, &cols, &rows);
	term_modes_ask(&t->modes, rows);
	return t;
fail:
	term_close(t);
	return NULL;
}

/* ---- giving back ---- */

/* With nothing that a signal handler may not call. */
static void
say_farewell(const struct terminal *t, size_t n_bytes)
{
	size_t at = 0;
	ssize_t n;

	while (at < n_bytes) {
		n = write(t->fd_out, t->farewell + at, n_bytes - at);
		if (n <= 0)
			break;
		at += (size_t)n;
	}
}

void
term_emergency(const struct terminal *t)
{
	if (!t->ours)
		return;
	say_farewell(t, t->n_farewell);
	if (t->has_before)
		tcsetattr(t->fd_in, TCSANOW, &t->before);
}

static void
give_back(struct terminal *t)
{
	if (!t->ours)
		return;
	t->ours = false;
	say_farewell(t, t->n_own);
	endwin();
	fflush(t->out);
	if (t->has_before)
		tcsetattr(t->fd_in, TCSANOW, &t->before);
}

void
term_close(struct terminal *t)
{
	if (!t)
		return;
	if (t->screen) {
		give_back(t);
		delscreen(t->screen);
	}
	if (t->out)
		fclose(t->out);
	canvas_free(t->shown);
	input_free(t->input);
	free(t);
}

void
term_suspend(struct terminal *t)
{
	give_back(t);
}

void
term_resume(struct terminal *t)
{
	if (t->ours)
		return;
	t->ours = t->everything = true;
	take_over(t);
}

/* ---- keys ---- */

int
term_fd(const struct terminal *t)
{
	return t->fd_in;
}

bool
term_read(struct terminal *t)
{
	unsigned char bytes[READ_BYTES];
	ssize_t n = read(t->fd_in, bytes, sizeof(bytes));

	if (n > 0)
		input_feed(t->input, bytes_of(bytes, (size_t)n));
	return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

bool
term_event(struct terminal *t, bool timed_out, struct input_event *event)
{
	return input_next(t->input, timed_out, event);
}

bool
term_waiting(const struct terminal *t)
{
	return input_waiting(t->input);
}

/* ---- drawing ---- */

void
term_size(const struct terminal *t, int *cols, int *rows)
{
	struct winsize w;

	*cols = 80;
	*rows = 24;
	if (ioctl(t->fd_out, TIOCGWINSZ, &w) == 0 && w.ws_col > 0 && w.ws_row > 0) {
		*cols = w.ws_col < CANVAS_MAX_COLS ? w.ws_col : CANVAS_MAX_COLS;
		*rows = w.ws_row < CANVAS_MAX_ROWS ? w.ws_row : CANVAS_MAX_ROWS;
	}
}

void
term_resize(struct terminal *t)
{
	int cols, rows;

	term_size(t, &cols, &rows);
	if (!t->ours)
		return;
	resizeterm(rows, cols);
	t->everything = true;
}

/*
 * Also the modes: a shell that took the terminal back while kawat was stopped (SIGSTOP
 * cannot be caught) has set its own, and a program may have left some behind.
 */
void
term_redraw(struct terminal *t)
{
	const char *keys = terminfo_sequence("smkx");

	t->everything = true;
	if (!t->ours)
		return;
	reset_prog_mode();
	term_modes_send(&t->modes, keys ? keys : "");
	term_modes_set(&t->modes);
}

static attr_t
curses_attrs(uint8_t attrs)
{
	static const attr_t attr[5] = {A_BOLD, A_ITALIC, A_UNDERLINE, A_REVERSE, A_DIM};
	attr_t all = A_NORMAL;
	size_t i;

	for (i = 0; i < COUNT_OF(attr); i++) {
		if (attrs & (1 << i))
			all |= attr[i];
	}
	return all;
}

/* The pair of a style; 0, the default colours, when no more can be had. */
static int
pair_of(const struct terminal *t, struct style style)
{
	int fg = colour_number(style.fg, t->colours),
	    bg = colour_number(style.bg, t->colours);
	int pair;

	if (t->colours < 8 || (fg < 0 && bg < 0))
		return 0;
	pair = alloc_pair(fg, bg);
	if (pair > 0)
		return pair;
	/* What cannot be had falls back to the ANSI names. */
	pair = alloc_pair(colour_number(style.fg, 8), colour_number(style.bg, 8));
	return pair > 0 ? pair : 0;
}

/* With eight colours a bright one is its plain one in bold. */
static uint8_t
bold_for_bright(const struct terminal *t, struct style style)
{
	return t->colours == 8 && style.fg.ansi >= 8 ? LINE_BOLD : 0;
}

/* The cell's characters, or their likeness for a terminal that has ASCII only. */
static size_t
wide_text(const struct terminal *t, const struct cell *cell, wchar_t out[CCHARW_MAX + 1])
{
	struct str s = str_of(cell->text, cell->n);
	size_t at = 0, n = 0;

	if (s.n == 0)
		out[n++] = L' ';
	if (t->flags & TERM_ASCII && s.n > 0) {
		out[n++] = (wchar_t)ascii_likeness(utf8_next(s, &at));
		at = s.n;
	}
	while (at < s.n && n < CCHARW_MAX)
		out[n++] = (wchar_t)utf8_next(s, &at);
	out[n] = L'\0';
	return n;
}

static void
draw_cell(const struct terminal *t, int row, int col, const struct cell *cell,
    const struct theme *theme)
{
	struct style style = theme_style(
	    theme, (enum role)cell->role, (enum role)cell->over, cell->attrs, t->colours);
	wchar_t text[CCHARW_MAX + 1];
	cchar_t drawn;
	int pair = pair_of(t, style);

	if (cell->cols == 0)
		return; /* the other half came with the first */
	wide_text(t, cell, text);
	if (setcchar(&drawn, text, curses_attrs(style.attrs | bold_for_bright(t, style)),
		0, &pair) == OK)
		mvadd_wch(row, col, &drawn);
	/* A wide one that ASCII stands in for takes its second cell too. */
	if (cell->cols == 2 && t->flags & TERM_ASCII)
		mvaddch(row, col + 1, ' ');
}

static bool
is_shown_size(const struct terminal *t, const struct canvas *canvas)
{
	return t->shown && canvas_same_size(t->shown, canvas);
}

static void
draw_row(const struct terminal *t, const struct canvas *canvas, const struct theme *theme,
    int row)
{
	int col, cols = canvas_cols(canvas);

	if (cols > COLS)
		cols = COLS;
	for (col = 0; col < cols; col++)
		draw_cell(t, row, col, canvas_cell(canvas, row, col), theme);
}

static void
remember(struct terminal *t, const struct canvas *canvas)
{
	int row;

	if (!is_shown_size(t, canvas)) {
		canvas_free(t->shown);
		t->shown = canvas_new(canvas_cols(canvas), canvas_rows(canvas));
	}
	for (row = 0; row < canvas_rows(canvas); row++)
		canvas_copy_row(t->shown, canvas, row);
	t->cursor = canvas_get_cursor(canvas);
	t->everything = false;
}

static void
place_cursor(struct cursor cursor)
{
	curs_set(cursor.visible ? 1 : 0);
	move(cursor.row < LINES ? cursor.row : LINES - 1,
	    cursor.col < COLS ? cursor.col : COLS - 1);
}

/*
 * Give the rows that changed to curses.  Curses knows nothing of links, so a row that has
 * or had one is drawn anew entirely when it changes; `laid` says which rows need theirs
 * again.
 */
static void
draw_rows(struct terminal *t, const struct canvas *canvas, const struct theme *theme,
    bool all, bool *laid)
{
	bool links = (t->flags & TERM_LINKS) && t->modes.understood, linked;
	int row, rows = canvas_rows(canvas) < LINES ? canvas_rows(canvas) : LINES;

	for (row = 0; row < rows; row++) {
		if (!all && canvas_same_row(canvas, t->shown, row))
			continue;
		draw_row(t, canvas, theme, row);
		linked = links && canvas_row_has_link(canvas, row);
		if (linked || (links && !all && canvas_row_has_link(t->shown, row)))
			wredrawln(stdscr, row, 1);
		laid[row] = linked;
	}
}

/* Curses must find the cursor and the colours where it left them: DECSC, DECRC. */
static void
lay_links(const struct terminal *t, const struct canvas *canvas,
    const struct theme *theme, const bool *laid)
{
	int row, cols = canvas_cols(canvas) < COLS ? canvas_cols(canvas) : COLS;
	struct buf out = {0};

	for (row = 0; row < canvas_rows(canvas); row++) {
		if (laid[row])
			escape_links(&out, canvas, theme, row, cols, t->colours);
	}
	if (out.n > 0) {
		term_modes_send(&t->modes, "\0337");
		term_modes_send(&t->modes, buf_z(&out));
		term_modes_send(&t->modes, "\0338");
	}
	buf_clear(&out);
}

void
term_draw(struct terminal *t, const struct canvas *canvas, const struct theme *theme)
{
	bool all = t->everything || !is_shown_size(t, canvas);
	bool *laid;

	if (!t->ours)
		return;
	laid = heap_alloc((size_t)canvas_rows(canvas) * sizeof(*laid));
	if (all) {
		clearok(stdscr, TRUE);
		erase();
	}
	draw_rows(t, canvas, theme, all, laid);
	place_cursor(canvas_get_cursor(canvas));
	term_modes_frame(&t->modes, true);
	refresh();
	fflush(t->out);
	lay_links(t, canvas, theme, laid);
	term_modes_frame(&t->modes, false);
	free(laid);
	remember(t, canvas);
}

/* ---- the rest ---- */

int
term_colours(const struct terminal *t)
{
	return t->colours;
}

void
term_mouse(struct terminal *t, bool on)
{
	if (!t->modes.understood || on == t->modes.mouse)
		return;
	t->modes.mouse = on;
	if (t->ours)
		term_modes_mouse(&t->modes);
}

void
term_synchronised(struct terminal *t, bool on)
{
	t->modes.synchronised = on;
}

void
term_title(struct terminal *t, struct str title)
{
	struct buf out = {0};

	if (!t->ours || !t->modes.understood || !(t->flags & TERM_TITLE))
		return;
	escape_title(&out, title);
	term_modes_send(&t->modes, buf_z(&out));
	buf_clear(&out);
}

void
term_bell(struct terminal *t)
{
	if (t->ours)
		term_modes_send(&t->modes, "\a");
}

void
term_notify(struct terminal *t, struct str title, struct str text)
{
	struct buf out = {0};

	term_bell(t);
	if (!t->ours || !t->modes.understood)
		return;
	escape_notify(&out, title, text);
	term_modes_send(&t->modes, buf_z(&out));
	buf_clear(&out);
}

bool
term_copy(struct terminal *t, struct str text)
{
	struct buf out = {0};

	if (!t->ours || !t->modes.understood || !escape_copy(&out, text))
		return false;
	term_modes_send(&t->modes, buf_z(&out));
	buf_clear(&out);
	return true;
}
