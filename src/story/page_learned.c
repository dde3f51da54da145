#include "story/page_learned.h"

#include "base/utf8.h"
#include "story/credit.h"
#include "story/readalso.h"
#include "story/trim.h"
#include "text/fold.h"
#include "text/url.h"

enum {
	MIN_LEAD_IN_LETTERS = 4,
	MAX_LEAD_IN_BYTES = 80,
	MAX_LEARNED_BYTES = 480, /* a lead-in and a headline: 160 signs of the widest scripts */
	MAX_LEAD_INS = 64, /* of one page: each is compared with each */
};

/* A line of a lead-in and one link, and how often its like was seen. */
struct lead_in {
	struct str label, folded;
	uint32_t line, link, leaf, leaf_end;
};

/* Letters that have a case, all of them capitals. */
static bool
is_shouted(struct str s)
{
	size_t capitals = 0;

	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);
		if (trim_is_lower(c))
			return false;
		capitals += (c >= 'A' && c <= 'Z') || (c >= 0x391 && c <= 0x3AB) ||
		    (c >= 0x410 && c <= 0x42F);
	}
	return capitals >= MIN_LEAD_IN_LETTERS;
}

static bool
ends_with_colon(struct str s)
{
	size_t at;
	uint32_t c = trim_last(trim_space(s), &at);

	return s.n > 0 && (c == ':' || c == 0xFF1A);
}

/*
 * What stands before the only link of the line, when it may be a label: it ends with a colon or is
 * all capitals, names nobody ("Foto:") and is none of the markers that are known.
 */
static bool
read_lead_in(struct page_finder *f, uint32_t i, struct lead_in *out)
{
	const struct page_map *m = f->map;
	const struct page_line *l = &m->lines.v[i];
	uint32_t leaf = page_finder_first_link(m, l->leaf, l->leaf_end), end = leaf;
	struct readalso known;

	if (leaf == l->leaf || leaf == l->leaf_end || l->text.n > MAX_LEARNED_BYTES ||
	    m->leaves.v[leaf].verdict != PAGE_TAKE)
		return false;
	while (end < l->leaf_end && page_finder_link(m, end) == page_finder_link(m, leaf))
		end++;
	struct str lead = page_finder_text(f, l->leaf, leaf, PAGE_JOIN_AS_WRITTEN);
	if (end != l->leaf_end || lead.n > MAX_LEAD_IN_BYTES ||
	    !(ends_with_colon(lead) || is_shouted(lead)))
		return false;
	*out = (struct lead_in){trim_label(lead), {"", 0}, i, page_finder_link(m, leaf), leaf, end};
	return page_finder_letters(out->label) >= MIN_LEAD_IN_LETTERS &&
	    !readalso_match(f->arena, lead, &known) &&
	    credit_read(f->arena, l->text, NULL) == CREDIT_NONE;
}

/* A headline on the same site. */
static bool
leads_to_story(struct page_finder *f, const struct lead_in *in)
{
	struct str url = page_finder_url(f, in->link);
	struct str title = page_finder_text(f, in->leaf, in->leaf_end, PAGE_JOIN_AS_WRITTEN);

	return url.n > 0 && title.n >= 2 * PAGE_MIN_HEADLINE_BYTES && url_split(url).path.n > 1 &&
	    str_eq_nocase(url_host(url), url_host(f->base));
}

static void
take_learned(struct page_finder *f, const struct lead_in *in)
{
	f->links.n = 0;
	page_finder_add(f, LINK_INLINE, in->label,
	    page_finder_text(f, in->leaf, in->leaf_end, PAGE_JOIN_AS_WRITTEN), in->link);
	if (f->links.n == 0)
		return;
	page_finder_close(f, in->line);
	page_finder_mark(f, in->line, in->line + 1, true);
}

void
page_learned_find(struct page_finder *f)
{
	struct { struct lead_in *v; size_t n, cap; } all = {0};

	for (uint32_t i = 0; i < f->map->lines.n && all.n < MAX_LEAD_INS; i++) {
		struct lead_in in;
		if (f->map->lines.v[i].link_letters == 0 ||
		    page_finder_bars(f->map, f->map->lines.v[i].box) || !read_lead_in(f, i, &in) ||
		    !leads_to_story(f, &in))
			continue;
		in.folded = text_fold_bare(f->arena, in.label);
		ARENA_PUSH(f->arena, &all, in);
	}
	for (size_t i = 0; i < all.n && f->out->groups.n < ANATOMY_MAX_GROUPS; i++) {
		size_t same = 0;
		for (size_t k = 0; k < all.n; k++)
			same += str_eq(all.v[i].folded, all.v[k].folded);
		if (same > 1)
			take_learned(f, &all.v[i]);
	}
}
