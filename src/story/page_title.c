/*
 * The headline.  Pages write it four or five times, with the site's name and without, shortened
 * for search engines or friends.  What the reader sees is an <h1>; it is believed when another
 * place says the same.
 */
#include "story/page_meta.h"

#include "base/utf8.h"
#include "story/trim.h"
#include "text/clean.h"
#include "text/fold.h"
#include "text/html_text.h"

enum {
	MAX_CANDIDATES = 24, /* headings looked at */
	MIN_SHARE = 40, /* per cent of the longer that the shorter must be, to be the same */
	MAX_SITE_WORDS = 5,
};

/* Letters and digits alone, so that "The Daily-Example" and dailyexample.com can meet. */
static struct str
squash(struct arena *a, struct str s)
{
	struct str key = text_headline_key(a, s);
	char *out = arena_alloc(a, key.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < key.n; i++)
		if (key.p[i] != ' ')
			out[n++] = key.p[i];
	return str_of(out, n);
}

/* The name in the host: "example" of www.example.co.uk. */
static struct str
host_name(struct str host)
{
	static const struct str common[] = {
		STR_INIT("www"), STR_INIT("m"), STR_INIT("mobile"), STR_INIT("amp"), STR_INIT("news"),
		STR_INIT("en"), STR_INIT("id"), STR_INIT("blog"), STR_INIT("blogs"), STR_INIT("edition"),
	};
	struct str label = host, rest = host, best = STR("");

	/* the longest label is the name: "thejakartapost", not "co" or "www" */
	while (rest.n > 0) {
		bool skip = false;
		str_cut(rest, '.', &label, &rest);
		for (size_t i = 0; i < COUNT_OF(common); i++)
			skip = skip || str_eq(label, common[i]);
		if (!skip && rest.n > 0 && label.n >= best.n)
			best = label;
	}
	return best;
}

static size_t
count_words(struct str s)
{
	size_t n = 0;

	while (str_word(&s).n > 0)
		n++;
	return n;
}

static bool
is_site_name(struct arena *a, struct str piece, struct str site, struct str host)
{
	struct str p = squash(a, piece), s = squash(a, site), h = squash(a, host_name(host));

	if (p.n == 0)
		return true;
	if (s.n > 0 && (str_eq(p, s) || (s.n >= 4 && str_find(p, s) != STR_NONE) ||
	    (p.n >= 4 && str_find(s, p) != STR_NONE)))
		return true;
	return h.n >= 3 && (str_eq(p, h) || (h.n >= 4 && str_find(p, h) != STR_NONE) ||
	    (p.n >= 4 && str_find(h, p) != STR_NONE));
}

/* Where the last " - ", " | ", " – ", " » " ... of s begins; *after is behind it. */
static size_t
last_separator(struct str s, size_t *after)
{
	size_t at = 0, next = 0, found = STR_NONE;
	bool space = false;

	for (; at < s.n; at = next) {
		uint32_t c = utf8_next(s, &next);
		bool sign = trim_is_dash(c) || c == '|' || c == 0xBB || c == 0xAB || c == 0xB7 ||
		    c == 0x2022 || c == 0x203A || c == 0xFF5C || c == '/' || c == '<' || c == '>' ||
		    c == ':' ;
		if (sign && (space || c == '|' || c == 0xFF5C) && next < s.n &&
		    (s.p[next] == ' ' || c == '|' || c == 0xFF5C || s.p[next] == ':')) {
			found = at;
			*after = next;
		}
		space = trim_is_space(c);
	}
	return found;
}

