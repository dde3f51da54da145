/* Hosts that asked to be left alone for a while (429, 503): whoever would ask next looks here. */
#ifndef KAWAT_WIRE_BUSY_H
#define KAWAT_WIRE_BUSY_H

#include "base/str.h"

enum {
	BUSY_MAX_HOSTS = 16, /* remembered at one time; the oldest is forgotten */
	BUSY_DEFAULT_S = 60, /* for so long, when they do not say */
};

struct busy_hosts { /* zeroed it is empty */
	struct {
		char *name;
		int64_t until_ms; /* of the monotonic clock */
	} v[BUSY_MAX_HOSTS];
	size_t next;
};

bool busy_is(const struct busy_hosts *, struct str host);
void busy_note(struct busy_hosts *, struct str host, int64_t wait_s); /* below 1: it did not say */
void busy_clear(struct busy_hosts *);

#endif
