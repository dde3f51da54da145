/*
 * `kawat parse`, `kawat extract` and `kawat cluster`: bytes to JSON through a boxed parse process.
 * None of them touches the store.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "app/parse_client.h"
#include "app/wire_client.h"
#include "text/charset.h"
#include "text/clean.h"
#include "text/url.h"

static bool
open_input(const struct app *app, int *fd, struct err *e)
{
	const struct cli *c = &app->cli;
	if (c->n_args > 1)
		return err_set(e, ERR_USAGE, "one file at a time");
	*fd = STDIN_FILENO;
	if (c->n_args == 0 || strcmp(c->raw_args[0], "-") == 0)
		return true;
	*fd = open(c->raw_args[0], O_RDONLY | O_CLOEXEC);
	if (*fd < 0)
		return err_errno(e, ERR_USAGE, "cannot open '%s'", c->raw_args[0]);
	char probe;
	if (read(*fd, &probe, 0) < 0)
		return err_errno(e, ERR_USAGE, "cannot read '%s'", c->raw_args[0]);
	return true;
}

static struct str
clean_option(struct app *app, enum flag flag)
{
	struct str raw = cli_value(&app->cli, flag, "");
	return text_clean_line(app->arena, bytes_of_str(raw));
}

/* An address given as the base must be one, or relative links would come out as nonsense. */
static bool
base_address(struct app *app, enum flag flag, struct str *url, struct err *e)
{
	*url = clean_option(app, flag);
	if (url->n == 0 || url_is_absolute(*url))
		return true;
	return err_set(e, ERR_USAGE, "--url '%.*s' is no absolute address", STR_ARG(*url));
}

static bool
await_body(struct wire_client *w, struct wire_got *got, int *fd, struct err *e)
{
	struct frame f;
	do {
		if (!wire_client_wait(w, &f, e))
			return false;
		*fd = f.fd;
		if (f.fd >= 0 && f.type != WIRE_GOT)
			close(f.fd);
	} while (f.type != WIRE_GOT);
	if (!wire_unpack_got(w->app->arena, f.body, got) || (got->err_kind == ERR_NONE && *fd < 0))
		return err_set(e, ERR_INTERNAL, "the fetching process gave a bad answer");
	return got->err_kind == ERR_NONE ||
	       err_set(e, (enum err_kind)got->err_kind, "%.*s", STR_ARG(got->error));
}

/* As of a file: one byte more than a feed may have says that there is more. */
static int64_t
most_to_fetch(const struct parse_job *job)
{
	bool more = job->what == PARSE_FEED_JSON && job->max_bytes > 0 && job->max_bytes < INT64_MAX;
	return job->max_bytes + more;
}

/* Wire fetches it into a file without name, with a private data folder: no store is touched.  What
 * the server says of it counts where the command line says nothing. */
static bool
fetch_input(struct app *app, struct str url, struct parse_job *job, int *fd, struct err *e)
{
	struct wire_client w;
	struct wire_got got = {0};
	struct buf b = {0};
	if (!paths_use_temporary(&app->paths, app->arena, e))
		return false;
	wire_client_init(&w, app);
	bool ok = wire_client_start(&w, e) && wire_client_ready(&w, e);
	if (ok) {
		wire_pack_get(&b, &(struct wire_get){wire_client_request(&w), url,
		    most_to_fetch(job)});
		wire_client_send(&w, WIRE_GET, &b);
		buf_clear(&b);
		ok = await_body(&w, &got, fd, e);
	}
	wire_client_stop(&w);
	if (!ok && *fd >= 0)
		close(*fd);
	if (job->url.n == 0)
		job->url = got.url;
	if (job->content_type.n == 0)
		job->content_type = got.content_type;
	return ok;
}

static bool
run(struct app *app, struct parse_job *job, struct err *e)
{
	int fd = -1;
	bool by_address = app->cli.n_args == 1 && url_is_http(app->cli.args[0]);
	if (by_address && !fetch_input(app, app->cli.args[0], job, &fd, e))
		return e->text[0] && err_while(e, "%.*s",
		    STR_ARG(url_show(app->arena, app->cli.args[0], 0)));
	if (!by_address && !open_input(app, &fd, e))
		return false;
	struct parse_handlers print = {.text = output_json_sink, .ctx = &app->out};
	bool ok = parse_client_run(job, app->paths.own_sites, fd, &print, e);
	if (fd != STDIN_FILENO)
		close(fd);
	if (ok || app->cli.n_args == 0)
		return ok;
	return err_while(e, "'%.*s'", STR_ARG(app->cli.args[0]));
}

/* A line a story, seen as soon as it is there: the stream may be one that never ends. */
static void
show_lines(void *ctx, struct str text)
{
	output_json_sink(ctx, text);
	output_flush(ctx);
}

bool
verb_cluster(struct app *app, struct err *e)
{
	struct parse_job job = {.what = PARSE_CLUSTER};
	int fd;
	if (!open_input(app, &fd, e))
		return false;
	struct parse_handlers print = {.text = show_lines, .ctx = &app->out};
	bool ok = parse_client_run(&job, NULL, fd, &print, e);
	if (fd != STDIN_FILENO)
		close(fd);
	if (ok || app->cli.n_args == 0)
		return ok;
	return err_while(e, "'%.*s'", STR_ARG(app->cli.args[0]));
}

bool
verb_parse(struct app *app, struct err *e)
{
	struct parse_job job = {.what = PARSE_FEED_JSON};
	struct str size = cli_value(&app->cli, FLAG_parse_max_size, "0");
	if (!base_address(app, FLAG_parse_url, &job.url, e))
		return false;
	if (!conf_size(size, &job.max_bytes))
		return err_set(e, ERR_USAGE, "--max-size '%.*s' is no size such as 16M",
		    STR_ARG(size));
	job.content_type = clean_option(app, FLAG_parse_content_type);
	return run(app, &job, e);
}

bool
verb_extract(struct app *app, struct err *e)
{
	struct parse_job job = {.what = PARSE_PAGE_JSON};
	enum format format;
	unsigned formats = 1u << FORMAT_JSON | 1u << FORMAT_TEXT;
	if (!format_parse(cli_value(&app->cli, FLAG_extract_format, "json"), formats, &format, e) ||
	    !base_address(app, FLAG_extract_url, &job.url, e))
		return false;
	if (format == FORMAT_TEXT)
		job.what = PARSE_PAGE_TEXT;
	job.charset = clean_option(app, FLAG_extract_charset);
	if (job.charset.n > 0 && charset_of_label(job.charset) == CHARSET_UNKNOWN)
		return err_set(e, ERR_USAGE, "--charset '%.*s' is no charset known here",
		    STR_ARG(job.charset));
	job.max_bytes = config_number(&app->config, OPT_max_page_size);
	return run(app, &job, e);
}
