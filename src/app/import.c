#include "app/import.h"

#include <string.h>

#include "app/names.h"
#include "app/parse_client.h"
#include "base/loop.h"
#include "store/mark.h"
#include "store/read.h"
#include "text/url.h"

/* --- reading ------------------------------------------------------------------------------------ */

static void
note(struct import *im, const struct list_entry *from, struct str about, struct str why)
{
	struct arena *a = im->arena;
	if (im->notes.n == IMPORT_MAX_TOLD)
		return;
	ARENA_PUSH(a, &im->notes, ((struct import_note){im->file, from->place, from->is_outline,
		arena_str(a, about), arena_str(a, why)}));
}

/* Not what sends requests elsewhere or names a password; what the file would not take is told. */
static bool
may_come_from_outside(struct str token)
{
	static const struct str never[] = {STR_INIT("proxy="), STR_INIT("user=")};
	for (size_t i = 0; i < COUNT_OF(never); i++)
		if (str_starts(token, never[i]))
			return false;
	return feeds_file_knows_option(token);
}

static void
add_option(struct buf *options, struct str token)
{
	struct str name, value;
	bool valued = str_cut(token, '=', &name, &value);
	const char *form = str_find_char(value, ' ') == STR_NONE ? "" : "\"";
	if (options->n)
		buf_char(options, ' ');
	buf_add(options, name);
	if (valued)
		buf_fmt(options, "=%s%.*s%s", form, STR_ARG(value), form);
}

static struct str
options_of(struct import *im, const struct list_entry *entry)
{
	struct str rest = entry->options, token;
	struct buf b = {0};
	bool quoted;
	struct arena *a = arena_new();
	while (conf_token(a, &rest, &token, &quoted)) {
		if (may_come_from_outside(token))
			add_option(&b, token);
		else
			note(im, entry, token, STR("an option that lists may not set, or none"));
	}
	arena_free(a);
	struct str options = arena_str(im->arena, buf_str(&b));
	buf_clear(&b);
	return options;
}

/* What the parse process says is looked at once more: no address that is none, no bracket that
 * would end a section's line. */
static void
take_feed(struct import *im, const struct list_entry *e)
{
	struct arena *a = im->arena;
	struct feeds_addition f = {.url = arena_str(a, e->url), .name = arena_str(a, e->title),
	    .is_search = e->kind == LIST_SEARCH};
	bool sound = f.is_search ? f.url.n > 0
				 : url_is_http(f.url) && str_eq(url_normal(a, f.url), f.url);
	if (!sound || str_find_char(e->section, ']') != STR_NONE) {
		note(im, e, STR(""), STR("no feed"));
		im->n_skipped++;
		return;
	}
	f.section = f.is_search ? STR("Searches") : arena_str(a, e->section);
	f.options = f.is_search ? STR("") : options_of(im, e);
	ARENA_PUSH(a, &im->feeds, f);
}

static void
on_entry(void *ctx, const struct list_entry *e)
{
	struct import *im = ctx;
	switch (e->kind) {
	case LIST_FEED:
	case LIST_SEARCH:
		take_feed(im, e);
		return;
	case LIST_MARK:
		ARENA_PUSH(im->arena, &im->keys, arena_str(im->arena, e->url));
		ARENA_PUSH(im->arena, &im->marks, (unsigned char)((e->read ? IMPORT_READ : 0) |
			(e->starred ? IMPORT_STARRED : 0)));
		return;
	case LIST_LEFT_OUT:
		im->n_skipped++;
		note(im, e, e->url, e->why);
		return;
	case LIST_NOTE:
		note(im, e, e->url, e->why);
		return;
	case LIST_ENTRY_KINDS:
		return;
	}
}

void
import_init(struct import *im, struct app *app)
{
	*im = (struct import){.app = app, .arena = app->arena};
}

bool
import_read(struct import *im, int fd, const char *file, struct err *e)
{
	struct parse_job job = {.what = PARSE_LIST};
	struct parse_handlers handlers = {.entry = on_entry, .ctx = im};
	im->file = file;
	return parse_client_run(&job, NULL, fd, &handlers, e);
}

/* --- feeds -------------------------------------------------------------------------------------- */

