#include "app/feed_catalogue.h"

#include "base/file.h"
#include "text/clean.h"
#include "text/url.h"

enum { FIELDS = 6 };

static bool
is_ticked(struct str tags, struct str lang)
{
	struct str tag;
	while ((tag = str_word(&tags)).n)
		if (str_eq_nocase(tag, lang) || str_eq(tag, STR("*")))
			return true;
	return false;
}

static void
read_line(struct catalogue *c, struct arena *a, struct str line, struct str group, struct str lang)
{
	struct str field[FIELDS] = {{0}};
	for (size_t i = 0; i < FIELDS; i++)
		str_cut(line, '\t', &field[i], &line);
	if (!url_is_http(field[3]) || field[2].n == 0 || c->n == CATALOGUE_MAX_FEEDS)
		return;
	struct catalogue_feed feed = {.lang = field[0], .agency = field[1], .name = field[2],
	    .url = field[3], .note = field[5], .group = group,
	    .ticked = is_ticked(field[4], lang)};
	ARENA_PUSH(a, c, feed);
}

static bool
read_file(struct arena *a, const char *path, struct str *text)
{
	struct bytes raw;
	struct err ignored;
	if (!file_exists(path) || !file_read(a, path, CATALOGUE_MAX_BYTES, &raw, &ignored))
		return false;
	*text = text_clean(a, raw);
	return true;
}

static bool
find_file(struct app *app, struct str *text)
{
	struct arena *a = app->arena;
	struct str config = str_z(app->paths.config);
	size_t slash = str_find_last_char(config, '/');
	if (slash != STR_NONE &&
	    read_file(a, arena_fmt(a, "%.*s/catalogue", STR_ARG(str_sub(config, 0, slash))).p, text))
		return true;
	return read_file(a, arena_fmt(a, "%s/app/catalogue", program_folder(a)).p, text) ||
	       read_file(a, KAWAT_DATADIR "/catalogue", text);
}

void
catalogue_load(struct catalogue *c, struct app *app, struct str lang)
{
	struct str text, line, group = STR("");
	*c = (struct catalogue){0};
	if (!find_file(app, &text))
		return;
	while (text.n) {
		str_cut(text, '\n', &line, &text);
		if (str_starts(line, STR("#")))
			group = str_trim(str_from(line, 1));
		else
			read_line(c, app->arena, line, group, lang);
	}
}
