#include "store/rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum {
	COUNTED = 2000, /* stories of a word that are counted; what it has more is estimated */
	MAX_PHRASES = 64, /* as QUERY_MAX_TERMS: those beyond do not count */
};

/* A word in the headline counts for eight in the text, in the dateline or byline for two, in the
 * headline of a read-also link for half. */
static const double weights[] = {8.0, 2.0, 2.0, 1.0, 0.5};

/* The usual constants, Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009. */
static const double k1 = 1.2, b = 0.75;

/* What one search needs for all its rows. */
struct ranking {
	double idf[MAX_PHRASES];
	int n;
	double mean_words; /* of a story */
};

struct counting {
	int64_t n, first, last;
};

static int
count_one(const Fts5ExtensionApi *api, Fts5Context *fts, void *ctx)
{
	struct counting *c = ctx;
	c->last = api->xRowid(fts);
	if (c->n++ == 0)
		c->first = c->last;
	return c->n == COUNTED ? SQLITE_DONE : SQLITE_OK;
}

/* The stories of a word: as many in the rest of the time as in the part that was counted. */
static double
stories_of(const struct counting *c, double all, double low, double high)
{
	double n = (double)c->n, part = (double)c->last - (double)c->first;
	if (c->n < COUNTED || part <= 0)
		return n;
	double reckoned = n * (high - low) / part;
	return reckoned < n ? n : reckoned > all ? all : reckoned;
}

static int
make(const Fts5ExtensionApi *api, Fts5Context *fts, double low, double high, struct ranking *r)
{
	sqlite3_int64 rows = 0, words = 0;
	int code = api->xRowCount(fts, &rows);
	if (code == SQLITE_OK)
		code = api->xColumnTotalSize(fts, -1, &words);
	r->mean_words = rows > 0 ? (double)words / (double)rows : 1;
	r->n = api->xPhraseCount(fts);
	if (r->n > MAX_PHRASES)
		r->n = MAX_PHRASES;
	for (int i = 0; code == SQLITE_OK && i < r->n; i++) {
		struct counting c = {0};
		code = api->xQueryPhrase(fts, i, &c, count_one);
		double has = stories_of(&c, (double)rows, low, high);
		double idf = log(((double)rows - has + 0.5) / (has + 0.5));
		r->idf[i] = idf > 1e-6 ? idf : 1e-6;
	}
	return code;
}

static int
find(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_value **v, struct ranking **out)
{
	*out = api->xGetAuxdata(fts, 0);
	if (*out)
		return SQLITE_OK;
	struct ranking *r = heap_alloc(sizeof(*r));
	int code = make(api, fts, sqlite3_value_double(v[0]), sqlite3_value_double(v[1]), r);
	if (code == SQLITE_OK)
		code = api->xSetAuxdata(fts, r, free); /* frees it when it fails */
	else
		free(r);
	*out = code == SQLITE_OK ? r : NULL;
	return code;
}

/* How often each word stands in this story, by the weight of where. */
static int
weigh(const Fts5ExtensionApi *api, Fts5Context *fts, const struct ranking *r, double *often)
{
	int n = 0, code = api->xInstCount(fts, &n);
	for (int i = 0; code == SQLITE_OK && i < n; i++) {
		int phrase, column, offset;
		code = api->xInst(fts, i, &phrase, &column, &offset);
		if (code == SQLITE_OK && phrase < r->n && column < (int)COUNT_OF(weights))
			often[phrase] += weights[column];
	}
	return code;
}

static int
score(const Fts5ExtensionApi *api, Fts5Context *fts, const struct ranking *r, double *out)
{
	double often[MAX_PHRASES] = {0};
	int words = 0, code = weigh(api, fts, r, often);
	if (code == SQLITE_OK)
		code = api->xColumnSize(fts, -1, &words);
	double length = r->mean_words > 0 ? (double)words / r->mean_words : 1;
	*out = 0;
	for (int i = 0; code == SQLITE_OK && i < r->n; i++)
		*out -= r->idf[i] * often[i] * (k1 + 1) / (often[i] + k1 * (1 - b + b * length));
	return code;
}

static void
rank(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *ctx, int n, sqlite3_value **v)
{
	struct ranking *r = NULL;
	double value = 0;
	int code = n == 2 ? find(api, fts, v, &r) : SQLITE_MISUSE;
	if (code == SQLITE_OK)
		code = score(api, fts, r, &value);
	if (code == SQLITE_OK)
		sqlite3_result_double(ctx, value);
	else
		sqlite3_result_error_code(ctx, code);
}

int
rank_register(fts5_api *api)
{
	return api->xCreateFunction(api, RANK_NAME, NULL, rank, NULL);
}
