#include "feed/json_mend.h"

#include <string.h>

#include "feed/limits.h"

enum {
	MAX_NUMBER_BYTES = 18
}; /* longer, or with an exponent of three digits, it says nothing */

struct pass {
	const char *p; /* reading */
	size_t n, at;
	char *out; /* writing, never ahead of reading */
	size_t n_out;
	size_t depth, values;
	bool mended;
};

static void
put(struct pass *s, const char *p, size_t n)
{
	memmove(s->out + s->n_out, p, n);
	s->n_out += n;
}

/* The code unit of the \uXXXX at i, or -1. */
static int32_t
unit_at(const struct pass *s, size_t i)
{
	int32_t unit = 0;
	if (s->n - s->at < 6 || i + 6 > s->n || s->p[i] != '\\' || s->p[i + 1] != 'u')
		return -1;
	for (size_t k = 2; k < 6; k++) {
		int digit = ascii_hex((unsigned char)s->p[i + k]);
		if (digit < 0)
			return -1;
		unit = unit * 16 + digit;
	}
	return unit;
}

static void
escape(struct pass *s)
{
	int32_t unit = unit_at(s, s->at);
	bool high = unit >= 0xD800 && unit < 0xDC00,
	     low = unit >= 0xDC00 && unit < 0xE000;
	int32_t next = high ? unit_at(s, s->at + 6) : -1;
	if (high && next >= 0xDC00 && next < 0xE000) {
		put(s, s->p + s->at, 12);
		s->at += 12;
	} else if (high || low) {
		put(s, "\\ufffd", 6);
		s->at += 6;
		s->mended = true;
	} else if (unit == 0) {
		s->at += 6;
		s->mended = true;
	} else {
		size_t n = s->n - s->at < 2 ? 1 : 2;
		put(s, s->p + s->at, n);
		s->at += n;
	}
}

/* From behind the opening quote to behind the closing one. */
static void
string(struct pass *s)
{
	while (s->at < s->n && s->p[s->at] != '"') {
		if (s->p[s->at] == '\\') {
			escape(s);
		} else if ((unsigned char)s->p[s->at] < 0x20) {
			put(s, " ", 1);
			s->at++;
			s->mended = true;
		} else {
			put(s, s->p + s->at++, 1);
		}
	}
	if (s->at < s->n)
		put(s, s->p + s->at++, 1);
}

static bool
is_number_byte(char c)
{
	return ascii_digit((unsigned char)c) || strchr("+-.eE", c);
}

static void
number(struct pass *s)
{
	size_t begin = s->at, exponent = 0;
	while (s->at < s->n && s->p[s->at] && is_number_byte(s->p[s->at])) {
		if ((s->p[s->at] | 32) == 'e')
			exponent = s->at;
		s->at++;
	}
	if (s->at - begin > MAX_NUMBER_BYTES || (exponent && s->at - exponent > 3)) {
		put(s, "0", 1);
		s->mended = true;
	} else {
		put(s, s->p + begin, s->at - begin);
	}
}

static void
structure(struct pass *s)
{
	char c = s->p[s->at];
	if (c == '[' || c == '{')
		s->depth++;
	else if ((c == ']' || c == '}') && s->depth)
		s->depth--;
	s->values += c == '[' || c == '{' || c == ',';
	put(s, s->p + s->at++, 1);
	if (c == '"')
		string(s);
}

enum json_mend
json_mend(struct buf *text)
{
	struct pass s = {.p = text->p, .n = text->n, .out = text->p};
	while (s.at < s.n && s.depth <= FEED_MAX_JSON_DEPTH &&
	       s.values <= FEED_MAX_JSON_VALUES) {
		if (s.p[s.at] == '-' || ascii_digit((unsigned char)s.p[s.at]))
			number(&s);
		else
			structure(&s);
	}
	text->n = s.n_out;
	if (s.depth > FEED_MAX_JSON_DEPTH)
		return JSON_MEND_TOO_DEEP;
	if (s.values > FEED_MAX_JSON_VALUES)
		return JSON_MEND_TOO_MANY;
	return s.mended ? JSON_MEND_MENDED : JSON_MEND_AS_IT_WAS;
}
