/*
 * Theme files: what is read, what is refused, and that every shipped theme can be read by
 * people.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "ui/theme.h"

static const char *const folders[] = {TEST_SRCDIR "/../themes", NULL};

static struct theme
parsed(const char *text, struct theme_faults *faults)
{
	struct theme t;

	theme_parse(&t, str_z(text), NULL, NULL, faults);
	return t;
}

static void
test_styles(void **state)
{
	struct theme t = parsed("# a theme\n"
				"background = light\n"
				"text = #102030/blue on #f0f0f0   # ink\n"
				"related = bright-red on default bold underline\n"
				"hint.key = red\n",
	    NULL);
	struct style s = t.style[ROLE_TEXT];

	(void)state;
	assert_int_equal(t.ground, GROUND_LIGHT);
	assert_int_equal(s.fg.kind, COLOUR_RGB);
	assert_int_equal(s.fg.g, 0x20);
	assert_int_equal(s.fg.ansi, 4);
	assert_int_equal(s.bg.ansi, 7); /* the nearest */
	s = t.style[ROLE_RELATED_READ]; /* its parent's */
	assert_int_equal(s.fg.ansi, 9);
	assert_int_equal(s.bg.kind, COLOUR_DEFAULT);
	assert_int_equal(s.attrs, LINE_BOLD | LINE_UNDERLINE);
	/* Without `on` it stands on the ground of `text`. */
	assert_int_equal(t.style[ROLE_HINT_KEY].bg.kind, COLOUR_RGB);
	assert_int_equal(t.style[ROLE_HEADLINE].fg.kind, COLOUR_RGB);
}

static void
test_faults(void **state)
{
	static const struct {
		const char *text;
		int line;
		const char *says;
	} rows[] = {
	    {"text = #12345", 1, "not a colour: '#12345'"},
	    {"\ntext = red blinking", 2, "not an attribute: 'blinking'"},
	    {"txt = red", 1, "no such role: 'txt'"},
	    {"text red", 1, "not a 'role = style': 'text red'"},
	    {"text = red on", 1, "not a colour: ''"},
	    {"text = #123456/pink", 1, "not a colour: '#123456/pink'"},
	    {"background = grey", 1, "background is dark, light or any, not 'grey'"},
	    {"inherit = nobody", 1, "no such theme: 'nobody'"},
	    {"[roles]", 1, "a theme has no sections"},
	};
	struct theme_faults faults;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(rows); i++) {
		parsed(rows[i].text, &faults);
		assert_int_equal(faults.n, 1);
		assert_int_equal(faults.v[0].line, rows[i].line);
		assert_string_equal(faults.v[0].text, rows[i].says);
	}
}

static bool
find_loop(void *ctx, struct arena *a, const char *name, struct str *text)
{
	int *asked = ctx;

	(void)a;
	(void)name;
	(*asked)++;
	*text = STR("inherit = again\nrelated = red\n");
	return true;
}

static void
test_inherit(void **state)
{
	struct theme t;
	int asked = 0;

	(void)state;
	theme_parse(&t, STR("inherit = again\ntext = green\n"), find_loop, &asked, NULL);
	assert_int_equal(asked, THEME_MAX_INHERIT);
	assert_int_equal(t.style[ROLE_RELATED].fg.ansi, 1);
	assert_int_equal(t.style[ROLE_TEXT].fg.ansi, 2);
}

static void
test_loading(void **state)
{
	static const char *const nowhere[] = {NULL};
	struct arena *a = arena_new();
	struct theme t, ansi;
	struct err e = {0};
	struct str *names;
	size_t n;

	(void)state;
	assert_true(theme_load(&t, "malam", folders, NULL, &e));
	assert_int_equal(t.ground, GROUND_DARK);
	assert_true(theme_load(&ansi, "ansi", nowhere, NULL, &e));
	assert_false(theme_load(&t, "malm", folders, NULL, &e));
	assert_string_equal(e.text,
	    "No theme \"malm\". There are: ansi, kontras, koran, malam, siang, teleks");
	assert_memory_equal(&t.style, &ansi.style, sizeof(t.style));
	assert_false(theme_load(&t, "../themes/malam", folders, NULL, &e));
	assert_false(theme_load(&t, "", folders, NULL, &e));
	names = theme_names(a, folders, &n);
	assert_int_equal(n, 6);
	assert_true(str_eq(names[3], STR("malam")));
	arena_free(a);
}

/* The file and what is compiled in are one. */
static void
test_builtin_is_the_file(void **state)
{
	struct theme from_file, builtin;
	struct theme_faults faults;

	(void)state;
	assert_true(theme_load(&from_file, "ansi", folders, &faults, NULL));
	assert_int_equal(faults.n, 0);
	theme_builtin(&builtin);
	assert_memory_equal(&from_file.style, &builtin.style, sizeof(builtin.style));
}

