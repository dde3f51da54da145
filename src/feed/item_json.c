#include "feed/item_json.h"

#include <stdio.h>

#include "feed/person.h"
#include "text/date.h"

const char *
feed_format_name(enum feed_format format)
{
	static const char *const names[] = {"", "rss090", "rss091", "rss092", "rss093",
	    "rss094", "rss10", "rss11", "rss20", "rss", "atom03", "atom10", "atom",
	    "jsonfeed10", "jsonfeed11", "jsonfeed"};
	return names[format];
}

/* --- keys that are left out when they have no value --- */

static void
key_line(struct json *j, const char *key, struct str value)
{
	if (value.n)
		json_key_line(j, key, value);
}

static void
key_int(struct json *j, const char *key, int64_t value)
{
	if (value >= 0)
		json_key_int(j, key, value);
}

static void
put_digits(char *at, size_t n, int value)
{
	for (; n-- > 0; value /= 10)
		at[n] = (char)('0' + value % 10);
}

static void
key_time(struct json *j, const char *key, int64_t at)
{
	if (at == FEED_NO_TIME)
		return;
	struct civil c = date_civil(at, 0);
	if (c.year < 0 || c.year > 9999)
		return;
	char text[] = "0000-00-00T00:00:00Z"; /* without printf: there are many */
	put_digits(text, 4, (int)c.year);
	put_digits(text + 5, 2, c.month);
	put_digits(text + 8, 2, c.day);
	put_digits(text + 11, 2, c.hour);
	put_digits(text + 14, 2, c.minute);
	put_digits(text + 17, 2, c.second);
	json_key_line(j, key, str_z(text));
}

