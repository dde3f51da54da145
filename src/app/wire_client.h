/*
 * The desk's side of the talk with wire: starts wire and parse, says what is configured and
 * subscribed, starts again what dies (with a growing pause, WIRE_MAX_STARTS times at most).
 * Used by the reader, which must not wait, and by the verbs, which do.
 */
#ifndef KAWAT_APP_WIRE_CLIENT_H
#define KAWAT_APP_WIRE_CLIENT_H

#include "app/app.h"
#include "app/worker.h"
#include "base/frame.h"
#include "wire/protocol.h"

enum { WIRE_MAX_STARTS = 5 };

struct wire_client {
	struct app *app; /* borrowed */
	struct worker wire, parse;
	struct channel channel; /* fd -1: wire is not there */
	int wire_starts, parse_starts;
	int64_t parse_started_ms; /* the last time */
	int64_t last_request;
	bool started; /* channel is in use */
	int64_t end_by_ms; /* nothing is waited for past this; 0: for ever */
	int stop_fd; /* of the verbs: a signal that ends them; -1: the reader has its own */
};

/*
 * For a verb SIGINT and SIGTERM now end what it waits for instead of the process, so that wire can
 * finish its transaction: app->exit_signal says which came.
 */
void wire_client_init(struct wire_client *, struct app *);

/*
 * Start wire (it asks for parse when it has something to read) and send HELLO, SETTINGS and FEEDS; does not wait for READY.  Makes the data and
 * state folders.  The channel does not block.
 */
MUST_CHECK bool wire_client_start(struct wire_client *, struct err *);

/* Say QUIT, wait until wire has ended (it finishes its transaction), end parse. */
void wire_client_stop(struct wire_client *);

/* The same without waiting for anything: for a way out in a hurry.  Nothing stored is lost. */
void wire_client_abandon(struct wire_client *);

/* Send a message; the names are those of wire/protocol.h.  Bytes wait in the channel. */
void wire_client_send(struct wire_client *, enum wire_type, const struct buf *body);
void wire_client_send_feeds(struct wire_client *); /* after the feeds file changed */
int64_t wire_client_request(struct wire_client *); /* a new request id */

/*
 * Wire has no parser, or lost it: end it, start another that opens the converter of `charset` too (empty:
 * none more), send its descriptor.  False: too often.
 */
MUST_CHECK bool wire_client_new_parser(struct wire_client *, struct str charset, struct err *);

/*
 * For the verbs: the next frame, waiting for it.  PARSE_GONE and LOG are dealt with here.  False:
 * wire has ended, or lied, or a signal came (then *e is empty).
 */
MUST_CHECK bool wire_client_wait(struct wire_client *, struct frame *, struct err *);

/* The same for at most so many milliseconds; *came false: no frame came. */
MUST_CHECK bool wire_client_wait_ms(
    struct wire_client *, int64_t wait_ms, struct frame *, bool *came, struct err *);

/* Wait for bytes on another descriptor, or until a signal comes: false, and *e is empty. */
MUST_CHECK bool wire_client_wait_input(struct wire_client *, int fd, struct err *);

/* Wait for READY.  An error of wire's (store damaged, locked, no space) becomes ours. */
MUST_CHECK bool wire_client_ready(struct wire_client *, struct err *);

#endif
