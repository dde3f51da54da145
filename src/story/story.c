#include "story/story.h"

#include "base/utf8.h"
#include "text/clean.h"

void
story_init(struct story *s)
{
	*s = (struct story){
		.published = STORY_NO_TIME,
		.updated = STORY_NO_TIME,
		.embargo_until = STORY_NO_TIME,
	};
}

static void
settle_line(struct arena *a, struct str *s, size_t most)
{
	if (str_find_char(*s, '\n') != STR_NONE || str_find_char(*s, '\t') != STR_NONE)
		*s = text_squeeze(a, *s);
	*s = utf8_cut(*s, most);
}

static void
settle_url(struct str *s)
{
	if (s->n > STORY_MAX_URL_BYTES)
		*s = STR("");
}

static void
settle_links(struct arena *a, struct story *s)
{
	if (s->links.n > STORY_MAX_LINKS)
		s->links.n = STORY_MAX_LINKS;
	for (size_t i = 0; i < s->links.n; i++) {
		struct story_link *l = &s->links.v[i];
		settle_line(a, &l->label, STORY_MAX_TITLE_BYTES);
		settle_line(a, &l->title, STORY_MAX_TITLE_BYTES);
		settle_url(&l->url);
		if (l->after < 0)
			l->after = 0;
	}
	if (s->images.n > STORY_MAX_IMAGES)
		s->images.n = STORY_MAX_IMAGES;
	for (size_t i = 0; i < s->images.n; i++) {
		settle_url(&s->images.v[i].url);
		settle_line(a, &s->images.v[i].alt, STORY_MAX_TITLE_BYTES);
	}
}

void
story_settle(struct arena *a, struct story *s)
{
	struct str *const lines[] = {&s->site, &s->agency, &s->place, &s->byline, &s->source,
	    &s->exchange, &s->reporter, &s->translator, &s->editor, &s->photographer, &s->desk,
	    &s->copyright, &s->lang, &s->slug, &s->section, &s->published_raw};
	struct str *const texts[] = {&s->rights, &s->correction, &s->usage, &s->summary};
	struct str *const urls[] = {&s->url, &s->canonical, &s->guid, &s->next_page};

	settle_line(a, &s->title, STORY_MAX_TITLE_BYTES);
	for (size_t i = 0; i < COUNT_OF(lines); i++)
		settle_line(a, lines[i], STORY_MAX_FIELD_BYTES);
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		*texts[i] = utf8_cut(*texts[i], STORY_MAX_FIELD_BYTES);
	for (size_t i = 0; i < COUNT_OF(urls); i++) {
		settle_line(a, urls[i], SIZE_MAX);
		settle_url(urls[i]);
	}
	if (s->urgency < 0 || s->urgency > 8)
		s->urgency = 0;
	if (s->published_offset < -24 * 60 || s->published_offset > 24 * 60)
		s->published_offset = 0;
	settle_links(a, s);
}
