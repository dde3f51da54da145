/* What the bytes, the header and the document itself say about the charset. */
#include <string.h>

#include "base/utf8.h"
#include "text/charset.h"

enum {
	/* An XML declaration is 60 bytes; a longer one is junk. */
	MAX_DECLARATION_BYTES = 512,
};

static struct str
as_str(struct bytes b)
{
	return str_of((const char *)b.p, b.n);
}

static struct bytes
head_of(struct bytes b)
{
	return b.n > CHARSET_HEAD_BYTES ? bytes_of(b.p, CHARSET_HEAD_BYTES) : b;
}

/* --- the byte-order mark and the zero bytes --- */

enum charset
charset_of_bom(struct bytes head, size_t *bom)
{
	static const struct {
		unsigned char mark[4];
		size_t n;
		enum charset charset;
	} marks[] = {
		/* The long ones first: FF FE is the beginning of FF FE 00 00. */
		{{0xFF, 0xFE, 0x00, 0x00}, 4, CHARSET_UTF_32LE},
		{{0x00, 0x00, 0xFE, 0xFF}, 4, CHARSET_UTF_32BE},
		{{0xEF, 0xBB, 0xBF}, 3, CHARSET_UTF_8},
		{{0xFF, 0xFE}, 2, CHARSET_UTF_16LE},
		{{0xFE, 0xFF}, 2, CHARSET_UTF_16BE},
	};

	*bom = 0;
	for (size_t i = 0; i < COUNT_OF(marks); i++)
		if (head.n >= marks[i].n && memcmp(head.p, marks[i].mark, marks[i].n) == 0) {
			*bom = marks[i].n;
			return marks[i].charset;
		}
	return CHARSET_UNKNOWN;
}

/* Two ASCII characters in UTF-16, or one in UTF-32, show by their zero bytes. */
static enum charset
charset_of_pattern(struct bytes head)
{
	static const struct {
		bool set[4];
		enum charset charset;
	} patterns[] = {
		{{false, false, false, true}, CHARSET_UTF_32BE},
		{{true, false, false, false}, CHARSET_UTF_32LE},
		{{false, true, false, true}, CHARSET_UTF_16BE},
		{{true, false, true, false}, CHARSET_UTF_16LE},
	};

	if (head.n < 4)
		return CHARSET_UNKNOWN;
	for (size_t i = 0; i < COUNT_OF(patterns); i++) {
		bool same = true;
		for (size_t k = 0; k < 4; k++)
			same = same && (head.p[k] != 0) == patterns[i].set[k];
		if (same)
			return patterns[i].charset;
	}
	return CHARSET_UNKNOWN;
}

/* --- labels in headers, declarations and meta --- */

/* Is it one of the characters of `set`?  (strchr alone would find the NUL at its end.) */
static bool
is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c);
}

/* A value in quotes or up to a stop character; what is before it is passed over. */
static struct str
take_value(struct str s, const char *stops)
{
	s = str_trim(s);
	if (s.n && (s.p[0] == '"' || s.p[0] == '\'')) {
		size_t end = str_find_char(str_from(s, 1), s.p[0]);
		if (end != STR_NONE)
			return str_sub(s, 1, end);
		s = str_from(s, 1);
	}
	size_t n = 0;
	while (n < s.n && !is_one_of(s.p[n], stops))
		n++;
	return str_of(s.p, n);
}

/*
 * The value after `name` and '=' (WHATWG, "extracting a character encoding from a meta element";
 * headers in the wild need no more).
 */
static struct str
value_of(struct str s, struct str name)
{
	for (;;) {
		size_t at = str_find_nocase(s, name);
		if (at == STR_NONE)
			return STR("");
		s = str_trim(str_from(s, at + name.n));
		if (s.n && s.p[0] == '=')
			return take_value(str_from(s, 1), " \t\r\n\f;,>?\"'");
	}
}

enum charset
charset_of_content_type(struct str header)
{
	return charset_of_label(value_of(header, STR("charset")));
}

