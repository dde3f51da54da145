/*
 * The terminal on a pseudo-terminal: what is sent, what is read, and that all is given
 * back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "ui/term.h"

struct pty {
	int master, slave;
	struct buf sent; /* by the program to the terminal */
	struct termios before;
};

static void
pty_open(struct pty *p, unsigned short cols, unsigned short rows)
{
	struct winsize size = {.ws_col = cols, .ws_row = rows};

	memset(p, 0, sizeof(*p));
	p->master = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(p->master >= 0);
	assert_int_equal(grantpt(p->master), 0);
	assert_int_equal(unlockpt(p->master), 0);
	p->slave = open(ptsname(p->master), O_RDWR | O_NOCTTY);
	assert_true(p->slave >= 0);
	assert_int_equal(ioctl(p->master, TIOCSWINSZ, &size), 0);
	assert_int_equal(tcgetattr(p->slave, &p->before), 0);
}

/* Take in all that was sent so far. */
static void
pump(struct pty *p)
{
	struct pollfd fd = {.fd = p->master, .events = POLLIN};
	char block[4096];
	ssize_t n;

	while (poll(&fd, 1, 0) == 1 && (fd.revents & POLLIN)) {
		n = read(p->master, block, sizeof(block));
		if (n <= 0)
			break;
		buf_add_bytes(&p->sent, bytes_of(block, (size_t)n));
	}
}

static bool
was_sent(struct pty *p, const char *text)
{
	pump(p);
	return str_find(buf_str(&p->sent), str_z(text)) != STR_NONE;
}

static void
check_modes(struct pty *p)
{
	struct termios now;

	assert_int_equal(tcgetattr(p->slave, &now), 0);
	assert_int_equal(now.c_lflag, p->before.c_lflag);
	assert_int_equal(now.c_iflag, p->before.c_iflag);
	assert_int_equal(now.c_oflag, p->before.c_oflag);
}

static void
pty_close(struct pty *p)
{
	close(p->slave);
	close(p->master);
	buf_clear(&p->sent);
}

static struct terminal *
opened(struct pty *p, const char *name, int colours, unsigned flags)
{
	struct err note = {0}, e = {0};
	struct terminal *t =
	    term_open(p->slave, p->slave, name, colours, false, flags, &note, &e);

	if (!t)
		fail_msg("%s", e.text);
	return t;
}

static void
test_draw_and_close(void **state)
{
	struct pty p;
	struct terminal *t;
	struct theme theme;
	struct canvas *c;
	int cols, rows;

	(void)state;
	pty_open(&p, 40, 10);
	t = opened(&p, "xterm-256color", -1, TERM_MOUSE | TERM_TITLE | TERM_LINKS);
	assert_int_equal(term_colours(t), 256);
	term_size(t, &cols, &rows);
	assert_int_equal(cols, 40);
	assert_int_equal(rows, 10);
	assert_true(was_sent(&p, "\033[?1049h"));
	assert_true(was_sent(&p, "\033[?2004h"));
	assert_true(was_sent(&p, "\033]11;?"));
	assert_true(was_sent(&p, "\033[8l"));
	theme_builtin(&theme);
	c = canvas_new(cols, rows);
	canvas_put(c, 0, 0, STR("judul 調査船"), ROLE_TITLE, 40);
	canvas_cursor(c, 3, 7, true);
	term_draw(t, c, &theme);
	assert_true(was_sent(&p, "調査船"));
	/* The same again: nothing but the cursor can follow. */
	pump(&p);
	p.sent.n = 0;
	term_draw(t, c, &theme);
	assert_false(was_sent(&p, "judul"));
	canvas_put(c, 1, 0, STR("baru"), ROLE_TEXT, 40);
	term_draw(t, c, &theme);
	assert_true(was_sent(&p, "baru"));
	assert_false(was_sent(&p, "judul"));
	term_redraw(t);
	term_draw(t, c, &theme);
	assert_true(was_sent(&p, "judul"));
	term_title(t, STR("kawat\xe2\x80\xae x\xc2\x9d"));
	assert_true(was_sent(&p, "\033]2;kawat x\033\\"));
	p.sent.n = 0;
	term_close(t);
	assert_true(was_sent(&p, "\033[?1049l"));
	assert_true(was_sent(&p, "\033[?2004l"));
	assert_true(was_sent(&p, "\033[?1006l"));
	assert_true(was_sent(&p, "\033[8h"));
	check_modes(&p);
	canvas_free(c);
	pty_close(&p);
}

static void
test_links(void **state)
{
	struct pty p;
	struct terminal *t;
	struct theme theme;
	struct canvas *c = canvas_new(40, 4);

	(void)state;
	pty_open(&p, 40, 4);
	t = opened(&p, "xterm-256color", -1, TERM_LINKS);
	theme_builtin(&theme);
	canvas_link(c, STR("https://kabar.example/1"));
	canvas_put(c, 1, 2, STR("tautan"), ROLE_LINK, 40);
	canvas_link(c, STR(""));
	term_draw(t, c, &theme);
	assert_true(was_sent(&p, "\033]8;id=1;https://kabar.example/1\033\\"));
	assert_true(was_sent(&p, "\033]8;;\033\\"));
	term_close(t);
	canvas_free(c);
	pty_close(&p);
}

