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
	HEADLINE_LETTERS = 20, /* fewer may be the site's name or a section's */
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
	struct str whole = squash(a, str_starts(host, STR("www.")) ? str_from(host, 4) : host);

	if (p.n == 0 || str_eq(p, whole))
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

/*
 * The heading's text without a kicker inside of it ("Premier League" above the headline proper).
 */
static struct str
heading_line(const struct page_map *m, uint32_t box)
{
	const struct page_box *b = &m->boxes.v[box];
	struct buf text = {0};
	bool kicker = false;

	for (uint32_t i = b->line; i < b->line_end; i++)
		for (uint32_t k = m->lines.v[i].leaf; k < m->lines.v[i].leaf_end; k++) {
			const struct page_leaf *l = &m->leaves.v[k];
			if (!page_holds(m, box, l->box))
				continue;
			if (page_within(m, l->box, PAGE_KICKER, box)) {
				kicker = true;
				continue;
			}
			buf_add(&text, l->node->text);
			buf_char(&text, ' ');
		}
	struct str line = arena_str(m->arena,
	    text_clean_line(m->arena, bytes_of(text.p, text.n)));
	buf_clear(&text);
	/* "Kicker: headline" was cut at its colon: they belong together */
	bool apart = kicker && line.n > 0 && line.p[0] != ':' && line.p[0] != ',';
	return apart ? line : html_node_line(m->arena, b->node);
}

/* A heading that says what the title says: <h1> before <h2>.  Empty: there is none. */
static struct str
heading_like(const struct page_map *m, struct str title)
{
	struct str best = STR("");
	int looked = 0;

	for (uint32_t i = 0; i < m->boxes.n && looked < MAX_CANDIDATES; i++) {
		const struct html_node *n = m->boxes.v[i].node;
		bool first = html_is(n, HTML_TAG_H1);
		if (!first && (!html_is(n, HTML_TAG_H2) || best.n > 0))
			continue;
		looked++;
		struct str line = heading_line(m, i);
		if (line.n > STORY_MAX_TITLE_BYTES || !agrees(m->arena, line, title))
			continue;
		if (first)
			return line;
		best = line;
	}
	return best;
}

/*
 * The first <h1> that is long enough for a headline.  *n: how many of them there are; in the page's
 * middle only.
 */
static struct str
first_heading(const struct page_map *m, size_t min_letters, int *n)
{
	struct str first = STR("");

	*n = 0;
	for (uint32_t i = 0; i < m->boxes.n; i++) {
		if (!html_is(m->boxes.v[i].node, HTML_TAG_H1) ||
		    page_letters(m, &m->boxes.v[i]) < min_letters)
			continue;
		struct str line = heading_line(m, i);
		if (line.n == 0 || line.n > STORY_MAX_TITLE_BYTES ||
		    page_within(m, i, PAGE_CHROME | PAGE_COMMENTS | PAGE_SIDE, PAGE_NONE))
			continue;
		if (++*n == 1)
			first = line;
	}
	return first;
}

/*
 * The heading may be longer than what the page calls its title: a kicker is written into it.
 * A title that is its end, and not much shorter, is the headline.
 */
static struct str
without_kicker(struct arena *a, struct str heading, const struct str *titles, size_t n)
{
	struct str key = text_headline_key(a, heading);

	for (size_t i = 0; i < n; i++) {
		struct str t = text_headline_key(a, titles[i]);
		if (t.n < key.n && t.n * 100 >= key.n * MIN_SHARE && str_ends(key, t))
			return titles[i];
	}
	return heading;
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
	struct str site = page_site(m->arena, meta, host), titles[3], title = STR("");
	size_t n = 0;
	int headings;

	if (meta->jsonld.headline.n > 0)
		titles[n++] = meta->jsonld.headline;
	if (meta->field[META_TITLE].n > 0)
		titles[n++] = meta->field[META_TITLE];
	if (meta->html_title.n > 0)
		titles[n++] = meta->html_title;
	for (size_t i = 0; i < n && title.n == 0; i++)
		title = heading_like(m, titles[i]);
	if (title.n > 0)
		title = without_kicker(m->arena, title, titles, n);
	if (title.n == 0) {
		title = first_heading(m, HEADLINE_LETTERS, &headings);
		if (headings != 1)
			title = STR("");
	}
	if (title.n == 0)
		title = n > 0 ? titles[0] : first_heading(m, 1, &headings);
	return utf8_cut(without_site(m->arena, title, site, host), STORY_MAX_TITLE_BYTES);
}
