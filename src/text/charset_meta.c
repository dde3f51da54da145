/*
 * The charset that a page declares in a meta element.
 *
 * It is looked for twice.  First as browsers do before they parse (HTML Standard 13.2.3.2, the
 * prescan): in the first 1,024 bytes, by a reading so simple that a meta inside a script counts too.
 * Then as their parser would meet it further down, where what stands in a script, a style or a title
 * is text; a browser would then begin anew with that charset.
 */
#include <string.h>

#include "text/charset.h"

enum {
	PRESCAN_BYTES = 1024, /* by the standard */
	/* A meta that is further down declares nothing: no page known has it there. */
	META_BYTES = 64 * 1024,
};

struct scan {
	struct str s; /* what is still to be read; empty: the scan is over */
	bool raw_text; /* is text in scripts told from markup? */
};

struct attribute {
	struct str name, value;
};

static bool
is_space(char c)
{
	return ascii_space((unsigned char)c) && c != '\v';
}

static void
skip_spaces(struct str *s)
{
	while (s->n && is_space(s->p[0]))
		*s = str_from(*s, 1);
}

static void
skip_past(struct str *s, struct str what)
{
	size_t at = str_find(*s, what);
	*s = str_from(*s, at == STR_NONE ? s->n : at + what.n);
}

/* --- attributes (the standard's "get an attribute") --- */

static struct str
take_name(struct str *s)
{
	size_t n = 0;
	while (n < s->n && !is_space(s->p[n]) && s->p[n] != '/' && s->p[n] != '>' &&
	    (s->p[n] != '=' || n == 0))
		n++;
	struct str name = str_sub(*s, 0, n);
	*s = str_from(*s, n);
	return name;
}

static struct str
take_value(struct str *s)
{
	size_t n = 0;

	skip_spaces(s);
	if (s->n && (s->p[0] == '"' || s->p[0] == '\'')) {
		char quote = s->p[0];
		*s = str_from(*s, 1);
		n = str_find_char(*s, quote);
		struct str value = str_sub(*s, 0, n == STR_NONE ? 0 : n);
		*s = str_from(*s, n == STR_NONE ? s->n : n + 1);
		return value;
	}
	while (n < s->n && !is_space(s->p[n]) && s->p[n] != '>')
		n++;
	struct str value = str_sub(*s, 0, n);
	*s = str_from(*s, n);
	return value;
}

/* The next attribute of a tag.  False at its end, where *s stands, or where the text is over. */
static bool
next_attribute(struct str *s, struct attribute *a)
{
	while (s->n && (is_space(s->p[0]) || s->p[0] == '/'))
		*s = str_from(*s, 1);
	if (s->n == 0 || s->p[0] == '>')
		return false;
	*a = (struct attribute){.name = take_name(s), .value = STR("")};
	skip_spaces(s);
	if (s->n && s->p[0] == '=') {
		*s = str_from(*s, 1);
		a->value = take_value(s);
	}
	/* A tag that the end cuts off is none. */
	return s->n > 0;
}

/* --- meta --- */

/* "extracting a character encoding from a meta element": the label in content="...". */
static struct str
label_in_content(struct str s)
{
	struct str name = STR("charset");

	for (;;) {
		size_t at = str_find_nocase(s, name);
		if (at == STR_NONE)
			return STR("");
		s = str_from(s, at + name.n);
		skip_spaces(&s);
		if (s.n && s.p[0] == '=')
			break;
	}
	s = str_from(s, 1);
	skip_spaces(&s);
	if (s.n && (s.p[0] == '"' || s.p[0] == '\'')) {
		size_t end = str_find_char(str_from(s, 1), s.p[0]);
		return end == STR_NONE ? STR("") : str_sub(s, 1, end);
	}
	size_t n = 0;
	while (n < s.n && !is_space(s.p[n]) && s.p[n] != ';')
		n++;
	return str_sub(s, 0, n);
}

struct meta {
	enum charset charset;
	bool by_charset, by_content, pragma;
	bool has_charset, has_content, has_pragma; /* the first of a name counts */
};

