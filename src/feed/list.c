/*
 * bytes --> decoder (text/charset.h) --> UTF-8 --> opml.h ----------> list_sink.h --> entries
 *                                          '-- line by line --> list_line.h --'
 *
 * The first HEAD_BYTES decide what it is, so nothing is told before they are there.  Nothing is
 * kept but one line, or what xml.h keeps.
 */
#include "feed/list.h"

#include <stdlib.h>
#include <string.h>

#include "feed/list_line.h"
#include "feed/opml.h"

enum {
	HEAD_BYTES = 64 * 1024,
	/* Where the root of OPML may begin: after warnings of a server, a DOCTYPE. */
	ROOT_BYTES = 4096,
};

enum phase { PHASE_HEAD, PHASE_OPML, PHASE_LINES, PHASE_FAILED };

struct list_reader {
	enum phase phase;
	struct charset_set *charsets;
	struct buf head; /* bytes, until the charset is chosen */
	struct decoder *decoder;
	struct buf text; /* decoded and not read yet: of lines the one that is cut */
	size_t n_looked; /* of the text, where no line ends */
	struct list_sink sink;
	struct opml_reader *opml;
	struct list_lines lines;
	bool overlong; /* the line in progress is longer than any may be */
	struct err failure;
};

static bool
fail(struct list_reader *r, struct err *e)
{
	r->phase = PHASE_FAILED;
	*e = r->failure;
	return false;
}

/* --- lines --- */

static void
end_line(struct list_reader *r, struct str line)
{
	if (!r->overlong) {
		list_line(&r->lines, line);
		return;
	}
	r->overlong = false;
	r->lines.number++;
	list_sink_left_out(&r->sink, r->lines.number, STR(""), "the line is too long");
}

static void
read_lines(struct list_reader *r, bool final)
{
	struct str rest = buf_str(&r->text), line;
	bool any = str_find_char(str_from(rest, r->n_looked), '\n') != STR_NONE;
	while (any && str_find_char(rest, '\n') != STR_NONE) {
		str_cut(rest, '\n', &line, &rest);
		end_line(r, line);
	}
	if (final && (rest.n || r->overlong))
		end_line(r, rest);
	buf_drop_front(&r->text, r->text.n - rest.n);
	if (final || r->text.n > LIST_MAX_LINE_BYTES) {
		r->overlong = !final;
		r->text.n = 0;
	}
	r->n_looked = r->text.n;
}

/* --- the beginning --- */

static bool
looks_like_xml(struct str text)
{
	if (str_starts(text, STR("\xEF\xBB\xBF")))
		text = str_from(text, 3);
	text = str_trim(str_sub(text, 0, ROOT_BYTES));
	return (text.n && text.p[0] == '<') || str_find_nocase(text, STR("<opml")) != STR_NONE ||
	       str_find_nocase(text, STR("<?xml")) != STR_NONE;
}

static bool
take_text(struct list_reader *r, bool final, struct err *e)
{
	if (r->phase == PHASE_LINES) {
		read_lines(r, final);
		return true;
	}
	bool ok = opml_reader_push(r->opml, bytes_of_str(buf_str(&r->text)), &r->failure);
	r->text.n = 0;
	return ok || fail(r, e);
}

static bool
begin(struct list_reader *r, bool cut, struct err *e)
{
	struct bytes head = bytes_of_str(buf_str(&r->head));
	struct charset_choice choice = charset_for_feed(
	    bytes_of(head.p, head.n < CHARSET_HEAD_BYTES ? head.n : CHARSET_HEAD_BYTES), STR(""),
	    STR(""));
	if (choice.charset != CHARSET_UTF_8 || charset_guess(head) != CHARSET_UTF_8)
		charset_settle(&choice, head, cut, r->charsets);
	r->decoder = decoder_new(choice.charset, DECODER_MEND, r->charsets);
	if (list_reader_needs(r).n)
		return true;
	size_t bom = choice.bom < head.n ? choice.bom : head.n;
	decoder_push(r->decoder, bytes_of(head.p + bom, head.n - bom), &r->text);
	buf_clear(&r->head);
	r->phase = looks_like_xml(buf_str(&r->text)) ? PHASE_OPML : PHASE_LINES;
	if (r->phase == PHASE_OPML) {
		r->opml = opml_reader_new(&r->sink);
		return true;
	}
	r->lines.format = list_recognise(buf_str(&r->text));
	if (r->lines.format != LIST_NO_FORMAT)
		return true;
	err_set(&r->failure, ERR_INPUT, r->text.n ? "not a list of feeds that kawat knows"
						  : "not a list of feeds: it is empty");
	return fail(r, e);
}

/* --- public --- */

struct list_reader *
list_reader_new(struct charset_set *charsets, list_handler *handler, void *ctx)
{
	struct list_reader *r = heap_alloc(sizeof(*r));
	r->charsets = charsets;
	r->sink = (struct list_sink){.arena = arena_new(), .handler = handler, .ctx = ctx};
	r->lines.sink = &r->sink;
	return r;
}

void
list_reader_free(struct list_reader *r)
{
	if (!r)
		return;
	opml_reader_free(r->opml);
	decoder_free(r->decoder);
	buf_clear(&r->head);
	buf_clear(&r->text);
	buf_clear(&r->lines.section);
	arena_free(r->sink.arena);
	free(r);
}

bool
list_reader_push(struct list_reader *r, struct bytes bytes, struct err *e)
{
	enum { PIECE_BYTES = 64 * 1024 };
	if (r->phase == PHASE_FAILED)
		return fail(r, e);
	if (list_reader_needs(r).n)
		return true;
	if (r->phase == PHASE_HEAD) {
		size_t n = r->head.n < HEAD_BYTES ? HEAD_BYTES - r->head.n : 0;
		n = n < bytes.n ? n : bytes.n;
		buf_add_bytes(&r->head, bytes_of(bytes.p, n));
		bytes = bytes_of(bytes.p + n, bytes.n - n);
		if (r->head.n < HEAD_BYTES)
			return true;
		if (!begin(r, true, e))
			return false;
		if (list_reader_needs(r).n)
			return true;
		if (!take_text(r, false, e))
			return false;
	}
	while (bytes.n && !r->sink.full) {
		size_t n = bytes.n < PIECE_BYTES ? bytes.n : PIECE_BYTES;
		decoder_push(r->decoder, bytes_of(bytes.p, n), &r->text);
		if (!take_text(r, false, e))
			return false;
		bytes = bytes_of(bytes.p + n, bytes.n - n);
	}
	return true;
}

bool
list_reader_end(struct list_reader *r, struct err *e)
{
	if (r->phase == PHASE_HEAD && !r->decoder && !begin(r, false, e))
		return false;
	if (list_reader_needs(r).n)
		return true;
	if (r->phase == PHASE_FAILED)
		return fail(r, e);
	decoder_end(r->decoder, &r->text);
	if (!take_text(r, true, e))
		return false;
	if (r->opml && !opml_reader_end(r->opml, &r->failure))
		return fail(r, e);
	if (r->sink.n_seen)
		return true;
	err_set(&r->failure, ERR_INPUT, "not a list of feeds: there is no feed in it");
	return fail(r, e);
}

struct str
list_reader_needs(const struct list_reader *r)
{
	if (!r->decoder || decoder_needs(r->decoder) == CHARSET_UNKNOWN)
		return STR("");
	return charset_name(decoder_needs(r->decoder));
}
