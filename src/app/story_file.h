/*
 * One story as a file: text as the screen shows it, Markdown, HTML, JSON.  What `kawat read` prints
 * and what `w` and `|` hand on.  The rights notice is in every one of them.
 */
#ifndef KAWAT_APP_STORY_FILE_H
#define KAWAT_APP_STORY_FILE_H

#include "app/names.h"
#include "store/read.h"

struct story_file {
	struct app *app;
	const struct names *names;
	int64_t now;
	size_t cols, text_cols; /* of text: the whole width and the measure */
	bool related; /* the list of related stories stands at the end of text */
	bool offline; /* says of a story without full text what will happen */
};

/* format: FORMAT_TEXT, FORMAT_MARKDOWN, FORMAT_HTML or FORMAT_JSON.  Appended to out. */
void story_file_write(const struct story_file *, const struct read_story *, enum format,
    struct buf *out);

/* As HTML without the frame of a document: several stand in one. */
void story_file_article(const struct read_story *, struct buf *out);

/* The same object into a stream that is open. */
void story_file_json(const struct story_file *, const struct read_story *, struct json *);

#endif