static void
test_contrast(void **state)
{
	static const struct {
		const char *name;
		double text, role;
	} rows[] = {{"malam", 7, 4.5}, {"siang", 7, 4.5}, {"koran", 7, 4.5},
	    {"teleks", 7, 4.5}, {"kontras", 9, 9}};
	struct theme_faults faults;
	struct theme t;
	size_t i, role;

	(void)state;
	for (i = 0; i < COUNT_OF(rows); i++) {
		assert_true(theme_load(&t, rows[i].name, folders, &faults, NULL));
		if (faults.n > 0)
			fail_msg("%s:%d: %s", rows[i].name, faults.v[0].line,
			    faults.v[0].text);
		for (role = 0; role < ROLES; role++) {
			double want = role == ROLE_TEXT ? rows[i].text : rows[i].role;
			double got = theme_contrast(&t, t.style[role]);

			if (got < want)
				fail_msg("%s: %s has %.2f:1, wants %.1f:1", rows[i].name,
				    role_name((enum role)role), got, want);
		}
	}
}

/* The formula itself, with pairs that WCAG's own examples give. */
static void
test_contrast_formula(void **state)
{
	static const struct {
		const char *style;
		double want;
	} rows[] = {{"text = #000000 on #ffffff", 21.0},
	    {"text = #777777 on #ffffff", 4.48}, {"text = #ffffff on #ffffff", 1.0},
	    {"text = #0000ff on #ffffff", 8.59}, {"text = default", 21.0}};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(rows); i++) {
		struct theme t = parsed(rows[i].style, NULL);
		double got = theme_contrast(&t, t.style[ROLE_TEXT]);

		if (got < rows[i].want - 0.01 || got > rows[i].want + 0.01)
			fail_msg("%s: %.3f", rows[i].style, got);
	}
}

static void
test_colour_numbers(void **state)
{
	static const struct {
		const char *name;
		int n8, n16, n256, direct;
	} rows[] = {{"default", -1, -1, -1, -1}, {"red", 1, 1, 1, 1},
	    {"bright-red", 1, 9, 9, 0xff0000}, {"#ff0000/yellow", 3, 3, 196, 0xff0000},
	    {"#808080", 0, 8, 244, 0x808080}, {"#000001/black", 0, 0, 16, 8},
	    {"#ffffff/bright-white", 7, 15, 231, 0xffffff}};
	struct colour c;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(rows); i++) {
		assert_true(colour_parse(str_z(rows[i].name), &c));
		assert_int_equal(colour_number(c, 0), -1);
		assert_int_equal(colour_number(c, 8), rows[i].n8);
		assert_int_equal(colour_number(c, 16), rows[i].n16);
		assert_int_equal(colour_number(c, 256), rows[i].n256);
		assert_int_equal(colour_number(c, COLOURS_TRUE), rows[i].direct);
	}
}

static void
test_without_colour(void **state)
{
	struct theme t;
	struct style s;

	(void)state;
	assert_true(theme_load(&t, "malam", folders, NULL, NULL));
	s = theme_style(&t, ROLE_HEADLINE_UNREAD, 0, 0, 0);
	assert_int_equal(s.attrs, LINE_BOLD);
	assert_int_equal(s.fg.kind, COLOUR_DEFAULT);
	/* The chosen row is reversed, and what is unread stays bold in it. */
	s = theme_style(&t, ROLE_HEADLINE_UNREAD, ROLE_SELECTED, 0, 0);
	assert_int_equal(s.attrs, LINE_BOLD | LINE_REVERSE);
	s = theme_style(&t, ROLE_HEADLINE_UNREAD, ROLE_SELECTED, 0, 256);
	assert_true(s.attrs & LINE_BOLD);
	assert_int_equal(s.bg.kind, COLOUR_RGB);
}

static void
test_sgr(void **state)
{
	static const struct {
		const char *style;
		int colours;
		const char *want;
	} rows[] = {{"text = red bold", 8, "1;31"},
	    {"text = bright-red on blue", 16, "91;44"},
	    {"text = #ff0000 on #000000", 256, "38;5;196;48;5;16"},
	    {"text = #ff0000 underline", COLOURS_TRUE, "4;38;2;255;0;0"},
	    {"text = red", 0, ""}, {"text = red on white", 256, "31;47"},
	    {"text = default", 256, ""}};
	char got[64];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(rows); i++) {
		struct theme t = parsed(rows[i].style, NULL);

		style_sgr(t.style[ROLE_TEXT], rows[i].colours, got);
		assert_string_equal(got, rows[i].want);
	}
}

static void
test_roles(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROLES; i++) {
		assert_int_equal(role_named(str_z(role_name((enum role)i))), i);
		/* Parents come first, so one pass fills a theme. */
		assert_true(role_parent((enum role)i) <= (enum role)i);
	}
	assert_int_equal(role_named(STR("headlines")), ROLES);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_styles),
	    cmocka_unit_test(test_faults),
	    cmocka_unit_test(test_inherit),
	    cmocka_unit_test(test_loading),
	    cmocka_unit_test(test_builtin_is_the_file),
	    cmocka_unit_test(test_contrast),
	    cmocka_unit_test(test_contrast_formula),
	    cmocka_unit_test(test_colour_numbers),
	    cmocka_unit_test(test_without_colour),
	    cmocka_unit_test(test_sgr),
	    cmocka_unit_test(test_roles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
