/*
 * The strict reading, by expat.  It is given one piece after the other and keeps, in
 * `in`, what no event has confirmed yet: the beginning of a token that is cut, or, at the
 * first fault, what mend.c goes on with.  `confirmed` is where the last event ended;
 * every handler moves it.
 *
 * A piece ends at each <![CDATA[ if there is one.  When expat says that a section has
 * begun, what is in it is text by definition, to the next ]]>, and goes to the handler
 * past expat: that was a third of the time of a feed whose stories stand in CDATA.
 */
#include "feed/xml.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "feed/mend.h"

enum {
	/*
	 * Expat before 2.6 looks at an unfinished token again from its beginning each
	 * time it is given more; it gets at least this much, and at least as much as is
	 * waiting, so the work stays linear.
	 */
	MIN_PIECE_BYTES = 4096,
	MAX_PIECE_BYTES = 256 * 1024,
	NAME_BITS = 1 << 16,
};

struct xml {
	struct xml_state state;
	XML_Parser expat; /* NULL: mend has taken over, or all is said */
	struct mend *mend;
	struct buf in; /* from `confirmed` on; what expat takes whole never gets here */
	size_t fed;    /* bytes of `in` that expat has */
	int64_t confirmed; /* where in the document `in` begins */
	int64_t passed;    /* bytes that expat has not seen */
	int64_t passed_lines;
	bool in_cdata;
	bool left;   /* a handler has told expat to stop */
	bool faulty; /* expat has refused the document */
	int64_t fault_line;
	struct xml_attribute attributes[FEED_MAX_ATTRIBUTES];
	/* Which names have been seen, by hash, to know how many expat has to keep. */
	uint8_t name_seen[NAME_BITS / 8];
	size_t n_names, names_bytes;
};

/* --- handlers --- */

static void
confirm(struct xml *x)
{
	x->confirmed = XML_GetCurrentByteIndex(x->expat) +
		       XML_GetCurrentByteCount(x->expat) + x->passed;
}

/* A handler or two are called all the same: the end of an empty element. */
static void
leave_expat(struct xml *x)
{
	x->left = true;
	XML_StopParser(x->expat, XML_FALSE);
}

static bool
note_name(struct xml *x, struct str name)
{
	uint64_t bit = str_hash(name) % NAME_BITS;
	if (x->name_seen[bit / 8] & 1u << bit % 8)
		return true;
	x->name_seen[bit / 8] |= (uint8_t)(1u << bit % 8);
	x->n_names++;
	x->names_bytes += name.n;
	return x->n_names <= FEED_MAX_NAMES && x->names_bytes <= FEED_MAX_NAMES_BYTES;
}

/* The attributes as strings.  False: the document has too many names for expat. */
static bool
take_attributes(struct xml *x, const XML_Char **from, size_t *n)
{
	bool room = true;
	for (*n = 0; from[0] && *n < FEED_MAX_ATTRIBUTES; from += 2, ++*n) {
		x->attributes[*n] =
		    (struct xml_attribute){str_z(from[0]), str_z(from[1])};
		room &= note_name(x, x->attributes[*n].name);
	}
	for (; from[0]; from += 2)
		room &= note_name(x, str_z(from[0]));
	return room;
}

static void XMLCALL
on_start(void *ctx, const XML_Char *z, const XML_Char **attributes)
{
	struct xml *x = ctx;
	struct str name = str_z(z);
	size_t n;
	if (x->left || x->state.stopped)
		return;
	if (!take_attributes(x, attributes, &n) || !note_name(x, name) ||
	    x->state.n_open == FEED_MAX_DEPTH ||
	    x->state.events->closes(x->state.events->ctx, name, false) ||
	    !xml_state_start(&x->state, name, x->attributes, n, 0)) {
		leave_expat(x);
		return;
	}
	confirm(x);
}

static void XMLCALL
on_end(void *ctx, const XML_Char *name)
{
	struct xml *x = ctx;
	(void)name;
	if (x->left || x->state.stopped || x->state.n_open == 0)
		return;
	confirm(x);
	xml_state_end(&x->state);
}

