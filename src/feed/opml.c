/*
 * The sections that are open stand in `path`, one behind the other with '/' between; each element
 * remembers how long it was outside of it.  Feeds add nothing to it, so a list whose feeds were
 * never closed is read as if they had been.
 */
#include "feed/opml.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "feed/limits.h"
#include "feed/names.h"
#include "feed/repairs.h"
#include "feed/root.h"
#include "feed/xml.h"

enum attribute { TEXT, TITLE, XML_URL, HTML_URL, URL, TYPE, CATEGORY, LANGUAGE, ATTRIBUTES };

struct element {
	size_t path; /* its length outside of this element */
	size_t n_sections; /* open outside of it */
	int64_t pending; /* number of an outline that names an empty address and has nothing inside
			    so far; 0: it is no such one */
	bool is_outline;
};

struct opml_reader {
	struct list_sink *sink;
	struct xml_events events;
	struct xml *xml;
	struct buf path;
	size_t n_sections; /* in it */
	struct element open[FEED_MAX_DEPTH + 1];
	size_t depth;
	int64_t n_outlines;
	bool rooted;
	struct err why; /* it is no OPML */
};

/* --- attributes --- */

static void
take_attributes(const struct xml_attribute *from, size_t n, struct str values[ATTRIBUTES],
    bool *named_address)
{
	static const struct str names[ATTRIBUTES] = {STR_INIT("text"), STR_INIT("title"),
	    STR_INIT("xmlUrl"), STR_INIT("htmlUrl"), STR_INIT("url"), STR_INIT("type"),
	    STR_INIT("category"), STR_INIT("language")};
	memset(values, 0, ATTRIBUTES * sizeof(*values));
	*named_address = false;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < ATTRIBUTES; k++)
			if (values[k].n == 0 && str_eq_nocase(from[i].name, names[k])) {
				values[k] = from[i].value;
				*named_address = *named_address || k == XML_URL;
			}
}

static bool
is_type(struct str type, const struct str *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(str_trim(type), list[i]))
			return true;
	return false;
}

static bool
is_feed_type(struct str type)
{
	static const struct str types[] = {STR_INIT("rss"), STR_INIT("atom"), STR_INIT("rss1"),
	    STR_INIT("rdf"), STR_INIT("feed")};
	return is_type(type, types, COUNT_OF(types));
}

static bool
is_link_type(struct str type)
{
	static const struct str types[] = {STR_INIT("include"), STR_INIT("link")};
	return is_type(type, types, COUNT_OF(types));
}

/* A name that is white space alone is none. */
static struct str
name_of(const struct str values[ATTRIBUTES])
{
	return str_trim(values[TITLE]).n ? values[TITLE] : values[TEXT];
}

/* --- sections --- */

/* OPML 2.0: `/Boston/Weather,/Harvard`; the first of them. */
static struct str
section_of_category(struct opml_reader *r, struct str category)
{
	struct str first, part, rest;
	struct buf b = {0};
	str_cut(category, ',', &first, &rest);
	for (rest = first; rest.n && b.n < LIST_MAX_NAME_BYTES;) {
		str_cut(rest, '/', &part, &rest);
		part = list_section_part(r->sink->arena, part);
		if (part.n == 0)
			continue;
		if (b.n)
			buf_char(&b, '/');
		buf_add(&b, part);
	}
	struct str section = arena_str(r->sink->arena, buf_str(&b));
	buf_clear(&b);
	return section;
}

/* What does not fit is left away whole: the feeds of the deepest folders stand in those outside. */
static void
enter_section(struct opml_reader *r, struct str name)
{
	struct str part = utf8_cut(list_section_part(r->sink->arena, name), LIST_MAX_NAME_BYTES / 4);
	if (part.n && r->n_sections < LIST_MAX_DEPTH && r->path.n + 1 + part.n <= LIST_MAX_NAME_BYTES) {
		if (r->path.n)
			buf_char(&r->path, '/');
		buf_add(&r->path, part);
		r->n_sections++;
	}
	arena_reset(r->sink->arena);
}

/* --- outlines --- */

static void
tell_feed(struct opml_reader *r, struct str url, const struct str values[ATTRIBUTES])
{
	struct list_entry entry = {.place = r->n_outlines, .title = name_of(values),
	    .site = values[HTML_URL], .section = buf_str(&r->path)};
	struct str language = str_trim(values[LANGUAGE]);
	if (r->path.n == 0)
		entry.section = section_of_category(r, values[CATEGORY]);
	/* the option takes no word with a space or quote in it, and no language is such a word */
	if (language.n && language.n <= FEED_MAX_LANGUAGE_BYTES &&
	    !str_eq_nocase(language, STR("unknown")) && str_find_char(language, ' ') == STR_NONE &&
	    str_find_char(language, '"') == STR_NONE && str_find_char(language, '#') == STR_NONE)
		entry.options = arena_cat(r->sink->arena, STR("lang="), language);
	list_sink_feed(r->sink, url, entry);
}

