/*
 * What the reader does: keys, the line that is edited, paste.  A key goes to the prompt when there
 * is one, else through the key table to a command.
 */
#include <stdlib.h>
#include <string.h>

#include "app/desk.h"
#include "app/file_complete.h"
#include "text/clean.h"
#include "text/url.h"
#include "view/help_lines.h"

/* --- prompts ------------------------------------------------------------------------------------- */

/* The arrows are the screen's own while it shows what the text leaves. */
static bool
has_choices(enum prompt_kind kind)
{
	return kind == PROMPT_PALETTE || kind == PROMPT_FILTER || kind == PROMPT_HELP;
}

/* Does the screen follow while the text is typed? */
static bool
is_live(enum prompt_kind kind)
{
	return kind == PROMPT_FILTER || kind == PROMPT_FIND || kind == PROMPT_HELP;
}

void
desk_prompt(struct desk *d, enum prompt_kind kind, const char *label, struct str text,
    struct screen *screen)
{
	prompt_begin(d->prompt, text, has_choices(kind));
	d->prompting = true;
	d->prompt_kind = kind;
	d->prompt_label = words_say(&d->words, label);
	d->prompt_screen = screen;
	d->palette_chosen = 0;
	d->message.text[0] = '\0';
	desk_redraw(d);
}

void
desk_prompt_end(struct desk *d)
{
	d->prompting = false;
	desk_redraw(d);
}

static void
tell_screen(struct desk *d, struct str text, bool accepted)
{
	struct screen *s = d->prompt_screen;
	if (s && s->kind->prompt)
		s->kind->prompt(s, d, (int)d->prompt_kind, text, accepted);
}

static void
run_palette(struct desk *d)
{
	struct help_row *rows;
	struct arena *a = arena_new();
	size_t n_found, n = desk_command_rows(d, a, desk_focus(d), &rows);
	size_t *found = palette_match(a, &d->look, rows, n, prompt_text(d->prompt), &n_found);
	int command = d->palette_chosen < n_found ? rows[found[d->palette_chosen]].index : -1;
	arena_free(a);
	if (command >= 0)
		desk_command(d, command, 0);
	else
		desk_say(d, ROLE_WARNING, "There is no such command here.");
}

static void
add_address(struct desk *d, struct str typed)
{
	struct str url = url_typed(d->frame, typed);
	if (url_is_http(url) && feeds_file_by_url(&d->app->feeds, url))
		desk_say(d, ROLE_STATUS, "That feed is there already.");
	else if (url_is_http(url))
		desk_ask_probe(d, url, STR(""));
	else if (typed.n)
		desk_say(d, ROLE_WARNING, "Not an address: \"%.*s\"", STR_ARG(typed));
}

static void
run_search(struct desk *d, struct str typed)
{
	if (typed.n == 0)
		return;
	desk_tell_typed(d, typed);
	if (d->prompt_screen) /* `F` in a search changes it */
		tell_screen(d, typed, true);
	else
		desk_push_take(d, search_screen_new(d, typed));
}

static void
accept_prompt(struct desk *d)
{
	char *text = heap_z(prompt_text(d->prompt));
	struct str typed = str_trim(str_z(text));
	prompt_remember(d->prompt);
	desk_prompt_end(d);
	switch (d->prompt_kind) {
	case PROMPT_SEARCH:
		run_search(d, typed);
		break;
	case PROMPT_ADD_FEED:
		add_address(d, typed);
		break;
	case PROMPT_PALETTE:
		run_palette(d);
		break;
	case PROMPT_FIND:
	case PROMPT_FILTER:
	case PROMPT_HELP:
	case PROMPT_SAVE_SEARCH:
	case PROMPT_EDIT_FEED:
		tell_screen(d, typed, true);
		break;
	case PROMPT_SAVE_STORY:
		desk_save_story(d, typed);
		break;
	case PROMPT_PIPE:
		desk_pipe_story(d, typed);
		break;
	case PROMPT_IMPORT:
		desk_import_file(d, typed);
		break;
	}
	free(text);
}

