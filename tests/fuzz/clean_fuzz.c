/* The door from bytes to text, and what is done with text: folding, cells, lines, direction. */
#include "fuzz.h"

#include "base/utf8.h"
#include "text/bidi.h"
#include "text/clean.h"
#include "text/columns.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/wrap.h"

static void
check_clean(struct arena *a, struct str text)
{
	struct bytes bytes = bytes_of_str(text);
	FUZZ_MUST(utf8_valid(bytes) == text.n);
	FUZZ_MUST(text_is_clean(bytes));
	FUZZ_MUST(str_eq(text_clean(a, bytes), text));
}

static void
check_line(struct arena *a, struct str line)
{
	FUZZ_MUST(str_find_char(line, '\n') == STR_NONE && str_find_char(line, '\t') == STR_NONE);
	FUZZ_MUST(str_eq(text_clean_line(a, bytes_of_str(line)), line));
	FUZZ_MUST(str_eq(text_squeeze(a, line), line));
}

static void
check_fold(struct arena *a, struct str text)
{
	struct str once = text_fold(a, text);
	FUZZ_MUST(str_eq(text_fold(a, once), once));
	(void)text_fold_bare(a, text);
	(void)text_headline_key(a, text);
}

static void
check_cells(struct arena *a, struct str text, size_t cols)
{
	size_t used, n = columns_fit(text, cols, &used);
	FUZZ_MUST(n <= text.n && used <= cols);
	FUZZ_MUST(columns_of(columns_cut(a, text, cols, STR("…"))) <= cols || cols == 0);
	FUZZ_MUST(columns_of(columns_cut_middle(a, text, cols, STR("…"))) <= cols || cols == 0);
	FUZZ_MUST(columns_of(columns_pad(a, text, cols, COLUMNS_LEFT)) == cols);
}

/* White space, and the soft hyphens that are drawn as another sign or not at all. */
static bool
may_go(struct str gap)
{
	for (size_t at = 0; at < gap.n;) {
		uint32_t c = utf8_next(gap, &at);
		if (!text_is_space(c) && c != 0xAD)
			return false;
	}
	return true;
}

/* The lines stand in order, and nothing is lost between them. */
static void
check_wrap(struct arena *a, struct str text, size_t cols)
{
	struct wrap_lines lines = wrap_text(a, text, cols, cols);
	size_t at = 0;
	for (size_t i = 0; i < lines.n; i++) {
		const struct wrap_line *l = &lines.v[i];
		FUZZ_MUST(l->at >= at && (size_t)l->at + l->n <= text.n);
		FUZZ_MUST(may_go(str_sub(text, at, l->at - at)));
		at = (size_t)l->at + l->n;
	}
	FUZZ_MUST(may_go(str_from(text, at)));
}

FUZZ_TARGET(clean)
{
	struct arena *a = arena_new();
	struct bytes raw = bytes_of(p, n);
	size_t cols = fuzz_byte(&raw) % 60 + 2u;
	struct str text = text_clean(a, raw), line = text_clean_line(a, raw);
	check_clean(a, text);
	check_clean(a, line);
	check_line(a, line);
	check_fold(a, line);
	check_cells(a, line, cols);
	check_wrap(a, text, cols);
	(void)bidi_visual(a, line);
	arena_free(a);
	return 0;
}
