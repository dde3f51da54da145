#include "app/config.h"

#include <string.h>

#include "base/near.h"
#include "base/utf8.h"

static const struct option options[OPTION_COUNT] = {
#define OPTION(id, section, key, type, def, min, max, choices, help) \
	[OPT_##id] = {section, key, type, def, min, max, choices, help},
#include "app/option.def"
#undef OPTION
};

const struct option *
option_row(enum option_id id)
{
	return &options[id];
}

static bool
choice_index(const char *choices, struct str value, int64_t *out)
{
	struct str rest = str_z(choices), word;
	for (int64_t i = 0; rest.n; i++) {
		str_cut(rest, '|', &word, &rest);
		if (str_eq_nocase(word, value)) {
			*out = i;
			return true;
		}
	}
	return false;
}

static bool
yes_or_no(struct str value, int64_t *out)
{
	static const struct { struct str word; int64_t value; } words[] = {
		{STR_INIT("yes"), 1}, {STR_INIT("no"), 0}, {STR_INIT("true"), 1},
		{STR_INIT("false"), 0}, {STR_INIT("on"), 1}, {STR_INIT("off"), 0},
		{STR_INIT("ya"), 1}, {STR_INIT("tidak"), 0},
	};
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (str_eq_nocase(value, words[i].word)) {
			*out = words[i].value;
			return true;
		}
	}
	return false;
}

static bool
value_parse(const struct option *o, struct str text, int64_t *out)
{
	bool ok = false;
	switch (o->type) {
	case YESNO:
		return yes_or_no(text, out);
	case CHOICE:
		return choice_index(o->choices, text, out);
	case TEXT:
		*out = 0;
		return text.n > 0 && text.n <= CONFIG_MAX_TEXT_BYTES;
	case NUMBER:
		return str_to_int(text, o->min, o->max, out);
	case TIME:
		ok = conf_time(text, out);
		break;
	case SIZE:
		ok = conf_size(text, out);
		break;
	}
	return ok && *out >= o->min && *out <= o->max;
}

static const struct option *
option_find(struct str section, struct str key)
{
	for (size_t i = 0; i < OPTION_COUNT; i++)
		if (str_eq(section, str_z(options[i].section)) &&
		    str_eq(key, str_z(options[i].key)))
			return &options[i];
	return NULL;
}

void
config_warn(struct config *c, size_t line, struct str text)
{
	struct arena *a = c->file.arena;
	if (c->warnings.n < CONFIG_MAX_WARNINGS)
		ARENA_PUSH(a, &c->warnings,
		    arena_fmt(a, "config:%zu: %.*s", line + 1, STR_ARG(text)));
	else if (c->warnings.n == CONFIG_MAX_WARNINGS)
		ARENA_PUSH(a, &c->warnings, STR("config: and more errors after these"));
}

/* As much of the file's text as a sentence can hold. */
static struct str
quote(struct str s)
{
	return utf8_cut(s, CONFIG_QUOTED_BYTES);
}

/* `unknown key "refersh". Did you mean "refresh"?` */
static void
warn_unknown(struct config *c, size_t line, const char *what, struct str word,
    const char *const *names, size_t n)
{
	const char *near = near_name(word, names, n);
	struct arena *a = c->file.arena;
	struct str text = arena_fmt(a, "unknown %s \"%.*s\"", what, STR_ARG(quote(word)));
	if (near)
		text = arena_fmt(a, "%.*s. Did you mean \"%s\"?", STR_ARG(text), near);
	config_warn(c, line, text);
}

static void
warn_place(struct config *c, size_t line, struct str section, struct str key)
{
	const char *names[OPTION_COUNT], *sections[OPTION_COUNT];
	size_t n = 0, n_sections = 0;
	if (section.n == 0) {
		config_warn(c, line, arena_fmt(c->file.arena, "\"%.*s\" stands before the first [section]",
		    STR_ARG(quote(key))));
		return;
	}
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		if (str_eq(section, str_z(options[i].section)))
			names[n++] = options[i].key;
		sections[n_sections++] = options[i].section;
	}
	if (n)
		warn_unknown(c, line, "key", key, names, n);
	else
		warn_unknown(c, line, "section", section, sections, n_sections);
}

/* What the value could have been. */
static struct str
expected(struct arena *a, const struct option *o)
{
	struct str all = STR("one of"), rest = str_z(o->choices), word;
	switch (o->type) {
	case YESNO:
		return STR("yes or no");
	case NUMBER:
		return arena_fmt(a, "a number from %lld to %lld", (long long)o->min,
		    (long long)o->max);
	case TIME:
		return arena_fmt(a, "a time such as %s", o->initial);
	case SIZE:
		return arena_fmt(a, "a size such as %s", o->initial);
	case TEXT:
		return arena_fmt(a, "1 to %d bytes", CONFIG_MAX_TEXT_BYTES);
	case CHOICE:
		break;
	}
	while (rest.n) {
		str_cut(rest, '|', &word, &rest);
		all = arena_fmt(a, "%.*s %.*s%s", STR_ARG(all), STR_ARG(word), rest.n ? "," : "");
	}
	return all;
}

static void
read_entry(struct config *c, size_t line)
{
	struct arena *a = c->file.arena;
	struct str section = conf_section(&c->file, line), key, value;
	if (str_eq(section, STR("rules")) || str_eq(section, STR("keys")))
		return;
	if (!conf_key_value(c->file.v[line].text, &key, &value)) {
		config_warn(c, line, arena_fmt(a, "not \"key = value\": \"%.*s\"",
		    STR_ARG(quote(c->file.v[line].text))));
		return;
	}
	const struct option *o = option_find(section, key);
	if (!o) {
		warn_place(c, line, section, key);
		return;
	}
	int64_t number;
	if (!value_parse(o, value, &number)) {
		config_warn(c, line, arena_fmt(a, "bad value \"%.*s\" for %s: %.*s",
		    STR_ARG(quote(value)), o->key, STR_ARG(expected(a, o))));
		return;
	}
	c->values[o - options] = (struct option_value){number, value, line + 1};
}

bool
config_load(struct config *c, struct arena *a, const char *path, struct err *e)
{
	*c = (struct config){0};
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		c->values[i].text = str_z(options[i].initial);
		if (!value_parse(&options[i], c->values[i].text, &c->values[i].number))
			return err_set(e, ERR_INTERNAL, "the default of %s is bad", options[i].key);
	}
	if (!conf_read(&c->file, a, path, e))
		return false;
	for (size_t i = 0; i < c->file.n; i++)
		if (c->file.v[i].kind == CONF_ENTRY)
			read_entry(c, i);
	return true;
}