static void
hear_attribute(struct meta *m, const struct attribute *a)
{
	if (str_eq_nocase(a->name, STR("http-equiv")) && !m->has_pragma) {
		m->has_pragma = true;
		m->pragma = str_eq_nocase(a->value, STR("content-type"));
	} else if (str_eq_nocase(a->name, STR("content")) && !m->has_content) {
		enum charset found = charset_of_label(label_in_content(a->value));
		m->has_content = true;
		if (found != CHARSET_UNKNOWN && !m->by_charset) {
			m->charset = found;
			m->by_content = true;
		}
	} else if (str_eq_nocase(a->name, STR("charset")) && !m->has_charset) {
		m->has_charset = true;
		m->charset = charset_of_label(a->value);
		m->by_charset = true;
	}
}

/* The attributes of a meta; what they declare. */
static enum charset
read_meta(struct str *s)
{
	struct attribute a;
	struct meta m = {0};

	while (next_attribute(s, &a))
		hear_attribute(&m, &a);
	if (s->n == 0 || (!m.by_charset && !m.pragma))
		return CHARSET_UNKNOWN;
	return m.charset;
}

/* --- the scan --- */

/* The element whose end tag alone ends what stands at s ("<script ..."), or "". */
static struct str
raw_element(struct str s)
{
	static const struct str names[] = {STR_INIT("script"), STR_INIT("style"),
	    STR_INIT("title"), STR_INIT("textarea"), STR_INIT("xmp"), STR_INIT("iframe"),
	    STR_INIT("noembed"), STR_INIT("noframes")};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		char next = s.n > 1 + names[i].n ? s.p[1 + names[i].n] : '>';
		if (str_starts_nocase(str_from(s, 1), names[i]) &&
		    (is_space(next) || next == '/' || next == '>'))
			return names[i];
	}
	return STR("");
}

/* To the end tag of the element.  Without one the rest is text. */
static void
skip_raw_text(struct str *s, struct str name)
{
	while (s->n) {
		skip_past(s, STR("</"));
		if (str_starts_nocase(*s, name))
			return;
	}
}

static bool
is_meta(struct str s)
{
	return s.n > 5 && str_starts_nocase(s, STR("<meta")) &&
	    (is_space(s.p[5]) || s.p[5] == '/');
}

/* Past the tag at the front; its attributes are read, since a '>' may stand in a value. */
static void
skip_tag(struct scan *z)
{
	struct attribute a;
	struct str raw = z->raw_text ? raw_element(z->s) : STR("");

	while (z->s.n && !is_space(z->s.p[0]) && z->s.p[0] != '>')
		z->s = str_from(z->s, 1);
	while (next_attribute(&z->s, &a))
		;
	if (raw.n)
		skip_raw_text(&z->s, raw);
}

/* What stands at a '<'. */
static enum charset
read_markup(struct scan *z)
{
	unsigned char second = z->s.n > 1 ? (unsigned char)z->s.p[1] : 0;
	unsigned char third = z->s.n > 2 ? (unsigned char)z->s.p[2] : 0;

	if (str_starts(z->s, STR("<!--"))) {
		/* "<!-->" is a whole comment. */
		z->s = str_from(z->s, 2);
		skip_past(&z->s, STR("-->"));
	} else if (is_meta(z->s)) {
		z->s = str_from(z->s, 5);
		return read_meta(&z->s);
	} else if (ascii_alpha(second) || (second == '/' && ascii_alpha(third))) {
		skip_tag(z);
	} else if (second == '!' || second == '?' || second == '/') {
		skip_past(&z->s, STR(">"));
	} else {
		z->s = str_from(z->s, 1);
	}
	return CHARSET_UNKNOWN;
}

static enum charset
scan_for_meta(struct bytes b, size_t most, bool raw_text)
{
	struct scan z = {.s = str_of((const char *)b.p, b.n < most ? b.n : most),
	    .raw_text = raw_text};
	enum charset charset = CHARSET_UNKNOWN;

	while (charset == CHARSET_UNKNOWN && z.s.n) {
		size_t at = str_find_char(z.s, '<');
		z.s = str_from(z.s, at == STR_NONE ? z.s.n : at);
		if (z.s.n)
			charset = read_markup(&z);
	}
	return charset;
}

enum charset
charset_of_meta(struct bytes page)
{
	enum charset charset = scan_for_meta(page, PRESCAN_BYTES, false);

	if (charset == CHARSET_UNKNOWN && page.n > PRESCAN_BYTES)
		charset = scan_for_meta(page, META_BYTES, true);
	if (charset == CHARSET_X_USER_DEFINED)
		return CHARSET_WINDOWS_1252;
	/* who could read the meta as ASCII knows that it is no wide one */
	return charset_is_wide(charset) ? CHARSET_UTF_8 : charset;
}
