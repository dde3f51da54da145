#include "feed/jsonfeed.h"

#include <jansson.h>
#include <stdio.h>

#include "base/utf8.h"
#include "feed/json_mend.h"
#include "feed/limits.h"
#include "feed/person.h"
#include "text/clean.h"
#include "text/date.h"
#include "text/url.h"

/* --- values --- */

/* A string, or a number written as one (ids are); anything else is absent. */
static struct str
raw_of(struct arena *a, const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);
	if (json_is_string(value))
		return str_of(json_string_value(value), json_string_length(value));
	if (json_is_integer(value))
		return arena_fmt(a, "%lld", (long long)json_integer_value(value));
	if (json_is_real(value))
		return arena_fmt(a, "%.15g", json_real_value(value));
	return STR("");
}

static struct str
line_of(struct arena *a, const json_t *object, const char *key)
{
	struct str raw = utf8_cut(raw_of(a, object, key), FEED_MAX_LINE_BYTES);
	struct str line = text_clean_line(a, bytes_of_str(raw));
	return arena_str(a, utf8_cut(text_trim(line), FEED_MAX_TITLE_BYTES));
}

static struct str
text_of(struct arena *a, const json_t *object, const char *key)
{
	struct str raw = utf8_cut(raw_of(a, object, key), FEED_MAX_MARKUP_BYTES);
	return arena_str(a, str_trim(text_clean(a, bytes_of_str(raw))));
}

static struct str
address_of(struct arena *a, const json_t *object, const char *key, struct str base)
{
	struct str line = line_of(a, object, key);
	return line.n ? arena_str(a, url_without_userinfo(a, url_resolve(a, base, line)))
		      : line;
}

/* The first of two keys that has an address. */
static struct str
address_of_either(struct arena *a, const json_t *object, const char *key,
    const char *other, struct str base)
{
	struct str address = address_of(a, object, key, base);
	return address.n ? address : address_of(a, object, other, base);
}

static int64_t
time_of(struct arena *a, const json_t *object, const char *key, bool *local)
{
	struct date date;
	if (!date_parse(line_of(a, object, key), &date))
		return FEED_NO_TIME;
	*local = date.has_time && !date.has_zone;
	return date.at;
}

static int64_t
bytes_of_key(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);
	double real = json_number_value(value);
	int64_t n;
	if (json_is_string(value)) /* some write "1024" */
		return str_to_int(str_z(json_string_value(value)), 0, INT64_MAX / 2, &n) ? n
											 : -1;
	return json_is_number(value) && real >= 0 && real < 9e15 ? (int64_t)real : -1;
}

/* --- lists --- */

static void
add_person(
    struct arena *a, struct feed_people *people, const json_t *value, struct str base)
{
	struct feed_person person = {0};
	if (json_is_string(value))
		person = person_of_line(a,
		    text_clean_line(a,
			bytes_of(json_string_value(value), json_string_length(value))));
	else if (json_is_object(value))
		person = (struct feed_person){.name = line_of(a, value, "name"),
		    .email = line_of(a, value, "email"),
		    .url = address_of(a, value, "url", base)};
	if (person.name.n || person.email.n || person.url.n)
		ARENA_PUSH(a, people, person);
}

/* 1.1 has a list of authors, 1.0 one author. */
static void
take_people(
    struct arena *a, struct feed_people *people, const json_t *object, struct str base)
{
	const json_t *list = json_object_get(object, "authors");
	for (size_t i = 0; i < json_array_size(list) && i < FEED_MAX_LIST; i++)
		add_person(a, people, json_array_get(list, i), base);
	if (!people->n)
		add_person(a, people, json_object_get(object, "author"), base);
}

static void
add_tag(struct arena *a, struct feed_item *item, const json_t *tag)
{
	if (!json_is_string(tag))
		return;
	struct str raw = str_of(json_string_value(tag), json_string_length(tag));
	struct str term =
	    text_clean_line(a, bytes_of_str(utf8_cut(raw, FEED_MAX_LINE_BYTES)));
	struct feed_category category = {.term = arena_str(a, term)};
	if (term.n)
		ARENA_PUSH(a, &item->categories, category);
}

/* A list; some write a single one as a string. */
static void
take_tags(struct arena *a, struct feed_item *item, const json_t *object)
{
	const json_t *list = json_object_get(object, "tags");
	add_tag(a, item, list);
	for (size_t i = 0; i < json_array_size(list) && i < FEED_MAX_LIST; i++)
		add_tag(a, item, json_array_get(list, i));
}

static void
take_attachments(
    struct arena *a, struct feed_item *item, const json_t *object, struct str base)
{
	const json_t *list = json_object_get(object, "attachments");
	for (size_t i = 0; i < json_array_size(list) && i < FEED_MAX_LIST; i++) {
		const json_t *one = json_array_get(list, i);
		struct feed_enclosure enclosure = {address_of(a, one, "url", base),
		    line_of(a, one, "mime_type"), bytes_of_key(one, "size_in_bytes")};
		if (enclosure.url.n)
			ARENA_PUSH(a, &item->enclosures, enclosure);
	}
}

/* --- items and the feed --- */

static void
take_content(
    struct arena *a, struct feed_item *item, const json_t *object, struct str base)
{
	struct str html = text_of(a, object, "content_html");
	struct str text = html.n ? html : text_of(a, object, "content_text");
	struct str summary = text_of(a, object, "summary");
	if (text.n)
		item->content =
		    (struct feed_markup_text){text, html.n ? FEED_HTML : FEED_TEXT, base};
	if (summary.n)
		item->summary = (struct feed_markup_text){summary, FEED_TEXT, base};
}

