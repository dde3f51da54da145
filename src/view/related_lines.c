#include "view/related_lines.h"

#include <stdlib.h>

#include "text/columns.h"

enum {
	AGENCY_COLS = 7, /* ANTARA, Yonhap */
	WIDE_AGENCY_COLS = 15,
	WIDE = 100,
	DATE_COLS = 6,   /* 28 Apr */
	EDGE = 1,
	NARROW = 60, /* below this the agency and date are left out */
};

static void
add_item(struct arena *a, struct related_items *items, enum related_part part,
    const struct page_link *link, struct str agency, int64_t at)
{
	struct related_item item = {.part = part,
	    .number = link->number,
	    .link = *link,
	    .agency = agency,
	    .at = at};

	ARENA_PUSH(a, items, item);
}

static int64_t
row_at(const struct story_row *row)
{
	return row->published != STORY_NO_TIME ? row->published : row->first_seen;
}

static void
add_trail(struct arena *a, const struct story_row *trail, size_t n, size_t here,
    struct related_items *items)
{
	size_t i;

	for (i = 0; i < n; i++) {
		const struct story_row *row = &trail[i];
		struct page_link link = {.kind = PAGE_LINK_STORY,
		    .number = (int)i + 1,
		    .to = row->id,
		    .url = row->url,
		    .title = row->title,
		    .read = !row->unread};

		link.state = row->stored ? TARGET_STORED
			     : row->gone ? TARGET_GONE
					 : TARGET_MISSING;
		add_item(a, items, RELATED_TRAIL, &link, row->agency, row_at(row));
		items->v[items->n - 1].here = i == here;
	}
}

/* In the order of their numbers: what is only mentioned comes last. */
static void
add_links(struct arena *a, const struct read_story *s, const struct page_link *links,
    struct related_items *items)
{
	size_t i;
	int mentions;

	for (mentions = 0; mentions < 2; mentions++) {
		for (i = 0; i < s->links.n; i++) {
			if ((s->links.v[i].kind == LINK_MENTION) != mentions)
				continue;
			if (items->label.n == 0)
				items->label = s->links.v[i].label;
			add_item(
			    a, items, RELATED_LINKS, &links[i], STR(""), WHEN_UNKNOWN);
		}
	}
}

void
related_items(struct arena *a, const struct read_story *s, const struct story_row *trail,
    size_t n, size_t here, struct related_items *items)
{
	size_t n_links, i;
	struct page_link *links = story_links(a, s, 0, &n_links);

	*items = (struct related_items){0};
	add_trail(a, trail, n, here, items);
	add_links(a, s, links, items);
	for (i = 0; i < s->cited_by.n; i++)
		add_item(a, items, RELATED_CITED, &links[s->links.n + i],
		    s->cited_by.v[i].agency, row_at(&s->cited_by.v[i]));
	for (i = 0; i < s->same.n; i++)
		add_item(a, items, RELATED_ELSEWHERE,
		    &links[s->links.n + s->cited_by.n + i], s->same.v[i].agency,
		    row_at(&s->same.v[i]));
}

/* ---- in order of time ---- */

static int
by_story(const void *x, const void *y)
{
	const struct related_item *a = x, *b = y;

	if (a->link.to != b->link.to)
		return a->link.to < b->link.to ? -1 : 1;
	return (int)a->part - (int)b->part;
}

static int
by_time(const void *x, const void *y)
{
	const struct related_item *a = x, *b = y;

	/* What has no time is told last. */
	if ((a->at == WHEN_UNKNOWN) != (b->at == WHEN_UNKNOWN))
		return a->at == WHEN_UNKNOWN ? 1 : -1;
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (int)a->part - (int)b->part;
}

