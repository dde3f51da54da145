/*
 * From elements to items: what stands where, in any mixture of the vocabularies, and the
 * fields of the feed and of the item that is being read.
 *
 *   document -- rss, RDF, feed --> FEED -- item, entry --> ITEM -- source --> ORIGIN
 *                                    |-- image --> IMAGE     |-- author --> PERSON
 * (anywhere) and in each of them FIELD: an element whose text is collected (capture.h),
 * and SKIP: an element that means nothing, with all in it.
 *
 * build.c knows the places; what a field's text and attributes become is in field.h.
 */
#ifndef KAWAT_FEED_BUILD_H
#define KAWAT_FEED_BUILD_H

#include "base/arena.h"
#include "base/err.h"
#include "feed/capture.h"
#include "feed/item.h"
#include "feed/names.h"
#include "feed/reader.h"
#include "feed/xml.h"

enum place {
	PLACE_DOCUMENT, /* outside the root */
	PLACE_FEED,
	PLACE_ITEM,
	PLACE_ORIGIN,
	PLACE_IMAGE,
	PLACE_PERSON,
	PLACE_WORDS, /* HTML in a person: its text is the person's */
	PLACE_FIELD,
	PLACE_SKIP,
};

/* An open element. */
struct frame {
	enum place place; /* of what is in it */
	struct feed_word word;
	size_t names_mark;
	size_t inherited_n; /* of builder.inherited, before it */
	struct str_at {
		size_t at, n;
	} base, language; /* in builder.inherited */
};

/* How the text of a field is to be read as one line. */
enum line_kind {
	LINE_TEXT,  /* as it is */
	LINE_HTML,  /* it is markup */
	LINE_GUESS, /* markup when it looks like it */
};

/* The field whose text is being collected, with those of its attributes that matter. */
struct field {
	struct feed_word word;
	enum line_kind line;
	bool base64;       /* it says so, or its media type does */
	bool maybe_base64; /* only the type does */
	bool permalink;    /* guid */
	struct str term, scheme,
	    label; /* category; url of a source as term; in `scratch` */
};

enum { BUILD_RANKS = MEANS_MEDIA_CONTENT + 1, BUILD_NO_RANK = 255 };

/* Which rank has filled a field, by its meaning. */
struct ranks {
	uint8_t of[BUILD_RANKS];
};

struct builder {
	struct xml *xml; /* to stop it */
	feed_item_handler *handler;
	void *ctx;
	size_t max_items;
	struct names names;
	struct frame frames[FEED_MAX_DEPTH + 1]; /* 0: the document */
	size_t depth;
	struct buf inherited; /* bases and languages of the open elements */
	struct capture capture;
	struct field field;
	struct arena *scratch; /* until the end of a field */
	struct arena *brief;   /* until the end of a function */
	struct arena *feed_arena, *item_arena;
	struct feed_head head;
	struct str feed_language; /* xml:lang on the feed */
	int64_t period_minutes, frequency; /* of updates, -1: not said */
	struct ranks feed_ranks, item_ranks, origin_ranks;
	struct feed_item item;
	struct buf summary, content,
	    full_text; /* the texts of the item, swapped with the capture's */
	bool in_item;
	bool is_bare_rdf; /* RDF that may be about anything: no channel, no item so far */
	size_t feed_used,
	    item_used;     /* bytes in lists and people, against FEED_MAX_FIELDS_BYTES */
	int64_t item_date; /* dc:date */
	bool item_date_local;
	struct str permalink, original_enclosure;
	struct feed_person person; /* being read; in the arena of its place */
	struct feed_people origin_people;
	enum place person_place; /* where the person stands */
	struct err why;          /* kind set: this is no feed */
};

/* What the feed itself lacks, when all is read. */
void builder_finish(struct builder *);

void builder_init(struct builder *, const struct feed_source *, size_t max_items,
    feed_item_handler *, void *ctx);
void builder_clear(struct builder *);

/* The handlers for xml_new, with the builder as ctx. */
struct xml_events builder_events(struct builder *);

/* --- for the files that fill fields (field.h) --- */

/* The base address and the language in force at the innermost element. */
struct str builder_base(const struct builder *);
struct str builder_language(const struct builder *);

#endif
