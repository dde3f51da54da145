#include "feed/field.h"

#include "feed/limits.h"
#include "text/url.h"

struct str
attribute_of(const struct xml_attribute *attributes, size_t n, const char *name)
{
	struct str wanted = str_z(name);
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(attributes[i].name, wanted))
			return attributes[i].value;
	return STR("");
}

/* --- attributes --- */

static bool
is_html_type(struct str type)
{
	return type.n == 0 || str_starts_nocase(type, STR("text/html")) ||
	       str_starts_nocase(type, STR("application/xhtml"));
}

/* RFC 4287 4.2.7.2: a registered relation may be written as an address. */
static struct str
relation(struct builder *b, struct str rel)
{
	struct str registry = STR("http://www.iana.org/assignments/relation/");
	rel = field_attribute(b, rel);
	if (str_starts_nocase(rel, registry))
		rel = str_from(rel, registry.n);
	return rel.n ? rel : STR("alternate");
}

/* An empty address is that of the base (RFC 3986 5.2.2); a missing one is none. */
static struct str
link_address(struct builder *b, const struct xml_attribute *attributes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(attributes[i].name, STR("href")))
			return str_trim(attributes[i].value).n
				   ? field_address(b, attributes[i].value)
				   : builder_base(b);
	return STR("");
}

/* An Atom link, in whatever format it stands. */
static void
take_link(struct builder *b, enum place place, struct feed_word word,
    const struct xml_attribute *attributes, size_t n)
{
	struct target t = target_of(b, place);
	struct feed_link link = {
	    .rel = relation(b, attribute_of(attributes, n, "rel")),
	    .href = link_address(b, attributes, n),
	    .type = field_attribute(b, attribute_of(attributes, n, "type")),
	    .title = field_attribute(b, attribute_of(attributes, n, "title")),
	    .hreflang = field_attribute(b, attribute_of(attributes, n, "hreflang")),
	    .length = field_number(attribute_of(attributes, n, "length")),
	};
	if (!link.href.n)
		return;
	target_add_link(&t, link);
	if (str_eq_nocase(link.rel, STR("alternate"))) {
		word.rank += !is_html_type(link.type);
		target_take_str(&t, t.link, word, link.href);
	} else if (str_eq_nocase(link.rel, STR("self")) && t.feed_url && !t.feed_url->n) {
		*t.feed_url = arena_str(t.arena, link.href);
	} else if (str_eq_nocase(link.rel, STR("enclosure"))) {
		target_add_enclosure(
		    &t, (struct feed_enclosure){link.href, link.type, link.length});
	} else if (str_eq_nocase(link.rel, STR("replies")) && place == PLACE_ITEM &&
		   link.type.n && is_html_type(link.type)) {
		word.meaning = MEANS_COMMENTS;
		word.rank += WORD_FOREIGN; /* RSS's own element is meant for it */
		target_take_str(&t, &b->item.comments, word, link.href);
	}
}

static void
take_picture(struct builder *b, enum place place, struct feed_word word,
    const struct xml_attribute *attributes, size_t n)
{
	struct target t = target_of(b, place);
	struct str url =
	    attribute_of(attributes, n, word.space == SPACE_ITUNES ? "href" : "url");
	struct str rel =
	    attribute_of(attributes, n, "rel"); /* <itunes:link rel="image"> */
	if ((place == PLACE_FEED && word.space != SPACE_ITUNES) ||
	    (rel.n && !str_eq_nocase(rel, STR("image"))))
		return;
	if (!url.n)
		url = attribute_of(
		    attributes, n, word.space == SPACE_ITUNES ? "url" : "href");
	word.meaning = MEANS_PICTURE;
	target_take_str(&t, t.image, word, field_address(b, url));
}

static bool
is_picture(const struct xml_attribute *attributes, size_t n)
{
	return str_eq_nocase(attribute_of(attributes, n, "medium"), STR("image")) ||
	       str_starts_nocase(attribute_of(attributes, n, "type"), STR("image/"));
}

