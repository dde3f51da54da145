#include "app/expected.h"

#include <stdlib.h>
#include <string.h>

#include "store/mark.h"

enum {
	MAX_ASKED = 64, /* a key held down while wire is busy; of more the oldest is not shown early */
	MAX_IMAGES = 2000, /* rows of a mark that are remembered: more than a window holds */
};

/* A row as it was. */
struct image {
	story_id id;
	int64_t read_at;
	bool unread, updated, starred;
};

/* What a mark made zero. */
struct feed_image {
	feed_id id;
	int64_t unread;
};

/* What undo gives back. */
struct images {
	struct image *v;
	size_t n, cap;
	struct feed_image *feeds;
	size_t n_feeds, cap_feeds;
	int64_t unread, in_list; /* the counts of everything and of the mark's own list */
};

enum kind { ASKED_MARK, ASKED_UNDO, ASKED_REDO };

struct asked {
	enum kind kind;
	int64_t request, at, before_ord;
	enum mark_what what;
	enum mark_scope scope;
	struct str query; /* these three on the heap */
	story_id *ids;
	feed_id *feeds;
	size_t n_ids, n_feeds;
	struct images images;
	int64_t counted; /* of the images, those that the counts know of */
	bool over; /* answered, or taken back before that: kept for its images alone */
};

struct expected {
	struct asked v[MAX_ASKED];
	size_t n;
};

struct expected *
expected_new(void)
{
	return heap_alloc(sizeof(struct expected));
}

static void
clear(struct asked *a)
{
	free((char *)a->query.p);
	free(a->ids);
	free(a->feeds);
	free(a->images.v);
	free(a->images.feeds);
	*a = (struct asked){0};
}

static void
drop(struct expected *e, size_t i)
{
	clear(&e->v[i]);
	memmove(&e->v[i], &e->v[i + 1], (e->n - i - 1) * sizeof(e->v[0]));
	e->n--;
}

void
expected_forget(struct expected *e)
{
	while (e->n)
		drop(e, e->n - 1);
}

void
expected_free(struct expected *e)
{
	if (!e)
		return;
	expected_forget(e);
	free(e);
}

bool
expected_any(const struct expected *e)
{
	for (size_t i = 0; i < e->n; i++)
		if (!e->v[i].over)
			return true;
	return false;
}

/* --- what is asked ------------------------------------------------------------------------------ */

static struct asked *
add(struct expected *e, enum kind kind)
{
	if (e->n == MAX_ASKED)
		drop(e, 0);
	e->v[e->n] = (struct asked){.kind = kind};
	return &e->v[e->n++];
}

static void *
copy(const void *from, size_t n_bytes)
{
	void *to = n_bytes ? heap_alloc(n_bytes) : NULL;
	if (n_bytes)
		memcpy(to, from, n_bytes);
	return to;
}

/* The last mark is the one that undo takes back; those before it are kept no longer. */
static void
drop_over(struct expected *e)
{
	for (size_t i = e->n; i > 0; i--)
		if (e->v[i - 1].over && e->v[i - 1].kind == ASKED_MARK && e->v[i - 1].request == 0)
			drop(e, i - 1);
}

void
expected_mark(struct expected *e, const struct wire_mark *m, const feed_id *feeds, size_t n_feeds,
    int64_t at)
{
	drop_over(e);
	struct asked *a = add(e, ASKED_MARK);
	a->request = m->request;
	a->at = at;
	a->before_ord = m->before_ord;
	a->what = (enum mark_what)m->what;
	a->scope = (enum mark_scope)m->scope;
	a->query = str_of(heap_z(m->scope_text), m->scope_text.n);
	a->ids = copy(m->ids.v, m->ids.n * sizeof(*a->ids));
	a->n_ids = m->ids.n;
	a->feeds = copy(feeds, n_feeds * sizeof(*feeds));
	a->n_feeds = n_feeds;
}

void
expected_turn(struct expected *e, bool redo)
{
	struct asked *turn = add(e, redo ? ASKED_REDO : ASKED_UNDO);
	struct asked *last = e->n > 1 ? turn - 1 : NULL;
	if (redo || !last || last->kind != ASKED_MARK)
		return;
	turn->what = last->what;
	turn->scope = last->scope;
	turn->query = str_of(heap_z(last->query), last->query.n);
	turn->images = last->images;
	last->images = (struct images){0};
	last->over = true;
}

