/*
 * All the words of all the rules are looked for in one pass over a story's text; what else a query
 * says is then one statement for each rule, over the stories that came together.
 */
#include "store/rules.h"

#include "base/json.h"
#include "store/alert.h"
#include "store/ids.h"
#include "store/list.h"
#include "store/saved.h"
#include "store/where.h"

static const char *const names[RULE_KINDS] = {
    [RULE_MUTE] = "mute",
    [RULE_STAR] = "star",
    [RULE_READ] = "read",
    [RULE_ALERT] = "alert",
};

const char *
rule_name(enum rule_what what)
{
	return names[what];
}

bool
rule_named(struct str name, enum rule_what *what)
{
	for (size_t i = 0; i < RULE_KINDS; i++)
		if (str_eq(name, str_z(names[i]))) {
			*what = (enum rule_what)i;
			return true;
		}
	return false;
}

struct str
rule_text(struct arena *a, const struct rule *r)
{
	return arena_fmt(a, "%s = %.*s", names[r->what], STR_ARG(r->query));
}

/* --- reading them ----------------------------------------------------------------- */

struct reading {
	const struct rule *rule;
	struct query *query;
	size_t first_leaf; /* of its words, in the query of all */
};

struct session {
	struct store *store;
	struct arena *arena;
	struct reading *v;
	size_t n;
	struct query *all; /* every rule's words */
};

static void
read_rules(struct session *s, const struct rules *rules, int64_t now, int32_t tz_offset_s)
{
	size_t n = rules->n < RULES_MAX ? rules->n : RULES_MAX;
	s->v = ARENA_ARRAY(s->arena, struct reading, n);
	s->all = query_of_feeds(s->arena, NULL, 0);
	for (size_t i = 0; i < n; i++) {
		struct err ignored = {0};
		struct reading r = {.rule = &rules->v[i], .first_leaf = s->all->n_leaves};
		if (!query_parse(s->arena, r.rule->query, rules->feeds, now, tz_offset_s,
			&r.query, &ignored) ||
		    query_is_empty(r.query)) /* all stories: nobody means that */
			continue;
		s->all = query_and(s->arena, s->all, r.query);
		s->v[s->n++] = r;
	}
}

/* --- their words ------------------------------------------------------------------ */

/* For each word of all the rules, the ords of the stories that have it. */
struct ords {
	int64_t *v;
	size_t n, cap;
};

static bool
look_at_story(struct session *s, struct words *words, story_id id, bool *found,
    struct ords *per_leaf, struct err *e)
{
	struct words_text text;
	bool failed = false;
	sqlite3_stmt *st = sql_query(s->store,
	    "SELECT t.ord, t.title, t.place, t.byline, t.text, t.links FROM story s"
	    " CROSS JOIN story_text t ON t.ord = s.ord WHERE s.id = ?1",
	    SQL_ARGS(sql_int(id)), e);
	if (!st)
		return false;
	if (!sql_row(s->store, st, &failed, e))
		return !failed;
	int64_t ord = sql_get_int(st, 0);
	for (int c = 0; c < COLUMNS; c++) {
		struct bytes b = sql_peek(st, c + 1);
		text.column[c] = str_of((const char *)b.p, b.n);
	}
	words_look(words, &text, found);
	for (size_t i = 0; i < s->all->n_leaves; i++)
		if (found[i])
			ARENA_PUSH(s->arena, &per_leaf[i], ord);
	sql_done(st);
	return true;
}

static bool
look_for_words(
    struct session *s, const story_id *ids, size_t n, struct str *json, struct err *e)
{
	size_t n_leaves = s->all->n_leaves;
	struct words *words = words_new(s->arena, s->store->tokenizer, s->all);
	struct ords *per_leaf = ARENA_ARRAY(s->arena, struct ords, n_leaves);
	bool *found = ARENA_ARRAY(s->arena, bool, n_leaves);
	for (size_t i = 0; n_leaves && i < n; i++)
		if (!look_at_story(s, words, ids[i], found, per_leaf, e))
			return false;
	for (size_t i = 0; i < n_leaves; i++)
		json[i] = ids_json(s->arena, per_leaf[i].v, per_leaf[i].n);
	return true;
}

/* --- who matches ------------------------------------------------------------------ */

struct matches {
	struct ords ids;
	struct str *titles;
	size_t n, cap;
};

