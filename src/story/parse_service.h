/*
 * The parse process's work: jobs in over a channel, stories out.  A pure function from bytes to
 * stories; it opens nothing and asks nobody.  See parse_protocol.h for the talk.
 */
#ifndef KAWAT_STORY_PARSE_SERVICE_H
#define KAWAT_STORY_PARSE_SERVICE_H

#include "base/frame.h"
#include "story/site_rules.h"
#include "text/charset.h"

/* Answer jobs until the channel closes.  The descriptor blocks.  False: the peer broke the talk. */
MUST_CHECK bool parse_serve(struct channel *, struct charset_set *,
    const struct site_rules *, struct err *);

#endif
