/*
 * Where a headline and the kicker beside it ("BREAKING", a section, 速報) are parted by the style
 * sheet alone: <a><span>BREAKING</span>Ship comes home</a> has no space between them.
 */
#ifndef KAWAT_STORY_PAGE_KICKER_H
#define KAWAT_STORY_PAGE_KICKER_H

#include "story/page_map.h"

/*
 * Is a space meant between the leaf and the next one of its line?  Not within a word whose
 * letters are styled ("Sa<b>t</b>u", "<b>M</b>ICRO", "You<b>Tube</b>").
 */
bool page_kicker_parts(const struct page_map *, uint32_t leaf);

#endif
