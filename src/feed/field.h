/*
 * Fields: what the attributes and the text of an element become, and where it goes.
 *
 *   field_begin.c  attributes; how the text will be collected
 *   field_text.c   the collected text as a line, an address, a number
 *   field_end.c    the text into its place; people; what an item lacks at its end
 *   target.c       the places
 */
#ifndef KAWAT_FEED_FIELD_H
#define KAWAT_FEED_FIELD_H

#include "feed/build.h"

/* --- target.c --- */

/* The fields of one place, under the names that its kinds of places share; NULL: it has
 * none. */
struct target {
	struct arena *arena;
	struct ranks *ranks;
	size_t *used;
	struct str *id, *title, *link, *rights, *language, *image, *feed_url;
	int64_t *published, *updated;
	bool *published_local, *updated_local; /* NULL: not kept */
	struct feed_categories *categories;
	struct feed_links *links;
	struct feed_enclosures *enclosures;
};

struct target target_of(struct builder *, enum place);

/* Was the field not filled yet, or by something worse?  Then it is this rank's now. */
bool target_take(const struct target *, struct feed_word);
bool target_is_better(const struct target *, struct feed_word);

/* Fill a field with a copy, if the value is not empty and the rank is better. */
void target_take_str(
    const struct target *, struct str *field, struct feed_word, struct str value);

/* May one more be added to a list of n_list? */
bool target_has_room(const struct target *, size_t n_list);

/* A copy for a list; it counts. */
struct str target_keep(const struct target *, struct str);

/* Nothing is added twice, nor when there is no room. */
void target_add_category(const struct target *, struct feed_category);
void target_add_link(const struct target *, struct feed_link);
void target_add_enclosure(const struct target *, struct feed_enclosure);

/* --- field_text.c; results live until the end of the field, or are borrowed --- */

struct str field_one_line(struct builder *, struct str raw, enum line_kind);
struct str field_raw(struct builder *);  /* the text collected, base64 undone */
struct str field_line(struct builder *); /* the same as one line */
struct str field_attribute(struct builder *, struct str value); /* as one line */

/* Absolute where a base is known.  A name and a password in it are nobody's business. */
struct str field_address(struct builder *, struct str value);

int64_t field_number(struct str);   /* -1: none */
int64_t field_duration(struct str); /* seconds of "90", "1:30", "0:01:30"; -1: none */

/* --- field_begin.c --- */

/* Attributes by name, whatever its letter case, in no namespace; empty when missing. */
struct str attribute_of(const struct xml_attribute *, size_t n, const char *name);

/* An element begins in a place: take what its attributes alone say. */
void field_attributes(struct builder *, enum place, struct feed_word,
    const struct xml_attribute *, size_t n);

/* Is this meaning's text collected at all in the place? */
bool field_is_wanted(enum place, enum feed_meaning);

/* The element's text is wanted: choose how it is collected. */
void field_begin(
    struct builder *, struct feed_word, const struct xml_attribute *, size_t n);

/* --- field_end.c --- */

/* The text is there; `place` is where the element stands. */
void field_end(struct builder *, enum place);

void field_person_begin(struct builder *, enum place);
void field_person_end(struct builder *, struct feed_word);

/* What an item lacks at its end is taken from where the contract says. */
void field_finish_item(struct builder *);

#endif
