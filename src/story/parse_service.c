/*
 * One job at a time: a feed is read as its bytes come, a page when it is whole.  After a job has
 * failed, the rest of its input is read and dropped, so that the talk stays in step.
 *
 * The head of a feed's input is kept (HEAD_BYTES) for the case that it turns out to be a web page:
 * then the feeds that it names are offered.
 */
#include "story/parse_service.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"
#include "feed/repairs.h"
#include "feed/discover.h"
#include "feed/item_json.h"
#include "feed/list.h"
#include "feed/reader.h"
#include "story/cluster_stream.h"
#include "story/extract.h"
#include "story/from_item.h"
#include "story/parse_protocol.h"

enum {
	HEAD_BYTES = 256 * 1024, /* a page names its feeds in its head */
	MAX_OFFERS = 64,
	FLUSH_BYTES = 256 * 1024, /* stories wait so long for company */
	JSON_PIECE_BYTES = 1024 * 1024, /* of text, a frame */
};

struct job {
	struct channel *channel;
	struct charset_set *charsets;
	const struct site_rules *sites;
	struct arena *arena; /* of the job */
	struct arena *story_arena; /* of one story, reset for each */
	struct parse_job ask; /* its strings live in the arena */
	struct feed_reader *reader; /* of a feed */
	struct story_origin origin; /* of its items */
	struct list_reader *list; /* of a list of feeds */
	struct item_json items; /* of a feed as JSON */
	struct cluster_stream *cluster; /* of a stream of stories */
	struct json json;
	struct buf input; /* a page, or the head of a feed */
	struct err failure;
	struct err gone; /* the channel broke; nothing more is sent */
};

static void
send(struct job *j, enum parse_message type, struct bytes body)
{
	if (j->gone.kind != ERR_NONE)
		return;
	channel_queue(j->channel, (uint8_t)type, body);
	if (channel_pending(j->channel) > FLUSH_BYTES && !channel_flush(j->channel, &j->gone))
		j->channel->closed = true;
}

static void
send_buf(struct job *j, enum parse_message type, struct buf *body)
{
	send(j, type, bytes_of_str(buf_str(body)));
	buf_clear(body);
}

/* In pieces: a page that is all `<` grows fourfold as HTML, past what one frame may hold. */
static void
send_json(void *ctx, struct str text)
{
	while (text.n) {
		struct str piece = utf8_cut(text, JSON_PIECE_BYTES);
		struct buf b = {0};
		pack_str(&b, piece);
		send_buf(ctx, PARSE_JSON, &b);
		text = str_from(text, piece.n);
	}
}

/* --- bounds of what is no story; those are held by story_settle ------------------------------------ */

static void
cut(struct str *s, size_t most)
{
	*s = utf8_cut(*s, most);
}

/* An address that is too long is none: half of it leads nowhere. */
static void
drop_long(struct str *url)
{
	if (url->n > STORY_MAX_URL_BYTES)
		*url = STR("");
}

static void
send_story(struct job *j, struct story *s)
{
	struct buf b = {0};
	parse_pack_story(&b, s);
	send_buf(j, PARSE_STORY, &b);
}

/* --- feeds -------------------------------------------------------------------------------------- */

/* What comes out while a converter is missing is not what the feed says. */
static void
on_item(void *ctx, const struct feed_item *item)
{
	struct job *j = ctx;
	struct story s;
	if (feed_reader_needs(j->reader).n)
		return;
	if (j->ask.what == PARSE_FEED_JSON) {
		item_json_item(&j->items, item);
		return;
	}
	arena_reset(j->story_arena);
	story_from_item(j->story_arena, &j->origin, feed_reader_head(j->reader), item, &s);
	send_story(j, &s);
}

static bool
is_feed(const struct job *j)
{
	return j->ask.what == PARSE_FEED || j->ask.what == PARSE_FEED_JSON;
}

static void
begin_feed(struct job *j)
{
	struct feed_source source = {j->ask.url, j->ask.content_type, j->ask.charset, j->charsets};
	struct feed_limits limits = {(size_t)j->ask.max_items, (size_t)j->ask.max_bytes};
	json_init(&j->json, send_json, j);
	j->items = (struct item_json){.out = &j->json};
	j->origin = (struct story_origin){0};
	j->reader = feed_reader_new(&source, &limits, on_item, j);
}

