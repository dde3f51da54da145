#include "app/feeds_rows.h"

#include <stdlib.h>

#include "app/desk.h"
#include "store/list.h"

/* How many unread stories a saved search finds, and of which state of the store that is true. */
struct counted {
	struct str query; /* on the heap */
	int64_t unread, version;
};

enum { MOST_COUNTED = 1000 }; /* unread stories that a saved search is counted up to */

static bool
is_folded(const struct feeds_rows *rows, struct str section)
{
	for (size_t i = 0; i < rows->folded.n; i++)
		if (str_eq(rows->folded.v[i], section))
			return true;
	return false;
}

/* Is the section inside one that is folded? */
static bool
is_hidden(const struct feeds_rows *rows, struct str section)
{
	for (size_t i = 0; i < rows->folded.n; i++) {
		struct str outer = rows->folded.v[i];
		if (str_eq(outer, section) ||
		    (section.n > outer.n && str_starts(section, outer) && section.p[outer.n] == '/'))
			return true;
	}
	return false;
}

static struct str
quoted(struct arena *a, const char *field, struct str value)
{
	return arena_fmt(a, "%s:\"%.*s\"", field, STR_ARG(value));
}

static int64_t
section_unread(const struct desk *d, struct str section)
{
	int64_t n = 0;
	for (size_t i = 0; i < d->names.feeds.n; i++) {
		struct str in = d->names.feeds.v[i].section;
		const struct feed_state *s = names_state(&d->names, d->names.feeds.v[i].id);
		if (s && (str_eq(in, section) || (in.n > section.n && str_starts(in, section) &&
		              in.p[section.n] == '/')))
			n += s->unread;
	}
	return n;
}

static void
push_section(struct feeds_rows *rows, struct desk *d, struct str section)
{
	struct arena *a = rows->arena;
	size_t slash = str_find_last_char(section, '/');
	int depth = 0;
	for (size_t i = 0; i < section.n; i++)
		depth += section.p[i] == '/';
	if (slash != STR_NONE && is_hidden(rows, str_sub(section, 0, slash)))
		return;
	struct feeds_row row = {.section = section, .query = quoted(a, "section", section),
	    .shown = {.kind = FEED_ROW_SECTION, .depth = depth, .folded = is_folded(rows, section),
	        .name = slash == STR_NONE ? section : str_from(section, slash + 1),
	        .unread = section_unread(d, section)}};
	ARENA_PUSH(a, rows, row);
}

/* The section and those around it that have no row yet: a section may hold nothing but sections. */
static void
push_sections(struct feeds_rows *rows, struct desk *d, struct str section)
{
	for (size_t at = 0; at <= section.n; at++) {
		struct str outer = str_sub(section, 0, at);
		bool there = false;
		if (at < section.n && section.p[at] != '/')
			continue;
		for (size_t i = 0; i < rows->n && !there; i++)
			there = rows->v[i].shown.kind == FEED_ROW_SECTION &&
			        str_eq(rows->v[i].section, outer);
		if (!there)
			push_section(rows, d, outer);
	}
}

static void
push_feed(struct feeds_rows *rows, struct desk *d, size_t index)
{
	struct arena *a = rows->arena;
	const struct wire_subscription *s = &d->app->feeds.feeds.v[index];
	const struct feed_state *state = NULL;
	if (index < d->names.feeds.n)
		state = names_state(&d->names, d->names.feeds.v[index].id);
	struct str name = index < d->names.feeds.n ? d->names.feeds.v[index].name
						   : subscription_name(a, s);
	struct feeds_row row = {.url = s->url, .section = s->section,
	    .query = quoted(a, "feed", s->name.n ? s->name : s->url),
	    .shown = {.kind = FEED_ROW_FEED, .name = name, .state = state,
	        .unread = state ? state->unread : 0, .paused = s->paused,
	        .in_section = s->section.n > 0,
	        .every_s = s->every_s >= 0 ? s->every_s
	            : config_number(&d->app->config, OPT_interval) / 1000}};
	ARENA_PUSH(a, rows, row);
}

static void
push_fixed(struct feeds_rows *rows, enum feed_row_kind kind, struct str name, const char *query,
    int64_t n)
{
	struct feeds_row row = {.query = str_z(query), .shown = {.kind = kind, .name = name, .unread = n}};
	ARENA_PUSH(rows->arena, rows, row);
}

static int64_t
unread_today(struct desk *d)
{
	enum { MOST = 10000 };
	struct query *q;
	struct err e = {0};
	int64_t n = 0, now = d->look.now;
	struct arena *a = arena_new();
	if (!d->store ||
	    !query_parse(a, STR("since:today is:unread"), d->names.feeds, now, local_offset_s(now), &q,
	        &e) ||
	    !list_count(d->store, q, MOST, &n, &e))
		n = 0;
	arena_free(a);
	return n;
}

/* --- saved searches ------------------------------------------------------------------------------ */

/* What is known of the search at this place of the feeds file. */
static struct counted *
counted_at(struct feeds_rows *rows, size_t index, struct str query)
{
	if (index == rows->counted.n) {
		if (rows->counted.n == rows->counted.cap) {
			rows->counted.cap = rows->counted.cap ? rows->counted.cap * 2 : 8;
			rows->counted.v = heap_resize(
			    rows->counted.v, rows->counted.cap * sizeof(*rows->counted.v));
		}
		rows->counted.v[rows->counted.n++] = (struct counted){.version = -1};
	}
	struct counted *c = &rows->counted.v[index];
	if (!str_eq(c->query, query)) {
		free((char *)c->query.p);
		*c = (struct counted){str_of(heap_z(query), query.n), 0, -1};
	}
	return c;
}

