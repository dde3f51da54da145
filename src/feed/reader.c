/*
 * bytes --> decoder (text/charset.h) --> UTF-8 --> xml.h --> build.h --> items
 *                                          '-- begins with '{' --> all kept -->
 * jsonfeed.h --> items
 *
 * Nothing happens before the first CHARSET_HEAD_BYTES are there (or all of it): they
 * decide how the bytes are read.  A charset other than UTF-8 waits for more, since one
 * that does not fit is not used; in UTF-8 each byte that does not fit is read as
 * windows-1252.
 */
#include "feed/reader.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "feed/build.h"
#include "feed/jsonfeed.h"
#include "feed/limits.h"
#include "text/binary.h"
#include "text/charset.h"
#include "text/url.h"

enum {
	/* How much of a document must fit its charset for that to be believed. */
	FIT_BYTES = 64 * 1024,
	/* Decoded at once: what is in the caches is still there when expat reads it. */
	PIECE_BYTES = 64 * 1024,
};

#define UTF8_MARK "\xEF\xBB\xBF"

enum phase { PHASE_HEAD, PHASE_XML, PHASE_JSON, PHASE_FAILED };

struct feed_reader {
	enum phase phase;
	struct arena
	    *arena; /* the source, and what the head needs beside the builder's */
	struct feed_source source;
	struct feed_limits limits;
	struct buf head; /* bytes, until the charset is chosen */
	struct charset_choice choice;
	bool is_binary; /* said when it is no feed; what it is called instead would be rubbish */
	struct decoder *decoder;
	struct buf text; /* decoded: one piece, or all of a JSON feed */
	bool any_text;
	size_t n_come;   /* bytes so far, up to the limit */
	struct xml_events events;
	struct xml *xml;
	struct builder builder;
	struct repairs repairs; /* but those of the XML */
	feed_item_handler *handler;
	void *ctx;
	struct err failure;
};

static bool
fail(struct feed_reader *r, struct err *e)
{
	r->phase = PHASE_FAILED;
	if (e)
		*e = r->failure;
	return false;
}

static bool
fail_as_no_feed(struct feed_reader *r, struct err *e)
{
	if (r->is_binary)
		err_set(&r->failure, ERR_INPUT,
		    "not a feed: no root element in it, its bytes are no text");
	return fail(r, e);
}

/* --- the charset --- */

/*
 * Does the beginning hold more bytes that are no UTF-8 than characters that are?  Then it
 * is another charset, in which some bytes look like UTF-8 by chance.
 */
static bool
is_not_utf8_at_all(struct bytes s)
{
	size_t good = 0, bad = 0;
	while (s.n) {
		size_t valid = utf8_valid(s);
		for (size_t i = 0; i < valid; i++)
			good += s.p[i] >= 0xC0;
		if (s.n - valid < 4) /* it may only be cut */
			break;
		bad++;
		s = bytes_of(s.p + valid + 1, s.n - valid - 1);
	}
	return bad > good;
}

static struct bytes
beginning(const struct feed_reader *r, size_t most)
{
	return bytes_of(r->head.p, r->head.n < most ? r->head.n : most);
}

/* The same bytes are judged however they were cut on the way. */
static struct charset_choice
first_choice(const struct feed_reader *r)
{
	return charset_for_feed(
	    beginning(r, CHARSET_HEAD_BYTES), r->source.content_type, r->source.charset);
}

static void
choose_charset(struct feed_reader *r, bool cut)
{
	r->choice = first_choice(r);
	bool utf8 = r->choice.charset == CHARSET_UTF_8;
	struct bytes head = beginning(r, utf8 ? CHARSET_HEAD_BYTES : FIT_BYTES);
	if (!utf8 || is_not_utf8_at_all(head))
		charset_settle(
		    &r->choice, head, cut || head.n < r->head.n, r->source.charsets);
}

static bool
knows_enough(const struct feed_reader *r)
{
	return r->head.n >= FIT_BYTES || (r->head.n >= CHARSET_HEAD_BYTES &&
					     first_choice(r).charset == CHARSET_UTF_8);
}

/* --- what kind of document --- */

static bool
begins_like_json(struct str s)
{
	if (str_starts(s, STR(UTF8_MARK)))
		s = str_from(s, 3);
	s = str_trim(s);
	return s.n && s.p[0] == '{';
}

