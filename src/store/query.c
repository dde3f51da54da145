/*
 * The reader of queries: one pass over the text, one term after another, a level of
 * groups (OR) above terms and nothing deeper.
 */
#include "store/query.h"

#include <string.h>

#include "base/buf.h"
#include "base/near.h"
#include "store/query_tree.h"
#include "store/query_value.h"

struct terms {
	struct term **v;
	size_t n, cap;
};

static const struct field {
	const char *name;
	enum term_kind kind;
	enum term_column column;
	query_read_value *read;
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

/* What may be typed for a field, and which one is meant then. */
static const char *const typed[] = {
#define FIELD(name, kind, column, reader) name,
#include "store/query_field.def"
#undef FIELD
#define MISNOMER(name, field) name,
#include "store/query_misnomer.def"
#undef MISNOMER
};

static const char *const meant[] = {
#define FIELD(name, kind, column, reader) name,
#include "store/query_field.def"
#undef FIELD
#define MISNOMER(name, field) field,
#include "store/query_misnomer.def"
#undef MISNOMER
};

/* --- terms ------------------------------------------------------------------------ */

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

/* `autor:`, when a value stands behind it; else empty: an address and a time of day are none. */
static struct str
field_like(struct str rest)
{
	size_t n = 0;
	while (n < rest.n && rest.p[n] >= 'a' && rest.p[n] <= 'z')
		n++;
	bool is = n > 1 && n + 1 < rest.n && rest.p[n] == ':' && rest.p[n + 1] != '/' &&
	    rest.p[n + 1] != ':' && !ascii_space((unsigned char)rest.p[n + 1]);
	return str_sub(rest, 0, is ? n + 1 : 0);
}

/*
 * What is meant by it, when it is no more than one letter from a field: taken for a word it would find
 * nothing, and a rule with it never do anything.  NULL: a word that happens to have a colon.
 */
static const char *
misspelt_field(struct str name)
{
	enum { LEAST_LETTERS = 3 };
	for (size_t most = 0; most < 2 && name.n > LEAST_LETTERS; most++)
		for (size_t i = 0; i < COUNT_OF(typed); i++)
			if (near_distance(name, str_z(typed[i]), most) <= most)
				return meant[i];
	return NULL;
}

static bool
read_term(struct query_reader *r, struct term **out)
{
	const struct field *field = take_field(&r->rest);
	struct str like = field ? STR("") : field_like(r->rest);
	const char *near = misspelt_field(like);
	struct term *t = term_new(r->arena, field ? field->kind : TERM_WORDS);

	*out = t;
	if (near)
		return err_set(r->err, ERR_USAGE, "unknown field '%.*s': did you mean '%s'?",
		    STR_ARG(like), near);
	struct str value = take_value(&r->rest);
	if (!field)
		return query_read_words(r, value, t);
	if (value.n == 0)
		return err_set(r->err, ERR_USAGE, "'%s' needs a value", field->name);
	t->column = field->column;
	return field->read(r, value, t);
}

static bool
read_signed(struct query_reader *r, struct terms *group)
{
	bool negative = r->rest.n > 1 && r->rest.p[0] == '-' &&
	    !ascii_space((unsigned char)r->rest.p[1]);
	struct term *t;
	if (++r->n_terms > QUERY_MAX_TERMS)
		return err_set(
		    r->err, ERR_USAGE, "a query of more than %d words", QUERY_MAX_TERMS);
	if (negative)
		r->rest = str_from(r->rest, 1);
	if (!read_term(r, &t))
		return false;
	/* -" is the beginning of a phrase that is typed: nothing is left out yet. */
	bool empty = t->kind == TERM_WORDS && t->text.n == 0;
	if (negative && !empty) {
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
end_group(struct query_reader *r, struct terms *groups, struct terms *group)
{
	if (group->n == 0)
		return err_set(r->err, ERR_USAGE, "OR needs something on both sides");
	ARENA_PUSH(r->arena, groups, term_list(r->arena, TERM_AND, group));
	*group = (struct terms){0};
	return true;
}

static bool
read_groups(struct query_reader *r)
{
	struct terms groups = {0}, group = {0};
	for (skip_blanks(&r->rest); r->rest.n; skip_blanks(&r->rest))
		if (take_or(&r->rest) ? !end_group(r, &groups, &group)
				      : !read_signed(r, &group))
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
	struct query_reader r = {.arena = a,
	    .feeds = feeds,
	    .now = now,
	    .tz_offset_s = tz_offset_s,
	    .query = query_new(a),
	    .err = e};
	*out = r.query;
	if (text.n > QUERY_MAX_BYTES)
		return err_set(
		    e, ERR_USAGE, "a query of more than %d bytes", QUERY_MAX_BYTES);
	note_hidden(r.query, feeds);
	r.rest = arena_str(a, str_trim(text));
	return r.rest.n == 0 || read_groups(&r);
}

/* --- putting together ------------------------------------------------------------- */

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

/* The leaves of the second query get the numbers after those of the first.  A tree has
 * at most four levels. */
static struct term *
renumbered(struct arena *a, const struct term *t, size_t by)
{
	struct term *copy = ARENA_NEW(a, struct term);
	*copy = *t;
	copy->leaf += by;
	copy->terms = ARENA_ARRAY(a, struct term *, t->n_terms);
	for (size_t i = 0; i < t->n_terms; i++)
		copy->terms[i] = renumbered(a, t->terms[i], by);
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
	q->keep_read_since = x->keep_read_since < y->keep_read_since ? x->keep_read_since
								     : y->keep_read_since;
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

struct groups {
	struct str *v;
	size_t n, cap;
};

/* The next term as it was typed; a quotation mark left open is closed. */
static struct str
take_term(struct arena *a, struct str *rest)
{
	struct str whole = *rest;
	if (rest->n > 1 && rest->p[0] == '-')
		*rest = str_from(*rest, 1);
	take_field(rest);
	bool quoted = rest->n && rest->p[0] == '"';
	size_t before = rest->n;
	struct str value = take_value(rest);
	bool open = quoted && before - rest->n == value.n + 1;
	return arena_cat(a, str_sub(whole, 0, whole.n - rest->n), open ? STR("\"") : STR(""));
}

static void
split_groups(struct arena *a, struct str text, struct groups *out)
{
	struct str rest = text, group = STR("");
	for (skip_blanks(&rest); rest.n; skip_blanks(&rest)) {
		if (take_or(&rest)) {
			ARENA_PUSH(a, out, group);
			group = STR("");
			continue;
		}
		struct str term = take_term(a, &rest);
		group = arena_fmt(a, "%.*s%s%.*s", STR_ARG(group), group.n ? " " : "",
		    STR_ARG(term));
	}
	ARENA_PUSH(a, out, group);
}

struct str
query_join(struct arena *a, struct str x, struct str y)
{
	struct groups one = {0}, other = {0};
	struct buf b = {0};
	split_groups(a, x, &one);
	split_groups(a, y, &other);
	for (size_t i = 0; i < one.n; i++)
		for (size_t j = 0; j < other.n && b.n <= QUERY_MAX_BYTES; j++)
			buf_fmt(&b, "%s%.*s%s%.*s", i || j ? " OR " : "", STR_ARG(one.v[i]),
			    one.v[i].n && other.v[j].n ? " " : "", STR_ARG(other.v[j]));
	struct str joined = arena_str(a, buf_str(&b));
	buf_clear(&b);
	return joined;
}

/* --- asking ----------------------------------------------------------------------- */

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
query_term_is_words(const struct term *t)
{
	bool any_word = t->kind == TERM_WORDS;
	if (t->kind != TERM_AND && t->kind != TERM_OR)
		return any_word;
	for (size_t i = 0; i < t->n_terms; i++) {
		const struct term *one = t->terms[i];
		bool negative = t->kind == TERM_AND && one->kind == TERM_NOT;
		if (!query_term_is_words(negative ? one->terms[0] : one))
			return false;
		any_word = any_word || !negative;
	}
	return any_word;
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
query_only_feeds(const struct query *q, const feed_id **feeds, size_t *n)
{
	if (!q->root || q->root->kind != TERM_FEEDS)
		return false;
	*feeds = q->root->feeds;
	*n = q->root->n_feeds;
	return true;
}

bool
query_names_feeds(const struct query *q)
{
	return any(q->root, TERM_FEEDS);
}

static bool
any_state(const struct term *t, enum term_state state)
{
	if (!t)
		return false;
	if (t->kind == TERM_STATE && t->state == state)
		return true;
	for (size_t i = 0; i < t->n_terms; i++)
		if (any_state(t->terms[i], state))
			return true;
	return false;
}

bool
query_names_state(const struct query *q, enum term_state state)
{
	return any_state(q->root, state);
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
