/*
 * Answers from a folder instead of the network (`--replay DIR`): the body of https://HOST/PATH is
 * the file DIR/HOST/PATH.  The port plays no part; "PATH?QUERY" is tried before PATH; for a
 * folder, index.html or index.xml in it.  Beside it, PATH.http may hold the head: an optional
 * status line ("HTTP/1.1 301 Moved" or "404"), then headers, a line each.  A head alone is an
 * answer without a body.  What is not there is a 404.  A request with the ETag of the head is
 * answered 304.
 */
#ifndef KAWAT_WIRE_REPLAY_H
#define KAWAT_WIRE_REPLAY_H

#include "wire/target.h"

enum { REPLAY_MAX_HEAD_BYTES = 64 * 1024 };

struct replay {
	struct str *lines; /* of the head, the status line first */
	size_t n_lines;
	int fd; /* the body, the caller's to close; -1: none */
};

/* etag: that the request sends, or empty.  False only when a file cannot be read. */
MUST_CHECK bool replay_open(struct arena *, const char *dir, const struct target *,
    struct str etag, struct replay *, struct err *);

#endif
