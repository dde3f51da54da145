#include "store/where.h"

#include "store/find.h"
#include "store/ids.h"
#include "store/list_place.h"
#include "text/fold.h"

/* Agencies and languages named one by one in a condition; more than these are compared by
 * pattern. */
enum { MAX_NAMES = 50, MAX_NAMES_LOOKED_AT = 5000 };

void
where_add(struct where *w, const char *text)
{
	buf_add(&w->text, str_z(text));
}

void
where_arg(struct where *w, struct sql_arg arg)
{
	ARENA_PUSH(w->arena, &w->args, arg);
	buf_fmt(&w->text, "?%zu", w->args.n);
}

/* --- words ------------------------------------------------------------------------ */

static void
match_words(const struct term *t, struct buf *out)
{
	static const char *const columns[COLUMNS] = {
	    "title : ", "place : ", "byline : ", "text : ", "links : "};
	if (t->column < COLUMNS)
		buf_add(out, str_z(columns[t->column]));
	buf_char(out, '"');
	for (size_t i = 0; i < t->text.n; i++) {
		if (t->text.p[i] == '"')
			buf_char(out, '"');
		buf_char(out, t->text.p[i]);
	}
	buf_add(out, t->prefix ? STR("\" *") : STR("\""));
}

static bool
match_joined(
    const struct words *w, const struct term *t, const char *joint, struct buf *out)
{
	for (size_t i = 0; i < t->n_terms; i++) {
		if (i)
			buf_add(out, str_z(joint));
		if (!where_match(w, t->terms[i], out))
			return false;
	}
	return true;
}

/* FTS5 has no "not" alone: what must be there stands first. */
static bool
match_all(const struct words *w, const struct term *t, struct buf *out)
{
	bool any = false;
	for (int negative = 0; negative < 2; negative++)
		for (size_t i = 0; i < t->n_terms; i++) {
			const struct term *one = t->terms[i];
			if ((one->kind == TERM_NOT) != (negative == 1))
				continue;
			if (negative && !any)
				return false;
			if (any)
				buf_add(out, negative ? STR(" NOT ") : STR(" AND "));
			if (!where_match(w, negative ? one->terms[0] : one, out))
				return false;
			any = true;
		}
	return any;
}

bool
where_match(const struct words *w, const struct term *t, struct buf *out)
{
	bool ok = false;
	switch (t->kind) {
	case TERM_WORDS:
		if (!words_is_blank(w, t->leaf)) {
			match_words(t, out);
			return true;
		}
		break;
	case TERM_AND:
		buf_char(out, '(');
		ok = match_all(w, t, out);
		buf_char(out, ')');
		break;
	case TERM_OR:
		buf_char(out, '(');
		ok = match_joined(w, t, " OR ", out);
		buf_char(out, ')');
		break;
	case TERM_NOT:
	case TERM_AGENCY:
	case TERM_LANG:
	case TERM_FEEDS:
	case TERM_STATE:
	case TERM_URGENCY:
	case TERM_SINCE:
	case TERM_UNTIL:
	case TERM_CITES:
	case TERM_CITED_BY:
		break;
	}
	return ok;
}

static struct str
match_of(struct where *w, const struct term *t)
{
	struct buf b = {0};
	match_words(t, &b);
	struct str out = arena_str(w->arena, buf_str(&b));
	buf_clear(&b);
	return out;
}

static void
add_words(struct where *w, const struct term *t)
{
	if (words_is_blank(w->words, t->leaf)) {
		where_add(w, "1");
		return;
	}
	where_add(w, "(");
	if (!w->only_waiting) {
		where_add(w, "s.ord IN (SELECT rowid FROM story_fts WHERE story_fts MATCH ");
		where_arg(w, sql_text(match_of(w, t)));
		where_add(w, ") AND s.ord NOT IN (SELECT ord FROM unindexed) OR ");
	}
	where_add(w, "s.ord IN (SELECT value FROM json_each(");
	where_arg(w, sql_text(w->waiting ? w->waiting[t->leaf] : STR("[]")));
	where_add(w, ")))");
}

