/*
 * What the files of the headlines screen share.  The screen is a window on the stories of a query;
 * feeds, sections, searches and filters are the same screen with another query.
 *
 * Rows are known by `ord`.  An urgent row above the list has a key of its own, above every ord; in
 * the order of relevance a row's key is its rank.
 */
#ifndef KAWAT_APP_HEADLINES_H
#define KAWAT_APP_HEADLINES_H

#include "app/desk.h"
#include "store/search.h"
#include "ui/list.h"
#include "view/headline_lines.h"
#include "view/window.h"

enum headlines_order { ORDER_NEWEST, ORDER_OLDEST, ORDER_RELEVANCE };

struct headlines {
	struct screen base;
	struct desk *desk;
	struct arena *arena; /* of the query in force; made anew with it */
	struct str text, title, filter, find; /* on the heap */
	const struct query *query;
	struct window_store source;
	struct window *window;
	struct list list;
	enum headlines_order order;
	struct area area, rows_area; /* all of it; the part with rows */
	struct {
		story_id *v;
		size_t n, cap;
	} picked; /* selected for a group action; on the heap */
	struct arena *urgent_arena;
	struct story_rows urgent;
	struct arena *hits_arena;
	struct search_hits hits; /* of a search: the rows on the screen, with their excerpts */
	struct search_hits ranked; /* of ORDER_RELEVANCE: all of them; in the query's arena */
	bool is_search, broken; /* broken: the query has an error; said already */
	bool unread_only;
	bool touched; /* a command was given here, or the mouse used: from then on no row moves by itself */
	int64_t unread_since; /* what was read after it still counts as unread here */
	int64_t found; /* with a filter or search: how many match, -1: not counted */
	int64_t all, unread; /* of the list without its filter; -1: not counted */
	int64_t stored_unread; /* the same as the store has it, without what is expected */
	int64_t unread_most; /* since the list was opened */
	int64_t search_ms;
	char advice[200]; /* what could have been meant, when nothing was found */
};

/* --- headlines_rows.c: the rows as ui/list walks them --- */

struct list_model headlines_model(struct headlines *);
/* The row of a key, or NULL; lives until the next step. */
const struct story_row *headlines_row(struct headlines *, int64_t key);
const struct story_row *headlines_chosen(struct headlines *);
int64_t headlines_step(struct headlines *, int64_t key, bool back);
/* A row as it is drawn; `a` lives for the drawing. */
struct headline headlines_line(struct headlines *, struct arena *a, int64_t key);
/* How many reports of the same event the row stands for, itself left out. */
int headlines_same(const struct headlines *, const struct story_row *);
/*
 * The unread reports of the same event behind the row, newest first, at most a dozen: with one the row
 * is unread.  The ids live in the arena.
 */
size_t headlines_behind(
    const struct headlines *, struct arena *, const struct story_row *, story_id **ids);
bool headlines_is_unread(const struct headlines *, const struct story_row *);
/* What is read when the row is opened: the newest unread report, or the row's own. */
story_id headlines_report(const struct headlines *, const struct story_row *);
/* The headline has the text, or that of a report which the row stands for. */
bool headlines_has(const struct headlines *, const struct story_row *, struct str text);
struct headline_layout headlines_layout(const struct headlines *);
/* The excerpts of the rows that will be drawn, in one question. */
void headlines_load_hits(struct headlines *, int rows);

/* --- headlines_query.c: which rows there are --- */

void headlines_requery(struct headlines *); /* text, filter, order or unread_only changed */
void headlines_recount(struct headlines *);
void headlines_load_urgent(struct headlines *);
/* The query that marks what is shown: the list's own, and its filter. */
struct str headlines_shown_query(const struct headlines *, struct arena *);
/* *field is on the heap and becomes a copy. */
void headlines_set(struct str *field, struct str value);

/* --- headlines_expected.c: marks that are under way, on the rows and in the count --- */

void headlines_expect_rows(void *headlines, struct story_rows *); /* just loaded */
void headlines_expect_hits(struct headlines *, struct search_hits *);
void headlines_expect_count(struct headlines *);
/* Of stories that the store has as unread, those that will be so, in their order. */
size_t headlines_expect_unread(const struct headlines *, story_id *, size_t n);
void headlines_marked(struct screen *, struct desk *); /* what is expected is another now */
void headlines_counted(struct screen *, struct desk *);

/* --- headlines_draw.c --- */

void headlines_draw(struct screen *, struct desk *, struct area, bool focused);
void headlines_title(struct screen *, struct desk *, struct arena *, struct screen_title *);

/* --- headlines_mark.c: marks and group actions; false: not a command of this kind --- */

bool headlines_keep_command(struct headlines *, int command);

#endif
