#include "story/credit_phrase.h"

#include "story/agency.h"
#include "story/trim.h"

/* As text_fold_bare leaves them, sorted by how and bytes; a test holds the table to it. */
static const struct credit_phrase phrases[] = {
#define CREDIT(language, phrase, role, how) {STR_INIT(phrase), CREDIT_ROLE_##role, CREDIT_HOW_##how},
#include "story/credit.def"
#undef CREDIT
};

/* The first row that is not before those of `how` that begin with the byte. */
static size_t
first_row(enum credit_how how, unsigned byte)
{
	size_t low = 0, high = COUNT_OF(phrases);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct credit_phrase *p = &phrases[middle];
		if (p->how < how || (p->how == how && (unsigned char)p->folded.p[0] < byte))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct credit_phrases
credit_phrases_like(enum credit_how how, struct str folded)
{
	if (folded.n == 0)
		return (struct credit_phrases){phrases, 0};
	unsigned byte = (unsigned char)folded.p[0];
	size_t from = first_row(how, byte), end = from;
	while (end < COUNT_OF(phrases) && phrases[end].how == how &&
	    (unsigned char)phrases[end].folded.p[0] == byte)
		end++;
	return (struct credit_phrases){&phrases[from], end - from};
}

static void
add(struct arena *a, struct str *field, struct str value, struct str between)
{
	value = trim_space(value);
	if (value.n == 0 || str_find(*field, value) != STR_NONE)
		return;
	if (field->n > 0)
		value = arena_cat(a, arena_cat(a, *field, between), value);
	*field = value;
}

static void
add_source(struct arena *a, struct credit *c, struct str value)
{
	struct str agency, desk, exchange;

	add(a, &c->source, value, STR(", "));
	agency_read(value, &agency, &desk, &exchange);
	if (exchange.n > 0 && c->exchange.n == 0)
		c->exchange = exchange;
}

void
credit_put(struct arena *a, struct credit *c, enum credit_role role, struct str value)
{
	static const struct str comma = STR_INIT(", ");

	if (!c)
		return;
	switch (role) {
	case CREDIT_ROLE_SOURCE: add_source(a, c, value); break;
	case CREDIT_ROLE_REPORTER: add(a, &c->reporter, value, comma); break;
	case CREDIT_ROLE_TRANSLATOR: add(a, &c->translator, value, comma); break;
	case CREDIT_ROLE_EDITOR: add(a, &c->editor, value, comma); break;
	case CREDIT_ROLE_PHOTOGRAPHER: add(a, &c->photographer, value, comma); break;
	case CREDIT_ROLE_DESK: add(a, &c->desk, value, comma); break;
	case CREDIT_ROLE_USAGE: add(a, &c->usage, value, STR("\n")); break;
	case CREDIT_ROLE_NOTE: break;
	case CREDIT_ROLE_COPYRIGHT:
		add(a, &c->copyright, value, STR("\n"));
		add(a, &c->rights, value, STR("\n"));
		break;
	case CREDIT_ROLE_RIGHTS: add(a, &c->rights, value, STR("\n")); break;
	}
}
