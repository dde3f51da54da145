/* Details of a story and of a feed. */
#include <stdlib.h>

#include "app/text_screen.h"
#include "store/feeds.h"
#include "text/url.h"
#include "view/feed_lines.h"

static void
make_details(struct text_screen *t, struct desk *d, struct arena *a, size_t cols,
    struct lines *out)
{
	struct read_story s;
	struct err e = {0};
	if (!d->store || !read_story(d->store, a, t->id, &s, &e)) {
		text_tell(d, a, cols, out, ROLE_WARNING, arena_str(a, str_z(e.text)));
		return;
	}
	text_add(a, out, ROLE_STORY_TITLE, s.row.title);
	lines_push(a, out)->block = LINE_OF_NO_ROW;
	text_add_pair(d, a, out, "Number", arena_fmt(a, "%lld", (long long)s.row.id));
	text_add_pair(d, a, out, "Address", url_show(a, s.row.url, 0));
	text_add_pair(d, a, out, "Agency", s.row.agency);
	text_add_pair(d, a, out, "Published", look_when(a, &d->look, WHEN_FULL, s.row.published));
	text_add_pair(d, a, out, "Updated", look_when(a, &d->look, WHEN_FULL, s.row.updated));
	text_add_pair(d, a, out, "First seen", look_when(a, &d->look, WHEN_FULL, s.row.first_seen));
	text_add_pair(d, a, out, "Language", s.row.lang);
	if (s.row.urgency)
		text_add_pair(d, a, out, "Urgency", word_number(a, &d->words, s.row.urgency));
	text_add_pair(d, a, out, "Text", word_size(a, &d->words, (int64_t)s.story.body.text.n));
	text_add_pair(d, a, out, "Version", word_number(a, &d->words, s.row.version));
	for (size_t i = 0; i < s.versions.n; i++)
		text_add_pair(d, a, out, "Earlier", arena_fmt(a, "%d  %.*s  %.*s", s.versions.v[i].n,
		    STR_ARG(look_when(a, &d->look, WHEN_SHORT, s.versions.v[i].at)),
		    STR_ARG(s.versions.v[i].title)));
	for (int i = 0; i < s.row.n_feeds; i++) {
		const struct query_feed *f = names_of(&d->names, s.row.feeds[i]);
		if (f)
			text_add_pair(d, a, out, "Feed", f->name);
	}
	if (s.muted_by.n)
		text_add_pair(d, a, out, "Hidden by the rule", s.muted_by);
}

static void
make_feed_details(struct text_screen *t, struct desk *d, struct arena *a, size_t cols,
    struct lines *out)
{
	const struct wire_subscription *s = feeds_file_by_url(&d->app->feeds, t->text);
	struct feed_fetches fetches = {0};
	struct err e = {0};
	feed_id id = FEED_NONE;
	if (!s)
		return;
	if (d->store && feeds_find(d->store, t->text, &id, &e) && id != FEED_NONE &&
	    !feeds_log(d->store, a, id, &fetches, &e))
		fetches.n = 0;
	struct feed_row row = {.kind = FEED_ROW_FEED, .name = subscription_name(a, s),
	    .state = names_state(&d->names, id), .paused = s->paused,
	    .every_s = s->every_s >= 0 ? s->every_s
				       : config_number(&d->app->config, OPT_interval) / 1000};
	feed_detail_lines(a, &d->look, &row, &fetches, cols, out);
	text_no_rows(out);
}

struct screen *
details_screen_new(struct desk *d, story_id id)
{
	struct text_screen *t = text_screen_new(d, NULL, "Details", make_details, NULL);
	t->id = id;
	return &t->base;
}

struct screen *
feed_details_screen_new(struct desk *d, struct str url)
{
	struct text_screen *t = text_screen_new(d, NULL, "Feed", make_feed_details, NULL);
	t->text = str_of(heap_z(url), url.n);
	return &t->base;
}
