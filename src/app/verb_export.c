/*
 * `kawat export opml|feeds|stories|marks [QUERY]`: to standard output, or with -o into a file that
 * takes its name only when all of it is there.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/export.h"
#include "base/file.h"

enum what { OPML, FEEDS, STORIES, MARKS, WHATS };

/* The formats of each, the usual one first. */
static const struct {
	struct str name;
	const char *usual;
	unsigned formats; /* 0: there is one, without a name to choose it by */
} whats[WHATS] = {
	[OPML] = {STR_INIT("opml"), "", 0},
	[FEEDS] = {STR_INIT("feeds"), "", 0},
	[STORIES] = {STR_INIT("stories"), "ndjson", 1u << FORMAT_NDJSON | 1u << FORMAT_MBOX |
	    1u << FORMAT_MARKDOWN | 1u << FORMAT_HTML | 1u << FORMAT_ATOM},
	[MARKS] = {STR_INIT("marks"), "ndjson", 1u << FORMAT_NDJSON},
};

static bool
find_what(const struct app *app, enum what *what, struct err *e)
{
	if (app->cli.n_args == 0)
		return err_set(e, ERR_USAGE, "export needs one of opml, feeds, stories, marks");
	for (size_t i = 0; i < WHATS; i++) {
		if (str_eq(app->cli.args[0], whats[i].name)) {
			*what = (enum what)i;
			return true;
		}
	}
	return err_set(e, ERR_USAGE, "'%.*s' cannot be exported: opml, feeds, stories or marks",
	    STR_ARG(app->cli.args[0]));
}

static bool
find_format(const struct app *app, enum what what, enum format *format, struct err *e)
{
	struct str word = cli_value(&app->cli, FLAG_export_format, whats[what].usual);
	*format = FORMAT_TEXT;
	if (whats[what].formats)
		return format_parse(word, whats[what].formats, format, e);
	if (word.n == 0)
		return true;
	return err_set(e, ERR_USAGE, "export %.*s takes no --format", STR_ARG(whats[what].name));
}

static bool
write_all(struct app *app, enum what what, enum format format, struct err *e)
{
	bool passwords = cli_has(&app->cli, FLAG_export_with_passwords);
	switch (what) {
	case OPML:
		return export_opml(app, 1, passwords, e);
	case FEEDS:
		if (app->cli.n_args > 1)
			return err_set(e, ERR_USAGE, "export feeds takes no query");
		return export_feeds(app, passwords, e);
	case STORIES:
		return export_stories(app, 1, format, e);
	case MARKS:
		return export_marks(app, 1, e);
	case WHATS:
		break;
	}
	return true;
}

/* --- into a file -------------------------------------------------------------------------------- */

/* Beside it, mode 0600, until it is whole. */
static bool
write_file(struct app *app, const char *path, enum what what, enum format format, struct err *e)
{
	char *beside = heap_z(arena_fmt(app->arena, "%s.XXXXXX", path));
	struct err unwritten = {0};
	int fd = mkstemp(beside);
	bool ok = fd >= 0 || err_errno(e, ERR_USAGE, "cannot write '%s'", path);
	app->out.file = fd;
	ok = ok && write_all(app, what, format, e);
	if (fd >= 0 && !output_end(&app->out, &unwritten) && ok) {
		*e = unwritten;
		ok = err_while(e, "'%s'", path);
	}
	app->out.file = 0;
	if (ok && (fsync(fd) < 0 || rename(beside, path) < 0))
		ok = err_errno(e, ERR_STORE, "cannot write '%s'", path);
	if (fd >= 0 && !ok)
		unlink(beside);
	if (fd >= 0)
		close(fd);
	free(beside);
	return ok;
}

bool
verb_export(struct app *app, struct err *e)
{
	enum what what = OPML;
	enum format format;
	const char *path = app->cli.values[FLAG_export_output];
	if (!find_what(app, &what, e) || !find_format(app, what, &format, e))
		return false;
	if (path && !str_eq(str_z(path), STR("-")))
		return write_file(app, path, what, format, e);
	return write_all(app, what, format, e);
}
