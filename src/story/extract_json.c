/* The story as `kawat extract` prints it. */
#include "story/anatomy.h"
#include "story/extract.h"
#include "story/page_withheld.h"
#include "text/doc_out.h"

/* The dateline as it is written: the story's agency may be known from elsewhere. */
static void
put_dateline(struct json *j, const struct story *s)
{
	struct dateline d;

	anatomy_dateline(&s->body, &d);
	json_key(j, "dateline");
	json_object(j);
	json_key_line(j, "place", d.place);
	json_key_line(j, "agency", d.agency);
	json_object_end(j);
}

static void
put_links(struct json *j, const struct story *s)
{
	json_key(j, "links");
	json_array(j);
	for (size_t i = 0; i < s->body.n_spans; i++) {
		const struct span *l = &s->body.spans[i];
		bool repeat = l->kind != SPAN_LINK;
		/* bounded: a text has at most some hundred links, and a repeat is near */
		for (size_t k = i > 400 ? i - 400 : 0; k < i && !repeat; k++)
			repeat = s->body.spans[k].kind == SPAN_LINK &&
			    str_eq(s->body.spans[k].ref, l->ref);
		if (repeat)
			continue;
		json_object(j);
		json_key_line(j, "text", str_sub(s->body.text, l->at, l->n));
		json_key_line(j, "url", l->ref);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
put_related(struct json *j, const struct story *s)
{
	json_key(j, "related");
	json_array(j);
	for (size_t i = 0; i < s->links.n; i++) {
		const struct story_link *l = &s->links.v[i];
		if (l->url.n == 0 || l->kind == LINK_MENTION)
			continue;
		json_object(j);
		json_key_line(j, "label", l->label);
		json_key_line(j, "title", l->title);
		json_key_line(j, "url", l->url);
		json_key_int(j, "after", l->after);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
put_dangling(struct json *j, const struct story *s)
{
	json_key(j, "dangling");
	json_array(j);
	for (size_t i = 0; i < s->links.n; i++) {
		const struct story_link *l = &s->links.v[i];
		if (l->url.n > 0)
			continue;
		json_object(j);
		json_key_line(j, "label", l->label);
		json_key_line(j, "title", l->title);
		json_key_int(j, "after", l->after);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
put_images(struct json *j, const struct story *s)
{
	json_key(j, "images");
	json_array(j);
	for (size_t i = 0; i < s->images.n; i++) {
		json_object(j);
		json_key_line(j, "url", s->images.v[i].url);
		json_key_line(j, "alt", s->images.v[i].alt);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
put_credits(struct json *j, const struct story *s)
{
	json_key_line(j, "source", s->source);
	json_key_line(j, "exchange", s->exchange);
	json_key_line(j, "reporter", s->reporter);
	json_key_line(j, "translator", s->translator);
	json_key_line(j, "editor", s->editor);
	json_key_line(j, "photographer", s->photographer);
	json_key_line(j, "desk", s->desk);
	json_key_str(j, "rights", s->rights);
	json_key_str(j, "correction", s->correction);
	json_key_int(j, "urgency", s->urgency);
	json_key_bool(j, "urgency_guessed", s->urgency_guessed);
	json_key_bool(j, "advertorial", s->advertorial);
}

/* The caption says what a reader needs; alt is for one who sees no pictures. */
static void
put_html(struct arena *a, const struct story *s, struct buf *out)
{
	struct doc_alt *alts = ARENA_ARRAY(a, struct doc_alt, s->images.n + 1);
	struct doc_extras extras = {.alts = alts, .n_alts = s->images.n};

	for (size_t i = 0; i < s->images.n; i++)
		alts[i] = (struct doc_alt){s->images.v[i].url, s->images.v[i].alt};
	doc_html_with(&s->body, &extras, out);
}

void
extract_json(struct arena *a, const struct story *s, struct json *j)
{
	struct buf html = {0};

	put_html(a, s, &html);
	json_object(j);
	json_key_line(j, "title", s->title);
	json_key_line(j, "byline", s->byline);
	json_key_line(j, "site", s->site);
	json_key_line(j, "published", s->published_raw);
	json_key_line(j, "language", s->lang);
	put_dateline(j, s);
	json_key_str(j, "text", anatomy_text(a, &s->body));
	json_key_str(j, "html", buf_str(&html));
	put_links(j, s);
	put_related(j, s);
	put_images(j, s);
	put_credits(j, s);
	put_dangling(j, s);
	json_key_line(j, "withheld", page_withheld_name(s->withheld));
	json_key_line(j, "next_page", s->next_page);
	json_object_end(j);
	json_newline(j);
	buf_clear(&html);
}
