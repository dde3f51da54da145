/*
 * A <link> is judged when it stands there; an <a> when it ends, for its text may say what it is.
 * What <a> offers counts only when no <link> (and no rel="feed") offered anything.
 */
#include "feed/discover.h"

#include "base/utf8.h"
#include "text/clean.h"
#include "text/html_token.h"
#include "text/url.h"

enum { MAX_TITLE_BYTES = 300 }; /* a longer one is the text of a page that lacks an end tag */

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

/* --- what an address and a type say ------------------------------------------------------------ */

static bool
is_word(struct str s, const struct str *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(s, list[i]))
			return true;
	return false;
}

/* What feeds are called everywhere: the last part of a path. */
static bool
names_feed(struct str path)
{
	static const struct str names[] = {STR_INIT("rss"), STR_INIT("rss2"), STR_INIT("atom"),
	    STR_INIT("feed"), STR_INIT("rdf"), STR_INIT("rss.xml"), STR_INIT("rss2.xml"),
	    STR_INIT("atom.xml"), STR_INIT("feed.xml"), STR_INIT("feed.json"),
	    STR_INIT("feed.php"), STR_INIT("rss.php"), STR_INIT("rss.aspx")};
	static const struct str endings[] = {STR_INIT("rss"), STR_INIT("atom"), STR_INIT("rdf")};
	while (path.n && path.p[path.n - 1] == '/')
		path.n--;
	size_t slash = str_find_last_char(path, '/');
	struct str last = slash == STR_NONE ? path : str_from(path, slash + 1);
	size_t dot = str_find_last_char(last, '.');
	return is_word(last, names, COUNT_OF(names)) ||
	    (dot != STR_NONE &&
		is_word(str_from(last, dot + 1), endings, COUNT_OF(endings)));
}

/* ?feed=rss2 of WordPress, ?format=feed&type=rss of Joomla and their kin. */
static bool
asks_for_feed(struct str query)
{
	static const struct str keys[] = {STR_INIT("feed"), STR_INIT("format"),
	    STR_INIT("type"), STR_INIT("output"), STR_INIT("alt")};
	static const struct str values[] = {STR_INIT("rss"), STR_INIT("rss2"),
	    STR_INIT("atom"), STR_INIT("rdf"), STR_INIT("feed")};
	struct str one, key, value;
	while (query.n) {
		str_cut(query, '&', &one, &query);
		if (str_cut(one, '=', &key, &value) && is_word(key, keys, COUNT_OF(keys)) &&
		    is_word(value, values, COUNT_OF(values)))
			return true;
	}
	return false;
}

static bool
says_feed(struct str url)
{
	struct url parts = url_split(url);
	return names_feed(parts.path) || asks_for_feed(parts.query);
}

static struct str
bare_type(struct str type)
{
	struct str rest;
	str_cut(type, ';', &type, &rest);
	return str_trim(type);
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
	    STR_INIT("application/x.atom+xml"), STR_INIT("application/rss"),
	    STR_INIT("application/atom"), STR_INIT("text/rss+xml"), STR_INIT("text/rss"),
	    STR_INIT("text/atom+xml"), STR_INIT("text/atom"), STR_INIT("text/xml"),
	    STR_INIT("application/xml"), STR_INIT("rss"), STR_INIT("atom")};
	type = bare_type(type);
	if (is_word(type, types, COUNT_OF(types)))
		return true;
	return str_eq_nocase(type, STR("application/json")) &&
	    str_find_nocase(href, STR("wp-json")) == STR_NONE &&
	    (str_find_nocase(title, STR("feed")) != STR_NONE ||
		str_find_nocase(href, STR("feed")) != STR_NONE);
}

/* Types that servers and page makers put on anything: then the address decides. */
static bool
says_nothing(struct str type)
{
	static const struct str empty[] = {STR_INIT(""), STR_INIT("text/html"),
	    STR_INIT("text/plain"), STR_INIT("application/octet-stream"),
	    STR_INIT("application/x-xml")};
	return is_word(bare_type(type), empty, COUNT_OF(empty));
}

/* --- offers ------------------------------------------------------------------------------------ */

struct search {
	struct arena *arena;
	struct str base;
	bool has_base;
	struct feed_offers links, plain;
	/* The <a> that is open; its strings live as long as the tokens. */
	bool in_anchor;
	struct str href, title, type, text;
};

static bool
offers_feed(const struct html_token *t)
{
	struct str rel = attribute(t, "rel"), type = attribute(t, "type");
	struct str href = attribute(t, "href");
	if (has_word(rel, STR("feed")) || has_word(rel, STR("service.feed")))
		return true;
	if (!has_word(rel, STR("alternate")) || has_word(rel, STR("stylesheet")))
		return false;
	return is_feed_type(type, attribute(t, "title"), href) ||
	    (says_nothing(type) && says_feed(href));
}

static bool
has_offer(const struct feed_offers *offers, struct str url)
{
	for (size_t i = 0; i < offers->n; i++)
		if (str_eq(offers->v[i].url, url))
			return true;
	return false;
}

