#include "story/cluster_words.h"

#include <math.h>
#include <stdlib.h>

enum {
	WAYS = 8, /* places where a word may stand */
	FADE_STORIES = 32768, /* then all that was counted counts half */
};

/* Stories that are thought to have come before the first, so that early words are not all common. */
static const float stories_before = 80;

struct cluster_words {
	struct cluster_word *v;
	uint32_t mask; /* of the first place */
	float stories; /* counted, faded as the words are */
};

struct cluster_words *
cluster_words_new(size_t n)
{
	struct cluster_words *w = heap_alloc(sizeof(*w));
	w->v = heap_alloc(n * sizeof(*w->v));
	w->mask = (uint32_t)(n - 1) & ~(uint32_t)(WAYS - 1);
	return w;
}

void
cluster_words_free(struct cluster_words *w)
{
	if (!w)
		return;
	free(w->v);
	free(w);
}

static struct cluster_word *
places(const struct cluster_words *w, uint32_t hash)
{
	return &w->v[hash & w->mask];
}

struct cluster_word *
cluster_words_find(struct cluster_words *w, uint32_t hash)
{
	struct cluster_word *v = places(w, hash);
	for (size_t i = 0; i < WAYS; i++)
		if (v[i].hash == hash)
			return &v[i];
	return NULL;
}

float
cluster_words_rarity(struct cluster_words *w, uint32_t hash)
{
	const struct cluster_word *word = cluster_words_find(w, hash);
	float n = word ? word->stories : 0;
	return logf((w->stories + stories_before) / (n + 1.0f));
}

void
cluster_words_count(struct cluster_words *w, uint32_t hash)
{
	struct cluster_word *v = places(w, hash), *place = cluster_words_find(w, hash);
	if (!place) {
		place = &v[0];
		for (size_t i = 1; i < WAYS && place->hash; i++)
			if (!v[i].hash || v[i].stories < place->stories)
				place = &v[i];
		*place = (struct cluster_word){.hash = hash};
	}
	place->stories += 1;
}

void
cluster_words_story(struct cluster_words *w)
{
	w->stories += 1;
	if (w->stories < FADE_STORIES)
		return;
	w->stories /= 2;
	for (size_t i = 0; i < w->mask + WAYS; i++)
		w->v[i].stories /= 2;
}

void
cluster_words_used(struct cluster_words *w, uint32_t hash, uint32_t event)
{
	struct cluster_word *word = cluster_words_find(w, hash);
	if (!word)
		return;
	for (size_t i = 0; i < CLUSTER_WORD_EVENTS; i++)
		if (word->events[i] == event)
			return;
	word->events[word->next++ % CLUSTER_WORD_EVENTS] = event;
}

size_t
cluster_words_bytes(const struct cluster_words *w)
{
	return sizeof(*w) + (w->mask + (size_t)WAYS) * sizeof(*w->v);
}
