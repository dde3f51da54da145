/*
 * The reader of queries: one pass over the text, one term after another, a level of groups (OR)
 * above terms and nothing deeper.
 */
#include "store/query.h"

#include <string.h>

#include "store/query_tree.h"
#include "text/date.h"
#include "text/fold.h"

enum { DAY_S = 24 * 3600 };

struct terms {
	struct term **v;
	size_t n, cap;
};

struct reader {
	struct arena *arena;
	struct str rest;
	struct query_feeds feeds;
	int64_t now;
	int32_t tz_offset_s;
	struct query *query;
	size_t n_terms;
	struct err *err;
};

typedef bool read_value(struct reader *, struct str value, struct term *);

static bool read_words(struct reader *, struct str, struct term *);
static bool read_agency(struct reader *, struct str, struct term *);
static bool read_feed(struct reader *, struct str, struct term *);
static bool read_section(struct reader *, struct str, struct term *);
static bool read_state(struct reader *, struct str, struct term *);
static bool read_urgency(struct reader *, struct str, struct term *);
static bool read_since(struct reader *, struct str, struct term *);
static bool read_until(struct reader *, struct str, struct term *);
static bool read_plain(struct reader *, struct str, struct term *);

static const struct field {
	const char *name;
	enum term_kind kind;
	enum term_column column;
	read_value *read;
} fields[] = {
#define FIELD(name, kind, column, reader) {name, kind, column, reader},
#include "store/query_field.def"
#undef FIELD
};

static const char *const field_names[] = {
#define FIELD(name, kind, column, reader) name,
#include "store/query_field.def"
#undef FIELD
    NULL};

static const char *const state_names[STATES + 1] = {
    [STATE_UNREAD] = "unread",
    [STATE_READ] = "read",
    [STATE_STARRED] = "starred",
    [STATE_STORED] = "stored",
    [STATE_UPDATED] = "updated",
    [STATE_GONE] = "gone",
};

/* --- values ------------------------------------------------------------------------------------- */

static bool
read_plain(struct reader *r, struct str value, struct term *t)
{
	(void)r;
	t->text = value;
	return true;
}

static bool
read_agency(struct reader *r, struct str value, struct term *t)
{
	t->text = text_fold(r->arena, value);
	return true;
}

static bool
read_words(struct reader *r, struct str value, struct term *t)
{
	t->prefix = value.n > 1 && value.p[value.n - 1] == '*';
	t->text = t->prefix ? str_sub(value, 0, value.n - 1) : value;
	t->leaf = r->query->n_leaves++;
	return true;
}

static bool
read_state(struct reader *r, struct str value, struct term *t)
{
	for (size_t i = 0; i < STATES; i++)
		if (str_eq_nocase(value, str_z(state_names[i]))) {
			t->state = (enum term_state)i;
			return true;
		}
	return err_set(r->err, ERR_USAGE,
	    "unknown state 'is:%.*s': unread, read, starred, stored, updated or gone",
	    STR_ARG(value));
}

static bool
read_urgency(struct reader *r, struct str value, struct term *t)
{
	struct str low, high;
	if (!str_cut(value, '-', &low, &high))
		high = low;
	if (str_to_int(low, 1, 8, &t->low) && str_to_int(high, 1, 8, &t->high) && t->low <= t->high)
		return true;
	return err_set(r->err, ERR_USAGE, "no urgency '%.*s': 1 (highest) to 8, or a range as 1-3",
	    STR_ARG(value));
}

