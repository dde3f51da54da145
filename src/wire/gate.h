/*
 * The gate before what kawat fetches unasked: the rules of the site's robots.txt, fetched once a
 * day for an origin and kept in memory.
 */
#ifndef KAWAT_WIRE_GATE_H
#define KAWAT_WIRE_GATE_H

#include "wire/request.h"

enum {
	GATE_MAX_ORIGINS = 256, /* the oldest makes room */
	GATE_PAUSE_MS = 300, /* between pages of one site that are fetched one after another */
};

struct gate;

struct gate *gate_new(struct loop *, struct requester *);
void gate_free(struct gate *); /* whoever waits is not answered */

/* NULL: it may be fetched; else why not: the site forbids it, or its rules could not be read. */
typedef void gate_answer(void *ctx, const struct err *refused);

/* May this be fetched?  `answer` is called later, once.  typed: as in request_ask. */
void gate_ask(
    struct gate *, const struct target *, struct str typed, gate_answer *, void *ctx);

/* Whoever asked with this ctx is not answered any more. */
void gate_forget(struct gate *, const void *ctx);

#endif
