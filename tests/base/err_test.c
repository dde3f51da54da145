/* Error sentences: built up, bounded, and clean whatever was put into them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"

static void
test_sentence(void **state)
{
	struct err e = {0};
	(void)state;
	errno = ENOENT;
	assert_false(err_errno(&e, ERR_USAGE, "cannot open '%s'", "x"));
	assert_string_equal(e.text, "cannot open 'x': no such file");
	assert_int_equal(e.kind, ERR_USAGE);
	assert_false(err_remedy(&e, "kawat %s", "doctor"));
	assert_false(err_while(&e, "loading theme '%s'", "malam"));
	assert_string_equal(e.text, "loading theme 'malam': cannot open 'x': no such file");
	assert_string_equal(e.remedy, "kawat doctor");
	assert_int_equal(e.kind, ERR_USAGE);
	err_set(&e, ERR_STORE, "another");
	assert_string_equal(e.remedy, ""); /* the remedy was for the old one */
	assert_int_equal(e.kind, ERR_STORE);
}

static void
test_nobody_asks(void **state)
{
	(void)state;
	assert_false(err_set(NULL, ERR_USAGE, "x"));
	assert_false(err_errno(NULL, ERR_USAGE, "x"));
	assert_false(err_while(NULL, "x"));
	assert_false(err_remedy(NULL, "x"));
}

static void
test_clean(void **state)
{
	static const struct { const char *put, *got; } rows[] = {
		{"plain", "plain"},
		{"Laut Banda \xE2\x80\xA6", "Laut Banda \xE2\x80\xA6"},
		{"two\nlines\tand tab", "two lines and tab"},
		{"\x1b]0;title\a\x1b[31m", "?]0;title??[31m"},
		{"\r\b\x7f", "???"},
		{"\xC2\x9b" "31m", "?31m"}, /* CSI as one C1 control */
		{"\xE2\x80\xAA\xE2\x80\xAE", "??"}, /* LRE, RLO */
		{"\xE2\x81\xA6\xE2\x81\xA9", "??"}, /* LRI, PDI */
		{"two\xE2\x80\xA8lines\xE2\x80\xA9" "more", "two lines more"},
		{"\xff\xfe", "??"},
		{"\xC0\xAF", "??"},
		{"cut \xE2\x80", "cut ?"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct err e = {0};
		err_set(&e, ERR_INPUT, "%s", rows[i].put);
		assert_string_equal(e.text, rows[i].got);
		err_set(&e, ERR_INPUT, "x");
		err_while(&e, "%s", rows[i].put);
		assert_int_equal(strncmp(e.text, rows[i].got, strlen(rows[i].got)), 0);
		err_remedy(&e, "%s", rows[i].put);
		assert_string_equal(e.remedy, rows[i].got);
		errno = EACCES;
		err_errno(&e, ERR_INPUT, "%s", rows[i].put);
		assert_int_equal(strncmp(e.text, rows[i].got, strlen(rows[i].got)), 0);
	}
}

/* Longer than the room: cut between characters, the rest still clean. */
static void
test_long(void **state)
{
	char huge[5000];
	struct err e = {0};
	(void)state;
	for (size_t shift = 0; shift < 3; shift++) {
		memset(huge, 'x', shift);
		for (size_t i = shift; i + 3 < sizeof(huge); i += 3)
			memcpy(huge + i, "\xE2\x82\xAC", 4);
		err_set(&e, ERR_INPUT, "%s", huge);
		assert_true(strlen(e.text) > sizeof(e.text) - 8);
		assert_true(strlen(e.text) < sizeof(e.text));
		for (int i = 0; i < 20; i++) {
			err_while(&e, "%s", huge);
			size_t n = strlen(e.text);
			assert_true(n < sizeof(e.text));
			assert_int_equal(utf8_valid(bytes_of(e.text, n)), n);
		}
		err_errno(&e, ERR_INPUT, "%s", huge);
		assert_int_equal(utf8_valid(bytes_of(e.text, strlen(e.text))), strlen(e.text));
		err_remedy(&e, "%s", huge);
		assert_true(strlen(e.remedy) < sizeof(e.remedy));
	}
}

static void
test_reasons(void **state)
{
	static const struct { int number; const char *says; } rows[] = {
		{ENOENT, "x: no such file"}, {EACCES, "x: no permission"},
		{EPERM, "x: no permission"}, {ENOSPC, "x: the disk is full"},
		{EROFS, "x: the disk is read-only"}, {EISDIR, "x: it is a folder"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct err e = {0};
		errno = rows[i].number;
		err_errno(&e, ERR_STORE, "x");
		assert_string_equal(e.text, rows[i].says);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sentence),
		cmocka_unit_test(test_nobody_asks),
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_reasons),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
