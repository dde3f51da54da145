#include "feed/field.h"

#include "base/utf8.h"
#include "feed/geo.h"
#include "feed/limits.h"
#include "feed/person.h"
#include "feed/wish.h"
#include "text/clean.h"
#include "text/date.h"
#include "text/url.h"

/* --- the end of a field --- */

/*
 * The text is not copied, for it is nearly all of a feed: the capture goes on with the
 * memory that the field had before.  (Decoded base64 is in another place and is copied.)
 */
static struct str
keep_text(struct builder *b, struct buf *own, struct str raw)
{
	if (b->field.base64)
		return arena_str(b->item_arena, raw);
	struct buf captured = b->capture.text;
	b->capture.text = *own;
	*own = captured;
	return raw;
}

static void
end_markup(struct builder *b, struct feed_word word, struct buf *own,
    struct feed_markup_text *out)
{
	struct target t = target_of(b, PLACE_ITEM);
	struct str raw = field_raw(b);
	if (!raw.n || !target_take(&t, word))
		return;
	bool is_text = b->capture.kind == CAPTURE_TEXT && !b->capture.has_elements;
	*out = (struct feed_markup_text){keep_text(b, own, raw),
	    is_text ? FEED_TEXT : FEED_HTML, arena_str(b->item_arena, builder_base(b))};
}

static void
end_link(struct builder *b, const struct target *t, struct feed_word word)
{
	struct str href = field_address(b, field_line(b));
	if (!href.n)
		return;
	if (word.space == SPACE_ATOM)
		word.rank++; /* its address belongs into an attribute */
	target_add_link(t, (struct feed_link){STR("alternate"), href, {0}, {0}, {0}, -1});
	target_take_str(t, t->link, word, href);
}

static void
end_id(struct builder *b, const struct target *t, struct feed_word word)
{
	struct str id = field_one_line(b, field_raw(b), LINE_TEXT);
	if (t->ranks == &b->item_ranks && id.n && word.space == SPACE_RSS &&
	    b->field.permalink && !b->permalink.n && url_is_absolute(id))
		b->permalink = arena_str(t->arena, field_address(b, id));
	target_take_str(t, t->id, word, id);
}

static void
end_category(struct builder *b, const struct target *t)
{
	struct feed_category c = {b->field.term, b->field.scheme, b->field.label};
	struct str text = field_line(b);
	if (!c.term.n)
		c.term = text;
	target_add_category(t, c);
}

/* "storm, harbour": one category each. */
static void
end_keywords(struct builder *b, const struct target *t)
{
	struct str word, rest = field_line(b);
	while (rest.n) {
		str_cut(rest, ',', &word, &rest);
		target_add_category(t, (struct feed_category){.term = str_trim(word)});
	}
}

static void
end_date(struct builder *b, const struct target *t, struct feed_word word, int64_t *out,
    bool *local)
{
	struct date date;
	if (out && target_is_better(t, word) && date_parse(field_line(b), &date)) {
		target_take(t, word);
		*out = date.at;
		if (local)
			*local = date.has_time && !date.has_zone;
	}
}

static void
end_source(struct builder *b, const struct target *t)
{
	struct feed_origin *o = &b->item.source;
	struct str title = field_line(b);
	if (b->item.has_source || (!title.n && !b->field.term.n))
		return;
	b->item.has_source = true;
	o->title = arena_str(t->arena, title);
	o->feed_url = arena_str(t->arena, b->field.term);
}

static void
end_person_field(struct builder *b, enum feed_meaning meaning)
{
	struct target t = target_of(b, b->person_place);
	struct feed_person *p = &b->person;
	struct str line = field_line(b);
	if (!target_has_room(&t, 0))
		return;
	if (meaning == MEANS_NAME && !p->name.n)
		p->name = target_keep(&t, line);
	else if (meaning == MEANS_EMAIL && !p->email.n)
		p->email = target_keep(&t,
		    str_starts_nocase(line, STR("mailto:")) ? str_from(line, 7) : line);
	else if (meaning == MEANS_URI && !p->url.n)
		p->url = target_keep(&t, field_address(b, line));
}

/* When the publisher wishes to be asked. */
static void
end_wish(struct builder *b, enum feed_meaning meaning)
{
	struct feed_head *h = &b->head;
	struct str said = field_line(b);
	switch ((int)meaning) {
	case MEANS_TTL:
		if (h->ttl < 0)
			h->ttl = field_number(said);
		break;
	case MEANS_HOUR:
		h->skip_hours |= wish_hour(said);
		break;
	case MEANS_DAY:
		h->skip_days |= wish_day(said);
		break;
	case MEANS_PERIOD:
		b->period_minutes = wish_period(said);
		break;
	case MEANS_FREQUENCY:
		b->frequency = field_number(said);
		break;
	default:
		break;
	}
}

