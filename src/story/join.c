/*
 * Blocks are compared by their text.  Short ones ("Why?", a name) may well come twice in a story,
 * so only long ones are left out; when the page has nearly all of those, it is the whole story,
 * and takes the place of what was known.
 */
#include "story/join.h"

#include "story/page.h"

enum {
	LONG_BYTES = 30, /* a block that is no exclamation */
	WHOLE_PERCENT = 80, /* of the long blocks, for a page to be all of the story */
};

/* --- the blocks that are there --- */

struct seen {
	uint64_t *slots; /* hashes; 0 is empty */
	size_t n_slots;
};

static bool
is_long(const struct span *s)
{
	return span_is_block((enum span_kind)s->kind) && s->n >= LONG_BYTES;
}

static struct str
text_of(const struct doc *d, const struct span *s)
{
	return str_sub(d->text, s->at, s->n);
}

static uint64_t
key_of(struct str text)
{
	uint64_t h = str_hash(text);

	return h ? h : 1;
}

/* Is it there?  Puts it there otherwise, when asked to. */
static bool
find(struct seen *seen, uint64_t key, bool put)
{
	size_t i = (size_t)(key & (seen->n_slots - 1));

	while (seen->slots[i] && seen->slots[i] != key)
		i = (i + 1) & (seen->n_slots - 1);
	bool found = seen->slots[i] == key;
	if (put)
		seen->slots[i] = key;
	return found;
}

static struct seen
see(struct arena *a, const struct doc *d)
{
	struct seen seen = {.n_slots = 64};

	while (seen.n_slots < 2 * d->n_spans)
		seen.n_slots *= 2;
	seen.slots = ARENA_ARRAY(a, uint64_t, seen.n_slots);
	for (size_t i = 0; i < d->n_spans; i++)
		if (is_long(&d->spans[i]))
			find(&seen, key_of(text_of(d, &d->spans[i])), true);
	return seen;
}

/* Does `all` hold what `part` says? */
static bool
holds(struct arena *a, const struct doc *all, const struct doc *part)
{
	struct seen seen = see(a, all);
	size_t n = 0, found = 0;

	for (size_t i = 0; i < part->n_spans; i++)
		if (is_long(&part->spans[i])) {
			n++;
			found += find(&seen, key_of(text_of(part, &part->spans[i])), false);
		}
	return n > 0 && found * 100 >= n * WHOLE_PERCENT && all->text.n > part->text.n;
}

/* --- putting together --- */

struct joining {
	struct arena *arena;
	struct story *story;
	struct buf text;
	struct { struct span *v; size_t n, cap; } spans;
	int32_t blocks; /* of text, so far */
};

static bool
has_link(const struct story *s, const struct story_link *link)
{
	for (size_t i = 0; i < s->links.n; i++)
		if (str_eq(s->links.v[i].url, link->url) &&
		    (link->url.n > 0 || str_eq(s->links.v[i].title, link->title)))
			return true;
	return false;
}

/* Mentions are found anew, in the joined text. */
static bool
add_link(struct joining *j, struct story_link link)
{
	if (link.kind == LINK_MENTION || has_link(j->story, &link) ||
	    j->story->links.n >= STORY_MAX_LINKS)
		return false;
	link.after = j->blocks;
	ARENA_PUSH(j->arena, &j->story->links, link);
	return true;
}

static void
put_related(struct joining *j, const struct story *page, struct span s)
{
	if (s.level >= page->links.n || !add_link(j, page->links.v[s.level]))
		return;
	s.at = (uint32_t)j->text.n;
	s.level = (uint8_t)(j->story->links.n - 1);
	ARENA_PUSH(j->arena, &j->spans, s);
}

