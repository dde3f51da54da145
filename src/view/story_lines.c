#include "view/story_lines.h"

#include <string.h>

#include "base/utf8.h"
#include "story/dateline.h"
#include "text/columns.h"
#include "view/body_lines.h"
#include "view/paragraph.h"

enum {
	/* Addresses in the text that Tab stops at; more are drawn as text. */
	MAX_ADDRESSES = 500,
	MAX_ASKED = 5000,
	/* Rows of one kind in the list at the end; `t` shows them all. */
	MAX_ROWS = 5,
	LABEL_COLS = 16,        /* `In this story   ` */
	LABEL_BESIDE_COLS = 48, /* in a narrower measure it has a line of its own */
	CREDIT_COLS = 12,
	AGENCY_COLS = 8,
	NARROW = 40,        /* below this there are no margins */
	MIN_HANG_COLS = 24, /* a title beside its mark needs so much */
	WORDS_A_MINUTE = 200,
	CHARACTERS_A_MINUTE = 500,
};

struct page {
	struct arena *a;
	const struct look *look;
	const struct story_view *view;
	struct story_page *out;
	size_t n_stored; /* links of the store's lists; addresses of the text follow */
	size_t n_asked;  /* addresses of the text that were looked up */
	bool *placed;    /* read-also links that were drawn in the text */
	uint32_t block;
};

/* ---- links ---- */

/* The page's link for an address in the text: one of the store's, or one more. */
static int32_t
address_link(void *ctx, struct str url)
{
	struct page *p = ctx;
	size_t i;

	/*
	 * Each is looked for among all: bounded, so that a page of links alone stays
	 * quick.
	 */
	if (p->n_asked++ >= MAX_ASKED)
		return LINE_NO_LINK;
	for (i = 0; i < p->out->n_links; i++) {
		if (p->out->links[i].url.n == url.n && str_eq(p->out->links[i].url, url))
			return (int32_t)i;
	}
	if (p->out->n_links >= p->n_stored + MAX_ADDRESSES)
		return LINE_NO_LINK;
	p->out->links[p->out->n_links] = (struct page_link){
	    .kind = PAGE_LINK_ADDRESS, .url = url, .title = url, .state = TARGET_MISSING};
	return (int32_t)p->out->n_links++;
}

/* ---- lines ---- */

static struct line *
new_line(struct page *p)
{
	struct line *line = lines_push(p->a, &p->out->lines);

	line->block = p->block;
	line_pad(p->a, line, ROLE_TEXT, p->out->margin);
	return line;
}

static void
gap(struct page *p)
{
	lines_push(p->a, &p->out->lines)->block = p->block;
}

static void
paragraph(struct page *p, struct str text, enum role role)
{
	struct paragraph par = {.text = text,
	    .role = role,
	    .link = LINE_NO_LINK,
	    .margin = p->out->margin,
	    .cols = p->out->text_cols,
	    .block = p->block++};

	paragraph_lines(p->a, p->look, &par, &p->out->lines);
}

static void
rule(struct page *p)
{
	struct line *line = new_line(p);

	line_fill(p->a, line, ROLE_RULE, look_symbol(p->look, SYMBOL_RULE),
	    p->out->margin + p->out->text_cols);
}

/* `▸ Baca juga  [1] ● ` */
static struct line *
read_also_label(struct page *p, struct str label, int32_t index)
{
	const struct page_link *link = &p->out->links[index];
	struct str mark = look_symbol(p->look, SYMBOL_READ_ALSO);
	struct line *line = new_line(p);

	if (label.n == 0)
		label = word(p->look->words, WORD_READ_ALSO);
	line_add(p->a, line, ROLE_MARK, arena_cat(p->a, mark, STR(" ")));
	line_add_cut(p->a, line, ROLE_RELATED, label, p->out->text_cols / 2,
	    look_symbol(p->look, SYMBOL_ELLIPSIS));
	line_add(p->a, line, ROLE_TEXT, STR("  "));
	line_add_link(
	    p->a, line, ROLE_COUNT, story_link_mark(p->a, link->number), index);
	line_add(p->a, line, ROLE_TEXT, STR(" "));
	line_add(p->a, line, story_link_role(link->state),
	    look_symbol(p->look, look_state_symbol(link->state)));
	line_add(p->a, line, ROLE_TEXT, STR(" "));
	return line;
}

