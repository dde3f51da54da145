#include "store/key.h"

#include <inttypes.h>

#include "text/fold.h"
#include "text/url.h"

struct str
key_of_url(struct arena *a, struct str url)
{
	return url_is_http(url) ? url_key(a, url) : STR("");
}

static bool
is_front_page(struct str url)
{
	struct url u = url_split(url);
	return (u.path.n == 0 || str_eq(u.path, STR("/"))) && u.query.n == 0;
}

static struct str
site_of(struct arena *a, struct str url)
{
	return url_host(key_of_url(a, url));
}

/* Feeds that are files or pipes have an address too. */
static struct str
key_of_feed(struct arena *a, struct str url)
{
	struct str key = key_of_url(a, url);
	return key.n ? key : arena_fmt(a, "local-%016" PRIx64, str_hash(url));
}

bool
key_same_site(struct arena *a, struct str x, struct str y)
{
	struct str site = site_of(a, x);
	return site.n && str_eq(site, site_of(a, y));
}

struct str
key_canonical(struct arena *a, const struct story *s)
{
	if (s->canonical.n == 0 || is_front_page(s->canonical))
		return STR("");
	if (s->url.n && !key_same_site(a, s->url, s->canonical))
		return STR("");
	return s->canonical;
}

static uint64_t
mix(uint64_t h, uint64_t more)
{
	h ^= more + UINT64_C(0x9E3779B97F4A7C15) + (h << 6) + (h >> 2);
	return h * UINT64_C(0xD6E8FEB86659FD93);
}

static struct str
key_of_guid(struct arena *a, struct str feed_url, struct str guid)
{
	if (url_is_http(guid) && !is_front_page(guid))
		return key_of_url(a, guid);
	struct str id = guid;
	if (id.n > KEY_MAX_GUID_BYTES)
		id = arena_fmt(a, "%.*s~%016" PRIx64, 64,
		    arena_z(a, str_sub(guid, 0, 64)), str_hash(guid));
	if (str_find_char(guid, ':') != STR_NONE)
		return arena_cat(a, STR("guid:"), id);
	return arena_fmt(
	    a, "guid:%.*s %.*s", STR_ARG(key_of_feed(a, feed_url)), STR_ARG(id));
}

struct str
key_of_story(struct arena *a, struct str feed_url, const struct story *s)
{
	struct str canonical = key_canonical(a, s);
	struct str url = canonical.n ? canonical : s->url;
	struct str key = is_front_page(url) ? STR("") : key_of_url(a, url);
	if (key.n == 0 && s->guid.n)
		key = key_of_guid(a, feed_url, s->guid);
	if (key.n)
		return key;
	struct str text = s->body.text.n ? s->body.text : s->summary;
	return arena_fmt(a, "hash:%.*s %016" PRIx64 "%016" PRIx64,
	    STR_ARG(key_of_feed(a, feed_url)), str_hash(s->title),
	    mix(str_hash(text), s->title.n ? 0 : (uint64_t)s->published));
}

struct str
key_of_twin(struct arena *a, struct str key, const struct story *s)
{
	return arena_fmt(a, "%.*s #%016" PRIx64, STR_ARG(key),
	    str_hash(s->guid.n ? s->guid : s->title));
}

int64_t
key_headline(struct arena *a, struct str title)
{
	struct str key = text_headline_key(a, title);
	if (key.n < KEY_MIN_HEADLINE_BYTES)
		return 0;
	return (int64_t)(str_hash(key) | 1);
}

bool
key_same_headline(struct arena *a, struct str x, struct str y)
{
	return str_eq(x, y) || str_eq(text_headline_key(a, x), text_headline_key(a, y));
}

static uint64_t
of_links(const struct story *s)
{
	uint64_t h = s->links.n;
	for (size_t i = 0; i < s->links.n; i++) {
		const struct story_link *l = &s->links.v[i];
		h = mix(h, str_hash(l->url));
		h = mix(h, str_hash(l->title));
		h = mix(h, (uint64_t)l->kind << 32 | (uint32_t)l->after);
	}
	return h;
}

static uint64_t
of_spans(const struct doc *d)
{
	uint64_t h = d->n_spans;
	for (size_t i = 0; i < d->n_spans; i++) {
		const struct span *p = &d->spans[i];
		h = mix(h, (uint64_t)p->at << 32 | p->n);
		h = mix(h, (uint64_t)p->kind << 8 | p->level);
		if (p->ref.n)
			h = mix(h, str_hash(p->ref));
	}
	return h;
}

int64_t
key_said(const struct story *s)
{
	const struct str fields[] = {s->url, s->canonical, s->title, s->agency, s->place,
	    s->byline, s->source, s->reporter, s->translator, s->editor, s->photographer,
	    s->copyright, s->rights, s->correction, s->lang, s->usage, s->section,
	    s->summary, s->body.text};
	uint64_t h = mix((uint64_t)s->status, (uint64_t)s->urgency << 1 | s->full);
	for (size_t i = 0; i < COUNT_OF(fields); i++)
		h = mix(h, str_hash_long(fields[i].n, fields[i]));
	h = mix(h, (uint64_t)s->published);
	h = mix(h, (uint64_t)s->updated);
	h = mix(mix(h, of_links(s)), of_spans(&s->body));
	return (int64_t)h;
}
