#include "story/from_item.h"

#include <string.h>

#include "base/utf8.h"
#include "story/agency.h"
#include "story/page.h"
#include "story/plain.h"
#include "story/signal.h"
#include "story/trim.h"
#include "story/zone.h"
#include "text/clean.h"
#include "text/date.h"
#include "text/html_text.h"
#include "text/language.h"
#include "text/url.h"

enum {
	SUMMARY_MAX_BYTES = 2000,
	/* Shorter, and a text may be a long summary; three paragraphs of a wire have more. */
	FULL_MIN_BYTES = 600,
	/* Without a second text to compare with, more is asked: nobody sums up in so many words. */
	FULL_ALONE_BYTES = 1500,
	FULL_ALONE_BLOCKS = 4,
	/* After so many items of one language it is enough that the next one begins in it. */
	LANGUAGE_SURE_ITEMS = 4,
	LANGUAGE_BEGIN_BYTES = 400,
};

/* --- text --- */

static struct str
plain_line(struct arena *a, const struct feed_markup_text *t)
{
	if (t->text.n == 0)
		return STR("");
	if (t->type == FEED_HTML)
		return html_to_line(a, t->text);
	return text_clean_line(a, bytes_of_str(t->text));
}

/* "…", "...", "[…]", "(more)": the text breaks off. */
static bool
breaks_off(struct str text)
{
	static const struct str ends[] = {STR_INIT("..."), STR_INIT("…"), STR_INIT("[…]"),
	    STR_INIT("[...]"), STR_INIT("(more)"), STR_INIT("[+]"), STR_INIT("…]"),
	    STR_INIT("Read more"), STR_INIT("Continue reading"), STR_INIT("→")};

	text = trim_space(text);
	for (size_t i = 0; i < COUNT_OF(ends); i++)
		if (str_ends(text, ends[i]))
			return true;
	return false;
}

static size_t
count_blocks(const struct doc *d)
{
	return doc_blocks_before(d, d->text.n);
}

static void
read_markup(struct arena *a, const struct feed_item *item, const struct feed_markup_text *t,
    struct story *s)
{
	if (t->type == FEED_HTML && html_has_markup(t->text))
		page_fragment(a, t->text, t->base.n > 0 ? t->base : item->link, s);
	else
		plain_body(a, text_clean(a, bytes_of_str(t->text)), s);
}

/* Content and summary say two things: which is whole? */
static bool
content_is_full(const struct story *s)
{
	if (s->body.text.n < FULL_MIN_BYTES || breaks_off(s->body.text))
		return false;
	if (s->summary.n > 0 && s->body.text.n >= 2 * s->summary.n)
		return true;
	return s->body.text.n >= FULL_ALONE_BYTES && count_blocks(&s->body) >= FULL_ALONE_BLOCKS;
}

static bool
summary_is_full(const struct story *s)
{
	return s->body.text.n >= FULL_ALONE_BYTES && count_blocks(&s->body) >= FULL_ALONE_BLOCKS &&
	    !breaks_off(s->body.text);
}

static void
read_text(struct arena *a, const struct feed_item *item, struct story *s)
{
	s->summary = plain_line(a, &item->summary);
	if (item->full_text.text.n >= FULL_MIN_BYTES &&
	    item->full_text.text.n > item->content.text.n / 2) {
		read_markup(a, item, &item->full_text, s);
		s->full = s->body.text.n > 0 && !breaks_off(s->body.text);
	} else if (item->content.text.n > 0) {
		read_markup(a, item, &item->content, s);
		s->full = content_is_full(s);
		if (s->summary.n == 0)
			s->summary = text_squeeze(a, utf8_cut(s->body.text, SUMMARY_MAX_BYTES));
	} else if (item->summary.text.n > 0) {
		read_markup(a, item, &item->summary, s);
		s->full = summary_is_full(s);
	}
	s->summary = utf8_cut(s->summary, SUMMARY_MAX_BYTES);
}

/* --- who and what --- */

static struct str
names(struct arena *a, const struct feed_people *people)
{
	struct str all = STR("");

	for (size_t i = 0; i < people->n && i < 20; i++) {
		struct str name = people->v[i].name;
		if (name.n == 0 || str_find(all, name) != STR_NONE)
			continue;
		all = all.n > 0 ? arena_fmt(a, "%.*s, %.*s", STR_ARG(all), STR_ARG(name)) : name;
	}
	return utf8_cut(all, STORY_MAX_FIELD_BYTES);
}

/* "ANTARA News - Terkini", "Reuters: World": a name of an agency in front. */
static const struct agency *
agency_in_title(struct str title)
{
	struct str rest = title;

	for (int words = 0; words < 4 && rest.n > 0; words++) {
		(void)str_word(&rest);
		struct str head = trim_close(str_sub(title, 0, title.n - rest.n));
		const struct agency *known = agency_by_name(head);
		if (known)
			return known;
	}
	return NULL;
}

/* Looked up again only when the head says more than before. */
static const struct agency *
agency_of_feed(struct story_origin *o, const struct feed_head *head)
{
	if (o->looked && str_eq(o->link, head->link) && str_eq(o->feed_url, head->feed_url) &&
	    str_eq(o->title, head->title))
		return o->agency;
	o->looked = true;
	o->link = head->link;
	o->feed_url = head->feed_url;
	o->title = head->title;
	o->agency = agency_by_host(url_host(head->link));
	if (!o->agency)
		o->agency = agency_by_host(url_host(head->feed_url));
	if (!o->agency)
		o->agency = agency_in_title(head->title);
	return o->agency;
}

