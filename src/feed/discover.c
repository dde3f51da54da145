#include "feed/discover.h"

#include "text/clean.h"
#include "text/html_token.h"
#include "text/url.h"

static struct str
attribute(const struct html_token *t, const char *name)
{
	for (size_t i = 0; i < t->n_attributes; i++)
		if (str_eq(t->attributes[i].name, str_z(name)))
			return str_trim(t->attributes[i].value);
	return STR("");
}

static bool
has_word(struct str words, struct str word)
{
	for (struct str one; (one = str_word(&words)).n;)
		if (str_eq_nocase(one, word))
			return true;
	return false;
}

/*
 * JSON Feed 1.0 said application/json, and so do the interfaces that weblogs offer to
 * programs: only one that calls itself a feed is meant.
 */
static bool
is_feed_type(struct str type, struct str title, struct str href)
{
	static const struct str types[] = {STR_INIT("application/rss+xml"),
	    STR_INIT("application/atom+xml"), STR_INIT("application/rdf+xml"),
	    STR_INIT("application/feed+json"), STR_INIT("application/x-rss+xml"),
	    STR_INIT("application/x.atom+xml"), STR_INIT("text/rss+xml"),
	    STR_INIT("text/xml"), STR_INIT("application/xml")};
	struct str rest;
	str_cut(type, ';', &type, &rest);
	type = str_trim(type);
	for (size_t i = 0; i < COUNT_OF(types); i++)
		if (str_eq_nocase(types[i], type))
			return true;
	return str_eq_nocase(type, STR("application/json")) &&
	       str_find_nocase(href, STR("wp-json")) == STR_NONE &&
	       (str_find_nocase(title, STR("feed")) != STR_NONE ||
		   str_find_nocase(href, STR("feed")) != STR_NONE);
}

static bool
offers_feed(const struct html_token *t)
{
	struct str rel = attribute(t, "rel");
	if (has_word(rel, STR("feed")))
		return true;
	return has_word(rel, STR("alternate")) && !has_word(rel, STR("stylesheet")) &&
	       is_feed_type(
		   attribute(t, "type"), attribute(t, "title"), attribute(t, "href"));
}

static bool
has_offer(const struct feed_offers *offers, struct str url)
{
	for (size_t i = 0; i < offers->n; i++)
		if (str_eq(offers->v[i].url, url))
			return true;
	return false;
}

static void
add_offer(struct arena *a, struct feed_offers *offers, const struct html_token *t,
    struct str base)
{
	struct str href = attribute(t, "href");
	struct str url = url_without_userinfo(a, url_resolve(a, base, href));
	if (!href.n || !url_is_http(url) || has_offer(offers, url) ||
	    offers->n == DISCOVER_MAX_OFFERS)
		return;
	struct feed_offer offer = {arena_str(a, url),
	    arena_str(a, text_clean_line(a, bytes_of_str(attribute(t, "title")))),
	    arena_str(a, text_clean_line(a, bytes_of_str(attribute(t, "type"))))};
	ARENA_PUSH(a, offers, offer);
}

/* The first <base href> that can be one holds for the whole page. */
static struct str
page_base(struct arena *a, const struct html_token *t, struct str url)
{
	struct str base = url_resolve(a, url, attribute(t, "href"));
	return url_is_http(base) ? arena_str(a, base) : url;
}

struct feed_offers
feed_discover(struct arena *a, struct str html, struct str url)
{
	struct feed_offers offers = {0};
	struct arena *tokens = arena_new();
	struct html_tokenizer tokenizer;
	struct html_token t;
	struct str base = url;
	bool has_base = false;
	html_tokenizer_init(&tokenizer, tokens, html);
	while (html_next(&tokenizer, &t)) {
		if (t.kind != HTML_TOKEN_START)
			continue;
		tokenizer.model = html_model_of(t.tag);
		if (t.tag == HTML_TAG_BASE && !has_base) {
			base = page_base(a, &t, url);
			has_base = true;
		} else if ((t.tag == HTML_TAG_LINK || t.tag == HTML_TAG_A) &&
			   offers_feed(&t)) {
			add_offer(a, &offers, &t, base);
		}
	}
	arena_free(tokens);
	return offers;
}
