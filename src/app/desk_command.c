/*
 * The commands that mean the same on every screen.  A command goes to the screen that has the keys
 * first; what it does not know comes here.
 */
#include <string.h>

#include "app/desk.h"

/* --- going places -------------------------------------------------------------------------------- */

/* The one of its kind comes back instead of a second one; screens of lines share a kind. */
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

/* The feeds stand beside the list when there is room for three panes. */
static void
go_feeds(struct desk *d)
{
	unsigned pane = SCREEN_IS_LIST | SCREEN_IS_STORY;
	if (desk_panes(d) == 3 && desk_top(d)->kind->flags & pane && !desk_split_open(d))
		d->focus = FOCUS_FEEDS;
	else
		go_once(d, feeds_screen_new(d));
}

static bool
go_command(struct desk *d, int command)
{
	switch (command) {
	case COMMAND_GO_HEADLINES:
		desk_show_list(d, STR(""), STR(""));
		return true;
	case COMMAND_GO_STARRED:
		desk_show_list(d, STR("is:starred"), words_say(&d->words, "Starred stories"));
		return true;
	case COMMAND_GO_UNREAD:
		desk_show_list(d, STR("is:unread"), words_say(&d->words, "Unread stories"));
		return true;
	case COMMAND_GO_TODAY:
		desk_show_list(d, STR("since:today"), words_say(&d->words, "Stories of today"));
		return true;
	case COMMAND_GO_FEEDS:
		go_feeds(d);
		return true;
	case COMMAND_GO_SEARCHES:
		go_feeds(d);
		feeds_screen_go_searches(d->focus == FOCUS_FEEDS ? d->feeds_pane : desk_top(d));
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
	case COMMAND_GO_ALERTS:
		go_once(d, alerts_screen_new(d));
		return true;
	case COMMAND_HISTORY:
		go_once(d, history_screen_new(d));
		return true;
	case COMMAND_DETAILS:
		if (desk_current_story(d) != STORY_NONE)
			desk_push_take(d, details_screen_new(d, desk_current_story(d)));
		return true;
	case COMMAND_COMPARE:
		if (desk_current_story(d) != STORY_NONE)
			desk_push_take(d, compare_screen_new(d, desk_current_story(d)));
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
		desk_cycle_layout(d);
		return true;
	case COMMAND_CYCLE_THEME:
		desk_cycle_theme(d);
		return true;
	case COMMAND_TOGGLE_DATES:
		d->look.full_dates = !d->look.full_dates;
		desk_look_changed(d);
		return true;
	case COMMAND_TOGGLE_MOUSE:
		desk_toggle_mouse(d);
		return true;
	case COMMAND_REDRAW:
		if (d->term)
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
		desk_ask_refresh(d, WIRE_ALL, NULL, true);
		return true;
	case COMMAND_REFRESH_ALL:
		desk_ask_refresh(d, WIRE_ALL, NULL, false);
		return true;
	case COMMAND_STOP:
		if (d->piping.output >= 0)
			desk_pipe_stop(d);
		else if (d->importing.output >= 0)
			desk_import_stop(d);
		else
			desk_ask_stop(d);
		return true;
	case COMMAND_UNDO:
	case COMMAND_REDO:
		desk_ask_undo(d, command == COMMAND_REDO);
		return true;
	case COMMAND_SEARCH:
		desk_prompt(d, PROMPT_SEARCH, "Search: ", STR(""), NULL);
		return true;
	case COMMAND_ADD_FEED:
		desk_prompt(d, PROMPT_ADD_FEED, "Address: ", STR(""), NULL);
		return true;
	case COMMAND_IMPORT:
	case COMMAND_IMPORT_FEEDS:
	case COMMAND_IMPORT_FIRST:
		desk_prompt(d, PROMPT_IMPORT, "Import from file: ", STR("~/"), NULL);
		return true;
	case COMMAND_PALETTE:
		desk_prompt(d, PROMPT_PALETTE, ":", STR(""), NULL);
		return true;
	}
	return false;
}

