#include "app/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/config.h"
#include "app/language.h"
#include "base/buf.h"
#include "base/near.h"
#include "text/clean.h"

static const struct verb_row verbs[VERB_COUNT] = {
	[VERB_any] = {"", "", "the reader"},
#define VERB(id, arguments, help) [VERB_##id] = {#id, arguments, help},
#define FLAG(verb, id, long, short, argument, help)
#include "app/verb.def"
#undef VERB
#undef FLAG
};

static const struct flag_row flags[FLAG_COUNT] = {
#define VERB(id, arguments, help)
#define FLAG(verb, id, long, short, argument, help) \
	[FLAG_##verb##_##id] = {VERB_##verb, long, short, argument, help},
#include "app/verb.def"
#undef VERB
#undef FLAG
};

const struct verb_row *
verb_row(enum verb verb)
{
	return &verbs[verb];
}

const struct flag_row *
flag_row(enum flag flag)
{
	return &flags[flag];
}

/* The words of a command line, with a second list that says nothing about where they came from. */
struct line_words {
	const char **v;
	size_t n, cap, at;
};

static void
add_environment(struct line_words *w, struct arena *a)
{
	const char *text = getenv("KAWAT_OPTIONS");
	struct str rest = str_z(text), word;
	while ((word = str_word(&rest)).n)
		ARENA_PUSH(a, w, arena_z(a, word));
}

/* The verb comes first among the words that are no options. */
static enum verb
verb_find(const char *name)
{
	for (size_t i = 1; i < VERB_COUNT; i++)
		if (strcmp(verbs[i].name, name) == 0)
			return (enum verb)i;
	return VERB_any;
}

static bool
applies(const struct flag_row *f, enum verb verb)
{
	return f->verb == VERB_any || f->verb == verb;
}

/* Before the verb is known any verb's option may come: `kawat --force refresh`. */
static int
flag_find(struct str name, char letter, enum verb verb)
{
	for (size_t i = 0; i < FLAG_COUNT; i++) {
		if (verb != VERB_any && !applies(&flags[i], verb))
			continue;
		if (name.n ? str_eq(name, str_z(flags[i].name))
			   : letter && flags[i].letter == letter)
			return (int)i;
	}
	return -1;
}

static bool
unknown_option(struct str word, enum verb verb, struct err *e)
{
	const char *names[FLAG_COUNT];
	size_t n = 0;
	for (size_t i = 0; i < FLAG_COUNT; i++)
		if (applies(&flags[i], verb))
			names[n++] = flags[i].name;
	struct str name = word, value;
	str_cut(word, '=', &name, &value);
	const char *near = str_starts(word, STR("--"))
	    ? near_name(str_from(name, 2), names, n)
	    : NULL;
	err_set(e, ERR_USAGE, "unknown option '%.*s'", STR_ARG(name));
	if (near)
		err_remedy(e, "--%s", near);
	else
		err_remedy(e, "kawat --help");
	return false;
}

static bool
set_flag(struct cli *c, struct line_words *w, int flag, const char *attached, struct err *e)
{
	const struct flag_row *f = &flags[flag];
	c->times[flag]++;
	if (!f->argument) {
		if (attached)
			return err_set(e, ERR_USAGE, "--%s takes no value", f->name);
		c->values[flag] = "";
		return true;
	}
	if (!attached && w->at == w->n)
		return err_set(e, ERR_USAGE, "--%s needs a value: %s", f->name, f->argument);
	c->values[flag] = attached ? attached : w->v[w->at++];
	return true;
}

static bool
long_option(struct cli *c, struct line_words *w, const char *word, enum verb verb, struct err *e)
{
	struct str name, value;
	bool has_value = str_cut(str_z(word + 2), '=', &name, &value);
	int flag = flag_find(name, 0, verb);
	if (flag < 0)
		return unknown_option(str_z(word), verb, e);
	return set_flag(c, w, flag, has_value ? value.p : NULL, e);
}

/* -q, -qv, -cFILE, -c FILE */
static bool
short_options(struct cli *c, struct line_words *w, const char *word, enum verb verb, struct err *e)
{
	for (const char *p = word + 1; *p; p++) {
		int flag = flag_find(STR(""), *p, verb);
		if (flag < 0)
			return unknown_option(str_z(word), verb, e);
		if (flags[flag].argument)
			return set_flag(c, w, flag, p[1] ? p + 1 : NULL, e);
		if (!set_flag(c, w, flag, NULL, e))
			return false;
	}
	return true;
}

/*
 * `kawat list kapal -banda`: where a query may stand, `-word` excludes that word.  One letter alone
 * is an option there, as are switches together (-vv); a value stands apart (-d DIR).
 */
static bool
excludes_word(const char *word, enum verb verb)
{
	if (!strstr(verbs[verb].arguments, "QUERY") || !word[1] || !word[2])
		return false;
	for (const char *p = word + 1; *p; p++) {
		int flag = flag_find(STR(""), *p, verb);
		if (flag < 0 || flags[flag].argument)
			return true;
	}
	return false;
}

static bool
set_verb(struct cli *c, const char *word, struct err *e)
{
	const char *names[VERB_COUNT];
	c->verb = verb_find(word);
	if (c->verb != VERB_any)
		return true;
	for (size_t i = 1; i < VERB_COUNT; i++)
		names[i - 1] = verbs[i].name;
	const char *near = near_name(str_z(word), names, VERB_COUNT - 1);
	err_set(e, ERR_USAGE, "unknown command '%s'", word);
	if (near)
		err_remedy(e, "kawat %s", near);
	else
		err_remedy(e, "kawat --help");
	return false;
}

/* Options that stood before the verb may belong to another one. */
static bool
check_flags(const struct cli *c, struct err *e)
{
	for (size_t i = 0; i < FLAG_COUNT; i++)
		if (c->times[i] && !applies(&flags[i], c->verb))
			return err_set(e, ERR_USAGE, "--%s does not go with %s", flags[i].name,
			    c->verb == VERB_any ? "the reader" : verbs[c->verb].name);
	return true;
}

static void
add_argument(struct cli *c, struct arena *a, const char *word, size_t room)
{
	if (!c->args) {
		c->args = ARENA_ARRAY(a, struct str, room);
		c->raw_args = ARENA_ARRAY(a, const char *, room);
	}
	c->args[c->n_args] = text_clean_line(a, bytes_of(word, strlen(word)));
	c->raw_args[c->n_args++] = word;
}

/* An option before the verb that several verbs have means the same for the verb that comes: the
 * first row of that name was counted, so the count moves to the verb's own row.  A value that
 * stands behind the verb came later, and the last one counts. */
static void
settle_early_flags(struct cli *c)
{
	if (c->verb == VERB_any)
		return;
	for (size_t i = 0; i < FLAG_COUNT; i++) {
		if (!c->times[i] || applies(&flags[i], c->verb))
			continue;
		int own = flag_find(str_z(flags[i].name), 0, c->verb);
		if (own < 0)
			continue;
		if (!c->times[own])
			c->values[own] = c->values[i];
		c->times[own] += c->times[i];
		c->times[i] = 0;
		c->values[i] = NULL;
	}
}

/* For the sentence that says what is wrong with the line: its --lang, wherever that stands. */
static void
find_language(struct cli *c, const struct line_words *w)
{
	for (size_t i = 0; i < w->n; i++) {
		if (strncmp(w->v[i], "--lang=", 7) == 0)
			c->values[FLAG_any_lang] = w->v[i] + 7;
		else if (strcmp(w->v[i], "--lang") == 0 && i + 1 < w->n)
			c->values[FLAG_any_lang] = w->v[i + 1];
	}
}

bool
cli_parse(struct cli *c, struct arena *a, int argc, char **argv, struct err *e)
{
	struct line_words w = {0};
	bool options_end = false, ok = true;
	*c = (struct cli){0};
	add_environment(&w, a);
	for (int i = 1; i < argc; i++)
		ARENA_PUSH(a, &w, argv[i]);
	while (ok && w.at < w.n) {
		const char *word = w.v[w.at++];
		if (!options_end && strcmp(word, "--") == 0)
			options_end = true;
		else if (!options_end && strncmp(word, "--", 2) == 0)
			ok = long_option(c, &w, word, c->verb, e);
		else if (!options_end && word[0] == '-' && word[1] &&
		         !excludes_word(word, c->verb))
			ok = short_options(c, &w, word, c->verb, e);
		else if (c->verb == VERB_any)
			ok = set_verb(c, word, e);
		else
			add_argument(c, a, word, w.n);
	}
	if (!ok) {
		find_language(c, &w);
		return false;
	}
	settle_early_flags(c);
	return cli_has(c, FLAG_any_help) || cli_has(c, FLAG_any_version) || check_flags(c, e);
}

struct str
cli_value(const struct cli *c, enum flag flag, const char *otherwise)
{
	return str_z(c->values[flag] ? c->values[flag] : otherwise);
}

bool
cli_number(const struct cli *c, enum flag flag, int64_t min, int64_t max, int64_t otherwise,
    int64_t *out, struct err *e)
{
	*out = otherwise;
	if (!c->values[flag] || str_to_int(str_z(c->values[flag]), min, max, out))
		return true;
	return err_set(e, ERR_USAGE, "--%s must be a number from %lld to %lld, not '%s'",
	    flags[flag].name, (long long)min, (long long)max, c->values[flag]);
}

struct str
cli_joined(struct arena *a, const struct cli *c, size_t first)
{
	struct str all = STR("");
	for (size_t i = first; i < c->n_args; i++)
		all = i == first ? c->args[i]
				 : arena_fmt(a, "%.*s %.*s", STR_ARG(all), STR_ARG(c->args[i]));
	return all;
}

static void
help_flags(struct buf *b, enum verb verb, const struct words *words)
{
	for (size_t i = 0; i < FLAG_COUNT; i++) {
		const struct flag_row *f = &flags[i];
		if (f->verb != verb)
			continue;
		char left[64];
		snprintf(left, sizeof(left), "%s%c%s--%s%s%s", f->letter ? "-" : " ",
		    f->letter ? f->letter : ' ', f->letter ? ", " : "  ", f->name,
		    f->argument ? " " : "", f->argument ? f->argument : "");
		buf_fmt(b, "  %-26s %.*s\n", left, STR_ARG(words_say(words, f->help)));
	}
}

static void
help_of_verb(struct buf *b, const struct verb_row *row, enum verb verb, const struct words *words)
{
	buf_fmt(b, language_format(words, "usage: kawat %s %s"), row->name, row->arguments);
	buf_fmt(b, "\n\n%.*s\n\n", STR_ARG(words_say(words, row->help)));
	help_flags(b, verb, words);
	buf_char(b, '\n');
	help_flags(b, VERB_any, words);
}

static void
help_of_all(struct buf *b, const struct words *words)
{
	buf_add(b, words_say(words, "usage: kawat [OPTION...] [COMMAND [ARGUMENT...]]"));
	buf_add(b, STR("\n\n"));
	buf_add(b, words_say(words, "Without a command: the reader."));
	buf_add(b, STR("\n\n"));
	for (size_t i = 1; i < VERB_COUNT; i++)
		buf_fmt(b, "  %-10s %.*s\n", verbs[i].name,
		    STR_ARG(words_say(words, verbs[i].help)));
	buf_char(b, '\n');
	help_flags(b, VERB_any, words);
	buf_char(b, '\n');
	buf_add(b, words_say(words, "More: man kawat"));
	buf_char(b, '\n');
}

struct str
cli_help(struct arena *a, enum verb verb, const struct words *words)
{
	struct buf b = {0};
	if (verb != VERB_any)
		help_of_verb(&b, &verbs[verb], verb, words);
	else
		help_of_all(&b, words);
	struct str text = arena_str(a, buf_str(&b));
	buf_clear(&b);
	return text;
}
