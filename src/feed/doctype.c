#include "feed/doctype.h"

#include <string.h>

static size_t
skip_space(struct str s, size_t i)
{
	while (i < s.n && ascii_space((unsigned char)s.p[i]))
		i++;
	return i;
}

/* <!ENTITY name "value">; others are passed over.  Returns where it ends, SIZE_MAX: cut.
 */
static size_t
subset_declaration(struct entities *e, struct str s, size_t i)
{
	struct str words[3] = {{"", 0}, {"", 0}, {"", 0}};
	size_t n = 0;
	bool literal = false;
	i += 2;
	while (i < s.n && s.p[i] != '>') {
		i = skip_space(s, i);
		if (i >= s.n || s.p[i] == '>')
			break;
		const char *quote_end = NULL;
		bool quoted = s.p[i] == '"' || s.p[i] == '\'';
		if (quoted && !(quote_end = memchr(s.p + i + 1, s.p[i], s.n - i - 1)))
			return SIZE_MAX;
		size_t end = quoted ? (size_t)(quote_end - s.p) : i;
		while (!quoted && end < s.n && !ascii_space((unsigned char)s.p[end]) &&
		       !strchr(">\"'", s.p[end]))
			end++;
		if (n < 3) {
			words[n++] = quoted ? str_sub(s, i + 1, end - i - 1)
					    : str_sub(s, i, end - i);
			literal = quoted;
		}
		i = quoted ? end + 1 : end > i ? end : i + 1; /* a NUL is no word */
	}
	if (i >= s.n)
		return SIZE_MAX;
	if (n == 3 && literal && str_eq(words[0], STR("ENTITY")) &&
	    !str_eq(words[1], STR("%")))
		entities_declare(e, words[1], words[2]);
	return i + 1;
}

/* From behind the '[' to behind the ']'; SIZE_MAX: cut. */
static size_t
internal_subset(struct entities *e, struct str s, size_t i)
{
	while (i < s.n && s.p[i] != ']') {
		struct str rest = str_from(s, i);
		struct str mark = STR("");
		if (str_starts(rest, STR("<!--")))
			mark = STR("-->");
		else if (str_starts(rest, STR("<?")))
			mark = STR("?>");
		if (mark.n) {
			size_t at = str_find(rest, mark);
			if (at == STR_NONE)
				return SIZE_MAX;
			i += at + mark.n;
		} else if (str_starts(rest, STR("<!"))) {
			i = subset_declaration(e, s, i);
			if (i == SIZE_MAX)
				return i;
		} else {
			i++;
		}
	}
	return i < s.n ? i + 1 : SIZE_MAX;
}

size_t
doctype_read(struct entities *e, struct str s)
{
	for (size_t i = 2; i < s.n; i++) {
		char c = s.p[i];
		if (c == '>')
			return i + 1;
		if (c == '<')
			return i;
		if (c == '[') {
			i = internal_subset(e, s, i + 1);
			if (i == SIZE_MAX)
				return i;
			i--;
		} else if (c == '"' || c == '\'') {
			size_t end = i + 1;
			while (end < s.n && s.p[end] != c && s.p[end] != '<')
				end++;
			if (end == s.n)
				return SIZE_MAX;
			if (s.p[end] == c)
				i = end;
		}
	}
	return SIZE_MAX;
}
