/* `kawat doctor`: what works here, and what would help.  Changes nothing, asks no network. */
#include <langinfo.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/names.h"
#include "app/worker.h"
#include "base/box.h"
#include "base/file.h"
#include "base/frame.h"
#include "story/parse_protocol.h"
#include "story/site_rules.h"

struct report {
	struct app *app;
	struct json json;
	bool as_json;
	int n_fail;
};

enum verdict { OK, NOTE, FAIL };

PRINTF_LIKE(4, 5) static void
row(struct report *r, const char *check, enum verdict verdict, const char *fmt, ...)
{
	static const char *const states[] = {"ok", "note", "fail"};
	char says[512];
	va_list args;
	va_start(args, fmt);
	vsnprintf(says, sizeof(says), fmt, args);
	va_end(args);
	r->n_fail += verdict == FAIL;
	if (!r->as_json) {
		output_fmt(&r->app->out, "%-4s  %-10s  %s\n", states[verdict], check, says);
		return;
	}
	json_object(&r->json);
	json_key_line(&r->json, "check", str_z(check));
	json_key_line(&r->json, "state", str_z(states[verdict]));
	json_key_line(&r->json, "says", str_z(says));
	json_object_end(&r->json);
}

static void
check_terminal(struct report *r)
{
	const char *term = getenv("TERM"), *colour = getenv("COLORTERM");
	struct winsize size = {0};
	if (!isatty(STDOUT_FILENO)) {
		row(r, "terminal", NOTE, "standard output is no terminal; the reader needs one");
		return;
	}
	ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
	if (!term || !*term)
		row(r, "terminal", FAIL, "TERM is not set; try TERM=xterm-256color");
	else if (strcmp(term, "dumb") == 0)
		row(r, "terminal", FAIL, "TERM is dumb; the reader cannot place the cursor");
	else
		row(r, "terminal", OK, "%s, %dx%d%s%s", term, size.ws_col, size.ws_row,
		    colour ? ", " : "", colour ? colour : "");
	if (size.ws_col && (size.ws_col < 40 || size.ws_row < 10))
		row(r, "terminal", NOTE, "smaller than 40x10: only the focused pane is drawn");
}

static void
check_locale(struct report *r)
{
	const char *codeset = nl_langinfo(CODESET);
	if (strcmp(codeset, "UTF-8") == 0)
		row(r, "locale", OK, "UTF-8");
	else
		row(r, "locale", NOTE, "%s: other characters are shown as ?; try LC_ALL=C.UTF-8",
		    codeset);
}

static void
check_file(struct report *r, const char *what, const char *path)
{
	struct stat st;
	if (stat(path, &st) < 0)
		row(r, what, NOTE, "'%s' is not there; the defaults are used", path);
	else if (access(path, R_OK) < 0)
		row(r, what, FAIL, "'%s' cannot be read", path);
	else
		row(r, what, OK, "'%s'", path);
}

/* Rules that are wrong are passed over silently where they are used. */
static void
check_sites(struct report *r, const char *path)
{
	struct site_rules *sites = site_rules_new();
	struct err e = {0};
	if (!site_rules_read(sites, path, &e))
		row(r, "sites", NOTE, "%s", e.text);
	else if (access(path, R_OK) == 0)
		row(r, "sites", OK, "'%s'", path);
	site_rules_free(sites);
}

static void
check_files(struct report *r)
{
	struct app *app = r->app;
	check_file(r, "config", app->paths.config);
	if (app->config.warnings.n)
		row(r, "config", NOTE, "%zu lines are wrong, the first: %.*s",
		    app->config.warnings.n, STR_ARG(app->config.warnings.v[0]));
	check_file(r, "feeds", app->paths.feeds);
	row(r, "feeds", app->feeds.feeds.n ? OK : NOTE, "%zu feeds", app->feeds.feeds.n);
	if (app->feeds.warnings.n)
		row(r, "feeds", NOTE, "%zu lines are wrong, the first: %.*s",
		    app->feeds.warnings.n, STR_ARG(app->feeds.warnings.v[0]));
	check_sites(r, app->paths.own_sites);
	check_sites(r, KAWAT_DATADIR "/sites");
}

