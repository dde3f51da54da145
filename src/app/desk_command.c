/* The commands that mean the same on every screen. */
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/desk.h"
#include "store/read.h"
#include "text/url.h"
#include "view/help_lines.h"

extern char **environ;

/* --- going places -------------------------------------------------------------------------------- */

/* One list of headlines at a time: another one takes its place, and the stack does not grow. */
static void
go_list(struct desk *d, struct str query, struct str title)
{
	while (d->n_screens > 1)
		desk_pop(d);
	if (query.n)
		desk_push_take(d, headlines_screen_new(d, query, title));
}

static void
go_once(struct desk *d, struct screen *screen)
{
	for (size_t i = 0; i < d->n_screens; i++) {
		if (d->screens[i]->kind == screen->kind && !(screen->kind->flags & SCREEN_IS_LIST) &&
		    strcmp(screen->kind->name, "text") != 0) {
			screen->kind->free(screen);
			desk_pop_to(d, d->screens[i]);
			return;
		}
	}
	desk_push_take(d, screen);
}

/* --- programs ------------------------------------------------------------------------------------ */

static const char *
find_in_path(struct arena *a, const char *name)
{
	struct str rest = str_z(getenv("PATH")), folder;
	if (strchr(name, '/'))
		return access(name, X_OK) == 0 ? name : NULL;
	while (rest.n) {
		str_cut(rest, ':', &folder, &rest);
		const char *path = arena_fmt(a, "%.*s/%s", STR_ARG(folder), name).p;
		if (access(path, X_OK) == 0)
			return path;
	}
	return NULL;
}

/* Only http(s) addresses are ever handed out, as one argument, without a shell. */
static const char *
browser_path(struct desk *d, struct arena *a, bool *takes_terminal)
{
	static const char *const tries[] = {"xdg-open", "open", "w3m", "lynx"};
	struct str wish = config_text(&d->app->config, OPT_browser);
	const char *env = getenv("BROWSER");
	*takes_terminal = true;
	if (!str_eq(wish, STR("auto")))
		return find_in_path(a, arena_z(a, str_word(&wish)));
	if (env && *env && !strchr(env, ' ') && !strchr(env, ':'))
		return find_in_path(a, env);
	for (size_t i = 0; i < COUNT_OF(tries); i++) {
		const char *path = find_in_path(a, tries[i]);
		*takes_terminal = i >= 2;
		if (path)
			return path;
	}
	return NULL;
}

static void
run_program(struct desk *d, const char *path, const char *argument, bool takes_terminal)
{
	char *argv[] = {heap_z(str_z(path)), heap_z(str_z(argument)), NULL};
	struct worker child = {0};
	posix_spawnattr_t attr;
	sigset_t all;
	posix_spawnattr_init(&attr);
	sigfillset(&all);
	posix_spawnattr_setsigdefault(&attr, &all);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF);
	if (takes_terminal)
		term_suspend(d->term);
	int failed = posix_spawn(&child.pid, path, NULL, &attr, argv, environ);
	if (!failed && takes_terminal)
		worker_wait(&child);
	if (takes_terminal)
		term_resume(d->term);
	if (failed)
		desk_say(d, ROLE_ERROR, "Could not start %s: %s", path, strerror(failed));
	posix_spawnattr_destroy(&attr);
	free(argv[0]);
	free(argv[1]);
}

static void
copy_text(struct desk *d, struct str text, const char *what)
{
	if (text.n && term_copy(d->term, text))
		desk_say(d, ROLE_OK, "Copied %s: %.*s", what, STR_ARG(str_sub(text, 0, 200)));
	else
		desk_say(d, ROLE_WARNING, "Could not copy. Here it is: %.*s", STR_ARG(text));
}

static bool
load_row(struct desk *d, struct story_row *row)
{
	struct err e = {0};
	struct story_rows rows;
	story_id id = desk_current_story(d);
	if (id == STORY_NONE || !d->store || !list_ids(d->store, d->frame, &id, 1, &rows, &e) ||
	    rows.n == 0)
		return false;
	*row = rows.v[0];
	return true;
}