static void XMLCALL
on_text(void *ctx, const XML_Char *text, int n)
{
	struct xml *x = ctx;
	if (x->left || x->state.stopped)
		return;
	confirm(x);
	x->state.events->text(x->state.events->ctx, str_of(text, (size_t)n));
}

static void XMLCALL
on_comment(void *ctx, const XML_Char *text)
{
	(void)text;
	confirm(ctx);
}

static void XMLCALL
on_instruction(void *ctx, const XML_Char *target, const XML_Char *text)
{
	(void)target;
	(void)text;
	confirm(ctx);
}

static void XMLCALL
on_cdata(void *ctx)
{
	struct xml *x = ctx;
	confirm(x);
	x->in_cdata = true;
}

static void XMLCALL
on_cdata_end(void *ctx)
{
	struct xml *x = ctx;
	confirm(x);
	x->in_cdata = false;
}

static void XMLCALL
on_doctype(void *ctx, const XML_Char *name, const XML_Char *system,
    const XML_Char *public, int has_subset)
{
	(void)name;
	(void)system;
	(void)public;
	(void)has_subset;
	leave_expat(ctx);
}

static void
set_handlers(struct xml *x)
{
	XML_SetUserData(x->expat, x);
	XML_SetElementHandler(x->expat, on_start, on_end);
	XML_SetCharacterDataHandler(x->expat, on_text);
	XML_SetCommentHandler(x->expat, on_comment);
	XML_SetProcessingInstructionHandler(x->expat, on_instruction);
	XML_SetCdataSectionHandler(x->expat, on_cdata, on_cdata_end);
	XML_SetStartDoctypeDeclHandler(x->expat, on_doctype);
	XML_SetParamEntityParsing(x->expat, XML_PARAM_ENTITY_PARSING_NEVER);
}

/* --- driving expat --- */

/* The line of what expat is at. */
static int64_t
line_of_event(const struct xml *x)
{
	return (int64_t)XML_GetCurrentLineNumber(x->expat) + x->passed_lines;
}

/* What mend does not see because it minds neither. */
static void
note_error(struct xml *x, enum XML_Error error)
{
	int64_t line = line_of_event(x);
	if (error == XML_ERROR_DUPLICATE_ATTRIBUTE)
		repairs_note(&x->state.repairs, REPAIR_ATTRIBUTES, line, STR(""));
	else if (error == XML_ERROR_MISPLACED_XML_PI)
		repairs_note(&x->state.repairs, REPAIR_JUNK_BEFORE, line, STR(""));
}

/*
 * The line that `in` begins in.  Expat tells that of the event it is at, which may be
 * further on, and has not seen what passed it by.
 */
static int64_t
line_of_in(const struct xml *x)
{
	int64_t line = line_of_event(x);
	int64_t ahead = XML_GetCurrentByteIndex(x->expat) + x->passed - x->confirmed;
	return ahead > 0 ? line - repairs_lines(str_sub(buf_str(&x->in), 0, (size_t)ahead))
			 : line;
}

static void
drop_expat(struct xml *x)
{
	if (x->expat)
		XML_ParserFree(x->expat);
	x->expat = NULL;
}

static void
hand_over(struct xml *x)
{
	int64_t line = line_of_in(x);
	x->fault_line = line_of_event(x);
	drop_expat(x);
	if (x->state.stopped)
		return;
	if (xml_state_done(&x->state)) {
		repairs_note(&x->state.repairs, REPAIR_JUNK_AFTER, x->fault_line, STR(""));
		return;
	}
	x->mend = mend_new(&x->state, x->in_cdata, line);
	mend_push(x->mend, bytes_of_str(buf_str(&x->in)));
	buf_clear(&x->in);
}

/* Keep what expat has and has not confirmed: the end of `in` followed by `bytes`. */
static void
keep_unconfirmed(struct xml *x, struct bytes bytes, int64_t begin)
{
	size_t done = (size_t)(x->confirmed - begin);
	size_t from_in = done < x->in.n ? done : x->in.n;
	buf_drop_front(&x->in, from_in);
	buf_add_bytes(
	    &x->in, bytes_of(bytes.p + (done - from_in), bytes.n - (done - from_in)));
	x->fed = x->in.n;
}

