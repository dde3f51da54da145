/*
 * ask FOLDER [QUERY...]: what questions cost in a store that lies there, in this process: the median of
 * some rounds in milliseconds, and the same in SQL alone where there is such a thing: the newest 50 of a
 * word with an excerpt, as FTS5 gives them with our tokenizer.
 *
 * Prints a line of JSON for each: {"what", "rows", "ms", "bare_ms"}; bare_ms is 0 where there is none.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "prose.h"
#include "store/search.h"
#include "store/sql.h"

enum { ROUNDS = 15, ROWS = 50, LONGEST_MS = 3000 };

enum kind { LIST, SEARCH, BEST, COUNT, ADVISE };

static const struct question {
	const char *what;
	enum kind kind;
	const char *query, *match; /* match: as FTS5 writes it */
} questions[] = {
    {"window", LIST, "", NULL},
    {"window, unread", LIST, "is:unread", NULL},
    {"window, 3,650 days ago", LIST, "until:2016-02-01", NULL},
    {"window, agency", LIST, "from:\"Kantor 7\"", NULL},
    {"window, language", LIST, "lang:th", NULL},
    {"window, updated", LIST, "is:updated", NULL},
    {"window, read and old", LIST, "is:read until:2017", NULL},
    {"rare word", SEARCH, PROSE_RARE, PROSE_RARE},
    {"middle word", SEARCH, PROSE_MIDDLE, PROSE_MIDDLE},
    {"common word", SEARCH, PROSE_COMMON, PROSE_COMMON},
    {"phrase", SEARCH, "\"" PROSE_PHRASE "\"", "\"" PROSE_PHRASE "\""},
    {"two words", SEARCH, PROSE_COMMON " " PROSE_MIDDLE, PROSE_COMMON " AND " PROSE_MIDDLE},
    {"prefix", SEARCH, PROSE_PREFIX "*", PROSE_PREFIX "*"},
    {"short prefix", SEARCH, "k*", "k*"},
    {"Han", SEARCH, PROSE_HAN, "\"" PROSE_HAN "\""},
    {"common, rare agency", SEARCH, PROSE_COMMON " from:\"Kantor 7\"", NULL},
    {"common, starred", SEARCH, PROSE_COMMON " is:starred", NULL},
    {"common, unread", SEARCH, PROSE_COMMON " is:unread", NULL},
    {"common, no such language", SEARCH, PROSE_COMMON " lang:zz", NULL},
    {"common or agency", SEARCH, PROSE_COMMON " OR from:\"Kantor 7\"", NULL},
    {"rare or agency", SEARCH, PROSE_RARE " OR from:\"Kantor 7\"", NULL},
    {"rare or starred", SEARCH, PROSE_RARE " OR is:starred", NULL},
    {"not common", SEARCH, "-" PROSE_COMMON, NULL},
    {"unread, not common", SEARCH, "is:unread -" PROSE_COMMON, NULL},
    {"common, not middle", SEARCH, PROSE_COMMON " -" PROSE_MIDDLE, PROSE_COMMON " NOT " PROSE_MIDDLE},
    {"no such word", SEARCH, "takadaitu", "takadaitu"},
    {"by relevance, rare", BEST, PROSE_RARE, NULL},
    {"by relevance, common", BEST, PROSE_COMMON, NULL},
    {"by relevance, phrase", BEST, "\"" PROSE_PHRASE "\"", NULL},
    {"by relevance, prefix", BEST, "k*", NULL},
    {"by relevance, three words", BEST, PROSE_COMMON " arus laut", NULL},
    {"count of everything", COUNT, "", NULL},
    {"count of a word", COUNT, PROSE_COMMON, NULL},
    {"count of unread of a language", COUNT, "is:unread lang:id", NULL},
    {"did you mean", ADVISE, "lumbungwatv", NULL},
};

struct asking {
	struct store *store;
	struct arena *arena;
	size_t rows;
	struct err err;
};

