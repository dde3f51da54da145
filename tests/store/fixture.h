/*
 * What the tests of the store share: a store in a folder of its own, and stories made
 * up on the spot.
 */
#ifndef KAWAT_TESTS_STORE_FIXTURE_H
#define KAWAT_TESTS_STORE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "store/care.h"
#include "store/index.h"
#include "store/list.h"
#include "store/update.h"

/* The clock of all tests: 2025-09-04 05:00 UTC, which is noon in Jakarta. */
#define NOW INT64_C(1756962000)
#define JAKARTA (7 * 3600)
enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

struct fixture {
	char folder[64];
	struct store *store;
	struct arena *arena;
	struct err err;
};

/* Fails with the sentence. */
#define OK(f, call)                                                                      \
	do {                                                                             \
		(f)->err.text[0] = '\0';                                                 \
		if (!(call))                                                             \
			fail_msg("%s: %s", #call, (f)->err.text);                        \
	} while (0)

/* cmocka set-up and tear-down: an empty store; at the end it must pass care_check. */
int fixture_open(void **state);
int fixture_close(void **state);

void fixture_reopen(struct fixture *, enum store_mode);
void fixture_must_be_sound(struct fixture *);
void folder_remove(const char *folder);

feed_id fixture_feed(struct fixture *, const char *url);

/* A story with this address, headline and text; published a minute ago. */
struct story fixture_story(
    struct fixture *, const char *url, const char *title, const char *text);
void fixture_link(struct fixture *, struct story *, const char *title, const char *url);

/* One update with these stories; gives what became of each (may be NULL). */
void fixture_update(
    struct fixture *, feed_id, const struct story *, size_t n, struct update_outcome *);
story_id fixture_add(struct fixture *, feed_id, const struct story *);

void fixture_index(struct fixture *); /* all that waits */

/* n plain stories in one feed, a minute apart, the last one the newest. */
void fixture_many(struct fixture *, feed_id, size_t n);

/* What SQLite did between the two: steps of its virtual machine. */
void fixture_count_steps(struct fixture *);
int64_t fixture_steps(struct fixture *);

int64_t fixture_number(struct fixture *, const char *sql);

#endif
