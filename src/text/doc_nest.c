#include "text/doc_nest.h"

enum { ORDERED = 0x80, MAX_NUMBER = 999999999 /* CommonMark reads nine digits */ };

static uint8_t
level_of(const struct span *s)
{
	uint8_t level = s->kind == SPAN_ITEM ? s->level & 0x7F : s->level;
	return level ? level : 1;
}

static bool
is_ordered(const struct span *s)
{
	return s->kind == SPAN_ITEM && (s->level & ORDERED);
}

static int64_t
number_of(const struct span *s, int64_t before)
{
	int64_t number = before < MAX_NUMBER ? before + 1 : before;
	if (!str_to_int(s->ref, 0, MAX_NUMBER, &number))
		return number; /* it has none: it counts on */
	return number;
}

static bool
fits_in(const struct nest_level *top, const struct span *s)
{
	return top->ordered == is_ordered(s) &&
	    (!top->ordered || number_of(s, top->number) > top->number);
}

bool
nest_must_close(const struct nest *nest, const struct span *s)
{
	if (nest->n == 0)
		return false;
	if (s->kind != nest->kind)
		return true;
	uint8_t level = level_of(s);
	const struct nest_level *top = &nest->v[nest->n - 1];
	if (nest->n > 1 && top[-1].level >= level)
		return true;
	bool beside = top->level >= level || nest->n == NEST_MAX;
	return beside && !fits_in(top, s);
}

bool
nest_enter(struct nest *nest, const struct span *s)
{
	uint8_t level = level_of(s);
	struct nest_level *top = nest->n ? &nest->v[nest->n - 1] : NULL;
	if (!top || (top->level < level && nest->n < NEST_MAX)) {
		nest->kind = s->kind;
		nest->v[nest->n++] = (struct nest_level){
			.level = level, .ordered = is_ordered(s), .number = number_of(s, 0)};
		return true;
	}
	if (top->level > level)
		top->level = level;
	top->number = number_of(s, top->number);
	return false;
}