static bool
find_matches(struct session *s, const struct reading *r, struct str ids,
    const struct str *leaves, struct matches *out, struct err *e)
{
	struct where w = {.store = s->store,
	    .arena = s->arena,
	    .query = r->query,
	    .words = words_new(s->arena, s->store->tokenizer, r->query),
	    .waiting = leaves + r->first_leaf,
	    .only_waiting = true};
	bool failed = false;
	where_add(&w, "SELECT s.id, s.title FROM json_each(");
	where_arg(&w, sql_text(ids));
	where_add(&w, ") j CROSS JOIN story s ON s.id = j.value WHERE ");
	bool ok = where_term(&w, r->query->root, e);
	ARENA_PUSH(s->arena, &w.args, ((struct sql_arg){.type = SQL_END}));
	sqlite3_stmt *st = ok ? sql_query(s->store, buf_z(&w.text), w.args.v, e) : NULL;
	while (st && sql_row(s->store, st, &failed, e)) {
		ARENA_PUSH(s->arena, &out->ids, sql_get_int(st, 0));
		if (out->n == out->cap)
			out->titles = arena_grow(s->arena, out->titles, out->n, &out->cap,
			    out->n + 1, sizeof(*out->titles));
		out->titles[out->n++] = sql_get_text(s->arena, st, 1);
	}
	buf_clear(&w.text);
	return st && !failed;
}

/* --- what becomes of them --------------------------------------------------------- */

/* What is muted was never news: no count of unread stories has it. */
static bool
mute(struct store *s, story_id id, struct str rule, struct err *e)
{
	return sql_run(s,
	    "UPDATE story SET muted_by = ?2, read_at = coalesce(read_at, 0)"
	    " WHERE id = ?1 AND muted_by = ''",
	    SQL_ARGS(sql_int(id), sql_text(rule)), e);
}

static bool
do_one(struct session *s, const struct reading *r, struct str rule, story_id id,
    struct str title, int64_t now, struct rules_done *out, struct err *e)
{
	const struct sql_arg *args = SQL_ARGS(sql_int(id), sql_int(now));
	int64_t *count = NULL;
	bool ok = false, added = false;
	switch (r->rule->what) {
	case RULE_MUTE:
		ok = mute(s->store, id, rule, e);
		count = &out->n_muted;
		break;
	case RULE_STAR:
		ok = sql_run(s->store,
		    "UPDATE story SET starred = ?2 WHERE id = ?1 AND starred = 0", args, e);
		count = &out->n_starred;
		break;
	case RULE_READ:
		ok = sql_run(s->store,
		    "UPDATE story SET read_at = ?2, read_version = version"
		    " WHERE id = ?1 AND read_at IS NULL", args, e);
		count = &out->n_read;
		break;
	case RULE_ALERT:
		ok = alert_add(s->store, id, rule, now, &added, e);
		if (ok && added) {
			struct rules_alert alert = {id, title, rule};
			if (out->n_alerts == out->cap)
				out->alerts = arena_grow(s->arena, out->alerts, out->n_alerts,
				    &out->cap, out->n_alerts + 1, sizeof(alert));
			out->alerts[out->n_alerts++] = alert;
		}
		return ok;
	case RULE_KINDS:
		break;
	}
	if (ok && count)
		*count += sql_changes(s->store) > 0;
	return ok;
}

static bool
apply(struct session *s, const story_id *ids, size_t n, int64_t now, struct rules_done *out,
    struct err *e)
{
	struct str *leaves = ARENA_ARRAY(s->arena, struct str, s->all->n_leaves + 1);
	struct str json = ids_json(s->arena, ids, n);
	if (!look_for_words(s, ids, n, leaves, e))
		return false;
	for (size_t i = 0; i < s->n; i++) {
		struct matches m = {0};
		struct str rule = rule_text(s->arena, s->v[i].rule);
		if (!find_matches(s, &s->v[i], json, leaves, &m, e))
			return false;
		for (size_t k = 0; k < m.n; k++)
			if (!do_one(s, &s->v[i], rule, m.ids.v[k], m.titles[k], now, out, e))
				return false;
	}
	return true;
}

