/* `kawat related ID`: the graph around a story, as a tree, a timeline, for dot, or as JSON. */
#include "app/story_out.h"
#include "base/loop.h"
#include "store/related.h"
#include "text/columns.h"
#include "view/when.h"

enum { DEPTH_USUAL = 4 };

struct graph {
	struct app *app;
	struct names names;
	struct related_graph g;
	bool *printed; /* by node */
};

static size_t
node_of(const struct graph *t, story_id id)
{
	for (size_t i = 0; i < t->g.nodes.n; i++)
		if (t->g.nodes.v[i].id == id)
			return i;
	return SIZE_MAX;
}

static const char *
kind_name(int kind)
{
	switch (kind) {
	case LINK_INLINE:
		return "inline";
	case LINK_TAIL:
		return "tail";
	case LINK_AUTO:
		return "auto";
	case LINK_MENTION:
		return "mention";
	}
	return "same";
}

static int64_t
moment(const struct story_row *r)
{
	return r->published == STORY_NO_TIME ? r->first_seen : r->published;
}

static void
print_node(struct graph *t, const struct story_row *r)
{
	struct arena *a = t->app->arena;
	output_fmt(&t->app->out, "%lld %s ", (long long)r->id, r->gone ? "✕" : r->stored ? "●" : "○");
	output_field(&t->app->out, r->title.n ? r->title : r->url);
	output_fmt(&t->app->out, "  %.*s%s%.*s", STR_ARG(r->agency), r->agency.n ? " " : "",
	    STR_ARG(when(a, LANGUAGE_EN, WHEN_COLUMN, moment(r), clock_now())));
}

/* --- tree --------------------------------------------------------------------------------------- */

/* The tree is walked with a stack of its own: chains are as long as newsrooms make them. */
struct step {
	size_t node, next_edge;
};

static void
indent(struct graph *t, size_t depth)
{
	for (size_t i = 0; i < depth; i++)
		output_text(&t->app->out, STR("  "));
}

static void
print_edge_end(struct graph *t, const struct related_edge *edge, bool back, size_t depth)
{
	struct output *out = &t->app->out;
	indent(t, depth);
	if (back)
		output_text(out, edge->kind == RELATED_SAME ? STR("= ") : STR("← "));
	else
		output_text(out, edge->kind == RELATED_SAME ? STR("= ") : STR("→ "));
	if (edge->label.n && !back) {
		output_field(out, edge->label);
		output_text(out, STR(": "));
	}
}

static void
print_unknown(struct graph *t, const struct related_edge *edge)
{
	struct output *out = &t->app->out;
	output_fmt(out, "- %s ", edge->state == TARGET_GONE ? "✕" : "○");
	output_field(out, edge->title.n ? edge->title : edge->url);
	if (edge->url.n == 0)
		output_text(out, STR("  (headline only)"));
	output_text(out, STR("\n"));
}

static void
print_tree(struct graph *t)
{
	struct arena *a = t->app->arena;
	struct step *stack = ARENA_ARRAY(a, struct step, t->g.nodes.n + 1);
	size_t depth = 1;
	stack[0] = (struct step){0, 0};
	print_node(t, &t->g.nodes.v[0]);
	output_text(&t->app->out, STR("\n"));
	t->printed[0] = true;
	while (depth) {
		struct step *s = &stack[depth - 1];
		story_id here = t->g.nodes.v[s->node].id;
		if (s->next_edge == t->g.edges.n) {
			depth--;
			continue;
		}
		const struct related_edge *edge = &t->g.edges.v[s->next_edge++];
		bool back = edge->to == here && edge->from != here;
		if (edge->from != here && !back)
			continue;
		if (!back && edge->to == STORY_NONE) {
			print_edge_end(t, edge, back, depth);
			print_unknown(t, edge);
			continue;
		}
		size_t other = node_of(t, back ? edge->from : edge->to);
		/* the way that we came is not told again */
		if (other == SIZE_MAX || (depth > 1 && stack[depth - 2].node == other))
			continue;
		print_edge_end(t, edge, back, depth);
		print_node(t, &t->g.nodes.v[other]);
		output_text(&t->app->out, t->printed[other] ? STR("  (above)\n") : STR("\n"));
		if (!t->printed[other]) {
			t->printed[other] = true;
			stack[depth++] = (struct step){other, 0};
		}
	}
}

/* --- timeline ----------------------------------------------------------------------------------- */

