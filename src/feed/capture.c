#include "feed/capture.h"

#include <string.h>

#include "base/utf8.h"
#include "feed/names.h"
#include "text/url.h"

/* What a byte is to the text: most are copied in runs. */
enum byte_class { PLAIN, CONTROL, C1_LEAD, SPECIAL };

/* clang-format off */
static const uint8_t classes[256] = {
	[0x00] = CONTROL, [0x01] = CONTROL, [0x02] = CONTROL, [0x03] = CONTROL,
	[0x04] = CONTROL, [0x05] = CONTROL, [0x06] = CONTROL, [0x07] = CONTROL,
	[0x08] = CONTROL, [0x0b] = CONTROL, [0x0c] = CONTROL, [0x0d] = CONTROL,
	[0x0e] = CONTROL, [0x0f] = CONTROL, [0x10] = CONTROL, [0x11] = CONTROL,
	[0x12] = CONTROL, [0x13] = CONTROL, [0x14] = CONTROL, [0x15] = CONTROL,
	[0x16] = CONTROL, [0x17] = CONTROL, [0x18] = CONTROL, [0x19] = CONTROL,
	[0x1a] = CONTROL, [0x1b] = CONTROL, [0x1c] = CONTROL, [0x1d] = CONTROL,
	[0x1e] = CONTROL, [0x1f] = CONTROL, [0x7f] = CONTROL, [0xc2] = C1_LEAD,
	['&'] = SPECIAL, ['<'] = SPECIAL, ['>'] = SPECIAL,
};

/* windows-1252 from 0x80; 0 is no character there. */
static const uint16_t windows_1252[32] = {
	0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
	0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};
/* clang-format on */

void
capture_clear(struct capture *c)
{
	buf_clear(&c->text);
}

void
capture_begin(struct capture *c, enum capture_kind kind, size_t max)
{
	struct buf text = c->text;
	text.n = 0;
	*c = (struct capture){.kind = kind, .text = text, .max = max};
}

static void
add_control(struct capture *c, char control)
{
	if (control == '\r')
		buf_char(&c->text, '\n');
	c->after_cr = control == '\r';
}

static void
add_special(struct capture *c, char special)
{
	if (special == '&')
		buf_add(&c->text, STR("&amp;"));
	else
		buf_add(&c->text, special == '<' ? STR("&lt;") : STR("&gt;"));
}

/* A character of two bytes that begins with 0xC2: below U+00A0 it is a C1 control. */
static void
add_c1(struct capture *c, struct str two)
{
	if ((unsigned char)two.p[two.n - 1] >= 0xA0) {
		buf_add(&c->text, two);
		return;
	}
	uint16_t meant = windows_1252[(unsigned char)two.p[two.n - 1] & 31];
	if (meant)
		buf_utf8(&c->text, meant);
}

/*
 * From i to the first byte that cannot simply be copied.  The text of a feed is nearly
 * all of its bytes, so they are looked at eight at a time: this was a tenth of the time
 * of a parse.
 */
static size_t
plain_run(struct str s, size_t i, bool escape)
{
	for (;;) {
		for (uint64_t x; s.n - i >= sizeof(x); i += sizeof(x)) {
			memcpy(&x, s.p + i, sizeof(x));
			uint64_t stop = eight_below(x, 0x20) | eight_equal(x, 0x7f) |
					eight_equal(x, 0xc2);
			if (escape)
				stop |= eight_equal(x, '&') | eight_equal(x, '<') |
					eight_equal(x, '>');
			if (stop)
				break;
		}
		for (size_t end = i + sizeof(uint64_t); i < end; i++) {
			if (i == s.n)
				return i;
			uint8_t kind = classes[(unsigned char)s.p[i]];
			if (kind != PLAIN && (kind != SPECIAL || escape))
				return i;
		}
	}
}

/* Copy s, which cuts no character; with `escape` as the text of HTML. */
static void
add_text(struct capture *c, struct str s, bool escape)
{
	for (size_t i = 0; i < s.n;) {
		size_t end = plain_run(s, i, escape);
		if (end > i) {
			i += c->after_cr && s.p[i] == '\n';
			buf_add(&c->text, str_of(s.p + i, end - i));
			c->after_cr = false;
			i = end;
			continue;
		}
		enum byte_class kind = classes[(unsigned char)s.p[i]];
		if (kind == CONTROL) {
			add_control(c, s.p[i++]);
			continue;
		}
		c->after_cr = false;
		if (kind == C1_LEAD)
			add_c1(c, str_sub(s, i, 2));
		else
			add_special(c, s.p[i]);
		i += kind == C1_LEAD ? 2 : 1;
	}
}

