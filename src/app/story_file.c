#include "app/story_file.h"

#include "app/story_out.h"
#include "text/doc_out.h"
#include "view/story_lines.h"

/* --- JSON --------------------------------------------------------------------------------------- */

static void
json_links(struct json *j, const struct doc *d)
{
	json_key(j, "links");
	json_array(j);
	for (size_t i = 0; i < d->n_spans; i++) {
		const struct span *s = &d->spans[i];
		bool repeated = false;
		for (size_t k = 0; k < i && !repeated; k++)
			repeated = d->spans[k].kind == SPAN_LINK && str_eq(d->spans[k].ref, s->ref);
		if (s->kind != SPAN_LINK || repeated)
			continue;
		json_object(j);
		json_key_line(j, "text", str_sub(d->text, s->at, s->n));
		json_key_line(j, "url", s->ref);
		json_object_end(j);
	}
	json_array_end(j);
}

static const char *
state_name(enum target_state state)
{
	static const char *const names[] = {
		[TARGET_STORED] = "stored", [TARGET_MISSING] = "missing", [TARGET_GONE] = "gone",
	};
	return names[state];
}

static void
json_related(struct json *j, const struct read_story *s, bool dangling)
{
	json_key(j, dangling ? "dangling" : "related");
	json_array(j);
	for (size_t i = 0; i < s->links.n; i++) {
		const struct read_link *l = &s->links.v[i];
		if (l->kind == LINK_MENTION || (l->url.n == 0) != dangling)
			continue;
		json_object(j);
		json_key_line(j, "label", l->label);
		json_key_line(j, "title", l->title);
		if (!dangling)
			json_key_line(j, "url", l->url);
		json_key_int(j, "after", l->after);
		json_key(j, "to");
		if (l->to == STORY_NONE)
			json_null(j);
		else
			json_int(j, l->to);
		json_key_line(j, "state", str_z(state_name(l->state)));
		json_object_end(j);
	}
	json_array_end(j);
}

static void
json_html(struct json *j, const struct doc *d)
{
	struct buf html = {0};
	doc_html(d, NULL, NULL, &html);
	json_key_str(j, "html", buf_str(&html));
	buf_clear(&html);
}

void
story_file_json(const struct story_file *f, const struct read_story *s, struct json *j)
{
	const struct story *t = &s->story;
	json_object(j);
	story_json_members(j, f->app, f->names, &s->row);
	json_key_str(j, "text", t->body.text);
	json_html(j, &t->body);
	json_links(j, &t->body);
	json_related(j, s, false);
	json_related(j, s, true);
	const struct { const char *key; struct str value; } fields[] = {
		{"source", t->source}, {"exchange", t->exchange}, {"reporter", t->reporter},
		{"translator", t->translator}, {"editor", t->editor},
		{"photographer", t->photographer}, {"copyright", t->copyright},
		{"summary", t->summary},
	};
	for (size_t i = 0; i < COUNT_OF(fields); i++)
		json_key_line(j, fields[i].key, fields[i].value);
	json_object_end(j);
}

/* --- text --------------------------------------------------------------------------------------- */

static void
write_text(const struct story_file *f, const struct read_story *s, struct buf *out)
{
	struct words words = {0};
	struct look look = {.words = &words, .symbols = SYMBOLS_UNICODE, .now = f->now,
	    .full_dates = true};
	struct story_view view = {.story = s, .cols = f->cols,
	    .text_cols = f->text_cols < f->cols ? f->text_cols : f->cols,
	    .rights_unfolded = true, .captions = true, .offline = f->offline,
	    .related = f->related};
	struct arena *a = arena_new();
	struct story_page page;
	story_lines(a, &look, &view, &page);
	for (size_t i = 0; i < page.lines.n; i++) {
		struct str line = line_text(a, &page.lines.v[i]);
		/* the screen's margin is no use on paper */
		size_t margin = 0;
		while (margin < page.margin && margin < line.n && line.p[margin] == ' ')
			margin++;
		buf_add(out, str_from(line, margin));
		buf_char(out, '\n');
	}
	arena_free(a);
}

/* --- Markdown and HTML -------------------------------------------------------------------------- */

static void
related_markdown(void *ctx, size_t index, struct buf *out)
{
	const struct read_story *s = ctx;
	if (index >= s->links.n)
		return;
	const struct read_link *l = &s->links.v[index];
	buf_add(out, STR("**"));
	markdown_escape(l->label, out);
	buf_add(out, STR(":** "));
	if (l->url.n)
		buf_char(out, '[');
	markdown_escape(l->title, out);
	if (l->url.n)
		buf_fmt(out, "](<%.*s>)", STR_ARG(l->url));
	buf_char(out, '\n');
}

