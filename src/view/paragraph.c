#include "view/paragraph.h"

#include "base/buf.h"
#include "text/bidi.h"
#include "text/wrap.h"

/* How the byte at one place looks, and up to where. */
struct looks {
	enum role role;
	uint8_t attrs;
	int32_t link;
	uint32_t end;
};

static struct looks
looks_at(const struct shape *shape, const struct segments *segments, uint32_t at)
{
	struct looks looks = {shape->role, shape->attrs, shape->link, UINT32_MAX};
	size_t low = 0, high = segments->n, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (segments->v[middle].at + segments->v[middle].n <= at)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < segments->n) {
		looks.attrs |= segments->v[low].attrs;
		looks.end = segments->v[low].at + segments->v[low].n;
		if (segments->v[low].role != ROLE_TEXT)
			looks.role = (enum role)segments->v[low].role;
		if (segments->v[low].link != LINE_NO_LINK) {
			looks.link = segments->v[low].link;
			looks.role = ROLE_LINK;
		}
	}
	if (at < shape->dateline && looks.role == shape->role) {
		looks.role = ROLE_STORY_DATELINE;
		looks.end =
		    shape->dateline < looks.end ? (uint32_t)shape->dateline : looks.end;
	}
	return looks;
}

static bool
look_alike(const struct looks *a, const struct looks *b)
{
	return a->role == b->role && a->attrs == b->attrs && a->link == b->link;
}

static void
add_line(struct arena *a, struct line *line, const struct shape *shape,
    const struct segments *segments, struct str text, const struct wrap_line *w)
{
	uint32_t at = w->at, end = w->at + w->n, stop;
	struct looks looks;

	for (; at < end; at = stop) {
		looks = looks_at(shape, segments, at);
		stop = looks.end < end ? looks.end : end;
		line_add_attrs(a, line, looks.role, str_sub(text, at, stop - at),
		    looks.attrs, looks.link);
	}
}

/*
 * The same in the order of the screen: character by character, those that look alike
 * together.
 */
static void
add_visual(struct arena *a, struct line *line, const struct shape *shape,
    const struct segments *segments, struct bidi *bidi, const struct wrap_line *w)
{
	struct bidi_line chars = bidi_line(a, bidi, w->at, w->n);
	struct looks looks = {0}, next;
	struct buf run = {0};
	size_t i;

	for (i = 0; i < chars.n; i++) {
		next = looks_at(shape, segments, chars.v[i].at);
		if (run.n > 0 && !look_alike(&looks, &next)) {
			line_add_attrs(a, line, looks.role, arena_str(a, buf_str(&run)),
			    looks.attrs, looks.link);
			run.n = 0;
		}
		looks = next;
		buf_add(&run, str_of(chars.v[i].drawn, chars.v[i].n));
	}
	line_add_attrs(
	    a, line, looks.role, arena_str(a, buf_str(&run)), looks.attrs, looks.link);
	buf_clear(&run);
}

static struct line *
begin_line(struct arena *a, const struct measure *m, const struct shape *shape,
    bool first, uint32_t at, struct lines *out)
{
	struct line *line = first && m->onto ? &out->v[out->n - 1] : lines_push(a, out);

	line->block = m->block;
	line->at = at;
	line_pad(a, line, ROLE_TEXT, m->margin + (first ? 0 : m->hang));
	line_add(a, line, shape->lead_role, first ? shape->first : shape->rest);
	return line;
}

void
paragraph_wrap(struct arena *a, const struct look *look, const struct measure *m,
    const struct shape *shape, const struct segments *segments, struct str text,
    struct lines *out)
{
	struct bidi *bidi = look->terminal_bidi ? NULL : bidi_paragraph(a, text);
	struct wrap_lines lines = wrap_text(a, text, m->first, m->rest);
	struct line *line;
	size_t i;

	for (i = 0; i < lines.n; i++) {
		line = begin_line(a, m, shape, i == 0, lines.v[i].at, out);
		/* Right to left is flush right. */
		if (bidi_is_rtl(bidi))
			line_pad(a, line, ROLE_TEXT,
			    line->cols + (i == 0 ? m->first : m->rest) - lines.v[i].cols);
		if (bidi)
			add_visual(a, line, shape, segments, bidi, &lines.v[i]);
		else
			add_line(a, line, shape, segments, text, &lines.v[i]);
		if (lines.v[i].hyphen)
			line_add(a, line, shape->role, STR("-"));
	}
}

void
paragraph_lines(struct arena *a, const struct look *look, const struct paragraph *p,
    struct lines *out)
{
	struct shape shape = {.role = p->role, .attrs = p->attrs, .link = p->link};
	struct measure m = {
	    .margin = p->margin, .hang = p->hang, .block = p->block, .onto = p->onto};
	struct segments none = {0};

	m.first = p->cols > PARAGRAPH_MIN_COLS ? p->cols : PARAGRAPH_MIN_COLS;
	m.rest = m.first > p->hang + PARAGRAPH_MIN_COLS ? m.first - p->hang
							: PARAGRAPH_MIN_COLS;
	paragraph_wrap(a, look, &m, &shape, &none, p->text, out);
}
