/*
 * How it works.  `in` holds what is not read yet.  In each state one step takes a piece
 * of it, or says that it needs more; then nothing is tried again before there is twice as
 * much, so that looking at a long tag again and again stays linear.
 *
 *   TEXT ---- <!-- ----> COMMENT ------- --> ----.
 *     |------ <? ------> (whole, bounded)        |
 *     |------ <![CDATA[ > CDATA -------- ]]> ----|--> TEXT
 *     |------ <!DOCTYPE > (whole, bounded)       |
 *     |------ <!other --> DECLARATION -- > ------'
 *     '------ <a ...>  </a>  &ref;  (whole, bounded)
 *
 * A '<' that begins none of these is text, and so is one whose tag meets another '<'
 * before its
 * '>': "2 < 3", "a <b and c <br>".
 */
#include "feed/mend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "feed/doctype.h"
#include "feed/entities.h"
#include "feed/names.h"
#include "feed/slip.h"
#include "feed/tag.h"

enum { MAX_MEANT = 4 };

enum state { TEXT, CDATA, COMMENT, DECLARATION };

/* What a step came to. */
enum outcome { DONE, NEED_MORE };

struct mend {
	struct xml_state *doc;
	enum state state;
	struct buf in;
	size_t at;      /* bytes of `in` that are read */
	size_t retry_n; /* nothing is tried before this many bytes wait */
	bool final;     /* nothing more will come */
	bool after_cr;  /* the last byte read is a CR: an LF now ends no other line */
	size_t unended; /* before here no ?> begins; so none is sought there again */
	size_t junk;    /* bytes read before the root */
	size_t excess;  /* open elements beyond FEED_MAX_DEPTH */
	struct entities entities;
	struct buf scratch; /* what references stand for */
	struct tag tag;
};

static struct str
waiting(const struct mend *m)
{
	return str_from(buf_str(&m->in), m->at);
}

/* Line ends in what comes next. */
static int64_t
lines_of(const struct mend *m, struct str next)
{
	return repairs_lines(next) - (m->after_cr && str_starts(next, STR("\n")));
}

static void
count_lines(struct mend *m, struct str read)
{
	m->doc->now += lines_of(m, read);
	if (read.n)
		m->after_cr = str_ends(read, STR("\r"));
}

/* --- what is noted --- */

static void
note(struct mend *m, enum repair kind, struct str about)
{
	repairs_note(&m->doc->repairs, kind, m->doc->now, about);
}

/* About a tag: "unclosed <b>". */
static void
note_tag(struct mend *m, int64_t line, const char *before, struct str name,
    const char *after)
{
	char about[REPAIRS_ABOUT_BYTES] = "";
	name = utf8_cut(name, sizeof(about) / 2);
	if (repairs_has_room(&m->doc->repairs, REPAIR_TAGS))
		snprintf(about, sizeof(about), "%s%.*s%s", before, STR_ARG(name), after);
	repairs_note(&m->doc->repairs, REPAIR_TAGS, line ? line : m->doc->now,
	    str_z(about));
}

/* The innermost open element was never closed. */
static void
note_unclosed(struct mend *m)
{
	size_t i = m->doc->n_open - 1;
	note_tag(m, m->doc->line[i], "unclosed <", xml_state_name(m->doc, i), ">");
}

/*
 * Once, for how many texts it comes in says how the document was cut.  `before`: what was read of the
 * same step, without fault.
 */
static void
note_junk(struct mend *m, struct str before)
{
	enum repair kind = m->doc->rooted ? REPAIR_JUNK_AFTER : REPAIR_JUNK_BEFORE;
	if (!(m->doc->repairs.kinds & kind))
		repairs_note(&m->doc->repairs, kind, m->doc->now + lines_of(m, before),
		    STR(""));
}

/* What a reference is shown as: the name to its semicolon, or all that was taken. */
static struct str
about_reference(enum repair kind, struct str s, size_t taken)
{
	if (kind == REPAIR_ENTITIES && taken == 1) {
		size_t end = str_find_char(str_sub(s, 0, REPAIRS_ABOUT_BYTES), ';');
		return str_sub(s, 0, end == STR_NONE ? 1 : end + 1);
	}
	return kind == REPAIR_BOMB ? STR("") : str_sub(s, 0, taken);
}