bool
rules_apply(struct store *store, struct arena *a, const struct rules *rules,
    const story_id *ids, size_t n, int64_t now, int32_t tz_offset_s,
    struct rules_done *out, struct err *e)
{
	struct session s = {.store = store, .arena = a};
	bool join = store->join;
	*out = (struct rules_done){0};
	if (n == 0 || rules->n == 0)
		return true;
	read_rules(&s, rules, now, tz_offset_s);
	if (s.n == 0)
		return true;
	store->join = join || store->in_transaction;
	bool ok = sql_begin(store, e) && sql_end(store, apply(&s, ids, n, now, out, e), e);
	store->join = join;
	return ok;
}

/* --- the stories that are stored already ------------------------------------------ */

static const struct str saved_name = STR_INIT("rules");

static struct str
mute_texts(struct arena *a, const struct rules *rules)
{
	struct buf b = {0};
	for (size_t i = 0; i < rules->n && i < RULES_MAX; i++) {
		if (rules->v[i].what != RULE_MUTE)
			continue;
		buf_add(&b, rule_text(a, &rules->v[i]));
		buf_char(&b, '\n');
	}
	struct str all = arena_str(a, buf_str(&b));
	buf_clear(&b);
	return all;
}

static struct str
texts_json(struct arena *a, struct str lines)
{
	struct json j;
	struct str line;
	json_init(&j, NULL, NULL);
	json_array(&j);
	while (lines.n) {
		str_cut(lines, '\n', &line, &lines);
		json_str(&j, line);
	}
	json_array_end(&j);
	struct str out = arena_str(a, buf_str(&j.out));
	buf_clear(&j.out);
	return out;
}

/* Stories whose rule is gone are news again as they were. */
static bool
unmute_step(struct store *s, struct arena *a, struct str mutes, int64_t *n, struct err *e)
{
	if (!sql_run(s,
		"UPDATE story SET muted_by = '', read_at = iif(read_at = 0 AND EXISTS"
		" (SELECT 1 FROM member m WHERE m.story = story.id), NULL, read_at)"
		" WHERE id IN (SELECT id FROM story INDEXED BY story_muted"
		" WHERE muted_by <> '' AND muted_by NOT IN (SELECT value FROM json_each(?1))"
		" LIMIT ?2)",
		SQL_ARGS(sql_text(texts_json(a, mutes)), sql_int(RULES_STEP)), e))
		return false;
	*n = sql_changes(s);
	return true;
}

/* What is muted is in no list any more, so the next window begins where this one ended. */
static bool
mute_step(struct session *s, int64_t *n, struct err *e)
{
	*n = 0;
	for (size_t i = 0; i < s->n && *n == 0; i++) {
		struct story_rows rows;
		if (s->v[i].rule->what != RULE_MUTE)
			continue;
		if (!list_window(s->store, s->arena, s->v[i].query, LIST_TOP, LIST_OLDER,
			RULES_STEP, &rows, e))
			return false;
		struct str rule = rule_text(s->arena, s->v[i].rule);
		for (size_t k = 0; k < rows.n; k++) {
			if (!mute(s->store, rows.v[k].id, rule, e))
				return false;
			*n += sql_changes(s->store);
		}
	}
	return true;
}

static bool
catch_up(struct session *s, struct str mutes, int64_t *n, bool *done, struct err *e)
{
	if (!unmute_step(s->store, s->arena, mutes, n, e))
		return false;
	if (*n == 0 && !mute_step(s, n, e))
		return false;
	*done = *n == 0;
	return !*done || saved_put(s->store, saved_name, bytes_of_str(mutes), e);
}

bool
rules_catch_up(struct store *store, const struct rules *rules, int64_t now,
    int32_t tz_offset_s, int64_t *n, bool *done, struct err *e)
{
	struct session s = {.store = store, .arena = arena_new()};
	struct str mutes = mute_texts(s.arena, rules);
	struct bytes before;
	bool ok = saved_get(store, s.arena, saved_name, &before, e);
	*n = 0;
	*done = ok && str_eq(mutes, str_of((const char *)before.p, before.n));
	if (ok && !*done) {
		bool join = store->join;
		read_rules(&s, rules, now, tz_offset_s);
		ok = sql_begin(store, e);
		if (ok) {
			store->join = true; /* saved_put has a transaction of its own */
			ok = catch_up(&s, mutes, n, done, e);
			store->join = join;
			ok = sql_end(store, ok, e);
		}
	}
	arena_free(s.arena);
	return ok;
}
