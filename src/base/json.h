/*
 * JSON out (RFC 8259), streamed: nothing is held but the text not yet written.  Every string is
 * made valid on the way: bytes that are no UTF-8 become U+FFFD, controls other than newline and
 * tab are dropped (also C1 and DEL), so whatever reaches standard output is safe to show.
 */
#ifndef KAWAT_BASE_JSON_H
#define KAWAT_BASE_JSON_H

#include "base/buf.h"

enum { JSON_MAX_DEPTH = 32 };

/* Called when some text is ready; must take all of it. */
typedef void json_sink(void *ctx, struct str text);

struct json {
	struct buf out;
	json_sink *sink; /* NULL: everything stays in `out` */
	void *ctx;
	int depth;
	bool started[JSON_MAX_DEPTH]; /* a member was written at this depth */
	bool after_key;
};

void json_init(struct json *, json_sink *, void *ctx);
void json_flush(struct json *); /* give what is there to the sink */
void json_clear(struct json *); /* flush and free */

void json_object(struct json *); /* { */
void json_object_end(struct json *);
void json_array(struct json *);
void json_array_end(struct json *);
void json_key(struct json *, const char *key); /* ASCII, needs no escape */
void json_str(struct json *, struct str);
void json_line(struct json *, struct str); /* newline and tab become spaces */
void json_int(struct json *, int64_t);
void json_bool(struct json *, bool);
void json_null(struct json *);
void json_raw(struct json *, struct str); /* a whole value that is JSON already */
void json_newline(struct json *); /* between the objects of ndjson, and at the end */

/* key and value at once */
void json_key_str(struct json *, const char *key, struct str);
void json_key_line(struct json *, const char *key, struct str);
void json_key_int(struct json *, const char *key, int64_t);
void json_key_bool(struct json *, const char *key, bool);

#endif
