#include "app/story_atom.h"

#include "base/arena.h"
#include "text/date.h"
#include "text/doc_out.h"
#include "text/url.h"

static void
element(const char *name, struct str text, struct buf *out)
{
	if (text.n == 0)
		return;
	buf_fmt(out, "    <%s>", name);
	html_escape(text, out);
	buf_fmt(out, "</%s>\n", name);
}

/* An IRI that never changes (RFC 4287, 4.2.6): the canonical address, else a tag: URI (RFC 4151). */
static void
add_id(struct str key, struct buf *out)
{
	buf_add(out, STR("    <id>"));
	if (url_is_http(key)) {
		html_escape(key, out);
	} else {
		buf_add(out, STR("tag:kawat.invalid,2026:"));
		for (size_t i = 0; i < key.n; i++) {
			unsigned char c = (unsigned char)key.p[i];
			if (ascii_alnum(c) || c == '-' || c == '.' || c == '_')
				buf_char(out, (char)c);
			else
				buf_fmt(out, "%%%02X", c);
		}
	}
	buf_add(out, STR("</id>\n"));
}

static void
add_link(const char *rel, struct str url, struct str title, struct buf *out)
{
	if (!url_is_http(url))
		return;
	buf_fmt(out, "    <link rel=\"%s\" href=\"", rel);
	html_escape(url, out);
	if (title.n) {
		buf_add(out, STR("\" title=\""));
		html_escape(title, out);
	}
	buf_add(out, STR("\"/>\n"));
}

static void
add_content(const struct read_story *s, struct buf *out)
{
	struct buf html = {0};
	if (s->story.body.text.n == 0) {
		element("summary", s->story.summary, out);
		return;
	}
	doc_html(&s->story.body, NULL, NULL, &html);
	buf_add(out, STR("    <content type=\"html\">"));
	html_escape(buf_str(&html), out);
	buf_add(out, STR("</content>\n"));
	buf_clear(&html);
}

void
story_atom_begin(struct str title, int64_t updated, struct buf *out)
{
	struct arena *a = arena_new();
	buf_add(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			 "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n  <title>"));
	html_escape(title, out);
	buf_fmt(out, "</title>\n  <id>tag:kawat.invalid,2026:export</id>\n  <updated>%.*s</updated>\n"
		     "  <generator>kawat</generator>\n", STR_ARG(date_instant(a, updated)));
	arena_free(a);
}

void
story_atom_entry(const struct read_story *s, struct str author, struct buf *out)
{
	const struct story_row *r = &s->row;
	struct arena *a = arena_new();
	int64_t published = r->published == STORY_NO_TIME ? r->first_seen : r->published;
	int64_t updated = r->updated == STORY_NO_TIME ? published : r->updated;
	buf_add(out, STR("  <entry>\n"));
	add_id(r->key, out);
	buf_add(out, STR("    <title>"));
	html_escape(r->title, out);
	buf_add(out, STR("</title>\n"));
	element("published", date_rfc3339(a, published, r->published_offset), out);
	element("updated", date_rfc3339(a, updated, r->published_offset), out);
	buf_add(out, STR("    <author><name>"));
	html_escape(author, out);
	buf_add(out, STR("</name></author>\n"));
	add_link("alternate", r->url, STR(""), out);
	for (size_t i = 0; i < s->links.n; i++)
		if (s->links.v[i].kind != LINK_MENTION)
			add_link("related", s->links.v[i].url, s->links.v[i].title, out);
	element("rights", s->story.rights.n ? s->story.rights : r->rights, out);
	add_content(s, out);
	buf_add(out, STR("  </entry>\n"));
	arena_free(a);
}

void
story_atom_end(struct buf *out)
{
	buf_add(out, STR("</feed>\n"));
}
