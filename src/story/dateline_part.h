/* The parts of a dateline, each told by itself: places, dates, agencies, sites. */
#ifndef KAWAT_STORY_DATELINE_PART_H
#define KAWAT_STORY_DATELINE_PART_H

#include "story/dateline.h"

enum {
	DATELINE_PLACE_BYTES = 60,
	DATELINE_DATE_BYTES = 48,
};

/* The next word, parted by any space; removes it from *rest. */
struct str dateline_word(struct str *rest);

/* "Nov. 22", "22 nov 2025", "7 March", "22/11/2025": digits with a month, or numbers alone. */
bool dateline_is_date(struct str);

/* Begins with a capital, or with a letter that knows no case. */
bool dateline_begins_big(struct str word);

/* A few words that begin big ("Rio de Janeiro"), without digits and signs. */
bool dateline_is_place(struct str);

/* All letters that have a case are capitals. */
bool dateline_is_caps(struct str);

/* "KOMPAS.com", "REPUBLIKA.CO.ID": a name and top-level letters, no space. */
bool dateline_is_site(struct str);

/* A known agency, or a name that could be one; sets agency and desk. */
bool dateline_read_agency(struct str, struct dateline *);

#endif