/* The declaration need not stand at the front: feeds have junk before it. */
static struct str
xml_declaration(struct bytes head)
{
	struct str s = as_str(head_of(head));
	size_t at = str_find(s, STR("<?xml"));
	if (at == STR_NONE)
		return STR("");
	s = str_sub(s, at + 5, MAX_DECLARATION_BYTES);
	size_t end = str_find_char(s, '>');
	return str_sub(s, 0, end);
}

enum charset
charset_of_xml_declaration(struct bytes head)
{
	return charset_of_label(value_of(xml_declaration(head), STR("encoding")));
}

/* --- the order --- */

/* Take a label's word unless something better spoke already. */
static void
hear(struct charset_choice *choice, enum charset said, bool was_said, enum charset_source source)
{
	if (was_said && said == CHARSET_UNKNOWN)
		choice->lied = true;
	if (said == CHARSET_UNKNOWN)
		return;
	if (choice->charset == CHARSET_UNKNOWN) {
		choice->charset = said;
		choice->source = source;
	} else if (choice->charset != said &&
	    !(charset_is_wide(said) && charset_is_wide(choice->charset))) {
		choice->lied = true;
	}
}

/* A label of UTF-16 or UTF-32 is wrong where the zero bytes of those are not to be seen. */
static enum charset
not_wide(enum charset said, struct bytes head, struct charset_choice *choice)
{
	if (!charset_is_wide(said) || (head.n && memchr(head.p, 0, head.n)))
		return said;
	if (choice->charset == CHARSET_UNKNOWN)
		choice->lied = true;
	return CHARSET_UTF_8;
}

static struct charset_choice
begin_choice(struct bytes head, struct str content_type, struct str user)
{
	struct charset_choice choice = {0};
	struct str header = value_of(content_type, STR("charset"));
	enum charset by_user = not_wide(charset_of_label(user), head, &choice);
	enum charset by_header = not_wide(charset_of_label(header), head, &choice);

	hear(&choice, charset_of_bom(head, &choice.bom), false, CHARSET_BY_BOM);
	if (choice.bom == 0)
		hear(&choice, charset_of_pattern(head), false, CHARSET_BY_PATTERN);
	hear(&choice, by_user, user.n > 0, CHARSET_BY_USER);
	hear(&choice, by_header, header.n > 0, CHARSET_BY_HEADER);
	return choice;
}

struct charset_choice
charset_for_feed(struct bytes head, struct str content_type, struct str user)
{
	struct charset_choice choice = begin_choice(head, content_type, user);
	struct str label = value_of(xml_declaration(head), STR("encoding"));
	enum charset declared = not_wide(charset_of_label(label), head, &choice);

	hear(&choice, declared, label.n > 0, CHARSET_BY_DECLARATION);
	if (choice.charset == CHARSET_UNKNOWN)
		choice.charset = CHARSET_UTF_8;
	return choice;
}

/* Valid, or valid but for a character that is cut at the end. */
static bool
is_utf8(struct bytes b)
{
	return charset_fits(CHARSET_UTF_8, b, true, NULL);
}

struct charset_choice
charset_for_page(struct bytes page, struct str content_type, struct str user)
{
	struct bytes head = head_of(page);
	struct charset_choice choice = begin_choice(head, content_type, user);
	enum charset meta = charset_of_meta(page);
	enum charset declared = not_wide(charset_of_xml_declaration(head), head, &choice);

	hear(&choice, meta, false, CHARSET_BY_DECLARATION);
	if (choice.charset == CHARSET_UNKNOWN)
		hear(&choice, declared, false, CHARSET_BY_DECLARATION);
	if (choice.charset == CHARSET_UNKNOWN)
		choice.charset = is_utf8(page) ? CHARSET_UTF_8 : charset_guess(page);
	if (choice.charset == CHARSET_UNKNOWN)
		choice.charset = CHARSET_WINDOWS_1252;
	return choice;
}