/* A mark that is done stays as long as it is the last one. */
void
expected_answered(struct expected *e, int64_t request, bool done)
{
	for (size_t i = 0; i < e->n; i++) {
		struct asked *a = &e->v[i];
		if ((request == 0) == (a->kind == ASKED_MARK) || a->request != request)
			continue;
		if (!done || i + 1 < e->n || a->kind != ASKED_MARK) {
			drop(e, i);
			return;
		}
		a->over = true;
		a->request = 0;
		return;
	}
}

/* --- rows --------------------------------------------------------------------------------------- */

static bool
is_in(const feed_id *feeds, size_t n, feed_id id)
{
	for (size_t i = 0; i < n; i++)
		if (feeds[i] == id)
			return true;
	return false;
}

static bool
is_seen_in(const struct asked *a, const struct story_row *row)
{
	for (int i = 0; i < row->n_feeds; i++)
		if (is_in(a->feeds, a->n_feeds, row->feeds[i]))
			return true;
	return false;
}

static bool
means(const struct asked *a, struct str list, const struct story_row *row)
{
	if (a->scope == MARK_IDS)
		return is_in(a->ids, a->n_ids, row->id);
	if (a->before_ord && row->ord > a->before_ord)
		return false;
	return a->scope == MARK_ALL || (a->n_feeds ? is_seen_in(a, row) : str_eq(list, a->query));
}

static struct image *
image_of(const struct images *images, story_id id)
{
	for (size_t i = 0; i < images->n; i++)
		if (images->v[i].id == id)
			return &images->v[i];
	return NULL;
}

static void
remember(struct images *images, const struct story_row *row)
{
	if (images->n == MAX_IMAGES || image_of(images, row->id))
		return;
	if (images->n == images->cap) {
		images->cap = images->cap ? images->cap * 2 : 64;
		images->v = heap_resize(images->v, images->cap * sizeof(*images->v));
	}
	images->v[images->n++] = (struct image){row->id, row->read_at, row->unread,
	    row->updated_since_read, row->starred};
}

static bool
changes(enum mark_what what, const struct story_row *row)
{
	switch (what) {
	case MARK_READ:
		return row->unread || row->updated_since_read;
	case MARK_UNREAD:
		return !row->unread;
	case MARK_STAR:
		return !row->starred;
	case MARK_UNSTAR:
		break;
	}
	return row->starred;
}

static void
apply(struct asked *a, struct story_row *row)
{
	if (!changes(a->what, row))
		return;
	remember(&a->images, row);
	switch (a->what) {
	case MARK_READ:
		row->unread = row->updated_since_read = false;
		row->read_at = a->at;
		break;
	case MARK_UNREAD:
		row->unread = true;
		row->read_at = 0;
		break;
	case MARK_STAR:
	case MARK_UNSTAR:
		row->starred = a->what == MARK_STAR;
		break;
	}
}

static void
give_back(const struct asked *a, struct story_row *row)
{
	const struct image *was = image_of(&a->images, row->id);
	if (!was)
		return;
	if (a->what == MARK_STAR || a->what == MARK_UNSTAR) {
		row->starred = was->starred;
		return;
	}
	row->read_at = was->read_at;
	row->unread = was->unread;
	row->updated_since_read = was->updated;
}

void
expected_row(struct expected *e, struct str list, struct story_row *row)
{
	for (size_t i = 0; i < e->n; i++) {
		struct asked *a = &e->v[i];
		if (a->over)
			continue;
		if (a->kind == ASKED_UNDO)
			give_back(a, row);
		else if (a->kind == ASKED_MARK && means(a, list, row))
			apply(a, row);
	}
}

/* --- counts ------------------------------------------------------------------------------------- */

static bool
is_wide(const struct asked *a)
{
	return a->scope == MARK_ALL || a->n_feeds;
}

static int64_t
larger(int64_t x, int64_t y)
{
	return x > y ? x : y;
}

static int64_t
less(int64_t from, int64_t n)
{
	return larger(from - n, 0);
}

