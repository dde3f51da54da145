#include "text/html_cook.h"

#include <string.h>

#include "text/entity.h"

#define UPPER4(c)                                                                        \
	[c] = COOK_UPPER, [c + 1] = COOK_UPPER, [c + 2] = COOK_UPPER, [c + 3] = COOK_UPPER
const uint8_t html_byte_class[256] = {
	[0] = COOK_NUL,
	['&'] = COOK_REFERENCE,
	['\r'] = COOK_RETURN | HTML_SPACE | HTML_ENDS_NAME,
	['\n'] = HTML_SPACE | HTML_ENDS_NAME,
	['\t'] = HTML_SPACE | HTML_ENDS_NAME,
	['\f'] = HTML_SPACE | HTML_ENDS_NAME,
	[' '] = HTML_SPACE | HTML_ENDS_NAME,
	['/'] = HTML_ENDS_NAME,
	['>'] = HTML_ENDS_NAME,
	UPPER4('A'), UPPER4('E'), UPPER4('I'), UPPER4('M'), UPPER4('Q'), UPPER4('U'),
	['Y'] = COOK_UPPER, ['Z'] = COOK_UPPER,
};

static void
copy_add(struct html_gather *g, const void *p, size_t n)
{
	g->copy.v =
	    arena_grow(g->arena, g->copy.v, g->copy.n, &g->copy.cap, g->copy.n + n, 1);
	if (n)
		memcpy(g->copy.v + g->copy.n, p, n);
	g->copy.n += n;
}

static void
add_other(struct html_gather *g, const char *p, size_t n)
{
	if (!g->copied) {
		g->copy.n = 0;
		copy_add(g, g->from, (size_t)(g->to - g->from));
		g->copied = true;
	}
	copy_add(g, p, n);
}

static void
add_source(struct html_gather *g, const unsigned char *p, const unsigned char *end)
{
	if (p == end)
		return;
	if (!g->copied && g->from == g->to)
		g->from = g->to = p;
	if (!g->copied && g->to == p)
		g->to = end;
	else
		add_other(g, (const char *)p, (size_t)(end - p));
}

static size_t
add_reference(struct html_gather *g, struct str source, unsigned cooking)
{
	struct entity e = entity_read(source,
	    cooking & COOK_ATTRIBUTE ? ENTITY_IN_ATTRIBUTE : ENTITY_IN_TEXT);
	if (e.taken) {
		add_other(g, e.utf8, e.n);
		return e.taken;
	}
	const unsigned char *p = (const unsigned char *)source.p;
	add_source(g, p, p + 1);
	return 1;
}

/* Gather what the byte at p stands for; returns how many bytes that took. */
static size_t
add_cooked(struct html_gather *g, const unsigned char *p, const unsigned char *end,
    unsigned cooking)
{
	char lower;
	switch (html_byte_class[*p] & cooking) {
	case COOK_RETURN:
		add_other(g, "\n", 1);
		return end - p > 1 && p[1] == '\n' ? 2 : 1;
	case COOK_NUL:
		add_other(g, "\xEF\xBF\xBD", 3);
		return 1;
	case COOK_UPPER:
		lower = ascii_lower((char)*p);
		add_other(g, &lower, 1);
		return 1;
	}
	return add_reference(g, str_of((const char *)p, (size_t)(end - p)), cooking);
}

/* Nothing is to be done up to here but to letters, and perhaps further on; eight bytes at a time. */
static const unsigned char *
before_cooking(const unsigned char *p, const unsigned char *end)
{
	for (; end - p >= 8; p += 8) {
		uint64_t w;
		memcpy(&w, p, 8);
		if (eight_equal(w, '&') | eight_equal(w, '\r') | eight_equal(w, '\0'))
			break;
	}
	return p;
}

void
html_gather_init(struct html_gather *g, struct arena *a)
{
	*g = (struct html_gather){.arena = a};
}

void
html_gather_begin(struct html_gather *g, const unsigned char *at)
{
	g->from = g->to = at;
	g->copied = false;
}

void
html_gather_add(struct html_gather *g, const unsigned char *p, const unsigned char *end,
    unsigned cooking)
{
	unsigned needs = cooking & (COOK_REFERENCE | COOK_RETURN | COOK_NUL | COOK_UPPER);
	while (p < end) {
		const unsigned char *plain = p;
		if (!(needs & COOK_UPPER))
			p = before_cooking(p, end);
		while (p < end && !(html_byte_class[*p] & needs))
			p++;
		add_source(g, plain, p);
		if (p < end)
			p += add_cooked(g, p, end, cooking);
	}
}

struct str
html_gather_end(struct html_gather *g)
{
	if (g->copied)
		return arena_str(g->arena, str_of(g->copy.v, g->copy.n));
	return str_of((const char *)g->from, (size_t)(g->to - g->from));
}

struct str
html_cook(struct html_gather *g, const unsigned char *p, const unsigned char *end,
    unsigned cooking)
{
	html_gather_begin(g, p);
	html_gather_add(g, p, end, cooking);
	return html_gather_end(g);
}
