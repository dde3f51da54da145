#include "store/waiting.h"

#include "store/sql.h"

/* Asking whether somebody wants to stop costs a call: not for every story. */
enum { STORIES_BETWEEN_ASKING = 16 };

#define WAITING(order)                                                                   \
	"SELECT u.ord, t.title, t.place, t.byline, t.text, t.links FROM unindexed u"              \
	" CROSS JOIN story_text t ON t.ord = u.ord WHERE u.ord > ?1 AND u.ord < ?2"      \
	" ORDER BY u.ord " order

bool
waiting_stopped(struct store *s, size_t n, struct err *e)
{
	if (!s->interrupt || n % STORIES_BETWEEN_ASKING ||
	    !s->interrupt(s->interrupt_ctx))
		return false;
	sql_fail(s, SQLITE_INTERRUPT, e);
	return true;
}

/* Borrowed from the row: the words are compared and forgotten. */
void
waiting_peek(sqlite3_stmt *st, struct words_text *text)
{
	for (int c = 0; c < COLUMNS; c++) {
		struct bytes b = sql_peek(st, c + 1);
		text->column[c] = str_of((const char *)b.p, b.n);
	}
}

bool
waiting_hold(const struct term *const *terms, size_t n, const bool *found)
{
	for (size_t i = 0; i < n; i++)
		if (!words_hold(terms[i], found))
			return false;
	return true;
}

bool
waiting_look(struct store *s, struct arena *a, struct words *w, size_t n_leaves,
    const struct term *const *terms, size_t n_terms, int64_t low, int64_t high,
    enum list_direction direction, size_t limit, struct waiting_hits *out,
    struct waiting_hits *per_leaf, struct err *e)
{
	bool failed = false;
	bool *found = ARENA_ARRAY(a, bool, n_leaves);
	struct words_text text;
	sqlite3_stmt *st =
	    sql_query(s, direction == LIST_OLDER ? WAITING("DESC") : WAITING("ASC"),
		SQL_ARGS(sql_int(low), sql_int(high)), e);
	if (!st)
		return false;
	for (size_t n = 1; (per_leaf || out->n < limit) && sql_row(s, st, &failed, e);
	     n++) {
		int64_t ord = sql_get_int(st, 0);
		if (waiting_stopped(s, n, e)) {
			failed = true;
			break;
		}
		waiting_peek(st, &text);
		words_look(w, &text, found);
		for (size_t i = 0; per_leaf && i < n_leaves; i++)
			if (found[i])
				ARENA_PUSH(a, &per_leaf[i], ord);
		if (out->n < limit && waiting_hold(terms, n_terms, found))
			ARENA_PUSH(a, out, ord);
	}
	sql_done(st);
	return !failed;
}