static void
remember_feed(struct images *images, const struct feed_state *s)
{
	for (size_t i = 0; i < images->n_feeds; i++) {
		if (images->feeds[i].id != s->id)
			continue;
		images->feeds[i].unread = larger(images->feeds[i].unread, s->unread);
		return;
	}
	if (images->n_feeds == images->cap_feeds) {
		images->cap_feeds = images->cap_feeds ? images->cap_feeds * 2 : 64;
		images->feeds =
		    heap_resize(images->feeds, images->cap_feeds * sizeof(*images->feeds));
	}
	images->feeds[images->n_feeds++] = (struct feed_image){s->id, s->unread};
}

/* All stories of every feed that is not hidden, or of some feeds.  A story of two feeds is counted by
 * both: then too few are left until wire has answered. */
static void
empty_feeds(struct asked *a, struct names *names, struct store_counts *counts)
{
	int64_t gone = 0, hidden = 0;
	a->images.unread = larger(a->images.unread, counts->unread);
	for (size_t i = 0; i < names->states.n; i++) {
		struct feed_state *s = &names->states.v[i];
		const struct query_feed *f = names->of_state[i];
		bool all = a->scope == MARK_ALL;
		if (s->unread == 0)
			continue;
		if (all && f && f->hide) {
			hidden += s->unread;
		} else if (all || is_in(a->feeds, a->n_feeds, s->id)) {
			gone += s->unread;
			remember_feed(&a->images, s);
			s->unread = 0;
		}
	}
	if (a->scope == MARK_ALL)
		counts->unread = counts->unread < hidden ? counts->unread : hidden;
	else
		counts->unread = less(counts->unread, gone);
}

static void
fill_feeds(const struct asked *a, struct names *names, struct store_counts *counts)
{
	counts->unread = larger(counts->unread, a->images.unread);
	for (size_t i = 0; i < a->images.n_feeds; i++)
		for (size_t k = 0; k < names->states.n; k++)
			if (names->states.v[k].id == a->images.feeds[i].id)
				names->states.v[k].unread =
				    larger(names->states.v[k].unread, a->images.feeds[i].unread);
}

/* By the rows that were seen to change: those of an undo change back. */
static void
count_rows(struct asked *a, struct store_counts *counts)
{
	int64_t n = 0;
	bool star = a->what == MARK_STAR || a->what == MARK_UNSTAR;
	for (size_t i = 0; i < a->images.n; i++)
		n += star || a->images.v[i].unread == (a->what == MARK_READ);
	int64_t more = n - a->counted;
	a->counted = n;
	if (a->what == MARK_READ || a->what == MARK_UNSTAR)
		more = -more;
	if (a->kind == ASKED_UNDO)
		more = -more;
	int64_t *count = star ? &counts->starred : &counts->unread;
	*count = less(*count, -more);
}

void
expected_counts(struct expected *e, struct names *names, struct store_counts *counts, bool fresh)
{
	for (size_t i = fresh || e->n == 0 ? 0 : e->n - 1; i < e->n; i++) {
		struct asked *a = &e->v[i];
		if (fresh)
			a->counted = 0;
		if (a->over || a->kind == ASKED_REDO)
			continue;
		if (a->kind == ASKED_UNDO && a->images.unread)
			fill_feeds(a, names, counts);
		else if (a->kind == ASKED_MARK && a->what == MARK_READ && is_wide(a))
			empty_feeds(a, names, counts);
		else
			count_rows(a, counts);
	}
}

static bool
is_list_of(const struct asked *a, struct str list)
{
	return a->scope == MARK_ALL || (a->scope == MARK_QUERY && str_eq(list, a->query));
}

int64_t
expected_unread(struct expected *e, struct str list, int64_t counted)
{
	for (size_t i = 0; i < e->n; i++) {
		struct asked *a = &e->v[i];
		if (a->over || a->what != MARK_READ || !is_list_of(a, list))
			continue;
		if (a->kind == ASKED_MARK) {
			a->images.in_list = larger(a->images.in_list, counted);
			counted = 0;
		} else if (a->kind == ASKED_UNDO) {
			counted = larger(counted, a->images.in_list);
		}
	}
	return counted;
}