/* What only the feed has. */
static void
end_feed_field(struct builder *b, const struct target *t, struct feed_word word)
{
	struct feed_head *h = &b->head;
	switch ((int)word.meaning) {
	case MEANS_SUMMARY:
	case MEANS_SUBTITLE:
		word.meaning = MEANS_SUMMARY;
		target_take_str(t, &h->description, word, field_line(b));
		break;
	case MEANS_GENERATOR:
		target_take_str(t, &h->generator, word, field_line(b));
		break;
	case MEANS_ICON:
		target_take_str(t, &h->icon, word, field_address(b, field_line(b)));
		break;
	case MEANS_LOGO:
		word.meaning = MEANS_PICTURE;
		target_take_str(t, &h->image, word, field_address(b, field_line(b)));
		break;
	case MEANS_DATE:
		word.meaning = MEANS_UPDATED;
		end_date(b, t, word, t->updated, t->updated_local);
		break;
	default:
		end_wish(b, word.meaning);
		break;
	}
}

/* Plain text by the rules of the news aggregators it is for, but some send markup. */
static void
end_full_text(struct builder *b, struct feed_word word)
{
	struct feed_markup_text *text = &b->item.full_text;
	end_markup(b, word, &b->full_text, text);
	bool has_blocks = str_find_nocase(text->text, STR("<p")) != STR_NONE ||
			  str_find_nocase(text->text, STR("<br")) != STR_NONE;
	text->type = has_blocks ? FEED_HTML : FEED_TEXT;
}

static void
end_place(struct builder *b, const struct target *t, struct feed_word word)
{
	struct feed_place *p = &b->item.place;
	struct str said = field_line(b);
	switch ((int)word.meaning) {
	case MEANS_PLACE:
		if (geo_is_name(said))
			target_take_str(t, &p->name, word, said);
		break;
	case MEANS_POINT:
		if (target_is_better(t, word) &&
		    geo_point(said, &p->latitude, &p->longitude))
			target_take(t, word);
		break;
	case MEANS_LATITUDE:
		if (p->latitude == FEED_NO_DEGREES)
			geo_degrees(said, 90, &p->latitude);
		break;
	default:
		if (p->longitude == FEED_NO_DEGREES)
			geo_degrees(said, 180, &p->longitude);
		break;
	}
}

/* What only an item has. */
static void
end_item_field(struct builder *b, const struct target *t, struct feed_word word)
{
	struct feed_item *i = &b->item;
	switch ((int)word.meaning) {
	case MEANS_SUMMARY:
		end_markup(b, word, &b->summary, &i->summary);
		break;
	case MEANS_CONTENT:
		end_markup(b, word, &b->content, &i->content);
		break;
	case MEANS_FULL_TEXT:
		end_full_text(b, word);
		break;
	case MEANS_ORIGINAL_LINK:
		word.meaning = MEANS_LINK;
		word.rank = 0;
		b->item_ranks.of[MEANS_LINK] =
		    BUILD_NO_RANK; /* it wins over all others */
		target_take_str(t, &i->link, word, field_address(b, field_line(b)));
		break;
	case MEANS_ORIGINAL_ENCLOSURE:
		target_take_str(
		    t, &b->original_enclosure, word, field_address(b, field_line(b)));
		break;
	case MEANS_COMMENTS:
		target_take_str(t, &i->comments, word, field_address(b, field_line(b)));
		break;
	case MEANS_DURATION:
		if (i->duration < 0)
			i->duration = field_duration(field_line(b));
		break;
	case MEANS_DATE:
		end_date(b, t, word, &b->item_date, &b->item_date_local);
		break;
	case MEANS_PLACE:
	case MEANS_POINT:
	case MEANS_LATITUDE:
	case MEANS_LONGITUDE:
		end_place(b, t, word);
		break;
	case MEANS_RSS_SOURCE:
		end_source(b, t);
		break;
	default:
		break;
	}
}