static void
send_offers(struct job *j)
{
	struct bytes page = bytes_of_str(buf_str(&j->input));
	struct charset_choice choice = charset_for_page(page, j->ask.content_type,
	    j->ask.charset);
	struct charset_text text = charset_decode(j->arena, page, &choice, DECODER_MEND,
	    j->charsets);
	struct feed_offers found = feed_discover(j->arena, text.text, j->ask.url);
	for (size_t i = 0; i < found.n && i < MAX_OFFERS; i++) {
		struct buf b = {0};
		struct parse_offer offer = {found.v[i].url, found.v[i].title,
		    found.v[i].type};
		cut(&offer.title, STORY_MAX_TITLE_BYTES);
		cut(&offer.type, STORY_MAX_TITLE_BYTES);
		drop_long(&offer.url);
		parse_pack_offer(&b, &offer);
		send_buf(j, PARSE_OFFER, &b);
	}
}

/* Where earlier items are: an archive (RFC 5005, 4) before a further page (3). */
static struct str
older_link(const struct feed_links *links)
{
	static const struct str rels[] = {STR_INIT("prev-archive"), STR_INIT("next")};
	for (size_t r = 0; r < COUNT_OF(rels); r++)
		for (size_t i = 0; i < links->n; i++)
			if (str_eq_nocase(links->v[i].rel, rels[r]))
				return links->v[i].href;
	return STR("");
}

static void
send_head(struct job *j)
{
	const struct feed_head *h = feed_reader_head(j->reader);
	struct buf b = {0};
	struct parse_head head = {
		.title = h->title, .link = h->link, .feed_url = h->feed_url,
		.language = h->language, .repaired = repairs_sentence(j->arena, h), .encoding = h->encoding,
		.older = older_link(&h->links),
		.ttl = h->ttl >= 0 ? h->ttl : h->update_minutes,
		.skip_hours = h->skip_hours, .skip_days = h->skip_days, .wellformed = h->wellformed,
		.complete = h->complete,
		.n_items = (int64_t)h->n_items,
	};
	cut(&head.title, STORY_MAX_TITLE_BYTES);
	cut(&head.repaired, STORY_MAX_FIELD_BYTES);
	cut(&head.language, STORY_MAX_TITLE_BYTES);
	drop_long(&head.link);
	drop_long(&head.feed_url);
	drop_long(&head.older);
	parse_pack_head(&b, &head);
	send_buf(j, PARSE_HEAD, &b);
}

static void
end_feed(struct job *j)
{
	bool ok = j->failure.kind == ERR_NONE && feed_reader_end(j->reader, &j->failure);
	if (feed_reader_needs(j->reader).n)
		return;
	if (ok && j->ask.what == PARSE_FEED_JSON) {
		item_json_end(&j->items, feed_reader_head(j->reader));
		json_flush(&j->json);
	} else if (ok) {
		send_head(j);
	} else if (j->ask.what == PARSE_FEED) {
		send_offers(j);
	}
}

/* --- lists --- */

static void
on_entry(void *ctx, const struct list_entry *entry)
{
	struct buf b = {0};
	parse_pack_entry(&b, entry);
	send_buf(ctx, PARSE_ENTRY, &b);
}

static void
end_list(struct job *j, struct str *need)
{
	if (j->failure.kind == ERR_NONE && !list_reader_end(j->list, &j->failure) &&
	    j->failure.kind == ERR_NONE)
		err_set(&j->failure, ERR_INPUT, "not a list of feeds");
	*need = list_reader_needs(j->list);
}

/* --- pages -------------------------------------------------------------------------------------- */

static bool
end_page(struct job *j, struct str *need)
{
	struct extract_source source = {bytes_of_str(buf_str(&j->input)), j->ask.url,
	    j->ask.content_type, j->ask.charset, j->charsets,
	    {j->ask.known_title, j->ask.known_text, false, NULL},
	    j->sites};
	struct story s;
	enum charset missing = extract_story(j->arena, &source, &s);
	if (missing != CHARSET_UNKNOWN) {
		*need = charset_name(missing);
		return false;
	}
	json_init(&j->json, send_json, j);
	if (j->ask.what == PARSE_PAGE) {
		send_story(j, &s);
	} else if (j->ask.what == PARSE_PAGE_JSON) {
		extract_json(j->arena, &s, &j->json);
		json_flush(&j->json);
	} else {
		struct buf text = {0};
		extract_text(j->arena, &s, &text);
		send_json(j, buf_str(&text));
		buf_clear(&text);
	}
	return true;
}

/* --- streams ------------------------------------------------------------------------------------ */

static void
begin_cluster(struct job *j)
{
	json_init(&j->json, send_json, j);
	j->cluster = cluster_stream_new(&j->json);
}

/* The lines that are answered go out at once: a stream may be one that never ends. */
static void
take_stories(struct job *j, struct bytes data)
{
	if (j->failure.kind == ERR_NONE && !cluster_stream_push(j->cluster, data, &j->failure))
		err_while(&j->failure, "not a stream of stories");
	json_flush(&j->json);
	if (j->gone.kind == ERR_NONE && !channel_flush(j->channel, &j->gone))
		j->channel->closed = true;
}

