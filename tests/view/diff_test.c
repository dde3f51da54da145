/* What changed between two wordings: rows of old, new and how it is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "text/columns.h"
#include "view/diff.h"
#include "view/diff_lines.h"
#include "view/sample.h"

struct row {
	const char *name, *old, *new;
	const char *want; /* paragraphs parted by |; [-gone-] {+new+} as runs; + - ~ = the kind */
};

static const struct row rows[] = {
    {"the same", "Kapal tiba.\nPasar buka.", "Kapal tiba.\n\nPasar buka.\n",
	"=Kapal tiba.|=Pasar buka."},
    {"a number", "Korban 12 orang, kata petugas.", "Korban 15 orang, kata petugas.",
	"~Korban [-12 -]{+15 +}orang, kata petugas."},
    {"at both ends", "a b c d e f", "x b c d e y", "~[-a -]{+x +}b c d e [-f-]{+y+}"},
    {"words come", "one two three four", "one two and three four five",
	"~one two {+and +}three four {+five+}"},
    {"words go", "one two three four five six", "one three four six",
	"~one [-two -]three four [-five -]six"},
    {"a new paragraph", "A b c.\nD e f.", "A b c.\nNew words here.\nD e f.",
	"=A b c.|+New words here.|=D e f."},
    {"one goes, another comes", "A b c.\nx y z u v.\nD e f.", "A b c.\np q r s t.\nD e f.",
	"=A b c.|-x y z u v.|+p q r s t.|=D e f."},
    {"reworded between others", "one\nthe old ship sank at noon\nthree\nfour",
	"one\nthe old ship sank at night\nfour",
	"=one|~the old ship sank at [-noon-]{+night+}|-three|=four"},
    {"everything is new", "a b c", "", "-a b c"},
    {"nothing was there", "", "a b c", "+a b c"},
    {"scripts without spaces, by the character", "首相は三日、東京で会談した。", "首相は四日、東京で会談した。",
	"~首相は[-三-]{+四+}日、東京で会談した。"},
    {"swapped paragraphs", "alpha beta\ngamma delta", "gamma delta\nalpha beta",
	"-alpha beta|=gamma delta|+alpha beta"},
};

/* A run that ends in the spaces before the next is told with them. */
static void
tell(const struct diff *d, struct buf *out)
{
	static const char marks[] = {
	    [DIFF_SAME] = '=', [DIFF_REMOVED] = '-', [DIFF_ADDED] = '+', [DIFF_CHANGED] = '~'};
	for (size_t i = 0; i < d->n; i++) {
		const struct diff_paragraph *p = &d->v[i];
		if (i)
			buf_char(out, '|');
		buf_char(out, marks[p->kind]);
		for (size_t k = 0; k < p->runs.n; k++) {
			const struct diff_run *r = &p->runs.v[k];
			bool bare = p->kind != DIFF_CHANGED || r->kind == DIFF_SAME;
			if (bare)
				buf_add(out, r->text);
			else
				buf_fmt(out, r->kind == DIFF_ADDED ? "{+%.*s+}" : "[-%.*s-]",
				    STR_ARG(r->text));
		}
	}
}

static void
test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct arena *a = arena_new();
		struct buf got = {0};
		struct diff d = diff_texts(a, str_z(rows[i].old), str_z(rows[i].new));
		tell(&d, &got);
		if (!str_eq(buf_str(&got), str_z(rows[i].want)))
			fail_msg("%s:\n got %s\nwant %s", rows[i].name, buf_z(&got), rows[i].want);
		buf_clear(&got);
		arena_free(a);
	}
}

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

static struct str
random_text(struct arena *a, uint32_t *seed)
{
	static const char *const words[] = {"ship", "port", "rain", "market", "\n", "12", "海", "and"};
	struct buf b = {0};
	for (uint32_t n = next_random(seed) % 40; n > 0; n--)
		buf_fmt(&b, "%s ", words[next_random(seed) % COUNT_OF(words)]);
	struct str text = arena_str(a, buf_str(&b));
	buf_clear(&b);
	return text;
}

