/*
 * Hosts stand in a hash table; each has its queue of waiting jobs.  Hosts that have both a waiting
 * job and a free place stand in the ring `ready`, which is taken from the front and joined at the
 * end: so every step is O(1), however many feeds wait.
 */
#include "wire/schedule.h"

#include <assert.h>
#include <stdlib.h>

#include "base/arena.h"

enum { HOST_SLOTS = 1024 };

struct host {
	struct host *next_in_slot, *next_ready;
	char *name;
	struct schedule_job *first, *last; /* waiting */
	int64_t running;
	bool ready;
};

struct schedule_job {
	struct host *host;
	struct schedule_job *next, *before; /* in the host's queue */
	void (*start)(void *ctx);
	void *ctx;
	bool running, quiet;
};

struct schedule {
	int64_t jobs, per_host;
	int64_t running, quiet; /* quiet ones are among the running */
	size_t waiting;
	struct host *hosts[HOST_SLOTS];
	struct host *first_ready, *last_ready;
};

struct schedule *
schedule_new(int64_t jobs, int64_t per_host)
{
	struct schedule *s = heap_alloc(sizeof(*s));
	schedule_limits(s, jobs, per_host);
	return s;
}

static void
free_host(struct host *h)
{
	while (h->first) {
		struct schedule_job *job = h->first;
		h->first = job->next;
		free(job);
	}
	free(h->name);
	free(h);
}

void
schedule_free(struct schedule *s)
{
	for (size_t i = 0; s && i < HOST_SLOTS; i++) {
		while (s->hosts[i]) {
			struct host *h = s->hosts[i];
			s->hosts[i] = h->next_in_slot;
			free_host(h);
		}
	}
	free(s);
}

void
schedule_limits(struct schedule *s, int64_t jobs, int64_t per_host)
{
	s->jobs = jobs > 0 ? jobs : 1;
	s->per_host = per_host > 0 ? per_host : 1;
}

static struct host *
host_named(struct schedule *s, struct str name)
{
	struct host **slot = &s->hosts[str_hash(name) % HOST_SLOTS];
	for (struct host *h = *slot; h; h = h->next_in_slot)
		if (str_eq(str_z(h->name), name))
			return h;
	struct host *h = heap_alloc(sizeof(*h));
	h->name = heap_z(name);
	h->next_in_slot = *slot;
	return *slot = h;
}

static void
check_ready(struct schedule *s, struct host *h)
{
	if (h->ready || !h->first || h->running >= s->per_host)
		return;
	h->ready = true;
	h->next_ready = NULL;
	if (s->last_ready)
		s->last_ready->next_ready = h;
	else
		s->first_ready = h;
	s->last_ready = h;
}

struct schedule_job *
schedule_add(struct schedule *s, struct str host, void (*start)(void *ctx), void *ctx)
{
	struct schedule_job *job = heap_alloc(sizeof(*job));
	struct host *h = host_named(s, host);
	*job = (struct schedule_job){.host = h, .before = h->last, .start = start, .ctx = ctx};
	if (h->last)
		h->last->next = job;
	else
		h->first = job;
	h->last = job;
	s->waiting++;
	check_ready(s, h);
	return job;
}

static void
leave_queue(struct schedule *s, struct schedule_job *job)
{
	struct host *h = job->host;
	if (job->before)
		job->before->next = job->next;
	else
		h->first = job->next;
	if (job->next)
		job->next->before = job->before;
	else
		h->last = job->before;
	job->next = job->before = NULL;
	s->waiting--;
}

static struct host *
take_ready(struct schedule *s)
{
	struct host *h = s->first_ready;
	if (!h)
		return NULL;
	s->first_ready = h->next_ready;
	if (!s->first_ready)
		s->last_ready = NULL;
	h->ready = false;
	return h;
}

static bool
has_place(const struct schedule *s)
{
	int64_t quiet = s->quiet < SCHEDULE_MAX_QUIET ? s->quiet : SCHEDULE_MAX_QUIET;
	return s->running - quiet < s->jobs;
}

void
schedule_run(struct schedule *s)
{
	struct host *h;
	while (has_place(s) && (h = take_ready(s))) {
		struct schedule_job *job = h->first;
		if (!job || h->running >= s->per_host)
			continue; /* its last job was taken away, or the limits changed */
		leave_queue(s, job);
		job->running = true;
		h->running++;
		s->running++;
		check_ready(s, h);
		job->start(job->ctx);
	}
}

void
schedule_quiet(struct schedule *s, struct schedule_job *job, bool quiet)
{
	if (!job->running || job->quiet == quiet)
		return;
	job->quiet = quiet;
	s->quiet += quiet ? 1 : -1;
}

void
schedule_end(struct schedule *s, struct schedule_job *job)
{
	struct host *h = job->host;
	schedule_quiet(s, job, false);
	if (job->running) {
		h->running--;
		s->running--;
		assert(h->running >= 0 && s->running >= 0);
	} else {
		leave_queue(s, job);
	}
	free(job);
	check_ready(s, h);
}

size_t
schedule_waiting(const struct schedule *s)
{
	return s->waiting;
}

size_t
schedule_running(const struct schedule *s)
{
	return (size_t)s->running;
}