static bool
read_ago(struct reader *r, struct str value, int64_t *at)
{
	static const struct {
		char unit;
		int64_t seconds;
	} units[] = {{'m', 60}, {'h', 3600}, {'d', DAY_S}, {'w', 7 * DAY_S}, {'y', 365 * DAY_S}};
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
midnight(const struct reader *r)
{
	int64_t local = r->now + r->tz_offset_s;
	return local - ((local % DAY_S) + DAY_S) % DAY_S - r->tz_offset_s;
}

/* 2025-09-04, 2025-09 or 2025: where it begins and, a second later, ends. */
static bool
read_date(const struct reader *r, struct str value, int64_t *begin, int64_t *end)
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
read_time(struct reader *r, struct str value, int64_t *begin, int64_t *end)
{
	if (str_eq_nocase(value, STR("today")) || str_eq_nocase(value, STR("yesterday"))) {
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
	return err_set(r->err, ERR_USAGE, "no time '%.*s': 30m, 3h, 2d, 2w, a date as 2025-09-04, today",
	    STR_ARG(value));
}

static bool
read_since(struct reader *r, struct str value, struct term *t)
{
	int64_t end;
	return read_time(r, value, &t->low, &end);
}

static bool
read_until(struct reader *r, struct str value, struct term *t)
{
	int64_t begin;
	return read_time(r, value, &begin, &t->low);
}

/* --- names of feeds and sections ------------------------------------------------------------------ */

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
feed_like(struct arena *a, const struct query_feed *f, struct str value, struct str folded)
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
section_like(struct arena *a, const struct query_feed *f, struct str value, struct str folded)
{
	struct str own = text_fold(a, f->section);
	(void)value;
	if (str_eq(own, folded) || (str_starts(own, folded) && own.p[folded.n] == '/'))
		return EXACT;
	return str_find(own, folded) != STR_NONE ? PART : UNLIKE;
}

typedef enum likeness liken(struct arena *, const struct query_feed *, struct str, struct str);

static bool
read_names(struct reader *r, struct str value, struct term *t, liken *of, const char *what)
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
	return err_set(r->err, ERR_USAGE, "no %s is called '%.*s'", what, STR_ARG(value));
}

static bool
read_feed(struct reader *r, struct str value, struct term *t)
{
	return read_names(r, value, t, feed_like, "feed");
}

static bool
read_section(struct reader *r, struct str value, struct term *t)
{
	return read_names(r, value, t, section_like, "section");
}

/* --- terms ---------------------------------------------------------------------------------------- */

static struct term *
term_new(struct arena *a, enum term_kind kind)
{
	struct term *t = ARENA_NEW(a, struct term);
	t->kind = kind;
	t->column = COLUMN_ANY;
	return t;
}

static struct term *
term_list(struct arena *a, enum term_kind kind, const struct terms *terms)
{
	if (terms->n == 1)
		return terms->v[0];
	struct term *t = term_new(a, kind);
	t->terms = terms->v;
	t->n_terms = terms->n;
	return t;
}

/* The text up to a blank, or all between two quotation marks, which are dropped. */
static struct str
take_value(struct str *rest)
{
	size_t n = 0;
	if (rest->n && rest->p[0] == '"') {
		struct str inside, after;
		str_cut(str_from(*rest, 1), '"', &inside, &after);
		*rest = after;
		return inside;
	}
	while (n < rest->n && !ascii_space((unsigned char)rest->p[n]))
		n++;
	struct str value = str_sub(*rest, 0, n);
	*rest = str_from(*rest, n);
	return value;
}

static const struct field *
take_field(struct str *rest)
{
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		struct str name = str_z(fields[i].name);
		if (str_starts_nocase(*rest, name)) {
			*rest = str_from(*rest, name.n);
			return &fields[i];
		}
	}
	return NULL;
}

static bool
read_term(struct reader *r, struct term **out)
{
	const struct field *field = take_field(&r->rest);
	struct term *t = term_new(r->arena, field ? field->kind : TERM_WORDS);
	struct str value = take_value(&r->rest);

	*out = t;
	if (!field)
		return read_words(r, value, t);
	if (value.n == 0)
		return err_set(r->err, ERR_USAGE, "'%s' needs a value", field->name);
	t->column = field->column;
	return field->read(r, value, t);
}

