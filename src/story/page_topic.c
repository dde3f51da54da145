#include "story/page_topic.h"

#include "story/trim.h"

enum {
	MAX_TOPIC_BYTES = 160,
	MAX_TOPIC_WORDS = 7,
	MAX_BESIDE_LETTERS = 24, /* beside the first link of the list: a section, a date */
};

static bool
is_topic(struct str s)
{
	size_t words = 0;

	s = trim_space(s);
	if (s.n == 0 || s.p[s.n - 1] == '.' || s.p[s.n - 1] == '?' || s.p[s.n - 1] == '!')
		return false;
	while (str_word(&s).n > 0)
		words++;
	return words <= MAX_TOPIC_WORDS;
}

static bool
is_link_line(const struct page_line *l)
{
	return l->link_letters > 0 && l->letters - l->link_letters <= MAX_BESIDE_LETTERS;
}

static bool
ends_with_colon(struct str s)
{
	return str_ends(s, STR(":")) || str_ends(s, STR("："));
}

/* "Baca juga: Satu kapal", no heading, has lost its link, and what follows is another list. */
static bool
may_have_topic(const struct readalso *marker, bool heading)
{
	if (marker->kind == READALSO_RELATED)
		return heading || !marker->closed;
	return heading && (marker->kind == READALSO_WEAK || marker->kind == READALSO_TOPIC ||
	    marker->kind == READALSO_HEADING);
}

bool
page_topic_heads(struct page_finder *f, uint32_t line, bool heading, struct readalso *marker)
{
	const struct page_map *m = f->map;
	const struct page_line *l = &m->lines.v[line];

	if (l->text.n > MAX_TOPIC_BYTES || line + 1 >= m->lines.n || !is_link_line(l + 1))
		return false;
	bool colon = ends_with_colon(l->text);
	if (!heading && !colon && !html_closest(m->boxes.v[l[1].box].node, HTML_TAG_LI))
		return false;
	bool begins = readalso_match(f->arena, l->text, marker);
	if (begins && (!may_have_topic(marker, heading) || !is_topic(marker->rest)))
		return false;
	if (!begins && (!heading || !readalso_ends(f->arena, l->text, marker) ||
	    marker->kind != READALSO_RELATED || !is_topic(l->text)))
		return false;
	marker->label = trim_label(l->text);
	return true;
}
