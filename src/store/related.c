/*
 * A walk in breadth: the stories of one distance, then their neighbours.  Each story's
 * rows are read once; what is beyond the limits is not read at all.
 */
#include "store/related.h"

#include <string.h>

#include "store/row.h"
#include "store/sql.h"

/* Of one story: a wire's front page is cited by everything. */
enum { MAX_NEIGHBOURS = 500 };

struct walk {
	struct store *store;
	struct arena *arena;
	struct related_graph *graph;
	story_id *ids; /* nodes, in the order of the result */
	int *depth;
	size_t n_ids;
	/* Open addressing, twice the nodes: which story is a node. */
	story_id slots[RELATED_MAX_NODES * 2 + 1];
};

static bool
has(const struct walk *w, story_id id)
{
	size_t i = (size_t)id % COUNT_OF(w->slots);
	for (; w->slots[i] != STORY_NONE; i = (i + 1) % COUNT_OF(w->slots))
		if (w->slots[i] == id)
			return true;
	return false;
}

static void
add_node(struct walk *w, story_id id, int depth)
{
	if (has(w, id))
		return;
	if (w->n_ids == RELATED_MAX_NODES) {
		w->graph->cut = true;
		return;
	}
	size_t i = (size_t)id % COUNT_OF(w->slots);
	while (w->slots[i] != STORY_NONE)
		i = (i + 1) % COUNT_OF(w->slots);
	w->slots[i] = id;
	w->depth[w->n_ids] = depth;
	w->ids[w->n_ids++] = id;
}

static void
add_edge(struct walk *w, const struct related_edge *edge)
{
	if (w->graph->edges.n == RELATED_MAX_EDGES)
		w->graph->cut = true;
	else
		ARENA_PUSH(w->arena, &w->graph->edges, *edge);
}

/* Edges out of each node are read when the node is; so each is there once. */
static bool
walk_out(struct walk *w, story_id from, int depth, bool grow, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(w->store,
	    "SELECT l.to_story, l.kind, l.label, coalesce(nullif(l.title, ''), t.title, "
	    "''), l.url,"
	    " coalesce(t.stored, 0),"
	    " coalesce(t.gone > 0, EXISTS (SELECT 1 FROM gone g WHERE g.key = l.to_key))"
	    " FROM link l LEFT JOIN story t ON t.id = l.to_story WHERE l.from_story = ?1"
	    " ORDER BY l.seq",
	    SQL_ARGS(sql_int(from)), e);
	if (!st)
		return false;
	while (sql_row(w->store, st, &failed, e)) {
		struct related_edge edge = {.from = from, .to = sql_get_int(st, 0)};
		edge.kind = (int)sql_get_int(st, 1);
		edge.label = sql_get_text(w->arena, st, 2);
		edge.title = sql_get_text(w->arena, st, 3);
		edge.url = sql_get_text(w->arena, st, 4);
		edge.state = sql_get_int(st, 5) ? TARGET_STORED
		    : sql_get_int(st, 6)        ? TARGET_GONE
						: TARGET_MISSING;
		if (edge.to != STORY_NONE && grow)
			add_node(w, edge.to, depth + 1);
		if (edge.to == STORY_NONE ? grow : has(w, edge.to))
			add_edge(w, &edge);
	}
	return !failed;
}

static bool
walk_ids(struct walk *w, const char *text, story_id of, int depth, struct err *e)
{
	bool failed = false;
	size_t n = 0;
	sqlite3_stmt *st =
	    sql_query(w->store, text, SQL_ARGS(sql_int(of), sql_int(MAX_NEIGHBOURS)), e);
	if (!st)
		return false;
	for (; sql_row(w->store, st, &failed, e); n++)
		add_node(w, sql_get_int(st, 0), depth + 1);
	if (n == MAX_NEIGHBOURS)
		w->graph->cut = true;
	return !failed;
}

static bool
walk_in(struct walk *w, story_id to, int depth, struct err *e)
{
	/* The latest to arrive, as the index has them: a front page is cited by everything. */
	return walk_ids(w,
	    "SELECT s.id FROM (SELECT DISTINCT from_story AS id FROM link WHERE to_story = ?1"
	    "  AND from_story <> ?1 ORDER BY from_story DESC LIMIT ?2) n"
	    " JOIN story s ON s.id = n.id ORDER BY s.ord DESC",
	    to, depth, e);
}

static bool
walk_same(struct walk *w, story_id of, int depth, struct err *e)
{
	return walk_ids(w,
	    "SELECT o.id FROM story s JOIN story o ON o.cluster = s.cluster"
	    " WHERE s.id = ?1 AND o.id <> ?1 ORDER BY o.ord DESC LIMIT ?2",
	    of, depth, e);
}

/* Nodes with one cluster are tied to the first of them: a star says it as well as all
 * pairs. */
static void
tie_clusters(struct walk *w)
{
	const struct story_rows *nodes = &w->graph->nodes;
	for (size_t i = 1; i < nodes->n; i++) {
		if (nodes->v[i].cluster == 0)
			continue;
		size_t first = 0;
		while (nodes->v[first].cluster != nodes->v[i].cluster)
			first++;
		if (first == i)
			continue;
		struct related_edge edge = {.from = nodes->v[first].id,
		    .to = nodes->v[i].id,
		    .kind = RELATED_SAME};
		edge.state = nodes->v[i].stored ? TARGET_STORED
		    : nodes->v[i].gone          ? TARGET_GONE
						: TARGET_MISSING;
		edge.title = nodes->v[i].title;
		edge.url = nodes->v[i].url;
		add_edge(w, &edge);
	}
}

static bool
walk_nodes(struct walk *w, int depth, struct err *e)
{
	for (size_t i = 0; i < w->n_ids; i++) {
		story_id id = w->ids[i];
		if (w->depth[i] < depth &&
		    (!walk_out(w, id, w->depth[i], true, e) ||
			!walk_in(w, id, w->depth[i], e) ||
			!walk_same(w, id, w->depth[i], e)))
			return false;
	}
	/* The outermost: only their edges to what is there already. */
	for (size_t i = 0; i < w->n_ids; i++)
		if (w->depth[i] >= depth &&
		    !walk_out(w, w->ids[i], w->depth[i], false, e))
			return false;
	return true;
}

static bool
walk_all(struct walk *w, story_id root, int depth, struct err *e)
{
	bool found;
	struct story_row row;
	if (!row_by_id(w->store, w->arena, root, &row, &found, e))
		return false;
	if (!found)
		return err_set(e, ERR_NOT_FOUND, "there is no such story");
	add_node(w, root, 0);
	return walk_nodes(w, depth, e) &&
	    list_ids(w->store, w->arena, w->ids, w->n_ids, &w->graph->nodes, e);
}

bool
related_walk(struct store *s, struct arena *a, story_id root, int depth,
    struct related_graph *out, struct err *e)
{
	struct walk *w = ARENA_NEW(a, struct walk);
	*out = (struct related_graph){.root = root};
	w->store = s;
	w->arena = a;
	w->graph = out;
	w->ids = ARENA_ARRAY(a, story_id, RELATED_MAX_NODES);
	w->depth = ARENA_ARRAY(a, int, RELATED_MAX_NODES);
	if (depth > RELATED_MAX_DEPTH)
		depth = RELATED_MAX_DEPTH;
	if (!sql_look(s, e) || !sql_look_end(s, walk_all(w, root, depth, e), e))
		return false;
	out->depth = w->depth;
	tie_clusters(w);
	return true;
}
