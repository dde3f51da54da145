#include "app/story_pane.h"

#include <stdlib.h>

#include "text/columns.h"
#include "text/doc_out.h"

void
story_pane_init(struct story_pane *p)
{
	*p = (struct story_pane){.arena = arena_new(), .page_arena = arena_new(),
	    .focus = LINE_NO_LINK};
	pager_init(&p->pager);
}

void
story_pane_clear(struct story_pane *p)
{
	arena_free(p->arena);
	arena_free(p->page_arena);
	free((char *)p->find.p);
	*p = (struct story_pane){0};
}

void
story_pane_invalidate(struct story_pane *p)
{
	if (p->id != STORY_NONE && p->pager.lines && !p->has_place) {
		p->place = pager_place(&p->pager);
		p->focus = p->pager.focus;
		p->has_place = true;
	}
	p->area = (struct area){0};
}

static void
forget_page(struct story_pane *p)
{
	p->page = (struct story_page){0};
	p->area = (struct area){0};
	pager_init(&p->pager);
	arena_reset(p->page_arena);
}

bool
story_pane_load(struct story_pane *p, struct desk *d, story_id id)
{
	struct err e = {0};
	forget_page(p);
	arena_reset(p->arena);
	p->id = STORY_NONE;
	p->has_place = p->read_to_end = false;
	p->rights_unfolded = config_number(&d->app->config, OPT_rights) != 0;
	if (id == STORY_NONE || !d->store || !read_story(d->store, p->arena, id, &p->story, &e))
		return false;
	p->id = id;
	d->unlaid = true;
	return true;
}

void
story_pane_reload(struct story_pane *p, struct desk *d)
{
	struct err e = {0};
	story_id id = p->id;
	if (id == STORY_NONE || !d->store)
		return;
	struct arena *a = arena_new();
	struct read_story story;
	story_pane_invalidate(p);
	if (!read_story(d->store, a, id, &story, &e)) {
		arena_free(a);
		return; /* what is shown stays until something else is asked for */
	}
	struct place place = p->place;
	int32_t focus = p->focus;
	bool has_place = p->has_place;
	forget_page(p);
	arena_free(p->arena);
	p->arena = a;
	p->story = story;
	p->place = place;
	p->focus = focus;
	p->has_place = has_place;
}

void
story_pane_restore(struct story_pane *p, struct place place, int32_t focus)
{
	p->place = place;
	p->focus = focus;
	p->has_place = true;
	p->area = (struct area){0};
}

static void
layout(struct story_pane *p, struct desk *d, struct area area, size_t margin)
{
	struct str key = desk_key(d, COMMAND_TOGGLE_RIGHTS);
	struct story_view view = {
		.story = &p->story, .cols = (size_t)area.cols, .margin = margin,
		.text_cols = (size_t)config_number(&d->app->config, OPT_text_width),
		.rights_unfolded = p->rights_unfolded,
		.captions = config_number(&d->app->config, OPT_images) == 0,
		.fetching = desk_is_fetching(d, p->id), .offline = d->offline, .related = true,
		.fold_emoji = true, .rights_key = arena_str(p->page_arena, key),
	};
	struct buf source = {0};
	bool first = p->pager.lines == NULL;
	if (!first && !p->has_place) {
		p->place = pager_place(&p->pager);
		p->focus = p->pager.focus;
		p->has_place = true;
	}
	pager_init(&p->pager);
	arena_reset(p->page_arena);
	view.rights_key = arena_str(p->page_arena, key);
	if (p->as_received) {
		doc_html(&p->story.story.body, NULL, NULL, &source);
		view.source = arena_str(p->page_arena, buf_str(&source));
		buf_clear(&source);
	}
	story_lines(p->page_arena, &d->look, &view, &p->page);
	pager_set(&p->pager, &p->page.lines, (size_t)area.rows);
	if (p->has_place) {
		pager_goto(&p->pager, p->place);
		if (p->focus != LINE_NO_LINK)
			p->pager.focus = p->focus;
	}
	p->has_place = false;
	p->area = area;
}

/* Does the link's number begin with what was typed? */
static bool
is_begun(const struct story_pane *p, int32_t link)
{
	if (link < 0 || (size_t)link >= p->page.n_links)
		return false;
	int number = p->page.links[link].number;
	return number == p->typed || (number >= 10 && number / 10 == p->typed);
}

