/*
 * Which story a number, an address, a key or `last` means.
 */
#ifndef KAWAT_STORE_FIND_H
#define KAWAT_STORE_FIND_H

#include "store/store.h"

/* STORY_NONE when there is none. */
MUST_CHECK bool find_story_by_url(
    struct store *, struct str url, story_id *, struct err *);
MUST_CHECK bool find_story_by_word(
    struct store *, struct str what, story_id *, struct err *);

#endif
