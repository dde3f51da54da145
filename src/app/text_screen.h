/*
 * A screen that is lines to scroll: help, log, details, history and the like.  Each is a function
 * that makes the lines anew for every frame; some have rows that can be chosen.
 */
#ifndef KAWAT_APP_TEXT_SCREEN_H
#define KAWAT_APP_TEXT_SCREEN_H

#include "app/desk.h"

struct text_screen;

/* The row that a line belongs to is its `block`; this one belongs to none. */
#define LINE_OF_NO_ROW UINT32_MAX

typedef void text_make(struct text_screen *, struct desk *, struct arena *, size_t cols,
    struct lines *);
/* Enter on a row.  NULL: rows cannot be chosen. */
typedef void text_open(struct text_screen *, struct desk *, uint32_t row);

struct text_screen {
	struct screen base;
	struct str title; /* on the heap */
	text_make *make;
	text_open *open;
	size_t top; /* first line shown */
	uint32_t chosen; /* how many rows are above the chosen one */
	uint32_t n_rows, chosen_row; /* as drawn last; the row's number is its maker's */
	size_t n_lines, rows;
	uint32_t shown[CANVAS_MAX_ROWS]; /* the row of each line of the screen, for clicks */
	/* what the makers need */
	struct screen_kind help_kind; /* a copy: that screen may be gone when its help is drawn */
	char needle[100];
	story_id id;
	int version; /* of the story, that it is compared with; 0: not chosen yet */
	struct str text; /* an address, a text; on the heap */
	story_id *ids; /* of the rows; on the heap */
	struct str *urls; /* of the rows; on the heap, each too */
	size_t n_ids;
};

/* kind NULL: the usual one, whose functions are below for other kinds. */
struct text_screen *text_screen_new(struct desk *, const struct screen_kind *, const char *title,
    text_make *, text_open *);
void text_screen_draw(struct screen *, struct desk *, struct area, bool focused);
bool text_screen_command(struct screen *, struct desk *, int command, int count);
void text_screen_title(struct screen *, struct desk *, struct arena *, struct screen_title *);
void text_screen_click(struct screen *, struct desk *, int row, int col);
int64_t text_screen_current(struct screen *, struct desk *);
void text_screen_free(struct screen *);

/* For makers: a sentence, broken to the screen's width; an indented line, which is cut; and one of a
 * label (English) and a value. */
void text_tell(struct desk *, struct arena *, size_t cols, struct lines *, enum role, struct str);
void text_add(struct arena *, struct lines *, enum role, struct str);
void text_add_pair(struct desk *, struct arena *, struct lines *, const char *label, struct str);
/* Lines of a view that has no rows to choose. */
void text_no_rows(struct lines *);
void text_set_ids(struct text_screen *, size_t n);

#endif