/* The label and the title, which hangs two cells in. */
static void
read_also(void *ctx, struct lines *out, size_t index, uint32_t block)
{
	struct page *p = ctx;
	size_t edge = p->out->margin + p->out->text_cols;
	const struct page_link *link;
	struct paragraph par = {.hang = 2, .block = block, .onto = true};
	struct line *line;

	if (index >= p->view->story->links.n)
		return;
	link = &p->out->links[index];
	p->placed[index] = true;
	p->block = block;
	line = read_also_label(p, p->view->story->links.v[index].label, (int32_t)index);
	par.text = link->title.n ? link->title : link->url;
	par.role = link->read ? ROLE_RELATED_READ : ROLE_RELATED;
	par.link = (int32_t)index;
	par.margin = line->cols;
	/* In a narrow pane the title goes on below, near the margin. */
	if (line->cols + MIN_HANG_COLS > edge) {
		par.margin = p->out->margin + 2;
		par.hang = 0;
		par.onto = false;
	}
	par.cols = edge > par.margin ? edge - par.margin : 1;
	paragraph_lines(p->a, p->look, &par, out);
}

/* ---- the head ---- */

int
story_minutes(struct str text)
{
	size_t at = 0, words = 0, characters = 0;
	bool inside = false;
	uint32_t c;

	while (at < text.n) {
		c = utf8_next(text, &at);
		/* Kana, Han and their compatibility forms are counted one by one. */
		if ((c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) ||
		    (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff)) {
			characters++;
			inside = false;
		} else if (c <= ' ') {
			inside = false;
		} else if (!inside) {
			inside = true;
			words++;
		}
	}
	words = words * CHARACTERS_A_MINUTE + characters * WORDS_A_MINUTE;
	words = (words + WORDS_A_MINUTE * CHARACTERS_A_MINUTE / 2) /
		(WORDS_A_MINUTE * CHARACTERS_A_MINUTE);
	return words < 1 ? 1 : words > 999 ? 999 : (int)words;
}

/* The date speaks the story's language if kawat does, else the reader's. */
static enum language
date_language(const struct page *p)
{
	struct str lang = p->view->story->row.lang;

	if (str_starts_nocase(lang, STR("id")))
		return LANGUAGE_ID;
	return str_starts_nocase(lang, STR("en")) ? LANGUAGE_EN
						  : p->look->words->language;
}

struct parts {
	struct str v[8];
	size_t n;
};

static void
add_part(struct parts *parts, struct str part)
{
	if (part.n > 0 && parts->n < COUNT_OF(parts->v))
		parts->v[parts->n++] = part;
}

static struct str
joined(struct page *p, const struct parts *parts)
{
	struct str all = STR("");
	size_t i;

	for (i = 0; i < parts->n; i++) {
		if (i > 0)
			all = arena_fmt(p->a, "%.*s %.*s ", STR_ARG(all),
			    STR_ARG(look_symbol(p->look, SYMBOL_DOT)));
		all = arena_cat(p->a, all, parts->v[i]);
	}
	return all;
}

/* `ANTARA · Kamis, 4 September 2025 14.31 WIB · 2 min · ⇄3` */
static struct str
about(struct page *p, enum when_style style)
{
	const struct read_story *s = p->view->story;
	int64_t at =
	    s->row.published != STORY_NO_TIME ? s->row.published : s->row.first_seen;
	struct parts parts = {0};
	struct str minutes;

	minutes = arena_fmt(p->a, "%d", story_minutes(s->story.body.text));
	add_part(&parts, s->row.agency.n ? s->row.agency : s->story.site);
	add_part(&parts, when(p->a, date_language(p), style, at, p->look->now));
	if (s->story.body.text.n > 0)
		add_part(&parts,
		    word_fill1(p->a, word(p->look->words, WORD_MINUTES), minutes));
	if (p->view->margin < 2 && s->cited_by.n > 0) {
		struct str n = word_number(p->a, p->look->words, (int64_t)s->cited_by.n);

		n = word_fill1(p->a,
		    word_plural(p->look->words, WORD_CITED_BY_N, (int64_t)s->cited_by.n),
		    n);
		add_part(
		    &parts, arena_fmt(p->a, "%.*s %.*s",
				STR_ARG(look_symbol(p->look, SYMBOL_CITED)), STR_ARG(n)));
	} else if (s->row.related_count > 0) {
		add_part(
		    &parts, arena_cat(p->a, look_symbol(p->look, SYMBOL_RELATED),
				word_number(p->a, p->look->words, s->row.related_count)));
	}
	return joined(p, &parts);
}

