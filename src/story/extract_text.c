/* The story as plain text for people: `kawat extract --format text`. */
#include "story/anatomy.h"
#include "story/extract.h"

static void
put_line(struct buf *out, struct str s)
{
	if (s.n == 0)
		return;
	buf_add(out, s);
	buf_char(out, '\n');
}

static void
put_field(struct buf *out, const char *label, struct str value)
{
	if (value.n > 0)
		buf_fmt(out, "%s: %.*s\n", label, STR_ARG(value));
}

static void
put_link(struct buf *out, const struct story_link *l)
{
	if (out->n > 0)
		buf_char(out, '\n');
	buf_fmt(out, "> %.*s: %.*s\n", STR_ARG(l->label), STR_ARG(l->title));
	if (l->url.n > 0)
		buf_fmt(out, "  %.*s\n", STR_ARG(l->url));
}

static void
put_body(struct buf *out, const struct story *s, bool *placed)
{
	for (size_t i = 0; i < s->body.n_spans; i++) {
		const struct span *b = &s->body.spans[i];
		if (b->kind == SPAN_RELATED && b->level < s->links.n) {
			put_link(out, &s->links.v[b->level]);
			placed[b->level] = true;
			continue;
		}
		if (!anatomy_is_text(b))
			continue;
		if (out->n > 0)
			buf_char(out, '\n');
		put_line(out, str_sub(s->body.text, b->at, b->n));
	}
}

void
extract_text(struct arena *a, const struct story *s, struct buf *out)
{
	bool *placed = ARENA_ARRAY(a, bool, s->links.n + 1);
	struct buf foot = {0};

	put_line(out, s->title);
	put_line(out, s->byline);
	put_line(out, s->published_raw);
	put_body(out, s, placed);
	for (size_t i = 0; i < s->links.n; i++)
		if (!placed[i] && s->links.v[i].kind != LINK_MENTION)
			put_link(out, &s->links.v[i]);
	put_field(&foot, "Source", s->source);
	put_field(&foot, "Reporter", s->reporter);
	put_field(&foot, "Translator", s->translator);
	put_field(&foot, "Editor", s->editor);
	put_field(&foot, "Photographer", s->photographer);
	put_line(&foot, s->rights);
	if (foot.n > 0 && out->n > 0)
		buf_char(out, '\n');
	buf_add(out, buf_str(&foot));
	buf_clear(&foot);
}
