#include "feed/mend_markup.h"

#include "base/utf8.h"
#include "feed/doctype.h"

enum mend_outcome
mend_skip_to(struct mend *m, struct str mark)
{
	struct str s = mend_waiting(m);
	size_t at = str_find(s, mark);
	if (at != STR_NONE) {
		m->at += at + mark.n;
		m->state = MEND_TEXT;
		return MEND_DONE;
	}
	m->at += m->final ? s.n : s.n > mark.n - 1 ? s.n - (mark.n - 1) : 0;
	return MEND_NEED_MORE;
}

enum mend_outcome
mend_comment(struct mend *m)
{
	struct str s = mend_waiting(m);
	size_t at = str_find(s, STR("--"));
	if (at == STR_NONE || (s.n < 3 && m->final))
		return mend_skip_to(m, STR("-->"));
	if (at > 0) {
		m->at += at;
		return MEND_DONE;
	}
	if (s.n < 3)
		return MEND_NEED_MORE;
	if (s.p[2] == '>') {
		m->state = MEND_TEXT;
		m->at += 3;
		return MEND_DONE;
	}
	mend_note(m, REPAIR_COMMENTS, STR(""));
	m->at++;
	return MEND_DONE;
}

enum mend_outcome
mend_cdata(struct mend *m)
{
	struct str s = mend_waiting(m), mark = STR("]]>");
	size_t at = str_find(s, mark);
	size_t n = at != STR_NONE ? at
		   : m->final     ? s.n
				  : utf8_cut(s, s.n > 2 ? s.n - 2 : 0).n;
	mend_give_text(m, str_sub(s, 0, n));
	m->at += n;
	if (at == STR_NONE)
		return MEND_NEED_MORE;
	m->at += mark.n;
	m->state = MEND_TEXT;
	return MEND_DONE;
}

enum mend_outcome
mend_instruction(struct mend *m, struct str s)
{
	size_t most = s.n < FEED_MAX_INSTRUCTION_BYTES ? s.n : FEED_MAX_INSTRUCTION_BYTES;
	size_t known = m->unended > m->at ? m->unended - m->at : 0;
	size_t end = known < most ? str_find(str_sub(s, known, most - known), STR("?>"))
				  : STR_NONE;
	if (end != STR_NONE) {
		m->at += known + end + 2;
		return MEND_DONE;
	}
	m->unended = m->at + most - 1; /* its last byte may be the question mark */
	if (s.n < FEED_MAX_INSTRUCTION_BYTES && !m->final)
		return MEND_NEED_MORE;
	mend_note(m, REPAIR_OTHER, STR(""));
	m->state = MEND_DECLARATION;
	return MEND_DONE;
}

static enum mend_outcome
doctype(struct mend *m, struct str s)
{
	size_t end = doctype_read(&m->entities, s);
	mend_note_references(m, STR(""), 0);
	if (end != SIZE_MAX) {
		m->at += end;
		return MEND_DONE;
	}
	if (s.n < FEED_MAX_DOCTYPE_BYTES && !m->final)
		return MEND_NEED_MORE;
	mend_note(m, REPAIR_OTHER, STR(""));
	m->state = MEND_DECLARATION;
	return MEND_DONE;
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

enum mend_outcome
mend_declaration(struct mend *m, struct str s)
{
	bool more = false;
	if (begins(m, s, STR("<!--"), &more)) {
		m->at += 4;
		m->state = MEND_COMMENT;
	} else if (begins(m, s, STR("<![CDATA["), &more)) {
		m->at += 9;
		m->state = MEND_CDATA;
	} else if (begins(m, s, STR("<!DOCTYPE"), &more)) {
		return doctype(m, s);
	} else if (!more) {
		mend_note(m, REPAIR_OTHER, STR(""));
		m->state = MEND_DECLARATION;
	}
	return more ? MEND_NEED_MORE : MEND_DONE;
}