/* Nearly always the host of the item before. */
static const struct agency *
agency_of_host(struct story_origin *o, struct str host)
{
	if (host.n == 0 || host.n > sizeof(o->host))
		return agency_by_host(host);
	if (!str_eq(host, str_of(o->host, o->n_host))) {
		memcpy(o->host, host.p, host.n);
		o->n_host = host.n;
		o->host_agency = agency_by_host(host);
	}
	return o->host_agency;
}

static void
find_agency(struct story_origin *o, const struct feed_head *head, const struct feed_item *item,
    struct story *s)
{
	const struct agency *known = NULL;

	if (s->agency.n > 0)
		return;
	if (item->has_source)
		known = agency_in_title(item->source.title);
	if (!known)
		known = agency_of_host(o, url_host(s->url));
	if (!known)
		known = agency_of_feed(o, head);
	if (known)
		s->agency = known->name;
}

static void
add_image(struct arena *a, struct story *s, struct str url)
{
	for (size_t i = 0; i < s->images.n; i++)
		if (str_eq(s->images.v[i].url, url))
			return;
	struct story_image image = {url, STR("")};
	if (url_is_http(url) && s->images.n < STORY_MAX_IMAGES)
		ARENA_PUSH(a, &s->images, image);
}

static void
find_images(struct arena *a, const struct feed_item *item, struct story *s)
{
	add_image(a, s, item->image);
	for (size_t i = 0; i < item->enclosures.n; i++)
		if (str_starts_nocase(item->enclosures.v[i].type, STR("image/")))
			add_image(a, s, item->enclosures.v[i].url);
}

/* Where the newsroom is, as far as the addresses and languages of the feed say it. */
static const struct zone *
zone_of(const struct feed_head *head, const struct feed_item *item)
{
	const struct zone *zone = zone_of_host(url_host(item->link));

	if (!zone)
		zone = zone_of_host(url_host(head->link));
	if (!zone)
		zone = zone_of_host(url_host(head->feed_url));
	if (!zone)
		zone = zone_of_language(item->language);
	return zone ? zone : zone_of_language(head->language);
}

/* A time without a zone was read as UTC, and is that of the newsroom. */
static int64_t
to_utc(const struct zone *zone, int64_t at, bool is_local)
{
	if (!zone || !is_local || at == FEED_NO_TIME)
		return at;
	return at - (int64_t)zone_offset(zone, at) * 60;
}

static void
set_times(struct arena *a, const struct feed_head *head, const struct feed_item *item,
    struct story *s)
{
	bool is_local = item->published_local || item->updated_local;
	const struct zone *zone = is_local ? zone_of(head, item) : NULL;

	s->published = to_utc(zone, item->published, item->published_local);
	s->updated = to_utc(zone, item->updated, item->updated_local);
	if (s->published == STORY_NO_TIME)
		s->published = s->updated;
	if (s->published != STORY_NO_TIME)
		s->published_raw = date_instant(a, s->published);
}

static void
set_rights(const struct feed_head *head, const struct feed_item *item, struct story *s)
{
	struct str said = item->rights.n > 0 ? item->rights : head->rights;

	if (s->rights.n == 0)
		s->rights = utf8_cut(said, STORY_MAX_FIELD_BYTES);
	if (s->copyright.n == 0)
		s->copyright = utf8_cut(said, STORY_MAX_FIELD_BYTES);
}

/* Guessing from a whole text is a good part of the work on an item. */
static struct str
guess_language(struct story_origin *o, struct str text)
{
	if (o->n_guessed >= LANGUAGE_SURE_ITEMS && text.n > LANGUAGE_BEGIN_BYTES &&
	    str_eq(language_guess(utf8_cut(text, LANGUAGE_BEGIN_BYTES)), o->guessed))
		return o->guessed;
	struct str found = language_guess(text);
	bool same = o->n_guessed > 0 && str_eq(found, o->guessed);
	o->n_guessed = same ? o->n_guessed + 1 : 1;
	o->guessed = found;
	return found;
}

static void
set_language(struct arena *a, struct story_origin *o, const struct feed_head *head,
    const struct feed_item *item, struct story *s)
{
	s->lang = language_tag(a, item->language);
	if (s->lang.n == 0)
		s->lang = language_tag(a, head->language);
	if (s->lang.n == 0)
		s->lang = guess_language(o, s->body.text.n > 0 ? s->body.text : s->title);
}

static void
read_headline(struct arena *a, const struct feed_item *item, struct story *s)
{
	struct signal signal;

	s->title = utf8_cut(text_clean_line(a, bytes_of_str(item->title)), STORY_MAX_TITLE_BYTES);
	signal_read(a, s->title, &signal);
	s->urgency = signal.urgency;
	s->urgency_guessed = signal.urgency > 0;
	s->status = signal.status;
	s->slug = signal.slug;
}

void
story_from_item(struct arena *a, struct story_origin *o, const struct feed_head *head,
    const struct feed_item *item, struct story *s)
{
	story_init(s);
	s->url = url_is_http(item->link) ? item->link : STR("");
	s->guid = item->id;
	s->site = head->title;
	read_headline(a, item, s);
	set_times(a, head, item, s);
	s->byline = names(a, &item->authors);
	if (item->categories.n > 0)
		s->section = item->categories.v[0].label.n > 0 ? item->categories.v[0].label
		                                               : item->categories.v[0].term;
	read_text(a, item, s);
	if (s->byline.n == 0)
		s->byline = s->reporter;
	if (s->place.n == 0)
		s->place = item->place.name;
	find_agency(o, head, item, s);
	find_images(a, item, s);
	set_rights(head, item, s);
	set_language(a, o, head, item, s);
	story_settle(a, s);
}
