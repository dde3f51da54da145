/*
 * How fast pages are read: the tokenizer alone, the tree, and gumbo's tree where configure
 * found that library, which nothing else links.
 *     html_bench [ROUNDS] < PAGES
 * PAGES is for each page its length (four bytes, the lowest first) and its UTF-8.  The best
 * of the rounds counts, in CPU seconds of this one process; the rounds of the three take
 * turns.  Prints a line each: name, seconds, MB/s (a million bytes).
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#ifdef HAVE_GUMBO
#	include <gumbo.h>
#endif

#include "base/buf.h"
#include "text/html_tree.h"

enum { ROUNDS = 5, LENGTH_BYTES = 4 };

struct pages {
	struct buf all;
	struct {
		struct str *v;
		size_t n, cap;
	} list;
	size_t n_bytes;
};

static void
read_all(struct buf *all)
{
	char piece[65536];
	size_t n;
	while ((n = fread(piece, 1, sizeof(piece), stdin)) > 0)
		buf_add(all, str_of(piece, n));
}

static void
read_pages(struct arena *a, struct pages *pages)
{
	read_all(&pages->all);
	struct str rest = buf_str(&pages->all);
	while (rest.n >= LENGTH_BYTES) {
		size_t n = 0;
		for (size_t i = LENGTH_BYTES; i-- > 0;)
			n = n << 8 | (unsigned char)rest.p[i];
		struct str page = str_sub(rest, LENGTH_BYTES, n);
		ARENA_PUSH(a, &pages->list, page);
		pages->n_bytes += page.n;
		rest = str_from(rest, LENGTH_BYTES + n);
	}
}

/* --- what is measured ------------------------------------------------------------- */

static void
tokenize(struct str html)
{
	struct arena *a = arena_new();
	struct html_tokenizer t;
	struct html_token token;
	html_tokenizer_init(&t, a, html);
	while (html_next(&t, &token))
		if (token.kind == HTML_TOKEN_START)
			t.model = html_model_of(token.tag);
	arena_free(a);
}

static void
build(struct str html)
{
	struct arena *a = arena_new();
	if (!html_parse(a, html, HTML_PAGE))
		abort();
	arena_free(a);
}

#ifdef HAVE_GUMBO
static void
build_gumbo(struct str html)
{
	GumboOutput *output =
	    gumbo_parse_with_options(&kGumboDefaultOptions, html.p, html.n);
	gumbo_destroy_output(&kGumboDefaultOptions, output);
}
#endif

static struct {
	const char *name;
	void (*read)(struct str html);
	double best;
} readers[] = {
	{"tokenizer", tokenize, 0},
	{"tree", build, 0},
#ifdef HAVE_GUMBO
	{"gumbo", build_gumbo, 0},
#endif
};

static double
cpu_seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double
measure(const struct pages *pages, void (*read)(struct str html))
{
	double begin = cpu_seconds();
	for (size_t i = 0; i < pages->list.n; i++)
		read(pages->list.v[i]);
	return cpu_seconds() - begin;
}

int
main(int argc, char **argv)
{
	int64_t rounds = ROUNDS;
	struct arena *a = arena_new();
	struct pages pages = {0};
	if (argc > 2 || (argc == 2 && !str_to_int(str_z(argv[1]), 1, 1000, &rounds))) {
		fprintf(stderr, "usage: html_bench [ROUNDS] < PAGES\n");
		return 2;
	}
	read_pages(a, &pages);
	for (int64_t round = 0; round < rounds; round++)
		for (size_t i = 0; i < COUNT_OF(readers); i++) {
			double seconds = measure(&pages, readers[i].read);
			if (round == 0 || seconds < readers[i].best)
				readers[i].best = seconds;
		}
	printf("%zu pages, %zu bytes\n", pages.list.n, pages.n_bytes);
	for (size_t i = 0; i < COUNT_OF(readers); i++)
		printf("%s %.4f s %.1f MB/s\n", readers[i].name, readers[i].best,
		    (double)pages.n_bytes / 1e6 / readers[i].best);
	buf_clear(&pages.all);
	arena_free(a);
	return 0;
}
