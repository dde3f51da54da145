/*
 * A line is one of the feed's when the feed has it whole, or its beginning: summaries are cut off
 * in the middle of a paragraph.
 */
#include "story/page_anchor.h"

#include "base/utf8.h"
#include "text/fold.h"

enum {
	MIN_LETTERS = 30, /* less may stand anywhere */
	BEGIN_BYTES = 60, /* of a line's key; some ten words, or twenty Han signs */
	MAX_KNOWN_BYTES = 8 * 1024,
	MAX_LINES = 4000, /* looked at */
};

/* Where in the feed's words the line begins, or STR_NONE. */
static size_t
find_known(struct arena *a, struct str line, struct str known)
{
	struct str key = text_headline_key(a, utf8_cut(line, 2 * BEGIN_BYTES));

	return key.n < BEGIN_BYTES / 2 ? STR_NONE : str_find(known, utf8_cut(key, BEGIN_BYTES));
}

static bool
may_be_known(const struct page_map *m, const struct page_line *l)
{
	return l->letters >= MIN_LETTERS && l->link_letters * 2 <= l->letters &&
	    !page_is_heading(m->boxes.v[l->box].node) &&
	    !page_within(m, m->leaves.v[l->leaf].box, PAGE_CAPTION, PAGE_NONE);
}

void
page_anchors_find(const struct page_map *m, struct str text, struct page_anchors *out)
{
	struct str known = text_headline_key(m->arena, utf8_cut(text, MAX_KNOWN_BYTES));

	*out = (struct page_anchors){0};
	if (known.n < BEGIN_BYTES / 2)
		return;
	out->line = ARENA_ARRAY(m->arena, bool, m->lines.n + 1);
	out->letters = ARENA_ARRAY(m->arena, size_t, m->lines.n + 1);
	/* a line that comes again, as captions do, is found once */
	bool *said = ARENA_ARRAY(m->arena, bool, known.n + 1);
	for (size_t i = 0; i < m->lines.n; i++) {
		const struct page_line *l = &m->lines.v[i];
		size_t at = i < MAX_LINES && may_be_known(m, l)
		    ? find_known(m->arena, l->text, known) : STR_NONE;
		out->line[i] = at != STR_NONE && !said[at];
		out->letters[i + 1] = out->letters[i] + (out->line[i] ? l->letters : 0);
		if (at != STR_NONE)
			said[at] = true;
	}
}

size_t
page_anchored(const struct page_anchors *a, const struct page_box *b)
{
	return a->line ? a->letters[b->line_end] - a->letters[b->line] : 0;
}
