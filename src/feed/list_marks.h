/* Marks as `kawat export marks` writes them: {"key":"https://…","read":true,"starred":false}. */
#ifndef KAWAT_FEED_LIST_MARKS_H
#define KAWAT_FEED_LIST_MARKS_H

#include "feed/list_sink.h"

/* One line; what is no mark is told as left out. */
void list_mark_line(struct list_sink *, int64_t number, struct str line);

#endif