/* Take the site's name from the end, and from the front ("Site | Headline"). */
static struct str
without_site(struct arena *a, struct str title, struct str site, struct str host)
{
	for (int i = 0; i < 3; i++) {
		size_t after, at = last_separator(title, &after);
		if (at == STR_NONE || at == 0)
			break;
		struct str tail = trim_space(str_from(title, after));
		if (count_words(tail) > MAX_SITE_WORDS + 3 || !is_site_name(a, tail, site, host))
			break;
		title = trim_space(trim_close(str_sub(title, 0, at)));
	}
	size_t bar = str_find(title, STR(" | "));
	if (bar != STR_NONE && bar > 0 && is_site_name(a, str_sub(title, 0, bar), site, host))
		title = trim_space(str_from(title, bar + 3));
	return title;
}

/* Do two headlines say the same, one perhaps with something more at an end? */
static bool
agrees(struct arena *a, struct str heading, struct str title)
{
	struct str h = text_headline_key(a, heading), t = text_headline_key(a, title);

	if (h.n == 0 || t.n == 0)
		return false;
	if (h.n * 100 < t.n * MIN_SHARE || t.n * 100 < h.n * MIN_SHARE)
		return str_eq(h, t);
	return str_find(t, h) != STR_NONE || str_find(h, t) != STR_NONE;
}

static struct str
box_line(const struct page_map *m, const struct page_box *b)
{
	return html_node_line(m->arena, b->node);
}

/* A heading that says what one of the titles says: <h1> before the others. */
static struct str
heading_like(const struct page_map *m, const struct str *titles, size_t n)
{
	struct str best = STR("");
	int looked = 0;

	for (size_t i = 0; i < m->boxes.n && looked < MAX_CANDIDATES; i++) {
		const struct page_box *b = &m->boxes.v[i];
		bool first = html_is(b->node, HTML_TAG_H1);
		if (!first && !html_is(b->node, HTML_TAG_H2))
			continue;
		looked++;
		struct str line = box_line(m, b);
		for (size_t t = 0; t < n; t++) {
			if (line.n > STORY_MAX_TITLE_BYTES || !agrees(m->arena, line, titles[t]))
				continue;
			if (first)
				return line;
			if (best.n == 0)
				best = line;
		}
	}
	return best;
}

/* The only <h1> with some length, when nothing else is known. */
static struct str
first_heading(const struct page_map *m)
{
	for (size_t i = 0; i < m->boxes.n; i++)
		if (html_is(m->boxes.v[i].node, HTML_TAG_H1)) {
			struct str line = box_line(m, &m->boxes.v[i]);
			if (line.n > 0 && line.n <= STORY_MAX_TITLE_BYTES)
				return line;
		}
	return STR("");
}

struct str
page_site(struct arena *a, const struct page_meta *meta, struct str host)
{
	(void)a;
	if (meta->field[META_SITE].n > 0)
		return meta->field[META_SITE];
	if (meta->jsonld.publisher.n > 0)
		return meta->jsonld.publisher;
	size_t after, at = last_separator(meta->html_title, &after);
	if (at != STR_NONE) {
		struct str tail = trim_space(str_from(meta->html_title, after));
		if (count_words(tail) <= MAX_SITE_WORDS)
			return tail;
	}
	return str_starts(host, STR("www.")) ? str_from(host, 4) : host;
}

struct str
page_title(const struct page_map *m, const struct page_meta *meta, struct str host)
{
	struct str site = page_site(m->arena, meta, host), titles[3];
	size_t n = 0;

	if (meta->field[META_TITLE].n > 0)
		titles[n++] = meta->field[META_TITLE];
	if (meta->jsonld.headline.n > 0)
		titles[n++] = meta->jsonld.headline;
	if (meta->html_title.n > 0)
		titles[n++] = meta->html_title;
	struct str heading = heading_like(m, titles, n);
	if (heading.n > 0)
		return utf8_cut(without_site(m->arena, heading, site, host), STORY_MAX_TITLE_BYTES);
	if (n == 0)
		return utf8_cut(first_heading(m), STORY_MAX_TITLE_BYTES);
	struct str title = without_site(m->arena, titles[0], site, host);
	return utf8_cut(title, STORY_MAX_TITLE_BYTES);
}
