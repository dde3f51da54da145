#include "ui/pager.h"

#include "text/columns.h"

static size_t
line_count(const struct pager *p)
{
	return p->lines ? p->lines->n : 0;
}

/* The last line that may stand at the upper edge. */
static size_t
last_top(const struct pager *p)
{
	size_t n = line_count(p);

	return n > p->rows ? n - p->rows : 0;
}

static void
set_top(struct pager *p, size_t top)
{
	p->top = top < last_top(p) ? top : last_top(p);
}

void
pager_init(struct pager *p)
{
	*p = (struct pager){.focus = LINE_NO_LINK, .rows = 1};
}

struct place
pager_place(const struct pager *p)
{
	if (p->top >= line_count(p))
		return (struct place){0, 0};
	return (struct place){p->lines->v[p->top].block, p->lines->v[p->top].at};
}

static bool
is_after(const struct line *line, struct place place)
{
	return line->block > place.block ||
	       (line->block == place.block && line->at > place.at);
}

void
pager_goto(struct pager *p, struct place place)
{
	size_t low = 0, high = line_count(p), middle, at;

	/* Lines are in the order of their places: the last one that is not after it. */
	while (low < high) {
		middle = low + (high - low) / 2;
		if (is_after(&p->lines->v[middle], place))
			high = middle;
		else
			low = middle + 1;
	}
	at = low > 0 ? low - 1 : 0;
	/* Of several with the same place (a title and the gap below it) the first. */
	while (at > 0 && p->lines->v[at - 1].block == p->lines->v[at].block &&
	       p->lines->v[at - 1].at == p->lines->v[at].at)
		at--;
	set_top(p, at);
}

/* The first line and run of a link; false when there is none. */
static bool
find_link(const struct pager *p, int32_t link, size_t *line, size_t *run)
{
	for (*line = 0; *line < line_count(p); (*line)++) {
		for (*run = 0; *run < p->lines->v[*line].n; (*run)++) {
			if (p->lines->v[*line].v[*run].link == link)
				return true;
		}
	}
	return false;
}

void
pager_set(struct pager *p, const struct lines *lines, size_t rows)
{
	struct place place = pager_place(p);
	bool was_at_beginning = p->top == 0;
	size_t line, run;

	p->lines = lines;
	p->rows = rows > 0 ? rows : 1;
	if (was_at_beginning)
		p->top = 0;
	else
		pager_goto(p, place);
	if (p->focus != LINE_NO_LINK && !find_link(p, p->focus, &line, &run))
		p->focus = LINE_NO_LINK;
}

void
pager_scroll(struct pager *p, long lines)
{
	if (lines < 0 && (size_t)-lines > p->top)
		p->top = 0;
	else
		set_top(p, lines < 0 ? p->top - (size_t)-lines : p->top + (size_t)lines);
}

bool
pager_page(struct pager *p, int direction, size_t overlap)
{
	size_t old = p->top, step = p->rows > overlap + 1 ? p->rows - overlap : 1;

	pager_scroll(p, direction < 0 ? -(long)step : (long)step);
	return p->top != old;
}

void
pager_home(struct pager *p)
{
	p->top = 0;
}

void
pager_end(struct pager *p)
{
	p->top = last_top(p);
}

bool
pager_at_end(const struct pager *p)
{
	return p->top >= last_top(p);
}

int
pager_percent(const struct pager *p)
{
	size_t n = line_count(p), seen = p->top + p->rows;

	if (seen >= n)
		return 100;
	return (int)(seen * 100 / n);
}

void
pager_show(struct pager *p, size_t line)
{
	if (line < p->top)
		set_top(p, line);
	else if (line >= p->top + p->rows)
		set_top(p, line - p->rows + 1);
}

static bool
on_screen(const struct pager *p, size_t line)
{
	return line >= p->top && line < p->top + p->rows;
}

