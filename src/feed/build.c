#include "feed/build.h"

#include <string.h>

#include "base/utf8.h"
#include "feed/field.h"
#include "feed/root.h"
#include "feed/wish.h"
#include "text/clean.h"
#include "text/url.h"

static struct frame *
top(struct builder *b)
{
	return &b->frames[b->depth];
}

static struct str
inherited(const struct builder *b, struct str_at s)
{
	return str_sub(buf_str(&b->inherited), s.at, s.n);
}

struct str
builder_base(const struct builder *b)
{
	return inherited(b, b->frames[b->depth].base);
}

struct str
builder_language(const struct builder *b)
{
	return inherited(b, b->frames[b->depth].language);
}

/* --- what elements inherit --- */

static struct str_at
keep_inherited(struct builder *b, struct str s)
{
	struct str_at place = {b->inherited.n, s.n};
	buf_add(&b->inherited, s);
	return place;
}

/* xml:base, resolved outward; one that is no usable address is ignored. */
static void
take_base(struct builder *b, struct frame *frame, struct str value)
{
	value = str_trim(value);
	struct str base = url_resolve(b->brief, inherited(b, frame->base), value);
	if (value.n && base.n && base.n <= FEED_MAX_BASE_BYTES && url_is_http(base))
		frame->base = keep_inherited(b, base);
}

static void
take_language(struct builder *b, struct frame *frame, struct str value)
{
	frame->language =
	    keep_inherited(b, utf8_cut(text_clean_line(b->brief, bytes_of_str(value)),
				  FEED_MAX_LANGUAGE_BYTES));
}

static void
take_inherited(struct builder *b, struct frame *frame,
    const struct xml_attribute *attributes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(attributes[i].name, STR("xml:base")))
			take_base(b, frame, attributes[i].value);
		else if (str_eq(attributes[i].name, STR("xml:lang")))
			take_language(b, frame, attributes[i].value);
		else
			continue;
		arena_reset(b->brief);
	}
}

/* --- items --- */

/* rdf:about, or about in RSS 1.1. */
static struct str
about_of(const struct builder *b, const struct xml_attribute *attributes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str prefix, local = names_local(attributes[i].name, &prefix);
		if (str_eq(local, STR("about")) && prefix.n &&
		    names_space(&b->names, prefix) == SPACE_RDF)
			return attributes[i].value;
	}
	return STR("");
}

static void
take_about(struct builder *b, struct arena *arena, struct ranks *ranks, struct str *id,
    const struct xml_attribute *attributes, size_t n)
{
	struct str about = about_of(b, attributes, n);
	if (!about.n || about.n > FEED_MAX_LINE_BYTES ||
	    ranks->of[MEANS_ID] != BUILD_NO_RANK)
		return;
	*id = arena_str(arena, text_clean_line(b->scratch, bytes_of_str(about)));
	ranks->of[MEANS_ID] = 1; /* a guid is better, dc:identifier is not */
}

static void
begin_item(struct builder *b, const struct xml_attribute *attributes, size_t n)
{
	arena_reset(b->item_arena);
	memset(&b->item_ranks, BUILD_NO_RANK, sizeof(b->item_ranks));
	memset(&b->origin_ranks, BUILD_NO_RANK, sizeof(b->origin_ranks));
	b->item = (struct feed_item){.published = FEED_NO_TIME,
	    .updated = FEED_NO_TIME,
	    .duration = -1,
	    .place = {.latitude = FEED_NO_DEGREES, .longitude = FEED_NO_DEGREES},
	    .source.updated = FEED_NO_TIME};
	b->item_date = FEED_NO_TIME;
	b->permalink = b->original_enclosure = STR("");
	b->origin_people = (struct feed_people){0};
	b->item_used = 0;
	b->in_item = true;
	take_about(b, b->item_arena, &b->item_ranks, &b->item.id, attributes, n);
}

static void
end_item(struct builder *b)
{
	field_finish_item(b);
	b->in_item = false;
	b->head.n_items++;
	b->handler(b->ctx, &b->item);
	if (b->max_items && b->head.n_items >= b->max_items)
		xml_stop(b->xml);
}

/* --- the root --- */

