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
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "text/charset.h"

enum { MAX_FILE_BYTES = 16 * 1024 * 1024 };

struct run {
	struct arena *arena;
	const char *folder;
	size_t passed, failed, left_out;
};

static void
judge(
    struct run *run, const char *file, size_t number, enum charset got, struct str label)
{
	enum charset want = charset_of_label(label);

	if (want != CHARSET_UNKNOWN && got == want) {
		run->passed++;
		return;
	}
	run->failed++;
	printf("%s, case %zu: %s, not %.*s\n", file, number, charset_name(got).p,
	    STR_ARG(label));
}

static void
run_page(
    struct run *run, const char *file, size_t number, struct str page, struct str label)
{
	struct charset_choice c = charset_for_page(bytes_of_str(page), STR(""), STR(""));
	bool silent = c.source == CHARSET_BY_DEFAULT;

	judge(run, file, number, silent ? CHARSET_WINDOWS_1252 : c.charset, label);
}

/* "#data", the page, "#encoding", the label, each on lines of its own; no page holds such a line. */
static void
run_pages(struct run *run, const char *file, struct str s)
{
	struct str data = STR("#data\n"), encoding = STR("\n#encoding\n");

	for (size_t number = 1;; number++) {
		size_t at = str_find(s, data);
		if (at == STR_NONE)
			return;
		s = str_from(s, at + data.n);
		size_t end = str_find(s, encoding);
		if (end == STR_NONE)
			return;
		struct str page = str_sub(s, 0, end);
		s = str_from(s, end + encoding.n);
		run_page(run, file, number, page, str_sub(s, 0, str_find_char(s, '\n')));
	}
}

static void
run_text(struct run *run, const char *file, struct str s)
{
	struct str name = str_sub(str_z(file), 5, str_z(file).n - 9); /* test_NAME.txt */

	judge(run, file, 1, charset_guess(bytes_of_str(s)), name);
}

static void
leave_out(struct run *run, const char *file, struct str s)
{
	(void)s;
	run->left_out++;
	printf("left out: scripted/%s: the meta is written by a script\n", file);
}

/* Every file of the folder that ends so. */
static bool
run_files(struct run *run, const char *below, const char *ending,
    void (*one)(struct run *, const char *, struct str))
{
	struct str folder = arena_fmt(run->arena, "%s/%s", run->folder, below);
	struct dirent **entries;
	int n = scandir(arena_z(run->arena, folder), &entries, NULL, alphasort);
	bool good = n > 0;

	for (int i = 0; i < n; i++) {
		struct err e = {0};
		struct bytes raw;
		const char *name = entries[i]->d_name;
		struct str path = arena_fmt(run->arena, "%.*s/%s", STR_ARG(folder), name);
		if (!str_ends(str_z(name), str_z(ending)))
			;
		else if (file_read(run->arena, arena_z(run->arena, path), MAX_FILE_BYTES,
			     &raw, &e))
			one(run, name, str_of((const char *)raw.p, raw.n));
		else
			good = printf("%s: %s\n", name, e.text) < 0;
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
	return good;
}

int
main(int argc, char **argv)
{
	struct run run = {.folder = argc == 2 ? argv[1] : NULL};
	if (!run.folder) {
		fprintf(stderr, "usage: html5lib_encoding FOLDER (with *.dat files)\n");
		return 2;
	}
	run.arena = arena_new();
	bool readable = run_files(&run, "", ".dat", run_pages);
	readable = run_files(&run, "chardet", ".txt", run_text) && readable;
	readable = run_files(&run, "scripted", ".dat", leave_out) && readable;
	arena_free(run.arena);
	printf("%zu passed, %zu failed\n", run.passed, run.failed);
	return run.failed || run.passed == 0 || !readable ? 1 : 0;
}