/* The last line of a link, which may be wrapped. */
static size_t
last_line_of(const struct pager *p, int32_t link, size_t line)
{
	size_t i, k;

	for (i = line + 1; i < line_count(p); i++) {
		for (k = 0; k < p->lines->v[i].n; k++) {
			if (p->lines->v[i].v[k].link == link)
				break;
		}
		if (k == p->lines->v[i].n)
			break;
	}
	return i - 1;
}

static void
focus_on(struct pager *p, int32_t link, size_t line)
{
	p->focus = link;
	pager_show(p, last_line_of(p, link, line));
	pager_show(p, line);
}

bool
pager_focus(struct pager *p, int32_t link)
{
	size_t line, run;

	if (!find_link(p, link, &line, &run))
		return false;
	focus_on(p, link, line);
	return true;
}

/* Links in reading order from a place; `skip` is the one to pass over. */
static bool
link_after(const struct pager *p, size_t line, size_t run, int32_t skip, int32_t *link,
    size_t *at)
{
	for (; line < line_count(p); line++, run = 0) {
		for (; run < p->lines->v[line].n; run++) {
			*link = p->lines->v[line].v[run].link;
			if (*link == LINE_NO_LINK || *link == skip)
				continue;
			*at = line;
			return true;
		}
	}
	return false;
}

static bool
link_before(const struct pager *p, size_t line, size_t run, int32_t skip, int32_t *link)
{
	for (;; line--, run = p->lines->v[line].n) {
		while (run > 0) {
			*link = p->lines->v[line].v[--run].link;
			if (*link != LINE_NO_LINK && *link != skip)
				return true;
		}
		if (line == 0)
			return false;
	}
}

bool
pager_focus_step(struct pager *p, int direction)
{
	size_t line = 0, run = 0, at;
	int32_t link;
	bool focused;

	if (line_count(p) == 0)
		return false;
	focused = p->focus != LINE_NO_LINK && find_link(p, p->focus, &line, &run) &&
		  on_screen(p, line);
	if (direction > 0) {
		if (!focused)
			line = p->top, run = 0;
		if (!link_after(
			p, line, run, focused ? p->focus : LINE_NO_LINK, &link, &at))
			return false;
		focus_on(p, link, at);
		return true;
	}
	if (!focused) {
		line = p->top + p->rows < line_count(p) ? p->top + p->rows
							: line_count(p) - 1;
		run = p->lines->v[line].n;
	}
	return link_before(p, line, run, focused ? p->focus : LINE_NO_LINK, &link) &&
	       pager_focus(p, link);
}

bool
pager_focus_cell(const struct pager *p, size_t *row, size_t *col)
{
	size_t line, run, i;

	if (p->focus == LINE_NO_LINK || !find_link(p, p->focus, &line, &run) ||
	    !on_screen(p, line))
		return false;
	*row = line - p->top;
	for (i = 0, *col = 0; i < run; i++)
		*col += columns_of(p->lines->v[line].v[i].text);
	return true;
}

int32_t
pager_link_at(const struct pager *p, size_t row, size_t col)
{
	const struct line *line;
	size_t i, at = 0;

	if (p->top + row >= line_count(p))
		return LINE_NO_LINK;
	line = &p->lines->v[p->top + row];
	for (i = 0; i < line->n; i++) {
		at += columns_of(line->v[i].text);
		if (col < at)
			return line->v[i].link;
	}
	return LINE_NO_LINK;
}

bool
pager_find(
    const struct pager *p, struct str needle, size_t from, int direction, size_t *found)
{
	struct arena *a = arena_new();
	size_t n = line_count(p), i, tried;
	bool hit = false;

	for (tried = 0, i = from; tried < n && i < n && !hit; tried++) {
		hit = str_find_nocase(line_text(a, &p->lines->v[i]), needle) != STR_NONE;
		*found = i;
		/* Past the first line it wraps to SIZE_MAX, which ends the loop. */
		i = direction < 0 ? i - 1 : i + 1;
		arena_reset(a);
	}
	arena_free(a);
	return hit;
}
