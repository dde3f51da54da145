/*
 * Where the last backup of a store is: a note beside it, since a store that is damaged cannot say.
 */
#ifndef KAWAT_STORE_BACKUP_H
#define KAWAT_STORE_BACKUP_H

#include "base/err.h"

/* `path` is a backup that has just been made.  A note that cannot be written is not missed. */
void backup_note(const char *folder, const char *path);

/* What a reader can do about damage: `kawat db check; last backup 2026-09-03: /media/k.db`. */
void backup_remedy(const char *folder, struct err *);

#endif
