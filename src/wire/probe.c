#include "wire/probe.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "wire/conditional.h"
#include "wire/intake.h"
#include "wire/manners.h"

struct probe {
	struct wire *wire;
	struct arena *arena;
	int64_t request;
	struct str typed, url; /* url: what is asked now */
	bool followed; /* a page led here */
	struct str etag, last_modified;
	int64_t status, n_bytes, ms;
	feed_id feed;
	bool made; /* the row is new: it goes again when this is no feed */
	bool cut;
};

static void ask(void *ctx);

static bool
is_comments(const struct wire_offer *o)
{
	static const struct str words[] = {STR_INIT("comment"), STR_INIT("komentar"),
	    STR_INIT("commentaire"), STR_INIT("kommentar"), STR_INIT("comentario")};
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_find_nocase(o->title, words[i]) != STR_NONE ||
		    str_find_nocase(o->url, words[i]) != STR_NONE)
			return true;
	return false;
}

/* "Berita (RSS)" and "Berita (Atom)" are one feed in two forms. */
static struct str
name_without_form(struct str title)
{
	static const struct str forms[] = {STR_INIT("rss"), STR_INIT("atom"), STR_INIT("json"),
	    STR_INIT("feed"), STR_INIT("xml"), STR_INIT("2.0"), STR_INIT("1.0")};
	for (bool found = true; found;) {
		found = false;
		while (title.n && !ascii_alnum((unsigned char)title.p[title.n - 1]) &&
		    (unsigned char)title.p[title.n - 1] < 0x80)
			title.n--;
		for (size_t i = 0; i < COUNT_OF(forms) && !found; i++) {
			size_t n = forms[i].n;
			found = title.n >= n &&
			    str_eq_nocase(str_from(title, title.n - n), forms[i]);
			if (found)
				title.n -= n;
		}
	}
	return title;
}

const struct wire_offer *
probe_choose(const struct wire_offer *v, size_t n)
{
	const struct wire_offer *chosen = NULL;
	for (size_t i = 0; i < n; i++) {
		if (is_comments(&v[i]))
			continue;
		if (chosen &&
		    !str_eq_nocase(name_without_form(chosen->title),
		        name_without_form(v[i].title)))
			return NULL;
		chosen = chosen ? chosen : &v[i];
	}
	return chosen ? chosen : n == 1 ? v : NULL;
}

static void
end(struct probe *p, const struct wire_probed *answer)
{
	tell_probed(p->wire, answer);
	arena_free(p->arena);
	free(p);
}

static void
drop_row(struct probe *p)
{
	struct err e = {0};
	if (p->made && !feeds_remove(p->wire->store, p->feed, false, &e))
		tell_log(p->wire, WIRE_LOG_WARN, "%s", e.text);
	p->made = false;
}

static void
fail(struct probe *p, const struct err *e, struct wire_offers offers)
{
	drop_row(p);
	struct wire_probed answer = {.request = p->request, .url = p->url,
	    .err_kind = e->kind, .error = utf8_cut(str_z(e->text), WIRE_MAX_TEXT_BYTES),
	    .offers = offers};
	end(p, &answer);
}

/* The state as after any first fetch, so that the first refresh asks conditionally. */
static void
on_settle(void *ctx, const struct intake_result *r, struct feed_state *s, struct feed_fetch *f)
{
	struct probe *p = ctx;
	int64_t now = clock_now();
	struct manners_answer answer = {.status = p->status, .good = true, .retry_after_s = -1,
	    .fresh_s = manners_fresh_s(0, r->ttl_minutes)};
	struct err e = {0};
	if (!feeds_get(p->wire->store, p->arena, p->feed, s, &e))
		*s = (struct feed_state){.id = p->feed};
	s->skip_hours = r->skip_hours;
	s->skip_days = r->skip_days;
	manners_after(s, &answer, p->wire->settings.every_s, now);
	bool whole = !p->cut && !r->torn;
	s->etag = whole ? p->etag : STR("");
	s->last_modified = whole ? p->last_modified : STR("");
	s->ttl_s = manners_fresh_s(0, r->ttl_minutes);
	s->title = r->title;
	s->lang = r->lang;
	s->site = r->link;
	s->error = STR("");
	*f = (struct feed_fetch){.at = now, .status = p->status, .n_bytes = p->n_bytes,
	    .ms = p->ms, .n_new = r->n_new, .n_updated = r->n_updated};
}

