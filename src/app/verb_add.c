/*
 * `kawat add URL`: the feed behind an address.  A page that offers several feeds has them listed with
 * numbers; which of them is asked on a terminal, and said by --pick or --all elsewhere.
 */
#include <stdio.h>
#include <unistd.h>

#include "app/failure.h"
#include "app/wire_client.h"
#include "text/clean.h"
#include "text/url.h"

struct adding {
	struct app *app;
	struct wire_client wire;
	struct str name, section, every;
	int64_t n_added, n_failed;
};

struct choice {
	bool chosen[WIRE_MAX_OFFERS];
	size_t n;
};

/* --- asking wire -------------------------------------------------------------------------------- */

static bool
probe(struct adding *add, struct str url, bool guess, struct wire_probed *p, struct err *e)
{
	struct wire_client *w = &add->wire;
	struct buf b = {0};
	struct frame f;
	wire_pack_probe(&b, &(struct wire_probe){wire_client_request(w), url, guess});
	wire_client_send(w, WIRE_PROBE, &b);
	buf_clear(&b);
	do {
		if (!wire_client_wait(w, &f, e))
			return false;
		if (f.fd >= 0)
			close(f.fd);
	} while (f.type != WIRE_PROBED);
	return wire_unpack_probed(add->app->arena, f.body, p) ||
	    err_set(e, ERR_INTERNAL, "the fetching process gave a bad answer");
}

static bool
is_there_already(struct app *app, struct str url, struct err *e)
{
	return err_set(e, ERR_USAGE, "'%.*s' is there already",
	    STR_ARG(url_show(app->arena, url, 0)));
}

/* What was found, into the feeds file.  `single`: --name is meant for it. */
static bool
keep(struct adding *add, const struct wire_probed *p, bool single, struct err *e)
{
	struct app *app = add->app;
	struct str name = single && add->name.n ? add->name : p->title;
	if (p->known || feeds_file_by_url(&app->feeds, p->url))
		return is_there_already(app, p->url, e);
	if (!feeds_file_add(&app->feeds, p->url, name, add->section, add->every, e))
		return false;
	if (!feeds_file_load(&app->feeds, app->arena, app->paths.feeds, e))
		return false;
	wire_client_send_feeds(&add->wire);
	add->n_added++;
	if (!app->quiet)
		output_fmt(&app->out, "added  %.*s  %.*s  %lld %s\n", STR_ARG(name),
		    STR_ARG(url_show(app->arena, p->url, 0)), (long long)p->n_items,
		    p->n_items == 1 ? "story" : "stories");
	return true;
}

/* --- choosing ----------------------------------------------------------------------------------- */

/* "2", "1,3", "1 3", or "a" for all. */
static bool
read_choice(struct str words, size_t n, struct choice *out)
{
	struct str one, rest;
	*out = (struct choice){0};
	while ((one = str_word(&words)).n) {
		while (one.n) {
			int64_t number;
			str_cut(one, ',', &one, &rest);
			bool all = str_eq_nocase(one, STR("a"));
			if (!all && !str_to_int(one, 1, (int64_t)n, &number))
				return false;
			for (size_t i = 0; i < n; i++)
				if (all || i + 1 == (size_t)number)
					out->chosen[i] = true;
			one = rest;
		}
	}
	for (size_t i = 0; i < n; i++)
		out->n += out->chosen[i];
	return out->n > 0;
}

static void
list_offers(struct adding *add, const struct wire_probed *p)
{
	struct arena *a = add->app->arena;
	for (size_t i = 0; i < p->offers.n; i++) {
		const struct wire_offer *o = &p->offers.v[i];
		const char *known = feeds_file_by_url(&add->app->feeds, o->url)
		    ? "  (there already)" : "";
		say("%zu  %.*s  %.*s%s", i + 1, STR_ARG(o->title.n ? o->title : o->type),
		    STR_ARG(url_show(a, o->url, 0)), known);
	}
}

/* True with nothing chosen: the reader wants none. */
static bool
ask_reader(size_t n, struct choice *out)
{
	char line[256];
	for (int tries = 0; tries < 3; tries++) {
		fprintf(stderr, "Which? [1-%zu, several: 1,3, all: a, none: Enter] ", n);
		if (!fgets(line, sizeof(line), stdin))
			return true;
		struct str typed = str_trim(str_z(line));
		if (typed.n == 0 || read_choice(typed, n, out))
			return true;
	}
	return false;
}

