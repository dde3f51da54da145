/*
 * A chain is matched from its end: the last step must be the element itself, each step before it
 * the nearest of its ancestors that fits.  Taking the nearest is right, since all that a step asks
 * of its place is to be above the next one; so no way back is needed.
 */
#include "story/selector.h"

enum condition_kind { HAS_CLASS, HAS_ID, HAS_ATTRIBUTE, HAS_VALUE };

struct condition {
	enum condition_kind kind;
	const char *name; /* of the class or attribute; NUL-terminated, as html_attr asks for */
	struct str value; /* or the id */
};

struct step {
	struct str tag; /* empty: any */
	struct condition conditions[SELECTOR_MAX_CONDITIONS];
	size_t n;
};

struct chain {
	struct step steps[SELECTOR_MAX_STEPS];
	size_t n;
};

struct selector {
	struct chain *chains;
	size_t n;
};

/* --- reading --- */

static bool
is_name_sign(char c)
{
	return ascii_alnum((unsigned char)c) || c == '-' || c == '_' || (unsigned char)c >= 0x80;
}

static struct str
take_name(struct str *rest)
{
	size_t n = 0;

	while (n < rest->n && is_name_sign(rest->p[n]))
		n++;
	struct str name = str_sub(*rest, 0, n);
	*rest = str_from(*rest, n);
	return name;
}

static const char *
lower_z(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.n + 1);

	for (size_t i = 0; i < s.n; i++)
		out[i] = ascii_lower(s.p[i]);
	out[s.n] = '\0';
	return out;
}

static struct str
without_quotes(struct str s)
{
	bool quoted = s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0];

	return quoted ? str_sub(s, 1, s.n - 2) : s;
}

/* [name] or [name=value], from behind the bracket. */
static bool
read_attribute(struct arena *a, struct str *rest, struct condition *out)
{
	struct str inside, name, value;

	if (!str_cut(*rest, ']', &inside, rest))
		return false;
	bool has_value = str_cut(inside, '=', &name, &value);
	name = str_trim(name);
	out->kind = has_value ? HAS_VALUE : HAS_ATTRIBUTE;
	out->name = lower_z(a, name);
	out->value = arena_str(a, without_quotes(str_trim(value)));
	return name.n > 0 && take_name(&name).n > 0 && name.n == 0;
}

static bool
read_condition(struct arena *a, struct str *rest, struct condition *out)
{
	char sign = rest->p[0];

	*rest = str_from(*rest, 1);
	if (sign == '[')
		return read_attribute(a, rest, out);
	struct str name = take_name(rest);
	out->kind = sign == '.' ? HAS_CLASS : HAS_ID;
	out->name = arena_z(a, name);
	out->value = arena_str(a, name);
	return name.n > 0 && (sign == '.' || sign == '#');
}

static bool
read_step(struct arena *a, struct str *rest, struct step *out)
{
	struct str tag = take_name(rest);

	*out = (struct step){.tag = str_z(lower_z(a, tag))};
	if (tag.n == 0 && rest->n > 0 && rest->p[0] == '*')
		*rest = str_from(*rest, 1);
	while (rest->n > 0 && !ascii_space((unsigned char)rest->p[0])) {
		if (out->n == SELECTOR_MAX_CONDITIONS ||
		    !read_condition(a, rest, &out->conditions[out->n++]))
			return false;
	}
	return tag.n > 0 || out->n > 0;
}

static bool
read_chain(struct arena *a, struct str text, struct chain *out)
{
	text = str_trim(text);
	for (out->n = 0; text.n > 0; text = str_trim(text))
		if (out->n == SELECTOR_MAX_STEPS || !read_step(a, &text, &out->steps[out->n++]))
			return false;
	return out->n > 0;
}

struct selector *
selector_read(struct arena *a, struct str list, struct err *e)
{
	struct selector *s = ARENA_NEW(a, struct selector);
	struct str rest = list, one;
	bool ok = true;

	s->chains = ARENA_ARRAY(a, struct chain, SELECTOR_MAX_CHAINS);
	do {
		str_cut(rest, ',', &one, &rest);
		ok = s->n < SELECTOR_MAX_CHAINS && read_chain(a, one, &s->chains[s->n++]);
	} while (ok && rest.n > 0);
	if (ok)
		return s;
	err_set(e, ERR_USAGE, "'%.*s' is no selector: write tag, .class, #id or [attribute=value]",
	    STR_ARG(list));
	return NULL;
}

/* --- matching --- */

static bool
meets(const struct condition *c, const struct html_node *n)
{
	switch (c->kind) {
	case HAS_CLASS: return html_has_class(n, c->name);
	case HAS_ID: return str_eq(html_attr(n, "id"), c->value);
	case HAS_ATTRIBUTE: return html_has_attr(n, c->name);
	case HAS_VALUE: return str_eq(html_attr(n, c->name), c->value);
	}
	return false;
}

static bool
fits(const struct step *s, const struct html_node *n)
{
	if (n->kind != HTML_ELEMENT || (s->tag.n > 0 && !str_eq(n->name, s->tag)))
		return false;
	for (size_t i = 0; i < s->n; i++)
		if (!meets(&s->conditions[i], n))
			return false;
	return true;
}

static bool
chain_matches(const struct chain *c, const struct html_node *n)
{
	size_t left = c->n;

	if (!fits(&c->steps[--left], n))
		return false;
	for (n = n->parent; n && left > 0; n = n->parent)
		if (fits(&c->steps[left - 1], n))
			left--;
	return left == 0;
}

bool
selector_matches(const struct selector *s, const struct html_node *n)
{
	for (size_t i = 0; i < s->n; i++)
		if (chain_matches(&s->chains[i], n))
			return true;
	return false;
}