static void
check_store(struct report *r)
{
	struct store *store = NULL;
	struct store_counts counts;
	struct err e = {0};
	struct stat st;
	if (!store_exists(r->app->paths.data)) {
		row(r, "store", NOTE, "none yet; it will be made in '%s'", r->app->paths.data);
		return;
	}
	if (!app_open_store(r->app, STORE_READ, &store, &e) || !store_counts(store, &counts, &e))
		row(r, "store", FAIL, "%s", e.text);
	else
		row(r, "store", OK, "'%s': %lld stories, %lld unread", store_path(store),
		    (long long)counts.stories, (long long)counts.unread);
	store_close(store);
	if (stat(r->app->paths.data, &st) == 0 && (st.st_mode & 077))
		row(r, "store", NOTE, "'%s' can be read by others; try chmod 700",
		    r->app->paths.data);
}

/* Ask a parse process itself: it says what its box came to. */
static bool
ask_parser(struct report *r, unsigned *box, struct err *e)
{
	int ends[2];
	struct worker w = {0};
	struct channel c;
	struct frame f;
	(void)r;
	if (!worker_pair(ends, e))
		return false;
	bool ok = worker_start(&w, "kawat-parse", NULL, &ends[1], 1, e);
	close(ends[1]);
	channel_init_take(&c, ends[0]);
	ok = ok && channel_wait(&c, &f, e);
	if (ok) {
		struct unpack u = unpack_begin(f.body);
		bool same = str_eq(unpack_line(&u), build_id());
		*box = (unsigned)unpack_range(&u, 0, 255);
		if (f.type != PARSE_READY || !same || !unpack_end(&u))
			ok = err_set(e, ERR_INTERNAL, "kawat-parse is of another build");
	}
	channel_clear(&c);
	worker_kill(&w);
	return ok;
}

static void
check_boxes(struct report *r)
{
	unsigned box = 0;
	struct err e = {0};
	int landlock = box_landlock_version();
	if (!ask_parser(r, &box, &e)) {
		row(r, "parse", FAIL, "%s", e.text);
		return;
	}
	if (box & BOX_COMPILED_OUT)
		row(r, "sandbox", NOTE, "compiled out: this is a build for tests");
	else if ((box & BOX_SECCOMP) && (box & BOX_LANDLOCK))
		row(r, "sandbox", OK, "seccomp, Landlock version %d", landlock);
	else
		row(r, "sandbox", NOTE, "%s%s%s: this kernel has no more",
		    box & BOX_SECCOMP ? "seccomp" : "no seccomp",
		    ", ", box & BOX_LANDLOCK ? "Landlock" : "no Landlock");
}

static void
check_network(struct report *r)
{
	const char *proxy = getenv("https_proxy");
	struct str ca = config_text(&r->app->config, OPT_ca_file);
	if (cli_has(&r->app->cli, FLAG_any_offline))
		row(r, "network", NOTE, "--offline: nothing is asked");
	else if (r->app->paths.replay)
		row(r, "network", NOTE, "--replay: answers come from '%s'", r->app->paths.replay);
	else
		row(r, "network", OK, "not tried; proxy: %s", proxy && *proxy ? "environment" : "none");
	if (!str_eq(ca, STR("auto")) && access(arena_z(r->app->arena, ca), R_OK) < 0)
		row(r, "network", FAIL, "the CA file '%.*s' cannot be read", STR_ARG(ca));
}

bool
verb_doctor(struct app *app, struct err *e)
{
	struct report r = {.app = app};
	enum format format;
	if (!format_parse(cli_value(&app->cli, FLAG_doctor_format, "text"),
	        1u << FORMAT_TEXT | 1u << FORMAT_JSON, &format, e))
		return false;
	r.as_json = format == FORMAT_JSON;
	json_init(&r.json, output_json_sink, &app->out);
	if (r.as_json)
		json_array(&r.json);
	row(&r, "kawat", OK, "%s", PACKAGE_VERSION);
	check_terminal(&r);
	check_locale(&r);
	check_files(&r);
	check_store(&r);
	check_boxes(&r);
	check_network(&r);
	if (r.as_json) {
		json_array_end(&r.json);
		json_newline(&r.json);
	}
	json_clear(&r.json);
	if (r.n_fail == 0)
		return true;
	e->text[0] = '\0';
	e->kind = ERR_PARTIAL;
	return false;
}
