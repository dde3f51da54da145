/* `kawat feeds` and `kawat remove`. */
#include "app/names.h"
#include "app/story_out.h"
#include "app/wire_client.h"
#include "base/loop.h"
#include "text/columns.h"
#include "text/url.h"
#include "view/when.h"

/* What is known of a feed before it was ever fetched. */
static const struct feed_state unknown;

static const char *
health_name(const struct feed_state *s, const struct wire_subscription *sub)
{
	static const char *const names[] = {
		[FEED_FINE] = "ok", [FEED_FAILING] = "failing", [FEED_DENIED] = "denied",
		[FEED_MISSING] = "missing", [FEED_GONE] = "gone",
	};
	if (sub->paused)
		return "paused";
	if (s->last_at == 0)
		return "new";
	return names[s->health];
}

struct feed_row {
	const struct wire_subscription *sub;
	const struct feed_state *state;
	struct str name;
};

static int64_t
every_s(const struct app *app, const struct wire_subscription *sub)
{
	return sub->every_s >= 0 ? sub->every_s : config_number(&app->config, OPT_interval) / 1000;
}

static void
feed_json(struct json *j, struct app *app, const struct feed_row *r)
{
	struct arena *a = app->arena;
	const struct feed_state *s = r->state;
	json_object(j);
	json_key_int(j, "id", s->id);
	json_key_line(j, "url", url_without_userinfo(a, r->sub->url));
	json_key_line(j, "title", r->name);
	json_key_line(j, "section", r->sub->section);
	json_key_line(j, "lang", r->sub->lang.n ? r->sub->lang : s->lang);
	json_key_int(j, "unread", s->unread);
	json_key_int(j, "total", s->total);
	json_key_line(j, "last_fetch", story_time(a, s->last_at, local_offset_s(s->last_at) / 60));
	json_key_line(j, "next_fetch", story_time(a, s->next_at, local_offset_s(s->next_at) / 60));
	json_key_line(j, "state", str_z(health_name(s, r->sub)));
	json_key_line(j, "error", s->error);
	json_key_int(j, "every", every_s(app, r->sub));
	json_object_end(j);
}

static void
feed_tsv(struct app *app, const struct feed_row *r)
{
	struct output *out = &app->out;
	const struct feed_state *s = r->state;
	output_field(out, r->name);
	output_text(out, STR("\t"));
	output_field(out, r->sub->section);
	output_fmt(out, "\t%lld\t%lld\t", (long long)s->unread, (long long)s->total);
	output_text(out, story_time(app->arena, s->last_at, local_offset_s(s->last_at) / 60));
	output_fmt(out, "\t%s\t", health_name(s, r->sub));
	output_field(out, url_without_userinfo(app->arena, r->sub->url));
	output_text(out, STR("\n"));
}

static void
feed_text(struct app *app, const struct feed_row *r)
{
	struct output *out = &app->out;
	struct arena *a = app->arena;
	const struct feed_state *s = r->state;
	int64_t last = s->last_at ? s->last_at : WHEN_UNKNOWN;
	output_field(out, columns_pad(a, r->name, 28, COLUMNS_LEFT));
	output_text(out, STR(" "));
	output_field(out, columns_pad(a, r->sub->section, 16, COLUMNS_LEFT));
	output_fmt(out, " %6lld %6lld  %-8s %-8s ", (long long)s->unread, (long long)s->total,
	    arena_z(a, when(a, LANGUAGE_EN, WHEN_COLUMN, last, clock_now())),
	    health_name(s, r->sub));
	output_text(out, url_show(a, r->sub->url, 0));
	if (s->error.n) {
		output_text(out, STR("\n    "));
		output_field(out, s->error);
	}
	output_text(out, STR("\n"));
}

static void
print_feeds(struct app *app, const struct names *names, enum format format)
{
	struct json j;
	json_init(&j, output_json_sink, &app->out);
	if (format == FORMAT_JSON)
		json_array(&j);
	if (format == FORMAT_TSV && cli_has(&app->cli, FLAG_feeds_header))
		output_text(&app->out, STR("name\tsection\tunread\ttotal\tlast_fetch\tstate\turl\n"));
	for (size_t i = 0; i < app->feeds.feeds.n; i++) {
		struct feed_row r = {.sub = &app->feeds.feeds.v[i]};
		const struct feed_state *s =
		    names->feeds.n ? names_state(names, names->feeds.v[i].id) : NULL;
		r.state = s ? s : &unknown;
		r.name = names->feeds.n ? names->feeds.v[i].name
					: subscription_name(app->arena, r.sub);
		if (format == FORMAT_TEXT)
			feed_text(app, &r);
		else if (format == FORMAT_TSV)
			feed_tsv(app, &r);
		else
			feed_json(&j, app, &r);
		if (format == FORMAT_NDJSON)
			json_newline(&j);
	}
	if (format == FORMAT_JSON) {
		json_array_end(&j);
		json_newline(&j);
	}
	json_clear(&j);
}

bool
verb_feeds(struct app *app, struct err *e)
{
	enum format format;
	struct store *store = NULL;
	struct names names = {0};
	unsigned allowed = 1u << FORMAT_TEXT | 1u << FORMAT_TSV | 1u << FORMAT_JSON |
	                   1u << FORMAT_NDJSON;
	if (!format_parse(cli_value(&app->cli, FLAG_feeds_format, "text"), allowed, &format, e))
		return false;
	if (app->feeds.feeds.n == 0 && format == FORMAT_TEXT) {
		err_set(e, ERR_USAGE, "no feeds yet");
		return err_remedy(e, "kawat add URL");
	}
	if (store_exists(app->paths.data) &&
	    (!app_open_store(app, STORE_READ, &store, e) ||
	        !names_load(&names, app, store, e))) {
		store_close(store);
		return false;
	}
	print_feeds(app, &names, format);
	store_close(store);
	return true;
}

static bool
forget_feed(struct app *app, struct str url, struct err *e)
{
	struct store *store = NULL;
	feed_id id = FEED_NONE;
	if (!store_exists(app->paths.data))
		return true;
	bool ok = app_open_store(app, STORE_WRITE, &store, e) && feeds_find(store, url, &id, e);
	if (ok && id != FEED_NONE)
		ok = feeds_remove(store, id, cli_has(&app->cli, FLAG_remove_with_stories), e);
	store_close(store);
	return ok;
}

/* The line goes first: a feed that is not subscribed keeps its stories, so nothing is lost when
 * the second half fails. */
bool
verb_remove(struct app *app, struct err *e)
{
	if (app->cli.n_args != 1)
		return err_set(e, ERR_USAGE, "remove needs one feed");
	const struct wire_subscription *s = feeds_file_find(&app->feeds, app->cli.args[0], e);
	if (!s)
		return false;
	struct str url = s->url, name = subscription_name(app->arena, s);
	if (!feeds_file_remove(&app->feeds, url, e) || !forget_feed(app, url, e))
		return false;
	if (!app->quiet)
		output_fmt(&app->out, "removed  %.*s\n", STR_ARG(name));
	return true;
}
