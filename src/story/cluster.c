/*
 * Likeness is the cosine of two vectors of terms, each term weighed by how rare it is of late.  What
 * likeness is asked for depends on the time between: what comes within half a day and sounds alike
 * is one event; a day later it may be the second earthquake, the final behind the semi-final, the
 * verdict behind the arrest, and must be nearly the same story.  Headline and numbers add to it.
 *
 * The figures were chosen on streams of several kinds and languages and hold over a wide range: the
 * answer changes little when one of them is a fifth larger or smaller.
 */
#include "story/cluster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/frame.h"
#include "story/cluster_sort.h"
#include "story/cluster_words.h"


/* What likeness is asked for, by the hours between the story and the nearest of the event. */
static const float near_hours = 12, near_likeness = 0.18f;
static const float later_hours = 26, later_likeness = 0.45f;
static const float last_hours = 168, last_likeness = 0.56f;
static const float window_hours = 400; /* nothing joins an event that is older */
static const float untimed_likeness = 0.285f; /* when nothing is known of the time */

/* What a headline that is known of the event adds, one that is not takes away. */
static const float headline_gain = 0.10f, headline_even = 0.3f;
/* What numbers take away that are given on both sides and all differ. */
static const float numbers_loss = 0.06f;
/* One title on two days: the share of the text that must be known, and with other numbers. */
static const float edition_hours = 14;
static const float edition_share = 0.5f, edition_numbers_share = 0.75f;

enum {
	EVENT_TERMS = 64, /* what an event is known by: its heaviest */
	ASKED = 24, /* rare words of a story by which events are looked up */
	MANY_TERMS = EVENT_TERMS + CLUSTER_MAX_TERMS,
	CANDIDATES = 256,
	COMPARED = 16,
	LONG_HEADLINE = 5, /* terms; a shorter one may be that of a column */
	PACKED_TERM = 5, /* bytes: the hash, the weight */
	PACKED_ONE = 64, /* a weight of 1 */
};

struct event_term {
	uint32_t hash;
	float weight; /* mean over its stories */
};

struct event {
	int64_t name;
	int64_t first_at, last_at;
	uint32_t number; /* which event of all, from 1; tells whether the slot was reused */
	uint32_t stories;
	uint32_t title; /* of the last story: see title_of */
	float length; /* of the vector, as words counted when a story last joined */
	uint32_t n;
	struct event_term v[EVENT_TERMS]; /* by ascending hash */
};

struct clusters {
	struct event *events;
	uint32_t mask;
	uint32_t made; /* events so far; the newest has this number */
	uint32_t last; /* the event that got a story last */
	struct cluster_words *words;
};

/* The story at hand, with how much each of its terms says now. */
struct asked {
	const struct cluster_terms *terms;
	float rarity[CLUSTER_MAX_TERMS];
	float length;
	uint32_t title;
	int64_t at;
	size_t order[CLUSTER_MAX_TERMS]; /* of the terms, the most telling first */
};

static size_t
power_of_two(size_t n)
{
	size_t p = 16;
	while (p < n)
		p *= 2;
	return p;
}

struct clusters *
clusters_new(struct cluster_room room)
{
	struct clusters *c = heap_alloc(sizeof(*c));
	size_t n = power_of_two(room.events);
	c->events = heap_alloc(n * sizeof(*c->events));
	c->mask = (uint32_t)n - 1;
	c->words = cluster_words_new(power_of_two(room.words));
	return c;
}

void
clusters_free(struct clusters *c)
{
	if (!c)
		return;
	cluster_words_free(c->words);
	free(c->events);
	free(c);
}

static struct event *
event_of(struct clusters *c, uint32_t number)
{
	struct event *e = &c->events[number & c->mask];
	return e->number == number ? e : NULL;
}

/* --- the story ----------------------------------------------------------------------- */

/* The words of the headline whatever their order, without its numbers: "Draw 12" is "Draw 13". */
static uint32_t
title_of(const struct cluster_terms *t)
{
	uint32_t sum = 0;
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].kind & CLUSTER_IN_TITLE && !(t->v[i].kind & CLUSTER_NUMBER))
			sum += t->v[i].hash;
	return sum;
}

static void
ask(struct clusters *c, const struct cluster_terms *t, int64_t at, struct asked *out)
{
	uint64_t order[CLUSTER_MAX_TERMS], room[CLUSTER_MAX_TERMS];
	float sum = 0;
	out->terms = t;
	out->title = title_of(t);
	out->at = at;
	for (size_t i = 0; i < t->n; i++) {
		out->rarity[i] = cluster_words_rarity(c->words, t->v[i].hash);
		float worth = t->v[i].weight * out->rarity[i];
		sum += worth * worth;
		order[i] = cluster_sort_row(cluster_sort_largest(worth), i);
	}
	out->length = sqrtf(sum);
	cluster_sort(order, room, t->n);
	for (size_t i = 0; i < t->n; i++)
		out->order[i] = cluster_sort_whose(order[i]);
}