static void
on_page(struct probe *p, const struct intake_result *r)
{
	const struct wire_offer *chosen = p->followed ? NULL
						      : probe_choose(r->offers, r->n_offers);
	if (chosen) {
		drop_row(p);
		p->followed = true;
		p->url = arena_str(p->arena, chosen->url);
		ask(p);
		return;
	}
	struct wire_offers offers = {r->offers, r->n_offers};
	fail(p, &r->err, p->followed ? (struct wire_offers){0} : offers);
}

static void
on_intake_done(void *ctx, const struct intake_result *r)
{
	struct probe *p = ctx;
	if (r->err.kind != ERR_NONE) {
		on_page(p, r);
		return;
	}
	struct wire_probed answer = {.request = p->request, .url = p->url,
	    .title = utf8_cut(r->title, WIRE_MAX_NAME_BYTES),
	    .lang = utf8_cut(r->lang, 100), .n_items = r->n_items, .n_new = r->n_new};
	tell_changed(p->wire, r->n_new, r->n_updated);
	end(p, &answer);
}

/* The feed needs a row before it can have stories; desk makes it last by writing the feeds file. */
static bool
find_row(struct probe *p, struct err *e)
{
	struct wire *w = p->wire;
	if (!feeds_find(w->store, p->url, &p->feed, e))
		return false;
	if (p->feed != FEED_NONE)
		return true;
	struct str *urls = ARENA_ARRAY(p->arena, struct str, w->feeds.n + 1);
	feed_id *ids = ARENA_ARRAY(p->arena, feed_id, w->feeds.n + 1);
	for (size_t i = 0; i < w->feeds.n; i++)
		urls[i] = w->feeds.v[i].url;
	urls[w->feeds.n] = p->url;
	if (!feeds_sync(w->store, urls, w->feeds.n + 1, clock_now(), ids, e))
		return false;
	p->feed = ids[w->feeds.n];
	return p->made = true;
}

static void
on_answer(void *ctx, const struct request_result *r)
{
	struct probe *p = ctx;
	struct wire *w = p->wire;
	struct err e = r->err;
	p->cut = r->end == REQUEST_CUT;
	p->status = r->status;
	p->n_bytes = r->n_bytes;
	p->ms = r->ms;
	p->etag = arena_str(p->arena, conditional_etag(r->head->etag));
	p->last_modified = arena_str(p->arena, conditional_date(r->head->last_modified));
	bool has_body = r->end == REQUEST_WHOLE || p->cut;
	if (!has_body && e.kind == ERR_NONE)
		err_set(&e, ERR_NETWORK, "empty: the server sent nothing");
	if (!has_body) {
		fail(p, &e, (struct wire_offers){0});
		return;
	}
	struct spool body;
	spool_move(r->spool, &body);
	struct intake_ask ask = {.feed = p->feed, .url = r->target->url,
	    .content_type = r->head->content_type, .max_items = 0,
	    .max_bytes = w->settings.max_feed_bytes, .cut = p->cut, .now = clock_now(),
	    .settle = on_settle, .done = on_intake_done, .ctx = p};
	intake_begin(w, &ask, &body);
}

static void
ask(void *ctx)
{
	struct probe *p = ctx;
	struct err e = {0};
	struct request_ask r = {.url = p->url, .typed = p->typed,
	    .accept = STR("application/rss+xml, application/atom+xml, application/feed+json, "
			  "application/xml;q=0.9, text/html;q=0.8, */*;q=0.5"),
	    .max_bytes = p->wire->settings.max_feed_bytes, .done = on_answer, .ctx = p};
	if (find_row(p, &e))
		request_begin(p->wire->requester, &r);
	else
		fail(p, &e, (struct wire_offers){0});
}

void
probe_begin(struct wire *w, const struct wire_probe *asked)
{
	struct probe *p = heap_alloc(sizeof(*p));
	*p = (struct probe){.wire = w, .arena = arena_new(), .request = asked->request};
	p->url = p->typed = arena_str(p->arena, asked->url);
	if (w->offline) {
		struct err e = {0};
		err_set(&e, ERR_NETWORK, "offline: nothing is fetched");
		fail(p, &e, (struct wire_offers){0});
		return;
	}
	wire_when_free(w, ask, p);
}
