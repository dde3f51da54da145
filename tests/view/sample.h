/* A made-up day of news for the views: headlines, and one story with everything in it. */
#ifndef KAWAT_TESTS_SAMPLE_H
#define KAWAT_TESTS_SAMPLE_H

#include "store/read.h"
#include "view/look.h"

/* Thursday, 4 September 2025 14:45:00 in Jakarta; sample_begin sets that zone. */
#define SAMPLE_NOW INT64_C(1756971900)

void sample_begin(void);
struct look sample_look(enum language, enum symbol_set);
struct story_rows sample_rows(struct arena *);
struct read_story *sample_story(struct arena *);

#endif
