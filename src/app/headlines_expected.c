/* Marks that wire has not answered yet, on the rows of the headlines screen and in its count. */
#include "app/headlines.h"

/* Rows of one list, whose query is `list`. */
struct dressing {
	struct expected *expected;
	struct str list;
};

static void
dress(void *ctx, struct story_row *row)
{
	const struct dressing *by = ctx;
	expected_row(by->expected, by->list, row);
}

static void
dress_hits(struct dressing *by, struct search_hits *hits)
{
	for (size_t i = 0; i < hits->n; i++)
		dress(by, &hits->v[i].row);
}

static struct dressing
dressing(const struct headlines *h, struct arena *a)
{
	return (struct dressing){h->desk->expected, headlines_shown_query(h, a)};
}

void
headlines_expect_rows(void *headlines, struct story_rows *rows)
{
	struct headlines *h = headlines;
	if (!expected_any(h->desk->expected))
		return;
	struct arena *a = arena_new();
	struct dressing by = dressing(h, a);
	for (size_t i = 0; i < rows->n; i++)
		dress(&by, &rows->v[i]);
	arena_free(a);
}

void
headlines_expect_hits(struct headlines *h, struct search_hits *hits)
{
	if (!expected_any(h->desk->expected))
		return;
	struct arena *a = arena_new();
	struct dressing by = dressing(h, a);
	dress_hits(&by, hits);
	arena_free(a);
}

size_t
headlines_expect_unread(const struct headlines *h, story_id *ids, size_t n)
{
	struct story_rows rows;
	size_t left = 0;
	if (n == 0 || !expected_any(h->desk->expected))
		return n;
	struct arena *a = arena_new();
	struct dressing by = dressing(h, a);
	bool known = list_ids(h->desk->store, a, ids, n, &rows, NULL);
	for (size_t i = 0; known && i < rows.n; i++) {
		dress(&by, &rows.v[i]);
		if (rows.v[i].unread)
			ids[left++] = rows.v[i].id;
	}
	arena_free(a);
	return known ? left : n;
}

/* Of everything the desk's own count is it already. */
void
headlines_expect_count(struct headlines *h)
{
	if (h->text.n && !h->is_search && h->stored_unread >= 0)
		h->unread = expected_unread(h->desk->expected, h->text, h->stored_unread);
	else
		h->unread = h->stored_unread;
}

void
headlines_marked(struct screen *screen, struct desk *d)
{
	(void)d;
	struct headlines *h = (struct headlines *)screen;
	struct arena *a = arena_new();
	struct dressing by = dressing(h, a);
	window_each(h->window, dress, &by);
	headlines_expect_rows(h, &h->urgent);
	dress_hits(&by, &h->ranked);
	dress_hits(&by, &h->hits);
	arena_free(a);
}

void
headlines_counted(struct screen *screen, struct desk *d)
{
	struct headlines *h = (struct headlines *)screen;
	if (h->text.n == 0 || h->is_search)
		h->stored_unread = d->counts.unread;
	headlines_expect_count(h);
}
