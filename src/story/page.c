#include "story/page.h"

#include "base/utf8.h"
#include "story/agency.h"
#include "story/anatomy.h"
#include "story/page_body.h"
#include "story/page_meta.h"
#include "story/page_next.h"
#include "story/page_related.h"
#include "story/page_withheld.h"
#include "story/plain.h"
#include "story/signal.h"
#include "story/trim.h"
#include "text/clean.h"
#include "text/html_doc.h"
#include "text/html_text.h"
#include "text/language.h"
#include "text/url.h"

enum { MIN_JSONLD_BYTES = 400 }; /* shorter ones are summaries */

/* --- from the map to the document --- */

static struct html_verdict
verdict_of(enum page_verdict v, uint32_t group)
{
	switch (v) {
	case PAGE_SKIP: return (struct html_verdict){.kind = HTML_SKIP};
	case PAGE_RELATED_HERE:
		return (struct html_verdict){.kind = HTML_RELATED, .related = group};
	case PAGE_TAKE: break;
	}
	return (struct html_verdict){.kind = HTML_TAKE};
}

static struct html_verdict
filter(void *ctx, const struct html_node *n)
{
	const struct page_map *m = ctx;

	if (n->kind == HTML_TEXT) {
		const struct page_leaf *l = page_map_leaf(m, n);
		return l ? verdict_of(l->verdict, l->group) : verdict_of(PAGE_TAKE, 0);
	}
	const struct page_box *b = page_map_box(m, n);
	return b ? verdict_of(b->verdict, b->group) : verdict_of(PAGE_SKIP, 0);
}

static struct doc
make_doc(struct page_map *m, uint32_t root, struct str base)
{
	struct html_options o = {.base = base, .filter = filter, .ctx = m, .pictures = true};

	return html_doc(m->arena, m->boxes.v[root].node, &o);
}

static void
add_image(struct arena *a, struct story *s, struct str url, struct str alt)
{
	for (size_t i = 0; i < s->images.n; i++)
		if (str_eq(s->images.v[i].url, url))
			return;
	if (url.n == 0 || s->images.n >= STORY_MAX_IMAGES)
		return;
	struct story_image image = {url, alt};
	ARENA_PUSH(a, &s->images, image);
}

/* The pictures of the story that stayed. */
static void
take_images(struct page_map *m, uint32_t root, struct str base, struct story *s)
{
	for (uint32_t i = root; i < m->boxes.v[root].end;) {
		const struct page_box *b = &m->boxes.v[i];
		if (b->verdict != PAGE_TAKE) {
			i = b->end;
			continue;
		}
		if (html_is(b->node, HTML_TAG_IMG))
			add_image(m->arena, s, html_picture(m->arena, b->node, base),
			    text_clean_line(m->arena, bytes_of_str(html_attr(b->node, "alt"))));
		i++;
	}
}

static void
place_groups(const struct page_map *m, uint32_t root, struct page_related *r)
{
	uint32_t line = root == PAGE_NONE ? 0 : m->boxes.v[root].line;

	for (size_t i = 0; i < r->groups.n; i++)
		r->groups.v[i].before = r->lines.v[i] < line;
}

/* JSON-LD carries the text of some pages whose scripts would have to fetch it. */
static bool
jsonld_is_better(const struct page_meta *meta, struct str found)
{
	return meta->jsonld.body.n >= MIN_JSONLD_BYTES && meta->jsonld.body.n * 10 > found.n * 20;
}

static struct doc
jsonld_doc(struct arena *a, struct str body, struct str base)
{
	if (html_has_markup(body))
		return html_doc_of_markup(a, body, base);
	return plain_doc(a, body);
}

/* --- addresses --- */

static struct str
plain_host(struct str url)
{
	static const struct str variants[] = {STR_INIT("www."), STR_INIT("m."),
	    STR_INIT("mobile."), STR_INIT("amp.")};
	struct str host = url_host(url);

	for (size_t i = 0; i < COUNT_OF(variants); i++)
		if (str_starts(host, variants[i]))
			return str_from(host, variants[i].n);
	return host;
}

