/*
 * The document becomes a list of lines (a block is one, or several parted by line breaks); lines
 * are taken out, and what is left becomes the body.
 */
#include "story/anatomy.h"

#include "base/utf8.h"
#include "story/agency.h"
#include "story/credit.h"
#include "story/dateline.h"
#include "story/readalso.h"
#include "story/signal.h"
#include "story/trim.h"

enum {
	MAX_DANGLING_BYTES = 400, /* a headline with its label; more is a paragraph */
	MIN_DANGLING_BYTES = 4,
	CORRECTION_LINES = 4, /* from either end */
	MIN_LEAD_BYTES = 120, /* so much is a lead sentence, however it ends */
	DATELINE_BLOCKS = 3, /* a standfirst and a picture's line may stand before it */
};

/* A line of the document. */
struct line {
	size_t block; /* index of its span */
	uint32_t at, n; /* in doc.text */
	bool links; /* a link stands in it */
	bool out; /* leaves the body */
	bool dangling;
	struct readalso marker;
};

struct anatomy {
	struct arena *arena;
	const struct doc *doc;
	struct { struct line *v; size_t n, cap; } lines;
	const struct anatomy_group *groups;
	size_t n_groups;
	struct story *story;
};

bool
anatomy_is_text(const struct span *s)
{
	return span_is_block(s->kind) && s->n > 0 && s->kind != SPAN_CAPTION &&
	    s->kind != SPAN_RULE && s->kind != SPAN_RELATED;
}

static struct str
line_text(const struct anatomy *x, const struct line *l)
{
	return str_sub(x->doc->text, l->at, l->n);
}

/* --- lines --- */

static void
add_lines(struct anatomy *x, size_t block)
{
	const struct span *s = &x->doc->spans[block];
	uint32_t at = s->at, end = s->at + s->n;

	while (at < end) {
		struct str rest = str_sub(x->doc->text, at, end - at);
		size_t n = str_find_char(rest, '\n');
		if (n == STR_NONE)
			n = rest.n;
		struct line l = {.block = block, .at = at, .n = (uint32_t)n};
		ARENA_PUSH(x->arena, &x->lines, l);
		at += (uint32_t)n + 1;
	}
}

static void
mark_links(struct anatomy *x)
{
	size_t line = 0;

	for (size_t i = 0; i < x->doc->n_spans; i++) {
		const struct span *s = &x->doc->spans[i];
		if (s->kind != SPAN_LINK)
			continue;
		while (line < x->lines.n && x->lines.v[line].at + x->lines.v[line].n <= s->at)
			line++;
		if (line < x->lines.n && x->lines.v[line].at < s->at + s->n)
			x->lines.v[line].links = true;
	}
}

static void
make_lines(struct anatomy *x)
{
	for (size_t i = 0; i < x->doc->n_spans; i++)
		if (anatomy_is_text(&x->doc->spans[i]))
			add_lines(x, i);
	mark_links(x);
}

/* --- read-also lines without an address --- */

static void
find_dangling(struct anatomy *x)
{
	for (size_t i = 0; i < x->lines.n; i++) {
		struct line *l = &x->lines.v[i];
		struct readalso *m = &l->marker;
		if (l->links || l->n > MAX_DANGLING_BYTES ||
		    !readalso_match(x->arena, line_text(x, l), m))
			continue;
		bool strong = m->kind == READALSO_RELATED || m->kind == READALSO_WEAK;
		if (m->kind == READALSO_CONTINUE && trim_close(m->rest).n == 0)
			l->out = true;
		if (!strong || !m->closed)
			continue;
		l->out = true;
		l->dangling = trim_close(m->rest).n >= MIN_DANGLING_BYTES;
	}
}

/* --- credits --- */

static void
set(struct str *field, struct str value)
{
	if (field->n == 0)
		*field = utf8_cut(value, STORY_MAX_FIELD_BYTES);
}

static void
take_credit(struct story *s, const struct credit *c)
{
	set(&s->source, c->source);
	set(&s->exchange, c->exchange);
	set(&s->reporter, c->reporter);
	set(&s->translator, c->translator);
	set(&s->editor, c->editor);
	set(&s->photographer, c->photographer);
	set(&s->desk, c->desk);
	set(&s->copyright, c->copyright);
	set(&s->rights, c->rights);
	set(&s->usage, c->usage);
	s->advertorial = s->advertorial || c->advertorial;
}

static void
find_credits(struct anatomy *x)
{
	struct credit c = {0};
	struct credit_line *lines = ARENA_ARRAY(x->arena, struct credit_line, x->lines.n);

	for (size_t i = 0; i < x->lines.n; i++) {
		lines[i].text = line_text(x, &x->lines.v[i]);
		lines[i].passed = x->lines.v[i].out;
	}
	credit_foot(x->arena, lines, x->lines.n, &c);
	for (size_t i = 0; i < x->lines.n; i++)
		if (lines[i].taken)
			x->lines.v[i].out = true;
	take_credit(x->story, &c);
}

/* --- the dateline --- */