/* --- likeness ------------------------------------------------------------------------ */

static float
likeness(const struct asked *q, const struct event *e)
{
	const struct cluster_terms *t = q->terms;
	float dot = 0;
	size_t k = 0;
	for (size_t i = 0; i < t->n && k < e->n; i++) {
		while (k < e->n && e->v[k].hash < t->v[i].hash)
			k++;
		if (k < e->n && e->v[k].hash == t->v[i].hash)
			dot += t->v[i].weight * e->v[k].weight * q->rarity[i] * q->rarity[i];
	}
	float both = q->length * e->length;
	return both > 0 ? dot / both : 0;
}

/* Hours between the story and the nearest of the event's; 0 when a time is missing. */
static float
hours_apart(int64_t at, const struct event *e)
{
	if (at == CLUSTER_NO_TIME || e->last_at == CLUSTER_NO_TIME)
		return 0;
	int64_t gap = at > e->last_at ? at - e->last_at : at < e->first_at ? e->first_at - at : 0;
	return (float)gap / 3600.0f;
}

/* A straight line between points, level beyond them. */
static float
slope(float x, float x0, float y0, float x1, float y1)
{
	if (x <= x0)
		return y0;
	return x >= x1 ? y1 : y0 + (y1 - y0) * (x - x0) / (x1 - x0);
}

/* What likeness is asked for: more the longer the event is past. */
static float
wanted(const struct asked *q, const struct event *e)
{
	if (q->at == CLUSTER_NO_TIME || e->last_at == CLUSTER_NO_TIME)
		return untimed_likeness;
	float hours = hours_apart(q->at, e);
	if (hours > window_hours)
		return 2;
	if (hours < later_hours)
		return slope(hours, near_hours, near_likeness, later_hours, later_likeness);
	return slope(hours, later_hours, later_likeness, last_hours, last_likeness);
}

/* How much of what the headline says, or the rest, is known of the event; 0 to 1, -1: says nothing. */
static float
known_share(const struct asked *q, const struct event *e, bool headline)
{
	const struct cluster_terms *t = q->terms;
	float known = 0, all = 0;
	size_t k = 0;
	for (size_t i = 0; i < t->n; i++) {
		bool in_title = t->v[i].kind & CLUSTER_IN_TITLE;
		if (in_title != headline || t->v[i].kind & CLUSTER_PAIR)
			continue;
		while (k < e->n && e->v[k].hash < t->v[i].hash)
			k++;
		float worth = t->v[i].weight * q->rarity[i];
		all += worth;
		if (k < e->n && e->v[k].hash == t->v[i].hash)
			known += worth;
	}
	return all > 0 ? known / all : -1;
}

/* Both give numbers, and none in common. */
static bool
numbers_differ(const struct asked *q, const struct event *e)
{
	const struct cluster_terms *t = q->terms;
	size_t k = 0, mine = 0, theirs = 0;
	for (size_t i = 0; i < e->n; i++)
		theirs += e->v[i].hash & 1;
	for (size_t i = 0; i < t->n; i++) {
		if (!(t->v[i].kind & CLUSTER_NUMBER))
			continue;
		while (k < e->n && e->v[k].hash < t->v[i].hash)
			k++;
		if (k < e->n && e->v[k].hash == t->v[i].hash)
			return false;
		mine++;
	}
	return mine && theirs;
}

/*
 * A headline of every day ("Morning summary", "Draw 12 of the lottery") says nothing of the event: on
 * another day the text must say it.  Where there is none, only a long headline is no such one.
 */
static bool
is_another_edition(const struct asked *q, const struct event *e)
{
	if (q->title != e->title || q->at == CLUSTER_NO_TIME || e->last_at == CLUSTER_NO_TIME ||
	    hours_apart(q->at, e) < edition_hours)
		return false;
	float share = known_share(q, e, false);
	bool other_numbers = numbers_differ(q, e);
	if (share < 0)
		return other_numbers || q->terms->n_title < LONG_HEADLINE;
	return share < (other_numbers ? edition_numbers_share : edition_share);
}

