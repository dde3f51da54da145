/*
 * Lines that speak for the site and not of the story: "Follow us on ...", "Jetzt abonnieren",
 * "Ikuti saluran WhatsApp kami".  The phrases are a table (page_promo.def).
 */
#ifndef KAWAT_STORY_PAGE_PROMO_H
#define KAWAT_STORY_PAGE_PROMO_H

#include "base/arena.h"

/* line: clean, short (the caller sees to that).  The arena is for scratch. */
bool page_promo_is(struct arena *, struct str line);

#endif