static void
open_browser(struct desk *d)
{
	struct story_row row;
	bool takes_terminal;
	if (!load_row(d, &row))
		return;
	struct arena *a = arena_new();
	const char *path = browser_path(d, a, &takes_terminal);
	if (!url_is_http(row.url))
		desk_say(d, ROLE_WARNING, "This story has no address to open.");
	else if (!path)
		copy_text(d, row.url, "(no browser found) the link");
	else
		run_program(d, path, arena_z(a, row.url), takes_terminal);
	arena_free(a);
}

static void
copy_citation(struct desk *d)
{
	struct story_row row;
	if (!load_row(d, &row))
		return;
	struct str at = look_when(d->frame, &d->look, WHEN_SHORT, row.published);
	copy_text(d, arena_fmt(d->frame, "%.*s (%.*s, %.*s) %.*s", STR_ARG(row.title),
	    STR_ARG(desk_agency(d, &row)), STR_ARG(at), STR_ARG(row.url)), "the citation");
}

/* --- looks --------------------------------------------------------------------------------------- */

static void
cycle_theme(struct desk *d)
{
	const char *folders[4];
	size_t n;
	struct err e = {0};
	desk_theme_folders(d, folders);
	struct str *names = theme_names(d->frame, folders, &n);
	if (n == 0)
		return;
	d->theme_index = (d->theme_index + 1) % n;
	if (theme_load(&d->theme, arena_z(d->frame, names[d->theme_index]), folders, NULL, &e))
		desk_say(d, ROLE_STATUS, "Theme %.*s", STR_ARG(names[d->theme_index]));
	else
		desk_say_err(d, &e);
	term_redraw(d->term);
}

static void
layout_changed(struct desk *d)
{
	for (size_t i = 0; i < d->n_screens; i++)
		if (d->screens[i]->kind->changed)
			d->screens[i]->kind->changed(d->screens[i], d);
}

static void
cycle_layout(struct desk *d)
{
	static const char *const names[] = {"automatic", "one pane", "two panes", "three panes"};
	d->layout = (d->layout + 1) % 4;
	desk_say(d, ROLE_STATUS, "Layout: %s", names[d->layout]);
	layout_changed(d);
}

/* --- the table ----------------------------------------------------------------------------------- */

static void
close_top(struct desk *d)
{
	if (d->n_screens > 1) {
		bool story = desk_top(d)->kind->flags & SCREEN_IS_STORY;
		desk_pop(d);
		d->focus_list = false;
		if (story)
			desk_save_trail(d);
	} else {
		d->quit = true;
	}
}

/* Esc leaves what is innermost, but never the program. */
static void
cancel(struct desk *d)
{
	if (d->message.text[0]) {
		d->message.text[0] = '\0';
		return;
	}
	if (d->n_screens > 1)
		close_top(d);
}

static void
go_forward(struct desk *d)
{
	struct step *here = trail_here(&d->trail);
	if (!here)
		desk_say(d, ROLE_STATUS, "No story was opened yet.");
	else
		desk_resume_trail(d);
}

static bool
go_command(struct desk *d, int command)
{
	switch (command) {
	case COMMAND_GO_HEADLINES:
		go_list(d, STR(""), STR(""));
		return true;
	case COMMAND_GO_STARRED:
		go_list(d, STR("is:starred"), words_say(&d->words, "Starred stories"));
		return true;
	case COMMAND_GO_UNREAD:
		go_list(d, STR("is:unread"), words_say(&d->words, "Unread stories"));
		return true;
	case COMMAND_GO_TODAY:
		go_list(d, STR("since:today"), words_say(&d->words, "Stories of today"));
		return true;
	case COMMAND_GO_FEEDS:
	case COMMAND_GO_SEARCHES:
		go_once(d, feeds_screen_new(d));
		return true;
	case COMMAND_GO_QUEUE:
		go_once(d, queue_screen_new(d));
		return true;
	case COMMAND_GO_REFRESH:
		go_once(d, refresh_screen_new(d));
		return true;
	case COMMAND_GO_LOG:
		go_once(d, log_screen_new(d));
		return true;
	case COMMAND_GO_STORE:
		go_once(d, store_screen_new(d));
		return true;
	case COMMAND_HISTORY:
		go_once(d, history_screen_new(d));
		return true;
	case COMMAND_DETAILS:
		if (desk_current_story(d) != STORY_NONE)
			desk_push_take(d, details_screen_new(d, desk_current_story(d)));
		return true;
	case COMMAND_HELP:
		desk_push_take(d, help_screen_new(d, desk_focus(d)));
		return true;
	}
	return false;
}

