#include "html5lib.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

enum { MAX_FILE_BYTES = 64 * 1024 * 1024 };

static bool
run_file(struct html5lib *run, const char *folder, const char *name, html5lib_cases *cases)
{
	struct arena *a = arena_new();
	struct err e = {0};
	struct bytes content;
	run->file = name;
	bool ok = file_read(
	    a, arena_z(a, arena_fmt(a, "%s/%s", folder, name)), MAX_FILE_BYTES, &content, &e);
	if (!ok)
		printf("%s\n", e.text);
	ok = ok && cases(run, content);
	arena_free(a);
	return ok;
}

bool
html5lib_folder(
    struct html5lib *run, const char *folder, const char *ending, html5lib_cases *cases)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, NULL, alphasort);
	size_t files = 0;
	bool ok = true;
	for (int i = 0; i < n; i++) {
		if (str_ends(str_z(entries[i]->d_name), str_z(ending))) {
			ok = run_file(run, folder, entries[i]->d_name, cases) && ok;
			files++;
		}
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
	if (files == 0)
		printf("no *%s files in %s\n", ending, folder);
	return ok && files;
}

int
html5lib_end(struct html5lib *run, bool readable)
{
	arena_free(run->arena);
	printf("%zu passed, %zu failed\n", run->passed, run->failed);
	return run->failed || run->passed == 0 || !readable ? 1 : 0;
}
