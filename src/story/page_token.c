#include "story/page_token.h"

struct token {
	struct str word;
	unsigned traits;
};

static const struct token tokens[] = {
#define TOKEN(word, traits) {STR_INIT(word), PAGE_##traits},
#include "story/page_token.def"
#undef TOKEN
};

struct role {
	struct str role;
	unsigned traits;
};

static const struct role roles[] = {
	{STR_INIT("navigation"), PAGE_CHROME},
	{STR_INIT("banner"), PAGE_CHROME},
	{STR_INIT("contentinfo"), PAGE_CHROME},
	{STR_INIT("complementary"), PAGE_BOILERPLATE},
	{STR_INIT("search"), PAGE_BOILERPLATE},
	{STR_INIT("dialog"), PAGE_BOILERPLATE},
	{STR_INIT("alertdialog"), PAGE_BOILERPLATE},
	{STR_INIT("menu"), PAGE_CHROME},
	{STR_INIT("menubar"), PAGE_CHROME},
	{STR_INIT("toolbar"), PAGE_BOILERPLATE},
	{STR_INIT("button"), PAGE_BOILERPLATE},
	{STR_INIT("form"), PAGE_BOILERPLATE},
	{STR_INIT("status"), PAGE_BOILERPLATE},
	{STR_INIT("article"), PAGE_STORY},
	{STR_INIT("main"), PAGE_TEXT},
};

enum {
	MAX_WORD_BYTES = 24, /* longer ones are in no table */
	MAX_WORDS = 40, /* of one attribute; style sheets of utility classes have no more */
};

/* The table is sorted; a word may stand in several rows. */
static unsigned
lookup(struct str word)
{
	size_t low = 0, high = COUNT_OF(tokens);
	unsigned traits = 0;

	while (low < high) {
		size_t mid = (low + high) / 2;
		if (str_cmp(tokens[mid].word, word) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < COUNT_OF(tokens) && str_eq(tokens[low].word, word); low++)
		traits |= tokens[low].traits;
	return traits;
}

/* The next word of s from *at, in lower case, into out; 0 at the end. */
static size_t
next_word(struct str s, size_t *at, char out[MAX_WORD_BYTES])
{
	size_t n = 0, i = *at;

	while (i < s.n && !ascii_alnum((unsigned char)s.p[i]))
		i++;
	for (; i < s.n && ascii_alnum((unsigned char)s.p[i]); i++) {
		bool big = s.p[i] >= 'A' && s.p[i] <= 'Z';
		bool after_small = i > *at && s.p[i - 1] >= 'a' && s.p[i - 1] <= 'z';
		if (big && after_small && n > 0)
			break;
		if (n < MAX_WORD_BYTES)
			out[n] = ascii_lower(s.p[i]);
		n++;
	}
	*at = i;
	return n;
}

static unsigned
words_of(struct str s)
{
	char pair[2 * MAX_WORD_BYTES + 1], word[MAX_WORD_BYTES];
	size_t at = 0, before = 0, n;
	unsigned traits = 0;

	for (int words = 0; words < MAX_WORDS; words++) {
		n = next_word(s, &at, word);
		if (n == 0)
			break;
		if (n > MAX_WORD_BYTES) {
			before = 0;
			continue;
		}
		traits |= lookup(str_of(word, n));
		if (before > 0) {
			pair[before] = ' ';
			for (size_t i = 0; i < n; i++)
				pair[before + 1 + i] = word[i];
			traits |= lookup(str_of(pair, before + 1 + n));
		}
		for (size_t i = 0; i < n; i++)
			pair[i] = word[i];
		before = n;
	}
	return traits;
}

static unsigned
of_tag(const struct html_node *n)
{
	switch ((int)n->tag) {
	case HTML_TAG_NAV: return PAGE_CHROME;
	case HTML_TAG_FOOTER: return PAGE_CHROME;
	case HTML_TAG_ASIDE: return PAGE_BOILERPLATE;
	case HTML_TAG_FORM:
	case HTML_TAG_BUTTON:
	case HTML_TAG_SELECT:
	case HTML_TAG_TEXTAREA:
	case HTML_TAG_LABEL:
	case HTML_TAG_DIALOG:
	case HTML_TAG_NOSCRIPT:
	case HTML_TAG_MENU: return PAGE_BOILERPLATE;
	case HTML_TAG_FIGCAPTION: return PAGE_CAPTION;
	case HTML_TAG_ARTICLE: return PAGE_STORY;
	case HTML_TAG_MAIN: return PAGE_TEXT;
	default: return 0;
	}
}

static unsigned
of_role(struct str role)
{
	for (size_t i = 0; i < COUNT_OF(roles); i++)
		if (str_eq_nocase(roles[i].role, role))
			return roles[i].traits;
	return 0;
}

static unsigned
of_itemprop(struct str prop)
{
	if (str_eq(prop, STR("articleBody")))
		return PAGE_BODY;
	if (str_eq(prop, STR("author")) || str_eq(prop, STR("datePublished")))
		return PAGE_BYLINE;
	if (str_eq(prop, STR("headline")))
		return PAGE_HEADLINE;
	return 0;
}

/*
 * What may be believed of the classes of an element.  Themes hang the tags and categories of a
 * story on its <article>, and everything that a page has on its <body>.
 */
static unsigned
believed(enum html_tag tag, unsigned traits)
{
	if (tag == HTML_TAG_HTML || tag == HTML_TAG_BODY)
		return 0;
	if (tag == HTML_TAG_ARTICLE || tag == HTML_TAG_MAIN || (traits & PAGE_POST))
		return traits & ~(unsigned)(PAGE_BOILERPLATE | PAGE_SIDE | PAGE_BYLINE |
		    PAGE_CAPTION | PAGE_NEVER | PAGE_CHROME);
	return traits;
}

unsigned
page_traits(const struct html_node *n)
{
	if (n->kind != HTML_ELEMENT)
		return 0;
	unsigned traits = 0;
	for (size_t i = 0; i < n->n_attributes; i++) {
		const struct html_attribute *a = &n->attributes[i];
		if (str_eq(a->name, STR("class")) || str_eq(a->name, STR("id")))
			traits |= words_of(a->value);
		else if (str_eq(a->name, STR("role")))
			traits |= of_role(a->value);
		else if (str_eq(a->name, STR("itemprop")))
			traits |= of_itemprop(a->value);
	}
	return believed(n->tag, traits) | of_tag(n);
}