/* Of one site: the same host, or one below the other. */
static bool
same_site(struct str a, struct str b)
{
	struct str h = plain_host(a), k = plain_host(b);
	struct str small = h.n < k.n ? h : k, big = h.n < k.n ? k : h;

	if (small.n == 0 || !str_ends(big, small))
		return false;
	return small.n == big.n || big.p[big.n - small.n - 1] == '.';
}

/* What the page calls its own address; a foreign one is not believed. */
static struct str
canonical(struct arena *a, const struct page_meta *meta, struct str url, struct str base)
{
	const struct str said[] = {meta->canonical, meta->field[META_URL]};

	for (size_t i = 0; i < COUNT_OF(said); i++) {
		if (said[i].n == 0)
			continue;
		struct str abs = url_without_fragment(url_resolve(a, base, said[i]));
		if (url_is_http(abs) && (url.n == 0 || same_site(abs, url)))
			return abs;
	}
	return STR("");
}

static struct str
base_of(struct arena *a, const struct html_node *document, struct str url)
{
	const struct html_node *n = html_find(document, HTML_TAG_BASE);
	struct str href = n ? html_attr(n, "href") : STR("");

	if (href.n == 0)
		return url;
	struct str base = url_resolve(a, url, href);
	return url_is_http(base) ? base : url;
}

/* --- what is known of the story --- */

static struct str
first_of(struct str a, struct str b)
{
	return a.n > 0 ? a : b;
}

static struct str
language_of(struct arena *a, const struct page_meta *meta, struct str text)
{
	struct str tag = language_tag(a, meta->html_lang);

	if (tag.n == 0)
		tag = language_tag(a, meta->jsonld.language);
	if (tag.n == 0)
		tag = language_tag(a, meta->field[META_LANGUAGE]);
	if (tag.n == 0)
		tag = language_guess(text);
	return tag;
}

static void
take_signals(struct arena *a, struct story *s)
{
	struct signal signal;

	signal_read(a, s->title, &signal);
	if (s->urgency == 0) {
		s->urgency = signal.urgency;
		s->urgency_guessed = signal.urgency > 0;
	}
	if (s->status == STORY_USABLE)
		s->status = signal.status;
	if (s->slug.n == 0)
		s->slug = signal.slug;
}

static void
take_agency(struct story *s)
{
	if (s->agency.n > 0)
		return;
	const struct agency *known = agency_by_host(url_host(s->url));
	if (!known)
		known = agency_by_name(s->site);
	if (known)
		s->agency = known->name;
}

/* A path that ends in a slug or a number, and not in the name of a section. */
static bool
is_story_path(struct str url)
{
	struct str path = url_split(url).path;
	size_t hyphens = 0, digits = 0;

	if (page_is_list_address(url))
		return false;
	for (size_t i = 0; i < path.n; i++) {
		hyphens += path.p[i] == '-' || path.p[i] == '_';
		digits += ascii_digit((unsigned char)path.p[i]);
	}
	return hyphens >= 3 || digits >= 4;
}

void
page_mentions(struct arena *a, struct story *s)
{
	for (size_t i = 0; i < s->body.n_spans && s->links.n < STORY_MAX_LINKS; i++) {
		const struct span *span = &s->body.spans[i];
		if (span->kind != SPAN_LINK || !same_site(span->ref, s->url) ||
		    !is_story_path(span->ref))
			continue;
		struct str url = url_without_fragment(span->ref);
		bool known = str_eq(url, s->url) || str_eq(url, s->canonical);
		for (size_t k = 0; k < s->links.n; k++)
			known = known || str_eq(s->links.v[k].url, url);
		if (known)
			continue;
		struct story_link l = {.kind = LINK_MENTION, .url = url,
		    .title = utf8_cut(str_sub(s->body.text, span->at, span->n),
		        STORY_MAX_TITLE_BYTES),
		    .after = (int32_t)doc_blocks_before(&s->body, span->at) - 1};
		l.title = text_squeeze(a, l.title);
		ARENA_PUSH(a, &s->links, l);
	}
}

