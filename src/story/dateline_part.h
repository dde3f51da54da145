/* The parts of a dateline, each told by itself: dates, agencies, sites. */
#ifndef KAWAT_STORY_DATELINE_PART_H
#define KAWAT_STORY_DATELINE_PART_H

#include "story/dateline.h"

enum {
	DATELINE_DATE_BYTES = 48,
};

/* "Nov. 22", "22 nov 2025", "7 March", "22/11/2025": digits with a month, or numbers alone. */
bool dateline_is_date(struct str);

/* "KOMPAS.com", "REPUBLIKA.CO.ID": a name and top-level letters, no space. */
bool dateline_is_site(struct str);

/* A known agency, or a name that could be one; sets agency and desk. */
bool dateline_read_agency(struct str, struct dateline *);

#endif