/* --- the table ----------------------------------------------------------------------------------- */

static void
close_top(struct desk *d)
{
	if (d->n_screens > 1) {
		bool story = desk_top(d)->kind->flags & SCREEN_IS_STORY;
		desk_pop(d);
		d->focus = FOCUS_TOP;
		if (story)
			desk_save_trail(d);
	} else {
		d->quit = true;
	}
}

/* Back to the view before; the first one stays. */
static void
leave(struct desk *d)
{
	if (d->n_screens > 1)
		close_top(d);
	else
		desk_say(d, ROLE_STATUS, "This is the first view. %.*s quits.",
		    STR_ARG(desk_key(d, COMMAND_CLOSE)));
}

/* Esc leaves what is innermost, but never the program. */
static void
cancel(struct desk *d)
{
	if (d->message.text[0])
		d->message.text[0] = '\0';
	else if (d->focus != FOCUS_TOP)
		d->focus = FOCUS_TOP;
	else if (d->n_screens > 1)
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

/* --- panes --------------------------------------------------------------------------------------- */

/*
 * From left to right: feeds, list, story.  A story that is only previewed opens when the keys come
 * to it, since it is read from then on.
 */
static void
other_pane(struct desk *d, int direction)
{
	enum focus order[3];
	size_t n = 0, at = 0;
	bool story = desk_top(d)->kind->flags & SCREEN_IS_STORY;
	if (!desk_is_wide(d) || desk_split_open(d) ||
	    !(desk_top(d)->kind->flags & (SCREEN_IS_LIST | SCREEN_IS_STORY))) {
		desk_say(d, ROLE_STATUS, "There is one pane here.");
		return;
	}
	if (desk_panes(d) == 3 && d->feeds_pane)
		order[n++] = FOCUS_FEEDS;
	if (story)
		order[n++] = FOCUS_LIST;
	order[n++] = FOCUS_TOP;
	for (size_t i = 0; i < n; i++)
		if (order[i] == d->focus)
			at = i;
	if (!story && d->preview && direction > 0 && at + 1 == n) {
		desk_open_preview(d);
		return;
	}
	d->focus = order[(at + n + (size_t)(direction + (int)n)) % n];
}

static bool
pane_command(struct desk *d, int command)
{
	switch (command) {
	case COMMAND_OTHER_PANE:
	case COMMAND_NEXT_PANE:
		other_pane(d, 1);
		return true;
	case COMMAND_PREVIOUS_PANE:
		other_pane(d, -1);
		return true;
	}
	return false;
}

static bool
program_command(struct desk *d, int command)
{
	struct story_row row;
	switch (command) {
	case COMMAND_BROWSER:
		desk_open_browser(d);
		return true;
	case COMMAND_COPY_LINK:
		desk_copy_link(d);
		return true;
	case COMMAND_COPY_CITATION:
		desk_copy_citation(d);
		return true;
	case COMMAND_SAVE_AS:
		if (desk_current_row(d, &row))
			desk_prompt(d, PROMPT_SAVE_STORY, "Save to: ",
			    desk_file_name(d, &row), NULL);
		return true;
	case COMMAND_PIPE:
		if (desk_current_row(d, &row))
			desk_prompt(d, PROMPT_PIPE, "Command: ", STR(""), NULL);
		return true;
	}
	return false;
}

static bool
way_command(struct desk *d, int command)
{
	switch (command) {
	case COMMAND_CLOSE:
		close_top(d);
		return true;
	case COMMAND_LEAVE:
	case COMMAND_BACK:
	case COMMAND_STORY_BACK:
		leave(d);
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
	if (go_command(d, command) || look_command(d, command) || fetch_command(d, command) ||
	    way_command(d, command) || pane_command(d, command) || program_command(d, command))
		return;
	desk_say(d, ROLE_STATUS, "%s does nothing here.", command_rows()[command].name);
}