/* The first element is none of a feed: a page, a list, or a warning before the feed. */
static void
refuse_root(struct builder *b, struct frame *frame, struct str local)
{
	frame->place = PLACE_DOCUMENT;
	struct str what = root_stranger(local);
	if (!what.n && names_html(local) != HTML_TAG_UNKNOWN) {
		xml_no_root(b->xml);
		return;
	}
	if (what.n)
		err_set(&b->why, ERR_INPUT, "not a feed: %.*s", STR_ARG(what));
	else
		err_set(&b->why, ERR_INPUT, "not a feed: its root element is '%.*s'",
		    STR_ARG(
			utf8_cut(text_clean_line(b->scratch, bytes_of_str(local)), 60)));
	xml_stop(b->xml);
}

/* A root of a known name in an unknown namespace makes that namespace its format's own.
 */
static struct feed_word
adopt_root(struct builder *b, struct feed_word word, struct str prefix, struct str local)
{
	struct feed_word rss = {SPACE_RSS, MEANS_RSS, 0},
			 atom = {SPACE_ATOM, MEANS_FEED, 0};
	if (str_eq_nocase(local, STR("rss"))) {
		word = rss;
	} else if (str_eq_nocase(local, STR("feed"))) {
		word = atom;
	} else {
		return word;
	}
	enum feed_space space = names_space(&b->names, prefix);
	if (space != word.space && space != SPACE_NONE)
		names_adopt(&b->names, prefix, word.space);
	return word;
}

static void
begin_root(struct builder *b, struct frame *frame, struct str name,
    const struct xml_attribute *attributes, size_t n)
{
	struct str prefix, local = names_local(name, &prefix);
	struct str version = attribute_of(attributes, n, "version");
	struct feed_word word = adopt_root(b, frame->word, prefix, local);
	frame->word = word;
	frame->place = PLACE_FEED;
	b->names.own = word.space == SPACE_ATOM ? SPACE_ATOM : SPACE_RSS;
	if (word.meaning == MEANS_RSS) {
		b->head.format = root_rss(version);
	} else if (word.meaning == MEANS_RDF) {
		b->head.format = root_rdf(attributes, n, prefix);
		b->is_bare_rdf = b->head.format == FEED_RSS;
	} else if (word.meaning == MEANS_CHANNEL && word.space == SPACE_RSS &&
		   root_rdf(attributes, n, prefix) == FEED_RSS11) {
		b->head.format = FEED_RSS11;
	} else if (word.meaning == MEANS_FEED) {
		b->head.format = root_atom(root_space(attributes, n, prefix), version);
	} else if (word.meaning == MEANS_ITEM && word.space == SPACE_ATOM &&
		   names_space(&b->names, prefix) == SPACE_ATOM) {
		b->head.format = root_atom(root_space(attributes, n, prefix), version);
		frame->place = PLACE_ITEM;
		begin_item(b, attributes, n);
	} else {
		refuse_root(b, frame, local);
	}
}

/* --- elements --- */

static enum place
place_in_feed(struct builder *b, struct feed_word word,
    const struct xml_attribute *attributes, size_t n)
{
	switch ((int)word.meaning) {
	case MEANS_CHANNEL:
		b->is_bare_rdf = false;
		take_about(b, b->feed_arena, &b->feed_ranks, &b->head.id, attributes, n);
		if (b->head.format == FEED_RSS)
			b->head.format = root_rdf(attributes, n, STR(""));
		return PLACE_FEED;
	case MEANS_ITEMS:
	case MEANS_SKIP:
	case MEANS_CATEGORY_TREE: /* they stand one in the other */
		return PLACE_FEED;
	case MEANS_ITEM:
		b->is_bare_rdf = false;
		begin_item(b, attributes, n);
		return PLACE_ITEM;
	case MEANS_IMAGE:
		return PLACE_IMAGE;
	default:
		return PLACE_SKIP;
	}
}

static enum place
place_in_item(struct builder *b, enum feed_meaning meaning)
{
	switch ((int)meaning) {
	case MEANS_ITEM: /* it belongs to the outer one and is no item */
	case MEANS_CATEGORY_TREE:
	case MEANS_MEDIA_GROUP:
	case MEANS_MEDIA_CONTENT:
	case MEANS_WHERE:
		return PLACE_ITEM;
	case MEANS_ATOM_SOURCE:
		b->item.has_source = true;
		return PLACE_ORIGIN;
	default:
		return PLACE_SKIP;
	}
}

