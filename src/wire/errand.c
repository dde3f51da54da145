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

void
errand_leave(struct errand *errand)
{
	if (--errand->left <= 0)
		free(errand);
}

void
wishes_add(struct wishes *w, struct errand *errand, story_id id, struct str url,
    enum wire_why why, int64_t depth, bool queued)
{
	if (w->n >= WISHES_MAX) {
		if (errand->left == 0)
			free(errand);
		return;
	}
	struct wish *wish = heap_alloc(sizeof(*wish));
	*wish = (struct wish){.errand = errand, .id = id, .url = url.n ? heap_z(url) : NULL,
	    .why = why, .depth = depth, .queued = queued};
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
