/*
 * What the reader wants done with stories as they arrive: each rule is a query and what becomes of
 * the stories that match it.
 *
 *	mute	out of every list (`is:muted` shows them); no news, so never counted as unread
 *	star	starred
 *	read	read at once
 *	alert	kept in the list of alerts, and told
 *
 * Rules look at what is new or says something new.  A mute also holds for what is stored already:
 * when the rules have changed, rules_catch_up goes through the store in steps.
 */
#ifndef KAWAT_STORE_RULES_H
#define KAWAT_STORE_RULES_H

#include "store/query.h"

enum {
	RULES_MAX = 100, /* each costs a statement for every feed that brings news */
	RULES_STEP = 500, /* stories that a step of rules_catch_up changes at most */
};

/* These numbers travel between processes. */
enum rule_what { RULE_MUTE, RULE_STAR, RULE_READ, RULE_ALERT, RULE_KINDS };

/* The word in the configuration file: "mute", "star", "read", "alert". */
const char *rule_name(enum rule_what);
MUST_CHECK bool rule_named(struct str name, enum rule_what *);

struct rule {
	enum rule_what what;
	struct str query;
};

struct rules {
	const struct rule *v;
	size_t n;
	struct query_feeds feeds; /* for the names in queries */
};

/* As it stands in the configuration: `mute = title:iklan`; what a hidden story says. */
struct str rule_text(struct arena *, const struct rule *);

/* A story that an alert rule matches. */
struct rules_alert {
	story_id id;
	struct str title, rule;
};

struct rules_done {
	int64_t n_muted, n_starred, n_read;
	struct rules_alert *alerts; /* in the arena */
	size_t n_alerts, cap;
};

/*
 * Do to these stories what the rules say; joins a transaction that is open.  A rule whose query
 * cannot be read is left out: whoever made the rules has said so.  now and tz_offset_s as in
 * query_parse.
 */
MUST_CHECK bool rules_apply(struct store *, struct arena *, const struct rules *,
    const story_id *ids, size_t n, int64_t now, int32_t tz_offset_s, struct rules_done *,
    struct err *);

/*
 * One step of making the muted stories those that the rules mean: *done when the store is as they
 * say, which costs one look-up when they are the same as the last time.
 */
MUST_CHECK bool rules_catch_up(struct store *, const struct rules *, int64_t now,
    int32_t tz_offset_s, int64_t *n_changed, bool *done, struct err *);

#endif