static bool
choose(struct adding *add, struct str url, const struct wire_probed *p, struct choice *out,
    struct err *e)
{
	const struct cli *c = &add->app->cli;
	struct str shown = url_show(add->app->arena, url, 0);
	if (cli_has(c, FLAG_add_all))
		return read_choice(STR("a"), p->offers.n, out);
	if (cli_has(c, FLAG_add_pick)) {
		struct str pick = cli_value(c, FLAG_add_pick, "");
		return read_choice(pick, p->offers.n, out) ||
		    err_set(e, ERR_USAGE, "--pick '%.*s': '%.*s' offers feeds 1 to %zu",
			STR_ARG(pick), STR_ARG(shown), p->offers.n);
	}
	list_offers(add, p);
	if (isatty(STDIN_FILENO) && isatty(STDERR_FILENO) && ask_reader(p->offers.n, out))
		return out->n || err_set(e, ERR_USAGE, "nothing was added");
	err_set(e, ERR_USAGE, "'%.*s' is a web page that offers %zu feeds: say --pick N or --all",
	    STR_ARG(shown), p->offers.n);
	return err_remedy(e, "kawat add --pick 1 %.*s", STR_ARG(shown));
}

/* Each for itself: one that is no feed does not keep the others out. */
static bool
add_chosen(struct adding *add, const struct wire_probed *page, const struct choice *choice,
    struct err *e)
{
	for (size_t i = 0; i < page->offers.n; i++) {
		struct wire_probed p;
		struct err failed = {0};
		struct str url = page->offers.v[i].url;
		if (!choice->chosen[i])
			continue;
		if (!probe(add, url, false, &p, e))
			return false;
		if (p.err_kind != ERR_NONE)
			err_set(&failed, (enum err_kind)p.err_kind, "%.*s: %.*s",
			    STR_ARG(url_show(add->app->arena, url, 0)), STR_ARG(p.error));
		else if (keep(add, &p, choice->n == 1, &failed))
			continue;
		if (choice->n == 1 || failed.kind == ERR_INTERNAL) {
			*e = failed;
			return false;
		}
		failure_say(add->app, &failed);
		add->n_failed++;
	}
	return true;
}

static bool
add_address(struct adding *add, struct str url, struct err *e)
{
	struct wire_probed p;
	struct choice choice = {0};
	if (!probe(add, url, cli_has(&add->app->cli, FLAG_add_guess), &p, e))
		return false;
	if (p.offers.n)
		return choose(add, url, &p, &choice, e) && add_chosen(add, &p, &choice, e);
	if (p.err_kind == ERR_NONE)
		return keep(add, &p, true, e);
	bool guess = p.err_kind == ERR_INPUT && !cli_has(&add->app->cli, FLAG_add_guess);
	err_set(e, (enum err_kind)p.err_kind, "%.*s%s", STR_ARG(p.error),
	    guess ? "; --guess tries the usual addresses" : "");
	if (guess)
		err_remedy(e, "kawat add --guess %.*s", STR_ARG(url));
	return err_while(e, "%.*s", STR_ARG(url_show(add->app->arena, url, 0)));
}

/* --- the verb ----------------------------------------------------------------------------------- */

static bool
check_every(struct str every, struct err *e)
{
	int64_t ms;
	return every.n == 0 || conf_time(every, &ms) ||
	    err_set(e, ERR_USAGE, "--every '%.*s' is no time such as 15m", STR_ARG(every));
}

static struct str
clean_value(struct app *app, enum flag flag)
{
	return text_clean_line(app->arena, bytes_of_str(cli_value(&app->cli, flag, "")));
}

/* 3 when some of several were added, 2 when none. */
static bool
verdict(const struct adding *add, struct err *e)
{
	if (add->n_failed == 0)
		return true;
	e->text[0] = '\0';
	e->kind = add->n_added ? ERR_PARTIAL : ERR_USAGE;
	return false;
}

bool
verb_add(struct app *app, struct err *e)
{
	struct arena *a = app->arena;
	struct adding add = {.app = app, .name = clean_value(app, FLAG_add_name),
	    .section = clean_value(app, FLAG_add_section),
	    .every = cli_value(&app->cli, FLAG_add_every, "")};
	if (app->cli.n_args != 1)
		return err_set(e, ERR_USAGE, "add needs one address");
	struct str url = url_typed(a, app->cli.args[0]);
	if (!url_is_http(url))
		return err_set(e, ERR_USAGE, "not an address: '%.*s'", STR_ARG(app->cli.args[0]));
	if (feeds_file_by_url(&app->feeds, url))
		return is_there_already(app, url, e);
	if (!check_every(add.every, e))
		return false;
	wire_client_init(&add.wire, app);
	bool ok = wire_client_start(&add.wire, e) && wire_client_ready(&add.wire, e) &&
	    add_address(&add, url, e) && verdict(&add, e);
	wire_client_stop(&add.wire);
	return ok;
}
