#include "story/page_kicker.h"

#include "base/utf8.h"
#include "story/trim.h"

enum {
	MIN_KICKER_LETTERS = 2, /* one is the first letter of a word, set large */
};

/* Elements that style some letters of a word; what sets a kicker off is a box of its own. */
static bool
is_styling(const struct html_node *n)
{
	static const enum html_tag tags[] = {HTML_TAG_B, HTML_TAG_STRONG, HTML_TAG_I, HTML_TAG_EM,
	    HTML_TAG_U, HTML_TAG_MARK, HTML_TAG_FONT, HTML_TAG_SUB, HTML_TAG_SUP, HTML_TAG_ABBR};

	for (size_t i = 0; i < COUNT_OF(tags); i++)
		if (html_is(n, tags[i]))
			return true;
	return false;
}

/* The letters at the end of s, up to a space or a sign; *small: one of them is a small one. */
static size_t
letters_at_end(struct str s, bool *small)
{
	size_t n = 0, last;

	*small = false;
	for (; s.n > 0; s.n = last, n++) {
		uint32_t c = trim_last(s, &last);
		if (trim_is_space(c) || trim_is_close(c) || (c < 0x80 && !ascii_alnum((unsigned char)c)))
			break;
		*small = *small || trim_is_lower(c);
	}
	return n;
}

static bool
begins_title(struct str s)
{
	size_t at = 0;
	uint32_t c = utf8_next(s, &at);

	if (c < 0x80)
		return c == '"' || (c >= 'A' && c <= 'Z');
	return c == 0x201C || c == 0x201E || c == 0xAB || c == 0x300C ||
	    !(trim_is_lower(c) || trim_is_space(c) || trim_is_close(c) || trim_is_dash(c) ||
	        (c >= 0x2000 && c <= 0x206F));
}

/* "President": a capital and a small letter. */
static bool
begins_word(struct str s)
{
	size_t at = 0;

	utf8_next(s, &at);
	return at < s.n && trim_is_lower(utf8_next(s, &at));
}

bool
page_kicker_parts(const struct page_map *m, uint32_t leaf)
{
	const struct page_leaf *l = &m->leaves.v[leaf], *next = l + 1;
	const struct html_node *left = m->boxes.v[l->box].node, *right = m->boxes.v[next->box].node;
	bool small;

	if (l->box == next->box || !begins_title(next->node->text) ||
	    letters_at_end(l->node->text, &small) < MIN_KICKER_LETTERS)
		return false;
	if (page_holds(m, l->box, next->box)) /* the headline, and behind it an element in it */
		return !is_styling(right);
	if (is_styling(left))
		return !small && begins_word(next->node->text);
	return true;
}
