/*
 * A request: all the exchanges it takes to get one address, redirects followed hop by hop and each
 * hop judged, failures of the connection tried again while the time allows, the body spooled.
 * The answer comes from the network or, with a replay folder, from files.
 *
 * A hop may lead to a private address only when the settings allow it, or when the reader typed
 * that very host and port and the host itself says that it is private (address.h).  Credentials
 * go to the origin they were given for and nowhere else.
 */
#ifndef KAWAT_WIRE_REQUEST_H
#define KAWAT_WIRE_REQUEST_H

#include "wire/answer.h"
#include "wire/fetch.h"
#include "wire/proxy.h"
#include "wire/spool.h"
#include "wire/target.h"

enum {
	REQUEST_MAX_HOPS = 10,
	REQUEST_RETRY_MS = 400, /* before the first new try; each further one waits thrice as long */
};

/* What is the same for all requests; borrowed for the life of the requester. */
struct request_settings {
	struct str user_agent, proxy, ca_file, netrc; /* as in wire/protocol.h */
	struct str replay_dir; /* empty: the network */
	const char *spool_dir;
	bool private_addresses;
	int64_t connect_timeout_ms, timeout_ms, retries;
};

enum request_end {
	REQUEST_WHOLE, /* 2xx with a body, complete */
	REQUEST_CUT, /* the same, but stopped at max_bytes; err says so */
	REQUEST_NOT_MODIFIED, /* 304, and validators had been sent */
	REQUEST_EMPTY, /* 204: nothing to say */
	REQUEST_FAILED, /* err says why; status may be 0 */
};

struct request_result {
	enum request_end end;
	struct err err;
	int64_t status; /* of the last answer, 0: none */
	bool unreachable; /* no name or no connection: perhaps there is no network */
	const struct target *target; /* the last one asked */
	struct str moved_to; /* where permanent redirects from the first address lead, or empty */
	const struct answer *head; /* of the last answer */
	struct spool *spool; /* the body; spool_move keeps it */
	int64_t n_bytes, ms;
};

struct request_ask {
	struct str url; /* http or https */
	struct str typed; /* the address that the reader typed: url itself, or that of its feed */
	struct str accept, user_agent, proxy, user; /* empty: as in the settings */
	struct str etag, last_modified; /* empty: unconditional */
	int64_t max_bytes; /* decoded; 0: no limit */
	/* Called once, from the loop; what is passed is gone after. */
	void (*done)(void *ctx, const struct request_result *);
	void *ctx;
};

struct requester;
struct request;

struct requester *requester_new(struct loop *, const struct request_settings *,
    proxy_environment *);
void requester_free(struct requester *);

/* Begin; everything is copied.  `done` never comes before this returns. */
struct request *request_begin(struct requester *, const struct request_ask *);
void request_cancel(struct request *); /* `done` is not called */

int64_t request_n_bytes(const struct request *); /* received so far */
int64_t request_heard_ms(const struct request *); /* when it last was heard (monotonic clock) */

#endif
