/* The rows of the headlines screen, one after the other, in each of its orders. */
#include "app/headlines.h"

#include "store/mark.h"

/* Above every ord, see store/list_place.h. */
#define URGENT_KEY(i) (INT64_MAX - 1 - (int64_t)(i))

static int
urgent_index(const struct headlines *h, int64_t key)
{
	int64_t i = INT64_MAX - 1 - key;
	return i >= 0 && i < (int64_t)h->urgent.n ? (int)i : -1;
}

const struct story_row *
headlines_row(struct headlines *h, int64_t key)
{
	if (h->order == ORDER_RELEVANCE)
		return key >= 1 && key <= (int64_t)h->ranked.n ? &h->ranked.v[key - 1].row : NULL;
	int urgent = urgent_index(h, key);
	return urgent >= 0 ? &h->urgent.v[urgent] : window_row(h->window, key);
}

/* --- ranks --------------------------------------------------------------------------------------- */

static int64_t
ranked_edge(const struct headlines *h, bool last)
{
	if (h->ranked.n == 0)
		return LIST_NO_KEY;
	return last ? (int64_t)h->ranked.n : 1;
}

static int64_t
ranked_step(const struct headlines *h, int64_t key, bool back)
{
	int64_t next = back ? key - 1 : key + 1;
	return next >= 1 && next <= (int64_t)h->ranked.n ? next : LIST_NO_KEY;
}

/* --- the model for ui/list ----------------------------------------------------------------------- */

static int64_t
model_edge(void *ctx, bool last)
{
	struct headlines *h = ctx;
	bool oldest = h->order == ORDER_OLDEST;
	if (h->order == ORDER_RELEVANCE)
		return ranked_edge(h, last);
	if (!last && h->urgent.n)
		return URGENT_KEY(0);
	int64_t key = window_edge(h->window, last != oldest);
	if (key == WINDOW_NO_KEY && h->urgent.n)
		return URGENT_KEY(h->urgent.n - 1);
	return key;
}

static int64_t
model_step(void *ctx, int64_t key, bool back)
{
	struct headlines *h = ctx;
	bool oldest = h->order == ORDER_OLDEST;
	if (h->order == ORDER_RELEVANCE)
		return ranked_step(h, key, back);
	int i = urgent_index(h, key);
	if (i >= 0 && back)
		return i ? URGENT_KEY(i - 1) : LIST_NO_KEY;
	if (i >= 0)
		return i + 1 < (int)h->urgent.n ? URGENT_KEY(i + 1) : window_edge(h->window, oldest);
	int64_t next = window_step(h->window, key, back != oldest);
	if (next == WINDOW_NO_KEY && back && h->urgent.n)
		return URGENT_KEY(h->urgent.n - 1);
	return next;
}

static int64_t
model_near(void *ctx, int64_t key)
{
	struct headlines *h = ctx;
	if (h->order == ORDER_RELEVANCE)
		return headlines_row(h, key) ? key : ranked_edge(h, false);
	if (urgent_index(h, key) >= 0)
		return key;
	int64_t near = window_near(h->window, key);
	return near == WINDOW_NO_KEY ? model_edge(h, false) : near;
}

int64_t
headlines_step(struct headlines *h, int64_t key, bool back)
{
	return model_step(h, key, back);
}

const struct story_row *
headlines_chosen(struct headlines *h)
{
	return h->list.chosen == LIST_NO_KEY ? NULL : headlines_row(h, h->list.chosen);
}

/* Days have rules of their own, but not among the few rows that a search or a filter leaves. */
static bool
is_by_day(const struct headlines *h)
{
	return config_number(&h->desk->app->config, OPT_group_by_day) && !h->is_search &&
	       h->filter.n == 0;
}

struct headline_layout
headlines_layout(const struct headlines *h)
{
	const struct desk *d = h->desk;
	bool tall = h->area.cols < 60 && desk_is_wide(d);
	return headline_layout(&d->look, tall ? HEADLINE_TALL : HEADLINE_ONE_LINE,
	    is_by_day(h),
	    (size_t)h->area.cols);
}

/* Every row of a search is as high as one with an excerpt; the text comes when it is drawn. */
static const struct search_hit unknown_hit = {.excerpt = STR_INIT("…")};

static const struct search_hit *
hit_of(const struct headlines *h, int64_t key)
{
	if (h->order == ORDER_RELEVANCE)
		return &h->ranked.v[key - 1];
	for (size_t i = 0; i < h->hits.n; i++)
		if (h->hits.v[i].row.ord == key)
			return &h->hits.v[i];
	return &unknown_hit;
}

