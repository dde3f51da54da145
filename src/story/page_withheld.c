#include "story/page_withheld.h"

#include "base/utf8.h"
#include "text/fold.h"
#include "text/html_text.h"

enum {
	/* A story with more characters is one, whatever stands around it. */
	PAYWALL_CHARS = 2500,
	LOCKED_CHARS = 900, /* sites call all their stories locked, and serve the short ones whole */
	WALL_CHARS = 700,
	/* Of the whole page: a page with more has its own text somewhere. */
	WALL_PAGE_LETTERS = 4000,
	MAX_LINE_LETTERS = 240,
	MAX_LINES = 400,
};

enum where { TITLE, LINE };

struct sign {
	enum story_withheld kind;
	enum where where;
	struct str phrase;
};

static const struct sign signs[] = {
#define WITHHELD(kind, where, language, phrase) {WITHHELD_##kind, where, STR_INIT(phrase)},
#include "story/page_withheld.def"
#undef WITHHELD
};

/* "404 - Page not found | Site": the phrase, and then no further word of a sentence. */
static bool
begins_with(struct str title, struct str phrase)
{
	if (!str_starts(title, phrase))
		return false;
	struct str rest = str_from(title, phrase.n);
	if (rest.n > 0 && rest.p[0] == ' ')
		rest = str_from(rest, 1);
	return rest.n == 0 || !(ascii_alnum((unsigned char)rest.p[0]) ||
	    (unsigned char)rest.p[0] >= 0x80);
}

static enum story_withheld
by_title(struct arena *a, struct str title)
{
	struct str folded = text_fold_bare(a, title);

	for (size_t i = 0; i < COUNT_OF(signs) && folded.n > 0; i++)
		if (signs[i].where == TITLE && begins_with(folded, signs[i].phrase))
			return signs[i].kind;
	return WITHHELD_NOT;
}

/* The first sign in a line of the page.  paywall: only of that kind, else of the others too. */
static enum story_withheld
by_lines(const struct page_map *m, bool paywall)
{
	for (size_t l = 0; l < m->lines.n && l < MAX_LINES; l++) {
		if (m->lines.v[l].letters > MAX_LINE_LETTERS)
			continue;
		struct str folded = text_fold_bare(m->arena, m->lines.v[l].text);
		for (size_t i = 0; i < COUNT_OF(signs); i++)
			if (signs[i].where == LINE &&
			    (!paywall || signs[i].kind == WITHHELD_PAYWALL) &&
			    str_find(folded, signs[i].phrase) != STR_NONE)
				return signs[i].kind;
	}
	return WITHHELD_NOT;
}

/* A form that asks for a password, on a page with nothing else. */
static bool
asks_password(const struct html_node *document)
{
	for (const struct html_node *n = html_find(document, HTML_TAG_INPUT); n;
	    n = html_find_next(n, document, HTML_TAG_INPUT))
		if (str_eq_nocase(html_attr(n, "type"), STR("password")))
			return true;
	return false;
}

/* The page is a script, and says so to those who run none. */
static bool
wants_scripts(struct arena *a, const struct html_node *document)
{
	for (const struct html_node *n = html_find(document, HTML_TAG_NOSCRIPT); n;
	    n = html_find_next(n, document, HTML_TAG_NOSCRIPT))
		if (str_find_nocase(html_to_line(a, html_raw_text(a, n)), STR("javascript")) !=
		    STR_NONE)
			return true;
	return false;
}

static bool
is_locked(const struct page_meta *meta)
{
	static const struct str closed[] = {STR_INIT("false"), STR_INIT("locked"),
	    STR_INIT("paid"), STR_INIT("premium"), STR_INIT("subscriber"), STR_INIT("no")};
	struct str access = meta->field[META_ACCESS];

	for (size_t i = 0; i < COUNT_OF(closed); i++)
		if (str_eq_nocase(access, closed[i]))
			return true;
	return meta->jsonld.locked;
}

enum story_withheld
page_withheld(const struct page_map *m, const struct page_meta *meta,
    const struct html_node *document, struct str title, struct str text)
{
	size_t chars = utf8_count(text);
	enum story_withheld kind = WITHHELD_NOT;

	if (chars > PAYWALL_CHARS)
		return WITHHELD_NOT;
	if (is_locked(meta) && chars < LOCKED_CHARS)
		return WITHHELD_PAYWALL;
	if (chars > WALL_CHARS || m->letters[m->lines.n] > WALL_PAGE_LETTERS)
		return by_lines(m, true);
	kind = by_title(m->arena, title);
	if (kind == WITHHELD_NOT)
		kind = by_title(m->arena, meta->html_title);
	if (kind == WITHHELD_NOT)
		kind = by_lines(m, false);
	if (kind == WITHHELD_NOT && chars == 0 && asks_password(document))
		kind = WITHHELD_LOGIN;
	if (kind == WITHHELD_NOT && chars == 0 && wants_scripts(m->arena, document))
		kind = WITHHELD_ROBOT;
	return kind;
}

struct str
page_withheld_name(enum story_withheld kind)
{
	static const struct str names[WITHHELD_KINDS] = {
		[WITHHELD_NOT] = STR_INIT(""), [WITHHELD_PAYWALL] = STR_INIT("paywall"),
		[WITHHELD_CONSENT] = STR_INIT("consent"), [WITHHELD_LOGIN] = STR_INIT("login"),
		[WITHHELD_ROBOT] = STR_INIT("robot"), [WITHHELD_ERROR] = STR_INIT("error"),
	};
	return names[kind];
}
