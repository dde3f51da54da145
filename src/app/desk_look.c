/*
 * How the desk looks: theme, marks, layout, the terminal's mouse.
 */
#include <string.h>

#include "app/desk.h"
#include "text/columns.h"

static void
theme_folders(struct desk *d, const char *folders[4])
{
	size_t n = 0;
	folders[n++] = d->app->paths.own_themes;
	folders[n++] = arena_fmt(d->app->arena, "%s/../themes", program_folder(d->app->arena)).p;
	folders[n++] = KAWAT_DATADIR "/themes";
	folders[n] = NULL;
}

void
desk_load_theme(struct desk *d, const char *name)
{
	const char *folders[4];
	struct err e = {0};
	theme_folders(d, folders);
	if (!theme_load(&d->theme, name, folders, NULL, &e))
		desk_say_err(d, &e);
	if (d->term)
		term_redraw(d->term);
}

/* The terminal said what its background is: `auto` now knows dark from light. */
void
desk_background(struct desk *d, int r, int g, int b)
{
	bool dark = r * 299 + g * 587 + b * 114 < 128000;
	if (!str_eq(config_text(&d->app->config, OPT_theme), STR("auto")) ||
	    term_colours(d->term) < 8)
		return;
	desk_load_theme(d, arena_z(d->frame,
	    config_text(&d->app->config, dark ? OPT_theme_dark : OPT_theme_light)));
}

void
desk_cycle_theme(struct desk *d)
{
	const char *folders[4];
	size_t n;
	struct err e = {0};
	theme_folders(d, folders);
	struct str *names = theme_names(d->frame, folders, &n);
	if (n == 0)
		return;
	d->theme_index = (d->theme_index + 1) % n;
	if (theme_load(&d->theme, arena_z(d->frame, names[d->theme_index]), folders, NULL, &e))
		desk_say(d, ROLE_STATUS, "Theme: %.*s", STR_ARG(names[d->theme_index]));
	else
		desk_say_err(d, &e);
	if (d->term)
		term_redraw(d->term);
}

void
desk_begin_look(struct desk *d, bool utf8)
{
	int64_t symbols = config_number(&d->app->config, OPT_symbols);
	enum { AUTO, UNICODE, ASCII };
	enum { BIDI_AUTO, BIDI_KAWAT, BIDI_TERMINAL };
	d->look = (struct look){.words = &d->words, .now = desk_now(d),
	    .symbols = symbols == ASCII || (symbols == AUTO && !utf8) ? SYMBOLS_ASCII
								      : SYMBOLS_UNICODE,
	    .full_dates = config_number(&d->app->config, OPT_dates),
	    .motion = config_number(&d->app->config, OPT_motion),
	    .terminal_bidi = config_number(&d->app->config, OPT_bidi) == BIDI_TERMINAL};
	d->layout = (int)config_number(&d->app->config, OPT_layout);
	d->hints_hidden = !config_number(&d->app->config, OPT_hints);
}

void
desk_look_changed(struct desk *d)
{
	for (size_t i = 0; i < d->n_screens; i++)
		if (d->screens[i]->kind->changed)
			d->screens[i]->kind->changed(d->screens[i], d);
	if (d->preview && d->preview->kind->changed)
		d->preview->kind->changed(d->preview, d);
	desk_redraw(d);
}

/* --- panes --------------------------------------------------------------------------------------- */

enum { LAYOUT_AUTO, LAYOUT_ONE, LAYOUT_TWO, LAYOUT_THREE };

int
desk_panes(const struct desk *d)
{
	int cols = canvas_cols(d->canvas);
	if (d->layout == LAYOUT_ONE || cols < 40)
		return 1;
	if (d->layout == LAYOUT_TWO)
		return 2;
	if (d->layout == LAYOUT_THREE)
		return cols < DESK_SPLIT_COLS ? 2 : 3;
	return cols >= DESK_THREE_COLS ? 3 : cols >= DESK_SPLIT_COLS ? 2 : 1;
}

bool
desk_is_wide(const struct desk *d)
{
	return desk_panes(d) > 1;
}

void
desk_cycle_layout(struct desk *d)
{
	d->layout = (d->layout + 1) % 4;
	d->left_cols = 0;
	switch (d->layout) {
	case LAYOUT_AUTO:
		desk_say(d, ROLE_STATUS, "Panes: as many as the width allows");
		break;
	case LAYOUT_ONE:
		desk_say(d, ROLE_STATUS, "Panes: one");
		break;
	case LAYOUT_TWO:
		desk_say(d, ROLE_STATUS, "Panes: two");
		break;
	case LAYOUT_THREE:
		desk_say(d, ROLE_STATUS, "Panes: three");
		break;
	}
	desk_look_changed(d);
}

void
desk_toggle_mouse(struct desk *d)
{
	d->mouse = !d->mouse;
	if (d->term)
		term_mouse(d->term, d->mouse);
	if (d->mouse)
		desk_say(d, ROLE_STATUS, "The mouse works in kawat; Shift selects text.");
	else
		desk_say(d, ROLE_STATUS, "The mouse is the terminal's.");
}
