#include "wire/errand.h"

#include <stdlib.h>

#include "base/arena.h"

struct errand *
errand_new(int64_t request, int64_t budget)
{
	struct errand *errand = heap_alloc(sizeof(*errand));
	*errand = (struct errand){.request = request, .budget = budget};
	return errand;
}

static void
errand_free(struct errand *errand)
{
	free(errand->seen.v);
	free(errand);
}

void
errand_leave(struct errand *errand)
{
	if (--errand->left <= 0)
		errand_free(errand);
}

/* False: it stands there. */
static bool
put_hash(struct errand *e, uint64_t hash)
{
	size_t i = hash % e->seen.cap;
	while (e->seen.v[i] && e->seen.v[i] != hash)
		i = (i + 1) % e->seen.cap;
	if (e->seen.v[i])
		return false;
	e->seen.v[i] = hash;
	e->seen.n++;
	return true;
}

static void
make_room(struct errand *e)
{
	struct errand old = *e;
	if (2 * (e->seen.n + 1) < e->seen.cap)
		return;
	e->seen.cap = old.seen.cap ? old.seen.cap * 2 : 64;
	e->seen.v = heap_alloc(e->seen.cap * sizeof(*e->seen.v));
	e->seen.n = 0;
	for (size_t i = 0; i < old.seen.cap; i++)
		if (old.seen.v[i])
			put_hash(e, old.seen.v[i]);
	free(old.seen.v);
}

bool
errand_visit(struct errand *errand, struct str key)
{
	uint64_t hash = str_hash(key);
	make_room(errand);
	return put_hash(errand, hash ? hash : 1);
}

void
wishes_add(struct wishes *w, struct errand *errand, const struct wish *model, struct str url)
{
	if (w->n >= WISHES_MAX) {
		if (errand->left == 0)
			errand_free(errand);
		return;
	}
	struct wish *wish = heap_alloc(sizeof(*wish));
	*wish = *model;
	wish->next = NULL;
	wish->errand = errand;
	wish->url = url.n ? heap_z(url) : NULL;
	errand->left++;
	if (w->last)
		w->last->next = wish;
	else
		w->first = wish;
	w->last = wish;
	w->n++;
}

struct wish *
wishes_take(struct wishes *w)
{
	struct wish *wish = w->first;
	w->first = wish->next;
	if (!w->first)
		w->last = NULL;
	w->n--;
	return wish;
}

void
wish_free(struct wish *wish)
{
	free(wish->url);
	free(wish);
}

void
wishes_clear(struct wishes *w)
{
	while (w->first) {
		struct wish *wish = wishes_take(w);
		errand_leave(wish->errand);
		wish_free(wish);
	}
}