static void
note(struct page *p, struct str text, enum role role)
{
	gap(p);
	paragraph(p, text, role);
}

static void
notes(struct page *p)
{
	const struct story *s = &p->view->story->story;
	const struct words *w = p->look->words;

	if (s->status == STORY_WITHDRAWN)
		note(p, word(w, WORD_WITHDRAWN), ROLE_WARNING);
	else if (p->view->story->row.gone && p->view->story->row.stored)
		note(p, word(w, WORD_GONE_KEPT), ROLE_WARNING);
	if (s->correction.n > 0)
		note(p, word_fill1(p->a, word(w, WORD_CORRECTION), s->correction),
		    ROLE_WARNING);
	if (s->embargo_until != STORY_NO_TIME && s->embargo_until > p->look->now)
		note(p,
		    word_fill1(p->a, word(w, WORD_EMBARGO),
			when(p->a, w->language, WHEN_SHORT, s->embargo_until,
			    s->embargo_until)),
		    ROLE_WARNING);
	if (s->advertorial)
		note(p, word(w, WORD_ADVERTORIAL), ROLE_WARNING);
	if (s->usage.n > 0)
		note(p, s->usage, ROLE_RIGHTS);
}

static void
head(struct page *p)
{
	struct str meta = about(p, WHEN_FULL);

	paragraph(p, p->view->story->row.title, ROLE_STORY_TITLE);
	if (columns_of(meta) > p->out->text_cols)
		meta = about(p, WHEN_SHORT);
	paragraph(p, meta, ROLE_STORY_META);
	notes(p);
	gap(p);
}

/* ---- the body ---- */

static void
missing_text(struct page *p)
{
	const struct words *w = p->look->words;
	struct str mark = look_symbol(p->look, SYMBOL_MISSING);
	struct str says = word(w, p->view->fetching ? WORD_FETCHING : WORD_SUMMARY_ONLY);

	if (p->view->story->row.stored || (!p->view->fetching && !p->view->offline))
		return;
	note(p, arena_fmt(p->a, "%.*s %.*s", STR_ARG(mark), STR_ARG(says)), ROLE_MISSING);
}

static size_t
dateline_bytes(const struct doc *body)
{
	struct dateline d;

	if (body->n_spans == 0 || body->spans[0].kind != SPAN_PARAGRAPH)
		return 0;
	if (!dateline_parse(str_sub(body->text, 0, body->spans[0].n), &d))
		return 0;
	return d.lead;
}

/* The text as it came, a line for each of its own. */
static void
source_text(struct page *p)
{
	struct str rest = p->view->source, line;

	while (rest.n > 0) {
		str_cut(rest, '\n', &line, &rest);
		if (line.n > 0)
			paragraph(p, line, ROLE_TEXT);
		else
			gap(p);
	}
}

static void
body(struct page *p)
{
	const struct read_story *s = p->view->story;
	struct body_view view = {.doc = &s->story.body,
	    .cols = p->out->text_cols,
	    .margin = p->out->margin,
	    .captions = p->view->captions,
	    .link = address_link,
	    .related = read_also,
	    .ctx = p};
	size_t i;
	bool any = false;

	if (p->view->source.n > 0) {
		source_text(p);
		return;
	}
	view.dateline = dateline_bytes(&s->story.body);
	if (s->story.body.text.n > 0)
		p->block = body_lines(p->a, p->look, &view, p->block, &p->out->lines);
	else if (s->story.summary.n > 0)
		paragraph(p, s->story.summary, ROLE_TEXT);
	missing_text(p);
	/* The author's list after the text, and what has lost its place. */
	for (i = 0; i < s->links.n; i++) {
		if (p->placed[i] || (s->links.v[i].kind != LINK_TAIL &&
					s->links.v[i].kind != LINK_INLINE))
			continue;
		if (!any)
			gap(p);
		any = true;
		read_also(p, &p->out->lines, i, p->block);
		p->block++;
	}
}

