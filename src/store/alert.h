/*
 * The stories that alert rules have met last, newest first.
 */
#ifndef KAWAT_STORE_ALERT_H
#define KAWAT_STORE_ALERT_H

#include "store/store.h"

enum { ALERT_MAX = 100 }; /* kept; older ones are forgotten */
enum { ALERT_SAME_S = 24 * 60 * 60 }; /* beyond, the same words are another day's news */

struct alert {
	story_id id;
	int64_t at;
	struct str rule, title;
};

struct alerts {
	struct alert *v;
	size_t n;
};

/*
 * Remember it; once for each story and rule.  *added is false when it was known, or another story
 * with the very same text (the agency's in another feed) met the rule within ALERT_SAME_S before.
 */
MUST_CHECK bool alert_add(
    struct store *, story_id, struct str rule, int64_t now, bool *added, struct err *);

MUST_CHECK bool alert_last(
    struct store *, struct arena *, size_t limit, struct alerts *, struct err *);

#endif