static void
end_cluster(struct job *j)
{
	if (j->failure.kind == ERR_NONE && !cluster_stream_end(j->cluster, &j->failure))
		err_while(&j->failure, "not a stream of stories");
	json_flush(&j->json);
}

/* --- the talk ----------------------------------------------------------------------------------- */

static bool
begin(struct job *j, struct bytes body)
{
	struct parse_job ask;
	if (!parse_unpack_job(body, &ask))
		return false;
	arena_reset(j->arena);
	ask.url = arena_str(j->arena, ask.url);
	ask.content_type = arena_str(j->arena, ask.content_type);
	ask.charset = arena_str(j->arena, ask.charset);
	ask.known_title = arena_str(j->arena, ask.known_title);
	ask.known_text = arena_str(j->arena, ask.known_text);
	j->ask = ask;
	j->input.n = 0;
	j->failure = (struct err){0};
	if (is_feed(j))
		begin_feed(j);
	else if (ask.what == PARSE_CLUSTER)
		begin_cluster(j);
	else if (ask.what == PARSE_LIST)
		j->list = list_reader_new(j->charsets, on_entry, j);
	return true;
}

static void
take(struct job *j, struct bytes data)
{
	if (j->cluster) {
		take_stories(j, data);
		return;
	}
	if (j->list) {
		if (j->failure.kind == ERR_NONE && !list_reader_push(j->list, data, &j->failure) &&
		    j->failure.kind == ERR_NONE)
			err_set(&j->failure, ERR_INPUT, "not a list of feeds");
		return;
	}
	size_t most = is_feed(j) ? HEAD_BYTES : EXTRACT_MAX_BYTES;
	if (j->input.n < most)
		buf_add_bytes(&j->input, bytes_of(data.p, data.n < most - j->input.n
			? data.n : most - j->input.n));
	if (!is_feed(j) || j->failure.kind != ERR_NONE || feed_reader_needs(j->reader).n)
		return;
	if (!feed_reader_push(j->reader, data, &j->failure) && j->failure.kind == ERR_NONE)
		err_set(&j->failure, ERR_INPUT, "not a feed");
}

static void
finish(struct job *j)
{
	struct buf b = {0};
	struct str need = STR("");
	if (is_feed(j)) {
		end_feed(j);
		need = feed_reader_needs(j->reader);
	} else if (j->cluster) {
		end_cluster(j);
	} else if (j->list) {
		end_list(j, &need);
	} else if (end_page(j, &need)) {
		need = STR("");
	}
	if (need.n) {
		pack_str(&b, need);
		send_buf(j, PARSE_NEED, &b);
	} else {
		struct parse_done done = {j->failure.kind, str_z(j->failure.text)};
		parse_pack_done(&b, &done);
		send_buf(j, PARSE_DONE, &b);
	}
	j->json.sink = NULL; /* what is left of a failed object is not sent */
	json_clear(&j->json);
	feed_reader_free(j->reader);
	j->reader = NULL;
	cluster_stream_free(j->cluster);
	j->cluster = NULL;
	list_reader_free(j->list);
	j->list = NULL;
	buf_clear(&j->input);
	if (j->gone.kind == ERR_NONE && !channel_flush(j->channel, &j->gone))
		j->channel->closed = true;
}

static bool
on_frame(struct job *j, const struct frame *f, bool *busy)
{
	if (f->fd >= 0) {
		close(f->fd);
		return false;
	}
	if (f->type == PARSE_JOB && !*busy)
		return *busy = begin(j, f->body);
	if (f->type == PARSE_DATA && *busy) {
		take(j, f->body);
		return true;
	}
	if (f->type == PARSE_END && *busy) {
		finish(j);
		*busy = false;
		return true;
	}
	return false;
}

bool
parse_serve(struct channel *c, struct charset_set *charsets, const struct site_rules *sites,
    struct err *e)
{
	struct job j = {.channel = c, .charsets = charsets, .sites = sites, .arena = arena_new(),
	    .story_arena = arena_new()};
	struct frame f;
	bool busy = false, honest = true;
	while (honest && j.gone.kind == ERR_NONE && channel_wait(c, &f, e))
		honest = on_frame(&j, &f, &busy);
	/* the peer has closed: the end of every parse process */
	bool ended = honest && c->closed;
	if (!honest)
		err_set(e, ERR_INTERNAL, "a message out of turn");
	feed_reader_free(j.reader);
	cluster_stream_free(j.cluster);
	list_reader_free(j.list);
	buf_clear(&j.input);
	j.json.sink = NULL;
	json_clear(&j.json);
	arena_free(j.arena);
	arena_free(j.story_arena);
	return ended;
}
