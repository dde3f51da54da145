/*
 * What all views need to know about how the reader wants things shown.
 */
#ifndef KAWAT_VIEW_LOOK_H
#define KAWAT_VIEW_LOOK_H

#include "store/read.h"
#include "text/bidi.h"
#include "view/symbols.h"
#include "view/when.h"

struct look {
	const struct words *words;
	enum symbol_set symbols;
	int64_t now;        /* seconds since 1970 */
	bool full_dates;    /* view.dates = full */
	bool motion;        /* view.motion: bars that move */
	bool terminal_bidi; /* view.bidi = terminal: right-to-left text is left in its
			       order */
};

static inline struct str
look_symbol(const struct look *l, enum symbol s)
{
	return symbol(l->symbols, s);
}

/* The moment in the language of the interface. */
static inline struct str
look_when(struct arena *a, const struct look *l, enum when_style style, int64_t at)
{
	return when(a, l->words->language, style, at, l->now);
}

/* A title or a name as it is drawn: cut it first, then reorder. */
static inline struct str
look_visual(struct arena *a, const struct look *l, struct str s)
{
	return l->terminal_bidi ? s : bidi_visual(a, s);
}

/* ● ○ ✕ */
static inline enum symbol
look_state_symbol(enum target_state state)
{
	return state == TARGET_STORED ? SYMBOL_STORED
	       : state == TARGET_GONE ? SYMBOL_GONE
				      : SYMBOL_MISSING;
}

#endif
