#include "wire/gate.h"

#include <stdlib.h>

#include "wire/robots.h"

struct visitor {
	struct visitor *next;
	char *path;
	gate_answer *answer;
	void *ctx;
};

struct origin {
	struct origin *next; /* newest first */
	struct gate *gate;
	char *name; /* "https://host:port" */
	struct robots *robots; /* NULL: being fetched */
	struct err refusal; /* of what the robots do not allow */
	int64_t since_ms;
	struct visitor *first; /* who waits */
	struct request *asking;
	unsigned timer;
};

struct gate {
	struct loop *loop;
	struct requester *requester;
	struct origin *first;
};

struct gate *
gate_new(struct loop *loop, struct requester *requester)
{
	struct gate *g = heap_alloc(sizeof(*g));
	*g = (struct gate){loop, requester, NULL};
	return g;
}

static void
free_origin(struct origin *o)
{
	loop_cancel(o->gate->loop, o->timer);
	if (o->asking)
		request_cancel(o->asking);
	while (o->first) {
		struct visitor *v = o->first;
		o->first = v->next;
		free(v->path);
		free(v);
	}
	robots_free(o->robots);
	free(o->name);
	free(o);
}

void
gate_free(struct gate *g)
{
	while (g && g->first) {
		struct origin *o = g->first;
		g->first = o->next;
		free_origin(o);
	}
	free(g);
}

static void
answer_all(void *ctx)
{
	struct origin *o = ctx;
	o->timer = 0;
	while (o->first) {
		struct visitor *v = o->first;
		o->first = v->next;
		bool allowed = robots_allows(o->robots, str_z(v->path));
		v->answer(v->ctx, allowed ? NULL : &o->refusal);
		free(v->path);
		free(v);
	}
}

static struct robots *
read_rules(const struct request_result *r)
{
	bool whole = r->end == REQUEST_WHOLE || r->end == REQUEST_CUT;
	if (!whole)
		return robots_of_status(r->status);
	size_t room = ROBOTS_MAX_BYTES;
	char *text = heap_alloc(room);
	size_t n = spool_peek(r->spool, text, room);
	struct robots *robots = robots_parse(bytes_of(text, n), STR("kawat"));
	free(text);
	return robots;
}

static void
on_rules(void *ctx, const struct request_result *r)
{
	struct origin *o = ctx;
	bool known = r->end == REQUEST_WHOLE || r->end == REQUEST_CUT || r->err.kind == ERR_NONE;
	o->asking = NULL;
	o->robots = read_rules(r);
	if (known)
		err_set(&o->refusal, ERR_NETWORK,
		    "the site asks programs not to fetch this page (robots.txt)");
	else
		err_set(&o->refusal, ERR_NETWORK, "robots.txt could not be read: %s", r->err.text);
	answer_all(o);
}

static struct str
name_of(struct arena *a, const struct target *t)
{
	bool v6 = str_find_char(t->host, ':') != STR_NONE;
	return arena_fmt(a, "%s://%s%.*s%s:%d", t->tls ? "https" : "http", v6 ? "[" : "",
	    STR_ARG(t->host), v6 ? "]" : "", t->port);
}

static bool
is_stale(const struct origin *o)
{
	return o->robots && !o->first &&
	    clock_monotonic_ms() - o->since_ms > ROBOTS_KEEP_S * 1000LL;
}

/* The origin if it is known and fresh; drops the stale, and the oldest when there are too many. */
static struct origin *
find(struct gate *g, struct str name)
{
	struct origin *found = NULL, **link = &g->first;
	size_t n = 0;
	while (*link) {
		struct origin *o = *link;
		bool same = str_eq(str_z(o->name), name);
		if (is_stale(o) || (n >= GATE_MAX_ORIGINS && o->robots && !o->first && !same)) {
			*link = o->next;
			free_origin(o);
			continue;
		}
		if (same)
			found = o;
		n++;
		link = &o->next;
	}
	return found;
}

static struct origin *
add(struct gate *g, struct str name, struct str typed)
{
	struct origin *o = heap_alloc(sizeof(*o));
	struct arena *a = arena_new();
	*o = (struct origin){.next = g->first, .gate = g, .name = heap_z(name),
	    .since_ms = clock_monotonic_ms()};
	g->first = o;
	struct request_ask ask = {.url = arena_cat(a, name, STR("/robots.txt")), .typed = typed,
	    .accept = STR("text/plain, */*;q=0.1"), .max_bytes = ROBOTS_MAX_BYTES,
	    .done = on_rules, .ctx = o};
	o->asking = request_begin(g->requester, &ask);
	arena_free(a);
	return o;
}

void
gate_ask(struct gate *g, const struct target *t, struct str typed,
    gate_answer *answer, void *ctx)
{
	struct arena *a = arena_new();
	struct str name = name_of(a, t);
	struct origin *o = find(g, name);
	if (!o)
		o = add(g, name, typed);
	arena_free(a);
	struct visitor *v = heap_alloc(sizeof(*v));
	*v = (struct visitor){o->first, heap_z(t->path), answer, ctx};
	o->first = v;
	if (o->robots && !o->timer)
		o->timer = loop_after(g->loop, 0, answer_all, o);
}

void
gate_forget(struct gate *g, const void *ctx)
{
	for (struct origin *o = g->first; o; o = o->next) {
		struct visitor **link = &o->first;
		while (*link) {
			struct visitor *v = *link;
			if (v->ctx != ctx) {
				link = &v->next;
				continue;
			}
			*link = v->next;
			free(v->path);
			free(v);
		}
	}
}