static void
print_timeline(struct graph *t)
{
	struct arena *a = t->app->arena;
	size_t n = t->g.nodes.n;
	size_t *order = ARENA_ARRAY(a, size_t, n + 1);
	/* insertion by time: the walk is bounded (RELATED_MAX_NODES) */
	for (size_t i = 0; i < n; i++) {
		size_t at = i;
		for (; at && moment(&t->g.nodes.v[order[at - 1]]) > moment(&t->g.nodes.v[i]); at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
	for (size_t i = 0; i < n; i++) {
		const struct story_row *r = &t->g.nodes.v[order[i]];
		struct str at = when(a, LANGUAGE_EN, WHEN_SHORT, moment(r), clock_now());
		output_field(&t->app->out, columns_pad(a, at, 24, COLUMNS_LEFT));
		output_text(&t->app->out, i == 0 ? STR("first ") : STR("      "));
		output_field(&t->app->out, columns_pad(a, r->agency, 12, COLUMNS_LEFT));
		output_fmt(&t->app->out, " %lld %s ", (long long)r->id,
		    r->gone ? "✕" : r->stored ? "●" : "○");
		output_field(&t->app->out, r->title);
		output_text(&t->app->out, STR("\n"));
	}
}

/* --- dot ---------------------------------------------------------------------------------------- */

static void
dot_string(struct output *out, struct str s)
{
	struct buf b = {0};
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_char(&b, '\\');
		buf_char(&b, s.p[i]);
	}
	output_text(out, STR("\""));
	output_field(out, buf_str(&b));
	output_text(out, STR("\""));
	buf_clear(&b);
}

static void
print_dot(struct graph *t)
{
	struct output *out = &t->app->out;
	output_text(out, STR("digraph kawat {\n\trankdir=LR;\n\tnode [shape=box];\n"));
	for (size_t i = 0; i < t->g.nodes.n; i++) {
		const struct story_row *r = &t->g.nodes.v[i];
		output_fmt(out, "\ts%lld [label=", (long long)r->id);
		dot_string(out, r->title);
		output_fmt(out, "%s];\n", r->stored ? "" : ", style=dashed");
	}
	for (size_t i = 0; i < t->g.edges.n; i++) {
		const struct related_edge *edge = &t->g.edges.v[i];
		if (edge->to == STORY_NONE) {
			output_fmt(out, "\tu%zu [label=", i);
			dot_string(out, edge->title.n ? edge->title : edge->url);
			output_fmt(out, ", style=dotted];\n\ts%lld -> u%zu", (long long)edge->from, i);
		} else {
			output_fmt(out, "\ts%lld -> s%lld", (long long)edge->from, (long long)edge->to);
		}
		output_text(out, STR(" [label="));
		dot_string(out, edge->label.n ? edge->label : str_z(kind_name(edge->kind)));
		output_fmt(out, "%s];\n", edge->kind == RELATED_SAME ? ", dir=none" : "");
	}
	output_text(out, STR("}\n"));
}

/* --- JSON --------------------------------------------------------------------------------------- */

static void
print_json(struct graph *t)
{
	struct json j;
	json_init(&j, output_json_sink, &t->app->out);
	json_object(&j);
	json_key_int(&j, "root", t->g.root);
	json_key(&j, "nodes");
	json_array(&j);
	for (size_t i = 0; i < t->g.nodes.n; i++) {
		json_object(&j);
		story_json_members(&j, t->app, &t->names, &t->g.nodes.v[i]);
		json_key_int(&j, "depth", t->g.depth[i]);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_key(&j, "edges");
	json_array(&j);
	for (size_t i = 0; i < t->g.edges.n; i++) {
		const struct related_edge *edge = &t->g.edges.v[i];
		json_object(&j);
		json_key_int(&j, "from", edge->from);
		json_key(&j, "to");
		if (edge->to == STORY_NONE)
			json_null(&j);
		else
			json_int(&j, edge->to);
		json_key_line(&j, "kind", str_z(kind_name(edge->kind)));
		json_key_line(&j, "label", edge->label);
		json_key_line(&j, "title", edge->title);
		json_key_line(&j, "url", edge->url);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_key_bool(&j, "cut", t->g.cut);
	json_object_end(&j);
	json_newline(&j);
	json_clear(&j);
}

static void
print_graph(struct graph *t, enum format format)
{
	switch (format) {
	case FORMAT_TIMELINE:
		print_timeline(t);
		return;
	case FORMAT_DOT:
		print_dot(t);
		return;
	case FORMAT_JSON:
		print_json(t);
		return;
	default:
		print_tree(t);
	}
}

bool
verb_related(struct app *app, struct err *e)
{
	struct graph t = {.app = app};
	struct store *store = NULL;
	enum format format;
	int64_t depth;
	story_id id;
	unsigned allowed = 1u << FORMAT_TREE | 1u << FORMAT_TIMELINE | 1u << FORMAT_DOT |
	                   1u << FORMAT_JSON;
	if (app->cli.n_args != 1)
		return err_set(e, ERR_USAGE, "related needs one story");
	if (!format_parse(cli_value(&app->cli, FLAG_related_format, "tree"), allowed, &format, e) ||
	    !cli_number(&app->cli, FLAG_related_depth, 1, RELATED_MAX_DEPTH, DEPTH_USUAL, &depth, e))
		return false;
	bool ok = app_open_store(app, STORE_READ, &store, e) &&
	          names_load(&t.names, app, store, e) &&
	          read_find(store, app->cli.args[0], &id, e) &&
	          related_walk(store, app->arena, id, (int)depth, &t.g, e);
	store_close(store);
	if (!ok)
		return false;
	t.printed = ARENA_ARRAY(app->arena, bool, t.g.nodes.n + 1);
	print_graph(&t, format);
	return true;
}
