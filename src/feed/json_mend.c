#include "feed/json_mend.h"

#include <string.h>

#include "feed/limits.h"

enum {
	/* Longer, or with an exponent of three digits, it says nothing. */
	MAX_NUMBER_BYTES = 18,
	/* The members of a feed stand at 1, its items at 2: half of neither is kept. */
	MAX_KEPT_DEPTH = JSON_MEND_MAX_ADDED,
};

struct pass {
	const char *p; /* reading */
	size_t n, at;
	char *out; /* writing, never ahead of reading */
	size_t n_out;
	size_t depth, values;
	bool begun;   /* just behind an opening bracket */
	size_t comma; /* where the last token is one, or SIZE_MAX */
	/* So much of the output is whole members and items, in so many open brackets. */
	size_t kept, kept_depth;
	char closing[MAX_KEPT_DEPTH]; /* the outermost open brackets' other halves */
	int64_t line;
	struct repairs *repairs;
};

static void
note(struct pass *s, enum repair kind, struct str about)
{
	repairs_note(s->repairs, kind, s->line, about);
}

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

static bool
is_escape(const struct pass *s)
{
	return s->n - s->at >= 2 && s->p[s->at + 1] &&
	       strchr("\"\\/bfnrt", s->p[s->at + 1]);
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
		note(s, REPAIR_REFERENCES, str_of(s->p + s->at, 6));
		put(s, "\\ufffd", 6);
		s->at += 6;
	} else if (unit == 0) {
		note(s, REPAIR_REFERENCES, str_of(s->p + s->at, 6));
		s->at += 6;
	} else if (unit < 0 && !is_escape(s)) {
		note(s, REPAIR_REFERENCES, str_of(s->p + s->at, s->n - s->at < 2 ? 1 : 2));
		s->at++;
	} else {
		put(s, s->p + s->at, 2);
		s->at += 2;
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
			note(s, REPAIR_CONTROLS, STR(""));
			s->line += s->p[s->at] == '\n';
			put(s, " ", 1);
			s->at++;
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
		note(s, REPAIR_NUMBERS, STR(""));
	} else {
		put(s, s->p + begin, s->at - begin);
	}
}

/* A member or an item has ended. */
static void
keep(struct pass *s)
{
	if (s->depth < 1 || s->depth > MAX_KEPT_DEPTH)
		return;
	s->kept = s->n_out;
	s->kept_depth = s->depth;
}

static void
open_bracket(struct pass *s, char c)
{
	if (s->depth < MAX_KEPT_DEPTH)
		s->closing[s->depth] = c == '[' ? ']' : '}';
	s->depth++;
	s->values++;
	s->begun = true;
	put(s, &c, 1);
}

static void
close_bracket(struct pass *s, char c)
{
	if (s->comma != SIZE_MAX) {
		note(s, REPAIR_COMMAS, STR(""));
		s->out[s->comma] = ' ';
		s->comma = SIZE_MAX;
	}
	if (s->depth)
		s->depth--;
	put(s, &c, 1);
	keep(s);
}

static void
comma(struct pass *s)
{
	s->values++;
	if (s->begun || s->comma != SIZE_MAX) {
		note(s, REPAIR_COMMAS, STR(""));
		return;
	}
	keep(s);
	s->comma = s->n_out;
	put(s, ",", 1);
}

/* One byte outside of strings and numbers, or a string. */
static void
structure(struct pass *s)
{
	char c = s->p[s->at++];
	if (ascii_space((unsigned char)c)) {
		s->line += c == '\n';
		put(s, &c, 1);
		return;
	}
	if (c == ',') {
		comma(s);
		return;
	}
	if (c == ']' || c == '}') {
		s->begun = false;
		close_bracket(s, c);
		return;
	}
	s->begun = false;
	s->comma = SIZE_MAX;
	if (c == '[' || c == '{') {
		open_bracket(s, c);
		return;
	}
	put(s, &c, 1);
	if (c == '"')
		string(s);
}

static void
token(struct pass *s)
{
	if (s->p[s->at] == '-' || ascii_digit((unsigned char)s->p[s->at])) {
		s->begun = false;
		s->comma = SIZE_MAX;
		number(s);
	} else {
		structure(s);
	}
}

/* JSON that breaks off ends behind the last whole item instead. */
static void
end_where_it_is_whole(struct pass *s, struct buf *text)
{
	note(s, REPAIR_CUT, STR(""));
	text->n = s->kept;
	while (s->kept_depth)
		buf_char(text, s->closing[--s->kept_depth]);
}

enum json_mend
json_mend(struct buf *text, struct repairs *repairs)
{
	struct pass s = {.p = text->p, .n = text->n, .out = text->p, .comma = SIZE_MAX,
	    .line = 1, .repairs = repairs};
	bool whole = false;
	while (s.at < s.n && !whole && s.depth <= FEED_MAX_JSON_DEPTH &&
	       s.values <= FEED_MAX_JSON_VALUES) {
		size_t depth = s.depth;
		token(&s);
		whole = depth && !s.depth;
	}
	if (s.depth > FEED_MAX_JSON_DEPTH)
		return JSON_MEND_TOO_DEEP;
	if (s.values > FEED_MAX_JSON_VALUES)
		return JSON_MEND_TOO_MANY;
	if (str_trim(str_of(s.p + s.at, s.n - s.at)).n)
		note(&s, REPAIR_JUNK_AFTER, STR(""));
	text->n = s.n_out;
	if (s.depth && s.kept)
		end_where_it_is_whole(&s, text);
	return JSON_MEND_READY;
}
