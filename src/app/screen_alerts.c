/*
 * Alerts: what is told when a story meets a rule of the reader's, and the list of the last ones.
 */
#include "app/text_screen.h"
#include "store/alert.h"

enum { ALERTS_SHOWN = 10, TIME_COLS = 12 };

/* [refresh] notify. */
enum notify { NOTIFY_NO, NOTIFY_ALERTS, NOTIFY_ALL };

static void
tell_terminal(struct desk *d, struct str text)
{
	if (d->term)
		term_notify(d->term, STR("kawat"), text);
}

void
desk_alert(struct desk *d, struct str title)
{
	desk_say(d, ROLE_WARNING, "Alert: %.*s", STR_ARG(title));
	if (config_number(&d->app->config, OPT_notify) >= NOTIFY_ALERTS)
		tell_terminal(d, title);
}

void
desk_notify_news(struct desk *d, int64_t n_new)
{
	if (n_new == 0 || config_number(&d->app->config, OPT_notify) != NOTIFY_ALL)
		return;
	tell_terminal(d, word_fill1(d->frame, words_say(&d->words, "%1 new stories"),
	    word_number(d->frame, &d->words, n_new)));
}

void
desk_notify_feed(struct desk *d, struct str url, int64_t n_new)
{
	const struct wire_subscription *s = feeds_file_by_url(&d->app->feeds, url);
	if (n_new == 0 || !s || !s->notify ||
	    config_number(&d->app->config, OPT_notify) != NOTIFY_ALERTS)
		return;
	tell_terminal(d, word_fill2(d->frame, words_say(&d->words, "%1: %2 new stories"),
	    subscription_name(d->frame, s), word_number(d->frame, &d->words, n_new)));
}

/* --- the list ------------------------------------------------------------------------------------- */

static void
add_alert(struct desk *d, struct arena *a, const struct alert *one, uint32_t row, size_t cols,
    struct lines *out)
{
	struct str ellipsis = look_symbol(&d->look, SYMBOL_ELLIPSIS);
	struct line *line = lines_push(a, out);
	line->block = row;
	line_add(a, line, ROLE_TIME, arena_fmt(a, "  %.*s",
	    STR_ARG(look_when(a, &d->look, WHEN_COLUMN, one->at))));
	line_pad(a, line, ROLE_TEXT, TIME_COLS);
	line_add_cut(a, line, ROLE_HEADLINE, look_visual(a, &d->look, one->title),
	    cols > TIME_COLS + 1 ? cols - TIME_COLS - 1 : 0, ellipsis);
	line = lines_push(a, out);
	line->block = row;
	line_pad(a, line, ROLE_TEXT, TIME_COLS);
	line_add_cut(a, line, ROLE_DIM, one->rule, cols > TIME_COLS + 1 ? cols - TIME_COLS - 1 : 0,
	    ellipsis);
}

static void
make_alerts(struct text_screen *t, struct desk *d, struct arena *a, size_t cols, struct lines *out)
{
	struct alerts alerts = {0};
	struct err e = {0};
	if (d->store && !alert_last(d->store, a, ALERTS_SHOWN, &alerts, &e))
		alerts.n = 0;
	text_set_ids(t, alerts.n);
	for (size_t i = 0; i < alerts.n; i++) {
		t->ids[i] = alerts.v[i].id;
		add_alert(d, a, &alerts.v[i], (uint32_t)i, cols, out);
	}
	if (alerts.n == 0)
		text_tell(d, a, cols, out, ROLE_DIM, words_say(&d->words,
		    "No alerts. A line such as  alert = urgency:1-2  in [rules] makes them."));
}

static void
open_alert(struct text_screen *t, struct desk *d, uint32_t row)
{
	if (row < t->n_ids)
		desk_open_story(d, t->ids[row], true);
}

static const struct screen_kind alerts_kind = {
	.name = SAID_LATER("alerts"),
	.contexts = {CONTEXT_HEADLINES, CONTEXT_LIST, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_OPEN, COMMAND_RELATED, COMMAND_CLOSE, -1},
	.draw = text_screen_draw, .command = text_screen_command, .title = text_screen_title,
	.click = text_screen_click, .current = text_screen_current, .free = text_screen_free,
};

struct screen *
alerts_screen_new(struct desk *d)
{
	return &text_screen_new(d, &alerts_kind, "The last alerts", make_alerts, open_alert)->base;
}
