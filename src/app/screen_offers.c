/* The feeds that a web page offers, one of which is chosen. */
#include "app/text_screen.h"
#include "text/url.h"

/*
 * urls[0 .. n_ids - 2] are the offers, the last one is the line of the feeds file that gives its place.
 * `text` holds the titles, one a line.
 */
static struct str
instead_of(const struct text_screen *t)
{
	return t->urls[t->n_ids - 1];
}

static void
add_row(struct text_screen *t, struct desk *d, struct arena *a, struct lines *out, uint32_t index,
    struct str title)
{
	struct line *line = lines_push(a, out);
	struct str url = t->urls[index];
	bool known = feeds_file_by_url(&d->app->feeds, url) != NULL;
	line->block = index;
	line_add(a, line, ROLE_COUNT, arena_fmt(a, "%4u  ", (unsigned)index + 1));
	line_add(a, line, ROLE_HEADLINE, title);
	line_add(a, line, ROLE_TEXT, title.n ? STR("  ") : STR(""));
	line_add(a, line, ROLE_DIM, url_show(a, url, 0));
	if (known)
		line_add(a, line, ROLE_DIM, arena_fmt(a, "  %.*s",
		    STR_ARG(words_say(&d->words, "(there already)"))));
}

static void
make_offers(struct text_screen *t, struct desk *d, struct arena *a, size_t cols, struct lines *out)
{
	struct str title, rest = t->text;
	(void)cols;
	for (uint32_t i = 0; i + 1 < t->n_ids; i++) {
		str_cut(rest, '\n', &title, &rest);
		add_row(t, d, a, out, i, title);
	}
}

static void
look_at(struct text_screen *t, struct desk *d, uint32_t row)
{
	if (row + 1 >= t->n_ids)
		return;
	desk_ask_probe(d, t->urls[row], instead_of(t));
	desk_pop(d); /* t is gone now */
}

struct screen *
offers_screen_new(struct desk *d, const struct wire_offers *offers, struct str line)
{
	struct text_screen *t = text_screen_new(d, NULL, "Feeds of this page", make_offers, look_at);
	struct buf titles = {0};
	text_set_ids(t, offers->n + 1);
	for (size_t i = 0; i < offers->n; i++) {
		const struct wire_offer *o = &offers->v[i];
		t->urls[i] = str_of(heap_z(o->url), o->url.n);
		buf_fmt(&titles, "%.*s\n", STR_ARG(o->title.n ? o->title : o->type));
	}
	t->urls[offers->n] = str_of(heap_z(line), line.n);
	t->text = str_of(heap_z(buf_str(&titles)), titles.n);
	buf_clear(&titles);
	return &t->base;
}
