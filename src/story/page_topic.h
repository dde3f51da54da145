/*
 * A read-also marker with its topic, which heads a list of links: "Læs mere om havnen", "Mehr zum
 * Thema Hafen", 港湾の関連記事.
 */
#ifndef KAWAT_STORY_PAGE_TOPIC_H
#define KAWAT_STORY_PAGE_TOPIC_H

#include "story/page_finder.h"

/*
 * Is the line such a heading?  It is short and no sentence, and the next line is a link and hardly
 * more.  heading: it stands in <h1>-<h6>; elsewhere, the list must be one, or a colon must end the line.
 * marker: as readalso_match gives it, but that the whole line is the label.
 */
bool page_topic_heads(struct page_finder *, uint32_t line, bool heading, struct readalso *marker);

#endif