static void
note_references(struct mend *m, struct str s, size_t taken)
{
	for (unsigned kind = 1; m->entities.mended; kind <<= 1) {
		if (m->entities.mended & kind)
			note(m, kind, about_reference(kind, s, taken));
		m->entities.mended &= ~kind;
	}
}

/* --- text --- */

static void
give_text(struct mend *m, struct str text)
{
	if (text.n == 0)
		return;
	if (m->doc->n_open) {
		m->doc->events->text(m->doc->events->ctx, text);
		return;
	}
	for (size_t i = 0; i < text.n; i++)
		if (!ascii_space((unsigned char)text.p[i])) {
			note_junk(m, str_sub(text, 0, i));
			break;
		}
}

/* To the next '<' or '&'. */
static size_t
plain_length(struct str s)
{
	size_t i = 0;
	for (uint64_t x; s.n - i >= sizeof(x); i += sizeof(x)) {
		memcpy(&x, s.p + i, sizeof(x));
		if (eight_equal(x, '<') | eight_equal(x, '&'))
			break;
	}
	while (i < s.n && s.p[i] != '<' && s.p[i] != '&')
		i++;
	return i;
}

static enum outcome
reference(struct mend *m, struct str s)
{
	m->scratch.n = 0;
	size_t taken = entities_read(&m->entities, s, m->final, &m->scratch);
	if (taken == 0)
		return NEED_MORE;
	m->at += taken;
	note_references(m, s, taken);
	give_text(m, buf_str(&m->scratch));
	return DONE;
}

/* --- end tags --- */

static bool
is_html(struct str name)
{
	return names_html(name) != HTML_TAG_UNKNOWN;
}

/* `link` and `source` have content in feeds. */
static bool
is_void(struct str name)
{
	enum html_tag tag = names_html(name);
	return html_tag_traits(tag) & HTML_VOID && tag != HTML_TAG_LINK &&
	       tag != HTML_TAG_SOURCE;
}

/* The innermost open element of that name, or SIZE_MAX. */
static size_t
find_open(const struct mend *m, struct str name)
{
	uint32_t hash = xml_state_hash(name);
	for (size_t i = m->doc->n_open; i-- > 0;)
		if (m->doc->hash[i] == hash &&
		    str_eq_nocase(xml_state_name(m->doc, i), name))
			return i;
	return SIZE_MAX;
}

/*
 * The innermost open element that the end tag was meant for: its prefix was forgotten, or
 * it is misspelt.  Only the innermost few are looked at: comparing is dear, and the slip
 * was made there.
 */
static size_t
find_meant(const struct mend *m, struct str name)
{
	size_t n = m->doc->n_open;
	struct str prefix;
	name = names_local(name, &prefix);
	for (size_t i = n; i-- > 0 && n - i <= MAX_MEANT;) {
		struct str open = names_local(xml_state_name(m->doc, i), &prefix);
		if (str_eq_nocase(open, name) || slip_is(open, name))
			return i;
	}
	return SIZE_MAX;
}

/* End an open element and all that were left open in it. */
static void
close_to(struct mend *m, size_t depth)
{
	m->excess = 0;
	while (m->doc->n_open > depth && !m->doc->stopped) {
		if (m->doc->n_open > depth + 1)
			note_unclosed(m);
		xml_state_end(m->doc);
	}
}

static void
end_tag(struct mend *m, struct str name)
{
	if (m->doc->n_open == 0) {
		note_junk(m, STR(""));
		return;
	}
	bool html = is_html(name);
	size_t depth = m->excess && html ? SIZE_MAX : find_open(m, name);
	if (depth == SIZE_MAX && m->excess) {
		m->excess--;
		return;
	}
	if (depth == SIZE_MAX) {
		if (!html)
			depth = find_meant(m, name);
		note_tag(m, 0, "</", name,
		    depth == SIZE_MAX ? "> without a start" : "> misspelt");
	} else if (!str_eq(xml_state_name(m->doc, depth), name)) {
		note_tag(m, 0, "</", name, "> in another letter case");
	}
	if (depth != SIZE_MAX)
		close_to(m, depth);
}

/* --- start tags --- */