static float
margin_of(const struct asked *q, const struct event *e)
{
	float m = likeness(q, e) - wanted(q, e);
	if (m < -0.3f)
		return m;
	if (is_another_edition(q, e))
		return -1;
	float known = known_share(q, e, true);
	float gain = headline_gain * ((known < 0 ? headline_even : known) - headline_even);
	/* Days later a like headline is that of a look-alike. */
	m += gain > 0 && hours_apart(q->at, e) > near_hours ? 0 : gain;
	if (numbers_differ(q, e))
		m -= numbers_loss * slope(hours_apart(q->at, e), 6, 0.3f, 20, 1);
	return m;
}

/* --- candidates ---------------------------------------------------------------------- */

struct candidate {
	uint32_t number;
	float score;
};

static void
vote(struct candidate *v, uint32_t number, float score)
{
	for (uint32_t i = number * 2654435761u % CANDIDATES, tries = 0; tries < 8; tries++) {
		struct candidate *x = &v[(i + tries) % CANDIDATES];
		if (x->number == 0)
			x->number = number;
		if (x->number == number) {
			x->score += score;
			return;
		}
	}
}

static size_t
gather(struct clusters *c, const struct asked *q, uint32_t out[COMPARED])
{
	struct candidate all[CANDIDATES] = {{0}};
	size_t kept = 0;
	for (size_t i = 0; i < q->terms->n && i < ASKED; i++) {
		const struct cluster_term *t = &q->terms->v[q->order[i]];
		float worth = t->weight * q->rarity[q->order[i]];
		const struct cluster_word *word = cluster_words_find(c->words, t->hash);
		for (size_t k = 0; word && k < CLUSTER_WORD_EVENTS; k++)
			if (word->events[k] && event_of(c, word->events[k]))
				vote(all, word->events[k], worth * worth);
	}
	uint64_t order[CANDIDATES], room[CANDIDATES];
	for (size_t i = 0; i < CANDIDATES; i++)
		if (all[i].number)
			order[kept++] = cluster_sort_row(cluster_sort_largest(all[i].score), i);
	cluster_sort(order, room, kept);
	kept = kept < COMPARED ? kept : COMPARED;
	for (size_t i = 0; i < kept; i++)
		out[i] = all[cluster_sort_whose(order[i])].number;
	return kept;
}

static struct event *
choose(struct clusters *c, const struct asked *q)
{
	uint32_t v[COMPARED];
	size_t n = gather(c, q, v);
	struct event *best = NULL;
	float best_margin = 0;
	for (size_t i = 0; i < n; i++) {
		struct event *e = event_of(c, v[i]);
		float margin = margin_of(q, e);
		if (margin >= 0 && (!best || margin > best_margin)) {
			best = e;
			best_margin = margin;
		}
	}
	return best;
}

/* --- remembering --------------------------------------------------------------------- */

/* Of n terms in the order of their hashes the EVENT_TERMS that say most, in that order again. */
static void
keep_heaviest(struct clusters *c, struct event_term *v, size_t n)
{
	uint64_t order[MANY_TERMS], room[MANY_TERMS];
	bool keeps[MANY_TERMS] = {0};
	for (size_t i = 0; i < n; i++) {
		float worth = v[i].weight * cluster_words_rarity(c->words, v[i].hash);
		order[i] = cluster_sort_row(cluster_sort_largest(worth), i);
	}
	cluster_sort(order, room, n);
	for (size_t i = 0; i < EVENT_TERMS; i++)
		keeps[cluster_sort_whose(order[i])] = true;
	for (size_t i = 0, kept = 0; i < n; i++)
		if (keeps[i])
			v[kept++] = v[i];
}

/* The mean of what was and what came, and of that the heaviest. */
static void
blend(struct clusters *c, struct event *e, const struct cluster_terms *t)
{
	struct event_term v[MANY_TERMS];
	float old = (float)e->stories / (float)(e->stories + 1),
	      fresh = 1.0f / (float)(e->stories + 1);
	size_t n = 0, k = 0;
	for (size_t i = 0; i < t->n || k < e->n;) {
		bool mine = i < t->n && (k == e->n || t->v[i].hash <= e->v[k].hash);
		bool theirs = k < e->n && (i == t->n || e->v[k].hash <= t->v[i].hash);
		v[n].hash = mine ? t->v[i].hash : e->v[k].hash;
		v[n].weight = (mine ? t->v[i].weight * fresh : 0) +
		    (theirs ? e->v[k].weight * old : 0);
		n++;
		i += mine;
		k += theirs;
	}
	if (n > EVENT_TERMS) {
		keep_heaviest(c, v, n);
		n = EVENT_TERMS;
	}
	memcpy(e->v, v, n * sizeof(v[0]));
	e->n = (uint32_t)n;
	e->stories++;
}

