/*
 * The way to the parse process: jobs stand in a queue, one is talked about at a time, what comes
 * back is checked again and handed on.  A parse process that dies, lies, or makes no step for
 * PARSER_PATIENCE_MS is given up: its job ends with an error, the next one waits for a new process.
 * There is none before the first job: a refresh in which no feed has changed needs none.
 */
#ifndef KAWAT_WIRE_PARSER_H
#define KAWAT_WIRE_PARSER_H

#include "base/loop.h"
#include "story/parse_protocol.h"
#include "wire/spool.h"

enum {
	/* No byte taken and none given for so long: a page of 8 MiB takes it well under a second
	 * on a slow machine. */
	PARSER_PATIENCE_MS = 10000,
	PARSER_MAX_OFFERS = 64,
};

/* What a job is told, in this order; everything that is passed is gone after the call. */
struct parser_listener {
	void (*story)(void *ctx, struct bytes packed); /* parse_unpack_story reads it */
	void (*head)(void *ctx, const struct parse_head *);
	void (*offer)(void *ctx, const struct parse_offer *);
	/* Once.  ERR_INTERNAL: the parser was lost. */
	void (*done)(void *ctx, const struct parse_done *);
	void (*drop)(void *ctx); /* instead, when the parser is freed; may be NULL */
	void *ctx;
};

struct parser;

/*
 * wanted: a process is needed, which comes by parser_take_fd.  `why` says what became of the last
 * one, empty: there was none; `charset` is the one that the new one must know, usually empty.
 */
struct parser *parser_new(struct loop *, void (*wanted)(void *ctx, struct str why, struct str charset),
    void *ctx);
void parser_free(struct parser *); /* jobs are dropped */

/* The channel to a (new) parse process; the parser owns fd. */
void parser_take_fd(struct parser *, int fd);

/* Stand in the queue.  The spool is taken; strings are copied. */
void parser_submit(struct parser *, const struct parse_job *, struct spool *,
    const struct parser_listener *);

/*
 * Send what the parse process takes, without hearing what it answers: for whoever is busy with
 * something else for milliseconds, in which it would run out of input.
 */
void parser_feed(struct parser *);

int64_t parser_backlog(const struct parser *); /* bytes that wait to be parsed */

#endif