static bool
give_text(struct feed_reader *r, struct err *e)
{
	r->any_text |= r->text.n > 0;
	if (r->phase == PHASE_JSON) {
		if (r->text.n <= FEED_MAX_JSON_BYTES)
			return true;
		err_set(&r->failure, ERR_INPUT, "a JSON feed larger than %d bytes",
		    FEED_MAX_JSON_BYTES);
		return fail(r, e);
	}
	xml_push(r->xml, bytes_of_str(buf_str(&r->text)));
	r->text.n = 0;
	if (!r->builder.why.kind)
		return true;
	r->failure = r->builder.why;
	return fail_as_no_feed(r, e);
}

/* The line of the first byte that is no UTF-8; of another encoding it is not known. */
static int64_t
line_of_bad(const struct feed_reader *r, struct bytes rest)
{
	if (r->choice.charset != CHARSET_UTF_8 || r->phase == PHASE_JSON)
		return 0;
	struct str before = str_of((const char *)rest.p, utf8_valid(rest));
	return xml_line(r->xml) + repairs_lines(before);
}

/*
 * What ends a character that the piece before began, and the byte after it, go first: when they show
 * a fault, no line of this piece is before it.
 */
static void
decode_piece(struct feed_reader *r, struct bytes piece)
{
	size_t cut = 0;
	while (cut < piece.n && cut < 3 && (piece.p[cut] & 0xC0) == 0x80)
		cut++;
	size_t seam = cut < piece.n ? cut + 1 : cut;
	decoder_push(r->decoder, bytes_of(piece.p, seam), &r->text);
	struct bytes rest = bytes_of(piece.p + cut, decoder_bad(r->decoder) ? 0 : piece.n - cut);
	decoder_push(r->decoder, bytes_of(piece.p + seam, piece.n - seam), &r->text);
	if (decoder_bad(r->decoder) && !(r->repairs.kinds & REPAIR_BYTES))
		repairs_note(&r->repairs, REPAIR_BYTES, line_of_bad(r, rest),
		    charset_name(r->choice.charset));
}

static bool
decode(struct feed_reader *r, struct bytes bytes, struct err *e)
{
	while (bytes.n) {
		size_t n = bytes.n < PIECE_BYTES ? bytes.n : PIECE_BYTES;
		decode_piece(r, bytes_of(bytes.p, n));
		if (!give_text(r, e))
			return false;
		bytes = bytes_of(bytes.p + n, bytes.n - n);
	}
	return true;
}

/* The head is whole: choose, and read it. */
static bool
begin(struct feed_reader *r, bool cut, struct err *e)
{
	choose_charset(r, cut);
	r->decoder = decoder_new(r->choice.charset, DECODER_MEND, r->source.charsets);
	r->builder.head.encoding = charset_name(r->choice.charset);
	r->is_binary = !charset_is_wide(r->choice.charset) &&
		       binary_is(beginning(r, CHARSET_HEAD_BYTES));
	if (r->choice.lied)
		repairs_note(&r->repairs, REPAIR_LABEL, 1, charset_name(r->choice.charset));
	struct bytes head = bytes_of_str(buf_str(&r->head));
	size_t bom = r->choice.bom < head.n ? r->choice.bom : head.n;
	size_t n = head.n < CHARSET_HEAD_BYTES ? head.n : CHARSET_HEAD_BYTES;
	decode_piece(r, bytes_of(head.p + bom, n - bom));
	if (bom && str_starts(buf_str(&r->text), STR(UTF8_MARK)))
		repairs_note(&r->repairs, REPAIR_JUNK_BEFORE, 1, STR(""));
	r->phase = begins_like_json(buf_str(&r->text)) ? PHASE_JSON : PHASE_XML;
	bool ok = give_text(r, e) && decode(r, bytes_of(head.p + n, head.n - n), e);
	buf_clear(&r->head);
	return ok;
}

/* --- the end --- */

static void
finish_head(struct feed_reader *r)
{
	struct feed_head *h = &r->builder.head;
	builder_finish(&r->builder);
	h->wellformed = r->repairs.count == 0;
	repairs_list(r->arena, &r->repairs, h);
}

/* Those of the XML come in front of none or few: of the bytes and the label. */
static void
add_repairs(struct feed_reader *r, const struct repairs *from)
{
	for (size_t i = 0; i < from->n; i++)
		repairs_note(&r->repairs, from->v[i].kind, from->v[i].line,
		    str_of(from->v[i].about, from->v[i].n_about));
	r->repairs.count += from->count - (int64_t)from->n;
}