/* ---- the foot ---- */

static void
credit(struct page *p, enum word label, struct str name)
{
	struct paragraph par = {.text = name,
	    .role = ROLE_CREDIT,
	    .link = LINE_NO_LINK,
	    .margin = p->out->margin + CREDIT_COLS,
	    .block = p->block,
	    .onto = true};

	if (name.n == 0)
		return;
	line_add_cut(p->a, new_line(p), ROLE_DIM, word(p->look->words, label),
	    CREDIT_COLS - 1, look_symbol(p->look, SYMBOL_ELLIPSIS));
	par.cols = p->out->text_cols > CREDIT_COLS ? p->out->text_cols - CREDIT_COLS : 1;
	paragraph_lines(p->a, p->look, &par, &p->out->lines);
	p->block++;
}

static void
rights(struct page *p)
{
	struct str all = p->view->story->story.rights, first, rest,
		   key = p->view->rights_key;
	const struct words *w = p->look->words;

	if (all.n == 0)
		all = p->view->story->story.copyright;
	if (all.n == 0)
		return;
	str_cut(all, '\n', &first, &rest);
	if (p->view->rights_unfolded) {
		for (; first.n > 0 || rest.n > 0; str_cut(rest, '\n', &first, &rest)) {
			if (first.n > 0)
				paragraph(p, first, ROLE_RIGHTS);
			first = STR("");
		}
		return;
	}
	if (rest.n > 0 || columns_of(first) > p->out->text_cols) {
		/* Folded to a line, never away. */
		struct str tail =
		    word_fill2(p->a, word(w, WORD_RIGHTS_FOLDED), STR(""), key);
		size_t room = columns_of(tail);

		room = p->out->text_cols > room + 8 ? p->out->text_cols - room : 8;
		first =
		    columns_cut(p->a, first, room, look_symbol(p->look, SYMBOL_ELLIPSIS));
		first = word_fill2(p->a, word(w, WORD_RIGHTS_FOLDED), first, key);
	}
	paragraph(p, first, ROLE_RIGHTS);
}

static bool
has_foot(const struct story *s)
{
	return s->source.n || s->exchange.n || s->reporter.n || s->byline.n ||
	       s->translator.n || s->editor.n || s->photographer.n || s->rights.n ||
	       s->copyright.n;
}

static void
foot(struct page *p)
{
	const struct story *s = &p->view->story->story;

	if (!has_foot(s))
		return;
	gap(p);
	rule(p);
	credit(p, WORD_CREDIT_SOURCE, s->source);
	credit(p, WORD_CREDIT_EXCHANGE,
	    str_eq(s->source, s->exchange) ? STR("") : s->exchange);
	if (s->reporter.n > 0)
		credit(p, WORD_CREDIT_REPORTER, s->reporter);
	else
		credit(p, WORD_CREDIT_BYLINE, s->byline);
	credit(p, WORD_CREDIT_TRANSLATOR, s->translator);
	credit(p, WORD_CREDIT_EDITOR, s->editor);
	credit(p, WORD_CREDIT_PHOTOGRAPHER, s->photographer);
	rights(p);
	rule(p);
}

