#include "store/search.h"

#include "store/plan.h"
#include "store/sql.h"
#include "store/words.h"
#include "text/fold.h"

static bool
load_text(struct store *s, int64_t ord, struct words *w, struct arena *a,
    struct search_hit *hit, struct err *e)
{
	bool failed = false;
	struct words_excerpt x = {0};
	sqlite3_stmt *st =
	    sql_query(s, "SELECT text, links FROM story_text WHERE ord = ?1",
		SQL_ARGS(sql_int(ord)), e);
	if (!st)
		return false;
	if (sql_row(s, st, &failed, e)) {
		words_cut(w, a, sql_get_text(a, st, 0), &x);
		struct words_excerpt links = {0};
		if (x.n_matches == 0)
			words_cut(w, a, sql_get_text(a, st, 1), &links);
		if (links.n_matches)
			x = links;
		sql_done(st);
	}
	hit->excerpt = x.text;
	hit->n_matches = x.n_matches;
	for (int i = 0; i < x.n_matches; i++)
		hit->matches[i] = (struct search_match){x.matches[i].at, x.matches[i].n};
	return !failed;
}

static bool
load_hits(struct store *s, struct arena *a, const struct query *q, const struct hit *v,
    size_t n, struct search_hits *out, struct err *e)
{
	struct words *w = words_new(a, s->tokenizer, q);
	out->v = ARENA_ARRAY(a, struct search_hit, n + 1);
	for (size_t i = 0; i < n; i++) {
		struct search_hit *hit = &out->v[out->n];
		bool found;
		if (!row_by_ord(s, a, v[i].ord, &hit->row, &found, e) ||
		    (found && !load_text(s, v[i].ord, w, a, hit, e)))
			return false;
		out->n += found;
	}
	return true;
}

bool
search_window(struct store *s, struct arena *a, const struct query *q, int64_t place,
    enum list_direction direction, size_t limit, struct search_hits *out, struct err *e)
{
	struct hits hits;
	*out = (struct search_hits){0};
	if (limit > LIST_MAX_ROWS)
		limit = LIST_MAX_ROWS;
	if (!sql_look(s, e))
		return false;
	bool ok = plan_window(s, a, q, place, direction, limit, &hits, e) &&
	    load_hits(s, a, q, hits.v, hits.n, out, e);
	return sql_look_end(s, ok, e);
}

static bool
rank(struct store *s, struct arena *a, const struct query *q, size_t skip, size_t limit,
    struct search_hits *out, struct err *e)
{
	struct hits hits;
	if (!plan_best(s, a, q, SEARCH_RANKED, &hits, e))
		return false;
	if (skip > hits.n)
		skip = hits.n;
	size_t n = hits.n - skip < limit ? hits.n - skip : limit;
	return load_hits(s, a, q, hits.v + skip, n, out, e);
}

bool
search_best(struct store *s, struct arena *a, const struct query *q, size_t skip,
    size_t limit, struct search_hits *out, struct err *e)
{
	*out = (struct search_hits){0};
	return sql_look(s, e) && sql_look_end(s, rank(s, a, q, skip, limit, out, e), e);
}

/* --- did you mean ----------------------------------------------------------------- */

/* Words of one beginning that are compared: more would be felt. */
enum { MAX_COMPARED = 20000, MAX_WORD_BYTES = 48 };

/* The list of words is a view on the index; SQLite counts making it as a change, of a
 * table that is in memory alone. */
static bool
open_vocabulary(struct store *s, struct err *e)
{
	bool reading = s->mode == STORE_READ && !s->frozen;
	if (reading && !sql_script(s, "PRAGMA query_only = OFF", e))
		return false;
	bool ok = sql_script(s,
	    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary"
	    " USING fts5vocab('main', 'story_fts', 'row')",
	    e);
	if (reading)
		ok = sql_script(s, "PRAGMA query_only = ON", ok ? e : NULL) && ok;
	return ok;
}

/* How many letters to change, add, drop or swap; more than `most` is not looked for. */
static size_t
distance(struct str x, struct str y, size_t most)
{
	size_t rows[3][MAX_WORD_BYTES + 1];
	if (x.n > MAX_WORD_BYTES || y.n > MAX_WORD_BYTES)
		return most + 1;
	for (size_t j = 0; j <= y.n; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= x.n; i++) {
		size_t *now = rows[i % 3], *last = rows[(i + 2) % 3],
		       *before = rows[(i + 1) % 3];
		size_t least = now[0] = i;
		for (size_t j = 1; j <= y.n; j++) {
			size_t best = last[j - 1] + (x.p[i - 1] != y.p[j - 1]);
			if (last[j] + 1 < best)
				best = last[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			bool swapped = i > 1 && j > 1 && x.p[i - 1] == y.p[j - 2] &&
			    x.p[i - 2] == y.p[j - 1];
			if (swapped && before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			now[j] = best;
			if (best < least)
				least = best;
		}
		if (least > most)
			return most + 1;
	}
	return rows[x.n % 3][y.n];
}

static bool
find_nearest(
    struct store *s, struct arena *a, struct str word, struct str *nearest, struct err *e)
{
	bool failed = false;
	size_t best = word.n / 3 + 1;
	int64_t best_stories = 0;
	struct str first = str_sub(word, 0, 1);
	char after = (char)(first.p[0] + 1);
	*nearest = STR("");
	sqlite3_stmt *st = sql_query(s,
	    "SELECT term, doc FROM vocabulary WHERE term >= ?1 AND term < ?2 LIMIT ?3",
	    SQL_ARGS(sql_text(first), sql_text(str_of(&after, 1)), sql_int(MAX_COMPARED)),
	    e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e)) {
		struct bytes b = sql_peek(st, 0);
		struct str term = str_of((const char *)b.p, b.n);
		size_t d = distance(word, term, best);
		if (d > best || (d == best && sql_get_int(st, 1) <= best_stories))
			continue;
		best = d;
		best_stories = sql_get_int(st, 1);
		*nearest = sql_get_text(a, st, 0);
	}
	return !failed;
}

static bool
is_known(struct store *s, struct str word, bool *known, struct err *e)
{
	int64_t n;
	bool ok = sql_number(s, "SELECT 1 FROM vocabulary WHERE term = ?1",
	    SQL_ARGS(sql_text(word)), 0, &n, e);
	*known = n != 0;
	return ok;
}

bool
search_advise(struct store *s, struct arena *a, const struct query *q,
    struct search_advice *out, struct err *e)
{
	struct query_words words = query_words(q);
	*out = (struct search_advice){ARENA_ARRAY(a, struct str, words.n + 1),
	    ARENA_ARRAY(a, struct str, words.n + 1), 0};
	if (words.n == 0)
		return true;
	if (!open_vocabulary(s, e))
		return false;
	for (size_t i = 0; i < words.n; i++) {
		struct str rest = text_fold_bare(a, words.v[i]);
		for (struct str word; (word = str_word(&rest)).n && out->n < words.n;) {
			bool known;
			if (!is_known(s, word, &known, e))
				return false;
			if (known)
				continue;
			out->unknown[out->n] = word;
			/* Letters beyond ASCII are several bytes: near is said of ASCII
			 * only. */
			if ((unsigned char)word.p[0] < 0x80 &&
			    !find_nearest(s, a, word, &out->nearest[out->n], e))
				return false;
			out->n++;
		}
	}
	return true;
}
