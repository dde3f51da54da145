/*
 * Whose turn it is: at most `per_host` jobs at once for one host and `jobs` in all, hosts taking
 * turns, the jobs of one host in their order.
 *
 * A job that has become quiet (its name server, or its server, does not answer) gives its place in
 * the total back until it is heard again, so that eight hung feeds do not hold up the ninth.  The
 * place at its host it keeps.
 */
#ifndef KAWAT_WIRE_SCHEDULE_H
#define KAWAT_WIRE_SCHEDULE_H

#include "base/str.h"

enum {
	SCHEDULE_QUIET_MS = 1000, /* without a byte */
	SCHEDULE_MAX_QUIET = 64, /* each may be a resolver thread and a socket */
};

struct schedule;
struct schedule_job;

struct schedule *schedule_new(int64_t jobs, int64_t per_host);
void schedule_free(struct schedule *); /* jobs that wait are forgotten */
void schedule_limits(struct schedule *, int64_t jobs, int64_t per_host);

/* Stand in the queue.  `start` is called by schedule_run, later. */
struct schedule_job *schedule_add(struct schedule *, struct str host, void (*start)(void *ctx),
    void *ctx);

/* Start what may start now. */
void schedule_run(struct schedule *);

void schedule_quiet(struct schedule *, struct schedule_job *, bool quiet);

/* It is over, or shall not begin; the job is freed.  Call schedule_run after. */
void schedule_end(struct schedule *, struct schedule_job *);

size_t schedule_waiting(const struct schedule *);
size_t schedule_running(const struct schedule *);

#endif
