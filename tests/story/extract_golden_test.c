#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/*
 * Golden files: a story in, the object of `kawat extract` out.  The input is read from tests/, and
 * the golden file is tests/golden/extract-NAME.json.
 */
#include <stdio.h>

#include "base/file.h"
#include "story/extract.h"

static const struct row {
	const char *input, *golden, *url;
} rows[] = {
	/* as an agency sends it, of the sample wire: no headline, credits around a read-also line */
	{"wire/nusa.example/teks/pakar-norlund-tiba-di-vellaro.txt", "extract-teks.json", ""},
	/* the same with a headline */
	{"golden/extract-wire.txt", "extract-wire.json", ""},
	{"golden/extract-page.html", "extract-page.json", "https://kabar.example/berita/31/karang"},
	/* every kind of block and span, and boxes with names that lie */
	{"golden/extract-isi.html", "extract-isi.json", "https://tide.example/2026/harbour"},
	/* from right to left, in two pieces, behind a consent box */
	{"golden/extract-ranah.html", "extract-ranah.json", "https://almadd.example/2026/safina"},
	/* microdata, readings above signs, a following page */
	{"golden/extract-kiji.html", "extract-kiji.json", "https://shio.example/2026/fune"},
};

static struct bytes
read_file(struct arena *a, const char *folder, const char *name)
{
	struct bytes b;
	struct err e = {0};
	struct str path = arena_fmt(a, "%s/%s%s", TEST_SRCDIR, folder, name);

	if (!file_read(a, arena_z(a, path), 0, &b, &e))
		fail_msg("%s", e.text);
	return b;
}

static void
check(struct arena *a, const struct row *r)
{
	struct extract_source src = {.raw = read_file(a, "", r->input), .url = str_z(r->url)};
	struct bytes want = read_file(a, "golden/", r->golden);
	struct story s;
	struct json j;

	assert_int_equal(extract_story(a, &src, &s), CHARSET_UNKNOWN);
	json_init(&j, NULL, NULL);
	extract_json(a, &s, &j);
	struct str got = buf_str(&j.out);
	if (!str_eq(got, str_of((const char *)want.p, want.n))) {
		struct err e = {0};
		struct str file = arena_fmt(a, "got-%s", r->golden);
		assert_true(file_replace(arena_z(a, file), bytes_of_str(got), &e));
		fail_msg("%s differs:\n%.*s\nto accept it: cp %.*s %s/golden/%s", r->golden,
		    STR_ARG(got), STR_ARG(file), TEST_SRCDIR, r->golden);
	}
	json_clear(&j);
}

static void
prints_what_it_printed(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		check(a, &rows[i]);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prints_what_it_printed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