static void
test_keys(void **state)
{
	struct pty p;
	struct terminal *t;
	struct input_event event;

	(void)state;
	pty_open(&p, 40, 10);
	t = opened(&p, "xterm-256color", 0, TERM_NO_QUESTIONS);
	assert_false(was_sent(&p, "\033]11;?"));
	assert_int_equal(term_colours(t), 0);
	assert_int_equal(write(p.master, "\003\032\033OA\033", 6), 6);
	assert_true(term_read(t));
	assert_true(term_event(t, false, &event));
	assert_int_equal(event.key.code, 'c'); /* a key, not a signal */
	assert_int_equal(event.key.mods, MOD_CTRL);
	assert_true(term_event(t, false, &event));
	assert_int_equal(event.key.code, 'z');
	assert_true(term_event(t, false, &event));
	assert_int_equal(event.key.code, K_UP);
	assert_false(term_event(t, false, &event));
	assert_true(term_waiting(t));
	assert_true(term_event(t, true, &event));
	assert_int_equal(event.key.code, K_ESCAPE);
	/* Hang-up. */
	pump(&p);
	close(p.master);
	assert_false(term_read(t));
	term_close(t);
	close(p.slave);
	buf_clear(&p.sent);
}

static void
test_emergency(void **state)
{
	struct pty p;
	struct terminal *t;

	(void)state;
	pty_open(&p, 40, 10);
	t = opened(&p, "xterm-256color", -1, TERM_MOUSE);
	pump(&p);
	p.sent.n = 0;
	term_emergency(t);
	assert_true(was_sent(&p, "\033[?1049l"));
	assert_true(was_sent(&p, "\033[?1006l"));
	check_modes(&p);
	term_close(t);
	pty_close(&p);
}

static void
test_suspend(void **state)
{
	struct pty p;
	struct terminal *t;
	struct theme theme;
	struct canvas *c = canvas_new(40, 10);

	(void)state;
	theme_builtin(&theme);
	canvas_put(c, 0, 0, STR("judul"), ROLE_TITLE, 40);
	pty_open(&p, 40, 10);
	t = opened(&p, "xterm-256color", -1, 0);
	term_draw(t, c, &theme);
	pump(&p);
	p.sent.n = 0;
	term_suspend(t);
	assert_true(was_sent(&p, "\033[?1049l"));
	check_modes(&p);
	pump(&p);
	p.sent.n = 0;
	term_draw(t, c, &theme); /* not ours now: nothing is drawn */
	term_title(t, STR("x"));
	pump(&p);
	assert_int_equal(p.sent.n, 0);
	term_resume(t);
	term_draw(t, c, &theme);
	assert_true(was_sent(&p, "\033[?1049h"));
	assert_true(was_sent(&p, "judul"));
	term_close(t);
	check_modes(&p);
	canvas_free(c);
	pty_close(&p);
}

static void
test_descriptions(void **state)
{
	struct pty p;
	struct err note = {0}, e = {0};
	struct terminal *t;
	int pipes[2];

	(void)state;
	pty_open(&p, 40, 10);
	assert_null(term_open(p.slave, p.slave, "dumb", -1, false, 0, &note, &e));
	assert_string_equal(e.text, "the terminal 'dumb' cannot place the cursor");
	check_modes(&p);
	t = term_open(p.slave, p.slave, "nosuch", -1, false, 0, &note, &e);
	assert_non_null(t);
	assert_string_equal(
	    note.text, "the terminal 'nosuch' is unknown; it is treated as ansi");
	term_close(t);
	check_modes(&p);
	note.kind = ERR_NONE;
	t = term_open(p.slave, p.slave, "vt100", -1, false, TERM_ASCII, &note, &e);
	assert_non_null(t);
	assert_int_equal(note.kind, ERR_NONE);
	assert_int_equal(term_colours(t), 0);
	term_close(t);
	t = term_open(p.slave, p.slave, NULL, -1, false, 0, &note, &e);
	assert_non_null(t);
	term_close(t);
	assert_int_equal(pipe(pipes), 0);
	assert_null(term_open(pipes[0], pipes[1], "xterm", -1, false, 0, &note, &e));
	assert_string_equal(e.text, "the screen needs a terminal");
	assert_int_equal(e.kind, ERR_USAGE);
	close(pipes[0]);
	close(pipes[1]);
	pty_close(&p);
}

