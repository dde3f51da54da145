/*
 * What a story said before and says now, for `kawat read --changes`: since the version that was
 * read, else since the one before.
 */
#ifndef KAWAT_APP_STORY_CHANGES_H
#define KAWAT_APP_STORY_CHANGES_H

#include "app/story_file.h"

/*
 * As text, where words that went stand as [-words-] and words that came as {+words+}; as JSON, one
 * object: id, from, to (version numbers), since_read, title, changes, each with kind
 * (same, removed, added, changed) and runs of {kind, text}.  A story with one version has no changes.
 */
MUST_CHECK bool story_changes_text(const struct story_file *, struct store *,
    const struct read_story *, struct buf *out, struct err *);
MUST_CHECK bool story_changes_json(
    struct store *, const struct read_story *, struct json *, struct err *);

#endif
