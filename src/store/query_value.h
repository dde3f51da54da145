/*
 * The values of the query language's fields: each reader fills the term that its field
 * makes, or says what is wrong in the words of who typed it.
 */
#ifndef KAWAT_STORE_QUERY_VALUE_H
#define KAWAT_STORE_QUERY_VALUE_H

#include "store/query_tree.h"

/* The reading of one query. */
struct query_reader {
	struct arena *arena;
	struct str rest;
	struct query_feeds feeds;
	int64_t now;
	int32_t tz_offset_s;
	struct query *query;
	size_t n_terms;
	struct err *err;
};

typedef bool query_read_value(struct query_reader *, struct str value, struct term *);

query_read_value query_read_words, query_read_agency, query_read_feed, query_read_section,
    query_read_state, query_read_urgency, query_read_since, query_read_until,
    query_read_plain;

#endif
