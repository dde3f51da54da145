/*
 * What the files of the story screen share: the step of the trail that is shown, and beside it
 * (split) the one before.
 */
#ifndef KAWAT_APP_STORY_SCREEN_H
#define KAWAT_APP_STORY_SCREEN_H

#include "app/story_pane.h"

/* When a story counts as read: headlines.mark-read. */
enum { READ_ON_OPEN, READ_ON_SCROLL_END, READ_ON_PREVIEW, READ_MANUALLY };

struct story_screen {
	struct screen base;
	struct story_pane side[2];
	bool split; /* both are on the screen */
	int shown; /* the side that shows the trail's step; alone on the screen without split */
	int focus; /* with split: the side that has the keys */
	int left; /* with split: the side that is drawn first */
	struct area area;
};

extern const struct screen_kind story_screen_kind, story_split_kind;

/* The pane that has the keys. */
static inline struct story_pane *
story_pane_of(struct story_screen *s)
{
	return &s->side[s->split ? s->focus : s->shown];
}

/* --- story_ways.c: from story to story --- */

void story_mark_read(struct desk *, struct story_pane *);
/* Remember where the reader is before the pane shows something else. */
void story_keep_place(struct story_screen *, struct desk *);
void story_show_step(struct story_screen *, struct desk *, const struct step *);
void story_follow(struct story_screen *, struct desk *, const struct page_link *);
void story_follow_number(struct screen *, struct desk *, int number);
int story_n_numbers(struct screen *, struct desk *);
void story_close_split(struct story_screen *, struct desk *);
void story_open_beside(struct story_screen *, struct desk *); /* or closes the split */

/* --- story_draw.c --- */

void story_draw(struct screen *, struct desk *, struct area, bool focused);
void story_title(struct screen *, struct desk *, struct arena *, struct screen_title *);
struct str story_status(struct screen *, struct desk *, struct arena *);
struct str story_status_right(struct screen *, struct desk *, struct arena *);

#endif