static bool
is_late(void *deadline)
{
	return clock_monotonic_ms() > *(const int64_t *)deadline;
}

/* What was not counted when the time is over is missing: the number is then too small. */
static void
count(struct desk *d, struct counted *c, int64_t deadline)
{
	struct query *q;
	struct err e = {0};
	int64_t now = d->look.now;
	struct arena *a = arena_new();
	c->version = d->store_version;
	c->unread = 0;
	store_set_interrupt(d->store, is_late, &deadline);
	if (query_parse(a, c->query, d->names.feeds, now, local_offset_s(now), &q, &e) &&
	    !list_count(d->store, query_and_unread(a, q), MOST_COUNTED, &c->unread, &e) &&
	    store_trouble(d->store) != STORE_STOPPED)
		c->unread = 0;
	store_set_interrupt(d->store, NULL, NULL);
	arena_free(a);
}

static void
push_search(struct feeds_rows *rows, struct desk *d, size_t index)
{
	const struct saved_search *s = &d->app->feeds.searches.v[index];
	struct feeds_row row = {.query = s->query,
	    .shown = {.kind = FEED_ROW_SEARCH, .name = s->name, .in_section = true,
	        .unread = counted_at(rows, index, s->query)->unread}};
	ARENA_PUSH(rows->arena, rows, row);
}

static void
forget_searches(struct feeds_rows *rows, size_t keep)
{
	while (rows->counted.n > keep)
		free((char *)rows->counted.v[--rows->counted.n].query.p);
}

void
feeds_rows_load(struct feeds_rows *rows, struct desk *d)
{
	const struct wire_feeds *feeds = &d->app->feeds.feeds;
	struct str section = STR("");
	arena_reset(rows->arena);
	rows->v = NULL;
	rows->n = rows->cap = 0;
	push_fixed(rows, FEED_ROW_STARRED, word(&d->words, WORD_STARRED), "is:starred",
	    d->counts.starred);
	push_fixed(rows, FEED_ROW_TODAY, word(&d->words, WORD_TODAY), "since:today", unread_today(d));
	for (size_t i = 0; i < feeds->n; i++) {
		struct str in = feeds->v[i].section;
		if (!str_eq(in, section) && in.n)
			push_sections(rows, d, in);
		section = in;
		if (!is_hidden(rows, in))
			push_feed(rows, d, i);
	}
	if (d->app->feeds.searches.n)
		push_fixed(rows, FEED_ROW_SECTION, word(&d->words, WORD_SEARCHES), "", -1);
	for (size_t i = 0; i < d->app->feeds.searches.n; i++)
		push_search(rows, d, i);
	forget_searches(rows, d->app->feeds.searches.n);
}

void
feeds_rows_recount(struct feeds_rows *rows, struct desk *d)
{
	for (size_t i = 0; i < rows->n; i++) {
		struct feed_row *shown = &rows->v[i].shown;
		if (shown->kind == FEED_ROW_FEED && shown->state)
			shown->unread = shown->state->unread;
		else if (shown->kind == FEED_ROW_SECTION && shown->unread >= 0)
			shown->unread = section_unread(d, rows->v[i].section);
		else if (shown->kind == FEED_ROW_STARRED)
			shown->unread = d->counts.starred;
	}
}

void
feeds_rows_fold(struct feeds_rows *rows, struct desk *d, struct str section)
{
	for (size_t i = 0; i < rows->folded.n; i++) {
		if (str_eq(rows->folded.v[i], section)) {
			free((char *)rows->folded.v[i].p);
			rows->folded.v[i] = rows->folded.v[--rows->folded.n];
			feeds_rows_load(rows, d);
			return;
		}
	}
	if (rows->folded.n == rows->folded.cap) {
		rows->folded.cap = rows->folded.cap ? rows->folded.cap * 2 : 8;
		rows->folded.v = heap_resize(rows->folded.v, rows->folded.cap * sizeof(*rows->folded.v));
	}
	rows->folded.v[rows->folded.n++] = str_of(heap_z(section), section.n);
	feeds_rows_load(rows, d);
}

bool
feeds_rows_are_stale(const struct feeds_rows *rows, const struct desk *d)
{
	for (size_t i = 0; i < rows->counted.n; i++)
		if (rows->counted.v[i].version != d->store_version)
			return true;
	return false;
}

void
feeds_rows_count(struct feeds_rows *rows, struct desk *d, int64_t deadline_ms)
{
	for (size_t i = 0; d->store && i < rows->counted.n && !is_late(&deadline_ms); i++)
		if (rows->counted.v[i].version != d->store_version)
			count(d, &rows->counted.v[i], deadline_ms);
	feeds_rows_load(rows, d);
}

void
feeds_rows_init(struct feeds_rows *rows)
{
	*rows = (struct feeds_rows){.arena = arena_new()};
}

void
feeds_rows_clear(struct feeds_rows *rows)
{
	for (size_t i = 0; i < rows->folded.n; i++)
		free((char *)rows->folded.v[i].p);
	free(rows->folded.v);
	forget_searches(rows, 0);
	free(rows->counted.v);
	arena_free(rows->arena);
}