static bool
read_signed(struct reader *r, struct terms *group)
{
	bool negative = r->rest.n > 1 && r->rest.p[0] == '-' &&
	                !ascii_space((unsigned char)r->rest.p[1]);
	struct term *t;
	if (++r->n_terms > QUERY_MAX_TERMS)
		return err_set(r->err, ERR_USAGE, "a query of more than %d words", QUERY_MAX_TERMS);
	if (negative)
		r->rest = str_from(r->rest, 1);
	if (!read_term(r, &t))
		return false;
	if (negative) {
		struct terms one = {0};
		ARENA_PUSH(r->arena, &one, t);
		t = term_new(r->arena, TERM_NOT);
		t->terms = one.v;
		t->n_terms = 1;
	}
	ARENA_PUSH(r->arena, group, t);
	return true;
}

static bool
take_or(struct str *rest)
{
	bool is = str_starts(*rest, STR("OR")) &&
	          (rest->n == 2 || ascii_space((unsigned char)rest->p[2]));
	if (is)
		*rest = str_from(*rest, 2);
	return is;
}

static void
skip_blanks(struct str *rest)
{
	while (rest->n && ascii_space((unsigned char)rest->p[0]))
		*rest = str_from(*rest, 1);
}

static bool
end_group(struct reader *r, struct terms *groups, struct terms *group)
{
	if (group->n == 0)
		return err_set(r->err, ERR_USAGE, "OR needs something on both sides");
	ARENA_PUSH(r->arena, groups, term_list(r->arena, TERM_AND, group));
	*group = (struct terms){0};
	return true;
}

static bool
read_groups(struct reader *r)
{
	struct terms groups = {0}, group = {0};
	for (skip_blanks(&r->rest); r->rest.n; skip_blanks(&r->rest))
		if (take_or(&r->rest) ? !end_group(r, &groups, &group) : !read_signed(r, &group))
			return false;
	if (!end_group(r, &groups, &group))
		return false;
	r->query->root = term_list(r->arena, TERM_OR, &groups);
	return true;
}

static struct query *
query_new(struct arena *a)
{
	struct query *q = ARENA_NEW(a, struct query);
	q->arena = a;
	q->keep_read_since = QUERY_KEEP_NONE;
	return q;
}

static void
note_hidden(struct query *q, struct query_feeds feeds)
{
	feed_id *ids = ARENA_ARRAY(q->arena, feed_id, feeds.n);
	for (size_t i = 0; i < feeds.n; i++)
		if (feeds.v[i].hide)
			ids[q->n_hidden++] = feeds.v[i].id;
	q->hidden = ids;
}

bool
query_parse(struct arena *a, struct str text, struct query_feeds feeds, int64_t now,
    int32_t tz_offset_s, struct query **out, struct err *e)
{
	struct reader r = {.arena = a, .feeds = feeds, .now = now, .tz_offset_s = tz_offset_s,
	    .query = query_new(a), .err = e};
	*out = r.query;
	if (text.n > QUERY_MAX_BYTES)
		return err_set(e, ERR_USAGE, "a query of more than %d bytes", QUERY_MAX_BYTES);
	note_hidden(r.query, feeds);
	r.rest = arena_str(a, str_trim(text));
	return r.rest.n == 0 || read_groups(&r);
}

/* --- putting together ------------------------------------------------------------------------------- */

struct query *
query_of_feeds(struct arena *a, const feed_id *ids, size_t n)
{
	struct query *q = query_new(a);
	if (n == 0)
		return q;
	struct term *t = term_new(a, TERM_FEEDS);
	feed_id *copy = ARENA_ARRAY(a, feed_id, n);
	memcpy(copy, ids, n * sizeof(*ids));
	t->feeds = copy;
	t->n_feeds = n;
	q->root = t;
	return q;
}

/* The leaves of the second query get the numbers after those of the first. */
static struct term *
renumbered(struct arena *a, const struct term *t, size_t by)
{
	struct term *copy = ARENA_NEW(a, struct term);
	*copy = *t;
	copy->leaf += by;
	copy->terms = ARENA_ARRAY(a, struct term *, t->n_terms);
	for (size_t i = 0; i < t->n_terms; i++)
		copy->terms[i] = renumbered(a, t->terms[i], by); /* at most four levels */
	return copy;
}

