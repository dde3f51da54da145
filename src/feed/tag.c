#include "feed/tag.h"

#include <string.h>

static size_t
skip_space(struct str s, size_t i)
{
	while (i < s.n && ascii_space((unsigned char)s.p[i]))
		i++;
	return i;
}

struct str
tag_name(struct str s, size_t i)
{
	size_t begin = i;
	while (
	    i < s.n && !ascii_space((unsigned char)s.p[i]) && !strchr("=>/<\"'", s.p[i]))
		i++;
	return str_sub(s, begin, i - begin);
}

/*
 * A quoted value; *value is what the quotes hold.  Returns where it ends; s.n: cut;
 * SIZE_MAX: the second quote is missing, for the next one opens another value: <a
 * href="x>text <a href="y">.
 */
static size_t
read_quoted(struct str s, size_t i, bool final, struct str *value)
{
	const char *end = memchr(s.p + i + 1, s.p[i], s.n - i - 1);
	if (!end)
		return final || s.n >= FEED_MAX_TAG_BYTES ? SIZE_MAX : s.n;
	*value = str_of(s.p + i + 1, (size_t)(end - (s.p + i + 1)));
	size_t after = (size_t)(end - s.p) + 1;
	if (!final && after + 1 == s.n && s.p[after] == '/')
		return s.n; /* a '>' may follow */
	bool odd = after < s.n && !ascii_space((unsigned char)s.p[after]) &&
		   s.p[after] != '>' && !str_starts(str_from(s, after), STR("/>"));
	return odd && memchr(value->p, '<', value->n) ? SIZE_MAX : after;
}

/* The value after the '=': *value without its quotes.  Returns where it ends; s.n: cut.
 */
static size_t
read_value(struct tag *t, struct str s, size_t i, bool final, struct str *value)
{
	if (s.p[i] == '"' || s.p[i] == '\'') {
		size_t end = read_quoted(s, i, final, value);
		if (end != SIZE_MAX)
			return end;
		i++;
	}
	size_t begin = i;
	t->is_odd = true;
	while (i < s.n && !ascii_space((unsigned char)s.p[i]) && s.p[i] != '>' &&
	       s.p[i] != '<')
		i++;
	*value = str_sub(s, begin, i - begin);
	if (i < s.n && s.p[i] == '>' && value->n > 1 && s.p[i - 1] == '/') {
		value->n--; /* <enclosure url=http://.../a.mp3/> */
		return i - 1;
	}
	return i;
}

/* Keep an attribute; a value with references or line breaks is made in `values`. */
static void
add_attribute(struct tag *t, struct entities *entities, struct str name, struct str value)
{
	if (t->n == FEED_MAX_ATTRIBUTES || name.n == 0)
		return;
	struct tag_place place = {0, SIZE_MAX};
	bool plain = true;
	for (size_t i = 0; i < value.n && plain; i++)
		plain = value.p[i] != '&' && (unsigned char)value.p[i] >= 0x20;
	if (!plain) {
		place.at = t->values.n;
		entities_resolve(entities, value, &t->values);
		place.n = t->values.n - place.at;
		for (size_t i = place.at; i < t->values.n; i++)
			if (ascii_space((unsigned char)t->values.p[i]))
				t->values.p[i] = ' ';
	}
	t->places[t->n] = place;
	t->attributes[t->n++] = (struct xml_attribute){name, value};
}

/* Values made in `values` get their addresses when it has stopped growing. */
static void
place_values(struct tag *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->places[i].n != SIZE_MAX)
			t->attributes[i].value =
			    str_sub(buf_str(&t->values), t->places[i].at, t->places[i].n);
}

/* One attribute, with or without a value.  Returns where it ends; s.n: cut. */
static size_t
read_attribute(
    struct tag *t, struct str s, size_t i, bool final, struct entities *entities)
{
	struct str name = tag_name(s, i), value = {"", 0};
	i = skip_space(s, i + name.n);
	if (i < s.n && s.p[i] == '=') {
		i = skip_space(s, i + 1);
		if (i < s.n)
			i = read_value(t, s, i, final, &value);
	} else {
		t->is_odd = true;
	}
	if (i < s.n)
		add_attribute(t, entities, name, value);
	return i;
}

enum tag_end
tag_read(
    struct tag *t, struct str s, bool final, struct entities *entities, size_t *taken)
{
	t->name = tag_name(s, 1);
	t->n = t->values.n = 0;
	t->is_empty = t->is_odd = false;
	size_t i = 1 + t->name.n;
	for (;;) {
		i = skip_space(s, i);
		if (i >= s.n)
			return TAG_CUT;
		if (s.p[i] == '<')
			return TAG_STRAY;
		if (s.p[i] == '>')
			break;
		t->is_empty = s.p[i] == '/';
		if (t->is_empty || strchr("=\"'", s.p[i]))
			i++;
		else
			i = read_attribute(t, s, i, final, entities);
	}
	place_values(t);
	*taken = i + 1;
	return TAG_WHOLE;
}

void
tag_clear(struct tag *t)
{
	buf_clear(&t->values);
}
