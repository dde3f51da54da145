/*
 * `kawat extract` without processes and boxes, for running the judges and a debugger on the
 * reading of pages alone:  extract_tool [--url URL] [--charset NAME] [--format text] FILE|-
 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "story/extract.h"

static void
print(void *ctx, struct str text)
{
	fwrite(text.p, 1, text.n, ctx);
}

static int
fail(const struct err *e)
{
	fprintf(stderr, "extract_tool: %s\n", e->text);
	return 2;
}

int
main(int argc, char **argv)
{
	struct extract_source src = {0};
	const char *file = NULL;
	bool as_text = false;
	struct err e = {0};

	for (int i = 1; i < argc; i++) {
		if (i + 1 < argc && strcmp(argv[i], "--url") == 0)
			src.url = str_z(argv[++i]);
		else if (i + 1 < argc && strcmp(argv[i], "--charset") == 0)
			src.charset = str_z(argv[++i]);
		else if (i + 1 < argc && strcmp(argv[i], "--format") == 0)
			as_text = strcmp(argv[++i], "text") == 0;
		else
			file = argv[i];
	}
	if (!file) {
		err_set(&e, ERR_USAGE, "no file named");
		return fail(&e);
	}
	struct arena *a = arena_new();
	struct story story;
	if (!file_read(a, file, 64 * 1024 * 1024, &src.raw, &e)) {
		arena_free(a);
		return fail(&e);
	}
	(void)extract_story(a, &src, &story);
	if (as_text) {
		struct buf out = {0};
		extract_text(a, &story, &out);
		print(stdout, buf_str(&out));
		buf_clear(&out);
	} else {
		struct json j;
		json_init(&j, print, stdout);
		extract_json(a, &story, &j);
		json_clear(&j);
	}
	arena_free(a);
	return 0;
}
