/*
 * The file is lines of "key: value".  Lines "user-agent" that follow each other open a group, and
 * the rules after them are its rules; groups for the same agent are one (2.2.1).  If no group
 * names kawat, those for "*" count.  Both sets are collected in one pass.
 *
 * Patterns and targets are compared in one form: escapes of unreserved characters are decoded,
 * other bytes are escaped (2.2.2).
 */
#include "wire/robots.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

struct rule {
	struct str pattern; /* normal form; `*` and a last `$` have their meaning */
	bool allow;
	bool ours; /* in a group that names kawat, not in one for `*` */
};

struct robots {
	struct arena *arena;
	struct { struct rule *v; size_t n, cap; } rules;
	bool named; /* some group names kawat */
	bool all, none; /* decided by the status */
};

static bool
is_unreserved(unsigned char c)
{
	return ascii_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/* One escape or byte in the normal form. */
static void
add_normal(struct buf *out, struct str s, size_t *at)
{
	unsigned char c = (unsigned char)s.p[*at];
	int high = c == '%' && *at + 2 < s.n ? ascii_hex((unsigned char)s.p[*at + 1]) : -1;
	int low = high >= 0 ? ascii_hex((unsigned char)s.p[*at + 2]) : -1;
	bool escape = low >= 0;
	if (escape)
		c = (unsigned char)(high << 4 | low);
	*at += escape ? 3 : 1;
	if (escape ? is_unreserved(c) : c > 0x20 && c < 0x7F)
		buf_char(out, (char)c);
	else
		buf_fmt(out, "%%%02X", c);
}

static struct str
normal(struct buf *out, struct str s)
{
	out->n = 0;
	for (size_t at = 0; at < s.n;)
		add_normal(out, s, &at);
	return buf_str(out);
}

/*
 * Does the pattern match a beginning of the target?  Greedy with one step back to the last star:
 * at most pattern x target steps, both bounded.
 */
static bool
matches(struct str pattern, struct str target)
{
	bool to_end = pattern.n && pattern.p[pattern.n - 1] == '$';
	if (to_end)
		pattern.n--;
	size_t p = 0, t = 0, star = STR_NONE, resume = 0;
	for (;;) {
		if (p < pattern.n && pattern.p[p] == '*') {
			star = ++p;
			resume = t;
		} else if (p == pattern.n && (!to_end || t == target.n)) {
			return true;
		} else if (p < pattern.n && t < target.n && pattern.p[p] == target.p[t]) {
			p++;
			t++;
		} else if (star != STR_NONE && resume < target.n) {
			p = star;
			t = ++resume;
		} else {
			return false;
		}
	}
}

/* "kawat/1.0 (x)" names the product kawat. */
static bool
names_agent(struct str value, struct str agent)
{
	size_t n = 0;
	while (n < value.n && (ascii_alpha((unsigned char)value.p[n]) || value.p[n] == '-' ||
	           value.p[n] == '_'))
		n++;
	return str_eq_nocase(str_sub(value, 0, n), agent);
}

enum { FOR_OTHERS = 0, FOR_ALL = 1, FOR_US = 2 };

struct reading {
	struct robots *robots;
	struct str agent;
	struct buf normal;
	int group; /* flags: whom the rules that come are for */
	bool in_agents; /* the last line was "user-agent" */
};

static void
read_agent(struct reading *r, struct str value)
{
	if (!r->in_agents)
		r->group = FOR_OTHERS;
	r->in_agents = true;
	if (str_eq(value, STR("*")))
		r->group |= FOR_ALL;
	if (names_agent(value, r->agent)) {
		r->group |= FOR_US;
		r->robots->named = true;
	}
}

static void
read_rule(struct reading *r, struct str value, bool allow)
{
	struct robots *robots = r->robots;
	r->in_agents = false;
	if (r->group == FOR_OTHERS || value.n == 0 || value.n > ROBOTS_MAX_PATTERN_BYTES ||
	    robots->rules.n >= ROBOTS_MAX_RULES)
		return;
	struct rule rule = {arena_str(robots->arena, normal(&r->normal, value)), allow,
	    (r->group & FOR_US) != 0};
	ARENA_PUSH(robots->arena, &robots->rules, rule);
	if (r->group == (FOR_US | FOR_ALL)) {
		rule.ours = false;
		ARENA_PUSH(robots->arena, &robots->rules, rule);
	}
}

static void
read_line(struct reading *r, struct str line)
{
	struct str key, value, rest;
	str_cut(line, '#', &line, &rest);
	if (!str_cut(line, ':', &key, &value))
		return;
	key = str_trim(key);
	value = str_trim(value);
	if (str_eq_nocase(key, STR("user-agent")))
		read_agent(r, value);
	else if (str_eq_nocase(key, STR("allow")))
		read_rule(r, value, true);
	else if (str_eq_nocase(key, STR("disallow")))
		read_rule(r, value, false);
}

static struct robots *
robots_new(void)
{
	struct robots *robots = heap_alloc(sizeof(*robots));
	robots->arena = arena_new();
	return robots;
}

struct robots *
robots_parse(struct bytes text, struct str agent)
{
	struct reading r = {.robots = robots_new(), .agent = agent};
	struct str rest = str_of((const char *)text.p,
	    text.n < ROBOTS_MAX_BYTES ? text.n : ROBOTS_MAX_BYTES);
	if (str_starts(rest, STR("\xEF\xBB\xBF")))
		rest = str_from(rest, 3);
	while (rest.n) {
		size_t n = 0;
		while (n < rest.n && rest.p[n] != '\n' && rest.p[n] != '\r')
			n++;
		read_line(&r, str_sub(rest, 0, n));
		rest = str_from(rest, n + 1);
	}
	buf_clear(&r.normal);
	return r.robots;
}

struct robots *
robots_of_status(long status)
{
	struct robots *robots = robots_new();
	robots->all = status >= 400 && status < 500;
	robots->none = !robots->all;
	return robots;
}

void
robots_free(struct robots *robots)
{
	if (!robots)
		return;
	arena_free(robots->arena);
	free(robots);
}

bool
robots_allows(const struct robots *robots, struct str target)
{
	if (robots->all || robots->none)
		return robots->all;
	struct buf room = {0};
	struct str path = normal(&room, str_sub(target, 0, ROBOTS_MAX_PATTERN_BYTES));
	size_t best = 0;
	bool allowed = true;
	for (size_t i = 0; i < robots->rules.n; i++) {
		const struct rule *rule = &robots->rules.v[i];
		if (rule->ours != robots->named || rule->pattern.n < best ||
		    !matches(rule->pattern, path))
			continue;
		allowed = rule->allow || (rule->pattern.n == best && best && allowed);
		best = rule->pattern.n;
	}
	buf_clear(&room);
	return allowed || str_eq(target, STR("/robots.txt"));
}
