/*
 * What desk asks to be written down, for it never writes the store itself while a screen is up:
 * marks with their undo, the trail, what was typed and opened.  Done in the order of asking, large
 * marks in steps so that the loop goes on turning.
 */
#ifndef KAWAT_WIRE_WRITES_H
#define KAWAT_WIRE_WRITES_H

#include "wire/wire.h"

struct writes;

struct writes *writes_new(struct wire *);
void writes_free(struct writes *);

/* Finish marks that a kill cut off. */
void writes_resume(struct writes *);

void writes_mark(struct writes *, const struct wire_mark *);
void writes_undo(struct writes *);
void writes_redo(struct writes *);
void writes_trail(struct writes *, struct bytes);
void writes_typed(struct writes *, struct bytes);
void writes_opened(struct writes *, story_id);
void writes_unqueue(struct writes *, struct str url);

bool writes_pending(const struct writes *);
/* Do all that is left at once: the process ends. */
void writes_finish(struct writes *);

#endif
