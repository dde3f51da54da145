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
 * before its '>': "2 < 3", "a <b and c <br>".
 */
#include "feed/mend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "feed/mend_markup.h"
#include "feed/mend_state.h"
#include "feed/mend_tag.h"

static void
count_lines(struct mend *m, struct str read)
{
	m->doc->now += mend_lines_of(m, read);
	if (read.n)
		m->after_cr = str_ends(read, STR("\r"));
}

static bool
is_name_start(unsigned char c)
{
	return ascii_alpha(c) || c == '_' || c == ':' || c >= 0x80;
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

static enum mend_outcome
reference(struct mend *m, struct str s)
{
	m->scratch.n = 0;
	size_t taken = entities_read(&m->entities, s, m->final, &m->scratch);
	if (taken == 0)
		return MEND_NEED_MORE;
	m->at += taken;
	mend_note_references(m, s, taken);
	mend_give_text(m, buf_str(&m->scratch));
	return MEND_DONE;
}

static enum mend_outcome
markup(struct mend *m, struct str s)
{
	if (s.n < 2)
		return m->final ? mend_stray(m) : MEND_NEED_MORE;
	unsigned char c = (unsigned char)s.p[1];
	if (c == '!')
		return mend_declaration(m, s);
	if (c == '?')
		return mend_instruction(m, s);
	if (c == '/')
		return mend_end_tag(m, s);
	if (is_name_start(c))
		return mend_start_tag(m, s);
	return mend_stray(m);
}

static enum mend_outcome
text(struct mend *m)
{
	struct str s = mend_waiting(m);
	size_t plain = plain_length(s);
	if (plain) {
		mend_give_text(m, str_sub(s, 0, plain));
		m->at += plain;
		return MEND_DONE;
	}
	return s.p[0] == '<' ? markup(m, s) : reference(m, s);
}

static enum mend_outcome
step(struct mend *m)
{
	switch (m->state) {
	case MEND_TEXT:
		return text(m);
	case MEND_CDATA:
		return mend_cdata(m);
	case MEND_COMMENT:
		return mend_comment(m);
	case MEND_DECLARATION:
		return mend_skip_to(m, STR(">"));
	}
	return MEND_NEED_MORE;
}

static void
run(struct mend *m)
{
	enum mend_outcome outcome = MEND_DONE;
	while (outcome == MEND_DONE && m->at < m->in.n && !m->doc->stopped &&
	       !(xml_state_done(m->doc) && m->doc->repairs.kinds & REPAIR_JUNK_AFTER) &&
	       (m->doc->rooted || m->junk <= FEED_MAX_JUNK_BYTES)) {
		size_t before = m->at;
		outcome = step(m);
		m->junk += m->doc->rooted ? 0 : m->at - before;
		count_lines(m, str_sub(buf_str(&m->in), before, m->at - before));
	}
	if (outcome == MEND_DONE) { /* all is read, or nothing more is wanted */
		count_lines(m, mend_waiting(m));
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
	m->state = in_cdata ? MEND_CDATA : MEND_TEXT;
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
	bool cut = m->doc->n_open || !m->doc->rooted || m->state != MEND_TEXT;
	if (cut && !(m->doc->repairs.kinds & REPAIR_CUT))
		mend_note(m, REPAIR_CUT, STR(""));
}

int64_t
mend_line(const struct mend *m)
{
	return m->doc->now + mend_lines_of(m, mend_waiting(m));
}
