/*
 * Lines at the end of a story that are signs more than words: "(acd/acd)", "(adv/adv)", "(PTI)",
 * "dpa/lni", "- BERNAMA", "-0-", "___"; a mail address; the place of a video.
 */
#ifndef KAWAT_STORY_CREDIT_MARK_H
#define KAWAT_STORY_CREDIT_MARK_H

#include "story/credit.h"

/* Who handled it, in signs; what it says of advertising is set in *c, which may be NULL. */
bool credit_mark_read(struct str line, struct credit *c);

/* "[Gambas:Video 20detik]": where a video stood */
bool credit_mark_is_placeholder(struct str line);

/* A mail address and nothing else. */
bool credit_mark_is_mail(struct str);

#endif
