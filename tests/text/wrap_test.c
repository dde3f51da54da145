#include "text/wrap.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "text/columns.h"

struct row {
	const char *text;
	size_t first, rest;
	const char *lines; /* as drawn, parted by '|' */
};

static const struct row rows[] = {
	{"", 10, 10, ""},
	{"Gempa", 10, 10, "Gempa"},
	{"Gempa besar di laut", 11, 11, "Gempa besar|di laut"},
	{"Gempa besar di laut", 5, 5, "Gempa|besar|di|laut"},
	{"Gempa besar di laut", 6, 13, "Gempa|besar di laut"},
	{"Gempa  besar", 6, 6, "Gempa|besar"},
	{"a b\nc", 10, 10, "a b|c"},
	{"a\n\nb", 10, 10, "a||b"},
	{"a\n", 10, 10, "a|"},
	{"katayangpanjang", 5, 5, "katay|angpa|njang"},
	{"ke katayangpanjang", 5, 5, "ke|katay|angpa|njang"},
	{"undang-undang", 8, 8, "undang-|undang"},
	{"harga 1.250,50 naik", 10, 10, "harga|1.250,50|naik"},
	{"naik (lagi) \"kata\"", 6, 6, "naik|(lagi)|\"kata\""},
	{"halo !", 5, 5, "halo|!"},
	{"港が再開した。", 6, 6, "港が再|開し|た。"},
	{"港が、", 4, 4, "港|が、"},
	{"항구가 다시", 6, 6, "항구가|다시"},
	{"e\u0301e\u0301e\u0301", 2, 2, "e\u0301e\u0301|e\u0301"},
	{"10\u00A0km lagi", 5, 5, "10\u00A0km|lagi"},
	/* addresses */
	{"lihat https://kabar.example/a/b?c=d", 20, 20, "lihat https://kabar.|example/a/b?c=d"},
	{"https://kabar.example/berita-utama/1", 22, 22, "https://kabar.example/|berita-utama/1"},
	{"www.kabar.example/a&b", 8, 8, "www.|kabar.|example/|a&b"},
	{"https://x/aaaaaaaaaaaaaaaaaaa", 10, 10, "https://x/|aaaaaaaaaa|aaaaaaaaa"},
	/* soft hyphens */
	{"per\u00ADahu", 10, 10, "perahu"},
	{"per\u00ADahu", 4, 4, "per-|ahu"},
	{"per\u00ADahu", 3, 3, "per|ahu"},
	{"ke per\u00ADahu besar", 7, 7, "ke per-|ahu|besar"},
	{"ke per\u00ADahu besar", 6, 6, "ke|perahu|besar"},
	/* nothing fits */
	{"港", 1, 1, "港"},
	{"港湾", 1, 1, "港|湾"},
	{"ab", 0, 0, "a|b"},
	{"\u0915\u093E\u0915\u093E", 3, 3, "\u0915\u093E|\u0915\u093E"},
	{"\u0915\u093E", 1, 1, "\u0915|\u093E"},
};

static void
add_line(struct arena *a, struct buf *out, struct str text, const struct wrap_line *line)
{
	buf_add(out, columns_drawn(a, str_sub(text, line->at, line->n)));
	if (line->hyphen)
		buf_char(out, '-');
}

static void
fills_lines(void **state)
{
	struct arena *a = arena_new();
	int wrong = 0;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str text = str_z(rows[i].text);
		struct wrap_lines lines = wrap_text(a, text, rows[i].first, rows[i].rest);
		struct buf got = {0};
		for (size_t k = 0; k < lines.n; k++) {
			if (k)
				buf_char(&got, '|');
			add_line(a, &got, text, &lines.v[k]);
		}
		if (strcmp(buf_z(&got), rows[i].lines) != 0) {
			print_error("'%s': '%s', not '%s'\n", rows[i].text, buf_z(&got), rows[i].lines);
			wrong++;
		}
		buf_clear(&got);
	}
	arena_free(a);
	assert_int_equal(wrong, 0);
}

static void
breaks_thai_between_clusters(void **state)
{
	struct arena *a = arena_new();
	struct str text = STR("ท่าเรือเปิด");
	(void)state;
	struct wrap_lines lines = wrap_text(a, text, 4, 4);
	/* Never behind a vowel that is written before its consonant. */
	assert_int_equal(lines.n, 2);
	assert_true(str_eq(str_sub(text, lines.v[0].at, lines.v[0].n), STR("ท่าเรื")));
	lines = wrap_text(a, text, 3, 3);
	assert_true(str_eq(str_sub(text, lines.v[0].at, lines.v[0].n), STR("ท่า")));
	arena_free(a);
}

/* Nothing but white space and soft hyphens is lost, nothing is wider than it may, cols is true. */
static void
keeps_every_word(void **state)
{
	static const char *const pieces[] = {"a", "bc ", " ", "港", "-", "/", "\u00AD", "e\u0301",
	    "\n", "https://x.example/", "\u0E01", "\u0E33", "\U0001F468\u200D\U0001F469", "1,5", "\u00A0",
	    "\u0915\u093E", "\t", "(", ")", "\u201C", "\u05D0"};
	struct arena *a = arena_new();
	unsigned seed = 21;
	(void)state;
	for (int round = 0; round < 4000; round++) {
		char noise[128];
		size_t n = 0, width = 2 + (size_t)round % 17, at = 0;
		while (n < 80) {
			seed = seed * 1103515245u + 12345u;
			const char *piece = pieces[(seed >> 16) % COUNT_OF(pieces)];
			memcpy(noise + n, piece, strlen(piece));
			n += strlen(piece);
		}
		struct str text = str_of(noise, n);
		struct wrap_lines lines = wrap_text(a, text, width, width);
		for (size_t i = 0; i < lines.n; i++) {
			const struct wrap_line *line = &lines.v[i];
			struct str body = str_sub(text, line->at, line->n);
			assert_int_equal(body.n, line->n);
			assert_int_equal(columns_of(body) + line->hyphen, line->cols);
			assert_true(line->cols <= width);
			for (; at < line->at; at++)
				assert_non_null(memchr(" \t\n\xC2\xAD", text.p[at], 5));
			at = line->at + line->n;
		}
		for (; at < n; at++)
			assert_non_null(memchr(" \t\n\xC2\xAD", text.p[at], 5));
		arena_reset(a);
	}
	arena_free(a);
}

/* A paragraph of 1 MB costs what ten of 100 KB cost: measured in pieces met, by the clock. */
static double
seconds_for(struct arena *a, const char *unit, size_t n_bytes)
{
	struct buf text = {0};
	while (text.n < n_bytes)
		buf_add(&text, str_z(unit));
	clock_t begin = clock();
	struct wrap_lines lines = wrap_text(a, buf_str(&text), 72, 72);
	double took = (double)(clock() - begin) / CLOCKS_PER_SEC;
	assert_true(lines.n > 0);
	buf_clear(&text);
	arena_reset(a);
	return took;
}

static void
is_linear(void **state)
{
	static const char *const units[] = {"x", "港", "kata ", "\u00AD", "e\u0301", "\u200D", "https://x/",
	    "\u0915\u093E", "\u0E01"};
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(units); i++) {
		double small = seconds_for(a, units[i], 100 * 1000);
		double large = seconds_for(a, units[i], 1000 * 1000);
		/* Ten times the text; a quadratic walk would take a hundred times as long. */
		assert_true(large < 40 * (small + 0.005));
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fills_lines),
		cmocka_unit_test(breaks_thai_between_clusters),
		cmocka_unit_test(keeps_every_word),
		cmocka_unit_test(is_linear),
	};
	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