static enum place
place_of(struct builder *b, enum place in, struct feed_word word,
    const struct xml_attribute *attributes, size_t n)
{
	field_attributes(b, in, word, attributes, n);
	if (in != PLACE_SKIP && in != PLACE_IMAGE && in != PLACE_PERSON &&
	    in != PLACE_WORDS &&
	    (word.meaning == MEANS_AUTHOR || word.meaning == MEANS_CONTRIBUTOR)) {
		field_person_begin(b, in);
		field_begin(b, word, attributes, n);
		return PLACE_PERSON;
	}
	if (field_is_wanted(in, word.meaning)) {
		field_begin(b, word, attributes, n);
		return PLACE_FIELD;
	}
	switch (in) {
	case PLACE_FEED:
		return place_in_feed(b, word, attributes, n);
	case PLACE_ITEM:
		return place_in_item(b, word.meaning);
	case PLACE_IMAGE:
	case PLACE_ORIGIN:
	case PLACE_PERSON:
	case PLACE_WORDS:
	case PLACE_SKIP:
	case PLACE_FIELD:
	case PLACE_DOCUMENT:
		break;
	}
	return PLACE_SKIP;
}

/* An element inside a field: written out again as HTML. */
static void
start_in_field(
    struct builder *b, struct str local, const struct xml_attribute *attributes, size_t n)
{
	const struct frame *field = top(b);
	while (field > b->frames && field[-1].place == PLACE_FIELD)
		field--;
	struct str base = builder_base(b);
	bool same = top(b)->base.at == field->base.at && top(b)->base.n == field->base.n;
	capture_start(&b->capture, local, attributes, n, same ? STR("") : base, b->brief);
	if (!same)
		arena_reset(b->brief);
}

static void
drop_frame(struct builder *b)
{
	struct frame *frame = top(b);
	names_close(&b->names, frame->names_mark);
	b->inherited.n = frame->inherited_n;
	b->depth--;
}

/* <author>by <a href="...">Jo Doe</a></author> */
static bool
is_words(enum place outer, struct feed_word word, struct str local)
{
	return (outer == PLACE_PERSON || outer == PLACE_WORDS) &&
	       word.meaning == MEANS_NONE && names_html(local) != HTML_TAG_UNKNOWN;
}

static void
on_start(void *ctx, struct str name, const struct xml_attribute *attributes, size_t n)
{
	struct builder *b = ctx;
	struct frame *outer = top(b), *frame = outer + 1;
	struct str local;
	*frame = (struct frame){.place = outer->place,
	    .base = outer->base,
	    .language = outer->language,
	    .inherited_n = b->inherited.n};
	frame->names_mark = names_open(&b->names, attributes, n);
	take_inherited(b, frame, attributes, n);
	b->depth++;
	frame->word = names_word(&b->names, name, &local);
	if (outer->place == PLACE_FIELD)
		start_in_field(b, local, attributes, n);
	else if (outer->place == PLACE_DOCUMENT)
		begin_root(b, frame, name, attributes, n);
	else if (is_words(outer->place, frame->word, local))
		frame->place = PLACE_WORDS;
	else if (outer->place != PLACE_SKIP)
		frame->place = place_of(b, outer->place, frame->word, attributes, n);
	if (frame->place == PLACE_DOCUMENT)
		drop_frame(b);
	else if (frame->place == PLACE_FEED && !b->feed_language.n &&
		 builder_language(b).n)
		b->feed_language = arena_str(b->feed_arena, builder_language(b));
}

static void
leave(struct builder *b, const struct frame *frame, struct str name)
{
	enum place outer = frame[-1].place;
	struct str prefix;
	switch (frame->place) {
	case PLACE_FIELD:
		if (outer == PLACE_FIELD)
			capture_end(&b->capture, names_local(name, &prefix));
		else
			field_end(b, outer);
		break;
	case PLACE_PERSON:
		field_person_end(b, frame->word);
		break;
	case PLACE_ITEM:
		if (outer != PLACE_ITEM)
			end_item(b);
		break;
	case PLACE_DOCUMENT:
	case PLACE_FEED:
	case PLACE_ORIGIN:
	case PLACE_IMAGE:
	case PLACE_WORDS:
	case PLACE_SKIP:
		break;
	}
}

static void
on_end(void *ctx, struct str name)
{
	struct builder *b = ctx;
	struct frame *frame = top(b);
	leave(b, frame, name);
	drop_frame(b);
	if (frame[-1].place != PLACE_FIELD)
		arena_reset(b->scratch);
}

