/* Fields in the order of the structs; a new field goes into pack and unpack, and BUILD_ID up. */
#include "story/parse_protocol.h"

#define BUILD_ID PACKAGE_VERSION "+7"

struct str
build_id(void)
{
	return STR(BUILD_ID);
}

static struct str
bounded(struct unpack *u, struct str s, size_t most)
{
	if (s.n > most)
		u->ok = false;
	return s;
}

void
parse_pack_job(struct buf *b, const struct parse_job *job)
{
	pack_int(b, job->what);
	pack_str(b, job->url);
	pack_str(b, job->content_type);
	pack_str(b, job->charset);
	pack_str(b, job->known_title);
	pack_str(b, job->known_text);
	pack_int(b, job->max_items);
	pack_int(b, job->max_bytes);
}

bool
parse_unpack_job(struct bytes body, struct parse_job *job)
{
	struct unpack u = unpack_begin(body);
	job->what = (enum parse_what)unpack_range(&u, 0, PARSE_WHATS - 1);
	job->url = unpack_line(&u);
	job->content_type = unpack_line(&u);
	job->charset = unpack_line(&u);
	job->known_title = bounded(&u, unpack_line(&u), STORY_MAX_TITLE_BYTES);
	job->known_text = bounded(&u, unpack_str(&u), PARSE_MAX_KNOWN_BYTES);
	job->max_items = unpack_range(&u, 0, INT64_MAX);
	job->max_bytes = unpack_range(&u, 0, INT64_MAX);
	return unpack_end(&u);
}

/* The one-line fields of a story, in order: packed, checked and copied by the same table. */
#define LINE_FIELD(name) offsetof(struct story, name)
static const size_t line_fields[] = {
	LINE_FIELD(url), LINE_FIELD(canonical), LINE_FIELD(guid), LINE_FIELD(title),
	LINE_FIELD(site), LINE_FIELD(agency), LINE_FIELD(place), LINE_FIELD(byline),
	LINE_FIELD(source), LINE_FIELD(exchange), LINE_FIELD(reporter), LINE_FIELD(translator),
	LINE_FIELD(editor), LINE_FIELD(photographer), LINE_FIELD(desk), LINE_FIELD(copyright),
	LINE_FIELD(lang), LINE_FIELD(slug), LINE_FIELD(section), LINE_FIELD(published_raw),
	LINE_FIELD(next_page),
};
static const size_t text_fields[] = {
	LINE_FIELD(rights), LINE_FIELD(correction), LINE_FIELD(usage), LINE_FIELD(summary),
};

static const struct str *
field(const struct story *s, size_t offset)
{
	return (const struct str *)(const void *)((const char *)s + offset);
}

static struct str *
field_of(struct story *s, size_t offset)
{
	return (struct str *)(void *)((char *)s + offset);
}

void
parse_pack_story(struct buf *b, const struct story *s)
{
	for (size_t i = 0; i < COUNT_OF(line_fields); i++)
		pack_str(b, *field(s, line_fields[i]));
	for (size_t i = 0; i < COUNT_OF(text_fields); i++)
		pack_str(b, *field(s, text_fields[i]));
	pack_int(b, s->status);
	pack_int(b, s->urgency);
	pack_int(b, s->urgency_guessed);
	pack_int(b, s->advertorial);
	pack_int(b, s->full);
	pack_int(b, s->withheld);
	pack_int(b, s->published);
	pack_int(b, s->updated);
	pack_int(b, s->embargo_until);
	pack_int(b, s->published_offset);
	pack_str(b, s->body.text);
	struct buf spans = {0};
	doc_pack_spans(&s->body, &spans);
	pack_str(b, buf_str(&spans));
	buf_clear(&spans);
	pack_int(b, (int64_t)s->links.n);
	for (size_t i = 0; i < s->links.n; i++) {
		const struct story_link *l = &s->links.v[i];
		pack_int(b, l->kind);
		pack_str(b, l->label);
		pack_str(b, l->title);
		pack_str(b, l->url);
		pack_int(b, l->after);
	}
	pack_int(b, (int64_t)s->images.n);
	for (size_t i = 0; i < s->images.n; i++) {
		pack_str(b, s->images.v[i].url);
		pack_str(b, s->images.v[i].alt);
	}
}

static void
unpack_links(struct arena *a, struct unpack *u, struct story *s)
{
	int64_t n = unpack_range(u, 0, STORY_MAX_LINKS);
	for (int64_t i = 0; i < n && u->ok; i++) {
		struct story_link l = {0};
		l.kind = (enum link_kind)unpack_range(u, LINK_INLINE, LINK_MENTION);
		l.label = arena_str(a, bounded(u, unpack_line(u), STORY_MAX_TITLE_BYTES));
		l.title = arena_str(a, bounded(u, unpack_line(u), STORY_MAX_TITLE_BYTES));
		l.url = arena_str(a, bounded(u, unpack_line(u), STORY_MAX_URL_BYTES));
		l.after = (int32_t)unpack_range(u, 0, INT32_MAX);
		ARENA_PUSH(a, &s->links, l);
	}
}

static void
unpack_images(struct arena *a, struct unpack *u, struct story *s)
{
	int64_t n = unpack_range(u, 0, STORY_MAX_IMAGES);
	for (int64_t i = 0; i < n && u->ok; i++) {
		struct story_image image = {0};
		image.url = arena_str(a, bounded(u, unpack_line(u), STORY_MAX_URL_BYTES));
		image.alt = arena_str(a, bounded(u, unpack_line(u), STORY_MAX_FIELD_BYTES));
		ARENA_PUSH(a, &s->images, image);
	}
}

