/*
 * Runs the encoding cases of the html5lib suite, which is not part of this tree:
 *     html5lib_encoding FOLDER
 * Each *.dat file of the folder holds pages and the encoding that a browser reads them in; each
 * chardet/test_NAME.txt is a text in the encoding NAME, of which nothing is said.  What needs scripts
 * to run (scripted/) is named and left out: nothing here runs one.  Prints the failures and last
 * `N passed, N failed`.
 *
 * Where a page says nothing the suite expects windows-1252.  That is what browsers take in much of
 * the world; this program looks at the bytes, so what it calls a default counts as that.
 */
#include "html5lib.h"

#include <stdio.h>

#include "text/charset.h"

static void
judge(struct html5lib *run, size_t number, enum charset got, struct str label)
{
	enum charset want = charset_of_label(label);

	if (want != CHARSET_UNKNOWN && got == want) {
		run->passed++;
		return;
	}
	run->failed++;
	printf("%s, case %zu: %s, not %.*s\n", run->file, number, charset_name(got).p,
	    STR_ARG(label));
}

static void
run_page(struct html5lib *run, size_t number, struct str page, struct str label)
{
	struct charset_choice c = charset_for_page(bytes_of_str(page), STR(""), STR(""));
	bool silent = c.source == CHARSET_BY_DEFAULT;

	judge(run, number, silent ? CHARSET_WINDOWS_1252 : c.charset, label);
}

/* "#data", the page, "#encoding", the label, each on lines of its own; no page holds such a line. */
static bool
run_pages(struct html5lib *run, struct bytes content)
{
	struct str s = str_of((const char *)content.p, content.n);
	struct str data = STR("#data\n"), encoding = STR("\n#encoding\n");

	for (size_t number = 1;; number++) {
		size_t at = str_find(s, data);
		if (at == STR_NONE)
			return true;
		s = str_from(s, at + data.n);
		size_t end = str_find(s, encoding);
		if (end == STR_NONE)
			return true;
		struct str page = str_sub(s, 0, end);
		s = str_from(s, end + encoding.n);
		run_page(run, number, page, str_sub(s, 0, str_find_char(s, '\n')));
	}
}

static bool
run_text(struct html5lib *run, struct bytes content)
{
	struct str file = str_z(run->file), name = str_sub(file, 5, file.n - 9); /* test_NAME.txt */

	judge(run, 1, charset_guess(content), name);
	return true;
}

static bool
leave_out(struct html5lib *run, struct bytes content)
{
	(void)content;
	run->left_out++;
	printf("left out: scripted/%s: the meta is written by a script\n", run->file);
	return true;
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *below, *ending;
		html5lib_cases *cases;
	} folders[] = {
		{"", ".dat", run_pages}, {"/chardet", ".txt", run_text}, {"/scripted", ".dat", leave_out}};
	if (argc != 2) {
		fprintf(stderr, "usage: html5lib_encoding FOLDER (with *.dat files)\n");
		return 2;
	}
	struct html5lib run = {.arena = arena_new()};
	bool readable = true;
	for (size_t i = 0; i < COUNT_OF(folders); i++) {
		struct str folder = arena_fmt(run.arena, "%s%s", argv[1], folders[i].below);
		readable = html5lib_folder(&run, arena_z(run.arena, folder), folders[i].ending,
			       folders[i].cases) && readable;
	}
	return html5lib_end(&run, readable);
}
