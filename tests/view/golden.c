#include "view/golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

static void
print_line(char mark, int number, struct str line)
{
	print_error("%c%4d  %.*s\n", mark, number, STR_ARG(line));
}

/* Line by line: enough for screens, where a line that moved is itself the news. */
static void
print_difference(struct str want, struct str got)
{
	struct str a, b;
	bool more_a = true, more_b = true;
	int n = 0, shown = 0;

	while ((more_a || more_b) && shown < 40) {
		more_a = more_a && want.n > 0;
		more_b = more_b && got.n > 0;
		a = b = STR("");
		if (more_a)
			str_cut(want, '\n', &a, &want);
		if (more_b)
			str_cut(got, '\n', &b, &got);
		n++;
		if (str_eq(a, b))
			continue;
		print_line('-', n, a);
		print_line('+', n, b);
		shown++;
	}
}

void
golden_check(const char *name, struct str got)
{
	struct arena *a = arena_new();
	const char *path = arena_fmt(a, "%s/golden/%s", TEST_SRCDIR, name).p;
	const char *bless = getenv("KAWAT_BLESS");
	struct bytes raw = {0};
	struct str want;
	bool same;

	if (bless && *bless == '1') {
		FILE *f = fopen(path, "wb");

		assert_non_null(f);
		assert_int_equal(fwrite(got.p, 1, got.n, f), got.n);
		assert_int_equal(fclose(f), 0);
		arena_free(a);
		return;
	}
	if (!file_read(a, path, 0, &raw, NULL))
		raw.n = 0;
	want = str_of((const char *)raw.p, raw.n);
	same = str_eq(want, got);
	if (!same) {
		print_error("%s differs (- expected, + got):\n", name);
		print_difference(want, got);
		print_error("to accept: KAWAT_BLESS=1 make check\n");
	}
	arena_free(a);
	assert_true(same);
}