/* A row of the list at the end; the label stands before the first of its kind. */
static void
related_row(struct page *p, size_t index, struct str label, struct str agency)
{
	const struct page_link *link = &p->out->links[index];
	struct str ellipsis = look_symbol(p->look, SYMBOL_ELLIPSIS);
	size_t edge = p->out->margin + p->out->text_cols;
	bool beside = p->out->text_cols >= LABEL_BESIDE_COLS;
	struct line *line = new_line(p);

	line_pad(p->a, line, ROLE_TEXT, p->out->margin + 2);
	if (label.n > 0)
		line_add_cut(p->a, line, ROLE_DIM, label,
		    beside ? LABEL_COLS - 1 : p->out->text_cols - 2, ellipsis);
	if (label.n > 0 && !beside) {
		line = new_line(p);
		line_pad(p->a, line, ROLE_TEXT, p->out->margin + 2);
	}
	if (beside)
		line_pad(p->a, line, ROLE_TEXT, p->out->margin + 2 + LABEL_COLS);
	line_add_link(
	    p->a, line, ROLE_COUNT, story_link_mark(p->a, link->number), (int32_t)index);
	line_add(p->a, line, ROLE_TEXT, STR(" "));
	line_add(p->a, line, story_link_role(link->state),
	    look_symbol(p->look, look_state_symbol(link->state)));
	line_add(p->a, line, ROLE_TEXT, STR(" "));
	if (agency.n > 0) {
		size_t from = line->cols;

		line_add(p->a, line, ROLE_AGENCY,
		    look_visual(p->a, p->look,
			columns_cut(p->a, agency, AGENCY_COLS - 1, ellipsis)));
		line_pad(p->a, line, ROLE_TEXT, from + AGENCY_COLS);
	}
	if (edge > line->cols)
		line_add_link(p->a, line, link->read ? ROLE_RELATED_READ : ROLE_RELATED,
		    look_visual(p->a, p->look,
			columns_cut(p->a, link->title.n ? link->title : link->url,
			    edge - line->cols, ellipsis)),
		    (int32_t)index);
	p->block++;
}

/*
 * The links of the text, those that are only mentioned last: in the order of their
 * numbers.
 */
static void
related_in_story(struct page *p)
{
	const struct read_story *s = p->view->story;
	struct str label = word(p->look->words, WORD_IN_THIS_STORY);
	size_t i;
	int mentions;

	for (mentions = 0; mentions < 2; mentions++) {
		for (i = 0; i < s->links.n; i++) {
			if ((s->links.v[i].kind == LINK_MENTION) != mentions)
				continue;
			related_row(p, i, label, STR(""));
			label = STR("");
		}
	}
}

/* The newest of the stories that lie in the page's links from `base` on. */
static void
related_rows(struct page *p, enum word name, const struct story_rows *rows, size_t base,
    bool agencies)
{
	struct str label = word(p->look->words, name);
	size_t i;

	for (i = 0; i < rows->n && i < MAX_ROWS; i++) {
		related_row(p, base + i, label, agencies ? rows->v[i].agency : STR(""));
		label = STR("");
	}
}

static void
related(struct page *p)
{
	const struct read_story *s = p->view->story;

	if (!p->view->related || s->links.n + s->cited_by.n + s->same.n == 0)
		return;
	if (!has_foot(&s->story))
		gap(p);
	line_add(
	    p->a, new_line(p), ROLE_STORY_HEADING, word(p->look->words, WORD_RELATED));
	related_in_story(p);
	related_rows(p, WORD_CITED_BY, &s->cited_by, s->links.n, false);
	related_rows(p, WORD_SAME_STORY, &s->same, s->links.n + s->cited_by.n, true);
}

void
story_lines(struct arena *a, const struct look *look, const struct story_view *view,
    struct story_page *out)
{
	struct page p = {.a = a, .look = look, .view = view, .out = out};
	size_t margin = view->cols < NARROW ? 0 : view->margin;
	size_t cols = view->cols > 0 ? view->cols : 1;
	size_t room = cols > 2 * margin ? cols - 2 * margin : 1;

	memset(out, 0, sizeof(*out));
	out->text_cols =
	    view->text_cols > 0 && view->text_cols < room ? view->text_cols : room;
	out->margin = (cols - out->text_cols) / 2;
	if (margin < 2 && out->margin > margin && cols >= NARROW)
		out->margin = margin;
	out->links = story_links(a, view->story, MAX_ADDRESSES, &out->n_links);
	p.n_stored = out->n_links;
	p.placed = ARENA_ARRAY(a, bool, view->story->links.n + 1);
	head(&p);
	body(&p);
	out->body_end = out->lines.n;
	foot(&p);
	related(&p);
}