static void
related_html(void *ctx, size_t index, struct buf *out)
{
	const struct read_story *s = ctx;
	if (index >= s->links.n)
		return;
	const struct read_link *l = &s->links.v[index];
	buf_add(out, STR("<p><strong>"));
	html_escape(l->label, out);
	buf_add(out, STR(":</strong> "));
	if (l->url.n) {
		buf_add(out, STR("<a href=\""));
		html_escape(l->url, out);
		buf_add(out, STR("\">"));
	}
	html_escape(l->title, out);
	buf_add(out, l->url.n ? STR("</a></p>\n") : STR("</p>\n"));
}

static const struct {
	const char *label;
	size_t offset;
} credit_rows[] = {
	{"Source", offsetof(struct story, source)},
	{"Reporter", offsetof(struct story, reporter)},
	{"Translator", offsetof(struct story, translator)},
	{"Editor", offsetof(struct story, editor)},
	{"Photographer", offsetof(struct story, photographer)},
};

static struct str
credit(const struct story *t, size_t i)
{
	return *(const struct str *)(const void *)((const char *)t + credit_rows[i].offset);
}

static struct str
meta_line(struct arena *a, const struct read_story *s)
{
	struct str at = story_time(a, s->row.published, s->row.published_offset);
	return arena_fmt(a, "%.*s%s%.*s", STR_ARG(s->row.agency),
	    s->row.agency.n && at.n ? ", " : "", STR_ARG(at));
}

static void
write_markdown(const struct read_story *s, struct buf *out)
{
	const struct story *t = &s->story;
	buf_add(out, STR("# "));
	markdown_escape(s->row.title, out);
	buf_add(out, STR("\n\n"));
	struct arena *a = arena_new();
	markdown_escape(meta_line(a, s), out);
	arena_free(a);
	buf_fmt(out, "\n<%.*s>\n\n", STR_ARG(s->row.url));
	doc_markdown(&t->body, related_markdown, (void *)s, out);
	if (t->body.text.n == 0 && t->summary.n) {
		markdown_escape(t->summary, out);
		buf_add(out, STR("\n\n"));
	}
	for (size_t i = 0; i < COUNT_OF(credit_rows); i++) {
		if (credit(t, i).n == 0)
			continue;
		buf_fmt(out, "%s: ", credit_rows[i].label);
		markdown_escape(credit(t, i), out);
		buf_add(out, STR("\\\n"));
	}
	if (t->rights.n) {
		buf_add(out, STR("\n"));
		markdown_escape(t->rights, out);
		buf_add(out, STR("\n"));
	}
}

void
story_file_article(const struct read_story *s, struct buf *out)
{
	const struct story *t = &s->story;
	buf_add(out, STR("<h1>"));
	html_escape(s->row.title, out);
	buf_add(out, STR("</h1>\n<p>"));
	struct arena *a = arena_new();
	html_escape(meta_line(a, s), out);
	arena_free(a);
	buf_add(out, STR("</p>\n"));
	doc_html(&t->body, related_html, (void *)s, out);
	if (t->body.text.n == 0 && t->summary.n) {
		buf_add(out, STR("<p>"));
		html_escape(t->summary, out);
		buf_add(out, STR("</p>\n"));
	}
	for (size_t i = 0; i < COUNT_OF(credit_rows); i++) {
		if (credit(t, i).n == 0)
			continue;
		buf_fmt(out, "<p>%s: ", credit_rows[i].label);
		html_escape(credit(t, i), out);
		buf_add(out, STR("</p>\n"));
	}
	if (t->rights.n) {
		buf_add(out, STR("<p><small>"));
		html_escape(t->rights, out);
		buf_add(out, STR("</small></p>\n"));
	}
}

static void
write_html(const struct read_story *s, struct buf *out)
{
	buf_add(out, STR("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>"));
	html_escape(s->row.title, out);
	buf_add(out, STR("</title></head>\n<body>\n"));
	story_file_article(s, out);
	buf_add(out, STR("</body></html>\n"));
}

void
story_file_write(const struct story_file *f, const struct read_story *s, enum format format,
    struct buf *out)
{
	struct json j;
	switch (format) {
	case FORMAT_MARKDOWN:
		write_markdown(s, out);
		return;
	case FORMAT_HTML:
		write_html(s, out);
		return;
	case FORMAT_JSON:
		json_init(&j, NULL, NULL);
		story_file_json(f, s, &j);
		json_newline(&j);
		buf_add(out, buf_str(&j.out));
		json_clear(&j);
		return;
	default:
		write_text(f, s, out);
		return;
	}
}
