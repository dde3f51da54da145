/* Which stories the headlines screen shows: its query, its filter, the urgent ones, the counts. */
#include <stdio.h>
#include <stdlib.h>

#include "app/headlines.h"

enum {
	MAX_URGENT = 5,
	MAX_COUNTED = 10000, /* beyond, the title says no more than this */
	MAX_RANKED = 200, /* by relevance: nobody reads further down */
};

void
headlines_load_urgent(struct headlines *h)
{
	struct err e = {0};
	struct query *q;
	arena_reset(h->urgent_arena);
	h->urgent = (struct story_rows){0};
	if (!h->desk->store || h->is_search || h->filter.n || h->text.n || h->order != ORDER_NEWEST)
		return;
	int64_t now = h->desk->look.now;
	if (!query_parse(h->urgent_arena, STR("urgency:1-2 since:1h"), h->desk->names.feeds, now,
	        local_offset_s(now), &q, &e) ||
	    !list_window(h->desk->store, h->urgent_arena, q, LIST_TOP, LIST_OLDER, MAX_URGENT,
	        &h->urgent, &e))
		h->urgent = (struct story_rows){0};
	headlines_expect_rows(h, &h->urgent);
}

/* A filter's words are the beginnings of words, so that it narrows while it is typed. */
static struct str
filter_query(struct arena *a, struct str typed)
{
	struct str out = STR(""), rest = typed, term;
	while ((term = str_word(&rest)).n) {
		bool plain = str_find_char(term, ':') == STR_NONE &&
		             str_find_char(term, '"') == STR_NONE && !str_ends(term, STR("*")) &&
		             !str_eq(term, STR("OR"));
		out = arena_fmt(a, "%.*s%s%.*s%s", STR_ARG(out), out.n ? " " : "", STR_ARG(term),
		    plain ? "*" : "");
	}
	return out;
}

static bool
build_query(struct headlines *h, struct err *e)
{
	int64_t now = h->desk->look.now;
	struct query *base, *filter;
	struct arena *a = arena_new();
	bool ok = query_parse(a, arena_str(a, h->text), h->desk->names.feeds, now,
	    local_offset_s(now), &base, e);
	if (ok && h->filter.n) {
		ok = query_parse(a, filter_query(a, h->filter), h->desk->names.feeds, now,
		    local_offset_s(now), &filter, e);
		base = ok ? query_and(a, base, filter) : NULL;
	}
	if (!ok) {
		arena_free(a);
		return false;
	}
	if (h->unread_only)
		base = query_and_unread(a, base);
	base = query_keep_read_since(a, base, h->unread_since);
	arena_free(h->arena);
	h->arena = a;
	h->query = base;
	return true;
}

static bool
never_loads(void *ctx, struct arena *a, int64_t place, enum list_direction direction,
    size_t limit, struct story_rows *rows, struct err *e)
{
	(void)ctx;
	(void)a;
	(void)place;
	(void)direction;
	(void)limit;
	(void)e;
	*rows = (struct story_rows){0};
	return true;
}

static void
advise(struct headlines *h)
{
	struct search_advice advice;
	struct err e = {0};
	struct arena *a = arena_new();
	h->advice[0] = '\0';
	if (h->is_search && h->found == 0 &&
	    search_advise(h->desk->store, a, h->query, &advice, &e))
		for (size_t i = 0; i < advice.n && !h->advice[0]; i++)
			snprintf(h->advice, sizeof(h->advice), "%.*s", STR_ARG(advice.nearest[i]));
	arena_free(a);
}

/* How many match; for a search also how long that took, and what could have been meant. */
static void
count_found(struct headlines *h)
{
	struct err e = {0};
	int64_t began = clock_monotonic_ms();
	if (!h->desk->store || !(h->is_search || h->filter.n))
		return;
	if (!list_count(h->desk->store, h->query, MAX_COUNTED, &h->found, &e))
		h->found = -1;
	h->search_ms = h->desk->fixed_now ? 1 : clock_monotonic_ms() - began;
	advise(h);
}

static bool
list_query(struct headlines *h, struct arena *a, struct query **q)
{
	struct err e = {0};
	int64_t now = h->desk->look.now;
	return query_parse(a, h->text, h->desk->names.feeds, now, local_offset_s(now), q, &e);
}

/* Of everything the counts are kept; of a feed or a section they are counted, up to a bound. */
void
headlines_recount(struct headlines *h)
{
	struct err e = {0};
	struct query *q;
	h->all = h->desk->counts.stories - h->desk->counts.muted;
	h->stored_unread = h->desk->counts.unread;
	if (h->desk->store && h->text.n && !h->is_search) {
		struct arena *a = arena_new();
		if (!list_query(h, a, &q) ||
		    !list_count(h->desk->store, q, MAX_COUNTED, &h->all, &e) ||
		    !list_count(h->desk->store, query_and_unread(a, q), MAX_COUNTED, &h->stored_unread,
		        &e))
			h->all = h->stored_unread = -1;
		arena_free(a);
	}
	headlines_expect_count(h);
	if (h->unread > h->unread_most)
		h->unread_most = h->unread;
}

static void
load_ranked(struct headlines *h)
{
	struct err e = {0};
	h->ranked = (struct search_hits){0};
	if (h->order == ORDER_RELEVANCE &&
	    !search_best(h->desk->store, h->arena, h->query, 0, MAX_RANKED, &h->ranked, &e))
		desk_say_err(h->desk, &e);
	headlines_expect_hits(h, &h->ranked);
}

void
headlines_requery(struct headlines *h)
{
	struct err e = {0};
	struct window_source none = {.load = never_loads};
	h->found = -1;
	h->broken = false;
	if (h->desk->store && !build_query(h, &e)) {
		h->broken = true;
		desk_say_err(h->desk, &e);
		return;
	}
	h->source = (struct window_store){h->desk->store, h->query,
	    config_number(&h->desk->app->config, OPT_collapse) && !h->is_search,
	    headlines_expect_rows, h};
	struct window_source source = h->desk->store ? window_of_store(&h->source) : none;
	if (h->window)
		window_reset(h->window, source);
	else
		h->window = window_new(source);
	load_ranked(h);
	headlines_load_urgent(h);
	count_found(h);
	headlines_recount(h);
	struct list_model m = headlines_model(h);
	list_settle(&h->list, &m, h->area.rows ? h->area.rows : 1);
}

struct str
headlines_shown_query(const struct headlines *h, struct arena *a)
{
	return h->filter.n ? query_join(a, h->text, filter_query(a, h->filter))
			   : arena_str(a, h->text);
}

void
headlines_set(struct str *field, struct str value)
{
	char *copy = heap_z(value);
	free((char *)field->p);
	*field = str_of(copy, value.n);
}
