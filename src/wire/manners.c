#include "wire/manners.h"

#include "text/date.h"

int64_t
manners_backoff_s(int64_t failures)
{
	static const int64_t steps[] = {5 * 60, 15 * 60, 3600, 4 * 3600, 12 * 3600};
	int64_t last = (int64_t)COUNT_OF(steps) - 1;
	int64_t step = failures < 1 ? 0 : failures - 1 > last ? last : failures - 1;
	return steps[step];
}

static int64_t
clamp(int64_t v, int64_t min, int64_t max)
{
	return v < min ? min : v > max ? max : v;
}

static bool
all_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_digit((unsigned char)s.p[i]))
			return false;
	return s.n > 0;
}

/* A number that does not fit is a long wait, not none. */
static int64_t
seconds(struct str digits, int64_t max)
{
	int64_t n;
	return str_to_int(digits, 0, max, &n) ? n : max;
}

int64_t
manners_retry_after(struct str header, int64_t now)
{
	header = str_trim(header);
	if (all_digits(header)) {
		int64_t s = seconds(header, MANNERS_MAX_WAIT_S);
		return s > 0 ? s : -1;
	}
	struct date date;
	if (header.n == 0 || !ascii_alpha((unsigned char)header.p[0]) || !date_parse(header, &date))
		return -1; /* an HTTP date begins with the day's name */
	return date.at <= now ? -1 : clamp(date.at - now, 1, MANNERS_MAX_WAIT_S);
}

int64_t
manners_max_age(struct str header)
{
	int64_t age = 0;
	struct str rest = header, one, key, value;
	while (rest.n) {
		str_cut(rest, ',', &one, &rest);
		bool has_value = str_cut(one, '=', &key, &value);
		key = str_trim(key);
		value = str_trim(value);
		if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
			value = str_sub(value, 1, value.n - 2);
		if (str_eq_nocase(key, STR("no-cache")) || str_eq_nocase(key, STR("no-store")))
			return 0;
		if (has_value && str_eq_nocase(key, STR("max-age")) && all_digits(value))
			age = seconds(value, MANNERS_MAX_FRESH_S);
	}
	return age;
}

int64_t
manners_fresh_s(int64_t max_age_s, int64_t ttl_minutes)
{
	int64_t ttl = clamp(ttl_minutes, 0, MANNERS_MAX_FRESH_S / 60) * 60;
	int64_t age = clamp(max_age_s, 0, MANNERS_MAX_FRESH_S);
	return ttl > age ? ttl : age;
}

static bool
is_skipped(const struct feed_state *f, int64_t at)
{
	struct civil c = date_civil(at, 0);
	return (f->skip_hours >> c.hour & 1) || (f->skip_days >> c.weekday & 1);
}

/* The first hour from `at` that the feed does not ask to be left alone in; `at` if all are. */
static int64_t
after_skipped(const struct feed_state *f, int64_t at)
{
	int64_t t = at;
	for (int i = 0; i < 7 * 24; i++) {
		if (!is_skipped(f, t))
			return t;
		t += 3600 - t % 3600;
	}
	return at;
}

static void
after_good(struct feed_state *f, const struct manners_answer *a, int64_t every_s, int64_t now)
{
	int64_t wait = every_s > a->fresh_s ? every_s : a->fresh_s;
	f->health = FEED_FINE;
	f->next_at = after_skipped(f, now + clamp(wait, 0, MANNERS_MAX_EVERY_S));
	f->good_at = now;
	f->failures = f->failing_since = 0;
}

static bool
is_denial(int64_t status)
{
	return status == 401 || status == 403;
}

static void
after_bad(struct feed_state *f, const struct manners_answer *a, int64_t now)
{
	/* Three denials in a row: another failure before them begins the count again. */
	bool first_denial = is_denial(a->status) && !is_denial(f->last_status);
	bool same = f->last_status == a->status && f->failing_since && f->failing_since <= now;
	f->failures = first_denial ? 1 : clamp(f->failures + 1, 1, 1000);
	f->failing_since = same ? f->failing_since : now;
	f->health = FEED_FAILING;
	f->next_at = now + manners_backoff_s(f->failures);
	if (a->status == 410)
		f->health = FEED_GONE;
	else if (is_denial(a->status) && f->failures >= MANNERS_DENIED_TIMES)
		f->health = FEED_DENIED;
	else if ((a->status == 429 || a->status == 503) && a->retry_after_s > 0)
		f->next_at = f->retry_after = now + a->retry_after_s;
	else if (a->status == 404 && now - f->failing_since >= MANNERS_MISSING_S)
		f->health = FEED_MISSING;
	if (f->health == FEED_GONE || f->health == FEED_DENIED)
		f->next_at = 0;
}

void
manners_after(struct feed_state *f, const struct manners_answer *a, int64_t every_s, int64_t now)
{
	f->retry_after = 0;
	if (a->good)
		after_good(f, a, every_s, now);
	else
		after_bad(f, a, now);
	f->last_at = now;
	f->last_status = a->status;
}

bool
manners_moved(struct feed_state *f, struct str to)
{
	bool again = to.n && str_eq(to, f->moved_to);
	f->moved_count = again ? f->moved_count + 1 : to.n ? 1 : 0;
	f->moved_to = to;
	return f->moved_count >= MANNERS_MOVED_TIMES;
}

static bool
has_come(int64_t at, int64_t furthest, int64_t now)
{
	return at <= now || at > now + furthest;
}

bool
manners_may_ask(const struct feed_state *f, enum manners_call call, int64_t now)
{
	if (f->health == FEED_GONE || !has_come(f->retry_after, MANNERS_MAX_WAIT_S + 3600, now))
		return false;
	if (f->health == FEED_DENIED)
		return call == MANNERS_NAMED;
	if (call != MANNERS_DUE)
		return true;
	int64_t furthest = f->health == FEED_FINE ? MANNERS_MAX_EVERY_S : MANNERS_MAX_WAIT_S;
	return has_come(f->next_at, furthest + 7 * 24 * 3600, now);
}
