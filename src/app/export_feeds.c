/*
 * Feeds out.  For OPML the sections of the feeds file, `A/B/C` each, become a tree: a node for each
 * part, found by hash, its feeds and sections in the order of the file.
 */
#include "app/export.h"

#include "app/names.h"
#include "base/loop.h"
#include "feed/opml.h"
#include "text/date.h"
#include "text/url.h"

enum { NONE = -1 };

/* A section; the first node is the file itself. */
struct node {
	struct str path; /* the whole name */
	int64_t parent, first, last, next; /* sections inside, and the next beside; NONE */
	int64_t first_feed, last_feed; /* in `order`; NONE */
};

struct tree {
	struct arena *arena;
	struct {
		struct node *v;
		size_t n, cap;
	} nodes;
	size_t *table; /* by hash of the path: index + 1 */
	size_t room;
	int64_t *next_feed; /* of each feed, the next of its section; NONE */
};

/* --- the tree ----------------------------------------------------------------------------------- */

static struct str
last_part(struct str path)
{
	size_t slash = str_find_last_char(path, '/');
	return slash == STR_NONE ? path : str_from(path, slash + 1);
}

static int64_t
add_node(struct tree *t, struct str path, int64_t parent)
{
	struct node node = {path, parent, NONE, NONE, NONE, NONE, NONE};
	int64_t index = (int64_t)t->nodes.n;
	ARENA_PUSH(t->arena, &t->nodes, node);
	if (parent == NONE)
		return index;
	struct node *p = &t->nodes.v[parent];
	if (p->first == NONE)
		p->first = index;
	else
		t->nodes.v[p->last].next = index;
	p->last = index;
	return index;
}

static int64_t
child_of(struct tree *t, struct str path, int64_t parent)
{
	size_t at = str_hash(path) & (t->room - 1);
	for (; t->table[at]; at = (at + 1) & (t->room - 1))
		if (str_eq(t->nodes.v[t->table[at] - 1].path, path))
			return (int64_t)t->table[at] - 1;
	int64_t index = add_node(t, path, parent);
	t->table[at] = (size_t)index + 1;
	return index;
}

/* Empty parts (`A//B`, a '/' at the ends) are none. */
static int64_t
section_node(struct tree *t, struct str section)
{
	int64_t at = 0;
	for (size_t i = 0; i <= section.n; i++) {
		bool ends = i == section.n || section.p[i] == '/';
		if (ends && i > 0 && section.p[i - 1] != '/')
			at = child_of(t, str_sub(section, 0, i), at);
	}
	return at;
}

static void
put_feed(struct tree *t, struct str section, size_t feed)
{
	struct node *n = &t->nodes.v[section_node(t, section)];
	t->next_feed[feed] = NONE;
	if (n->first_feed == NONE)
		n->first_feed = (int64_t)feed;
	else
		t->next_feed[n->last_feed] = (int64_t)feed;
	n->last_feed = (int64_t)feed;
}

static void
tree_begin(struct tree *t, struct arena *a, const struct wire_feeds *feeds)
{
	size_t n_parts = feeds->n + 1;
	for (size_t i = 0; i < feeds->n; i++)
		for (size_t k = 0; k < feeds->v[i].section.n; k++)
			n_parts += feeds->v[i].section.p[k] == '/';
	*t = (struct tree){.arena = a, .room = 64};
	while (t->room < n_parts * 2)
		t->room *= 2;
	t->table = ARENA_ARRAY(a, size_t, t->room);
	t->next_feed = ARENA_ARRAY(a, int64_t, feeds->n + 1);
	add_node(t, STR(""), NONE);
}

/* --- OPML --------------------------------------------------------------------------------------- */

struct writing {
	struct app *app;
	struct names names; /* empty when there is no store */
	bool passwords;
};

static void
write_feed(struct writing *w, size_t index, size_t depth)
{
	struct arena *a = w->app->arena;
	const struct wire_subscription *s = &w->app->feeds.feeds.v[index];
	const struct query_feed *named = w->names.feeds.n ? &w->names.feeds.v[index] : NULL;
	const struct feed_state *state = named ? names_state(&w->names, named->id) : NULL;
	struct opml_feed f = {.title = named ? named->name : subscription_name(a, s),
	    .url = w->passwords ? s->url : url_without_userinfo(a, s->url),
	    .language = s->lang.n || !state ? s->lang : state->lang};
	struct buf b = {0};
	if (state && url_is_http(state->site))
		f.site = state->site;
	opml_feed(&b, &f, depth);
	output_text(&w->app->out, buf_str(&b));
	buf_clear(&b);
}