/* A block with the inline spans in it; returns how many spans these were. */
static size_t
put_block(struct joining *j, const struct doc *d, size_t first)
{
	const struct span *b = &d->spans[first];
	size_t n = 1;

	if (b->n > 0 && j->text.n > 0)
		buf_add(&j->text, STR("\n\n"));
	uint32_t at = (uint32_t)j->text.n;
	for (; first + n < d->n_spans && !span_is_block((enum span_kind)d->spans[first + n].kind);)
		n++;
	for (size_t i = first; i < first + n; i++) {
		struct span s = d->spans[i];
		s.at = at + (s.at - b->at);
		ARENA_PUSH(j->arena, &j->spans, s);
	}
	buf_add(&j->text, text_of(d, b));
	if (b->n > 0)
		j->blocks++;
	return n;
}

static size_t
skip_block(const struct doc *d, size_t first)
{
	size_t n = 1;

	while (first + n < d->n_spans && !span_is_block((enum span_kind)d->spans[first + n].kind))
		n++;
	return n;
}

static void
put_page(struct joining *j, const struct story *page)
{
	const struct doc *d = &page->body;
	struct seen seen = see(j->arena, &j->story->body);

	for (size_t i = 0; i < d->n_spans;) {
		const struct span *s = &d->spans[i];
		bool known = is_long(s) && find(&seen, key_of(text_of(d, s)), false);
		if (s->kind == SPAN_RELATED) {
			put_related(j, page, *s);
			i++;
		} else if (known || j->text.n + s->n + 2 > DOC_MAX_TEXT_BYTES ||
		    j->spans.n >= DOC_MAX_SPANS / 2) {
			i += skip_block(d, i);
		} else {
			i += put_block(j, d, i);
		}
	}
	for (size_t i = 0; i < page->links.n; i++)
		add_link(j, page->links.v[i]);
}

static void
join_text(struct arena *a, struct story *s, const struct story *page)
{
	struct joining j = {.arena = a, .story = s};

	buf_add(&j.text, s->body.text);
	for (size_t i = 0; i < s->body.n_spans; i++)
		ARENA_PUSH(a, &j.spans, s->body.spans[i]);
	j.blocks = (int32_t)doc_blocks_before(&s->body, s->body.text.n + 1);
	put_page(&j, page);
	s->body = (struct doc){arena_str(a, buf_str(&j.text)), j.spans.v, j.spans.n};
	buf_clear(&j.text);
}

/* Credits stand at the foot of the last page. */
static void
join_credits(struct story *s, const struct story *page)
{
	static const size_t fields[] = {
		offsetof(struct story, byline), offsetof(struct story, source),
		offsetof(struct story, exchange), offsetof(struct story, reporter),
		offsetof(struct story, translator), offsetof(struct story, editor),
		offsetof(struct story, photographer), offsetof(struct story, copyright),
		offsetof(struct story, rights), offsetof(struct story, correction),
	};

	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		struct str *to = (struct str *)(void *)((char *)s + fields[i]);
		const struct str *from =
		    (const struct str *)(const void *)((const char *)page + fields[i]);
		if (to->n == 0)
			*to = *from;
	}
}

static void
join_images(struct arena *a, struct story *s, const struct story *page)
{
	for (size_t i = 0; i < page->images.n && s->images.n < STORY_MAX_IMAGES; i++) {
		bool known = false;
		for (size_t k = 0; k < s->images.n; k++)
			known = known || str_eq(s->images.v[k].url, page->images.v[i].url);
		if (!known)
			ARENA_PUSH(a, &s->images, page->images.v[i]);
	}
}

void
story_join(struct arena *a, struct story *s, const struct story *page)
{
	if (page->body.text.n == 0 || page->withheld != WITHHELD_NOT)
		return;
	if (holds(a, &page->body, &s->body)) {
		s->body = page->body;
		s->links.n = 0;
		for (size_t i = 0; i < page->links.n; i++)
			ARENA_PUSH(a, &s->links, page->links.v[i]);
	} else {
		join_text(a, s, page);
	}
	join_images(a, s, page);
	join_credits(s, page);
	page_mentions(a, s);
	story_settle(a, s);
}
