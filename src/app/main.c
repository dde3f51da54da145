/*
 * kawat: the command line and the reader.
 *
 * Finds out what is asked, reads the configuration and the feeds file, and hands over to the verb.
 * Exit statuses are those of output.h's exit_status.
 */
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "app/failure.h"
#include "app/language.h"
#include "app/rules_config.h"

enum needs { NEEDS_CONFIG = 1, NEEDS_FEEDS = 2 };

struct verb_entry {
	verb_function *run;
	unsigned needs;
};

static const struct verb_entry entries[VERB_COUNT] = {
	[VERB_any] = {app_read_news, NEEDS_CONFIG | NEEDS_FEEDS},
	[VERB_refresh] = {verb_refresh, NEEDS_CONFIG | NEEDS_FEEDS},
	[VERB_add] = {verb_add, NEEDS_CONFIG | NEEDS_FEEDS},
	[VERB_remove] = {verb_remove, NEEDS_CONFIG | NEEDS_FEEDS},
	[VERB_feeds] = {verb_feeds, NEEDS_CONFIG | NEEDS_FEEDS},
	[VERB_list] = {verb_list, NEEDS_CONFIG | NEEDS_FEEDS},
	[VERB_read] = {verb_read, NEEDS_CONFIG | NEEDS_FEEDS},
	[VERB_search] = {verb_search, NEEDS_CONFIG | NEEDS_FEEDS},
	[VERB_related] = {verb_related, NEEDS_CONFIG | NEEDS_FEEDS},
	[VERB_brief] = {verb_brief, NEEDS_CONFIG | NEEDS_FEEDS},
	[VERB_tail] = {verb_tail, NEEDS_CONFIG | NEEDS_FEEDS},
	[VERB_store] = {verb_store, NEEDS_CONFIG | NEEDS_FEEDS},
	[VERB_mark] = {verb_mark, NEEDS_CONFIG | NEEDS_FEEDS},
	[VERB_cluster] = {verb_cluster, NEEDS_CONFIG},
	[VERB_import] = {verb_import, NEEDS_CONFIG | NEEDS_FEEDS},
	[VERB_export] = {verb_export, NEEDS_CONFIG | NEEDS_FEEDS},
	[VERB_parse] = {verb_parse, NEEDS_CONFIG},
	[VERB_extract] = {verb_extract, NEEDS_CONFIG},
	[VERB_doctor] = {verb_doctor, NEEDS_CONFIG | NEEDS_FEEDS},
	[VERB_db] = {verb_db, NEEDS_CONFIG | NEEDS_FEEDS},
	[VERB_keys] = {verb_keys, NEEDS_CONFIG},
};

/* Character types come from the locale; a missing or 8-bit locale gives UTF-8 all the same, so
 * that nothing depends on what is installed.  Numbers and dates never come from it. */
static void
set_locale(void)
{
	if (!setlocale(LC_CTYPE, ""))
		setlocale(LC_CTYPE, "C.UTF-8");
}

/* A standard descriptor that is closed would be given to the next file or socket, and what is
 * printed would go there.  Nothing can be written to the one put in place of standard output, so
 * that its loss is told as one. */
static void
hold_standard_descriptors(void)
{
	static const int modes[] = {O_RDONLY, O_RDONLY, O_RDWR};
	for (int fd = 0; fd < (int)COUNT_OF(modes); fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) != fd)
			_exit(exit_status(ERR_STORE));
}

static bool
load(struct app *app, struct err *e)
{
	const struct cli *c = &app->cli;
	unsigned needs = entries[c->verb].needs;
	struct path_wishes wishes = {c->values[FLAG_any_config], c->values[FLAG_any_feeds],
	    c->values[FLAG_any_data], c->values[FLAG_any_replay]};
	if (!paths_find(&app->paths, app->arena, &wishes, e))
		return false;
	if (wishes.config_file && access(wishes.config_file, R_OK) < 0)
		return err_errno(e, ERR_USAGE, "cannot read '%s'", wishes.config_file);
	if (!config_load(&app->config, app->arena, app->paths.config, e))
		return false;
	if (needs & NEEDS_FEEDS &&
	    !feeds_file_load(&app->feeds, app->arena, app->paths.feeds, e))
		return false;
	if (needs & NEEDS_FEEDS)
		app->rules = rules_config_read(app->arena, &app->config, &app->feeds.feeds);
	for (size_t i = 0; i < app->config.warnings.n && !app->quiet; i++)
		say("%.*s", STR_ARG(app->config.warnings.v[i]));
	for (size_t i = 0; i < app->feeds.warnings.n && !app->quiet; i++)
		say("%.*s", STR_ARG(app->feeds.warnings.v[i]));
	return true;
}

/* Before any file is read, so that help is there whatever the configuration holds. */
static void
show_help(struct app *app)
{
	struct words words = {0};
	language_begin(&words, cli_value(&app->cli, FLAG_any_lang, "auto"),
	    program_folder(app->arena));
	output_text(&app->out, cli_help(app->arena, app->cli.verb, &words));
	language_end(&words);
}

static bool
run(struct app *app, int argc, char **argv, struct err *e)
{
	if (!cli_parse(&app->cli, app->arena, argc, argv, e))
		return false;
	app->quiet = cli_has(&app->cli, FLAG_any_quiet);
	output_init(&app->out, cli_value(&app->cli, FLAG_any_color, "auto"));
	if (cli_has(&app->cli, FLAG_any_version)) {
		output_fmt(&app->out, "kawat %s\n", PACKAGE_VERSION);
		return true;
	}
	if (cli_has(&app->cli, FLAG_any_help)) {
		show_help(app);
		return true;
	}
	bool ok = load(app, e) && entries[app->cli.verb].run(app, e);
	paths_clear(&app->paths);
	return ok;
}

int
main(int argc, char **argv)
{
	struct app app = {.arena = arena_new(), .log = {.fd = -1}};
	struct err e = {0}, unwritten = {0};

	hold_standard_descriptors();
	signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of write, and quiet success */
	set_locale();
	bool ok = run(&app, argc, argv, &e);
	if (!output_end(&app.out, &unwritten) && ok) {
		ok = false;
		e = unwritten;
	}
	if (!ok && e.text[0])
		failure_say(&app, &e);
	log_file_close(&app.log);
	arena_free(app.arena);
	if (app.exit_signal)
		return 128 + app.exit_signal;
	return ok ? 0 : exit_status(e.kind == ERR_NONE ? ERR_INTERNAL : e.kind);
}
