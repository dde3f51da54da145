/*
 * What stands behind the colon of a field.
 */
#include "store/query_value.h"

#include "text/date.h"
#include "text/fold.h"

enum { DAY_S = 24 * 3600 };

static const char *const state_names[STATES + 1] = {
    [STATE_UNREAD] = "unread",
    [STATE_READ] = "read",
    [STATE_STARRED] = "starred",
    [STATE_STORED] = "stored",
    [STATE_UPDATED] = "updated",
    [STATE_GONE] = "gone",
    [STATE_MUTED] = "muted",
    [STATE_ALERTED] = "alerted",
};

bool
query_read_plain(struct query_reader *r, struct str value, struct term *t)
{
	(void)r;
	t->text = value;
	return true;
}

bool
query_read_agency(struct query_reader *r, struct str value, struct term *t)
{
	t->text = text_fold(r->arena, value);
	return true;
}

bool
query_read_words(struct query_reader *r, struct str value, struct term *t)
{
	t->prefix = value.n > 1 && value.p[value.n - 1] == '*';
	t->text = t->prefix ? str_sub(value, 0, value.n - 1) : value;
	t->leaf = r->query->n_leaves++;
	return true;
}

bool
query_read_state(struct query_reader *r, struct str value, struct term *t)
{
	for (size_t i = 0; i < STATES; i++)
		if (str_eq_nocase(value, str_z(state_names[i]))) {
			t->state = (enum term_state)i;
			return true;
		}
	return err_set(r->err, ERR_USAGE,
	    "unknown state 'is:%.*s': unread read starred stored updated gone muted alerted",
	    STR_ARG(value));
}

bool
query_read_urgency(struct query_reader *r, struct str value, struct term *t)
{
	struct str low, high;
	if (!str_cut(value, '-', &low, &high))
		high = low;
	if (str_to_int(low, 1, 8, &t->low) && str_to_int(high, 1, 8, &t->high) &&
	    t->low <= t->high)
		return true;
	return err_set(r->err, ERR_USAGE,
	    "no urgency '%.*s': 1 (highest) to 8, or a range as 1-3", STR_ARG(value));
}

static bool
read_ago(struct query_reader *r, struct str value, int64_t *at)
{
	static const struct {
		char unit;
		int64_t seconds;
	} units[] = {
	    {'m', 60}, {'h', 3600}, {'d', DAY_S}, {'w', 7 * DAY_S}, {'y', 365 * DAY_S}};
	int64_t n;
	if (value.n < 2 || !str_to_int(str_sub(value, 0, value.n - 1), 0, 100000, &n))
		return false;
	for (size_t i = 0; i < COUNT_OF(units); i++)
		if (value.p[value.n - 1] == units[i].unit) {
			*at = r->now - n * units[i].seconds;
			return true;
		}
	return false;
}

static int64_t
midnight(const struct query_reader *r)
{
	int64_t local = r->now + r->tz_offset_s;
	return local - ((local % DAY_S) + DAY_S) % DAY_S - r->tz_offset_s;
}

/* 2025-09-04, 2025-09 or 2025: where it begins and, a second later, ends. */
static bool
read_date(const struct query_reader *r, struct str value, int64_t *begin, int64_t *end)
{
	struct str part, rest = value;
	int64_t year, month = 1, day = 1, parts = 1;
	str_cut(rest, '-', &part, &rest);
	if (part.n != 4 || !str_to_int(part, 1, 9998, &year))
		return false;
	if (rest.n) {
		parts = 2;
		str_cut(rest, '-', &part, &rest);
		if (!str_to_int(part, 1, 12, &month))
			return false;
	}
	if (rest.n) {
		parts = 3;
		if (!str_to_int(rest, 1, date_month_days(year, (int)month), &day))
			return false;
	}
	int64_t last = date_days(year, (int)month, (int)day) + 1;
	if (parts == 2)
		last = date_days(year + month / 12, (int)(month % 12) + 1, 1);
	if (parts == 1)
		last = date_days(year + 1, 1, 1);
	*begin = date_days(year, (int)month, (int)day) * DAY_S - r->tz_offset_s;
	*end = last * DAY_S - r->tz_offset_s;
	return true;
}

static bool
read_time(struct query_reader *r, struct str value, int64_t *begin, int64_t *end)
{
	if (str_eq_nocase(value, STR("today")) ||
	    str_eq_nocase(value, STR("yesterday"))) {
		*begin = midnight(r) - (ascii_lower(value.p[0]) == 'y' ? DAY_S : 0);
		*end = *begin + DAY_S;
		return true;
	}
	if (read_ago(r, value, begin)) {
		*end = *begin;
		return true;
	}
	if (read_date(r, value, begin, end))
		return true;
	return err_set(r->err, ERR_USAGE,
	    "no time '%.*s': 30m, 3h, 2d, 2w, a date as 2025-09-04, today",
	    STR_ARG(value));
}

bool
query_read_since(struct query_reader *r, struct str value, struct term *t)
{
	int64_t end;
	return read_time(r, value, &t->low, &end);
}

bool
query_read_until(struct query_reader *r, struct str value, struct term *t)
{
	int64_t begin;
	return read_time(r, value, &begin, &t->low);
}

/* --- names of feeds and sections -------------------------------------------------- */

enum likeness { UNLIKE, PART, EXACT };

static enum likeness
like(struct arena *a, struct str name, struct str folded)
{
	struct str own = text_fold(a, name);
	if (str_eq(own, folded))
		return EXACT;
	return str_find(own, folded) != STR_NONE ? PART : UNLIKE;
}

static enum likeness
feed_like(
    struct arena *a, const struct query_feed *f, struct str value, struct str folded)
{
	if (str_eq(f->url, value))
		return EXACT;
	enum likeness name = like(a, f->name, folded);
	if (name != UNLIKE)
		return name;
	return str_find_nocase(f->url, value) != STR_NONE ? PART : UNLIKE;
}

/* `Dunia` is also what is in `Dunia/Asia`. */
static enum likeness
section_like(
    struct arena *a, const struct query_feed *f, struct str value, struct str folded)
{
	struct str own = text_fold(a, f->section);
	(void)value;
	if (str_eq(own, folded) || (str_starts(own, folded) && own.p[folded.n] == '/'))
		return EXACT;
	return str_find(own, folded) != STR_NONE ? PART : UNLIKE;
}

typedef enum likeness liken(
    struct arena *, const struct query_feed *, struct str, struct str);

static bool
read_names(
    struct query_reader *r, struct str value, struct term *t, liken *of)
{
	struct str folded = text_fold(r->arena, value);
	feed_id *ids = ARENA_ARRAY(r->arena, feed_id, r->feeds.n);
	enum likeness best = PART;
	for (size_t i = 0; i < r->feeds.n; i++) {
		enum likeness l = of(r->arena, &r->feeds.v[i], value, folded);
		if (l > best) {
			best = l;
			t->n_feeds = 0;
		}
		if (l == best)
			ids[t->n_feeds++] = r->feeds.v[i].id;
	}
	t->feeds = ids;
	if (t->n_feeds)
		return true;
	return false;
}

bool
query_read_feed(struct query_reader *r, struct str value, struct term *t)
{
	return read_names(r, value, t, feed_like) ||
	    err_set(r->err, ERR_USAGE, "no feed is called '%.*s'", STR_ARG(value));
}

bool
query_read_section(struct query_reader *r, struct str value, struct term *t)
{
	return read_names(r, value, t, section_like) ||
	    err_set(r->err, ERR_USAGE, "no section is called '%.*s'", STR_ARG(value));
}

const char *const *
query_states(void)
{
	return state_names;
}
