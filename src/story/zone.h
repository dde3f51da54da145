/*
 * The time zone of a feed or page that writes its dates without one.  Yonhap's foreign services do,
 * and much of the web does: what they write is the time on the wall of the newsroom.
 */
#ifndef KAWAT_STORY_ZONE_H
#define KAWAT_STORY_ZONE_H

#include "base/str.h"

struct zone;

/*
 * By the agency whose host it is, else the country that the host ends with.  NULL: neither says it;
 * .com says nothing, and a country of many zones nothing but for a known agency.
 */
const struct zone *zone_of_host(struct str host);

/* By the region of a language tag ("en-ID"), else the language. */
const struct zone *zone_of_language(struct str tag);

/* Minutes east of UTC when the wall clock shows `local`, in seconds as if it were UTC. */
int32_t zone_offset(const struct zone *, int64_t local);

#endif
