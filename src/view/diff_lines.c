#include "view/diff_lines.h"

#include "base/buf.h"
#include "view/paragraph.h"

enum { MARK_COLS = 2 }; /* the mark and a space */

static const struct dress {
	enum role role;
	struct str mark, open, close;
} dresses[] = {
    [DIFF_SAME] = {ROLE_TEXT, STR_INIT("  "), STR_INIT(""), STR_INIT("")},
    [DIFF_REMOVED] = {ROLE_DIFF_REMOVE, STR_INIT("- "), STR_INIT("[-"), STR_INIT("-]")},
    [DIFF_ADDED] = {ROLE_DIFF_ADD, STR_INIT("+ "), STR_INIT("{+"), STR_INIT("+}")},
    [DIFF_CHANGED] = {ROLE_TEXT, STR_INIT("~ "), STR_INIT(""), STR_INIT("")},
};

/* The spaces behind a run stay outside its brackets. */
static void
add_run(struct arena *a, const struct diff_run *run, struct buf *text, struct segments *segments)
{
	const struct dress *dress = &dresses[run->kind];
	struct str words = str_trim(run->text);
	struct segment s = {.at = (uint32_t)text->n, .role = (uint8_t)dress->role,
	    .link = LINE_NO_LINK};
	buf_add(text, dress->open);
	buf_add(text, words);
	buf_add(text, dress->close);
	s.n = (uint32_t)text->n - s.at;
	ARENA_PUSH(a, segments, s);
	if (words.n == run->text.n)
		return;
	struct segment space = {.at = (uint32_t)text->n, .n = 1, .link = LINE_NO_LINK};
	buf_char(text, ' ');
	ARENA_PUSH(a, segments, space);
}

void
diff_paragraph_lines(struct arena *a, const struct look *look, const struct diff_paragraph *p,
    size_t margin, size_t cols, uint32_t block, struct lines *out)
{
	const struct dress *dress = &dresses[p->kind];
	struct shape shape = {.role = dress->role, .link = LINE_NO_LINK, .first = dress->mark,
	    .rest = STR("  "), .lead_role = dress->role};
	struct segments segments = {0};
	struct buf text = {0};
	size_t room = cols > MARK_COLS + PARAGRAPH_MIN_COLS ? cols - MARK_COLS : PARAGRAPH_MIN_COLS;
	struct measure m = {.margin = margin, .first = room, .rest = room, .block = block};
	if (p->kind == DIFF_CHANGED)
		for (size_t i = 0; i < p->runs.n; i++)
			add_run(a, &p->runs.v[i], &text, &segments);
	else
		for (size_t i = 0; i < p->runs.n; i++)
			buf_add(&text, p->runs.v[i].text);
	paragraph_wrap(a, look, &m, &shape, &segments, arena_str(a, buf_str(&text)), out);
	buf_clear(&text);
	lines_push(a, out)->block = block;
}
