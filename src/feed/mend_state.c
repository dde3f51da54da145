#include "feed/mend_state.h"

#include <stdio.h>

#include "base/utf8.h"

void
mend_note(struct mend *m, enum repair kind, struct str about)
{
	repairs_note(&m->doc->repairs, kind, m->doc->now, about);
}

void
mend_note_tag(struct mend *m, int64_t line, const char *before, struct str name,
    const char *after)
{
	char about[REPAIRS_ABOUT_BYTES] = "";
	name = utf8_cut(name, sizeof(about) / 2);
	if (repairs_has_room(&m->doc->repairs, REPAIR_TAGS))
		snprintf(about, sizeof(about), "%s%.*s%s", before, STR_ARG(name), after);
	repairs_note(&m->doc->repairs, REPAIR_TAGS, line ? line : m->doc->now,
	    str_z(about));
}

void
mend_note_junk(struct mend *m, struct str before)
{
	enum repair kind = m->doc->rooted ? REPAIR_JUNK_AFTER : REPAIR_JUNK_BEFORE;
	if (!(m->doc->repairs.kinds & kind))
		repairs_note(&m->doc->repairs, kind, m->doc->now + mend_lines_of(m, before),
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

void
mend_note_references(struct mend *m, struct str s, size_t taken)
{
	for (unsigned kind = 1; m->entities.mended; kind <<= 1) {
		if (m->entities.mended & kind)
			mend_note(m, kind, about_reference(kind, s, taken));
		m->entities.mended &= ~kind;
	}
}

void
mend_give_text(struct mend *m, struct str text)
{
	if (text.n == 0)
		return;
	if (m->doc->n_open) {
		m->doc->events->text(m->doc->events->ctx, text);
		return;
	}
	for (size_t i = 0; i < text.n; i++)
		if (!ascii_space((unsigned char)text.p[i])) {
			mend_note_junk(m, str_sub(text, 0, i));
			break;
		}
}
