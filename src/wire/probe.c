/*
 *	ask -> answer -> a feed: its stories are stored, told
 *	 ^       |
 *	 |       +-> a page that names one: once more with that address
 *	 |       +-> nothing, and guessing is wanted: gate -> turn --+
 *	 +----------------------------------------------------------+
 */
#include "wire/probe.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "text/url.h"
#include "wire/conditional.h"
#include "wire/gate.h"
#include "wire/intake.h"
#include "wire/manners.h"

struct probe {
	struct wire *wire;
	struct arena *arena;
	int64_t request;
	struct str typed, url; /* url: what is asked now */
	bool followed; /* a page led here */
	bool guess; /* try the usual paths when nothing is named */
	size_t n_guessed; /* tried so far */
	struct target target; /* of the guess */
	struct schedule_job *turn;
	struct err first; /* what became of the address that was typed */
	struct str etag, last_modified;
	int64_t status, n_bytes, ms;
	feed_id feed;
	bool made; /* the row is new: it goes again when this is no feed */
	bool cut;
};

static void ask(void *ctx);
static bool guess_next(struct probe *);

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

/* One feed in two forms.  Without a name they are when each form is there once. */
static bool
is_other_form(const struct wire_offer *x, const struct wire_offer *y)
{
	struct str name = name_without_form(x->title);
	return str_eq_nocase(name, name_without_form(y->title)) &&
	    (name.n || !str_eq_nocase(x->type, y->type));
}

const struct wire_offer *
probe_choose(const struct wire_offer *v, size_t n)
{
	const struct wire_offer *chosen = NULL;
	for (size_t i = 0; i < n; i++) {
		if (is_comments(&v[i]))
			continue;
		if (chosen && !is_other_form(chosen, &v[i]))
			return NULL;
		chosen = chosen ? chosen : &v[i];
	}
	return chosen ? chosen : n == 1 ? v : NULL;
}

static void
end(struct probe *p, const struct wire_probed *answer)
{
	tell_probed(p->wire, answer);
	wire_start_more(p->wire);
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
	bool vain = e->kind == ERR_INPUT || e->kind == ERR_NETWORK;
	if (p->n_guessed && vain) { /* what was typed is what it is about */
		p->url = p->typed;
		e = &p->first;
	}
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
	bool may_follow = !p->followed && !p->n_guessed;
	const struct wire_offer *chosen = may_follow ? probe_choose(r->offers, r->n_offers)
						     : NULL;
	struct wire_offers offers = {0};
	if (chosen) {
		drop_row(p);
		p->followed = true;
		p->url = arena_str(p->arena, chosen->url);
		ask(p);
		return;
	}
	if (may_follow)
		offers = (struct wire_offers){r->offers, r->n_offers};
	if (!offers.n && r->err.kind == ERR_INPUT) {
		p->first = p->n_guessed ? p->first : r->err;
		if (guess_next(p))
			return;
	}
	fail(p, &r->err, offers);
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
leave_line(struct probe *p)
{
	if (p->turn)
		schedule_end(p->wire->schedule, p->turn);
	p->turn = NULL;
}

/* The page is not there, which says nothing of others: anything else ends the guessing. */
static bool
is_absent(int64_t status)
{
	return status == 404 || status == 410;
}

static void
say_known(struct probe *p)
{
	drop_row(p);
	struct wire_probed answer = {.request = p->request, .url = p->url, .known = true};
	end(p, &answer);
}

/* It has moved for good: the new address is the one to subscribe to.  False: the probe has ended. */
static bool
take_new_address(struct probe *p, struct str to, struct err *e)
{
	drop_row(p);
	p->url = arena_str(p->arena, to);
	if (wire_source_of(p->wire, p->url)) {
		say_known(p);
		return false;
	}
	if (find_row(p, e))
		return true;
	fail(p, e, (struct wire_offers){0});
	return false;
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
	leave_line(p);
	p->etag = arena_str(p->arena, conditional_etag(r->head->etag));
	p->last_modified = arena_str(p->arena, conditional_date(r->head->last_modified));
	bool has_body = r->end == REQUEST_WHOLE || p->cut;
	if (!has_body && e.kind == ERR_NONE)
		err_set(&e, ERR_NETWORK, "empty: the server sent nothing");
	if (!has_body) {
		p->first = p->n_guessed ? p->first : e;
		if (!is_absent(r->status) || !guess_next(p))
			fail(p, &e, (struct wire_offers){0});
		return;
	}
	if (r->moved_to.n && !take_new_address(p, r->moved_to, &e))
		return;
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
	/* What was typed is asked in any case: it may be a page that stands in the feeds file. */
	if (!str_eq(p->url, p->typed) && wire_source_of(p->wire, p->url)) {
		leave_line(p);
		say_known(p);
	} else if (find_row(p, &e)) {
		request_begin(p->wire->requester, &r);
	} else {
		fail(p, &e, (struct wire_offers){0});
	}
}

/* --- guessing ----------------------------------------------------------------------------------- */

/* Where the common page makers put feeds, the commonest first.  One after the other, each as
 * robots.txt allows, until one is found. */
static const struct str guesses[] = {STR_INIT("/feed"), STR_INIT("/rss"), STR_INIT("/rss.xml"),
    STR_INIT("/atom.xml"), STR_INIT("/feed.xml"), STR_INIT("/index.xml"),
    STR_INIT("/feeds/posts/default"), STR_INIT("/index.rdf"), STR_INIT("/feed.json")};

static void
on_turn(void *ctx)
{
	struct probe *p = ctx;
	wire_when_free(p->wire, ask, p);
}

static void
on_gate(void *ctx, const struct err *refused)
{
	struct probe *p = ctx;
	if (!refused) {
		p->turn = schedule_add(p->wire->schedule, p->target.host, on_turn, p);
		wire_start_more(p->wire);
	} else if (!guess_next(p)) {
		fail(p, &p->first, (struct wire_offers){0});
	}
}

static void
at_gate(void *ctx)
{
	struct probe *p = ctx;
	gate_ask(p->wire->gate, &p->target, p->typed, on_gate, p);
}

/* False: guessing is not wanted, or nothing is left to guess. */
static bool
guess_next(struct probe *p)
{
	if (!p->guess || p->n_guessed == COUNT_OF(guesses))
		return false;
	drop_row(p);
	struct str url = url_resolve(p->arena, p->typed, guesses[p->n_guessed++]);
	if (!target_of(p->arena, url, &p->target, NULL))
		return false;
	p->url = p->target.url;
	loop_after(p->wire->loop, GATE_PAUSE_MS, at_gate, p);
	return true;
}

void
probe_begin(struct wire *w, const struct wire_probe *asked)
{
	struct probe *p = heap_alloc(sizeof(*p));
	*p = (struct probe){.wire = w, .arena = arena_new(), .request = asked->request,
	    .guess = asked->guess};
	p->url = p->typed = arena_str(p->arena, asked->url);
	if (w->offline) {
		struct err e = {0};
		err_set(&e, ERR_NETWORK, "offline: nothing is fetched");
		fail(p, &e, (struct wire_offers){0});
		return;
	}
	wire_when_free(w, ask, p);
}
