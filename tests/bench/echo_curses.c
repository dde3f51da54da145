/*
 * The yardstick of key_bench.py: a curses program that does nothing but show the last key.  What it
 * takes from key to paint is the terminal's, the kernel's and curses' share; what kawat takes more
 * is its own.
 */
#include <curses.h>

int
main(void)
{
	int key;
	if (!initscr())
		return 1;
	raw();
	noecho();
	keypad(stdscr, TRUE);
	mvaddstr(0, 0, "ready");
	while (refresh() != ERR && (key = getch()) != 'Q' && key != ERR)
		mvaddch(1, 0, (chtype)key);
	endwin();
	return 0;
}
