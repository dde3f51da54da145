/*
 * One job for a parse process of its own, for the verbs that touch no store (`parse`, `extract`,
 * `import`).
 * The input is sent piece by piece; what comes back is checked and handed on.
 */
#ifndef KAWAT_APP_PARSE_CLIENT_H
#define KAWAT_APP_PARSE_CLIENT_H

#include "story/parse_protocol.h"

/* Text of a PARSE_JSON frame: valid UTF-8, no controls but newline and tab. */
typedef void parse_text_handler(void *ctx, struct str text);

/* What is done with the answer; a handler may be NULL. */
struct parse_handlers {
	parse_text_handler *text;
	list_handler *entry; /* of a list; checked, borrowed until it returns */
	void *ctx;
};

/*
 * Send `input` (from where it stands; a pipe too), as much as the job may read, and pass the answer
 * on.  ERR_INPUT when
 * it is no feed; ERR_INTERNAL when the parser died, overran its time or lied.  sites: a file of
 * rules of sites, or NULL.
 */
MUST_CHECK bool parse_client_run(const struct parse_job *, const char *sites, int input,
    const struct parse_handlers *, struct err *);

#endif
