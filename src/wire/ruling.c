#include "wire/ruling.h"

#include "base/utf8.h"

/* What is configured, as the store reads it. */
static struct rules
rules_of(struct wire *w, struct arena *a, enum ruling ruling)
{
	const struct wire_settings *s = &w->settings;
	struct rule *v = ARENA_ARRAY(a, struct rule, s->rules.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s->rules.n; i++)
		if (ruling == RULING_ALL || s->rules.v[i].what != RULE_ALERT)
			v[n++] = (struct rule){(enum rule_what)s->rules.v[i].what,
			    s->rules.v[i].query};
	return (struct rules){v, n, wire_named_feeds(w, a)};
}

bool
ruling_of_update(struct wire *w, struct arena *a, struct update *u, enum ruling ruling,
    struct rules_done *done, struct err *e)
{
	size_t n;
	const story_id *news = update_news(u, &n);
	*done = (struct rules_done){0};
	if (w->settings.rules.n == 0 || n == 0)
		return true;
	struct rules rules = rules_of(w, a, ruling);
	int64_t now = clock_now();
	return rules_apply(w->store, a, &rules, news, n, now, wire_zone_offset_s(now), done, e);
}

void
ruling_tell(struct wire *w, const struct rules_done *done)
{
	for (size_t i = 0; i < done->n_alerts; i++) {
		const struct rules_alert *r = &done->alerts[i];
		tell_alert(w, &(struct wire_alert){.story = r->id,
		    .title = utf8_cut(r->title, WIRE_MAX_TEXT_BYTES),
		    .rule = utf8_cut(r->rule, WIRE_MAX_TEXT_BYTES)});
	}
}

bool
ruling_step(struct wire *w, bool *done, struct err *e)
{
	struct arena *a = arena_new();
	struct rules rules = rules_of(w, a, RULING_ALL);
	int64_t n, now = clock_now();
	bool ok = rules_catch_up(w->store, &rules, now, wire_zone_offset_s(now), &n, done, e);
	if (ok && n)
		tell_changed(w, 0, n);
	arena_free(a);
	return ok;
}