/* HTML's elements that end where the next of their kind begins. */
static bool
ends_at_sibling(struct str name)
{
	static const struct str names[] = {STR_INIT("p"), STR_INIT("li"), STR_INIT("tr"),
	    STR_INIT("td"), STR_INIT("th"), STR_INIT("dt"), STR_INIT("dd"),
	    STR_INIT("option")};
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_eq_nocase(names[i], name))
			return true;
	return false;
}

/* End what the document left open before this start. */
static void
imply_ends(struct mend *m, struct str name, bool in_markup)
{
	const struct xml_events *events = m->doc->events;
	while (m->doc->n_open > 1 && events->closes(events->ctx, name, true)) {
		note_unclosed(m);
		xml_state_end(m->doc);
	}
	if (in_markup && m->doc->n_open && ends_at_sibling(name) &&
	    str_eq_nocase(name, xml_state_name(m->doc, m->doc->n_open - 1))) {
		note_unclosed(m);
		xml_state_end(m->doc);
	}
}

static void
start_tag(struct mend *m)
{
	struct xml_state *doc = m->doc;
	struct str name = m->tag.name;
	if (xml_state_done(doc)) {
		note_junk(m, STR(""));
		return;
	}
	bool in_markup = doc->n_open && doc->events->in_markup(doc->events->ctx);
	if (m->excess == 0)
		imply_ends(m, name, in_markup);
	bool is_empty = m->tag.is_empty || (in_markup && is_void(name));
	if (m->excess || doc->n_open == FEED_MAX_DEPTH) {
		note(m, REPAIR_DEEP, STR(""));
		m->excess += !is_empty;
		return;
	}
	if (doc->stopped || !xml_state_start(doc, name, m->tag.attributes, m->tag.n, doc->now))
		return;
	if (!m->tag.is_empty && is_empty)
		note_unclosed(m);
	if (is_empty && !doc->stopped)
		xml_state_end(doc);
}

/* --- tags --- */

static bool
is_name_start(unsigned char c)
{
	return ascii_alpha(c) || c == '_' || c == ':' || c >= 0x80;
}

static enum outcome
stray(struct mend *m)
{
	note(m, REPAIR_AMPERSANDS, STR("<"));
	give_text(m, str_of("<", 1));
	m->at++;
	return DONE;
}

/* A tag that is cut waits; one that is cut for good is no tag, one too long is passed
 * over. */
static enum outcome
cut_tag(struct mend *m, struct str s)
{
	if (m->final) {
		note(m, REPAIR_CUT, STR(""));
		m->at = m->in.n;
		return DONE;
	}
	if (s.n < FEED_MAX_TAG_BYTES)
		return NEED_MORE;
	note(m, REPAIR_OTHER, STR(""));
	m->state = DECLARATION;
	return DONE;
}

static enum outcome
read_start_tag(struct mend *m, struct str s)
{
	size_t taken;
	m->entities.mended = 0; /* of a tag that was cut nothing counts */
	switch (tag_read(&m->tag, s, m->final, &m->entities, &taken)) {
	case TAG_STRAY:
		return stray(m);
	case TAG_CUT:
		return cut_tag(m, s);
	case TAG_WHOLE:
		break;
	}
	m->at += taken;
	note_references(m, STR("&"), 1);
	if (m->tag.is_odd)
		note(m, REPAIR_ATTRIBUTES, m->tag.name);
	if (m->tag.name.n <= FEED_MAX_NAME_BYTES)
		start_tag(m);
	return DONE;
}

static enum outcome
read_end_tag(struct mend *m, struct str s)
{
	size_t i = 2;
	while (i < s.n && ascii_space((unsigned char)s.p[i]))
		i++;
	struct str name = tag_name(s, i);
	i += name.n;
	while (i < s.n && s.p[i] != '>' && s.p[i] != '<')
		i++;
	if (i == s.n && !m->final)
		return cut_tag(m, s);
	if (i == s.n)
		note(m, REPAIR_CUT, STR(""));
	else if (s.p[i] == '<')
		note_tag(m, 0, "</", name, " without its >");
	m->at += i < s.n && s.p[i] == '>' ? i + 1 : i;
	if (name.n && name.n <= FEED_MAX_NAME_BYTES)
		end_tag(m, name);
	return DONE;
}