static void
cancel_prompt(struct desk *d)
{
	desk_prompt_end(d);
	if (is_live(d->prompt_kind))
		tell_screen(d, STR(""), false);
}

static void
prompt_changed(struct desk *d)
{
	d->palette_chosen = 0;
	if (is_live(d->prompt_kind))
		tell_screen(d, prompt_text(d->prompt), false);
}

/* The arrows among what can be chosen. */
static void
choose_beside(struct desk *d, int by)
{
	struct screen *s = d->prompt_screen;
	if (d->prompt_kind == PROMPT_PALETTE && by < 0 && d->palette_chosen)
		d->palette_chosen--;
	else if (d->prompt_kind == PROMPT_PALETTE && by > 0)
		d->palette_chosen++;
	else if (s && s->kind->command)
		s->kind->command(s, d, by < 0 ? COMMAND_PREVIOUS_ROW : COMMAND_NEXT_ROW, 0);
}

/* Tab: the name of a file goes on as far as there is one way. */
static void
complete(struct desk *d)
{
	if (d->prompt_kind == PROMPT_IMPORT || d->prompt_kind == PROMPT_SAVE_STORY)
		prompt_set(d->prompt, file_complete(d->frame, prompt_text(d->prompt)));
}

static void
prompt_takes(struct desk *d, struct key key)
{
	switch (prompt_key(d->prompt, key)) {
	case PROMPT_ACCEPT:
		accept_prompt(d);
		return;
	case PROMPT_CANCEL:
		cancel_prompt(d);
		return;
	case PROMPT_CHANGED:
		prompt_changed(d);
		return;
	case PROMPT_EARLIER:
		choose_beside(d, -1);
		return;
	case PROMPT_LATER:
		choose_beside(d, 1);
		return;
	case PROMPT_COMPLETE:
		complete(d);
		return;
	case PROMPT_UNUSED:
	case PROMPT_MOVED:
		return;
	}
}

/* --- keys ---------------------------------------------------------------------------------------- */

static void
show_menu(void *ctx)
{
	struct desk *d = ctx;
	d->menu_timer = 0;
	d->menu_shown = d->keys.n_steps > 0;
	desk_redraw(d);
}

static void
stop_number(struct desk *d)
{
	loop_cancel(d->loop, d->number_timer);
	d->number_timer = 0;
}

static void
follow_number(void *ctx)
{
	struct desk *d = ctx;
	int number = d->keys.number;
	struct screen *s = desk_focus(d);
	stop_number(d);
	d->keys = (struct keymap_state){0};
	if (number && s->kind->follow)
		s->kind->follow(s, d, number);
	desk_redraw(d);
}

/* `1` waits for a second digit when there are ten links or more. */
static void
on_number(struct desk *d, struct screen *s)
{
	stop_number(d);
	if (!(s->kind->flags & SCREEN_DIGITS_FOLLOW))
		return;
	if (keymap_number_waits(d->keys.number, s->kind->n_numbers(s, d)))
		d->number_timer = loop_after(d->loop, DESK_NUMBER_MS, follow_number, d);
	else
		follow_number(d);
}

static void
unknown_key(struct desk *d, struct key key)
{
	char name[32];
	key_name(key, d->look.symbols == SYMBOLS_ASCII, name);
	desk_say(d, ROLE_WARNING, "%s: no such key here. %.*s shows all keys", name,
	    STR_ARG(desk_key(d, COMMAND_HELP)));
}

/* Esc ends the search in a view before it leaves the view. */
static void
stop_finding(struct desk *d, struct screen *s)
{
	d->finding = false;
	if (s->kind->prompt)
		s->kind->prompt(s, d, PROMPT_FIND, STR(""), false);
}

static void
run_command(struct desk *d, struct screen *s, int command, int number)
{
	if (command == COMMAND_CANCEL && d->finding)
		stop_finding(d, s);
	else
		desk_command(d, command, number);
}

static void
begin_prefix(struct desk *d)
{
	loop_cancel(d->loop, d->menu_timer);
	d->menu_timer = loop_after(d->loop,
	    config_number(&d->app->config, OPT_which_key_delay), show_menu, d);
}