void
field_attributes(struct builder *b, enum place place, struct feed_word word,
    const struct xml_attribute *attributes, size_t n)
{
	if (place != PLACE_FEED && place != PLACE_ITEM &&
	    (place != PLACE_ORIGIN || word.meaning != MEANS_LINK))
		return;
	struct target t = target_of(b, place);
	switch ((int)word.meaning) {
	case MEANS_LINK:
		take_link(b, place, word, attributes, n);
		break;
	case MEANS_ENCLOSURE:
		target_add_enclosure(
		    &t, (struct feed_enclosure){
			    field_address(b, attribute_of(attributes, n, "url")),
			    field_attribute(b, attribute_of(attributes, n, "type")),
			    field_number(attribute_of(attributes, n, "length"))});
		break;
	case MEANS_CATEGORY_TREE:
		target_add_category(&t,
		    (struct feed_category){
			.term = field_attribute(b, attribute_of(attributes, n, "text"))});
		break;
	case MEANS_PICTURE:
		take_picture(b, place, word, attributes, n);
		break;
	case MEANS_COMPLETE:
		b->head.complete |= place == PLACE_FEED;
		break;
	case MEANS_ARCHIVE:
		b->head.archive |= place == PLACE_FEED;
		break;
	case MEANS_MEDIA_CONTENT:
		if (is_picture(attributes, n))
			take_picture(b, place, word, attributes, n);
		break;
	default:
		break;
	}
}

/* --- the beginning of a field --- */

bool
field_is_wanted(enum place place, enum feed_meaning meaning)
{
	enum { IN_FEED = 1, IN_ITEM = 2, IN_ORIGIN = 4, IN_PERSON = 8, IN_IMAGE = 16 };
	static const uint8_t wanted[BUILD_RANKS] = {
	    [MEANS_TITLE] = IN_FEED | IN_ITEM | IN_ORIGIN,
	    [MEANS_SUMMARY] = IN_FEED | IN_ITEM,
	    [MEANS_SUBTITLE] = IN_FEED,
	    [MEANS_CONTENT] = IN_ITEM,
	    [MEANS_FULL_TEXT] = IN_ITEM,
	    [MEANS_LINK] = IN_FEED | IN_ITEM | IN_ORIGIN,
	    [MEANS_ORIGINAL_LINK] = IN_ITEM,
	    [MEANS_ID] = IN_FEED | IN_ITEM | IN_ORIGIN,
	    [MEANS_COMMENTS] = IN_ITEM,
	    [MEANS_ORIGINAL_ENCLOSURE] = IN_ITEM,
	    [MEANS_CATEGORY] = IN_FEED | IN_ITEM,
	    [MEANS_KEYWORDS] = IN_FEED | IN_ITEM,
	    [MEANS_NAME] = IN_PERSON,
	    [MEANS_EMAIL] = IN_PERSON,
	    [MEANS_URI] = IN_PERSON | IN_IMAGE,
	    [MEANS_PUBLISHED] = IN_FEED | IN_ITEM,
	    [MEANS_UPDATED] = IN_FEED | IN_ITEM | IN_ORIGIN,
	    [MEANS_DATE] = IN_FEED | IN_ITEM,
	    [MEANS_LANGUAGE] = IN_FEED | IN_ITEM,
	    [MEANS_RIGHTS] = IN_FEED | IN_ITEM | IN_ORIGIN,
	    [MEANS_GENERATOR] = IN_FEED,
	    [MEANS_TTL] = IN_FEED,
	    [MEANS_HOUR] = IN_FEED,
	    [MEANS_DAY] = IN_FEED,
	    [MEANS_PERIOD] = IN_FEED,
	    [MEANS_FREQUENCY] = IN_FEED,
	    [MEANS_ICON] = IN_FEED,
	    [MEANS_LOGO] = IN_FEED,
	    [MEANS_DURATION] = IN_ITEM,
	    [MEANS_PLACE] = IN_ITEM,
	    [MEANS_POINT] = IN_ITEM,
	    [MEANS_LATITUDE] = IN_ITEM,
	    [MEANS_LONGITUDE] = IN_ITEM,
	    [MEANS_RSS_SOURCE] = IN_ITEM,
	};
	switch ((int)place) {
	case PLACE_FEED:
		return wanted[meaning] & IN_FEED;
	case PLACE_ITEM:
		return wanted[meaning] & IN_ITEM;
	case PLACE_ORIGIN:
		return wanted[meaning] & IN_ORIGIN;
	case PLACE_PERSON:
		return wanted[meaning] & IN_PERSON;
	case PLACE_IMAGE:
		return wanted[meaning] & IN_IMAGE;
	default:
		return false;
	}
}

