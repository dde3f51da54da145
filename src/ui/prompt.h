/*
 * One line that the reader edits: the search, the filter, an address.  Moves by grapheme
 * clusters, remembers earlier lines.  Keys are those of a shell: C-a C-e C-w C-u C-k C-y,
 * Alt-b Alt-f.
 */
#ifndef KAWAT_UI_PROMPT_H
#define KAWAT_UI_PROMPT_H

#include "base/arena.h"
#include "base/buf.h"
#include "ui/input.h"

enum {
	PROMPT_MAX_BYTES = 4096, /* an address; typing and pasting stop there */
	PROMPT_MAX_HISTORY = 100,
};

struct prompt;

enum prompt_answer {
	PROMPT_UNUSED,  /* not a key of the prompt */
	PROMPT_MOVED,   /* the cursor */
	PROMPT_CHANGED, /* the text */
	PROMPT_ACCEPT,
	PROMPT_CANCEL,
	PROMPT_COMPLETE,
	PROMPT_EARLIER,
	PROMPT_LATER, /* the arrows, when a caller has suggestions to choose from */
};

struct prompt *prompt_new(void);
void prompt_free(struct prompt *);

/*
 * With `suggestions` the up and down arrows are the caller's, otherwise they walk the
 * history.
 */
void prompt_begin(struct prompt *, struct str text, bool suggestions);
enum prompt_answer prompt_key(struct prompt *, struct key);

/*
 * Pasted bytes: made valid, controls left out, a line break becomes a space.  True:
 * changed.
 */
bool prompt_paste(struct prompt *, struct bytes);

struct str prompt_text(const struct prompt *);     /* borrowed until the next change */
void prompt_set(struct prompt *, struct str text); /* the cursor goes to its end */

/* Put the text at the end of the history (not when empty or the same as the last). */
void prompt_remember(struct prompt *);
/* For keeping a history between runs: oldest first. */
size_t prompt_history(const struct prompt *, const struct str **);
void prompt_history_add(struct prompt *, struct str);

/* The part to show in `cols` cells and the cell of the cursor in it. */
struct str prompt_view(const struct prompt *, size_t cols, size_t *cursor_col);

#endif