static void
on_text(void *ctx, struct str text)
{
	struct builder *b = ctx;
	enum place place = top(b)->place;
	if (place == PLACE_FIELD || place == PLACE_PERSON || place == PLACE_WORDS)
		capture_text(&b->capture, text);
}

/* --- what mending asks --- */

/* Is the content of the field markup, in which any element may stand? */
static bool
is_markup_field(enum feed_meaning meaning)
{
	return meaning == MEANS_SUMMARY || meaning == MEANS_SUBTITLE ||
	       meaning == MEANS_CONTENT || meaning == MEANS_FULL_TEXT;
}

/* Must a field be over, since this element begins?  An XHTML div may stand in any. */
static bool
closes_field(
    const struct builder *b, struct feed_word word, struct str local, bool mending)
{
	if (word.meaning == MEANS_NONE || word.space == SPACE_XHTML)
		return false;
	bool html = names_html(local) != HTML_TAG_UNKNOWN;
	if (is_markup_field(b->field.word.meaning))
		return mending && !html;
	return b->capture.depth == 0 || (mending && !html);
}

/* <enclosure url="..."><guid>: the slash was forgotten. */
static bool
has_no_content(struct feed_word word)
{
	return word.meaning == MEANS_ENCLOSURE || word.meaning == MEANS_PICTURE;
}

static bool
on_closes(void *ctx, struct str name, bool mending)
{
	struct builder *b = ctx;
	enum place place = top(b)->place;
	bool leaf =
	    place == PLACE_FIELD || (place == PLACE_SKIP && has_no_content(top(b)->word));
	if (!leaf && !mending)
		return false;
	struct str local;
	struct feed_word word = names_word(&b->names, name, &local);
	switch (place) {
	case PLACE_FIELD:
		return closes_field(b, word, local, mending);
	case PLACE_PERSON:
	case PLACE_WORDS:
		return word.meaning != MEANS_NONE && word.meaning != MEANS_NAME &&
		       word.meaning != MEANS_EMAIL && word.meaning != MEANS_URI;
	case PLACE_IMAGE:
		return word.meaning == MEANS_ITEM;
	case PLACE_SKIP:
		return (leaf && word.meaning != MEANS_NONE) ||
		       (word.meaning == MEANS_ITEM && !b->in_item);
	case PLACE_DOCUMENT:
	case PLACE_FEED:
	case PLACE_ITEM:
	case PLACE_ORIGIN:
		break;
	}
	return false;
}

static bool
on_in_markup(void *ctx)
{
	struct builder *b = ctx;
	return top(b)->place == PLACE_FIELD;
}

/* --- public --- */

void
builder_init(struct builder *b, const struct feed_source *source, size_t max_items,
    feed_item_handler *handler, void *ctx)
{
	*b = (struct builder){.handler = handler,
	    .ctx = ctx,
	    .max_items = max_items,
	    .scratch = arena_new(),
	    .brief = arena_new(),
	    .feed_arena = arena_new(),
	    .item_arena = arena_new()};
	names_init(&b->names);
	memset(&b->feed_ranks, BUILD_NO_RANK, sizeof(b->feed_ranks));
	b->head = (struct feed_head){.published = FEED_NO_TIME,
	    .updated = FEED_NO_TIME,
	    .ttl = -1,
	    .update_minutes = -1,
	    .wellformed = true};
	b->period_minutes = b->frequency = -1;
	b->frames[0].place = PLACE_DOCUMENT;
	b->frames[0].base =
	    keep_inherited(b, url_without_userinfo(b->scratch,
				  url_resolve(b->scratch, STR(""), source->url)));
}

void
builder_finish(struct builder *b)
{
	if (!b->head.language.n)
		b->head.language = b->feed_language;
	b->head.update_minutes = wish_minutes(b->period_minutes, b->frequency);
}

void
builder_clear(struct builder *b)
{
	names_clear(&b->names);
	buf_clear(&b->inherited);
	capture_clear(&b->capture);
	buf_clear(&b->summary);
	buf_clear(&b->content);
	buf_clear(&b->full_text);
	arena_free(b->scratch);
	arena_free(b->brief);
	arena_free(b->feed_arena);
	arena_free(b->item_arena);
}

struct xml_events
builder_events(struct builder *b)
{
	return (struct xml_events){on_start, on_end, on_text, on_closes, on_in_markup, b};
}