static bool
ends_sentence(struct str s)
{
	size_t at;
	uint32_t c = trim_last(trim_space(s), &at);

	return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == '"' ||
	    c == 0x201D || c == ')' || c == 0x06D4 || c == 0x0964;
}

/* The dateline of the block that stands behind so many others. */
static bool
dateline_of(struct str block, enum span_kind kind, size_t before, struct dateline *d)
{
	if (!dateline_parse(block, d))
		return false;
	if (d->agency.n > 0)
		return true;
	/* a place alone is sure enough only before a first sentence: "JAKARTA - ..." heads lists, too */
	return before == 0 && kind != SPAN_ITEM && kind != SPAN_ROW &&
	    (block.n >= MIN_LEAD_BYTES || ends_sentence(block));
}

static void
take_dateline(struct story *s, const struct dateline *d)
{
	set(&s->place, d->place);
	set(&s->desk, d->desk);
	set(&s->reporter, d->reporter);
	const struct agency *known = agency_by_name(d->agency);
	set(&s->agency, known ? known->name : d->agency);
}

static void
find_dateline(struct anatomy *x)
{
	size_t blocks = 0;

	for (size_t i = 0; i < x->lines.n && blocks < DATELINE_BLOCKS; i++) {
		const struct line *l = &x->lines.v[i];
		enum span_kind kind = x->doc->spans[l->block].kind;
		struct dateline d;
		if (l->out || kind == SPAN_HEADING)
			continue;
		if (dateline_of(line_text(x, l), kind, blocks++, &d)) {
			take_dateline(x->story, &d);
			return;
		}
	}
}

bool
anatomy_dateline(const struct doc *doc, struct dateline *d)
{
	size_t blocks = 0;

	for (size_t i = 0; i < doc->n_spans && blocks < DATELINE_BLOCKS; i++) {
		const struct span *s = &doc->spans[i];
		if (!anatomy_is_text(s) || s->kind == SPAN_HEADING)
			continue;
		if (dateline_of(str_sub(doc->text, s->at, s->n), s->kind, blocks++, d))
			return true;
	}
	*d = (struct dateline){0};
	return false;
}

/* --- the correction --- */

/* "Correction: ...", "Ralat: ..." at the head or the foot; it stays in the text. */
static void
find_correction(struct anatomy *x)
{
	for (size_t i = 0; i < x->lines.n; i++) {
		const struct line *l = &x->lines.v[i];
		struct signal signal;
		if (i >= CORRECTION_LINES && i + CORRECTION_LINES < x->lines.n)
			continue;
		if (l->out)
			continue;
		signal_read(x->arena, line_text(x, l), &signal);
		if (signal.status != STORY_CORRECTED || signal.lead == 0)
			continue;
		set(&x->story->correction, str_from(line_text(x, l), signal.lead));
		if (x->story->status < STORY_CORRECTED)
			x->story->status = STORY_CORRECTED;
		return;
	}
}

/* --- the body --- */

struct rebuild {
	struct arena *arena;
	struct buf text;
	struct { struct span *v; size_t n, cap; } spans;
	int32_t blocks; /* of text so far */
	struct story *story;
};

/* A piece of a block that stays, and where it went. */
struct piece {
	uint32_t from, n, to;
};

static bool
is_known_url(const struct story *s, struct str url)
{
	if (str_eq(url, s->url) || str_eq(url, s->canonical))
		return true;
	for (size_t i = 0; i < s->links.n; i++)
		if (str_eq(s->links.v[i].url, url))
			return true;
	return false;
}

/* The link's place in the text, when it is one of the story's and has not come before. */
static void
put_link(struct rebuild *r, struct story_link link, bool in_text)
{
	if (r->story->links.n >= STORY_MAX_LINKS)
		return;
	if (link.url.n > 0 && is_known_url(r->story, link.url))
		return;
	link.after = r->blocks;
	if (in_text) {
		struct span s = {.at = (uint32_t)r->text.n, .kind = SPAN_RELATED,
		    .level = (uint8_t)r->story->links.n};
		ARENA_PUSH(r->arena, &r->spans, s);
	}
	ARENA_PUSH(r->arena, &r->story->links, link);
}

static void
put_group(struct rebuild *r, const struct anatomy_group *g, bool in_text)
{
	for (size_t i = 0; i < g->n; i++)
		put_link(r, g->links[i], in_text);
}

static void
put_outside(struct rebuild *r, const struct anatomy *x, const bool *placed, bool before)
{
	for (size_t i = 0; i < x->n_groups; i++)
		if (!placed[i] && x->groups[i].before == before)
			put_group(r, &x->groups[i], false);
}

