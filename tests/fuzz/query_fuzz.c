/* The query language, as a reader or a feeds file may write it. */
#include "fuzz.h"

#include "store/query.h"
#include "text/clean.h"

FUZZ_TARGET(query)
{
	static const struct query_feed feeds[] = {
		{.id = 1, .url = STR_INIT("https://nusa.example/rss"), .name = STR_INIT("NUSA"),
			.section = STR_INIT("Agencies/Indonesia")},
		{.id = 2, .url = STR_INIT("https://tirta.example/rss"), .name = STR_INIT("Tirta")},
	};
	struct arena *a = arena_new();
	struct query *q;
	struct err e = {0};
	if (query_parse(a, text_clean(a, bytes_of(p, n)), (struct query_feeds){feeds, 2}, 1764000000,
		25200, &q, &e)) {
		(void)query_is_empty(q);
		(void)query_has_words(q);
		(void)query_has_state(q);
		FUZZ_MUST(query_words(query_and_unread(a, q)).n == query_words(q).n);
		FUZZ_MUST(!query_is_empty(query_and_starred(a, q)));
	} else {
		FUZZ_MUST(e.kind == ERR_USAGE && e.text[0]);
	}
	arena_free(a);
	return 0;
}