static void
on_outline(struct opml_reader *r, const struct xml_attribute *attributes, size_t n)
{
	struct str values[ATTRIBUTES];
	bool named_address;
	r->n_outlines++;
	take_attributes(attributes, n, values, &named_address);
	struct str url = values[XML_URL];
	if (url.n == 0 && is_feed_type(values[TYPE]))
		url = values[URL];
	if (url.n || is_feed_type(values[TYPE])) {
		tell_feed(r, url, values);
	} else if (is_link_type(values[TYPE])) {
		list_sink_left_out(r->sink, r->n_outlines, values[URL],
		    "a link to something else; nothing is fetched for it");
	} else {
		enter_section(r, values[TEXT].n ? values[TEXT] : values[TITLE]);
		r->open[r->depth - 1].pending = named_address ? r->n_outlines : 0;
	}
}

/* --- events --- */

static void
refuse(struct opml_reader *r, struct str name)
{
	static const struct str feeds[] = {STR_INIT("rss"), STR_INIT("feed"), STR_INIT("rdf")};
	struct str what = root_stranger(name);
	if (str_eq_nocase(name, STR("html")) || what.n)
		err_set(&r->why, ERR_INPUT, "not a list of feeds: %.*s",
		    STR_ARG(what.n ? what : STR("it is a web page")));
	else if (is_type(name, feeds, COUNT_OF(feeds)))
		err_set(&r->why, ERR_INPUT, "not a list of feeds but a feed itself");
	else
		err_set(&r->why, ERR_INPUT, "not a list of feeds: no OPML in it");
	xml_stop(r->xml);
}

static void
on_start(void *ctx, struct str qualified, const struct xml_attribute *attributes, size_t n)
{
	struct opml_reader *r = ctx;
	struct str prefix, name = names_local(qualified, &prefix);
	if (!r->rooted && !str_eq_nocase(name, STR("opml")) &&
	    !str_eq_nocase(name, STR("outline"))) {
		refuse(r, name);
		return;
	}
	r->rooted = true;
	if (r->depth)
		r->open[r->depth - 1].pending = 0;
	if (r->depth < COUNT_OF(r->open))
		r->open[r->depth++] =
		    (struct element){r->path.n, r->n_sections, 0, str_eq_nocase(name, STR("outline"))};
	if (str_eq_nocase(name, STR("outline")))
		on_outline(r, attributes, n);
}

static void
on_end(void *ctx, struct str name)
{
	struct opml_reader *r = ctx;
	(void)name;
	if (r->depth == 0)
		return;
	struct element *e = &r->open[--r->depth];
	r->path.n = e->path;
	r->n_sections = e->n_sections;
	if (e->pending)
		list_sink_left_out(r->sink, e->pending, STR(""), "no address");
}

static void
on_text(void *ctx, struct str text)
{
	(void)ctx;
	(void)text;
}

/*
 * Elements that are deeper than any may be would be passed over; an outline among them is taken
 * for a neighbour of the one outside of it instead, so that no feed is lost.
 */
static bool
on_closes(void *ctx, struct str name, bool mending)
{
	const struct opml_reader *r = ctx;
	return mending && r->depth >= FEED_MAX_DEPTH - 1 && r->open[r->depth - 1].is_outline &&
	       str_eq_nocase(name, STR("outline"));
}

static bool
on_in_markup(void *ctx)
{
	(void)ctx;
	return false;
}

/* --- public --- */

struct opml_reader *
opml_reader_new(struct list_sink *sink)
{
	struct opml_reader *r = heap_alloc(sizeof(*r));
	r->sink = sink;
	sink->outlines = true;
	r->events = (struct xml_events){on_start, on_end, on_text, on_closes, on_in_markup, r};
	r->xml = xml_new(&r->events);
	return r;
}

void
opml_reader_free(struct opml_reader *r)
{
	if (!r)
		return;
	xml_free(r->xml);
	buf_clear(&r->path);
	free(r);
}

bool
opml_reader_push(struct opml_reader *r, struct bytes bytes, struct err *e)
{
	xml_push(r->xml, bytes);
	if (r->why.kind != ERR_NONE)
		*e = r->why;
	return r->why.kind == ERR_NONE;
}

bool
opml_reader_end(struct opml_reader *r, struct err *e)
{
	xml_end(r->xml);
	if (r->why.kind == ERR_NONE && !r->rooted)
		refuse(r, STR(""));
	if (r->why.kind != ERR_NONE) {
		*e = r->why;
		return false;
	}
	if (xml_repairs(r->xml)->kinds & REPAIR_CUT)
		list_sink_note(r->sink, 0, "the end of the list is missing; what stands before it "
					   "was read");
	return true;
}
