/*
 * parse_tool [--url URL] [--content-type TYPE] FILE
 *
 * What `kawat parse` prints, without the program around it: for the judges of feeds, and
 * for measuring.  Exit 0: a feed, 6: none, 2: a wrong call or a file that cannot be read.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "feed/item_json.h"
#include "feed/reader.h"

static void
print(void *ctx, struct str text)
{
	fwrite(text.p, 1, text.n, ctx);
}

static int
refuse(int code, const char *what, const char *why)
{
	fprintf(stderr, "parse_tool: %s: %s\n", what, why);
	return code;
}

static bool
read_all(struct feed_reader *reader, FILE *file, struct err *e)
{
	static unsigned char piece[256 * 1024];
	size_t n;
	while ((n = fread(piece, 1, sizeof(piece), file)) > 0)
		if (!feed_reader_push(reader, bytes_of(piece, n), e))
			return false;
	return feed_reader_end(reader, e);
}

static int
parse(const struct feed_source *source, FILE *file)
{
	struct feed_limits limits = {0};
	struct json out;
	struct err e = {0};
	json_init(&out, print, stdout);
	struct item_json sink = {.out = &out};
	struct feed_reader *reader =
	    feed_reader_new(source, &limits, item_json_item, &sink);
	bool ok = read_all(reader, file, &e);
	if (ok)
		item_json_end(&sink, feed_reader_head(reader));
	json_clear(&out);
	feed_reader_free(reader);
	return ok ? 0 : refuse(6, "cannot read it", e.text);
}

int
main(int argc, char **argv)
{
	struct feed_source source = {0};
	int i = 1;
	for (; i + 1 < argc && strncmp(argv[i], "--", 2) == 0; i += 2) {
		if (strcmp(argv[i], "--url") == 0)
			source.url = str_z(argv[i + 1]);
		else if (strcmp(argv[i], "--content-type") == 0)
			source.content_type = str_z(argv[i + 1]);
		else
			return refuse(2, argv[i], "no such option");
	}
	if (i + 1 != argc)
		return refuse(2, "usage", "[--url URL] [--content-type TYPE] FILE");
	FILE *file = fopen(argv[i], "rb");
	if (!file)
		return refuse(2, argv[i], strerror(errno));
	int code = parse(&source, file);
	fclose(file);
	return code;
}