/* The words of one side, in order: they must be those of its text. */
static void
collect(const struct diff *d, enum diff_kind without, struct buf *out)
{
	for (size_t i = 0; i < d->n; i++) {
		for (size_t k = 0; k < d->v[i].runs.n; k++) {
			struct str text = d->v[i].runs.v[k].text, word;
			if (d->v[i].runs.v[k].kind == without)
				continue;
			while ((word = str_word(&text)).n)
				buf_add(out, word);
		}
	}
}

static void
check_side(const struct diff *d, enum diff_kind without, struct str text)
{
	struct buf got = {0}, want = {0};
	struct str word;
	collect(d, without, &got);
	while ((word = str_word(&text)).n)
		buf_add(&want, word);
	assert_string_equal(buf_z(&got), buf_z(&want));
	buf_clear(&got);
	buf_clear(&want);
}

/* Whatever the two texts: what stayed and went is the old one, what stayed and came the new one. */
static void
test_nothing_is_lost(void **state)
{
	uint32_t seed = 7;
	(void)state;
	for (int i = 0; i < 3000; i++) {
		struct arena *a = arena_new();
		struct str old = random_text(a, &seed), new = random_text(a, &seed);
		struct diff d = diff_texts(a, old, new);
		check_side(&d, DIFF_ADDED, old);
		check_side(&d, DIFF_REMOVED, new);
		arena_free(a);
	}
}

/* n words that are numbers from `first` on, in one paragraph. */
static struct str
numbers(struct arena *a, int first, int n)
{
	struct buf b = {0};
	for (int i = 0; i < n; i++)
		buf_fmt(&b, "w%d ", first + i);
	struct str text = arena_str(a, buf_str(&b));
	buf_clear(&b);
	return text;
}

/* On both sides of the limits: word by word below, replaced whole above. */
static void
test_limits(void **state)
{
	static const struct {
		int n_old, n_new;
		size_t n_runs;
	} limits[] = {
	    {DIFF_MAX_WORDS, DIFF_MAX_WORDS - 1, 3},
	    {DIFF_MAX_WORDS + 1, DIFF_MAX_WORDS, 2},
	    {2 * DIFF_MAX_EDITS, DIFF_MAX_EDITS, 3},
	    {2 * DIFF_MAX_EDITS + 1, DIFF_MAX_EDITS, 2},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(limits); i++) {
		struct arena *a = arena_new();
		struct diff d = diff_story(a, numbers(a, 0, limits[i].n_old), STR(""),
		    numbers(a, 0, limits[i].n_new), STR(""));
		assert_int_equal(d.n, 1);
		assert_int_equal(d.v[0].runs.n, limits[i].n_runs);
		/* Below: the common beginning stays; its last word has a space in one text alone. */
		assert_int_equal(d.v[0].runs.v[0].kind, i % 2 ? DIFF_REMOVED : DIFF_SAME);
		arena_free(a);
	}
}

/* Nothing is told by colour alone, and no line is wider than it may be. */
static void
test_lines(void **state)
{
	struct arena *a = arena_new();
	struct look look = sample_look(LANGUAGE_EN, SYMBOLS_UNICODE);
	struct diff d = diff_texts(a, STR("Twelve ships reached the port before the storm came in.\nGone now."),
	    STR("Fifteen ships reached the port before the storm came in.\nAnother matter."));
	struct lines lines = {0};
	static const char *const want[] = {"  ~ [-Twelve-] {+Fifteen+} ships reached", "    the port before the storm came in.",
	    "", "  - Gone now.", "", "  + Another matter.", ""};
	(void)state;
	for (size_t i = 0; i < d.n; i++)
		diff_paragraph_lines(a, &look, &d.v[i], 2, 40, 0, &lines);
	assert_int_equal(lines.n, COUNT_OF(want));
	for (size_t i = 0; i < lines.n; i++) {
		struct str line = line_text(a, &lines.v[i]);
		assert_true(columns_of(line) <= 42);
		assert_string_equal(arena_z(a, line), want[i]);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows),
	    cmocka_unit_test(test_nothing_is_lost),
	    cmocka_unit_test(test_limits),
	    cmocka_unit_test(test_lines),
	};
	sample_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
