/* Stories as a feed: Atom 1.0 (RFC 4287).  Each entry carries its rights notice. */
#ifndef KAWAT_APP_STORY_ATOM_H
#define KAWAT_APP_STORY_ATOM_H

#include "base/buf.h"
#include "store/read.h"

/* Appended to out.  updated: of the newest story, seconds since 1970. */
void story_atom_begin(struct str title, int64_t updated, struct buf *out);
void story_atom_entry(const struct read_story *, struct str author, struct buf *out);
void story_atom_end(struct buf *out);

#endif