void
related_by_time(struct arena *a, struct related_items *items)
{
	size_t i, kept = 0;

	(void)a;
	for (i = 0; i < items->n; i++) {
		if (items->v[i].part != RELATED_TRAIL || items->v[i].here)
			items->v[kept++] = items->v[i];
	}
	items->n = kept;
	if (kept == 0)
		return;
	qsort(items->v, items->n, sizeof(*items->v), by_story);
	for (i = 0, kept = 0; i < items->n; i++) {
		if (kept == 0 || items->v[i].link.to == STORY_NONE ||
		    items->v[kept - 1].link.to != items->v[i].link.to)
			items->v[kept++] = items->v[i];
	}
	items->n = kept;
	qsort(items->v, items->n, sizeof(*items->v), by_time);
}

/* ---- lines ---- */

static struct str
part_name(struct arena *a, const struct look *l, const struct related_items *items,
    enum related_part part)
{
	switch (part) {
	case RELATED_TRAIL:
		return word(l->words, WORD_TRAIL);
	case RELATED_LINKS:
		return items->label.n
			   ? word_fill1(
				 a, word(l->words, WORD_IN_THIS_STORY_AS), items->label)
			   : word(l->words, WORD_IN_THIS_STORY);
	case RELATED_CITED:
		return word(l->words, WORD_CITED_BY);
	case RELATED_ELSEWHERE:
		return word(l->words, WORD_SAME_STORY_AGENCIES);
	case RELATED_PARTS:
		break;
	}
	return STR("");
}

static struct str
number_of(struct arena *a, const struct related_item *item)
{
	if (item->number == 0)
		return STR("");
	if (item->part == RELATED_TRAIL)
		return arena_fmt(a, "%d", item->number);
	return arena_fmt(a, "[%d]", item->number);
}

/* `   ▶ 3 ● Tim peneliti temukan gunung bawah laut      ANTARA 28 Apr` */
static void
item_line(struct arena *a, const struct look *l, const struct related_item *item,
    bool chosen, size_t cols, struct line *out)
{
	struct str ellipsis = look_symbol(l, SYMBOL_ELLIPSIS);
	struct str number = number_of(a, item);
	size_t edge = cols > EDGE ? cols - EDGE : cols, title_end = edge,
	       n = columns_of(number);
	size_t agency_cols = cols >= WIDE ? WIDE_AGENCY_COLS : AGENCY_COLS;
	bool step = item->part == RELATED_TRAIL;
	struct str mark = STR(" ");

	if (chosen)
		mark = look_symbol(l, SYMBOL_CHOSEN);
	else if (item->here)
		mark = look_symbol(l, SYMBOL_CRUMB);
	if (cols >= NARROW)
		title_end = edge - agency_cols - DATE_COLS - 2;
	line_pad(a, out, ROLE_TEXT, step && n < 2 ? 3 : 2);
	line_add(a, out, ROLE_MARK, mark);
	/* The numbers end in one column: `  3`, ` [12]`. */
	line_pad(a, out, ROLE_TEXT, step ? 6 - (n < 3 ? n : 3) : 7 - (n < 4 ? n : 4));
	line_add(a, out, ROLE_COUNT, number);
	line_add(a, out, ROLE_TEXT, STR(" "));
	line_add(a, out, story_link_role(item->link.state),
	    look_symbol(l, look_state_symbol(item->link.state)));
	line_add(a, out, ROLE_TEXT, STR(" "));
	if (title_end > out->cols)
		line_add(a, out, item->link.read ? ROLE_RELATED_READ : ROLE_RELATED,
		    look_visual(a, l,
			columns_cut(a,
			    item->link.title.n ? item->link.title : item->link.url,
			    title_end - out->cols, ellipsis)));
	if (cols < NARROW)
		return;
	line_pad(a, out, ROLE_TEXT, title_end + 1);
	line_add(a, out, ROLE_AGENCY,
	    look_visual(a, l, columns_cut(a, item->agency, agency_cols - 1, ellipsis)));
	line_pad(a, out, ROLE_TEXT, edge - DATE_COLS);
	line_add(a, out, ROLE_TIME,
	    columns_pad(
		a, look_when(a, l, WHEN_COLUMN, item->at), DATE_COLS, COLUMNS_RIGHT));
}

