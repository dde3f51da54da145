#include "wire/feed_news.h"

#include <time.h>

#include "base/utf8.h"

struct str
feed_news_when(struct arena *a, int64_t at, int64_t now)
{
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
	    "Aug", "Sep", "Oct", "Nov", "Dec"};
	time_t t = (time_t)at, n = (time_t)now;
	struct tm then = {0}, today = {0};
	localtime_r(&t, &then);
	localtime_r(&n, &today);
	if (then.tm_year == today.tm_year && then.tm_yday == today.tm_yday)
		return arena_fmt(a, "%d.%02d", then.tm_hour, then.tm_min);
	return arena_fmt(a, "%d %s %d.%02d", then.tm_mday, months[then.tm_mon], then.tm_hour,
	    then.tm_min);
}

struct str
feed_news_day(struct arena *a, int64_t at)
{
	struct str s = feed_news_when(a, at, at - 400LL * 24 * 3600);
	size_t space = str_find_last_char(s, ' ');
	return space == STR_NONE ? s : str_sub(s, 0, space);
}

static int64_t
shown_next_at(const struct feed_state *s)
{
	bool never = s->health == FEED_GONE || s->health == FEED_DENIED;
	return never || s->next_at < 0 || s->next_at > INT64_MAX / 8 ? WIRE_NEVER : s->next_at;
}

void
feed_news_tell(struct wire *w, struct wire_feed_news n, const struct feed_state *state)
{
	n.error = utf8_cut(n.error, WIRE_MAX_TEXT_BYTES);
	n.next_at = shown_next_at(state);
	tell_feed_news(w, &n);
}

void
feed_news_not_due(struct wire *w, const struct wire_subscription *sub,
    const struct feed_state *state, int64_t request)
{
	struct wire_feed_news n = {.request = request, .url = sub->url, .phase = WIRE_DONE,
	    .outcome = WIRE_NOT_DUE,
	    .status = state->last_status >= 0 && state->last_status < 1000 ? state->last_status : 0,
	    .err_kind = state->error.n ? ERR_NETWORK : ERR_NONE, .error = state->error};
	feed_news_tell(w, n, state);
}
