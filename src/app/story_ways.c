/* From story to story: what opening one does, following links, the story beside another. */
#include "app/story_screen.h"
#include "store/mark.h"
#include "text/url.h"

static struct story_screen *
self(struct screen *s)
{
	return (struct story_screen *)s;
}

/* --- reading state ------------------------------------------------------------------------------ */

void
story_mark_read(struct desk *d, struct story_pane *p)
{
	if (p->id != STORY_NONE && p->story.row.unread) {
		desk_ask_mark(d, MARK_READ, &p->id, 1);
		p->story.row.unread = false;
	}
}

static void
opened(struct desk *d, struct story_pane *p)
{
	int64_t when = config_number(&d->app->config, OPT_mark_read);
	if (p->id != STORY_NONE)
		desk_tell_opened(d, p->id);
	if (when == READ_ON_OPEN || when == READ_ON_PREVIEW)
		story_mark_read(d, p);
	if (p->id != STORY_NONE && !p->story.row.stored && !p->story.row.gone &&
	    config_number(&d->app->config, OPT_full_text) != WIRE_FULL_NEVER)
		desk_ask_story(d, p->id, p->story.row.url, WIRE_OPENED, 0);
}

/* Remember where the reader is before the pane shows something else. */
void
story_keep_place(struct story_screen *s, struct desk *d)
{
	struct step *here = trail_here(&d->trail);
	struct story_pane *p = &s->side[s->shown];
	if (!here || here->story != p->id || !p->pager.lines)
		return;
	here->place = pager_place(&p->pager);
	here->focus = p->pager.focus;
}

void
story_show_step(struct story_screen *s, struct desk *d, const struct step *step)
{
	struct story_pane *p = &s->side[s->shown];
	if (!story_pane_load(p, d, step->story)) {
		desk_say(d, ROLE_WARNING, "That story is no longer in the store.");
		return;
	}
	story_pane_restore(p, step->place, step->focus);
	s->focus = s->shown;
	opened(d, p);
	desk_redraw(d);
}

/* --- following links ----------------------------------------------------------------------------- */

/* Does the address lead to the site of the story? */
static bool
same_site(const struct story_pane *p, struct str url)
{
	struct str here = url_host(p->story.row.url), there = url_host(url);
	return here.n && str_eq(here, there);
}

static void
follow_stored(struct story_screen *s, struct desk *d, story_id to)
{
	story_keep_place(s, d);
	s->shown = s->split ? s->focus : s->shown;
	trail_go(&d->trail, to);
	story_show_step(s, d, trail_here(&d->trail));
	desk_save_trail(d);
}

static void
follow_unstored(struct story_screen *s, struct desk *d, const struct page_link *link)
{
	if (link->url.n == 0) {
		desk_say(d, ROLE_WARNING,
		    "[%d] has no address: it opens when a story with this headline arrives.",
		    link->number);
	} else if (link->state == TARGET_GONE) {
		desk_say(d, ROLE_WARNING, "[%d] is gone from the site. %.*s tries the browser",
		    link->number, STR_ARG(desk_key(d, COMMAND_BROWSER)));
	} else if (link->kind == PAGE_LINK_ADDRESS && !same_site(story_pane_of(s), link->url)) {
		desk_say(d, ROLE_STATUS, "Not a story: opened in the browser");
		desk_open_address(d, link->url);
	} else {
		story_keep_place(s, d);
		desk_ask_story(d, STORY_NONE, link->url, WIRE_OPENED, 0);
		if (d->offline)
			desk_say(d, ROLE_STATUS,
			    "○ [%d] is not stored. It will be fetched when online.", link->number);
		else
			desk_say(d, ROLE_STATUS, "Fetching [%d]…", link->number);
	}
}

void
story_follow(struct story_screen *s, struct desk *d, const struct page_link *link)
{
	if (link && link->to != STORY_NONE)
		follow_stored(s, d, link->to);
	else if (link)
		follow_unstored(s, d, link);
}

void
story_follow_number(struct screen *screen, struct desk *d, int number)
{
	struct story_screen *s = self(screen);
	const struct page_link *link = story_pane_number(story_pane_of(s), number);
	if (link)
		story_follow(s, d, link);
	else
		desk_say(d, ROLE_WARNING, "There is no link [%d] here.", number);
}

int
story_n_numbers(struct screen *screen, struct desk *d)
{
	(void)d;
	return story_pane_numbers(story_pane_of(self(screen)));
}

/* The focused link, else the first one on this page. */
static const struct page_link *
link_to_open(struct story_screen *s)
{
	const struct page_link *link = story_pane_link(story_pane_of(s), story_pane_of(s)->pager.focus);
	return link ? link : story_pane_number(story_pane_of(s), 1);
}

void
story_close_split(struct story_screen *s, struct desk *d)
{
	struct step *here = trail_here(&d->trail);
	s->split = false;
	s->shown = s->focus;
	s->base.kind = &story_screen_kind;
	story_pane_invalidate(&s->side[s->shown]);
	/* the trail's step is the story that stays */
	if (here && here->story != s->side[s->shown].id) {
		struct step *before = trail_back(&d->trail);
		if (!before || before->story != s->side[s->shown].id)
			trail_go(&d->trail, s->side[s->shown].id);
		desk_save_trail(d);
	}
}

static void
open_split(struct story_screen *s, struct desk *d, story_id to)
{
	story_keep_place(s, d);
	s->left = s->shown;
	s->shown = !s->shown;
	s->split = true;
	s->base.kind = &story_split_kind;
	story_pane_invalidate(&s->side[s->left]);
	trail_go(&d->trail, to);
	story_show_step(s, d, trail_here(&d->trail));
	desk_save_trail(d);
}

void
story_open_beside(struct story_screen *s, struct desk *d)
{
	const struct page_link *link = link_to_open(s);
	bool wide = canvas_cols(d->canvas) >= DESK_SPLIT_COLS;
	bool tall = canvas_rows(d->canvas) >= DESK_SPLIT_ROWS;
	if (s->split)
		story_close_split(s, d);
	else if (!link)
		desk_say(d, ROLE_STATUS, "This story links to no others.");
	else if (link->to == STORY_NONE || (!wide && !tall))
		story_follow(s, d, link);
	else
		open_split(s, d, link->to);
}