static bool
is_full(struct capture *c)
{
	return c->text.n >= c->max;
}

/* Is the text at this place no HTML yet, so that it must be escaped to become some? */
static bool
is_xml_text(const struct capture *c)
{
	switch (c->kind) {
	case CAPTURE_TEXT:
		return c->has_elements;
	case CAPTURE_HTML:
		return c->depth > 0;
	case CAPTURE_HTML_ALL:
		return false;
	case CAPTURE_XHTML:
		return true;
	}
	return true;
}

void
capture_text(struct capture *c, struct str s)
{
	if (is_full(c))
		return;
	if (s.n == 1 && s.p[0] == '\n' &&
	    !c->after_cr) { /* expat gives each line end alone */
		buf_char(&c->text, '\n');
		return;
	}
	if (s.n > c->max - c->text.n)
		s = utf8_cut(s, c->max - c->text.n);
	add_text(c, s, is_xml_text(c));
}

/* --- elements --- */

/* The text so far was no HTML, but now it becomes some. */
static void
escape_so_far(struct capture *c)
{
	struct buf plain = c->text;
	c->text = (struct buf){0};
	add_text(c, buf_str(&plain), true);
	buf_clear(&plain);
}

static bool
is_blank(struct str s)
{
	return str_trim(s).n == 0;
}

static bool
is_address(struct str attribute)
{
	static const struct str names[] = {STR_INIT("href"), STR_INIT("src"),
	    STR_INIT("cite"), STR_INIT("action"), STR_INIT("longdesc"),
	    STR_INIT("poster"), STR_INIT("background"), STR_INIT("data")};
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_eq_nocase(names[i], attribute))
			return true;
	return false;
}

static void
add_attribute(struct capture *c, const struct xml_attribute *a, struct str base,
    struct arena *scratch)
{
	struct str prefix, local = names_local(a->name, &prefix), value = a->value;
	bool is_lang =
	    str_eq(a->name, STR("xml:lang")); /* lang in HTML; xlink:href stays */
	if (names_is_declaration(a->name) || str_eq(a->name, STR("xml:base")) ||
	    str_eq(a->name, STR("xml:space")))
		return;
	if (base.n && is_address(local))
		value = url_resolve(scratch, base, value);
	buf_char(&c->text, ' ');
	add_text(c, is_lang ? local : a->name, true);
	buf_add(&c->text, STR("=\""));
	while (value.n) {
		size_t quote = str_find_char(value, '"');
		size_t n = quote == STR_NONE ? value.n : quote;
		add_text(c, str_sub(value, 0, n), true);
		if (quote != STR_NONE)
			buf_add(&c->text, STR("&quot;"));
		value = str_from(value, quote == STR_NONE ? n : n + 1);
	}
	buf_char(&c->text, '"');
}

/* An element name goes out as it stands, but must not close the tag early. */
static void
add_name(struct capture *c, struct str local)
{
	for (size_t i = 0; i < local.n; i++)
		if (ascii_alnum((unsigned char)local.p[i]) || (local.p[i] & 0x80) ||
		    strchr("-_.", local.p[i]))
			buf_char(&c->text, local.p[i]);
}

void
capture_start(struct capture *c, struct str local, const struct xml_attribute *attributes,
    size_t n, struct str base, struct arena *scratch)
{
	c->depth++;
	if (c->kind == CAPTURE_XHTML && c->depth == 1 && !c->has_elements &&
	    names_html(local) == HTML_TAG_DIV && is_blank(buf_str(&c->text)))
		c->div_depth = 1;
	if (c->kind == CAPTURE_TEXT && !c->has_elements)
		escape_so_far(c);
	c->has_elements = true;
	if (c->div_depth == c->depth || is_full(c))
		return;
	buf_char(&c->text, '<');
	add_name(c, local);
	for (size_t i = 0; i < n && !is_full(c); i++)
		add_attribute(c, &attributes[i], base, scratch);
	buf_char(&c->text, '>');
}

void
capture_end(struct capture *c, struct str local)
{
	bool left_out = c->div_depth == c->depth;
	if (left_out)
		c->div_depth = 0;
	c->depth--;
	if (left_out || is_full(c) || html_tag_traits(names_html(local)) & HTML_VOID)
		return;
	buf_add(&c->text, STR("</"));
	add_name(c, local);
	buf_char(&c->text, '>');
}

struct str
capture_result(struct capture *c)
{
	struct str s = buf_str(&c->text);
	if (s.n > c->max)
		s = utf8_cut(s, c->max);
	return str_trim(s);
}