bool
parse_unpack_story(struct arena *a, struct bytes body, struct story *s)
{
	struct unpack u = unpack_begin(body);
	story_init(s);
	for (size_t i = 0; i < COUNT_OF(line_fields); i++)
		*field_of(s, line_fields[i]) =
		    arena_str(a, bounded(&u, unpack_line(&u), STORY_MAX_URL_BYTES));
	for (size_t i = 0; i < COUNT_OF(text_fields); i++)
		*field_of(s, text_fields[i]) =
		    arena_str(a, bounded(&u, unpack_str(&u), STORY_MAX_FIELD_BYTES));
	s->status = (enum story_status)unpack_range(&u, 0, STORY_WITHDRAWN);
	s->urgency = (int)unpack_range(&u, 0, 8);
	s->urgency_guessed = unpack_range(&u, 0, 1);
	s->advertorial = unpack_range(&u, 0, 1);
	s->full = unpack_range(&u, 0, 1);
	s->withheld = (enum story_withheld)unpack_range(&u, 0, WITHHELD_KINDS - 1);
	s->published = unpack_int(&u);
	s->updated = unpack_int(&u);
	s->embargo_until = unpack_int(&u);
	s->published_offset = (int32_t)unpack_range(&u, -24 * 60, 24 * 60);
	s->body.text = arena_str(a, bounded(&u, unpack_str(&u), DOC_MAX_TEXT_BYTES));
	/* the spans borrow their addresses from the blob */
	struct bytes blob = unpack_bytes(&u);
	struct bytes spans = bytes_of_str(arena_str(a, str_of((const char *)blob.p, blob.n)));
	if (u.ok && !doc_unpack_spans(a, spans, &s->body))
		u.ok = false;
	unpack_links(a, &u, s);
	unpack_images(a, &u, s);
	return unpack_end(&u);
}

void
parse_pack_head(struct buf *b, const struct parse_head *h)
{
	pack_str(b, h->title);
	pack_str(b, h->link);
	pack_str(b, h->feed_url);
	pack_str(b, h->language);
	pack_str(b, h->repaired);
	pack_str(b, h->encoding);
	pack_str(b, h->older);
	pack_int(b, h->ttl);
	pack_int(b, h->skip_hours);
	pack_int(b, h->skip_days);
	pack_int(b, h->wellformed);
	pack_int(b, h->complete);
	pack_int(b, h->n_items);
}

bool
parse_unpack_head(struct bytes body, struct parse_head *h)
{
	struct unpack u = unpack_begin(body);
	h->title = unpack_line(&u);
	h->link = unpack_line(&u);
	h->feed_url = unpack_line(&u);
	h->language = unpack_line(&u);
	h->repaired = unpack_line(&u);
	h->encoding = unpack_line(&u);
	h->older = unpack_line(&u);
	h->ttl = unpack_range(&u, -1, INT64_MAX);
	h->skip_hours = (uint32_t)unpack_range(&u, 0, (1 << 24) - 1);
	h->skip_days = (uint8_t)unpack_range(&u, 0, (1 << 7) - 1);
	h->wellformed = unpack_range(&u, 0, 1);
	h->complete = unpack_range(&u, 0, 1);
	h->n_items = unpack_range(&u, 0, INT64_MAX);
	return unpack_end(&u);
}

void
parse_pack_offer(struct buf *b, const struct parse_offer *o)
{
	pack_str(b, o->url);
	pack_str(b, o->title);
	pack_str(b, o->type);
}

bool
parse_unpack_offer(struct bytes body, struct parse_offer *o)
{
	struct unpack u = unpack_begin(body);
	o->url = unpack_line(&u);
	o->title = unpack_line(&u);
	o->type = unpack_line(&u);
	return unpack_end(&u);
}

void
parse_pack_done(struct buf *b, const struct parse_done *d)
{
	pack_int(b, d->kind);
	pack_str(b, d->text);
}

bool
parse_unpack_done(struct bytes body, struct parse_done *d)
{
	struct unpack u = unpack_begin(body);
	d->kind = (enum err_kind)unpack_range(&u, ERR_NONE, ERR_INPUT);
	d->text = unpack_line(&u);
	return unpack_end(&u);
}

void
parse_pack_entry(struct buf *b, const struct list_entry *e)
{
	pack_int(b, e->kind);
	pack_int(b, e->place);
	pack_int(b, e->is_outline);
	pack_str(b, e->url);
	pack_str(b, e->title);
	pack_str(b, e->site);
	pack_str(b, e->section);
	pack_str(b, e->options);
	pack_str(b, e->why);
	pack_int(b, e->read);
	pack_int(b, e->starred);
}

bool
parse_unpack_entry(struct bytes body, struct list_entry *e)
{
	struct unpack u = unpack_begin(body);
	e->kind = (enum list_entry_kind)unpack_range(&u, 0, LIST_ENTRY_KINDS - 1);
	e->place = unpack_range(&u, 0, INT64_MAX);
	e->is_outline = unpack_range(&u, 0, 1);
	e->url = bounded(&u, unpack_line(&u), LIST_MAX_KEY_BYTES);
	e->title = bounded(&u, unpack_line(&u), LIST_MAX_NAME_BYTES);
	e->site = bounded(&u, unpack_line(&u), LIST_MAX_KEY_BYTES);
	e->section = bounded(&u, unpack_line(&u), LIST_MAX_NAME_BYTES);
	e->options = bounded(&u, unpack_line(&u), LIST_MAX_OPTIONS_BYTES);
	e->why = bounded(&u, unpack_line(&u), LIST_MAX_NAME_BYTES);
	e->read = unpack_range(&u, 0, 1);
	e->starred = unpack_range(&u, 0, 1);
	return unpack_end(&u);
}
