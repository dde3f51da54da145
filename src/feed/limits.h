/*
 * What one feed may cost.  Every bound is far above what honest feeds need, and each has
 * a test on both sides.  How many bytes and items a feed may have is the caller's (struct
 * feed_limits).
 */
#ifndef KAWAT_FEED_LIMITS_H
#define KAWAT_FEED_LIMITS_H

enum {
	/* Asked of the caller for a fetched feed; `kawat parse` sets neither. */
	FEED_MAX_BYTES =
	    16 * 1024 * 1024,   /* as they come; the largest honest ones have some 10 MB */
	FEED_MAX_ITEMS = 50000, /* archives of podcasts have some 5,000 */

	/* --- XML --- */
	/* Deeper elements are flattened: real ones stay below 60, pasted tables among
	   them. */
	FEED_MAX_DEPTH = 256,
	/* The rest is passed over; HTML pasted from office programs has some 20. */
	FEED_MAX_ATTRIBUTES = 256,
	/* An element or attribute name that is longer stands for nothing known. */
	FEED_MAX_NAME_BYTES = 1024,
	/* Of one tag, whole: a picture inlined as data: in an attribute. */
	FEED_MAX_TAG_BYTES = 1024 * 1024,
	/*
	 * Different names of elements and attributes.  Each stays in expat's tables until
	 * its end, so beyond this expat is left; the largest podcast feed seen has some
	 * 150.
	 */
	FEED_MAX_NAMES = 4096,
	FEED_MAX_NAMES_BYTES = 1024 * 1024,
	/* A processing instruction without its ?> ends at the first > instead. */
	FEED_MAX_INSTRUCTION_BYTES = 16 * 1024,
	/* An internal subset; those of the old RSS and XHTML DTDs have some 30 kB. */
	FEED_MAX_DOCTYPE_BYTES = 1024 * 1024,
	FEED_MAX_ENTITIES = 1024, /* HTML has 253 in its own DTD */
	FEED_MAX_ENTITY_BYTES =
	    4096, /* of what one stands for; more is a bomb and stands for nothing */
	FEED_MAX_EXPANSION_BYTES =
	    1024 * 1024, /* of all references to declared entities together */
	FEED_MAX_NAMESPACES =
	    128, /* bindings in force at once; each name is sought among them */
	/* What may stand before the root element: a DOCTYPE, warnings of a server,
	   comments. */
	FEED_MAX_JUNK_BYTES = 2 * 1024 * 1024,

	/* --- fields --- */
	FEED_MAX_MARKUP_BYTES =
	    8 * 1024 * 1024, /* of one content or summary; the rest is cut */
	FEED_MAX_LINE_BYTES =
	    64 * 1024, /* of any other field, as it stands in the source */
	FEED_MAX_TITLE_BYTES =
	    16 * 1024, /* of a line when it is text; a title is far shorter */
	FEED_MAX_BASE_BYTES =
	    8 * 1024, /* of a base address; nested ones would grow with the depth */
	FEED_MAX_LANGUAGE_BYTES = 64, /* a tag of RFC 5646 is hardly longer than 35 */
	FEED_MAX_LIST =
	    1000, /* links, categories, enclosures, people of one item, or of the feed */
	/* All fields of the feed itself, or of an item beside its texts: nothing is added
	   after it. */
	FEED_MAX_FIELDS_BYTES = 4 * 1024 * 1024,

	/* --- JSON --- */
	FEED_MAX_JSON_BYTES = 16 * 1024 * 1024, /* it is read whole */
	FEED_MAX_JSON_DEPTH = 256,              /* JSON Feed needs five */
	FEED_MAX_JSON_VALUES = 1000 * 1000, /* each takes some 100 bytes in the tree */
};

#endif