/* --- fields ----------------------------------------------------------------------- */

/* One step down the index for each name, whatever the number of stories. */
#define DISTINCT(column)                                                                 \
	"WITH RECURSIVE a(x) AS (SELECT min(" column ") FROM story UNION ALL"            \
	" SELECT (SELECT min(" column ") FROM story WHERE " column " > a.x) FROM a"      \
	" WHERE x IS NOT NULL) SELECT x FROM a WHERE x IS NOT NULL LIMIT ?1"

typedef bool name_test(struct arena *, struct str name, struct str wanted);

static bool
is_part(struct arena *a, struct str name, struct str wanted)
{
	return str_find(text_fold(a, name), wanted) != STR_NONE;
}

static bool
is_tag(struct arena *a, struct str name, struct str wanted)
{
	struct str folded = text_fold(a, name), tag = text_fold(a, wanted);
	return str_starts(folded, tag) && (folded.n == tag.n || folded.p[tag.n] == '-');
}

static bool
find_names(struct store *s, struct arena *a, const char *distinct, name_test *test,
    const struct term *t, size_t max, struct str **names, size_t *n, struct err *e)
{
	bool failed = false;
	*names = ARENA_ARRAY(a, struct str, max + 1);
	*n = 0;
	sqlite3_stmt *st =
	    sql_query(s, distinct, SQL_ARGS(sql_int(MAX_NAMES_LOOKED_AT)), e);
	if (!st)
		return false;
	while (*n <= max && sql_row(s, st, &failed, e)) {
		struct str name = sql_get_text(a, st, 0);
		if (test(a, name, t->text))
			(*names)[(*n)++] = name;
	}
	sql_done(st);
	return !failed;
}

bool
where_agencies(struct store *s, struct arena *a, const struct term *t, size_t max,
    struct str **names, size_t *n, struct err *e)
{
	return find_names(s, a, DISTINCT("agency"), is_part, t, max, names, n, e);
}

bool
where_languages(struct store *s, struct arena *a, const struct term *t, size_t max,
    struct str **names, size_t *n, struct err *e)
{
	return find_names(s, a, DISTINCT("lang"), is_tag, t, max, names, n, e);
}

static struct str
pattern(struct arena *a, struct str before, struct str text, struct str after)
{
	struct buf b = {0};
	buf_add(&b, before);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '%' || text.p[i] == '_' || text.p[i] == '\\')
			buf_char(&b, '\\');
		buf_char(&b, text.p[i]);
	}
	buf_add(&b, after);
	struct str out = arena_str(a, buf_str(&b));
	buf_clear(&b);
	return out;
}

static void
add_names(struct where *w, const char *column, const struct str *names, size_t n)
{
	where_add(w, column);
	where_add(w, " IN (");
	for (size_t i = 0; i < n; i++) {
		where_add(w, i ? ", " : "");
		where_arg(w, sql_text(names[i]));
	}
	where_add(w, ")");
}

static bool
add_agency(struct where *w, const struct term *t, struct err *e)
{
	struct str *names;
	size_t n;
	if (!where_agencies(w->store, w->arena, t, MAX_NAMES, &names, &n, e))
		return false;
	if (n <= MAX_NAMES) {
		add_names(w, "s.agency", names, n);
		return true;
	}
	where_add(w, "s.agency LIKE ");
	where_arg(w, sql_text(pattern(w->arena, STR("%"), t->text, STR("%"))));
	where_add(w, " ESCAPE '\\'");
	return true;
}

static void
add_lang(struct where *w, const struct term *t)
{
	where_add(w, "s.lang LIKE ");
	where_arg(w, sql_text(pattern(w->arena, STR(""), t->text, STR(""))));
	where_add(w, " ESCAPE '\\' OR s.lang LIKE ");
	where_arg(w, sql_text(pattern(w->arena, STR(""), t->text, STR("-%"))));
	where_add(w, " ESCAPE '\\'");
}