static void
say_piece(struct writing *w, struct buf *b)
{
	output_text(&w->app->out, buf_str(b));
	buf_clear(b);
}

/* Down to the first section inside, else on to the next beside, else up: no recursion. */
static void
write_tree(struct writing *w, const struct tree *t)
{
	struct buf b = {0};
	size_t depth = 0;
	for (int64_t at = 0; at != NONE;) {
		const struct node *n = &t->nodes.v[at];
		for (int64_t f = n->first_feed; f != NONE; f = t->next_feed[f])
			write_feed(w, (size_t)f, depth);
		int64_t go = n->first;
		while (go == NONE && at != NONE) {
			n = &t->nodes.v[at];
			go = n->next;
			if (at != 0) {
				opml_section_end(&b, --depth);
				say_piece(w, &b);
			}
			if (go == NONE)
				at = n->parent;
		}
		at = go;
		if (at == NONE)
			break;
		opml_section(&b, last_part(t->nodes.v[at].path), depth++);
		say_piece(w, &b);
	}
}

static bool
load_names(struct writing *w, struct err *e)
{
	struct store *store = NULL;
	if (!store_exists(w->app->paths.data))
		return true;
	bool ok = app_open_store(w->app, STORE_READ, &store, e) &&
	          names_load(&w->names, w->app, store, e);
	store_close(store);
	return ok;
}

/* Which feeds are asked for; NULL: all. */
static bool
wanted_feeds(struct app *app, size_t first, bool **wanted, struct err *e)
{
	struct wire_strs urls;
	*wanted = NULL;
	if (app->cli.n_args <= first)
		return true;
	if (!feeds_file_select(&app->feeds, app->arena, app->cli.args + first,
		app->cli.n_args - first, &urls, e))
		return false;
	*wanted = ARENA_ARRAY(app->arena, bool, app->feeds.feeds.n + 1);
	for (size_t i = 0; i < urls.n; i++) {
		const struct wire_subscription *s = feeds_file_by_url(&app->feeds, urls.v[i]);
		(*wanted)[s - app->feeds.feeds.v] = true;
	}
	return true;
}

bool
export_opml(struct app *app, size_t first, bool passwords, struct err *e)
{
	const struct wire_feeds *feeds = &app->feeds.feeds;
	struct writing w = {.app = app, .passwords = passwords};
	struct tree tree;
	struct buf b = {0};
	bool *wanted;
	size_t n_local = 0;
	if (!wanted_feeds(app, first, &wanted, e) || !load_names(&w, e))
		return false;
	tree_begin(&tree, app->arena, feeds);
	for (size_t i = 0; i < feeds->n; i++) {
		bool local = !url_is_http(feeds->v[i].url);
		n_local += local && (!wanted || wanted[i]);
		if (!local && (!wanted || wanted[i]))
			put_feed(&tree, feeds->v[i].section, i);
	}
	opml_begin(&b, STR("kawat"), date_http(app->arena, clock_now()));
	say_piece(&w, &b);
	write_tree(&w, &tree);
	opml_end(&b);
	say_piece(&w, &b);
	if (n_local && !app->quiet)
		say("%zu feeds of this computer (file, spool, pipe) are no addresses for others and "
		    "were left out", n_local);
	return true;
}

/* --- the feeds file ------------------------------------------------------------------------------ */

/* `scheme://user:password@host`, wherever it stands in the line, comments too. */
static void
without_passwords(struct str line, struct buf *out)
{
	for (;;) {
		size_t at = str_find(line, STR("://"));
		if (at == STR_NONE)
			break;
		buf_add(out, str_sub(line, 0, at + 3));
		line = str_from(line, at + 3);
		size_t end = 0, user = STR_NONE;
		for (; end < line.n && !ascii_space((unsigned char)line.p[end]) &&
		       line.p[end] != '/' && line.p[end] != '"' && line.p[end] != '?' &&
		       line.p[end] != '#';
		     end++)
			if (line.p[end] == '@')
				user = end;
		if (user != STR_NONE)
			line = str_from(line, user + 1);
	}
	buf_add(out, line);
	buf_char(out, '\n');
}

bool
export_feeds(struct app *app, bool passwords, struct err *e)
{
	struct buf b = {0};
	(void)e;
	for (size_t i = 0; i < app->feeds.file.n; i++) {
		struct str raw = app->feeds.file.v[i].raw;
		if (passwords)
			buf_fmt(&b, "%.*s\n", STR_ARG(raw));
		else
			without_passwords(raw, &b);
	}
	output_text(&app->out, buf_str(&b));
	buf_clear(&b);
	return true;
}
