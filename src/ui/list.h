/*
 * A cursor over rows that come and go.  The model knows the rows by keys of its own (an
 * order number, an index) and can step from one to the next; the list remembers the key
 * of the chosen row and of the first one on the screen, so rows that arrive above move
 * nothing.
 *
 * Rows may be several lines high, and the height may depend on the row before (a rule for
 * a new day).  Every step costs what is on the screen, never what is in the store.
 */
#ifndef KAWAT_UI_LIST_H
#define KAWAT_UI_LIST_H

#include "base/str.h"

#define LIST_NO_KEY INT64_MIN

struct list_model {
	void *ctx;
	/* The first or last row, or LIST_NO_KEY when there are none. */
	int64_t (*edge)(void *ctx, bool last);
	/* The row after or before one that is there, or LIST_NO_KEY. */
	int64_t (*step)(void *ctx, int64_t key, bool back);
	/*
	 * The row of this key, or the nearest after it, or before it when it was the last
	 * one.
	 */
	int64_t (*near)(void *ctx, int64_t key);
	/* Lines that a row takes, 1 or more, its rules above included. */
	int (*height)(void *ctx, int64_t key);
	/* False for rows that cannot be chosen (captions); NULL: all can. */
	bool (*selectable)(void *ctx, int64_t key);
};

struct list {
	int64_t top;    /* the row at the upper edge, or LIST_NO_KEY */
	int64_t chosen; /* or LIST_NO_KEY */
	int rows;       /* lines of the screen that it has */
};

void list_init(struct list *);

/*
 * Bring it in order after the model or the size changed: a chosen row that is gone
 * becomes the nearest one, the chosen row is on the screen, no empty lines stand below
 * while rows are above. When the chosen row was the first of all and the list stood at
 * its beginning, rows that arrived above come into sight as far as the chosen one stays
 * there.
 */
void list_settle(struct list *, const struct list_model *, int rows);

void list_choose(struct list *, const struct list_model *, int64_t key);
void list_move(
    struct list *, const struct list_model *, int n); /* rows; negative is up */
void list_scroll(struct list *, const struct list_model *, int lines); /* the wheel:
	chosen stays on the screen */
void list_half_page(struct list *, const struct list_model *, int direction);
void list_page(struct list *, const struct list_model *, int direction);
void list_first(struct list *, const struct list_model *);
void list_last(struct list *, const struct list_model *);

/*
 * The row drawn at a line of the screen (0 is the top), or LIST_NO_KEY. *first is its
 * first line.
 */
int64_t list_at(const struct list *, const struct list_model *, int line, int *first);

#endif