static void
add_feeds(struct where *w, const struct term *t)
{
	if (t->n_feeds == 1) {
		where_add(w,
		    "EXISTS (SELECT 1 FROM member m WHERE m.ord = s.ord AND m.feed = ");
		where_arg(w, sql_int(t->feeds[0]));
		where_add(w, ")");
		return;
	}
	where_add(w,
	    "EXISTS (SELECT 1 FROM member m WHERE m.story = s.id AND m.feed IN"
	    " (SELECT value FROM json_each(");
	where_arg(w, sql_text(ids_json(w->arena, t->feeds, t->n_feeds)));
	where_add(w, ")))");
}

static void
add_state(struct where *w, const struct term *t)
{
	static const char *const conditions[STATES] = {
	    [STATE_UNREAD] = "s.read_at IS NULL",
	    [STATE_READ] = "s.read_at IS NOT NULL",
	    [STATE_STARRED] = "s.starred > 0",
	    [STATE_STORED] = "s.stored = 1",
	    [STATE_UPDATED] = "s.updated_since_read = 1",
	    [STATE_GONE] = "s.gone > 0",
	    [STATE_MUTED] = "s.muted_by <> ''",
	    [STATE_ALERTED] = "s.id IN (SELECT story FROM alert)",
	};
	where_add(w, conditions[t->state]);
	if (t->state == STATE_UNREAD && w->query->keep_read_since != QUERY_KEEP_NONE) {
		where_add(w, " OR s.read_at >= ");
		where_arg(w, sql_int(w->query->keep_read_since));
	}
}

bool
where_story(struct store *s, const struct term *t, story_id *id, struct err *e)
{
	if (!find_story_by_word(s, t->text, id, e))
		return false;
	return *id != STORY_NONE ||
	    err_set(e, ERR_NOT_FOUND, "there is no story '%.*s'", STR_ARG(t->text));
}

static bool
add_link(struct where *w, const struct term *t, struct err *e)
{
	story_id id;
	if (!where_story(w->store, t, &id, e))
		return false;
	where_add(w,
	    t->kind == TERM_CITES
		? "s.id IN (SELECT from_story FROM link WHERE to_story = "
		: "s.id IN (SELECT to_story FROM link WHERE to_story IS NOT NULL"
		  " AND from_story = ");
	where_arg(w, sql_int(id));
	where_add(w, ")");
	return true;
}

static bool
add_joined(struct where *w, const struct term *t, const char *joint, struct err *e)
{
	for (size_t i = 0; i < t->n_terms; i++) {
		if (i)
			where_add(w, joint);
		if (!where_term(w, t->terms[i], e))
			return false;
	}
	return true;
}

static void
add_time(struct where *w, const struct term *t)
{
	where_add(w, t->kind == TERM_SINCE ? "s.ord >= " : "s.ord < ");
	where_arg(w, sql_int(list_place_of_time(t->low)));
}

static bool
add_term(struct where *w, const struct term *t, struct err *e)
{
	switch (t->kind) {
	case TERM_AND:
		return add_joined(w, t, " AND ", e);
	case TERM_OR:
		return add_joined(w, t, " OR ", e);
	case TERM_NOT:
		where_add(w, "NOT ");
		return where_term(w, t->terms[0], e);
	case TERM_WORDS:
		add_words(w, t);
		return true;
	case TERM_AGENCY:
		return add_agency(w, t, e);
	case TERM_LANG:
		add_lang(w, t);
		return true;
	case TERM_FEEDS:
		add_feeds(w, t);
		return true;
	case TERM_STATE:
		add_state(w, t);
		return true;
	case TERM_URGENCY:
		where_add(w, "s.urgency BETWEEN ");
		where_arg(w, sql_int(t->low));
		where_add(w, " AND ");
		where_arg(w, sql_int(t->high));
		return true;
	case TERM_SINCE:
	case TERM_UNTIL:
		add_time(w, t);
		return true;
	case TERM_CITES:
	case TERM_CITED_BY:
		return add_link(w, t, e);
	}
	return true;
}

bool
where_term(struct where *w, const struct term *t, struct err *e)
{
	where_add(w, "(");
	if (!add_term(w, t, e))
		return false;
	where_add(w, ")");
	return true;
}