static void
draw_line(struct story_pane *p, struct desk *d, size_t line, int row, struct area area)
{
	const struct line *l = &p->page.lines.v[line];
	int col = area.col, left = area.cols;
	for (size_t i = 0; i < l->n && left > 0; i++) {
		struct run run = l->v[i];
		bool focus = run.link != LINE_NO_LINK && run.link == p->pager.focus;
		if (run.link >= 0 && (size_t)run.link < p->page.n_links)
			canvas_link(d->canvas, p->page.links[run.link].url);
		int used = canvas_put_run(d->canvas, row, col, &run, left);
		canvas_link(d->canvas, STR(""));
		if (focus)
			canvas_over(d->canvas, row, col, 1, used, ROLE_LINK_FOCUS);
		else if (p->typed && is_begun(p, run.link))
			canvas_over(d->canvas, row, col, 1, used, ROLE_MATCH);
		col += used;
		left -= used;
	}
}

/* Matches of what is looked for are laid over the line. */
static void
draw_matches(struct story_pane *p, struct desk *d, size_t line, int row, struct area area)
{
	if (p->find.n == 0)
		return;
	struct str text = line_text(d->frame, &p->page.lines.v[line]);
	size_t from = 0, at;
	while ((at = str_find_nocase(str_from(text, from), p->find)) != STR_NONE) {
		size_t begin = columns_of(str_sub(text, 0, from + at));
		size_t cols = columns_of(str_sub(text, from + at, p->find.n));
		canvas_over(d->canvas, row, area.col + (int)begin, 1, (int)cols, ROLE_MATCH);
		from += at + p->find.n;
	}
}

void
story_pane_draw(struct story_pane *p, struct desk *d, struct area area, size_t margin,
    bool focused)
{
	size_t row, col;
	if (p->id == STORY_NONE)
		return;
	if (p->area.cols != area.cols || p->area.rows != area.rows || !p->pager.lines)
		layout(p, d, area, margin);
	p->area = area;
	p->typed = focused && d->number_timer ? d->keys.number : 0;
	for (int i = 0; i < area.rows; i++) {
		size_t line = p->pager.top + (size_t)i;
		if (line >= p->page.lines.n)
			break;
		draw_line(p, d, line, area.row + i, area);
		draw_matches(p, d, line, area.row + i, area);
	}
	if (p->pager.top + p->pager.rows >= p->page.body_end)
		p->read_to_end = true;
	if (!focused)
		return;
	if (pager_focus_cell(&p->pager, &row, &col))
		canvas_cursor(d->canvas, area.row + (int)row, area.col + (int)col, false);
	else
		canvas_cursor(d->canvas, area.row, area.col, false);
}

const struct page_link *
story_pane_link(const struct story_pane *p, int32_t link)
{
	return link >= 0 && (size_t)link < p->page.n_links ? &p->page.links[link] : NULL;
}

const struct page_link *
story_pane_number(const struct story_pane *p, int number)
{
	for (size_t i = 0; number && i < p->page.n_links; i++)
		if (p->page.links[i].number == number)
			return &p->page.links[i];
	return NULL;
}

int
story_pane_numbers(const struct story_pane *p)
{
	int most = 0;
	for (size_t i = 0; i < p->page.n_links; i++)
		if (p->page.links[i].number > most)
			most = p->page.links[i].number;
	return most;
}

bool
story_pane_find(struct story_pane *p, struct str needle, int direction, bool again)
{
	size_t line, from = p->pager.top;
	if (!p->pager.lines || needle.n == 0)
		return false;
	if (needle.p != p->find.p) {
		char *copy = heap_z(needle);
		free((char *)p->find.p);
		p->find = str_of(copy, needle.n);
	}
	if (again && direction > 0)
		from++;
	else if (again && from == 0)
		from = p->page.lines.n;
	else if (again)
		from--;
	if (!pager_find(&p->pager, p->find, from, direction, &line) &&
	    !pager_find(&p->pager, p->find, direction > 0 ? 0 : p->page.lines.n - 1, direction,
	        &line))
		return false;
	p->pager.top = line + p->pager.rows <= p->page.lines.n ? line
	    : p->page.lines.n > p->pager.rows                  ? p->page.lines.n - p->pager.rows
							       : 0;
	return true;
}
