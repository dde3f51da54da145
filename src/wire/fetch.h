/*
 * The only door to the network: one HTTP exchange, no redirect followed, no decision taken.  What
 * is here is what libcurl is told, and what its failures mean in words.
 *
 * Always: http and https alone, HTTP/2 over TLS, certificates verified (there is no switch),
 * HTTP/0.9 refused, no cookies, no Referer, gzip asked for (and handed on as it comes), a transfer
 * under 50 bytes a second for 10 s given up, and no connection to a private address
 * unless the request allows it: asked at connect time, whatever the name resolved to.
 */
#ifndef KAWAT_WIRE_FETCH_H
#define KAWAT_WIRE_FETCH_H

#include "base/err.h"
#include "base/loop.h"

enum {
	FETCH_STALL_BYTES = 50, /* a second, */
	FETCH_STALL_S = 10, /* for so long: given up, even though bytes come */
	FETCH_MAX_IDLE_CONNECTIONS = 32, /* kept open for reuse */
};

/* Why an exchange did not end well; `err` has the sentence. */
enum fetch_failure {
	FETCH_WHOLE, /* none: the transfer is complete */
	FETCH_STOPPED, /* a handler said so */
	FETCH_NO_HOST, /* the name has no address: it is wrong, or the network is down */
	FETCH_UNREACHABLE, /* no connection: the same */
	FETCH_TIMEOUT,
	FETCH_REFUSED, /* by kawat: private address, certificate, announced size */
	FETCH_BROKEN, /* torn, or no HTTP */
};

struct fetch_request {
	const char *url; /* normalised, without userinfo and fragment */
	const char *user_agent, *accept;
	const char *etag, *last_modified; /* NULL or sent back; checked before (conditional.h) */
	const char *proxy; /* NULL: none, whatever the environment says */
	const char *ca_file; /* NULL: the system's */
	const char *user, *password; /* NULL: no credentials are sent */
	const char *netrc; /* NULL, or where the password of `user` is looked up */
	bool private_ok; /* may connect to private and loopback addresses */
	int64_t connect_timeout_ms, timeout_ms;
	int64_t max_bytes; /* an announced length above it is refused at once; 0: no limit */
};

/* Called from the loop.  line and body return false to stop the exchange. */
struct fetch_handler {
	bool (*line)(void *ctx, struct bytes header_line); /* status lines too, with their CRLF */
	bool (*body)(void *ctx, struct bytes);
	void (*done)(void *ctx, enum fetch_failure, const struct err *);
	void *ctx;
};

struct fetcher;
struct fetch;

struct fetcher *fetcher_new(struct loop *);
void fetcher_free(struct fetcher *); /* what is under way ends without a call */

/* Begin.  The strings are copied; `done` is called once, never before this returns. */
struct fetch *fetch_begin(struct fetcher *, const struct fetch_request *,
    const struct fetch_handler *);
void fetch_cancel(struct fetch *); /* `done` is not called */

#endif