static bool
look_command(struct desk *d, int command)
{
	switch (command) {
	case COMMAND_TOGGLE_OFFLINE:
		desk_ask_offline(d, !d->offline);
		return true;
	case COMMAND_TOGGLE_HINTS:
		d->hints_hidden = !d->hints_hidden;
		return true;
	case COMMAND_CYCLE_LAYOUT:
		cycle_layout(d);
		return true;
	case COMMAND_CYCLE_THEME:
		cycle_theme(d);
		return true;
	case COMMAND_TOGGLE_DATES:
		d->look.full_dates = !d->look.full_dates;
		layout_changed(d);
		return true;
	case COMMAND_REDRAW:
		term_redraw(d->term);
		return true;
	}
	return false;
}

static bool
fetch_command(struct desk *d, int command)
{
	switch (command) {
	case COMMAND_REFRESH:
	case COMMAND_REFRESH_ALL:
		desk_ask_refresh(d, WIRE_ALL, NULL, true);
		return true;
	case COMMAND_STOP:
		desk_ask_stop(d);
		return true;
	case COMMAND_UNDO:
	case COMMAND_REDO:
		desk_ask_undo(d, command == COMMAND_REDO);
		return true;
	case COMMAND_SEARCH:
		desk_prompt(d, PROMPT_SEARCH, STR("Search: "), STR(""), NULL);
		return true;
	case COMMAND_ADD_FEED:
		desk_prompt(d, PROMPT_ADD_FEED, STR("Address: "), STR(""), NULL);
		return true;
	case COMMAND_PALETTE:
		desk_prompt(d, PROMPT_PALETTE, STR(":"), STR(""), NULL);
		return true;
	}
	return false;
}

static bool
global(struct desk *d, int command)
{
	if (go_command(d, command) || look_command(d, command) || fetch_command(d, command))
		return true;
	switch (command) {
	case COMMAND_CLOSE:
	case COMMAND_LEAVE:
	case COMMAND_BACK:
	case COMMAND_STORY_BACK:
		if (command == COMMAND_CLOSE || d->n_screens > 1)
			close_top(d);
		else
			desk_say(d, ROLE_STATUS, "This is the first view. %.*s quits.",
			    STR_ARG(desk_key(d, COMMAND_CLOSE)));
		return true;
	case COMMAND_FORWARD:
		go_forward(d);
		return true;
	case COMMAND_CANCEL:
		cancel(d);
		return true;
	case COMMAND_QUIT:
		d->quit = true;
		return true;
	case COMMAND_SUSPEND:
		desk_suspend(d);
		return true;
	case COMMAND_OTHER_PANE:
	case COMMAND_NEXT_PANE:
	case COMMAND_PREVIOUS_PANE:
		if (desk_is_wide(d) && desk_story_screen(d))
			d->focus_list = !d->focus_list;
		return true;
	case COMMAND_BROWSER:
		open_browser(d);
		return true;
	case COMMAND_COPY_LINK: {
		struct story_row row;
		if (load_row(d, &row))
			copy_text(d, row.url, "the link");
		return true;
	}
	case COMMAND_COPY_CITATION:
		copy_citation(d);
		return true;
	}
	return false;
}

void
desk_command(struct desk *d, int command, int count)
{
	struct screen *s = desk_focus(d);
	desk_redraw(d);
	if (s->kind->command && s->kind->command(s, d, command, count))
		return;
	if (!global(d, command))
		desk_say(d, ROLE_STATUS, "%s does nothing here.", command_rows()[command].name);
}
