/*
 * The formats that are read line by line.  What a file is, is told by its beginning; then each line
 * is a feed, something else, or told as left out.
 */
#ifndef KAWAT_FEED_LIST_LINE_H
#define KAWAT_FEED_LIST_LINE_H

#include "base/buf.h"
#include "feed/list_sink.h"

enum list_format {
	LIST_NO_FORMAT, /* it is none of them */
	LIST_KAWAT,
	LIST_NEWSBOAT,
	LIST_NEWSRAFT,
	LIST_SNOWNEWS,
	LIST_SFEED,
	LIST_MARKS,
};

/* What the lines at the beginning of a file look like.  Valid UTF-8, cut anywhere. */
enum list_format list_recognise(struct str beginning);

struct list_lines {
	enum list_format format;
	struct list_sink *sink;
	int64_t number; /* of the line in progress, 1 and up */
	struct buf section; /* that the lines stand in */
};

/* One line, without its end; valid UTF-8, anything else. */
void list_line(struct list_lines *, struct str line);

#endif