static void
give_item(const struct jsonfeed_job *job, struct arena *a, const json_t *object)
{
	struct feed_item item = {
	    .id = line_of(a, object, "id"),
	    .title = line_of(a, object, "title"),
	    .link = address_of_either(a, object, "url", "external_url", job->url),
	    .language = line_of(a, object, "language"),
	    .image = address_of_either(a, object, "image", "banner_image", job->url),
	    .duration = -1,
	    .place = {.latitude = FEED_NO_DEGREES, .longitude = FEED_NO_DEGREES},
	    .source.updated = FEED_NO_TIME,
	};
	item.published = time_of(a, object, "date_published", &item.published_local);
	item.updated = time_of(a, object, "date_modified", &item.updated_local);
	take_content(a, &item, object, job->url);
	take_people(a, &item.authors, object, job->url);
	take_tags(a, &item, object);
	take_attachments(a, &item, object, job->url);
	job->head->n_items++;
	job->handler(job->ctx, &item);
}

/* The version is an address; some write the number alone, and then there must be items.
 */
static enum feed_format
format_of(struct str version, bool has_items)
{
	struct str address = STR("jsonfeed.org/version/");
	size_t at = str_find_nocase(version, address);
	bool alone = has_items && version.n && ascii_digit((unsigned char)version.p[0]);
	if (at == STR_NONE && !alone)
		return str_find_nocase(version, STR("jsonfeed")) == STR_NONE
			   ? FEED_UNKNOWN
			   : FEED_JSON;
	struct str number = str_trim(alone ? version : str_from(version, at + address.n));
	if (number.n && number.p[number.n - 1] == '/')
		number.n--;
	if (str_eq(number, STR("1")) || str_eq(number, STR("1.0")))
		return FEED_JSON10;
	return str_eq(number, STR("1.1")) ? FEED_JSON11 : FEED_JSON;
}

/* Without a version it is a feed when it has items and says where it is from. */
static bool
looks_like_feed(const json_t *root)
{
	return !json_object_get(root, "version") &&
	       json_is_array(json_object_get(root, "items")) &&
	       (json_is_string(json_object_get(root, "home_page_url")) ||
		   json_is_string(json_object_get(root, "feed_url")));
}

static void
fill_head(const struct jsonfeed_job *job, const json_t *root)
{
	struct feed_head *h = job->head;
	struct arena *a = job->arena;
	h->title = line_of(a, root, "title");
	h->link = address_of(a, root, "home_page_url", job->url);
	h->feed_url = address_of(a, root, "feed_url", job->url);
	h->description = line_of(a, root, "description");
	h->language = line_of(a, root, "language");
	h->icon = address_of(a, root, "favicon", job->url);
	h->image = address_of(a, root, "icon", job->url);
	take_people(a, &h->authors, root, job->url);
	struct str next = address_of(a, root, "next_url", job->url);
	struct feed_link link = {STR("next"), next, {0}, {0}, {0}, -1};
	if (next.n)
		ARENA_PUSH(a, &h->links, link);
}

static bool
give_feed(const struct jsonfeed_job *job, const json_t *root, struct err *e)
{
	struct arena *scratch = arena_new();
	enum feed_format format = format_of(raw_of(scratch, root, "version"),
	    json_is_array(json_object_get(root, "items")));
	if (format == FEED_UNKNOWN && looks_like_feed(root))
		format = FEED_JSON;
	if (format == FEED_UNKNOWN) {
		arena_free(scratch);
		return err_set(
		    e, ERR_INPUT, "not a feed: JSON that has no JSON Feed version");
	}
	job->head->format = format;
	fill_head(job, root);
	const json_t *items = json_object_get(root, "items");
	for (size_t i = 0; i < json_array_size(items); i++) {
		if (job->max_items && job->head->n_items >= job->max_items)
			break;
		arena_reset(scratch);
		if (json_is_object(json_array_get(items, i)))
			give_item(job, scratch, json_array_get(items, i));
	}
	arena_free(scratch);
	return true;
}

bool
jsonfeed_read(const struct jsonfeed_job *job, struct buf *text, struct err *e)
{
	switch (json_mend(text, job->repairs)) {
	case JSON_MEND_TOO_DEEP:
		return err_set(e, ERR_INPUT, "not a feed: JSON nested too deep");
	case JSON_MEND_TOO_MANY:
		return err_set(
		    e, ERR_INPUT, "JSON with more than %d values", FEED_MAX_JSON_VALUES);
	case JSON_MEND_READY:
		break;
	}
	json_error_t why;
	json_t *root = json_loadb(text->p, text->n, JSON_DISABLE_EOF_CHECK, &why);
	if (!root)
		return err_set(e, ERR_INPUT,
		    "not a feed: JSON that breaks off or is wrong at line %d", why.line);
	bool ok = json_is_object(root)
		      ? give_feed(job, root, e)
		      : err_set(e, ERR_INPUT, "not a feed: JSON that is no object");
	json_decref(root);
	/* With nothing to show for it, an empty feed would hide that something is wrong. */
	if (ok && job->repairs->kinds & REPAIR_CUT && job->head->n_items == 0)
		return err_set(
		    e, ERR_INPUT, "not a feed: JSON that breaks off before its first item");
	return ok;
}
