#include "wire/intake.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "wire/batch.h"
#include "wire/parser.h"
#include "wire/ruling.h"

enum { FEED_PARSER_STORIES = 8 }; /* are stored in under a millisecond */

struct intake {
	struct wire *wire;
	struct arena *arena; /* of the ask and the result */
	struct arena *held_arena; /* of the stories held back */
	struct intake_ask ask;
	struct intake_result result;
	struct { struct story *v; size_t n, cap; } held;
	size_t n_held_bytes;
	struct { story_id *v; size_t n, cap; } fresh;
	struct { struct wire_offer *v; size_t n, cap; } offers;
	struct update *update;
	struct rules_done ruled;
	bool alone; /* it is long: its update began before its end, in a transaction of its own */
	bool lied; /* a story broke the rules of the talk */
};

static bool
failed(const struct intake *in)
{
	return in->result.store_failed || in->lied;
}

static void
remember_fresh(struct intake *in, const struct update_outcome *o)
{
	if (o->result == UPDATE_NEW && !o->stored && in->fresh.n < INTAKE_MAX_FRESH)
		ARENA_PUSH(in->arena, &in->fresh, o->id);
}

static bool
begin_transaction(struct intake *in)
{
	if (!in->alone)
		return batch_open(in->wire, &in->result.err);
	batch_close(in->wire);
	return true;
}

static bool
begin_update(struct intake *in)
{
	const struct intake_ask *ask = &in->ask;
	if (in->update)
		return true;
	if (!begin_transaction(in) ||
	    !update_begin(in->wire->store, ask->feed, ask->agency, ask->lang, ask->now,
	        &in->update, &in->result.err)) {
		/* Nothing is written of this feed; the others of the batch need not wait. */
		batch_close(in->wire);
		in->result.store_failed = true;
		return false;
	}
	if (in->alone)
		wire_take_store(in->wire);
	if (ask->archive && !update_of_archive(in->update, &in->result.err)) {
		in->result.store_failed = true;
		return false;
	}
	return true;
}

/* Put what is held back into the open update. */
static void
store_held(struct intake *in)
{
	if (failed(in) || !begin_update(in))
		return;
	for (size_t i = 0; i < in->held.n && !in->result.store_failed; i++) {
		struct update_outcome o;
		if (i % FEED_PARSER_STORIES == 0)
			parser_feed(in->wire->parser);
		if (update_story(in->update, &in->held.v[i], &o, &in->result.err))
			remember_fresh(in, &o);
		else
			in->result.store_failed = true;
	}
	in->held.n = in->held.cap = 0;
	in->held.v = NULL;
	in->n_held_bytes = 0;
	arena_reset(in->held_arena);
}

static void
on_story(void *ctx, struct bytes packed)
{
	struct intake *in = ctx;
	struct story story;
	if (failed(in))
		return;
	if (!parse_unpack_story(in->held_arena, packed, &story)) {
		in->lied = true;
		return;
	}
	ARENA_PUSH(in->held_arena, &in->held, story);
	in->result.n_items++;
	in->n_held_bytes += packed.n;
	if (in->n_held_bytes > INTAKE_HOLD_BYTES) {
		in->alone = true;
		store_held(in);
	}
}

static void
on_head(void *ctx, const struct parse_head *head)
{
	struct intake *in = ctx;
	in->result.title = arena_str(in->arena, head->title);
	in->result.lang = arena_str(in->arena, head->language);
	in->result.link = arena_str(in->arena, head->link);
	in->result.repaired = arena_str(in->arena, head->repaired);
	in->result.older = arena_str(in->arena, head->older);
	in->result.ttl_minutes = head->ttl;
	in->result.complete = head->complete;
	in->result.skip_hours = head->skip_hours;
	in->result.skip_days = head->skip_days;
}

static void
on_offer(void *ctx, const struct parse_offer *offer)
{
	struct intake *in = ctx;
	if (in->offers.n >= WIRE_MAX_OFFERS || offer->url.n > WIRE_MAX_URL_BYTES)
		return;
	struct wire_offer copy = {arena_str(in->arena, offer->url),
	    arena_str(in->arena, utf8_cut(offer->title, WIRE_MAX_NAME_BYTES)),
	    arena_str(in->arena, utf8_cut(offer->type, WIRE_MAX_NAME_BYTES))};
	ARENA_PUSH(in->arena, &in->offers, copy);
}

/* All but the commit itself. */
static bool
finish_feed(struct intake *in, struct feed_state *state, struct feed_fetch *fetch,
    struct rules_done *ruled)
{
	in->ask.settle(in->ask.ctx, &in->result, state, fetch);
	return ruling_of_update(in->wire, in->arena, in->update, RULING_ALL, ruled,
	    &in->result.err);
}

