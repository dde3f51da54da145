#include "store/search.h"

#include <stdio.h>
#include <string.h>

#include "base/near.h"
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

/* How many hits are ranked; the words of a phrase count singly. */
static size_t
ranked_of(const struct query *q)
{
	struct query_words words = query_words(q);
	size_t n = 0;
	for (size_t i = 0; i < words.n; i++)
		for (struct str rest = words.v[i]; str_word(&rest).n;)
			n++;
	size_t most = SEARCH_RANKED / (n ? n : 1);
	return most < SEARCH_RANKED_LEAST ? SEARCH_RANKED_LEAST : most;
}

static bool
rank(struct store *s, struct arena *a, const struct query *q, size_t skip, size_t limit,
    struct search_hits *out, struct err *e)
{
	struct hits hits;
	if (!plan_best(s, a, q, ranked_of(q), &hits, e))
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

/*
 * First every word that is one letter away is asked for, some six hundred short questions; only when
 * no story has one, the words with the same first letters are compared.  The list of words counts
 * the stories of each that it gives, so it must not be long.
 */
enum {
	MAX_COMPARED = 300,
	MAX_WORD_BYTES = NEAR_MAX_BYTES,
	FIRST_LETTERS = 3, /* that are taken to be right beyond one mistake */
	MAX_COUNTED = 1000, /* stories of a word; beyond, it is common */
};

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

struct nearest {
	struct store *store;
	struct arena *arena;
	struct str word;
	int64_t stories; /* that have it */
};

static bool
count_stories(struct store *s, const char *word, size_t n, int64_t *stories, struct err *e)
{
	char match[MAX_WORD_BYTES + 8];
	size_t length = (size_t)snprintf(match, sizeof(match), "\"%.*s\"", (int)n, word);
	return sql_number(s,
	    "SELECT count(*) FROM (SELECT 1 FROM story_fts WHERE story_fts MATCH ?1 LIMIT ?2)",
	    SQL_ARGS(sql_text(str_of(match, length)), sql_int(MAX_COUNTED)), 0, stories, e);
}

static bool
try_word(struct nearest *x, const char *word, size_t n, struct err *e)
{
	int64_t stories;
	if (!count_stories(x->store, word, n, &stories, e))
		return false;
	if (stories > x->stories) {
		x->stories = stories;
		x->word = arena_str(x->arena, str_of(word, n));
	}
	return true;
}

/* One letter dropped or two swapped at `at`. */
static bool
try_shorter(struct nearest *x, struct str word, size_t at, struct err *e)
{
	char w[MAX_WORD_BYTES + 1];
	memcpy(w, word.p, at);
	memcpy(w + at, word.p + at + 1, word.n - at - 1);
	if (word.n > 1 && !try_word(x, w, word.n - 1, e))
		return false;
	if (at + 1 >= word.n)
		return true;
	memcpy(w, word.p, word.n);
	w[at] = word.p[at + 1];
	w[at + 1] = word.p[at];
	return try_word(x, w, word.n, e);
}

/* Another letter at `at`, or one more before it. */
static bool
try_letters(struct nearest *x, struct str word, size_t at, struct err *e)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	char w[MAX_WORD_BYTES + 1];
	for (size_t i = 0; i + 1 < sizeof(letters); i++) {
		memcpy(w, word.p, word.n);
		if (at < word.n) {
			w[at] = letters[i];
			if (!try_word(x, w, word.n, e))
				return false;
		}
		memcpy(w, word.p, at);
		w[at] = letters[i];
		memcpy(w + at + 1, word.p + at, word.n - at);
		if (!try_word(x, w, word.n + 1, e))
			return false;
	}
	return true;
}

static bool
one_letter_away(struct nearest *x, struct str word, struct err *e)
{
	for (size_t at = 0; at <= word.n; at++)
		if ((at < word.n && !try_shorter(x, word, at, e)) || !try_letters(x, word, at, e))
			return false;
	return true;
}

/* Words with the same first letters. */
static bool
compare(struct nearest *x, struct str word, struct err *e)
{
	bool failed = false;
	size_t best = word.n / 3 + 1;
	struct str first = str_sub(word, 0, FIRST_LETTERS);
	char after[FIRST_LETTERS];
	if (word.n <= FIRST_LETTERS)
		return true;
	memcpy(after, first.p, first.n);
	after[first.n - 1]++;
	sqlite3_stmt *st = sql_query(x->store,
	    "SELECT term, doc FROM vocabulary WHERE term >= ?1 AND term < ?2 LIMIT ?3",
	    SQL_ARGS(sql_text(first), sql_text(str_of(after, first.n)), sql_int(MAX_COMPARED)), e);
	if (!st)
		return false;
	while (sql_row(x->store, st, &failed, e)) {
		struct bytes b = sql_peek(st, 0);
		struct str term = str_of((const char *)b.p, b.n);
		size_t d = near_distance(word, term, best);
		if (d > best || (d == best && sql_get_int(st, 1) <= x->stories))
			continue;
		best = d;
		x->stories = sql_get_int(st, 1);
		x->word = sql_get_text(x->arena, st, 0);
	}
	return !failed;
}

static bool
is_plain(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (!ascii_alnum((unsigned char)word.p[i]))
			return false;
	return word.n > 0 && word.n < MAX_WORD_BYTES;
}

/* Letters beyond ASCII are several bytes: near is said of ASCII only. */
static bool
find_nearest(
    struct store *s, struct arena *a, struct str word, struct str *nearest, struct err *e)
{
	struct nearest x = {s, a, STR(""), 0};
	*nearest = STR("");
	if (!is_plain(word) || word.n == 1) /* any word of one letter is one letter away */
		return true;
	if (!one_letter_away(&x, word, e) || (x.stories == 0 && !compare(&x, word, e)))
		return false;
	*nearest = x.word;
	return true;
}

static bool
is_known(struct store *s, struct arena *a, struct str word, bool *known, struct err *e)
{
	int64_t n = 0;
	*known = true;
	if (str_find_char(word, '"') != STR_NONE) /* folded from a curly one: no word */
		return true;
	struct str match = arena_fmt(a, "\"%.*s\"", STR_ARG(word));
	bool ok = sql_number(s,
	    "SELECT EXISTS (SELECT 1 FROM story_fts WHERE story_fts MATCH ?1)",
	    SQL_ARGS(sql_text(match)), 0, &n, e);
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
			if (!is_known(s, a, word, &known, e))
				return false;
			if (known)
				continue;
			out->unknown[out->n] = word;
			if (!find_nearest(s, a, word, &out->nearest[out->n], e))
				return false;
			out->n++;
		}
	}
	return true;
}
