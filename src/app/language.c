/*
 * gettext looks a catalogue up by the name of the locale of LC_MESSAGES, and by LANGUAGE before it
 * unless that locale is C.  A locale must be installed to be set, so LC_MESSAGES is always C.UTF-8,
 * which every system has, and LANGUAGE says the words.  LANGUAGE is ours only while a sentence is
 * looked up: the programs that kawat starts get the one that the user gave.
 */
#include "app/language.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>

#include "base/file.h"
#include "text/language.h"

#define DOMAIN "kawat"

struct catalogue {
	const char *tag;
	char *inherited; /* LANGUAGE as the user has it; NULL: not set */
};

static const struct {
	struct str tag;
	enum language language;
} known[] = {
	{STR_INIT("en"), LANGUAGE_EN},
	{STR_INIT("id"), LANGUAGE_ID},
};

/* The row of `known`, or -1. */
static int
known_language(struct arena *a, struct str tag)
{
	struct str primary = language_primary(a, language_tag(a, tag));
	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (str_eq(primary, known[i].tag))
			return (int)i;
	return -1;
}

static struct str
messages_locale(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct str value = str_z(getenv(names[i]));
		if (value.n)
			return value;
	}
	return STR("");
}

/* What the environment asks for; English when it asks for nothing that is known. */
static int
language_of_environment(struct arena *a)
{
	struct str locale = messages_locale(), rest = str_z(getenv("LANGUAGE")), tag;
	if (str_eq(locale, STR("C")) || str_eq(locale, STR("POSIX")))
		return 0;
	while (rest.n) {
		str_cut(rest, ':', &tag, &rest);
		int row = known_language(a, tag);
		if (row >= 0)
			return row;
	}
	int row = known_language(a, locale);
	return row >= 0 ? row : 0;
}

static void
say_language(const char *language)
{
	if (language)
		setenv("LANGUAGE", language, 1);
	else
		unsetenv("LANGUAGE");
}

static const char *
translate(void *ctx, const char *one, const char *many, unsigned long n)
{
	const struct catalogue *c = ctx;
	say_language(c->tag);
	const char *said = many ? dngettext(DOMAIN, one, many, n) : dgettext(DOMAIN, one);
	say_language(c->inherited);
	return said;
}

/* Setting C first makes gettext forget what it found for another LANGUAGE. */
static bool
set_messages_locale(void)
{
	static const char *const names[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8"};
	setlocale(LC_MESSAGES, "C");
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (setlocale(LC_MESSAGES, names[i]))
			return true;
	return false;
}

static void
bind_catalogues(const char *program_folder)
{
	struct arena *a = arena_new();
	const char *beside = arena_fmt(a, "%s/locale", program_folder).p;
	bindtextdomain(DOMAIN, file_exists(beside) ? beside : KAWAT_LOCALEDIR);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	arena_free(a);
}

bool
language_begin(struct words *w, struct str wish, const char *program_folder)
{
	struct arena *a = arena_new();
	int row = str_eq(wish, STR("auto")) ? language_of_environment(a) : known_language(a, wish);
	arena_free(a);
	*w = (struct words){.language = LANGUAGE_EN};
	if (row < 0 || known[row].language == LANGUAGE_EN)
		return row >= 0;

	struct catalogue *c = heap_alloc(sizeof(*c));
	const char *inherited = getenv("LANGUAGE");
	*c = (struct catalogue){known[row].tag.p, inherited ? heap_z(str_z(inherited)) : NULL};
	bind_catalogues(program_folder);
	*w = (struct words){known[row].language, translate, c};
	/* The head of a catalogue stands under the empty string: none, no catalogue. */
	if (set_messages_locale() && *translate(c, "", NULL, 1))
		return true;
	language_end(w);
	return false;
}

const char *
language_format(const struct words *w, const char *format)
{
	const char *said = w->translate ? w->translate(w->ctx, format, NULL, 1) : NULL;
	return said ? said : format;
}

void
language_end(struct words *w)
{
	struct catalogue *c = w->ctx;
	if (c) {
		free(c->inherited);
		free(c);
	}
	*w = (struct words){.language = LANGUAGE_EN};
}
