/*
 * The elements that feeds are made of (vocabulary.def): namespaces by their address,
 * elements by namespace and name.  Names are matched by namespace and not by prefix,
 * without regard to case: feeds with an upper-case root or `pubdate` are read like all
 * others.
 */
#ifndef KAWAT_FEED_VOCABULARY_H
#define KAWAT_FEED_VOCABULARY_H

#include "base/str.h"

enum feed_space {
	SPACE_NONE, /* no namespace: the format's own, where the document has none */
	SPACE_RSS,
	SPACE_RDF,
	SPACE_ATOM,
	SPACE_DC,
	SPACE_DCTERMS,
	SPACE_CONTENT,
	SPACE_ITUNES,
	SPACE_MEDIA,
	SPACE_FEEDBURNER,
	SPACE_XHTML,
	SPACE_XML,
	SPACE_YANDEX,
	SPACE_TURBO,
	SPACE_RAMBLER,
	SPACE_GEORSS,
	SPACE_GML,
	SPACE_GEO,
	SPACE_SYNDICATION,
	SPACE_HISTORY,
	SPACE_OTHER, /* some other namespace: it never fills a field */
};

enum feed_meaning {
	MEANS_NONE, /* nothing that is read */
	MEANS_RSS,
	MEANS_RDF,
	MEANS_FEED,
	MEANS_CHANNEL,
	MEANS_ITEMS,
	MEANS_ITEM,
	MEANS_IMAGE,
	MEANS_ATOM_SOURCE,
	MEANS_RSS_SOURCE,
	MEANS_TITLE,
	MEANS_SUMMARY,
	MEANS_SUBTITLE,
	MEANS_CONTENT,
	MEANS_FULL_TEXT,
	MEANS_LINK,
	MEANS_ORIGINAL_LINK,
	MEANS_ID,
	MEANS_COMMENTS,
	MEANS_ENCLOSURE,
	MEANS_ORIGINAL_ENCLOSURE,
	MEANS_CATEGORY,
	MEANS_CATEGORY_TREE,
	MEANS_KEYWORDS,
	MEANS_AUTHOR,
	MEANS_CONTRIBUTOR,
	MEANS_NAME,
	MEANS_EMAIL,
	MEANS_URI,
	MEANS_PUBLISHED,
	MEANS_UPDATED,
	MEANS_DATE,
	MEANS_LANGUAGE,
	MEANS_RIGHTS,
	MEANS_GENERATOR,
	MEANS_TTL,
	MEANS_SKIP,
	MEANS_HOUR,
	MEANS_DAY,
	MEANS_PERIOD,
	MEANS_FREQUENCY,
	MEANS_COMPLETE,
	MEANS_ARCHIVE,
	MEANS_ICON,
	MEANS_LOGO,
	MEANS_PICTURE,
	MEANS_DURATION,
	MEANS_WHERE,
	MEANS_PLACE,
	MEANS_POINT,
	MEANS_LATITUDE,
	MEANS_LONGITUDE,
	MEANS_MEDIA_GROUP,
	MEANS_MEDIA_CONTENT,
};

struct feed_word {
	enum feed_space space;
	enum feed_meaning meaning;
	unsigned
	    rank; /* lower is better; WORD_FOREIGN is added to another format's word */
};

/* Rank of a word that is not of the document's own format: after all own ones. */
enum { WORD_FOREIGN = 10 };

/* The namespace of an address; SPACE_OTHER when it is none of the known. */
enum feed_space feed_space_of(struct str address);

/* What an undeclared prefix is usually bound to; SPACE_OTHER when nothing is usual. */
enum feed_space feed_space_usual(struct str prefix);

/* The words by hash; filled once for each document, so that a look-up is one probe. */
enum { VOCABULARY_SLOTS = 512, VOCABULARY_MAX_NAME = 24 };

struct vocabulary {
	uint8_t slot[VOCABULARY_SLOTS]; /* 0: free, else the row + 1 */
};

void vocabulary_init(struct vocabulary *);

/*
 * What the element is.  `own` is the space of the document's own format (SPACE_RSS or
 * SPACE_ATOM); names in SPACE_NONE are looked up there, then in the other of the two.
 */
struct feed_word vocabulary_word(
    const struct vocabulary *, enum feed_space, struct str name, enum feed_space own);

#endif