/* Give expat what waits in `in`, and then the bytes. */
static void
feed_expat(struct xml *x, struct bytes bytes, bool final)
{
	int64_t begin = x->confirmed;
	enum XML_Status status = XML_STATUS_OK;
	if (x->in.n > x->fed)
		status =
		    XML_Parse(x->expat, x->in.p + x->fed, (int)(x->in.n - x->fed), false);
	if (status == XML_STATUS_OK)
		status = XML_Parse(x->expat, (const char *)bytes.p, (int)bytes.n, final);
	enum XML_Error error = XML_GetErrorCode(x->expat);
	keep_unconfirmed(x, bytes, begin);
	if (status != XML_STATUS_OK) {
		if (error != XML_ERROR_ABORTED) {
			x->faulty = true;
			note_error(x, error);
		}
		hand_over(x);
	} else if (x->fed > FEED_MAX_TAG_BYTES) {
		hand_over(
		    x); /* one token without end: mend passes over it piece by piece */
	}
}

/* --- CDATA --- */

static const struct str cdata_opener = STR_INIT("<![CDATA[");

/* To behind the first <![CDATA[, or 0 when there is none. */
static size_t
find_cdata(struct bytes s)
{
	const unsigned char *p = s.p, *end = s.p + s.n;
	while ((p = memchr(p, '<', (size_t)(end - p)))) {
		if ((size_t)(end - p) < cdata_opener.n)
			return 0;
		if (memcmp(p, cdata_opener.p, cdata_opener.n) == 0)
			return (size_t)(p - s.p) + cdata_opener.n;
		p++;
	}
	return 0;
}

/* Where the next ]]> begins; s.n when there is none. */
static size_t
find_cdata_end(struct bytes s)
{
	const unsigned char *p = s.p, *end = s.p + s.n;
	while ((p = memchr(p, ']', (size_t)(end - p)))) {
		if (end - p < 3)
			return s.n;
		if (p[1] == ']' && p[2] == '>')
			return (size_t)(p - s.p);
		p++;
	}
	return s.n;
}

/* XML 1.0, 2.2: no C0 control but tab and the line ends, and not U+FFFE and U+FFFF. */
static bool
is_allowed(struct bytes s, size_t i)
{
	if (s.p[i] < 0x20)
		return s.p[i] == '\n' || s.p[i] == '\t' || s.p[i] == '\r';
	return !(
	    s.p[i] == 0xEF && s.n - i >= 3 && s.p[i + 1] == 0xBF && s.p[i + 2] >= 0xBE);
}

static bool
ends_line(struct bytes s, size_t i)
{
	return s.p[i] == '\n' ||
	       (s.p[i] == '\r' && (i + 1 == s.n || s.p[i + 1] != '\n'));
}

/* The length of the beginning without characters that XML does not allow, and its lines:
 * both in one look, since this is most of the bytes of a feed. */
static size_t
allowed_length(struct bytes s, int64_t *lines)
{
	size_t i = 0;
	*lines = 0;
	while (i < s.n) {
		for (uint64_t x; s.n - i >= sizeof(x); i += sizeof(x)) {
			memcpy(&x, s.p + i, sizeof(x));
			if (eight_equal(x, 0xEF))
				break;
			if (!eight_below(x, 0x20))
				continue;
			uint64_t feeds = eight_exactly(x, '\n');
			if (eight_below(x | feeds | eight_exactly(x, '\t'), 0x20))
				break;
			*lines += eight_count(feeds);
		}
		for (size_t end = i + 8; i < end && i < s.n; i++) {
			if (!is_allowed(s, i))
				return i;
			*lines += ends_line(s, i);
		}
	}
	return s.n;
}

static void
pass_by(struct xml *x, size_t n, int64_t lines)
{
	x->confirmed += (int64_t)n;
	x->passed += (int64_t)n;
	x->passed_lines += lines;
}