static void
measure(struct clusters *c, struct event *e)
{
	float sum = 0;
	for (size_t i = 0; i < e->n; i++) {
		float x = e->v[i].weight * cluster_words_rarity(c->words, e->v[i].hash);
		sum += x * x;
	}
	e->length = sqrtf(sum);
}

static struct event *
begin(struct clusters *c, int64_t at, int64_t name)
{
	c->made = c->made == UINT32_MAX ? 1 : c->made + 1;
	struct event *e = &c->events[c->made & c->mask];
	*e = (struct event){.name = name, .number = c->made, .first_at = at, .last_at = at};
	return e;
}

void
clusters_hear(struct clusters *c, const struct cluster_terms *t)
{
	for (size_t i = 0; i < t->n; i++)
		cluster_words_count(c->words, t->v[i].hash);
	cluster_words_story(c->words);
}

static void
join(struct clusters *c, struct event *e, const struct asked *q)
{
	clusters_hear(c, q->terms);
	blend(c, e, q->terms);
	measure(c, e);
	e->title = q->title;
	c->last = e->number;
	for (size_t i = 0; i < q->terms->n && i < ASKED; i++)
		cluster_words_used(c->words, q->terms->v[q->order[i]].hash, e->number);
	if (q->at == CLUSTER_NO_TIME)
		return;
	if (e->last_at == CLUSTER_NO_TIME || q->at > e->last_at)
		e->last_at = q->at;
	if (e->first_at == CLUSTER_NO_TIME || q->at < e->first_at)
		e->first_at = q->at;
}

int64_t
clusters_place(struct clusters *c, const struct cluster_terms *t, int64_t at, int64_t name)
{
	struct asked q;
	ask(c, t, at, &q);
	struct event *e = choose(c, &q);
	if (!e)
		e = begin(c, at, name);
	join(c, e, &q);
	return e->name;
}

/* --- keeping ------------------------------------------------------------------------- */

/* Weights are small: a sixty-fourth is finer than they are known. */
static uint8_t
packed_weight(float w)
{
	return w >= 255.0f / PACKED_ONE ? 255 : (uint8_t)(w * PACKED_ONE + 0.5f);
}

static void
pack_term(struct buf *out, const struct event_term *t)
{
	for (unsigned shift = 0; shift < 32; shift += 8)
		buf_char(out, (char)(t->hash >> shift & 255));
	buf_char(out, (char)packed_weight(t->weight));
}

void
clusters_pack(const struct clusters *c, struct buf *out)
{
	const struct event *e = &c->events[c->last & c->mask];
	pack_int(out, e->name);
	pack_int(out, e->first_at);
	pack_int(out, e->last_at);
	pack_int(out, e->stories);
	pack_int(out, e->title);
	for (size_t i = 0; i < e->n; i++)
		pack_term(out, &e->v[i]);
}

static struct event_term
unpack_term(const unsigned char *p)
{
	uint32_t hash = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
	return (struct event_term){hash, (float)p[4] / PACKED_ONE};
}

/* Every story of the event counts as one that had all its words: near enough for how rare they are. */
static void
learn(struct clusters *c, struct event *e)
{
	for (size_t i = 0; i < e->n; i++) {
		cluster_words_count(c->words, e->v[i].hash);
		cluster_words_used(c->words, e->v[i].hash, e->number);
	}
	cluster_words_story(c->words);
	measure(c, e);
}

bool
clusters_unpack(struct clusters *c, struct bytes raw)
{
	struct unpack u = unpack_begin(raw);
	int64_t name = unpack_int(&u), first_at = unpack_int(&u), last_at = unpack_int(&u);
	int64_t stories = unpack_range(&u, 1, UINT32_MAX), title = unpack_range(&u, 0, UINT32_MAX);
	if (!u.ok || u.rest.n % PACKED_TERM || u.rest.n > EVENT_TERMS * PACKED_TERM)
		return false;
	struct event *e = begin(c, first_at, name);
	e->last_at = last_at;
	e->stories = (uint32_t)stories;
	e->title = (uint32_t)title;
	e->n = (uint32_t)(u.rest.n / PACKED_TERM);
	for (size_t i = 0; i < e->n; i++)
		e->v[i] = unpack_term(u.rest.p + i * PACKED_TERM);
	learn(c, e);
	return true;
}

size_t
clusters_bytes(const struct clusters *c)
{
	return sizeof(*c) + (c->mask + (size_t)1) * sizeof(*c->events) +
	    cluster_words_bytes(c->words);
}
