/*
 * Tags, read forgivingly: which element an end tag was meant for, and which ones a start tag ends
 * that the document left open.
 */
#ifndef KAWAT_FEED_MEND_TAG_H
#define KAWAT_FEED_MEND_TAG_H

#include "feed/mend_state.h"

/* A start tag at the front of what waits: its second byte begins a name. */
enum mend_outcome mend_start_tag(struct mend *, struct str waiting);

/* An end tag at the front of what waits: it begins with "</". */
enum mend_outcome mend_end_tag(struct mend *, struct str waiting);

/* A '<' that begins nothing is text. */
enum mend_outcome mend_stray(struct mend *);

#endif
