#include "feed/opml.h"

void
opml_escape(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		switch (s.p[i]) {
		case '&':
			buf_add(b, STR("&amp;"));
			break;
		case '<':
			buf_add(b, STR("&lt;"));
			break;
		case '>':
			buf_add(b, STR("&gt;"));
			break;
		case '"':
			buf_add(b, STR("&quot;"));
			break;
		case '\n':
		case '\t':
			buf_char(b, ' ');
			break;
		default:
			buf_char(b, s.p[i]);
		}
	}
}

static void
indent(struct buf *b, size_t depth)
{
	for (size_t i = 0; i < depth + 2; i++)
		buf_add(b, STR("  "));
}

static void
attribute(struct buf *b, const char *name, struct str value)
{
	buf_fmt(b, " %s=\"", name);
	opml_escape(b, value);
	buf_char(b, '"');
}

void
opml_begin(struct buf *b, struct str title, struct str created)
{
	buf_add(b, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n"
		       "  <head>\n    <title>"));
	opml_escape(b, title);
	buf_add(b, STR("</title>\n    <dateCreated>"));
	opml_escape(b, created);
	buf_add(b, STR("</dateCreated>\n  </head>\n  <body>\n"));
}

void
opml_section(struct buf *b, struct str name, size_t depth)
{
	indent(b, depth);
	buf_add(b, STR("<outline"));
	attribute(b, "text", name);
	buf_add(b, STR(">\n"));
}

void
opml_feed(struct buf *b, const struct opml_feed *f, size_t depth)
{
	indent(b, depth);
	buf_add(b, STR("<outline type=\"rss\""));
	attribute(b, "text", f->title);
	attribute(b, "title", f->title);
	attribute(b, "xmlUrl", f->url);
	if (f->site.n)
		attribute(b, "htmlUrl", f->site);
	if (f->language.n)
		attribute(b, "language", f->language);
	buf_add(b, STR("/>\n"));
}

void
opml_section_end(struct buf *b, size_t depth)
{
	indent(b, depth);
	buf_add(b, STR("</outline>\n"));
}

void
opml_end(struct buf *b)
{
	buf_add(b, STR("  </body>\n</opml>\n"));
}
