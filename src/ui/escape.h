/*
 * The sequences that curses knows nothing of, put together for ui/term to send: title,
 * clipboard, links.  Nothing from outside gets into one but printable characters.
 */
#ifndef KAWAT_UI_ESCAPE_H
#define KAWAT_UI_ESCAPE_H

#include "ui/canvas.h"
#include "ui/theme.h"

/* OSC 2: the window's title, cut at 200 bytes. */
void escape_title(struct buf *out, struct str title);

/*
 * OSC 9 (iTerm2, kitty, Windows Terminal) and OSC 777 (urxvt, foot, VTE), both cut at 200 bytes; a
 * terminal that knows neither drops them.  A semicolon ends a field of OSC 777: it becomes a comma.
 */
void escape_notify(struct buf *out, struct str title, struct str text);

/* OSC 52, base64.  False: longer than terminals take (74,994 bytes). */
bool escape_copy(struct buf *out, struct str text);

/*
 * OSC 8 is laid over what is drawn: each run of cells of a row that has a link is written
 * again with its address around it, within the first `cols` columns.  It leaves cursor
 * and colours changed.
 */
void escape_links(struct buf *out, const struct canvas *, const struct theme *, int row,
    int cols, int colours);

#endif
