/*
 * `kawat import [FILE]`: another reader's list, OPML, a feeds file, exported marks.  Without FILE
 * the lists of other readers, where they usually are.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "app/import.h"
#include "app/other_readers.h"
#include "text/clean.h"
#include "text/url.h"

enum { TOLD_COLS = 200 }; /* of an address in a message */

/* --- saying ------------------------------------------------------------------------------------- */

static void
feeds_json(struct json *j, const struct import *im)
{
	struct arena *a = im->arena;
	json_key(j, "feeds");
	json_array(j);
	for (size_t i = 0; i < im->feeds.n; i++) {
		const struct feeds_addition *f = &im->feeds.v[i];
		if (f->outcome != FEEDS_ADDED || f->is_search)
			continue;
		json_object(j);
		json_key_line(j, "url", url_without_userinfo(a, f->url));
		json_key_line(j, "title", f->name);
		json_key_line(j, "section", f->section);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
errors_json(struct json *j, const struct import *im)
{
	json_key(j, "errors");
	json_array(j);
	for (size_t i = 0; i < im->notes.n; i++) {
		const struct import_note *n = &im->notes.v[i];
		json_object(j);
		if (n->file)
			json_key_line(j, "file", text_clean_line(im->arena,
				bytes_of_str(str_z(n->file))));
		if (n->place)
			json_key_int(j, n->is_outline ? "outline" : "line", n->place);
		json_key_line(j, "about", n->about);
		json_key_line(j, "error", n->why);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
print_json(struct app *app, const struct import *im)
{
	struct json j;
	json_init(&j, output_json_sink, &app->out);
	json_object(&j);
	json_key_int(&j, "imported", im->n_imported);
	json_key_int(&j, "present", im->n_present);
	json_key_int(&j, "skipped", im->n_skipped);
	feeds_json(&j, im);
	errors_json(&j, im);
	json_object_end(&j);
	json_newline(&j);
	json_clear(&j);
}

/* `kawat: urls: line 12: exec:...: a program makes it` */
static void
say_note(struct app *app, const struct import_note *n)
{
	struct buf b = {0};
	if (n->file)
		buf_fmt(&b, "%s: ", n->file);
	if (n->place)
		buf_fmt(&b, "%s %lld: ", n->is_outline ? "outline" : "line", (long long)n->place);
	if (n->about.n)
		buf_fmt(&b, "%.*s: ", STR_ARG(str_sub(n->about, 0, TOLD_COLS)));
	buf_add(&b, n->why);
	say("%.*s", STR_ARG(text_clean_line(app->arena, bytes_of_str(buf_str(&b)))));
	buf_clear(&b);
}

static void
print_text(struct app *app, const struct import *im)
{
	for (size_t i = 0; i < im->notes.n && !app->quiet; i++)
		say_note(app, &im->notes.v[i]);
	if (!app->quiet)
		output_fmt(&app->out, "imported %lld  already there %lld  skipped %lld\n",
		    (long long)im->n_imported, (long long)im->n_present, (long long)im->n_skipped);
}

/* --- reading ------------------------------------------------------------------------------------ */

static bool
read_file(struct import *im, const char *path, const char *shown, struct err *e)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	char probe;
	struct str name = text_clean_line(im->arena, bytes_of_str(str_z(path)));
	if (fd < 0)
		return err_errno(e, ERR_USAGE, "cannot open '%.*s'", STR_ARG(name));
	bool ok = standard || read(fd, &probe, 0) == 0 ||
	          err_errno(e, ERR_USAGE, "cannot read '%.*s'", STR_ARG(name));
	if (ok && !import_read(im, fd, shown, e))
		ok = standard ? err_while(e, "standard input") : err_while(e, "'%.*s'", STR_ARG(name));
	if (!standard)
		close(fd);
	return ok;
}

/* One that cannot be read is told and does not stop the others. */
static bool
read_other_readers(struct import *im, struct err *e)
{
	struct other_list v[OTHER_READERS_MAX];
	size_t n = other_readers_find(im->arena, v), n_read = 0;
	if (n == 0) {
		err_set(e, ERR_INPUT, "no list of another reader was found");
		return err_remedy(e, "kawat import FILE");
	}
	for (size_t i = 0; i < n; i++) {
		struct err bad = {0};
		if (read_file(im, v[i].path, v[i].path, &bad)) {
			n_read++;
			continue;
		}
		if (bad.kind == ERR_INTERNAL) {
			*e = bad;
			return false;
		}
		if (!im->app->quiet)
			say("%s: %s", v[i].reader, bad.text);
		if (n_read == 0 && i + 1 == n)
			return err_set(e, ERR_INPUT, "no list of another reader could be read");
	}
	return true;
}

/* --- the verb ----------------------------------------------------------------------------------- */

bool
verb_import(struct app *app, struct err *e)
{
	struct import im;
	enum format format;
	unsigned formats = 1u << FORMAT_JSON | 1u << FORMAT_TEXT;
	const char *usual = isatty(STDOUT_FILENO) ? "text" : "json";
	bool write = !cli_has(&app->cli, FLAG_import_dry_run);
	if (app->cli.n_args > 1)
		return err_set(e, ERR_USAGE, "one file at a time");
	if (!format_parse(cli_value(&app->cli, FLAG_import_format, usual), formats, &format, e))
		return false;
	import_init(&im, app);
	if (!(app->cli.n_args ? read_file(&im, app->cli.raw_args[0], NULL, e)
			      : read_other_readers(&im, e)) ||
	    !import_apply(&im, write, e))
		return false;
	if (format == FORMAT_JSON)
		print_json(app, &im);
	else
		print_text(app, &im);
	if (im.n_imported + im.n_present == 0 && im.keys.n == 0)
		return err_set(e, ERR_INPUT, "nothing in the list could be taken");
	return true;
}
