/*
 * The feeds file while the reader is open: read anew after an edit of ours, and when somebody else
 * changed it.  Looking costs one stat a turn of the loop; nothing wakes for it.
 */
#include <sys/stat.h>

#include "app/desk.h"

static struct file_stamp
stamp_of(const char *path)
{
	struct stat s;
	if (stat(path, &s) < 0)
		return (struct file_stamp){0};
	return (struct file_stamp){s.st_mtim.tv_sec, s.st_mtim.tv_nsec, s.st_size,
	    (int64_t)s.st_ino};
}

static bool
same_stamp(const struct file_stamp *a, const struct file_stamp *b)
{
	return a->seconds == b->seconds && a->nanoseconds == b->nanoseconds && a->size == b->size &&
	       a->inode == b->inode;
}

bool
desk_reload_feeds(struct desk *d)
{
	struct err e = {0};
	struct feeds_file feeds;
	d->feeds_stamp = stamp_of(d->app->paths.feeds);
	if (!feeds_file_load(&feeds, d->app->arena, d->app->paths.feeds, &e)) {
		desk_say_err(d, &e);
		return false;
	}
	d->app->feeds = feeds;
	wire_client_send_feeds(&d->wire);
	d->store_version = -1;
	desk_check_store(d);
	return true;
}

void
desk_check_feeds_file(struct desk *d)
{
	struct file_stamp now = stamp_of(d->app->paths.feeds);
	if (same_stamp(&now, &d->feeds_stamp))
		return;
	bool first = d->n_screens == 0;
	if (first) { /* it was just read */
		d->feeds_stamp = now;
		return;
	}
	if (!desk_reload_feeds(d))
		return;
	if (d->app->feeds.warnings.n)
		desk_say(d, ROLE_WARNING, "%.*s", STR_ARG(d->app->feeds.warnings.v[0]));
	else
		desk_say(d, ROLE_STATUS, "The feeds file was changed and read again.");
}