/* --- what begins with <! and <? --- */

/* Pass over all up to and with `mark`; the piece that may be its beginning waits. */
static enum outcome
skip_to(struct mend *m, struct str mark)
{
	struct str s = waiting(m);
	size_t at = str_find(s, mark);
	if (at != STR_NONE) {
		m->at += at + mark.n;
		m->state = TEXT;
		return DONE;
	}
	m->at += m->final ? s.n : s.n > mark.n - 1 ? s.n - (mark.n - 1) : 0;
	return NEED_MORE;
}

/* To the next -->; a comment must not hold any other "--". */
static enum outcome
comment(struct mend *m)
{
	struct str s = waiting(m);
	size_t at = str_find(s, STR("--"));
	if (at == STR_NONE || (s.n < 3 && m->final))
		return skip_to(m, STR("-->"));
	if (at > 0) {
		m->at += at;
		return DONE;
	}
	if (s.n < 3)
		return NEED_MORE;
	if (s.p[2] == '>') {
		m->state = TEXT;
		m->at += 3;
		return DONE;
	}
	note(m, REPAIR_COMMENTS, STR(""));
	m->at++;
	return DONE;
}

static enum outcome
cdata(struct mend *m)
{
	struct str s = waiting(m), mark = STR("]]>");
	size_t at = str_find(s, mark);
	size_t n = at != STR_NONE ? at
		   : m->final     ? s.n
				  : utf8_cut(s, s.n > 2 ? s.n - 2 : 0).n;
	give_text(m, str_sub(s, 0, n));
	m->at += n;
	if (at == STR_NONE)
		return NEED_MORE;
	m->at += mark.n;
	m->state = TEXT;
	return DONE;
}

static enum outcome
instruction(struct mend *m, struct str s)
{
	size_t most = s.n < FEED_MAX_INSTRUCTION_BYTES ? s.n : FEED_MAX_INSTRUCTION_BYTES;
	size_t known = m->unended > m->at ? m->unended - m->at : 0;
	size_t end = known < most ? str_find(str_sub(s, known, most - known), STR("?>"))
				  : STR_NONE;
	if (end != STR_NONE) {
		m->at += known + end + 2;
		return DONE;
	}
	m->unended = m->at + most - 1; /* its last byte may be the question mark */
	if (s.n < FEED_MAX_INSTRUCTION_BYTES && !m->final)
		return NEED_MORE;
	note(m, REPAIR_OTHER, STR(""));
	m->state = DECLARATION;
	return DONE;
}

static enum outcome
doctype(struct mend *m, struct str s)
{
	size_t end = doctype_read(&m->entities, s);
	note_references(m, STR(""), 0);
	if (end != SIZE_MAX) {
		m->at += end;
		return DONE;
	}
	if (s.n < FEED_MAX_DOCTYPE_BYTES && !m->final)
		return NEED_MORE;
	note(m, REPAIR_OTHER, STR(""));
	m->state = DECLARATION;
	return DONE;
}

/* A keyword begins here; with too few bytes to tell, *more is set. */
static bool
begins(struct mend *m, struct str s, struct str word, bool *more)
{
	if (s.n < word.n) {
		*more |= !m->final && str_starts_nocase(word, s);
		return false;
	}
	return str_starts_nocase(s, word);
}

static enum outcome
markup_declaration(struct mend *m, struct str s)
{
	bool more = false;
	if (begins(m, s, STR("<!--"), &more)) {
		m->at += 4;
		m->state = COMMENT;
	} else if (begins(m, s, STR("<![CDATA["), &more)) {
		m->at += 9;
		m->state = CDATA;
	} else if (begins(m, s, STR("<!DOCTYPE"), &more)) {
		return doctype(m, s);
	} else if (!more) {
		note(m, REPAIR_OTHER, STR(""));
		m->state = DECLARATION;
	}
	return more ? NEED_MORE : DONE;
}

/* --- driving --- */

static enum outcome
markup(struct mend *m, struct str s)
{
	if (s.n < 2)
		return m->final ? stray(m) : NEED_MORE;
	unsigned char c = (unsigned char)s.p[1];
	if (c == '!')
		return markup_declaration(m, s);
	if (c == '?')
		return instruction(m, s);
	if (c == '/')
		return read_end_tag(m, s);
	if (is_name_start(c))
		return read_start_tag(m, s);
	return stray(m);
}

