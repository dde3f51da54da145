/*
 * The desk's stack of screens, what it says, and its view of the store.
 */
#include "app/desk.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/language.h"
#include "base/utf8.h"

/* --- screens ------------------------------------------------------------------------------------- */

struct screen *
desk_top(struct desk *d)
{
	return d->screens[d->n_screens - 1];
}

struct screen *
desk_list_screen(struct desk *d)
{
	for (size_t i = d->n_screens; i > 0; i--)
		if (d->screens[i - 1]->kind->flags & SCREEN_IS_LIST)
			return d->screens[i - 1];
	return NULL;
}

struct screen *
desk_story_screen(struct desk *d)
{
	for (size_t i = d->n_screens; i > 0; i--)
		if (d->screens[i - 1]->kind->flags & SCREEN_IS_STORY)
			return d->screens[i - 1];
	return NULL;
}

struct screen *
desk_focus(struct desk *d)
{
	struct screen *top = desk_top(d), *list = desk_list_screen(d);
	bool pane = top->kind->flags & (SCREEN_IS_LIST | SCREEN_IS_STORY);
	if (!pane || !desk_is_wide(d) || desk_split_open(d))
		return top;
	if (d->focus == FOCUS_FEEDS && d->feeds_pane && desk_panes(d) == 3)
		return d->feeds_pane;
	return d->focus == FOCUS_LIST && list ? list : top;
}

void
desk_push_take(struct desk *d, struct screen *screen)
{
	if (d->n_screens == DESK_MAX_SCREENS) {
		/* the oldest that is not the first goes */
		d->screens[1]->kind->free(d->screens[1]);
		d->n_panes = 0;
		memmove(d->screens + 1, d->screens + 2,
		    (DESK_MAX_SCREENS - 2) * sizeof(d->screens[0]));
		d->n_screens--;
	}
	d->screens[d->n_screens++] = screen;
	d->unlaid = true;
	d->focus = FOCUS_TOP;
	desk_redraw(d);
}

void
desk_pop(struct desk *d)
{
	if (d->n_screens < 2)
		return;
	struct screen *gone = d->screens[--d->n_screens];
	if (d->prompting && d->prompt_screen == gone)
		d->prompting = false;
	d->n_panes = 0; /* it may be one of them */
	gone->kind->free(gone);
	desk_redraw(d);
}

void
desk_pop_to(struct desk *d, const struct screen *screen)
{
	while (d->n_screens > 1 && desk_top(d) != screen)
		desk_pop(d);
}

void
desk_show_list(struct desk *d, struct str query, struct str title)
{
	while (d->n_screens > 1)
		desk_pop(d);
	d->focus = FOCUS_TOP;
	if (query.n)
		desk_push_take(d, headlines_screen_new(d, query, title));
	desk_redraw(d);
}

void
desk_redraw(struct desk *d)
{
	d->dirty = true;
}

int64_t
desk_now(const struct desk *d)
{
	return d->fixed_now ? d->fixed_now : clock_now();
}

story_id
desk_current_story(struct desk *d)
{
	struct screen *s = desk_focus(d);
	return s->kind->current ? s->kind->current(s, d) : STORY_NONE;
}

/* --- saying -------------------------------------------------------------------------------------- */

void
desk_log(struct desk *d, enum role role, struct str text)
{
	struct message *m = &d->log[d->n_log++ % DESK_MAX_LOG];
	m->at = desk_now(d);
	m->role = role;
	struct str cut = utf8_cut(text, sizeof(m->text) - 1);
	memcpy(m->text, cut.p, cut.n);
	m->text[cut.n] = '\0';
	log_file_write(&d->app->log, role == ROLE_ERROR ? LOG_LEVEL_ERROR
	    : role == ROLE_WARNING                      ? LOG_LEVEL_WARN
							: LOG_LEVEL_INFO, m->at, cut);
}

/* In the reader's language: a format is looked up before its arguments are put in. */
void
desk_say(struct desk *d, enum role role, const char *fmt, ...)
{
	char text[600];
	va_list args;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), language_format(&d->words, fmt), args);
	va_end(args);
	desk_log(d, role, str_z(text));
	d->message = d->log[(d->n_log - 1) % DESK_MAX_LOG];
	desk_redraw(d);
}

