#include "feed/person.h"

#include <string.h>

#include "text/clean.h"
#include "text/url.h"

static bool
is_bracket(char c)
{
	return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' ||
	       c == '"';
}

static bool
is_email(struct str word)
{
	size_t at = str_find_char(word, '@');
	return at != STR_NONE && at > 0 && at + 1 < word.n &&
	       str_find_char(word, '/') == STR_NONE;
}

static struct str
without_mailto(struct str word)
{
	return str_starts_nocase(word, STR("mailto:")) ? str_from(word, 7) : word;
}

/* The next run without white space and brackets, or empty at the end. */
static struct str
next_word(struct str line, size_t *at)
{
	size_t i = *at;
	while (i < line.n &&
	       (ascii_space((unsigned char)line.p[i]) || is_bracket(line.p[i])))
		i++;
	size_t begin = i;
	while (i < line.n && !ascii_space((unsigned char)line.p[i]) &&
	       !is_bracket(line.p[i]))
		i++;
	*at = i;
	return str_sub(line, begin, i - begin);
}

/* Without brackets, quotes and dashes that held or joined what was taken out. */
static struct str
trim_name(struct str s)
{
	for (;;) {
		while (s.n && (ascii_space((unsigned char)s.p[0]) ||
				  strchr(")>]<,;-\"", s.p[0])))
			s = str_from(s, 1);
		while (s.n && (ascii_space((unsigned char)s.p[s.n - 1]) ||
				  strchr("(<[>,;-\"", s.p[s.n - 1])))
			s.n--;
		if (s.n < 2 || s.p[0] != '(' || s.p[s.n - 1] != ')')
			return s;
		s = str_sub(s, 1, s.n - 2);
	}
}

/* The line without the word in it, and without empty brackets where it stood. */
static struct str
cut_out(struct arena *a, struct str line, struct str word)
{
	size_t begin = (size_t)(word.p - line.p), end = begin + word.n;
	while (begin > 0 && end < line.n &&
	       ((line.p[begin - 1] == '(' && line.p[end] == ')') ||
		   (line.p[begin - 1] == '<' && line.p[end] == '>') ||
		   (line.p[begin - 1] == '[' && line.p[end] == ']'))) {
		begin--;
		end++;
	}
	struct str joined = arena_cat(a, str_sub(line, 0, begin), STR(" "));
	return text_squeeze(a, trim_name(arena_cat(a, joined, str_from(line, end))));
}

/* "(Jo Doe)", if there is a name in it. */
static struct str
without_brackets(struct str line)
{
	struct str name = line.n && line.p[0] == '(' ? trim_name(line) : line;
	return name.n ? name : line;
}

struct feed_person
person_of_line(struct arena *a, struct str line)
{
	struct feed_person person = {0};
	struct str found = {0};
	size_t at = 0;
	for (struct str word; (word = next_word(line, &at)).n;) {
		if (is_email(without_mailto(word))) {
			found = word;
			person.email = arena_str(a, without_mailto(word));
			break;
		}
		if (!found.n && url_is_http(word)) {
			found = word;
			person.url = arena_str(a, word);
		}
	}
	if (person.email.n)
		person.url = STR("");
	if (found.n)
		person.name = cut_out(a, line, found);
	else
		person.name = arena_str(a, without_brackets(line));
	return person;
}

struct str
person_shown(const struct feed_person *person)
{
	if (person->name.n)
		return person->name;
	return person->email.n ? person->email : person->url;
}