static void
test_ascii(void **state)
{
	struct pty p;
	struct terminal *t;
	struct theme theme;
	struct canvas *c = canvas_new(40, 4);
	size_t i;

	(void)state;
	theme_builtin(&theme);
	pty_open(&p, 40, 4);
	t = opened(&p, "vt100", -1, TERM_ASCII);
	canvas_put(c, 0, 0, STR("“Café” ▶ 船 x"), ROLE_TEXT, 40);
	term_draw(t, c, &theme);
	assert_true(was_sent(&p, "\"Cafe\" > ?"));
	for (i = 0; i < p.sent.n; i++)
		assert_true((unsigned char)p.sent.p[i] < 0x80);
	term_close(t);
	canvas_free(c);
	pty_close(&p);
}

static void
noted(int sig)
{
	(void)sig;
}

/* The caller's handlers are his own after curses has started. */
static void
test_signals(void **state)
{
	struct sigaction ours = {.sa_handler = noted}, now;
	struct pty p;
	struct terminal *t;

	(void)state;
	assert_int_equal(sigaction(SIGWINCH, &ours, NULL), 0);
	pty_open(&p, 40, 4);
	t = opened(&p, "xterm", -1, 0);
	assert_int_equal(sigaction(SIGWINCH, NULL, &now), 0);
	assert_true(now.sa_handler == noted);
	assert_int_equal(sigaction(SIGTSTP, NULL, &now), 0);
	assert_true(now.sa_handler == SIG_DFL);
	assert_int_equal(sigaction(SIGTERM, NULL, &now), 0);
	assert_true(now.sa_handler == SIG_DFL);
	term_close(t);
	pty_close(&p);
	signal(SIGWINCH, SIG_DFL);
}

/* Every size, one after the other, as a storm of resizes makes them. */
static void
test_resizes(void **state)
{
	static const int sizes[][2] = {{1, 1}, {3, 2}, {400, 200}, {80, 24}, {2000, 1},
	    {1, 1000}, {20, 4}, {200, 60}};
	struct pty p;
	struct terminal *t;
	struct theme theme;
	struct canvas *c = canvas_new(1, 1);
	size_t i;
	int cols, rows, row;

	(void)state;
	theme_builtin(&theme);
	pty_open(&p, 80, 24);
	t = opened(&p, "xterm-256color", -1, TERM_LINKS);
	for (i = 0; i < 3 * COUNT_OF(sizes); i++) {
		const int *s = sizes[i % COUNT_OF(sizes)];
		struct winsize size = {
		    .ws_col = (unsigned short)s[0], .ws_row = (unsigned short)s[1]};

		assert_int_equal(ioctl(p.master, TIOCSWINSZ, &size), 0);
		/* A draw that does not know yet must do no harm either. */
		term_draw(t, c, &theme);
		term_resize(t);
		term_size(t, &cols, &rows);
		canvas_resize(c, cols, rows);
		for (row = 0; row < rows; row++)
			canvas_put(c, row, 0, STR("baris 船船船船船船船船船船船船船船"),
			    ROLE_TITLE, cols);
		/*
		 * The master must be read while much is written, or the writer would
		 * wait.
		 */
		if (cols * rows < 5000) {
			term_draw(t, c, &theme);
			pump(&p);
		}
	}
	term_close(t);
	check_modes(&p);
	canvas_free(c);
	pty_close(&p);
}

/* Nothing of a headline can end the sequence, begin another, or open a field. */
static void
test_notify(void **state)
{
	static const char evil[] = "Gempa; 6,1\033\\\033]52;c;eA==\a\xc2\x9c";
	struct pty p;
	struct terminal *t;

	(void)state;
	pty_open(&p, 40, 4);
	t = opened(&p, "xterm-256color", -1, 0);
	term_notify(t, STR("kawat"), str_of(evil, sizeof(evil) - 1));
	assert_true(was_sent(&p, "\a\033]9;Gempa, 6,1\\]52,c,eA==\033\\"
				 "\033]777;notify;kawat;Gempa, 6,1\\]52,c,eA==\033\\"));
	term_close(t);
	pty_close(&p);
}

static void
test_copy(void **state)
{
	struct pty p;
	struct terminal *t;
	char *big = calloc(1, 80000);

	(void)state;
	pty_open(&p, 40, 4);
	t = opened(&p, "xterm-256color", -1, 0);
	assert_true(term_copy(t, STR("any carnal")));
	assert_true(was_sent(&p, "\033]52;c;YW55IGNhcm5hbA==\033\\"));
	assert_true(term_copy(t, STR("")));
	assert_false(term_copy(t, str_of(big, 80000)));
	term_close(t);
	pty_close(&p);
	free(big);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_draw_and_close),
	    cmocka_unit_test(test_links),
	    cmocka_unit_test(test_keys),
	    cmocka_unit_test(test_emergency),
	    cmocka_unit_test(test_suspend),
	    cmocka_unit_test(test_descriptions),
	    cmocka_unit_test(test_ascii),
	    cmocka_unit_test(test_signals),
	    cmocka_unit_test(test_resizes),
	    cmocka_unit_test(test_notify),
	    cmocka_unit_test(test_copy),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
