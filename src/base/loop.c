#include "base/loop.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"

struct watch {
	loop_fd_handler *call;
	void *ctx;
};

struct timer {
	int64_t due_ms;
	unsigned id;
	loop_timer_handler *call;
	void *ctx;
};

struct loop {
	struct pollfd *polls; /* fd -1: free slot, swept before the next poll */
	struct watch *watches;
	size_t n, cap;
	struct timer *timers;
	size_t n_timers, cap_timers;
	unsigned last_id;
};

int64_t
clock_monotonic_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t
clock_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec;
}

struct loop *
loop_new(void)
{
	return heap_alloc(sizeof(struct loop));
}

void
loop_free(struct loop *l)
{
	if (!l)
		return;
	free(l->polls);
	free(l->watches);
	free(l->timers);
	free(l);
}

void
loop_watch(struct loop *l, int fd, short events, loop_fd_handler *call, void *ctx)
{
	size_t i = 0;
	while (i < l->n && l->polls[i].fd != fd)
		i++;
	if (i == l->cap) {
		l->cap = l->cap ? l->cap * 2 : 16;
		l->polls = heap_resize(l->polls, l->cap * sizeof(*l->polls));
		l->watches = heap_resize(l->watches, l->cap * sizeof(*l->watches));
	}
	/* What this turn found for an earlier handler is not the new one's, if it did not ask. */
	if (i == l->n)
		l->polls[l->n++].revents = 0;
	l->polls[i].revents &= (short)(events | POLLERR | POLLHUP | POLLNVAL);
	l->polls[i].fd = fd;
	l->polls[i].events = events;
	l->watches[i] = (struct watch){call, ctx};
}

void
loop_unwatch(struct loop *l, int fd)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->polls[i].fd == fd)
			l->polls[i] = (struct pollfd){.fd = -1};
}

unsigned
loop_after(struct loop *l, int64_t ms, loop_timer_handler *call, void *ctx)
{
	if (l->n_timers == l->cap_timers) {
		l->cap_timers = l->cap_timers ? l->cap_timers * 2 : 16;
		l->timers = heap_resize(l->timers, l->cap_timers * sizeof(*l->timers));
	}
	if (++l->last_id == 0)
		l->last_id = 1;
	l->timers[l->n_timers++] = (struct timer){clock_monotonic_ms() + (ms > 0 ? ms : 0),
	    l->last_id, call, ctx};
	return l->last_id;
}

void
loop_cancel(struct loop *l, unsigned id)
{
	for (size_t i = 0; id && i < l->n_timers; i++) {
		if (l->timers[i].id == id) {
			l->timers[i] = l->timers[--l->n_timers];
			return;
		}
	}
}

static void
sweep(struct loop *l)
{
	size_t out = 0;
	for (size_t i = 0; i < l->n; i++) {
		if (l->polls[i].fd < 0)
			continue;
		l->polls[out] = l->polls[i];
		l->watches[out++] = l->watches[i];
	}
	l->n = out;
}

static int
wait_ms(const struct loop *l, int max_ms)
{
	int64_t wait = max_ms < 0 ? INT64_MAX : max_ms, now = clock_monotonic_ms();
	for (size_t i = 0; i < l->n_timers; i++) {
		int64_t left = l->timers[i].due_ms - now;
		if (left < wait)
			wait = left > 0 ? left : 0;
	}
	return wait == INT64_MAX ? -1 : wait > 1 << 30 ? 1 << 30 : (int)wait;
}

/* Those that were due when the turn began, the earliest first; new ones wait for the next turn. */
static void
call_timers(struct loop *l)
{
	int64_t now = clock_monotonic_ms();
	unsigned newest = l->last_id;
	for (;;) {
		size_t next = SIZE_MAX;
		for (size_t i = 0; i < l->n_timers; i++) {
			struct timer *t = &l->timers[i];
			if (t->due_ms > now || (int)(t->id - newest) > 0)
				continue;
			if (next == SIZE_MAX || t->due_ms < l->timers[next].due_ms)
				next = i;
		}
		if (next == SIZE_MAX)
			return;
		struct timer t = l->timers[next];
		l->timers[next] = l->timers[--l->n_timers];
		t.call(t.ctx);
	}
}

bool
loop_turn(struct loop *l, int max_ms, struct err *e)
{
	sweep(l);
	int ready = poll(l->polls, l->n, wait_ms(l, max_ms));
	if (ready < 0 && errno != EINTR)
		return err_errno(e, ERR_INTERNAL, "cannot wait for input");
	size_t n = l->n;
	for (size_t i = 0; ready > 0 && i < n; i++) {
		short events = l->polls[i].revents;
		l->polls[i].revents = 0;
		if (l->polls[i].fd >= 0 && events)
			l->watches[i].call(l->watches[i].ctx, l->polls[i].fd, events);
	}
	call_timers(l);
	return true;
}