/* An inline span of the old document, cut to what stays of it. */
static void
put_inline(struct rebuild *r, const struct span *s, const struct piece *pieces, size_t n)
{
	struct span out = *s;
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		uint32_t from = s->at > pieces[i].from ? s->at : pieces[i].from;
		uint32_t end = s->at + s->n;
		if (end > pieces[i].from + pieces[i].n)
			end = pieces[i].from + pieces[i].n;
		if (from >= end)
			continue;
		uint32_t at = pieces[i].to + (from - pieces[i].from);
		if (!any)
			out.at = at;
		out.n = at + (end - from) - out.at;
		any = true;
	}
	/* what reads a document back allows no more; the places of links need some */
	if (any && r->spans.n + STORY_MAX_LINKS < DOC_MAX_SPANS)
		ARENA_PUSH(r->arena, &r->spans, out);
}

/* Copy the lines [first, end) of one block that stay; dangling links stand between blocks. */
static void
put_block(struct rebuild *r, const struct anatomy *x, size_t block, size_t first, size_t end)
{
	struct piece *pieces = ARENA_ARRAY(r->arena, struct piece, end - first + 1);
	struct span out = x->doc->spans[block];
	size_t n = 0;

	for (size_t i = first; i < end; i++) {
		const struct line *l = &x->lines.v[i];
		if (l->out)
			continue;
		buf_add(&r->text, n > 0 ? STR("\n") : r->text.n > 0 ? STR("\n\n") : STR(""));
		pieces[n] = (struct piece){l->at, l->n, (uint32_t)r->text.n};
		buf_add(&r->text, line_text(x, l));
		n++;
	}
	if (n > 0) {
		out.at = pieces[0].to;
		out.n = pieces[n - 1].to + pieces[n - 1].n - out.at;
		ARENA_PUSH(r->arena, &r->spans, out);
		for (size_t i = block + 1; i < x->doc->n_spans; i++) {
			if (span_is_block(x->doc->spans[i].kind))
				break;
			put_inline(r, &x->doc->spans[i], pieces, n);
		}
		r->blocks++;
	}
	for (size_t i = first; i < end; i++) {
		const struct line *l = &x->lines.v[i];
		if (l->dangling)
			put_link(r, (struct story_link){.kind = LINK_INLINE, .label = l->marker.label,
			    .title = utf8_cut(trim_title(l->marker.rest), STORY_MAX_TITLE_BYTES)},
			    true);
	}
}

/* A block that is no text: a rule or a picture with its caption stays as it is. */
static void
put_other(struct rebuild *r, const struct anatomy *x, size_t block)
{
	const struct span *s = &x->doc->spans[block];
	struct piece all = {s->at, s->n, 0};
	struct span out = *s;

	if (s->n > 0 && r->text.n > 0)
		buf_add(&r->text, STR("\n\n"));
	all.to = out.at = (uint32_t)r->text.n;
	buf_add(&r->text, str_sub(x->doc->text, s->at, s->n));
	ARENA_PUSH(r->arena, &r->spans, out);
	for (size_t i = block + 1; i < x->doc->n_spans; i++) {
		if (span_is_block(x->doc->spans[i].kind))
			break;
		put_inline(r, &x->doc->spans[i], &all, 1);
	}
}

static void
build_body(struct anatomy *x)
{
	struct rebuild r = {.arena = x->arena, .story = x->story};
	bool *placed = ARENA_ARRAY(x->arena, bool, x->n_groups + 1);
	size_t line = 0;

	for (size_t i = 0; i < x->doc->n_spans; i++)
		if (x->doc->spans[i].kind == SPAN_RELATED && x->doc->spans[i].level < x->n_groups)
			placed[x->doc->spans[i].level] = true;
	put_outside(&r, x, placed, true);
	for (size_t i = 0; i < x->doc->n_spans; i++) {
		const struct span *s = &x->doc->spans[i];
		if (anatomy_is_text(s)) {
			size_t first = line;
			while (line < x->lines.n && x->lines.v[line].block == i)
				line++;
			put_block(&r, x, i, first, line);
		} else if (s->kind == SPAN_RELATED) {
			if (s->level < x->n_groups)
				put_group(&r, &x->groups[s->level], true);
		} else if (span_is_block(s->kind)) {
			put_other(&r, x, i);
		}
	}
	put_outside(&r, x, placed, false);
	x->story->body = (struct doc){arena_str(x->arena, buf_str(&r.text)), r.spans.v, r.spans.n};
	buf_clear(&r.text);
}

void
anatomy_of(struct arena *a, const struct doc *doc, const struct anatomy_group *groups,
    size_t n_groups, struct story *story)
{
	struct anatomy x = {.arena = a, .doc = doc, .groups = groups, .n_groups = n_groups,
	    .story = story};

	make_lines(&x);
	find_dangling(&x);
	find_credits(&x);
	find_dateline(&x);
	find_correction(&x);
	build_body(&x);
}

struct str
anatomy_text(struct arena *a, const struct doc *doc)
{
	struct buf b = {0};

	for (size_t i = 0; i < doc->n_spans; i++) {
		const struct span *s = &doc->spans[i];
		if (!anatomy_is_text(s))
			continue;
		if (b.n > 0)
			buf_add(&b, STR("\n\n"));
		buf_add(&b, str_sub(doc->text, s->at, s->n));
	}
	struct str text = arena_str(a, buf_str(&b));
	buf_clear(&b);
	return text;
}