static void
key_people(struct json *j, const char *key, const struct feed_people *people)
{
	if (!people->n)
		return;
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < people->n; i++) {
		json_object(j);
		key_line(j, "name", people->v[i].name);
		key_line(j, "email", people->v[i].email);
		key_line(j, "url", people->v[i].url);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
key_authors(
    struct json *j, const struct feed_people *authors, const struct feed_people *others)
{
	if (authors->n)
		key_line(j, "author", person_shown(&authors->v[0]));
	key_people(j, "authors", authors);
	key_people(j, "contributors", others);
}

static void
key_categories(struct json *j, const struct feed_categories *categories)
{
	if (!categories->n)
		return;
	json_key(j, "categories");
	json_array(j);
	for (size_t i = 0; i < categories->n; i++) {
		json_object(j);
		key_line(j, "term", categories->v[i].term);
		key_line(j, "scheme", categories->v[i].scheme);
		key_line(j, "label", categories->v[i].label);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
key_links(struct json *j, const struct feed_links *links)
{
	if (!links->n)
		return;
	json_key(j, "links");
	json_array(j);
	for (size_t i = 0; i < links->n; i++) {
		const struct feed_link *link = &links->v[i];
		json_object(j);
		key_line(j, "rel", link->rel);
		key_line(j, "href", link->href);
		key_line(j, "type", link->type);
		key_line(j, "title", link->title);
		key_line(j, "hreflang", link->hreflang);
		key_int(j, "length", link->length);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
key_enclosures(struct json *j, const struct feed_enclosures *enclosures)
{
	if (!enclosures->n)
		return;
	json_key(j, "enclosures");
	json_array(j);
	for (size_t i = 0; i < enclosures->n; i++) {
		json_object(j);
		key_line(j, "url", enclosures->v[i].url);
		key_line(j, "type", enclosures->v[i].type);
		key_int(j, "length", enclosures->v[i].length);
		json_object_end(j);
	}
	json_array_end(j);
}

/* The text and what goes with it: KEY, KEY_type, KEY_base. */
static void
key_markup(
    struct json *j, const char *const keys[3], const struct feed_markup_text *markup)
{
	if (!markup->text.n)
		return;
	json_key_str(j, keys[0], markup->text);
	key_line(j, keys[1], markup->type == FEED_TEXT ? STR("text") : STR("html"));
	key_line(j, keys[2], markup->base);
}

static void
key_source(struct json *j, const struct feed_item *item)
{
	const struct feed_origin *o = &item->source;
	if (!item->has_source)
		return;
	json_key(j, "source");
	json_object(j);
	key_line(j, "id", o->id);
	key_line(j, "title", o->title);
	key_line(j, "link", o->link);
	key_line(j, "feed_url", o->feed_url);
	key_time(j, "updated", o->updated);
	key_line(j, "rights", o->rights);
	key_line(j, "author", o->author);
	json_object_end(j);
}

static void
key_repairs(struct json *j, const struct feed_head *h)
{
	if (!h->repaired.n)
		return;
	json_key(j, "repaired");
	json_array(j);
	for (size_t i = 0; i < h->repaired.n; i++) {
		json_object(j);
		json_key_line(j, "what", h->repaired.v[i].what);
		if (h->repaired.v[i].line)
			json_key_int(j, "line", h->repaired.v[i].line);
		json_object_end(j);
	}
	json_array_end(j);
	json_key_int(j, "repaired_count", h->n_repaired);
}

/* When it wishes to be asked, and how much of all its items it holds (RFC 5005). */
static void
keys_of_updates(struct json *j, const struct feed_head *h)
{
	static const char *const days[] = {"Sunday", "Monday", "Tuesday", "Wednesday",
	    "Thursday", "Friday", "Saturday"};
	key_int(j, "ttl", h->ttl);
	key_int(j, "update_minutes", h->update_minutes);
	if (h->skip_hours) {
		json_key(j, "skip_hours");
		json_array(j);
		for (int hour = 0; hour < 24; hour++)
			if (h->skip_hours >> hour & 1)
				json_int(j, hour);
		json_array_end(j);
	}
	if (h->skip_days) {
		json_key(j, "skip_days");
		json_array(j);
		for (size_t day = 0; day < COUNT_OF(days); day++)
			if (h->skip_days >> day & 1)
				json_line(j, str_z(days[day]));
		json_array_end(j);
	}
	if (h->complete)
		json_key_bool(j, "complete", true);
	if (h->archive)
		json_key_bool(j, "archive", true);
}

static void
key_degrees(struct json *j, const char *key, int32_t degrees)
{
	char text[16];
	int32_t size = degrees < 0 ? -degrees : degrees;
	int n = snprintf(text, sizeof(text), "%s%d.%06d", degrees < 0 ? "-" : "",
	    size / 1000000, size % 1000000);
	json_key(j, key);
	json_raw(j, str_of(text, (size_t)n));
}

static void
key_place(struct json *j, const struct feed_place *place)
{
	if (!place->name.n && place->latitude == FEED_NO_DEGREES)
		return;
	json_key(j, "place");
	json_object(j);
	key_line(j, "name", place->name);
	if (place->latitude != FEED_NO_DEGREES) {
		key_degrees(j, "latitude", place->latitude);
		key_degrees(j, "longitude", place->longitude);
	}
	json_object_end(j);
}

/* --- public --- */

void
item_json_fields(struct json *j, const struct feed_item *item)
{
	static const char *const summary[] = {"summary", "summary_type", "summary_base"};
	static const char *const content[] = {"content", "content_type", "content_base"};
	key_line(j, "id", item->id);
	key_line(j, "title", item->title);
	key_line(j, "link", item->link);
	key_links(j, &item->links);
	key_time(j, "published", item->published);
	key_time(j, "updated", item->updated);
	key_markup(j, summary, &item->summary);
	key_markup(j, content, &item->content);
	if (item->full_text.text.n)
		json_key_str(j, "full_text", item->full_text.text);
	key_categories(j, &item->categories);
	key_enclosures(j, &item->enclosures);
	key_line(j, "comments", item->comments);
	key_line(j, "rights", item->rights);
	key_line(j, "language", item->language);
	key_line(j, "image", item->image);
	key_int(j, "duration", item->duration);
	key_place(j, &item->place);
	key_source(j, item);
	key_authors(j, &item->authors, &item->contributors);
}

static void
begin(struct item_json *s)
{
	if (s->begun)
		return;
	s->begun = true;
	json_object(s->out);
	json_key(s->out, "items");
	json_array(s->out);
}

void
item_json_item(void *ctx, const struct feed_item *item)
{
	struct item_json *s = ctx;
	begin(s);
	json_object(s->out);
	item_json_fields(s->out, item);
	json_object_end(s->out);
}

void
item_json_end(struct item_json *s, const struct feed_head *h)
{
	struct json *j = s->out;
	begin(s);
	json_array_end(j);
	key_line(j, "format", str_z(feed_format_name(h->format)));
	json_key_bool(j, "wellformed", h->wellformed);
	key_repairs(j, h);
	key_line(j, "encoding", h->encoding);
	key_line(j, "id", h->id);
	key_line(j, "title", h->title);
	key_line(j, "link", h->link);
	key_line(j, "feed_url", h->feed_url);
	key_links(j, &h->links);
	key_line(j, "description", h->description);
	key_line(j, "language", h->language);
	key_time(j, "published", h->published);
	key_time(j, "updated", h->updated);
	key_line(j, "rights", h->rights);
	key_authors(j, &h->authors, &h->contributors);
	key_categories(j, &h->categories);
	key_line(j, "icon", h->icon);
	key_line(j, "image", h->image);
	key_line(j, "generator", h->generator);
	keys_of_updates(j, h);
	json_object_end(j);
	json_newline(j);
}
