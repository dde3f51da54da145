/*
 * How well a story answers the words of a search: Okapi BM25, as FTS5's own bm25() with weights for
 * the columns, but how rare a word is, is estimated from its first stories.  bm25() counts all of
 * them, which for a word that most of a million stories have takes longer than ranking the newest
 * thousands.
 */
#ifndef KAWAT_STORE_RANK_H
#define KAWAT_STORE_RANK_H

#include <sqlite3.h>

/* In SQL: wire_rank(story_fts, lowest rowid, highest rowid); less is better. */
#define RANK_NAME "wire_rank"

/* An SQLite code. */
int rank_register(fts5_api *);

#endif
