#include "app/rules_config.h"

#include "app/feeds_file.h"
#include "store/rules.h"

struct found {
	struct wire_rule *v;
	size_t n, cap;
};

/* Only names matter here: no query is run. */
static struct query_feeds
names_of(struct arena *a, const struct wire_feeds *feeds)
{
	struct query_feed *v = ARENA_ARRAY(a, struct query_feed, feeds->n + 1);
	for (size_t i = 0; i < feeds->n; i++) {
		const struct wire_subscription *s = &feeds->v[i];
		v[i] = (struct query_feed){.id = (feed_id)i + 1, .url = s->url,
		    .name = subscription_name(a, s), .section = s->section};
	}
	return (struct query_feeds){v, feeds->n};
}

static bool
read_line(struct arena *a, struct str entry, struct query_feeds feeds, struct wire_rule *out,
    struct err *e)
{
	struct str name, query;
	enum rule_what what;
	struct query *q;
	if (!str_cut(entry, '=', &name, &query))
		return err_set(e, ERR_USAGE, "not \"mute, star, read or alert = query\"");
	name = str_trim(name);
	query = conf_without_comment(query);
	if (!rule_named(name, &what))
		return err_set(e, ERR_USAGE,
		    "unknown rule \"%.*s\": mute, star, read or alert",
		    STR_ARG(str_sub(name, 0, CONFIG_QUOTED_BYTES)));
	if (query.n == 0)
		return err_set(e, ERR_USAGE, "%s without a query would be every story",
		    rule_name(what));
	if (!query_parse(a, query, feeds, 0, 0, &q, e))
		return false;
	*out = (struct wire_rule){what, query};
	return true;
}

struct wire_rules
rules_config_read(struct arena *a, struct config *c, const struct wire_feeds *feeds)
{
	struct query_feeds names = names_of(a, feeds);
	struct found found = {0};
	for (size_t i = 0; i < c->file.n; i++) {
		struct wire_rule rule;
		struct err e = {0};
		if (c->file.v[i].kind != CONF_ENTRY ||
		    !str_eq(conf_section(&c->file, i), STR("rules")))
			continue;
		if (found.n == WIRE_MAX_RULES)
			config_warn(c, i, arena_fmt(a, "more than %d rules", WIRE_MAX_RULES));
		else if (read_line(a, c->file.v[i].text, names, &rule, &e))
			ARENA_PUSH(a, &found, rule);
		else
			config_warn(c, i, arena_str(a, str_z(e.text)));
		if (found.n == WIRE_MAX_RULES)
			break;
	}
	return (struct wire_rules){found.v, found.n};
}
