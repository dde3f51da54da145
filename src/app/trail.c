#include "app/trail.h"

#include <string.h>

#include "base/frame.h"

enum { TRAIL_FORMAT = 1 };

static struct step
fresh(story_id story)
{
	return (struct step){.story = story, .focus = LINE_NO_LINK};
}

void
trail_begin(struct trail *t, story_id story)
{
	t->steps[0] = fresh(story);
	t->n = 1;
	t->here = 0;
}

void
trail_go(struct trail *t, story_id story)
{
	if (t->n == 0) {
		trail_begin(t, story);
		return;
	}
	if (t->here + 1 == TRAIL_MAX_STEPS) {
		memmove(t->steps, t->steps + 1, (TRAIL_MAX_STEPS - 1) * sizeof(t->steps[0]));
		t->here--;
	}
	t->steps[++t->here] = fresh(story);
	t->n = t->here + 1;
}

struct step *
trail_back(struct trail *t)
{
	return t->n && t->here ? &t->steps[--t->here] : NULL;
}

struct step *
trail_forward(struct trail *t)
{
	return t->here + 1 < t->n ? &t->steps[++t->here] : NULL;
}

struct step *
trail_here(struct trail *t)
{
	return t->n ? &t->steps[t->here] : NULL;
}

void
trail_pack(const struct trail *t, bool open, struct buf *b)
{
	pack_int(b, TRAIL_FORMAT);
	pack_int(b, open);
	pack_int(b, (int64_t)t->n);
	pack_int(b, (int64_t)t->here);
	for (size_t i = 0; i < t->n; i++) {
		pack_int(b, t->steps[i].story);
		pack_int(b, t->steps[i].place.block);
		pack_int(b, t->steps[i].place.at);
		pack_int(b, t->steps[i].focus);
	}
}

bool
trail_unpack(struct trail *t, struct bytes saved, bool *open)
{
	struct unpack u = unpack_begin(saved);
	*t = (struct trail){0};
	if (unpack_int(&u) != TRAIL_FORMAT)
		return false;
	*open = unpack_range(&u, 0, 1);
	size_t n = (size_t)unpack_range(&u, 0, TRAIL_MAX_STEPS);
	t->here = (size_t)unpack_range(&u, 0, n ? (int64_t)n - 1 : 0);
	for (size_t i = 0; i < n && u.ok; i++) {
		t->steps[i].story = unpack_range(&u, 1, INT64_MAX);
		t->steps[i].place.block = (uint32_t)unpack_range(&u, 0, UINT32_MAX);
		t->steps[i].place.at = (uint32_t)unpack_range(&u, 0, UINT32_MAX);
		t->steps[i].focus = (int32_t)unpack_range(&u, LINE_NO_LINK, INT32_MAX);
	}
	t->n = n;
	if (unpack_end(&u))
		return true;
	*t = (struct trail){0};
	return false;
}
