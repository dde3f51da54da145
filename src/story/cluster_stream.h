/*
 * `kawat cluster`: stories in, a JSON object a line, in the order of arrival; out, a line each,
 * {"id": ..., "cluster": n}.  Keys of a story: id (a string), and where known title, lead or text,
 * published, lang.  Blank lines are passed over.  Nothing is held but one line and the tables of
 * story/cluster.h.
 */
#ifndef KAWAT_STORY_CLUSTER_STREAM_H
#define KAWAT_STORY_CLUSTER_STREAM_H

#include "base/err.h"
#include "base/json.h"

/* A whole page is 8 MiB at most (story/extract.h); its text as JSON is not longer than this. */
enum { CLUSTER_MAX_LINE_BYTES = 16 * 1024 * 1024 };

struct cluster_stream;

struct cluster_stream *cluster_stream_new(struct json *out); /* out is borrowed to the end */
void cluster_stream_free(struct cluster_stream *); /* NULL is allowed */

/* The next piece of the input.  False: a line is no story; *e (ERR_INPUT) names it. */
MUST_CHECK bool cluster_stream_push(struct cluster_stream *, struct bytes, struct err *);

/* The input ends; its last line may lack its newline. */
MUST_CHECK bool cluster_stream_end(struct cluster_stream *, struct err *);

#endif