/* feed:https://…, feed://…: the scheme that browsers once gave to readers. */
static struct str
without_feed_scheme(struct arena *a, struct str href)
{
	if (str_starts_nocase(href, STR("feed://")))
		return arena_cat(a, STR("http://"), str_from(href, 7));
	return str_starts_nocase(href, STR("feed:http")) ? str_from(href, 5) : href;
}

static struct str
address(const struct search *s, struct str href)
{
	struct arena *a = s->arena;
	href = without_feed_scheme(a, href);
	struct str url = href.n ? url_resolve(a, s->base, href) : STR("");
	return url_is_http(url) ? url_without_userinfo(a, url_without_fragment(url)) : STR("");
}

static struct str
one_line(struct arena *a, struct str s)
{
	return arena_str(a, utf8_cut(text_clean_line(a, bytes_of_str(s)), MAX_TITLE_BYTES));
}

static void
add_offer(struct search *s, struct feed_offers *offers, struct str url, struct str title,
    struct str type)
{
	struct arena *a = s->arena;
	if (!url.n || has_offer(offers, url) || offers->n == DISCOVER_MAX_OFFERS)
		return;
	struct feed_offer offer = {arena_str(a, url), one_line(a, title),
	    one_line(a, bare_type(type))};
	ARENA_PUSH(a, offers, offer);
}

/* --- plain links ------------------------------------------------------------------------------- */

/* Of the page's own site, or of a host that is there for feeds: a button of a network or of another
 * reader often has this feed's address in its own. */
static bool
is_near(struct str page, struct str url)
{
	struct str own = url_host(page), host = url_host(url);
	if (str_starts_nocase(own, STR("www.")))
		own = str_from(own, 4);
	if (str_starts_nocase(host, STR("feeds.")) || str_starts_nocase(host, STR("rss.")))
		return true;
	return own.n && host.n >= own.n && str_eq_nocase(str_from(host, host.n - own.n), own) &&
	    (host.n == own.n || host.p[host.n - own.n - 1] == '.');
}

/* "RSS" on a link to an XML file. */
static bool
text_says_feed(struct str text, struct str url)
{
	struct str path = url_split(url).path;
	bool xml = path.n > 4 && str_eq_nocase(str_from(path, path.n - 4), STR(".xml"));
	return xml && (has_word(text, STR("rss")) || has_word(text, STR("atom")));
}

static void
end_anchor(struct search *s)
{
	if (!s->in_anchor)
		return;
	s->in_anchor = false;
	struct str url = address(s, s->href), title = s->title.n ? s->title : s->text;
	if (!url.n || !is_near(s->base, url))
		return;
	if (says_feed(url) || text_says_feed(title, url) ||
	    is_feed_type(s->type, title, url))
		add_offer(s, &s->plain, url, title, s->type);
}

static void
begin_anchor(struct search *s, const struct html_token *t)
{
	end_anchor(s);
	s->in_anchor = true;
	s->href = attribute(t, "href");
	s->title = attribute(t, "title");
	s->type = attribute(t, "type");
	s->text = STR("");
}

/* --- the page ---------------------------------------------------------------------------------- */

/* The first <base href> that can be one holds for the whole page. */
static void
take_base(struct search *s, const struct html_token *t)
{
	if (s->has_base)
		return;
	struct str base = url_resolve(s->arena, s->base, attribute(t, "href"));
	if (url_is_http(base))
		s->base = arena_str(s->arena, base);
	s->has_base = true;
}

static void
on_start(struct search *s, const struct html_token *t)
{
	bool offers = (t->tag == HTML_TAG_LINK || t->tag == HTML_TAG_A) && offers_feed(t);
	if (t->tag == HTML_TAG_BASE)
		take_base(s, t);
	else if (offers)
		add_offer(s, &s->links, address(s, attribute(t, "href")), attribute(t, "title"),
		    attribute(t, "type"));
	else if (t->tag == HTML_TAG_A)
		begin_anchor(s, t);
}

struct feed_offers
feed_discover(struct arena *a, struct str html, struct str url)
{
	struct search s = {.arena = a, .base = url};
	struct arena *tokens = arena_new();
	struct html_tokenizer tokenizer;
	struct html_token t;
	html_tokenizer_init(&tokenizer, tokens, html);
	while (html_next(&tokenizer, &t)) {
		if (t.kind == HTML_TOKEN_START) {
			tokenizer.model = html_model_of(t.tag);
			on_start(&s, &t);
		} else if (t.kind == HTML_TOKEN_TEXT && s.in_anchor && !s.text.n) {
			s.text = str_trim(t.text);
		} else if (t.kind == HTML_TOKEN_CLOSE && t.tag == HTML_TAG_A) {
			end_anchor(&s);
		}
	}
	end_anchor(&s);
	arena_free(tokens);
	s.plain.guessed = true;
	return s.links.n ? s.links : s.plain;
}
