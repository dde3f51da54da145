#include "view/fault.h"

enum { MAX_ARGS = 9 };

static const char *const forms[] = {
#define FAULT(english) english,
#include "view/fault.def"
#include "view/fault_usage.def"
#undef FAULT
};

/* The next %1 … %9 of a form; *before is what stands before it, *rest what follows. */
static bool
next_variable(struct str form, struct str *before, struct str *rest, size_t *which)
{
	for (size_t i = 0; i + 1 < form.n; i++) {
		if (form.p[i] != '%' || form.p[i + 1] < '1' || form.p[i + 1] > '9')
			continue;
		*before = str_sub(form, 0, i);
		*rest = str_from(form, i + 2);
		*which = (size_t)(form.p[i + 1] - '1');
		return true;
	}
	return false;
}

/* What a variable stands for ends where the next literal part begins for the first time; it is never
 * empty. */
static bool
take_variable(struct str *said, struct str literal, struct str *value)
{
	if (said->n == 0)
		return false;
	size_t end = literal.n ? str_find(str_from(*said, 1), literal) : said->n - 1;
	if (end == STR_NONE)
		return false;
	*value = str_sub(*said, 0, end + 1);
	*said = str_from(*said, end + 1);
	return true;
}

static bool
fits(struct str form, struct str said, struct str *args)
{
	struct str before, rest, literal, more;
	size_t which, next;
	while (next_variable(form, &before, &rest, &which)) {
		if (!str_starts(said, before))
			return false;
		said = str_from(said, before.n);
		literal = next_variable(rest, &before, &more, &next) ? before : rest;
		if (!take_variable(&said, literal, &args[which]))
			return false;
		form = rest;
	}
	return str_eq(form, said);
}

static const char *
form_of(struct str said, struct str *args)
{
	for (size_t i = 0; i < COUNT_OF(forms); i++)
		if (fits(str_z(forms[i]), said, args))
			return forms[i];
	return NULL;
}

/* A reason may be within a sentence that is within another. */
enum { MAX_NESTING = 3 };

static struct str
say(struct arena *a, const struct words *w, struct str english, int nesting)
{
	struct str args[MAX_ARGS] = {{0}};
	const char *form = form_of(english, args);
	if (!form)
		return english;
	for (size_t i = 0; i < MAX_ARGS && nesting < MAX_NESTING; i++)
		if (args[i].n)
			args[i] = say(a, w, args[i], nesting + 1);
	return word_fill(a, words_say(w, form), args, MAX_ARGS);
}

struct str
fault_say(struct arena *a, const struct words *w, struct str english)
{
	return say(a, w, english, 1);
}