void
desk_say_err(struct desk *d, const struct err *e)
{
	desk_say(d, ROLE_ERROR, "%s", e->text);
}

/* As it is pressed here; a command of another screen as it is pressed there. */
struct str
desk_key(struct desk *d, int command)
{
	bool ascii = d->look.symbols == SYMBOLS_ASCII;
	struct screen *focus = d->n_screens ? desk_focus(d) : NULL;
	const int home[] = {command_rows()[command].context, CONTEXT_LIST, CONTEXT_GLOBAL, -1};
	struct str key = STR("");
	if (focus)
		key = keymap_first_key(d->frame, d->keymap, focus->kind->contexts, command, ascii);
	return key.n ? key : keymap_first_key(d->frame, d->keymap, home, command, ascii);
}

/* --- the store ----------------------------------------------------------------------------------- */

bool
desk_open_store(struct desk *d)
{
	struct err e = {0};
	if (d->store)
		return true;
	if (!store_exists(d->app->paths.data))
		return false;
	struct store_options options = {.folder = d->app->paths.data, .mode = STORE_READ};
	if (!store_open(&d->store, &options, NULL, &e)) {
		d->store = NULL;
		desk_say_err(d, &e);
		return false;
	}
	if (store_is_frozen(d->store))
		desk_say(d, ROLE_WARNING, "The disk is full or read-only: the last changes may be missing.");
	d->store_version = -1;
	desk_check_store(d);
	return true;
}

static void
load_names(struct desk *d)
{
	struct arena *old = d->names_arena, *keep = d->app->arena;
	struct err e = {0};
	struct names names;
	d->names_arena = arena_new();
	d->app->arena = d->names_arena; /* names live as long as they are the newest */
	bool ok = names_load(&names, d->app, d->store, &e);
	d->app->arena = keep;
	if (!ok) {
		arena_free(d->names_arena);
		d->names_arena = old;
		return;
	}
	d->names = names;
	arena_free(old);
}

void
desk_check_store(struct desk *d)
{
	struct err e = {0};
	int64_t version;
	if (!d->store) {
		desk_open_store(d);
		return;
	}
	if (!store_version(d->store, &version, &e) || version == d->store_version)
		return;
	d->store_version = version;
	load_names(d);
	if (!store_counts(d->store, &d->counts, &e))
		desk_say_err(d, &e);
	expected_counts(d->expected, &d->names, &d->counts, true);
	for (size_t i = 0; i < d->n_screens; i++)
		if (d->screens[i]->kind->changed)
			d->screens[i]->kind->changed(d->screens[i], d);
	if (d->feeds_pane && d->feeds_pane->kind->changed)
		d->feeds_pane->kind->changed(d->feeds_pane, d);
	if (d->preview && d->preview->kind->changed)
		d->preview->kind->changed(d->preview, d);
	desk_redraw(d);
}

void
desk_reload_store(struct desk *d)
{
	d->store_version = -1;
	desk_check_store(d);
}

void
desk_expect(struct desk *d)
{
	for (size_t i = 0; i < d->n_screens; i++)
		if (d->screens[i]->kind->marked)
			d->screens[i]->kind->marked(d->screens[i], d);
	expected_counts(d->expected, &d->names, &d->counts, false);
	for (size_t i = 0; i < d->n_screens; i++)
		if (d->screens[i]->kind->counted)
			d->screens[i]->kind->counted(d->screens[i], d);
	if (d->feeds_pane)
		d->feeds_pane->kind->counted(d->feeds_pane, d);
	desk_redraw(d);
}

struct str
desk_agency(struct desk *d, const struct story_row *row)
{
	if (row->agency.n)
		return row->agency;
	for (int i = 0; i < row->n_feeds; i++) {
		const struct query_feed *f = names_of(&d->names, row->feeds[i]);
		if (f)
			return f->name;
	}
	return STR("");
}