/* Expat is in a section and has nothing that waits: give its text.  Returns what is left.
 */
static struct bytes
read_cdata(struct xml *x, struct bytes s)
{
	size_t end = find_cdata_end(s), n = end;
	while (end == s.n && n > 0 && s.n - n < 2 && s.p[n - 1] == ']')
		n--; /* it may be the beginning of ]]>: that is for expat */
	int64_t lines;
	size_t allowed = allowed_length(bytes_of(s.p, n), &lines);
	if (allowed)
		x->state.events->text(
		    x->state.events->ctx, str_of((const char *)s.p, allowed));
	pass_by(x, allowed, lines);
	if (allowed < n) {
		x->faulty = true;
		buf_add_bytes(&x->in, bytes_of(s.p + allowed, s.n - allowed));
		hand_over(x);
		return bytes_of(s.p, 0);
	}
	size_t rest = end < s.n ? 3 : s.n - n;
	if (rest && !x->state.stopped)
		feed_expat(x, bytes_of(s.p + n, rest), false);
	return bytes_of(s.p + n + rest, s.n - n - rest);
}

/* The next piece for expat.  Returns what is left. */
static struct bytes
read_piece(struct xml *x, struct bytes s)
{
	size_t most = s.n < MAX_PIECE_BYTES ? s.n : MAX_PIECE_BYTES;
	size_t cdata = x->fed ? 0 : find_cdata(bytes_of(s.p, most));
	size_t n = cdata ? cdata : most;
	size_t least = x->fed > MIN_PIECE_BYTES ? x->fed : MIN_PIECE_BYTES;
	if (!cdata && x->in.n - x->fed + n < least)
		buf_add_bytes(&x->in, bytes_of(s.p, n));
	else
		feed_expat(x, bytes_of(s.p, n), false);
	return bytes_of(s.p + n, s.n - n);
}

/* --- public --- */

struct xml *
xml_new(const struct xml_events *events)
{
	struct xml *x = heap_alloc(sizeof(*x));
	x->state.events = events;
	x->expat = XML_ParserCreate("UTF-8"); /* whatever the declaration says */
	if (!x->expat)
		abort();
	set_handlers(x);
	return x;
}

void
xml_free(struct xml *x)
{
	if (!x)
		return;
	drop_expat(x);
	mend_free(x->mend);
	buf_clear(&x->in);
	buf_clear(&x->state.names);
	free(x);
}

void
xml_push(struct xml *x, struct bytes bytes)
{
	if (x->state.stopped || bytes.n == 0)
		return;
	while (bytes.n && x->expat && !x->state.stopped)
		bytes = x->in_cdata && x->in.n == 0 ? read_cdata(x, bytes)
						    : read_piece(x, bytes);
	if (x->mend)
		mend_push(x->mend, bytes);
}

void
xml_end(struct xml *x)
{
	if (x->expat && !x->state.stopped)
		feed_expat(x, bytes_of("", 0), true);
	if (x->mend && !x->state.stopped)
		mend_end(x->mend);
	drop_expat(x);
	if (x->faulty && x->state.repairs.count == 0)
		repairs_note(&x->state.repairs, REPAIR_OTHER, x->fault_line, STR(""));
}

void
xml_stop(struct xml *x)
{
	x->state.stopped = true;
	if (x->expat)
		XML_StopParser(x->expat, XML_FALSE);
}

void
xml_no_root(struct xml *x)
{
	int64_t line = x->mend ? x->state.now : line_of_event(x);
	x->state.no_root = true;
	repairs_note(&x->state.repairs, REPAIR_JUNK_BEFORE, line, STR(""));
}

const struct repairs *
xml_repairs(const struct xml *x)
{
	return &x->state.repairs;
}

int64_t
xml_line(const struct xml *x)
{
	if (x->mend)
		return mend_line(x->mend);
	return x->expat ? line_of_in(x) + repairs_lines(buf_str(&x->in)) : 0;
}