static void
push_all(struct arena *a, struct terms *out, struct term *t)
{
	if (t->kind != TERM_AND) {
		ARENA_PUSH(a, out, t);
		return;
	}
	for (size_t i = 0; i < t->n_terms; i++)
		ARENA_PUSH(a, out, t->terms[i]);
}

struct query *
query_and(struct arena *a, const struct query *x, const struct query *y)
{
	struct query *q = query_new(a);
	struct terms all = {0};
	if (x->root)
		push_all(a, &all, renumbered(a, x->root, 0));
	if (y->root)
		push_all(a, &all, renumbered(a, y->root, x->n_leaves));
	if (all.n)
		q->root = term_list(a, TERM_AND, &all);
	q->n_leaves = x->n_leaves + y->n_leaves;
	q->keep_read_since = x->keep_read_since < y->keep_read_since ? x->keep_read_since :
	                                                               y->keep_read_since;
	q->hidden = x->n_hidden ? x->hidden : y->hidden;
	q->n_hidden = x->n_hidden ? x->n_hidden : y->n_hidden;
	return q;
}

static struct query *
and_state(struct arena *a, const struct query *q, enum term_state state)
{
	struct query only = {.arena = a, .keep_read_since = QUERY_KEEP_NONE};
	struct term *t = term_new(a, TERM_STATE);
	t->state = state;
	only.root = t;
	return query_and(a, q, &only);
}

struct query *
query_and_unread(struct arena *a, const struct query *q)
{
	return and_state(a, q, STATE_UNREAD);
}

struct query *
query_and_starred(struct arena *a, const struct query *q)
{
	return and_state(a, q, STATE_STARRED);
}

struct query *
query_keep_read_since(struct arena *a, const struct query *q, int64_t since)
{
	struct query *copy = ARENA_NEW(a, struct query);
	*copy = *q;
	copy->arena = a;
	copy->keep_read_since = since;
	return copy;
}

/* --- asking ------------------------------------------------------------------------------------------ */

void
query_top(const struct query *q, const struct term *const **terms, size_t *n)
{
	if (q->root && q->root->kind == TERM_AND) {
		*terms = (const struct term *const *)q->root->terms;
		*n = q->root->n_terms;
	} else {
		*terms = &q->root;
		*n = q->root ? 1 : 0;
	}
}

static bool
any(const struct term *t, enum term_kind kind)
{
	if (!t)
		return false;
	if (t->kind == kind)
		return true;
	for (size_t i = 0; i < t->n_terms; i++)
		if (any(t->terms[i], kind))
			return true;
	return false;
}

bool
query_is_empty(const struct query *q)
{
	return !q->root;
}

bool
query_term_has_words(const struct term *t)
{
	return any(t, TERM_WORDS);
}

bool
query_has_words(const struct query *q)
{
	return query_term_has_words(q->root);
}

bool
query_has_state(const struct query *q)
{
	return any(q->root, TERM_STATE);
}

bool
query_names_feeds(const struct query *q)
{
	return any(q->root, TERM_FEEDS);
}

static void
collect(struct arena *a, const struct term *t, struct str *out, size_t *n)
{
	if (!t || t->kind == TERM_NOT)
		return;
	if (t->kind == TERM_WORDS)
		out[(*n)++] = t->text;
	for (size_t i = 0; i < t->n_terms; i++)
		collect(a, t->terms[i], out, n);
}

struct query_words
query_words(const struct query *q)
{
	struct str *v = ARENA_ARRAY(q->arena, struct str, q->n_leaves);
	size_t n = 0;
	collect(q->arena, q->root, v, &n);
	return (struct query_words){v, n};
}

const char *const *
query_fields(void)
{
	return field_names;
}

const char *const *
query_states(void)
{
	return state_names;
}
