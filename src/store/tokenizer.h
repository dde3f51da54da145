/*
 * How text becomes words for the search index, and for searching what is not indexed
 * yet.
 *
 * SQLite's unicode61 divides at what is no letter and folds case and accents; text/fold what it
 * leaves apart (hamza, vowel signs, full-width letters).  Scripts
 * that are written without spaces, and Hangul whose particles cling to the word, would
 * become words as long as a sentence; here each of their characters is a word of its
 * own, so that a search for several in a row, which is a phrase, finds them anywhere.
 */
#ifndef KAWAT_STORE_TOKENIZER_H
#define KAWAT_STORE_TOKENIZER_H

#include <sqlite3.h>

#include "base/str.h"

/* The name in `tokenize =`. */
#define TOKENIZER_NAME "wire"

struct tokenizer;

/* Make it known to a connection.  An SQLite code.  Free it after the connection was
 * closed. */
int tokenizer_register(sqlite3 *, struct tokenizer **);
void tokenizer_free(struct tokenizer *);
fts5_api *tokenizer_fts(struct tokenizer *); /* of that connection */

/* A word: folded; at and n are the bytes of the text that it came from.  Not SQLITE_OK
 * stops. */
typedef int tokenizer_word(void *ctx, struct str folded, size_t at, size_t n);

/* The words of a text, in order.  Answers SQLITE_OK or what stopped it. */
int tokenizer_run(struct tokenizer *, struct str text, tokenizer_word *, void *ctx);

#endif