static bool
end_json(struct feed_reader *r, struct err *e)
{
	struct jsonfeed_job job = {
	    .url = url_without_userinfo(
		r->arena, url_resolve(r->arena, STR(""), r->source.url)),
	    .max_items = r->limits.max_items,
	    .handler = r->handler,
	    .ctx = r->ctx,
	    .arena = r->arena,
	    .head = &r->builder.head,
	    .repairs = &r->repairs,
	};
	if (str_starts(buf_str(&r->text), STR(UTF8_MARK)))
		buf_drop_front(&r->text, 3);
	if (!jsonfeed_read(&job, &r->text, &r->failure))
		return fail(r, e);
	finish_head(r);
	return true;
}

static bool
end_xml(struct feed_reader *r, struct err *e)
{
	xml_end(r->xml);
	if (r->builder.why.kind) {
		r->failure = r->builder.why;
		return fail_as_no_feed(r, e);
	}
	if (r->builder.head.format == FEED_UNKNOWN || r->builder.is_bare_rdf) {
		err_set(&r->failure, ERR_INPUT,
		    r->any_text ? "not a feed: no root element of RSS, RDF or Atom in it"
			      : "not a feed: it is empty");
		return fail_as_no_feed(r, e);
	}
	add_repairs(r, xml_repairs(r->xml));
	finish_head(r);
	return true;
}

/* --- public --- */

struct feed_reader *
feed_reader_new(const struct feed_source *source, const struct feed_limits *limits,
    feed_item_handler *handler, void *ctx)
{
	struct feed_reader *r = heap_alloc(sizeof(*r));
	r->arena = arena_new();
	r->source = (struct feed_source){arena_str(r->arena, source->url),
	    arena_str(r->arena, source->content_type),
	    arena_str(r->arena, source->charset), source->charsets};
	r->limits = *limits;
	r->handler = handler;
	r->ctx = ctx;
	builder_init(&r->builder, &r->source, limits->max_items, handler, ctx);
	r->events = builder_events(&r->builder);
	r->xml = xml_new(&r->events);
	r->builder.xml = r->xml;
	return r;
}

void
feed_reader_free(struct feed_reader *r)
{
	if (!r)
		return;
	xml_free(r->xml);
	builder_clear(&r->builder);
	decoder_free(r->decoder);
	buf_clear(&r->head);
	buf_clear(&r->text);
	arena_free(r->arena);
	free(r);
}

/* What is beyond the limit is left out, and told once. */
static struct bytes
up_to_limit(struct feed_reader *r, struct bytes bytes)
{
	size_t room = r->limits.max_bytes - r->n_come;
	if (!r->limits.max_bytes || bytes.n <= room) {
		r->n_come += bytes.n;
		return bytes;
	}
	r->n_come += room;
	if (!(r->repairs.kinds & REPAIR_SIZE)) {
		char about[REPAIRS_ABOUT_BYTES];
		snprintf(about, sizeof(about), "%zu bytes", r->limits.max_bytes);
		repairs_note(&r->repairs, REPAIR_SIZE, 0, str_z(about));
	}
	return bytes_of(bytes.p, room);
}

bool
feed_reader_push(struct feed_reader *r, struct bytes bytes, struct err *e)
{
	bytes = up_to_limit(r, bytes);
	switch (r->phase) {
	case PHASE_FAILED:
		return fail(r, e);
	case PHASE_HEAD:
		break;
	case PHASE_XML:
	case PHASE_JSON:
		return decode(r, bytes, e);
	}
	size_t n = r->head.n < FIT_BYTES ? FIT_BYTES - r->head.n : 0;
	if (n > bytes.n)
		n = bytes.n;
	buf_add_bytes(&r->head, bytes_of(bytes.p, n));
	if (!knows_enough(r))
		return true;
	return begin(r, true, e) && decode(r, bytes_of(bytes.p + n, bytes.n - n), e);
}

bool
feed_reader_end(struct feed_reader *r, struct err *e)
{
	if (r->phase == PHASE_HEAD && !begin(r, false, e))
		return false;
	if (r->phase == PHASE_FAILED)
		return fail(r, e);
	decoder_end(r->decoder, &r->text);
	if (decoder_bad(r->decoder) && !(r->repairs.kinds & REPAIR_BYTES))
		repairs_note(&r->repairs, REPAIR_BYTES, 0, charset_name(r->choice.charset));
	if (r->phase == PHASE_JSON)
		return end_json(r, e);
	return give_text(r, e) && end_xml(r, e);
}

const struct feed_head *
feed_reader_head(const struct feed_reader *r)
{
	return &r->builder.head;
}

struct str
feed_reader_needs(const struct feed_reader *r)
{
	if (!r->decoder || decoder_needs(r->decoder) == CHARSET_UNKNOWN)
		return STR("");
	return charset_name(decoder_needs(r->decoder));
}
