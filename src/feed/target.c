#include "feed/field.h"

#include "feed/limits.h"

struct target
target_of(struct builder *b, enum place place)
{
	struct feed_item *i = &b->item;
	struct feed_head *h = &b->head;
	struct feed_origin *o = &b->item.source;
	switch ((int)place) {
	case PLACE_ITEM:
		return (struct target){b->item_arena, &b->item_ranks, &b->item_used,
		    &i->id, &i->title, &i->link, &i->rights, &i->language, &i->image,
		    NULL, &i->published, &i->updated, &i->published_local,
		    &i->updated_local, &i->categories, &i->links,
		    &i->enclosures};
	case PLACE_ORIGIN:
		return (struct target){b->item_arena, &b->origin_ranks, &b->item_used,
		    &o->id, &o->title, &o->link, &o->rights, NULL, NULL, &o->feed_url,
		    NULL, &o->updated, NULL, NULL, NULL, NULL, NULL};
	default:
		return (struct target){b->feed_arena, &b->feed_ranks, &b->feed_used,
		    &h->id, &h->title, &h->link, &h->rights, &h->language, &h->image,
		    &h->feed_url, &h->published, &h->updated, NULL, NULL, &h->categories, &h->links,
		    NULL};
	}
}

bool
target_is_better(const struct target *t, struct feed_word word)
{
	return word.rank < t->ranks->of[word.meaning];
}

bool
target_take(const struct target *t, struct feed_word word)
{
	if (!target_is_better(t, word))
		return false;
	t->ranks->of[word.meaning] = (uint8_t)word.rank;
	return true;
}

void
target_take_str(
    const struct target *t, struct str *field, struct feed_word word, struct str value)
{
	if (field && value.n && target_take(t, word))
		*field = arena_str(t->arena, value);
}

bool
target_has_room(const struct target *t, size_t n_list)
{
	return n_list < FEED_MAX_LIST && *t->used < FEED_MAX_FIELDS_BYTES;
}

struct str
target_keep(const struct target *t, struct str s)
{
	*t->used += s.n;
	return s.n ? arena_str(t->arena, s) : s;
}

static bool
has_category(const struct feed_categories *list, struct feed_category c)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->v[i].term, c.term) &&
		    str_eq(list->v[i].scheme, c.scheme) &&
		    str_eq(list->v[i].label, c.label))
			return true;
	return false;
}

void
target_add_category(const struct target *t, struct feed_category c)
{
	if ((!c.term.n && !c.label.n && !c.scheme.n) ||
	    !target_has_room(t, t->categories->n))
		return;
	*t->used += sizeof(c); /* each costs a search, also when it is there */
	if (has_category(t->categories, c))
		return;
	struct feed_category kept = {
	    target_keep(t, c.term), target_keep(t, c.scheme), target_keep(t, c.label)};
	ARENA_PUSH(t->arena, t->categories, kept);
}

void
target_add_link(const struct target *t, struct feed_link link)
{
	if (!t->links || !target_has_room(t, t->links->n))
		return;
	struct feed_link kept = {target_keep(t, link.rel), target_keep(t, link.href),
	    target_keep(t, link.type), target_keep(t, link.title),
	    target_keep(t, link.hreflang), link.length};
	ARENA_PUSH(t->arena, t->links, kept);
}

void
target_add_enclosure(const struct target *t, struct feed_enclosure e)
{
	if (!t->enclosures || !e.url.n || !target_has_room(t, t->enclosures->n))
		return;
	struct feed_enclosure kept = {
	    target_keep(t, e.url), target_keep(t, e.type), e.length};
	ARENA_PUSH(t->arena, t->enclosures, kept);
}
