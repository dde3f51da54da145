/*
 * What structure cannot know of a site, said by its reader: a file of rules, read with base/conf.
 *
 *	[example.org]                    the host, and all below it
 *	text = article .isi, #content    where the story is (selector.h)
 *	drop = .promo, aside             what of it is not the story
 *	next = a.halaman-lanjut          the link to the story's next page
 *
 * Each line may be left out, and may come again.  What cannot be understood is passed over and
 * counted: one bad rule does not take the others with it.
 */
#ifndef KAWAT_STORY_SITE_RULES_H
#define KAWAT_STORY_SITE_RULES_H

#include "story/selector.h"

enum {
	SITE_MAX_RULES = 4000,
	SITE_MAX_LINES = 8, /* of one key of a host */
};

struct site_selectors {
	const struct selector *v[SITE_MAX_LINES];
	size_t n;
};

struct site_rule {
	struct str host; /* lower case, without "www." */
	struct site_selectors text, drop, next;
};

struct site_rules;

struct site_rules *site_rules_new(void);
void site_rules_free(struct site_rules *);

/*
 * Add the rules of a file; one that does not exist has none.  Of several files with a rule for a
 * host the first that was read counts.  False: the file cannot be read, or a line was passed over;
 * *e says so of the first such line, and the rest counts.
 */
MUST_CHECK bool site_rules_read(struct site_rules *, const char *path, struct err *);
/* The same of the content of a file. */
MUST_CHECK bool site_rules_parse(struct site_rules *, struct bytes content, struct err *);

/* The rule of the host, or of the nearest above it that has one; NULL: none. */
const struct site_rule *site_rules_find(const struct site_rules *, struct str host);

/* Is the element one that one of them means? */
bool site_selectors_match(const struct site_selectors *, const struct html_node *);

#endif
