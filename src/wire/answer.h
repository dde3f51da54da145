/*
 * What the head of an HTTP answer says, as far as kawat listens.  Lines come one by one, from the
 * network or from a replayed answer; whatever is too long or not clean is dropped, never cut.
 */
#ifndef KAWAT_WIRE_ANSWER_H
#define KAWAT_WIRE_ANSWER_H

#include "base/arena.h"
#include "base/err.h"

enum {
	ANSWER_MAX_HEAD_BYTES = 256 * 1024, /* all headers of one exchange, 1xx answers too */
	ANSWER_MAX_INTERIM = 16, /* answers 1xx before the real one */
	ANSWER_MAX_LOCATION_BYTES = 64 * 1024,
	ANSWER_MAX_VALUE_BYTES = 4 * 1024,
};

struct answer {
	struct arena *arena; /* borrowed; holds the strings */
	int64_t status; /* 100 to 999; 0: nothing came */
	int64_t n_head_bytes;
	int n_interim;
	bool has_location;
	bool location_too_long; /* then location is empty */
	struct bytes location, etag, last_modified; /* as they came */
	struct str content_type; /* printable ASCII */
	struct str retry_after, cache_control, content_encoding; /* the same */
};

void answer_init(struct answer *, struct arena *);

/* One line of the head, with or without its line end.  False: over a limit. */
MUST_CHECK bool answer_line(struct answer *, struct bytes line, struct err *);

bool answer_is_redirect(const struct answer *); /* 301, 302, 303, 307, 308 */
bool answer_is_permanent(const struct answer *); /* 301, 308 */

#endif
