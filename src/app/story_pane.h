/*
 * One story in a pane: loaded, laid out for the width, scrolled.  A story screen has one of these,
 * or two side by side; the list's preview is one.
 */
#ifndef KAWAT_APP_STORY_PANE_H
#define KAWAT_APP_STORY_PANE_H

#include "app/desk.h"
#include "ui/pager.h"
#include "view/story_lines.h"

struct story_pane {
	story_id id; /* STORY_NONE: nothing is shown */
	struct arena *arena; /* of story and page */
	struct arena *page_arena;
	struct read_story story;
	struct story_page page;
	struct pager pager;
	struct area area; /* that it is laid out for */
	bool rights_unfolded, as_received;
	int typed; /* the first digits of a link's number, 0: none; those links stand out */
	bool read_to_end; /* the end of the text was on the screen */
	struct place place; /* to go to at the next layout */
	int32_t focus;
	bool has_place;
	struct str find; /* text that is looked for, on the heap; empty: none */
};

void story_pane_init(struct story_pane *);
void story_pane_clear(struct story_pane *);

/* Load it; false: it is not there (any more), and the pane is empty.  Says nothing. */
bool story_pane_load(struct story_pane *, struct desk *, story_id);
/* Read it anew from the store, keeping the place. */
void story_pane_reload(struct story_pane *, struct desk *);
/* Come back to a place. */
void story_pane_restore(struct story_pane *, struct place, int32_t focus);

void story_pane_draw(struct story_pane *, struct desk *, struct area, size_t margin, bool focused);
/* Make the lines anew at the next drawing (dates, rights, width changed). */
void story_pane_invalidate(struct story_pane *);

const struct page_link *story_pane_link(const struct story_pane *, int32_t link);
const struct page_link *story_pane_number(const struct story_pane *, int number);
int story_pane_numbers(const struct story_pane *);

/* Find the text from the place on; false: it is nowhere. */
bool story_pane_find(struct story_pane *, struct str needle, int direction, bool again);

#endif
