/*
 * One poll loop: descriptors with handlers, and timers on the monotonic clock.  No threads; a
 * handler may add and remove anything, itself included.  With no timer it sleeps without end.
 */
#ifndef KAWAT_BASE_LOOP_H
#define KAWAT_BASE_LOOP_H

#include "base/err.h"

struct loop;
/* events: POLLIN, POLLOUT, POLLHUP, POLLERR as poll(2) gave them. */
typedef void loop_fd_handler(void *ctx, int fd, short events);
typedef void loop_timer_handler(void *ctx);

struct loop *loop_new(void);
void loop_free(struct loop *);

/* Watch fd for POLLIN and/or POLLOUT; a second call for the same fd replaces the first. */
void loop_watch(struct loop *, int fd, short events, loop_fd_handler *, void *ctx);
void loop_unwatch(struct loop *, int fd);

/* Call once after `ms` milliseconds.  Returns an id for loop_cancel, never 0. */
unsigned loop_after(struct loop *, int64_t ms, loop_timer_handler *, void *ctx);
void loop_cancel(struct loop *, unsigned id); /* 0 and unknown ids are allowed */

/* Wait (at most max_ms; -1: as long as it takes) and call what is due.  False: poll failed. */
MUST_CHECK bool loop_turn(struct loop *, int max_ms, struct err *);

int64_t clock_monotonic_ms(void);
int64_t clock_now(void); /* seconds since 1970, UTC */

#endif