static double
now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static bool
ask_store(struct asking *x, const struct question *q)
{
	struct query *query;
	struct story_rows rows = {0};
	struct search_hits hits = {0};
	struct search_advice advice = {0};
	int64_t n = 0;
	bool ok = query_parse(x->arena, str_z(q->query), (struct query_feeds){0}, INT64_C(1767225600), 0,
	    &query, &x->err);
	if (!ok)
		return false;
	switch (q->kind) {
	case LIST:
		ok = list_window(x->store, x->arena, query, LIST_TOP, LIST_OLDER, ROWS, &rows, &x->err);
		break;
	case SEARCH:
		ok = search_window(x->store, x->arena, query, LIST_TOP, LIST_OLDER, ROWS, &hits, &x->err);
		break;
	case BEST:
		ok = search_best(x->store, x->arena, query, 0, ROWS, &hits, &x->err);
		break;
	case COUNT:
		ok = list_count(x->store, query, 10000, &n, &x->err);
		break;
	case ADVISE:
		ok = search_advise(x->store, x->arena, query, &advice, &x->err);
		break;
	}
	x->rows = rows.n + hits.n + advice.n + (size_t)n;
	return ok;
}

static bool
ask_bare(struct asking *x, const struct question *q)
{
	bool failed = false;
	size_t n = 0;
	sqlite3_stmt *st = sql_query(x->store,
	    "SELECT s.id, s.title, s.agency, s.published, snippet(story_fts, 3, '[', ']', '...', 32)"
	    " FROM story_fts JOIN story s ON s.ord = story_fts.rowid WHERE story_fts MATCH ?1"
	    " ORDER BY story_fts.rowid DESC LIMIT ?2",
	    SQL_ARGS(sql_text(str_z(q->match)), sql_int(ROWS)), &x->err);
	while (st && sql_row(x->store, st, &failed, &x->err)) {
		for (int i = 0; i < 5; i++)
			(void)sqlite3_column_text(st, i);
		n++;
	}
	if (n != x->rows)
		fprintf(stderr, "ask: %s: %zu rows, bare %zu\n", q->what, x->rows, n);
	return st && !failed;
}

static int
by_size(const void *x, const void *y)
{
	const double *a = x, *b = y;
	return *a < *b ? -1 : *a > *b;
}

static double
median_of(struct asking *x, const struct question *q, bool (*ask)(struct asking *, const struct question *))
{
	double took[ROUNDS], begun = now_ms();
	size_t n = 0;
	while (n < ROUNDS && (n == 0 || now_ms() - begun < LONGEST_MS)) {
		double at = now_ms();
		if (!ask(x, q)) {
			fprintf(stderr, "ask: %s: %s\n", q->what, x->err.text);
			exit(1);
		}
		took[n++] = now_ms() - at;
		arena_reset(x->arena);
	}
	qsort(took, n, sizeof(*took), by_size);
	return took[n / 2];
}

static void
answer(struct asking *x, const struct question *q)
{
	double ms = median_of(x, q, ask_store);
	double bare = q->match ? median_of(x, q, ask_bare) : 0;
	printf("{\"what\": \"%s\", \"rows\": %zu, \"ms\": %.3f, \"bare_ms\": %.3f}\n", q->what, x->rows, ms, bare);
	fflush(stdout);
}

int
main(int argc, char **argv)
{
	struct asking x = {.arena = arena_new()};
	if (argc < 2) {
		fprintf(stderr, "usage: ask FOLDER [QUERY...]\n");
		return 2;
	}
	struct store_options o = {.folder = argv[1], .mode = STORE_READ};
	if (!store_open(&x.store, &o, NULL, &x.err)) {
		fprintf(stderr, "ask: %s\n", x.err.text);
		return 1;
	}
	for (int i = 2; i < argc; i++)
		answer(&x, &(struct question){"asked", SEARCH, argv[i], NULL});
	for (size_t i = 0; argc == 2 && i < COUNT_OF(questions); i++)
		answer(&x, &questions[i]);
	store_close(x.store);
	arena_free(x.arena);
	return 0;
}