static void
take_meta(struct page_map *m, const struct page_meta *meta, struct story *s)
{
	struct arena *a = m->arena;
	struct str host = url_host(s->url);

	s->site = page_site(a, meta, host);
	s->title = page_title(m, meta, host);
	s->byline = page_byline(m, meta, s->site, host);
	s->section = first_of(meta->jsonld.section, meta->field[META_SECTION]);
	s->summary = meta->field[META_SUMMARY];
	page_dates(m, meta, s->url, s);
}

/* What stands in the place of a story is none; before a wall its beginning may be had. */
static void
withhold(struct page_map *m, const struct page_meta *meta, struct story *s)
{
	s->withheld = page_withheld(m, meta, m->root, s->title, s->body.text);
	if (s->withheld == WITHHELD_NOT || s->withheld == WITHHELD_PAYWALL ||
	    s->withheld == WITHHELD_LOGIN)
		return;
	s->body = (struct doc){.text = STR("")};
	s->links.n = s->images.n = 0;
}

/* Where the site's rule says, else where the page does. */
static struct str
next_page(const struct page_map *m, const struct story *s, const struct site_rule *rule,
    struct str base)
{
	for (uint32_t i = 0; rule && rule->next.n > 0 && i < m->boxes.n; i++) {
		const struct html_node *n = m->boxes.v[i].node;
		if (m->boxes.v[i].link != i || !site_selectors_match(&rule->next, n))
			continue;
		struct str url = url_without_fragment(url_resolve(m->arena, base, html_attr(n, "href")));
		if (url_is_http(url) && same_site(url, s->url) && !str_eq(url, s->url))
			return url;
	}
	return page_next(m, m->root, s->url, s->canonical, base);
}

void
page_story(struct arena *a, struct str html, const struct page_known *known, struct story *s)
{
	const struct html_node *document = html_parse(a, html, HTML_PAGE);
	struct str base = base_of(a, document, s->url);
	struct page_meta meta;
	struct page_map map;
	struct page_related related;

	page_meta_read(a, document, &meta);
	page_map_make(&map, a, document);
	s->canonical = canonical(a, &meta, s->url, base);
	take_meta(&map, &meta, s);
	page_related_find(&map, first_of(s->url, s->canonical), base, &related);
	/* what the page says of itself serves where the feed said nothing */
	struct page_known hints = {known->title, first_of(known->text, s->summary),
	    known->text.n == 0, known->rule};
	uint32_t root = page_body_find(&map, s->title, &hints);
	place_groups(&map, root, &related);
	struct doc doc = {.text = STR("")};
	if (root != PAGE_NONE) {
		doc = make_doc(&map, root, base);
		take_images(&map, root, base, s);
	}
	if (jsonld_is_better(&meta, doc.text))
		doc = jsonld_doc(a, meta.jsonld.body, base);
	anatomy_of(a, &doc, related.groups.v, related.groups.n, s);
	if (s->images.n == 0 && meta.field[META_IMAGE].n > 0) {
		struct str image = url_resolve(a, base, meta.field[META_IMAGE]);
		add_image(a, s, url_is_http(image) ? image : STR(""), STR(""));
	}
	withhold(&map, &meta, s);
	s->full = s->body.text.n > 0 && s->withheld == WITHHELD_NOT;
	if (s->full)
		s->next_page = next_page(&map, s, known->rule, base);
	s->lang = language_of(a, &meta, s->body.text);
	s->byline = first_of(s->byline, s->reporter);
	take_signals(a, s);
	take_agency(s);
	page_mentions(a, s);
}

void
page_fragment(struct arena *a, struct str markup, struct str base, struct story *s)
{
	const struct html_node *root = html_parse(a, markup, HTML_FRAGMENT);
	struct page_map map;
	struct page_related related;

	page_map_make(&map, a, root);
	if (map.boxes.n == 0)
		return;
	page_related_find(&map, s->url, base, &related);
	struct doc doc = make_doc(&map, 0, base);
	anatomy_of(a, &doc, related.groups.v, related.groups.n, s);
	take_images(&map, 0, base, s);
	page_mentions(a, s);
}