static enum outcome
text(struct mend *m)
{
	struct str s = waiting(m);
	size_t plain = plain_length(s);
	if (plain) {
		give_text(m, str_sub(s, 0, plain));
		m->at += plain;
		return DONE;
	}
	return s.p[0] == '<' ? markup(m, s) : reference(m, s);
}

static enum outcome
step(struct mend *m)
{
	switch (m->state) {
	case TEXT:
		return text(m);
	case CDATA:
		return cdata(m);
	case COMMENT:
		return comment(m);
	case DECLARATION:
		return skip_to(m, STR(">"));
	}
	return NEED_MORE;
}

static void
run(struct mend *m)
{
	enum outcome outcome = DONE;
	while (outcome == DONE && m->at < m->in.n && !m->doc->stopped &&
	       !(xml_state_done(m->doc) && m->doc->repairs.kinds & REPAIR_JUNK_AFTER) &&
	       (m->doc->rooted || m->junk <= FEED_MAX_JUNK_BYTES)) {
		size_t before = m->at;
		outcome = step(m);
		m->junk += m->doc->rooted ? 0 : m->at - before;
		count_lines(m, str_sub(buf_str(&m->in), before, m->at - before));
	}
	if (outcome == DONE) { /* all is read, or nothing more is wanted */
		count_lines(m, waiting(m));
		m->at = m->in.n;
	}
	buf_drop_front(&m->in, m->at);
	m->unended -= m->at < m->unended ? m->at : m->unended;
	m->at = 0;
	m->retry_n = 2 * m->in.n;
}

/* XML 1.0, 2.2: of the controls only tab and the line ends. */
static bool
is_control(unsigned char c)
{
	return c < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

static size_t
controls_free(struct str s)
{
	size_t i = 0;
	while (i < s.n) {
		for (uint64_t x; s.n - i >= sizeof(x); i += sizeof(x)) {
			memcpy(&x, s.p + i, sizeof(x));
			if (eight_below(x, 0x20))
				break;
		}
		for (size_t end = i + sizeof(uint64_t); i < end && i < s.n; i++)
			if (is_control((unsigned char)s.p[i]))
				return i;
	}
	return s.n;
}

/* Control characters go before anything is read: one may stand in the name of a tag. */
static void
add_without_controls(struct mend *m, struct str s)
{
	while (s.n) {
		size_t n = controls_free(s);
		buf_add(&m->in, str_sub(s, 0, n));
		if (n < s.n) {
			bool told = repairs_has_room(&m->doc->repairs, REPAIR_CONTROLS);
			char about[8];
			snprintf(about, sizeof(about), "U+%04X", (unsigned char)s.p[n] & 31);
			repairs_note(&m->doc->repairs, REPAIR_CONTROLS,
			    told ? mend_line(m) : 0, str_z(about));
			n++;
		}
		s = str_from(s, n);
	}
}

struct mend *
mend_new(struct xml_state *doc, bool in_cdata, int64_t line)
{
	struct mend *m = heap_alloc(sizeof(*m));
	m->doc = doc;
	doc->now = line;
	m->state = in_cdata ? CDATA : TEXT;
	entities_init(&m->entities);
	return m;
}

void
mend_free(struct mend *m)
{
	if (!m)
		return;
	entities_clear(&m->entities);
	buf_clear(&m->in);
	buf_clear(&m->scratch);
	tag_clear(&m->tag);
	free(m);
}

void
mend_push(struct mend *m, struct bytes bytes)
{
	add_without_controls(m, str_of((const char *)bytes.p, bytes.n));
	if (m->in.n >= m->retry_n)
		run(m);
}

void
mend_end(struct mend *m)
{
	m->final = true;
	run(m);
	bool cut = m->doc->n_open || !m->doc->rooted || m->state != TEXT;
	if (cut && !(m->doc->repairs.kinds & REPAIR_CUT))
		note(m, REPAIR_CUT, STR(""));
}

int64_t
mend_line(const struct mend *m)
{
	return m->doc->now + lines_of(m, waiting(m));
}
