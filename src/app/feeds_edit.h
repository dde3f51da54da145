/*
 * Changes of the feeds file that the feeds screen makes.  Each says in the status line what came of
 * it, and the screen makes its rows anew afterwards.  The url is that of a line of the file; it is
 * of the caller's and must outlive a reload of the file.
 */
#ifndef KAWAT_APP_FEEDS_EDIT_H
#define KAWAT_APP_FEEDS_EDIT_H

#include "base/str.h"

struct desk;

void feeds_edit_remove(struct desk *, struct str url);
/* `rest`: name and options, as they stand behind the address. */
void feeds_edit_change(struct desk *, struct str url, struct str rest);
void feeds_edit_pause(struct desk *, struct str url); /* or fetch it again */
void feeds_edit_shift(struct desk *, struct str url, int direction); /* 1 down, -1 up */

#endif
