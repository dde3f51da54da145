/*
 * Simple selectors, as the rules of sites use them: a list parted by commas of chains of
 *
 *	tag  .class  #id  [attribute]  [attribute=value]    together: div.story[lang=id]
 *
 * parted by spaces, each inside the one before it ("article .isi p").  Nothing else of CSS is
 * known: a list with anything else is refused.
 */
#ifndef KAWAT_STORY_SELECTOR_H
#define KAWAT_STORY_SELECTOR_H

#include "base/err.h"
#include "text/html_node.h"

enum {
	SELECTOR_MAX_CHAINS = 32, /* of a list */
	SELECTOR_MAX_STEPS = 8, /* of a chain */
	SELECTOR_MAX_CONDITIONS = 6, /* of a step */
};

struct selector; /* a list */

/* NULL and *e when it is no such list.  Lives in the arena. */
struct selector *selector_read(struct arena *, struct str list, struct err *e);

/* Is the element one that the list means? */
bool selector_matches(const struct selector *, const struct html_node *);

#endif
