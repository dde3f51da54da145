/*
 * What is related to a story (UX.md, 3.4): the trail, the links in it, who cites it, the
 * same event elsewhere; or all of it in order of time.
 */
#ifndef KAWAT_VIEW_RELATED_LINES_H
#define KAWAT_VIEW_RELATED_LINES_H

#include "view/line.h"
#include "view/story_links.h"

enum related_part {
	RELATED_TRAIL,
	RELATED_LINKS,
	RELATED_CITED,
	RELATED_ELSEWHERE,
	RELATED_PARTS
};

struct related_item {
	enum related_part part;
	int number; /* step of the trail, or of the link; 0: none */
	struct page_link link;
	struct str agency;
	int64_t at; /* WHEN_UNKNOWN: not known */
	bool here;  /* the step of the trail that is shown */
};

struct related_items {
	struct related_item *v;
	size_t n, cap;
	struct str label; /* of the links, as the story words it: Baca juga */
};

/*
 * The trail (oldest step first, n may be 0; `here` is the index of the present one) and
 * the rest.
 */
void related_items(struct arena *, const struct read_story *,
    const struct story_row *trail, size_t n, size_t here, struct related_items *);

/* Oldest first, the trail left out, each story once. */
void related_by_time(struct arena *, struct related_items *);

/*
 * The lines; `block` of each is the index of its item, or RELATED_NO_ITEM for captions
 * and gaps.
 */
#define RELATED_NO_ITEM UINT32_MAX
void related_lines(struct arena *, const struct look *, const struct related_items *,
    size_t chosen, size_t cols, struct lines *out);

/* `Trail: Kapal riset… › Tim peneliti…` within cols: the end of the trail is what stays.
 */
struct str related_breadcrumb(struct arena *, const struct look *,
    const struct story_row *trail, size_t n, size_t cols);

#endif
