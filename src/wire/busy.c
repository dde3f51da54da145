#include "wire/busy.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/loop.h"

bool
busy_is(const struct busy_hosts *b, struct str host)
{
	int64_t now = clock_monotonic_ms();
	for (size_t i = 0; i < BUSY_MAX_HOSTS; i++)
		if (b->v[i].name && b->v[i].until_ms > now &&
		    str_eq_nocase(str_z(b->v[i].name), host))
			return true;
	return false;
}

void
busy_note(struct busy_hosts *b, struct str host, int64_t wait_s)
{
	size_t i = b->next++ % BUSY_MAX_HOSTS;
	free(b->v[i].name);
	b->v[i].name = heap_z(host);
	b->v[i].until_ms = clock_monotonic_ms() + 1000 * (wait_s > 0 ? wait_s : BUSY_DEFAULT_S);
}

void
busy_clear(struct busy_hosts *b)
{
	for (size_t i = 0; i < BUSY_MAX_HOSTS; i++)
		free(b->v[i].name);
	*b = (struct busy_hosts){0};
}
