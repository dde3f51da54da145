/*
 * The catalogue of feeds that the welcome screen offers: a file of lines (its format stands at its
 * head).  An own one in the configuration folder takes the place of the one that is shipped.
 */
#ifndef KAWAT_APP_FEED_CATALOGUE_H
#define KAWAT_APP_FEED_CATALOGUE_H

#include "app/app.h"

struct catalogue_feed {
	struct str lang, agency, name, url, note;
	struct str group; /* the language's own name */
	bool ticked; /* for a reader of `lang` as passed to catalogue_load */
};

struct catalogue {
	struct catalogue_feed *v;
	size_t n, cap;
};

enum { CATALOGUE_MAX_BYTES = 1024 * 1024, CATALOGUE_MAX_FEEDS = 5000 };

/* No catalogue anywhere is an empty one.  lang: the reader's, such as "id". */
void catalogue_load(struct catalogue *, struct app *, struct str lang);

#endif
