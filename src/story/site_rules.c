#include "story/site_rules.h"

#include <stdlib.h>

#include "base/conf.h"

struct site_rules {
	struct arena *arena;
	struct { struct site_rule *v; size_t n, cap; } rules;
};

struct site_rules *
site_rules_new(void)
{
	struct site_rules *r = heap_alloc(sizeof(*r));

	*r = (struct site_rules){.arena = arena_new()};
	return r;
}

void
site_rules_free(struct site_rules *r)
{
	if (!r)
		return;
	arena_free(r->arena);
	free(r);
}

/* --- reading --- */

static struct str
plain_host(struct arena *a, struct str host)
{
	char *out = arena_alloc(a, host.n + 1);

	for (size_t i = 0; i < host.n; i++)
		out[i] = ascii_lower(host.p[i]);
	host = str_of(out, host.n);
	return str_starts(host, STR("www.")) ? str_from(host, 4) : host;
}

static bool
add_line(struct site_rules *r, struct site_rule *rule, struct str entry, struct err *e)
{
	struct str key, value;

	if (!conf_key_value(entry, &key, &value))
		return err_set(e, ERR_USAGE, "'%.*s' is no rule: write text, drop or next = selector",
		    STR_ARG(entry));
	struct site_selectors *to = str_eq(key, STR("text")) ? &rule->text
	    : str_eq(key, STR("drop")) ? &rule->drop : str_eq(key, STR("next")) ? &rule->next : NULL;
	if (!to)
		return err_set(e, ERR_USAGE, "'%.*s' is no rule: there are text, drop and next",
		    STR_ARG(key));
	if (to->n == SITE_MAX_LINES)
		return err_set(e, ERR_USAGE, "more than %d lines of '%.*s' for one host",
		    SITE_MAX_LINES, STR_ARG(key));
	const struct selector *s = selector_read(r->arena, value, e);
	if (s)
		to->v[to->n++] = s;
	return s != NULL;
}

static bool
has_rule(const struct site_rules *r, size_t n, struct str host)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(r->rules.v[i].host, host))
			return true;
	return false;
}

/* Returns the place for what follows; NULL: nothing of it counts. */
static struct site_rule *
begin_rule(struct site_rules *r, size_t known, struct str section)
{
	struct site_rule rule = {.host = plain_host(r->arena, section)};

	if (rule.host.n == 0 || r->rules.n == SITE_MAX_RULES || has_rule(r, known, rule.host))
		return NULL;
	ARENA_PUSH(r->arena, &r->rules, rule);
	return &r->rules.v[r->rules.n - 1];
}

static bool
take_lines(struct site_rules *r, const struct conf *c, struct err *e)
{
	struct site_rule *rule = NULL;
	size_t known = r->rules.n;
	bool ok = true;

	for (size_t i = 0; i < c->n; i++) {
		struct err bad = {0};
		if (c->v[i].kind == CONF_SECTION)
			rule = begin_rule(r, known, c->v[i].text);
		if (c->v[i].kind != CONF_ENTRY || !rule || add_line(r, rule, c->v[i].text, &bad))
			continue;
		if (ok)
			err_set(e, ERR_USAGE, "line %zu: %s", i + 1, bad.text);
		ok = false;
	}
	return ok;
}

bool
site_rules_parse(struct site_rules *r, struct bytes content, struct err *e)
{
	struct arena *a = arena_new();
	struct conf c;

	conf_parse(&c, a, content);
	bool ok = take_lines(r, &c, e);
	arena_free(a);
	return ok;
}

bool
site_rules_read(struct site_rules *r, const char *path, struct err *e)
{
	struct arena *a = arena_new();
	struct conf c;

	bool ok = conf_read(&c, a, path, e) && take_lines(r, &c, e);
	if (!ok)
		(void)err_while(e, "'%s'", path);
	arena_free(a);
	return ok;
}

/* --- asking --- */

const struct site_rule *
site_rules_find(const struct site_rules *r, struct str host)
{
	const struct site_rule *best = NULL;

	for (size_t i = 0; r && i < r->rules.n; i++) {
		const struct site_rule *rule = &r->rules.v[i];
		struct str h = rule->host;
		bool below = str_ends(host, h) &&
		    (host.n == h.n || host.p[host.n - h.n - 1] == '.');
		if (below && (!best || h.n > best->host.n))
			best = rule;
	}
	return best;
}

bool
site_selectors_match(const struct site_selectors *s, const struct html_node *n)
{
	for (size_t i = 0; i < s->n; i++)
		if (selector_matches(s->v[i], n))
			return true;
	return false;
}
