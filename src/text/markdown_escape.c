#include "text/markdown_escape.h"

#include <string.h>

#include "text/doc_out.h"

enum {
	MAX_LIST_DIGITS = 9, /* more of them before a dot are no list */
	MAX_ENTITY_BYTES = 34, /* the longest name of a character reference, and some */
};

/* "&name;" or "&#123;" at the beginning of s. */
static bool
is_reference(struct str s)
{
	size_t i = 1;
	while (i < s.n && i < MAX_ENTITY_BYTES && (ascii_alnum((unsigned char)s.p[i]) || s.p[i] == '#'))
		i++;
	return i > 1 && i < s.n && s.p[i] == ';';
}

/* Does its first character mean something at the beginning of a line? */
static bool
begins_block(struct str s, int digits)
{
	unsigned char after = s.n > 1 ? (unsigned char)s.p[1] : ' ';
	switch (s.p[0]) {
	case '.':
	case ')':
		return digits > 0 && digits <= MAX_LIST_DIGITS && ascii_space(after);
	case '#':
	case '>':
	case '=':
	case '|':
		return digits == 0;
	case '+':
	case '-':
		return digits == 0 && !ascii_alnum(after);
	case ':':
		return digits == 0 && after == '-';
	}
	return false;
}

static bool
needs_escape(const struct markdown_escaper *e, struct str s)
{
	if (memchr("\\`*_[]<~", s.p[0], 8))
		return true;
	if (s.p[0] == '&')
		return is_reference(s);
	if ((e->heading && s.p[0] == '#') || (e->cell && s.p[0] == '|'))
		return true;
	return e->line != MARKDOWN_LINE_INSIDE && begins_block(s, e->line);
}

static void
escape_char(struct markdown_escaper *e, struct str s, struct buf *out)
{
	if (needs_escape(e, s))
		buf_char(out, '\\');
	buf_char(out, s.p[0]);
	if (s.p[0] == '\n')
		e->line = MARKDOWN_LINE_START;
	else if (e->line >= 0 && e->line <= MAX_LIST_DIGITS && ascii_digit((unsigned char)s.p[0]))
		e->line++;
	else
		e->line = MARKDOWN_LINE_INSIDE;
}

void
markdown_escape_piece(struct markdown_escaper *e, struct str s, struct buf *out)
{
	for (; s.n; s = str_from(s, 1))
		escape_char(e, s, out);
}

void
markdown_escape(struct str s, struct buf *out)
{
	struct markdown_escaper e = {.line = MARKDOWN_LINE_START};
	markdown_escape_piece(&e, s, out);
}
