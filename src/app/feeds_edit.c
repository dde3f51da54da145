#include "app/feeds_edit.h"

#include "app/desk.h"

void
feeds_edit_remove(struct desk *d, struct str url)
{
	const struct wire_subscription *feed = feeds_file_by_url(&d->app->feeds, url);
	struct err e = {0};
	if (!feed)
		return;
	struct str name = subscription_name(d->app->arena, feed);
	if (!feeds_file_remove(&d->app->feeds, url, &e))
		desk_say_err(d, &e);
	else if (desk_reload_feeds(d))
		desk_say(d, ROLE_OK, "Removed %.*s; its stories stay for 90 days.", STR_ARG(name));
}

void
feeds_edit_change(struct desk *d, struct str url, struct str rest)
{
	struct err e = {0};
	if (!feeds_file_change(&d->app->feeds, url, rest, &e)) {
		desk_say_err(d, &e);
	} else if (desk_reload_feeds(d)) {
		if (d->app->feeds.warnings.n)
			desk_say(d, ROLE_WARNING, "%.*s", STR_ARG(d->app->feeds.warnings.v[0]));
		else
			desk_say(d, ROLE_OK, "The feed was changed.");
	}
}

/* What stands behind its address, with the word `paused`, or without. */
static void
put_paused(struct buf *rest, struct str old, bool paused)
{
	struct str word;
	if (paused)
		buf_fmt(rest, "%.*s%spaused", STR_ARG(old), old.n ? "  " : "");
	while (!paused && old.n) {
		bool more = str_cut(old, ' ', &word, &old);
		if (!str_eq(word, STR("paused")))
			buf_fmt(rest, "%.*s%s", STR_ARG(word), more ? " " : "");
	}
}

void
feeds_edit_pause(struct desk *d, struct str url)
{
	const struct wire_subscription *feed = feeds_file_by_url(&d->app->feeds, url);
	struct buf rest = {0};
	struct err e = {0};
	if (!feed)
		return;
	bool paused = feed->paused;
	put_paused(&rest, feeds_file_rest(&d->app->feeds, url), !paused);
	if (!feeds_file_change(&d->app->feeds, url, str_trim(buf_str(&rest)), &e))
		desk_say_err(d, &e);
	else if (desk_reload_feeds(d) && paused)
		desk_say(d, ROLE_OK, "The feed is fetched again.");
	else
		desk_say(d, ROLE_OK, "The feed is paused.");
	buf_clear(&rest);
}

void
feeds_edit_shift(struct desk *d, struct str url, int direction)
{
	struct err e = {0};
	bool moved;
	if (!feeds_file_shift(&d->app->feeds, url, direction, &moved, &e))
		desk_say_err(d, &e);
	else if (!moved)
		desk_say(d, ROLE_STATUS, "It stands at the end of its section.");
	else
		desk_reload_feeds(d);
}