/* What the type of a text says. */
struct text_type {
	enum capture_kind capture;
	enum line_kind line;
	bool base64;
};

static bool
ends_nocase(struct str s, struct str suffix)
{
	return s.n >= suffix.n && str_eq_nocase(str_from(s, s.n - suffix.n), suffix);
}

/*
 * Atom's text constructs and content: 1.0 has types (RFC 4287 3.1.1, 4.1.3), 0.3 has
 * types and modes.  A media type that is neither text nor XML is base64.
 */
static struct text_type
atom_type(struct str type, struct str mode)
{
	static const struct text_type text = {CAPTURE_TEXT, LINE_TEXT, false};
	static const struct text_type html = {CAPTURE_HTML_ALL, LINE_HTML, false};
	static const struct text_type xhtml = {CAPTURE_XHTML, LINE_HTML, false};
	type = str_trim(str_sub(type, 0, str_find_char(type, ';')));
	bool is_html =
	    str_eq_nocase(type, STR("html")) || str_eq_nocase(type, STR("text/html"));
	bool is_xhtml = str_eq_nocase(type, STR("xhtml")) ||
			str_eq_nocase(type, STR("application/xhtml+xml"));
	if (str_eq_nocase(mode, STR("base64"))) {
		struct text_type decoded = is_html || is_xhtml ? html : text;
		decoded.base64 = true;
		return decoded;
	}
	if (str_eq_nocase(mode, STR("escaped")))
		return is_html || is_xhtml ? html : text;
	if (str_eq_nocase(mode, STR("xml")) && is_html)
		return xhtml;
	if (is_html || is_xhtml)
		return is_html ? html : xhtml;
	if (str_find_char(type, '/') == STR_NONE || str_starts_nocase(type, STR("text/")))
		return text;
	if (ends_nocase(type, STR("+xml")) || ends_nocase(type, STR("/xml")))
		return xhtml;
	return (struct text_type){CAPTURE_HTML_ALL, LINE_HTML, true};
}

static struct text_type
type_of(struct feed_word word, const struct xml_attribute *attributes, size_t n)
{
	if (word.space == SPACE_ATOM)
		return atom_type(attribute_of(attributes, n, "type"),
		    attribute_of(attributes, n, "mode"));
	if (word.space == SPACE_XHTML)
		return (struct text_type){CAPTURE_XHTML, LINE_HTML, false};
	return (struct text_type){CAPTURE_HTML, LINE_GUESS, false};
}

static void
begin_category(struct builder *b, const struct xml_attribute *attributes, size_t n)
{
	struct str scheme = attribute_of(attributes, n, "scheme");
	if (!scheme.n)
		scheme = attribute_of(attributes, n, "domain");
	b->field.term = field_attribute(b, attribute_of(attributes, n, "term"));
	b->field.scheme = field_attribute(b, scheme);
	b->field.label =
	    field_one_line(b, attribute_of(attributes, n, "label"), LINE_GUESS);
	b->field.term =
	    arena_str(b->scratch, b->field.term); /* attributes go when this returns */
	b->field.scheme = arena_str(b->scratch, b->field.scheme);
	b->field.label = arena_str(b->scratch, b->field.label);
}

void
field_begin(struct builder *b, struct feed_word word,
    const struct xml_attribute *attributes, size_t n)
{
	struct text_type type = type_of(word, attributes, n);
	b->field = (struct field){.word = word,
	    .line = type.line,
	    .base64 = type.base64,
	    .maybe_base64 = !attribute_of(attributes, n, "mode").n};
	bool is_long = word.meaning == MEANS_SUMMARY || word.meaning == MEANS_CONTENT ||
		       word.meaning == MEANS_FULL_TEXT;
	capture_begin(&b->capture, type.capture,
	    is_long ? FEED_MAX_MARKUP_BYTES : FEED_MAX_LINE_BYTES);
	if (word.meaning == MEANS_CATEGORY)
		begin_category(b, attributes, n);
	else if (word.meaning == MEANS_RSS_SOURCE)
		b->field.term = arena_str(
		    b->scratch, field_address(b, attribute_of(attributes, n, "url")));
	else if (word.meaning == MEANS_ID)
		b->field.permalink = !str_eq_nocase(
		    str_trim(attribute_of(attributes, n, "isPermaLink")), STR("false"));
}