void
field_end(struct builder *b, enum place place)
{
	struct feed_word word = b->field.word;
	if (place == PLACE_PERSON) {
		end_person_field(b, word.meaning);
		return;
	}
	if (place == PLACE_IMAGE) {
		struct target t = target_of(b, PLACE_FEED);
		word.meaning = MEANS_PICTURE;
		target_take_str(&t, t.image, word, field_address(b, field_line(b)));
		return;
	}
	struct target t = target_of(b, place);
	switch ((int)word.meaning) {
	case MEANS_TITLE:
		target_take_str(&t, t.title, word, field_line(b));
		break;
	case MEANS_LINK:
		end_link(b, &t, word);
		break;
	case MEANS_ID:
		end_id(b, &t, word);
		break;
	case MEANS_CATEGORY:
		end_category(b, &t);
		break;
	case MEANS_KEYWORDS:
		end_keywords(b, &t);
		break;
	case MEANS_PUBLISHED:
		end_date(b, &t, word, t.published, t.published_local);
		break;
	case MEANS_UPDATED:
		end_date(b, &t, word, t.updated, t.updated_local);
		break;
	case MEANS_RIGHTS:
		target_take_str(&t, t.rights, word, field_line(b));
		break;
	case MEANS_LANGUAGE:
		target_take_str(&t, t.language, word,
		    utf8_cut(field_line(b), FEED_MAX_LANGUAGE_BYTES));
		break;
	default:
		if (place == PLACE_ITEM)
			end_item_field(b, &t, word);
		else if (place == PLACE_FEED)
			end_feed_field(b, &t, word);
		break;
	}
}

/* --- people --- */

void
field_person_begin(struct builder *b, enum place place)
{
	b->person = (struct feed_person){0};
	b->person_place = place;
}

static bool
is_nobody(const struct feed_person *p)
{
	return !p->name.n && !p->email.n && !p->url.n;
}

/* Of a better vocabulary people replace the others; of a worse one they are not wanted.
 */
static void
add_person(struct builder *b, const struct target *t, struct feed_people *people,
    struct feed_word word)
{
	if (target_take(t, word))
		people->n = 0;
	if (target_has_room(t, people->n))
		ARENA_PUSH(t->arena, people, b->person);
}

static struct feed_people *
people_of(struct builder *b, bool are_authors)
{
	switch ((int)b->person_place) {
	case PLACE_ITEM:
		return are_authors ? &b->item.authors : &b->item.contributors;
	case PLACE_ORIGIN:
		return are_authors ? &b->origin_people : NULL;
	default:
		return are_authors ? &b->head.authors : &b->head.contributors;
	}
}

void
field_person_end(struct builder *b, struct feed_word word)
{
	struct target t = target_of(b, b->person_place);
	struct feed_people *people = people_of(b, word.meaning == MEANS_AUTHOR);
	if (!people || word.rank > t.ranks->of[word.meaning] ||
	    !target_has_room(&t, people->n))
		return;
	if (is_nobody(&b->person) && b->field.word.meaning == word.meaning) {
		struct str line = field_line(b);
		if (line.n)
			b->person = person_of_line(t.arena, line);
		*t.used += 4 * line.n; /* with what taking it apart needed */
	}
	if (!is_nobody(&b->person))
		add_person(b, &t, people, word);
}

/* --- the end of an item --- */

/* dc:date serves where the format's own dates are missing. */
static void
use_item_date(struct builder *b)
{
	struct feed_item *i = &b->item;
	const struct ranks *r = &b->item_ranks;
	if (b->item_date == FEED_NO_TIME || r->of[MEANS_PUBLISHED] < WORD_FOREIGN ||
	    r->of[MEANS_UPDATED] < WORD_FOREIGN)
		return;
	if (i->published == FEED_NO_TIME) {
		i->published = b->item_date;
		i->published_local = b->item_date_local;
	}
	if (i->updated == FEED_NO_TIME && b->names.own == SPACE_RSS) {
		i->updated = b->item_date;
		i->updated_local = b->item_date_local;
	}
}

void
field_finish_item(struct builder *b)
{
	struct feed_item *i = &b->item;
	struct str language = builder_language(b);
	use_item_date(b);
	if (i->place.latitude == FEED_NO_DEGREES || i->place.longitude == FEED_NO_DEGREES)
		i->place.latitude = i->place.longitude = FEED_NO_DEGREES;
	if (!i->link.n)
		i->link = b->permalink;
	if (b->original_enclosure.n && i->enclosures.n)
		i->enclosures.v[0].url = b->original_enclosure;
	if (b->origin_people.n)
		i->source.author = person_shown(&b->origin_people.v[0]);
	if (!i->authors.n)
		i->authors = b->origin_people;
	if (!i->language.n)
		i->language = arena_str(b->item_arena, language);
}