/* Nobody is alerted of what is old. */
static bool
finish_archive(struct intake *in, struct rules_done *ruled)
{
	return ruling_of_update(in->wire, in->arena, in->update, RULING_SILENT, ruled,
		   &in->result.err) &&
	    in->ask.note(in->ask.ctx, &in->result, &in->result.err);
}

/* Write the end of the update; a feed that has a transaction of its own is kept then. */
static void
write_end(struct intake *in)
{
	struct feed_state state = {0};
	struct feed_fetch fetch = {.at = in->ask.now};
	bool archive = in->ask.archive;
	in->result.n_new = update_n_new(in->update);
	in->result.n_updated = update_n_changed(in->update);
	bool ok = archive ? finish_archive(in, &in->ruled)
			  : finish_feed(in, &state, &fetch, &in->ruled);
	if (ok) {
		ok = update_commit(in->update, archive ? NULL : &state, archive ? NULL : &fetch,
		    &in->result.err);
		in->update = NULL;
	}
	in->result.store_failed = !ok;
}

/* What the parser said of the input, when that must keep it from being stored. */
static bool
refuse(struct intake *in, const struct parse_done *done)
{
	if (in->lied)
		return err_set(&in->result.err, ERR_INTERNAL, "the parser gave a bad answer");
	if (done->kind == ERR_NONE)
		return true;
	/* A feed that breaks off keeps what came before, as a cut one does. */
	if (done->kind == ERR_INPUT && in->result.n_items > 0)
		return in->result.torn = true;
	return err_set(&in->result.err, done->kind, "%.*s", STR_ARG(done->text));
}

static void
intake_free(struct intake *in)
{
	update_rollback(in->update);
	arena_free(in->arena);
	arena_free(in->held_arena);
	free(in);
}

static void
end(struct intake *in)
{
	struct wire *w = in->wire;
	bool alone = in->alone;
	if (in->result.stored)
		ruling_tell(w, &in->ruled);
	in->result.offers = in->offers.v;
	in->result.n_offers = in->offers.n;
	in->result.fresh = in->fresh.v;
	in->result.n_fresh = in->result.stored ? in->fresh.n : 0;
	in->ask.done(in->ask.ctx, &in->result);
	intake_free(in);
	if (alone && w->store_taken)
		wire_give_store(w);
}

static void
on_kept(void *ctx, const struct err *failed)
{
	struct intake *in = ctx;
	in->result.stored = !failed;
	in->result.store_failed = failed;
	if (failed)
		in->result.err = *failed;
	end(in);
}

static void
on_drop(void *ctx)
{
	intake_free(ctx);
}

/* What was written is kept, or waits for its batch, or is taken back. */
static void
settle_update(struct intake *in)
{
	struct wire *w = in->wire;
	if (!in->update && in->result.err.kind == ERR_NONE && !in->alone) {
		struct batch_entry entry = {on_kept, on_drop, in};
		batch_add(w, &entry);
		return;
	}
	in->result.stored = !in->update && in->result.err.kind == ERR_NONE;
	update_rollback(in->update);
	in->update = NULL;
	if (!in->result.stored && !in->alone)
		batch_fail(w, &in->result.err);
	end(in);
}

static void
on_done(void *ctx, const struct parse_done *done)
{
	struct intake *in = ctx;
	if (!in->result.store_failed && refuse(in, done))
		store_held(in);
	else if (!in->result.store_failed)
		in->result.n_items = 0;
	if (!in->update) { /* nothing was written */
		end(in);
		return;
	}
	if (in->result.err.kind == ERR_NONE)
		write_end(in);
	settle_update(in);
}

void
intake_begin(struct wire *w, const struct intake_ask *ask, struct spool *spool)
{
	struct intake *in = heap_alloc(sizeof(*in));
	*in = (struct intake){.wire = w, .arena = arena_new(), .held_arena = arena_new(),
	    .ask = *ask, .result = {.ttl_minutes = -1}};
	in->ask.agency = arena_str(in->arena, ask->agency);
	in->ask.lang = arena_str(in->arena, ask->lang);
	struct parse_job job = {.what = PARSE_FEED, .url = ask->url,
	    .content_type = ask->content_type, .charset = ask->charset,
	    .max_items = ask->max_items, .max_bytes = ask->max_bytes};
	struct parser_listener listener = {on_story, on_head, on_offer, on_done, on_drop, in};
	parser_submit(w->parser, &job, spool, &listener);
}
