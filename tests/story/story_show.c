#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story_show.h"

void
show_links(const struct story *s, struct buf *out)
{
	for (size_t i = 0; i < s->links.n; i++) {
		const struct story_link *l = &s->links.v[i];
		buf_fmt(out, "%c %.*s > %.*s > %.*s @%d\n", "?itam"[l->kind], STR_ARG(l->label),
		    STR_ARG(l->title), STR_ARG(l->url), (int)l->after);
	}
}

static const char *
name_of(const struct span *s)
{
	switch ((enum span_kind)s->kind) {
	case SPAN_PARAGRAPH: return "P";
	case SPAN_HEADING: return "H";
	case SPAN_QUOTE: return "Q";
	case SPAN_ITEM: return "LI";
	case SPAN_PRE: return "PRE";
	case SPAN_ROW: return "TR";
	case SPAN_CAPTION: return "CAP";
	case SPAN_RULE: return "HR";
	default: return "?";
	}
}

void
show_body(const struct story *s, struct buf *out)
{
	for (size_t i = 0; i < s->body.n_spans; i++) {
		const struct span *b = &s->body.spans[i];
		if (!span_is_block(b->kind))
			continue;
		if (b->kind == SPAN_RELATED) {
			buf_fmt(out, "@%d\n", b->level);
			continue;
		}
		buf_fmt(out, "%s ", name_of(b));
		for (uint32_t k = b->at; k < b->at + b->n; k++)
			buf_char(out, s->body.text.p[k] == '\n' ? '/' : s->body.text.p[k]);
		buf_char(out, '\n');
	}
}

void
assert_shows(struct buf *got, const char *want)
{
	if (!str_eq(buf_str(got), str_z(want)))
		fail_msg("got:\n%s\nwanted:\n%s", buf_z(got), want);
	buf_clear(got);
}