static void
caption(struct arena *a, struct lines *out, struct str text)
{
	struct line *line = lines_push(a, out);

	line->block = RELATED_NO_ITEM;
	line_pad(a, line, ROLE_TEXT, 1);
	line_add(a, line, ROLE_STORY_HEADING, text);
}

static void
legend(struct arena *a, const struct look *l, size_t cols, struct lines *out)
{
	static const struct {
		enum symbol symbol;
		enum role role;
		enum word word;
	} marks[] = {
	    {SYMBOL_STORED, ROLE_STORED, WORD_LEGEND_STORED},
	    {SYMBOL_MISSING, ROLE_MISSING, WORD_LEGEND_MISSING},
	    {SYMBOL_GONE, ROLE_GONE, WORD_LEGEND_GONE},
	};
	struct line *line = lines_push(a, out);
	size_t i;

	line->block = RELATED_NO_ITEM;
	line_pad(a, line, ROLE_TEXT, 1);
	for (i = 0; i < COUNT_OF(marks); i++) {
		struct str says = word(l->words, marks[i].word);

		if (line->cols + columns_of(says) + 5 > cols)
			break;
		line_add(a, line, ROLE_DIM, i > 0 ? STR("   ") : STR(""));
		line_add(a, line, marks[i].role, look_symbol(l, marks[i].symbol));
		line_add(a, line, ROLE_DIM, STR(" "));
		line_add(a, line, ROLE_DIM, says);
	}
}

void
related_lines(struct arena *a, const struct look *l, const struct related_items *items,
    size_t chosen, size_t cols, struct lines *out)
{
	enum related_part last = RELATED_PARTS;
	bool timeline = items->n > 1 && items->v[0].part > items->v[items->n - 1].part;
	size_t i;

	/* In order of time the parts are mixed, and captions would say nothing. */
	for (i = 1; i < items->n; i++)
		timeline = timeline || items->v[i - 1].part > items->v[i].part;
	for (i = 0; i < items->n; i++) {
		struct line *line;

		if (!timeline && items->v[i].part != last) {
			if (i > 0)
				lines_push(a, out)->block = RELATED_NO_ITEM;
			caption(a, out, part_name(a, l, items, items->v[i].part));
		}
		last = items->v[i].part;
		line = lines_push(a, out);
		line->block = (uint32_t)i;
		item_line(a, l, &items->v[i], i == chosen, cols, line);
	}
	lines_push(a, out)->block = RELATED_NO_ITEM;
	legend(a, l, cols, out);
}

struct str
related_breadcrumb(struct arena *a, const struct look *l, const struct story_row *trail,
    size_t n, size_t cols)
{
	enum { STEP_COLS = 26 };
	struct str crumb = arena_fmt(a, " %.*s ", STR_ARG(look_symbol(l, SYMBOL_CRUMB)));
	struct str ellipsis = look_symbol(l, SYMBOL_ELLIPSIS), all = STR(""), step,
		   longer;
	size_t i,
	    head = columns_of(word_fill1(a, word(l->words, WORD_TRAIL_IS), STR("")));

	/* From the end: the step before last is what back leads to. */
	for (i = n; i > 0; i--) {
		step = look_visual(
		    a, l, columns_cut(a, trail[i - 1].title, STEP_COLS, ellipsis));
		longer = all.n ? arena_fmt(a, "%.*s%.*s%.*s", STR_ARG(step),
				     STR_ARG(crumb), STR_ARG(all))
			       : step;
		if (all.n > 0 && head + columns_of(longer) > cols)
			break;
		all = longer;
	}
	if (all.n == 0)
		return all;
	return columns_cut(
	    a, word_fill1(a, word(l->words, WORD_TRAIL_IS), all), cols, ellipsis);
}