static void
end_prefix(struct desk *d)
{
	loop_cancel(d->loop, d->menu_timer);
	d->menu_timer = 0;
	d->menu_shown = false;
}

/* The key table's contexts for this screen, from the inside out. */
static void
contexts_of(const struct desk *d, const struct screen *s, int contexts[8])
{
	int n = 0;
	if (d->finding)
		contexts[n++] = CONTEXT_FINDING;
	for (size_t i = 0; s->kind->contexts[i] >= 0; i++)
		contexts[n++] = s->kind->contexts[i];
	contexts[n] = -1;
}

static void
table_key(struct desk *d, struct key key)
{
	struct screen *s = desk_focus(d);
	int command, number, contexts[8];
	bool had_number = d->number_timer != 0;
	contexts_of(d, s, contexts);
	enum keymap_answer answer = keymap_key(d->keymap, contexts,
	    s->kind->flags & SCREEN_DIGITS_FOLLOW ? DIGITS_FOLLOW : DIGITS_COUNT, &d->keys, key,
	    &command, &number);
	if (answer != KEYMAP_PREFIX)
		end_prefix(d);
	if (had_number && answer != KEYMAP_NUMBER)
		stop_number(d);
	switch (answer) {
	case KEYMAP_PREFIX:
		begin_prefix(d);
		break;
	case KEYMAP_NUMBER:
		on_number(d, s);
		break;
	case KEYMAP_COMMAND:
		run_command(d, s, command, number);
		break;
	case KEYMAP_UNKNOWN:
		unknown_key(d, key);
		break;
	}
}

/* In a view that is searched by typing, a letter begins the search, except what closes it. */
static bool
begins_typing(const struct desk *d, const struct screen *s, struct key key)
{
	return s->kind->flags & SCREEN_TYPES && key.code > ' ' && key.code < K_NAMED &&
	       !(key.mods & (MOD_CTRL | MOD_ALT)) && key.code != 'q' && key.code != 'Q' &&
	       key.code != ':' && key.code != '?' && d->keys.n_steps == 0;
}

static void
on_key(struct desk *d, struct key key)
{
	struct screen *s = desk_focus(d);
	if (d->prompting) {
		prompt_takes(d, key);
		return;
	}
	if (d->number_timer && key.code == K_ENTER) {
		follow_number(d);
		return;
	}
	if (key.code == K_ESCAPE && (d->keys.n_steps || d->keys.number)) {
		d->keys = (struct keymap_state){0};
		stop_number(d);
		end_prefix(d);
		return;
	}
	if (d->message.text[0] && key.code != K_ESCAPE)
		d->message.text[0] = '\0';
	if (begins_typing(d, s, key)) {
		desk_prompt(d, PROMPT_HELP, "", STR(""), s);
		if (key.code != '/')
			prompt_takes(d, key);
		return;
	}
	table_key(d, key);
}

/* Pasted text never runs as keys; an address opens the prompt with it. */
static void
on_paste(struct desk *d, struct bytes text)
{
	if (d->prompting) {
		if (prompt_paste(d->prompt, text))
			prompt_changed(d);
		return;
	}
	struct str url = text_clean_line(d->frame, text);
	if (url_is_http(url) && url.n < 2000)
		desk_prompt(d, PROMPT_ADD_FEED, "Address: ", url, NULL);
}

void
desk_event(struct desk *d, const struct input_event *e)
{
	desk_redraw(d);
	switch (e->kind) {
	case INPUT_KEY:
		on_key(d, e->key);
		break;
	case INPUT_PASTE:
		on_paste(d, e->text);
		break;
	case INPUT_SYNC:
		term_synchronised(d->term, true);
		break;
	case INPUT_BACKGROUND:
		desk_background(d, e->r, e->g, e->b);
		break;
	case INPUT_COLUMN:
		/* a mark that is two cells wide here would shift every line */
		if (e->col > 1 && config_number(&d->app->config, OPT_symbols) == 0)
			d->look.symbols = SYMBOLS_ASCII;
		break;
	case INPUT_MOUSE:
		desk_mouse(d, e);
		break;
	case INPUT_FENCE:
	case INPUT_FOCUS:
		break;
	}
}