static void
count_feed(struct import *im, const struct feeds_addition *f)
{
	struct list_entry nowhere = {0};
	switch (f->outcome) {
	case FEEDS_ADDED:
		im->n_imported++;
		im->n_feeds += !f->is_search;
		return;
	case FEEDS_PRESENT:
		im->n_present++;
		return;
	case FEEDS_NO_ROOM:
		im->n_skipped++;
		note(im, &nowhere, f->is_search ? f->url : url_show(im->arena, f->url, 0),
		    STR("the feeds file has no room for more"));
		return;
	}
}

static bool
apply_feeds(struct import *im, bool write, struct err *e)
{
	if (im->feeds.n == 0)
		return true;
	im->file = NULL;
	if (!feeds_add(&im->app->feeds, im->feeds.v, im->feeds.n, write, e))
		return false;
	for (size_t i = 0; i < im->feeds.n; i++)
		count_feed(im, &im->feeds.v[i]);
	return true;
}

/* --- marks -------------------------------------------------------------------------------------- */

/* The stories that a flag is for, and how many marks are of no story that is here. */
static bool
find_stories(struct import *im, struct store *store, unsigned char flag, story_id *ids,
    size_t *n_ids, int64_t *n_unknown, struct err *e)
{
	*n_ids = 0;
	*n_unknown = 0;
	for (size_t i = 0; i < im->keys.n; i++) {
		story_id id;
		if (!read_find_key(store, im->keys.v[i], &id, e))
			return false;
		if (id == STORY_NONE)
			++*n_unknown;
		else if (im->marks.v[i] & flag)
			ids[(*n_ids)++] = id;
	}
	return true;
}

/* In records of a size that undo takes back in steps. */
static bool
set_marks(struct import *im, struct store *store, enum mark_what what, const story_id *ids,
    size_t n_ids, int64_t *n_set, struct err *e)
{
	enum { MOST = 100000 };
	int64_t now = clock_now(), change, n;
	for (size_t at = 0; at < n_ids; at += MOST) {
		struct mark m = {.what = what, .ids = ids + at,
		    .n_ids = n_ids - at < MOST ? n_ids - at : MOST};
		if (!mark_now(store, &m, (struct query_feeds){0}, now, 0,
			config_number(&im->app->config, OPT_undo_levels), &change, &n, e))
			return false;
		*n_set += n;
	}
	return true;
}

static bool
apply_marks_to(struct import *im, struct store *store, bool write, struct err *e)
{
	static const struct { unsigned char flag; enum mark_what what; } kinds[] = {
		{IMPORT_READ, MARK_READ}, {IMPORT_STARRED, MARK_STAR},
	};
	story_id *ids = ARENA_ARRAY(im->arena, story_id, im->keys.n);
	int64_t n_unknown = 0, n_set = 0;
	size_t n_ids, n_asked = 0;
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (!find_stories(im, store, kinds[i].flag, ids, &n_ids, &n_unknown, e) ||
		    (write && !set_marks(im, store, kinds[i].what, ids, n_ids, &n_set, e)))
			return false;
		n_asked += n_ids;
	}
	im->n_imported += write ? n_set : (int64_t)n_asked;
	im->n_present += write ? (int64_t)n_asked - n_set : 0;
	im->n_skipped += n_unknown;
	if (n_unknown)
		note(im, &(struct list_entry){0}, STR(""), arena_fmt(im->arena,
			"%lld marks are of stories that are not here; refresh, then import again",
			(long long)n_unknown));
	return true;
}

static bool
apply_marks(struct import *im, bool write, struct err *e)
{
	struct store *store = NULL;
	if (im->keys.n == 0)
		return true;
	if (!store_exists(im->app->paths.data))
		return err_set(e, ERR_NOT_FOUND, "there are no stories yet that could be marked");
	bool ok = app_open_store(im->app, write ? STORE_WRITE : STORE_READ, &store, e) &&
	          apply_marks_to(im, store, write, e);
	store_close(store);
	return ok;
}

bool
import_apply(struct import *im, bool write, struct err *e)
{
	return apply_feeds(im, write, e) && apply_marks(im, write, e);
}
