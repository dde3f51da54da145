#include "feed/names.h"

#include <string.h>

void
names_init(struct names *s)
{
	*s = (struct names){.own = SPACE_RSS};
	vocabulary_init(&s->vocabulary);
}

void
names_clear(struct names *s)
{
	buf_clear(&s->prefixes);
}

bool
names_is_declaration(struct str name)
{
	return name.n >= 5 && memcmp(name.p, "xmlns", 5) == 0 &&
	       (name.n == 5 || name.p[5] == ':');
}

struct str
names_local(struct str qualified, struct str *prefix)
{
	const char *colon = memchr(qualified.p, ':', qualified.n);
	if (!colon) {
		*prefix = STR("");
		return qualified;
	}
	size_t n = (size_t)(colon - qualified.p);
	*prefix = str_of(qualified.p, n);
	return str_from(qualified, n + 1);
}

static void
bind(struct names *s, struct str prefix, enum feed_space space)
{
	if (s->n_bindings == FEED_MAX_NAMESPACES || prefix.n > FEED_MAX_NAME_BYTES)
		return;
	s->bindings[s->n_bindings++] =
	    (struct names_binding){s->prefixes.n, prefix.n, space};
	buf_add(&s->prefixes, prefix);
}

size_t
names_open(struct names *s, const struct xml_attribute *attributes, size_t n)
{
	size_t mark = s->n_bindings;
	for (size_t i = 0; i < n; i++)
		if (names_is_declaration(attributes[i].name))
			bind(s, str_from(attributes[i].name, 6),
			    feed_space_of(attributes[i].value));
	return mark;
}

void
names_close(struct names *s, size_t mark)
{
	if (s->n_bindings == mark)
		return;
	s->prefixes.n = s->bindings[mark].at;
	s->n_bindings = mark;
}

static struct names_binding *
find_binding(const struct names *s, struct str prefix)
{
	for (size_t i = s->n_bindings; i-- > 0;) {
		const struct names_binding *b = &s->bindings[i];
		if (b->n == prefix.n && (prefix.n == 0 || memcmp(s->prefixes.p + b->at,
							      prefix.p, prefix.n) == 0))
			return (struct names_binding *)b;
	}
	return NULL;
}

enum feed_space
names_space(const struct names *s, struct str prefix)
{
	const struct names_binding *b = find_binding(s, prefix);
	if (b)
		return b->space;
	return prefix.n ? feed_space_usual(prefix) : SPACE_NONE;
}

struct feed_word
names_word(const struct names *s, struct str qualified, struct str *local)
{
	struct str prefix;
	*local = names_local(qualified, &prefix);
	return vocabulary_word(&s->vocabulary, names_space(s, prefix), *local, s->own);
}

void
names_adopt(struct names *s, struct str prefix, enum feed_space space)
{
	struct names_binding *b = find_binding(s, prefix);
	if (b)
		b->space = space;
	else
		bind(s, prefix, space);
}

enum html_tag
names_html(struct str local)
{
	char lower[16]; /* the longest is "annotation-xml" */
	if (local.n > sizeof(lower))
		return HTML_TAG_UNKNOWN;
	for (size_t i = 0; i < local.n; i++)
		lower[i] = ascii_lower(local.p[i]);
	return html_tag_of(str_of(lower, local.n));
}