void
headlines_load_hits(struct headlines *h, int rows)
{
	struct err e = {0};
	int64_t top = h->list.top;
	bool oldest = h->order == ORDER_OLDEST;
	arena_reset(h->hits_arena);
	h->hits = (struct search_hits){0};
	if (!h->is_search || h->order == ORDER_RELEVANCE || top == LIST_NO_KEY || top == INT64_MAX)
		return;
	if (!search_window(h->desk->store, h->hits_arena, h->query, oldest ? top - 1 : top + 1,
	        oldest ? LIST_NEWER : LIST_OLDER, (size_t)rows / 2 + 1, &h->hits, &e))
		h->hits.n = 0;
	headlines_expect_hits(h, &h->hits);
}

static bool
is_picked(const struct headlines *h, story_id id)
{
	for (size_t i = 0; i < h->picked.n; i++)
		if (h->picked.v[i] == id)
			return true;
	return false;
}

/* The rule above it: `Urgent`, or the day when the row before is of another. */
static struct str
rule_of(struct headlines *h, struct arena *a, struct headline *line, int64_t key)
{
	int urgent = urgent_index(h, key);
	bool by_day = is_by_day(h);
	if (urgent == 0)
		return word(&h->desk->words, WORD_URGENT);
	if (urgent > 0 || !by_day)
		return STR("");
	int64_t above = window_step(h->window, key, h->order != ORDER_OLDEST);
	const struct story_row *before =
	    above == WINDOW_NO_KEY ? NULL : window_row(h->window, above);
	line->row = headlines_row(h, key); /* a step may have loaded */
	return line->row ? headline_day(a, &h->desk->look, line->row, before) : STR("");
}

struct headline
headlines_line(struct headlines *h, struct arena *a, int64_t key)
{
	struct headline line = {.row = headlines_row(h, key)};
	if (!line.row)
		return line;
	line.rule = rule_of(h, a, &line, key);
	if (!line.row)
		return line;
	line.agency = desk_agency(h->desk, line.row);
	line.chosen = key == h->list.chosen;
	line.picked = is_picked(h, line.row->id);
	if (h->is_search)
		line.hit = hit_of(h, key);
	return line;
}

int
headlines_same(const struct headlines *h, const struct story_row *row)
{
	enum { MOST = 100 };
	int64_t n;
	if (!h->source.collapse || row->cluster == 0 ||
	    !list_cluster_size(h->desk->store, row->cluster, MOST, &n, NULL))
		return 0;
	return n > 1 ? (int)n - 1 : 0;
}

size_t
headlines_behind(const struct headlines *h, struct arena *a, const struct story_row *row,
    story_id **ids)
{
	enum { MOST = 12 };
	size_t n;
	if (!h->source.collapse || row->cluster == 0 ||
	    !list_unread_behind(h->desk->store, a, h->query, row->cluster, row->ord, MOST, ids, &n,
	        NULL))
		return 0;
	return headlines_expect_unread(h, *ids, n);
}

story_id
headlines_report(const struct headlines *h, const struct story_row *row)
{
	story_id *ids, id = row->id;
	if (row->unread)
		return id;
	struct arena *a = arena_new();
	if (headlines_behind(h, a, row, &ids))
		id = ids[0];
	arena_free(a);
	return id;
}

bool
headlines_is_unread(const struct headlines *h, const struct story_row *row)
{
	return row->unread || headlines_report(h, row) != row->id;
}

bool
headlines_has(const struct headlines *h, const struct story_row *row, struct str text)
{
	enum { MOST = 20 };
	struct story_rows same = {0};
	bool has = str_find_nocase(row->title, text) != STR_NONE;
	if (has || !h->source.collapse || row->cluster == 0)
		return has;
	struct arena *a = arena_new();
	if (!list_cluster(h->desk->store, a, row->cluster, MOST, &same, NULL))
		same.n = 0;
	for (size_t i = 0; i < same.n && !has; i++)
		has = str_find_nocase(same.v[i].title, text) != STR_NONE;
	arena_free(a);
	return has;
}

static int
model_height(void *ctx, int64_t key)
{
	struct headlines *h = ctx;
	struct arena *a = arena_new();
	struct headline_layout layout = headlines_layout(h);
	struct headline line = headlines_line(h, a, key);
	int height = line.row ? (int)headline_height(a, &layout, &line) : 1;
	arena_free(a);
	return height;
}

struct list_model
headlines_model(struct headlines *h)
{
	return (struct list_model){h, model_edge, model_step, model_near, model_height, NULL};
}
