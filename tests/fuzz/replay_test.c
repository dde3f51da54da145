/*
 * Every fuzz target over its seeds and over small changes of them, in every build: a target that
 * no longer compiles or a crash that was found once is seen without a fuzzer.  The changes come
 * from a fixed seed, so a failure comes again.  The last line printed is the input that failed.
 *
 *	replay_test            the seeds beside this file
 *	replay_test NAME FILE...   one target, these inputs, unchanged
 */
#include "fuzz.h"

#include <dirent.h>
#include <string.h>

#include "base/file.h"

enum {
	CHANGES = 12, /* of each seed: the whole stays under some seconds */
	MAX_SEED_BYTES = 64 * 1024 * 1024,
};

static const struct {
	const char *name;
	int (*run)(const uint8_t *, size_t);
} targets[] = {
#define TARGET(name) {#name, fuzz_##name},
#include "target.def"
#undef TARGET
};

static uint32_t
random_below(uint64_t *state, size_t n)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((*state >> 33) % n);
}

/* A byte changed, a piece taken out, a piece said twice, or the end cut off. */
static void
change(uint64_t *state, struct bytes seed, struct buf *out)
{
	size_t at = random_below(state, seed.n), n = random_below(state, 40);
	struct str s = str_of((const char *)seed.p, seed.n);
	out->n = 0;
	buf_add(out, str_sub(s, 0, at));
	switch (random_below(state, 4)) {
	case 0:
		buf_char(out, (char)random_below(state, 256));
		buf_add(out, str_from(s, at + 1));
		break;
	case 1:
		buf_add(out, str_from(s, at + n));
		break;
	case 2:
		buf_add(out, str_sub(s, at, n));
		buf_add(out, str_from(s, at));
		break;
	default:
		break;
	}
}

static void
run(size_t target, const char *file, int change_number, struct bytes input)
{
	printf("%s %s %d\n", targets[target].name, file, change_number);
	fflush(stdout);
	/* exactly as long as it is, so that a sanitizer sees a read behind it */
	uint8_t *copy = malloc(input.n ? input.n : 1);
	FUZZ_MUST(copy);
	if (input.n)
		memcpy(copy, input.p, input.n);
	targets[target].run(copy, input.n);
	free(copy);
}

static struct bytes
load(struct arena *a, const char *path)
{
	struct bytes seed;
	struct err e = {0};
	if (!file_read(a, path, MAX_SEED_BYTES, &seed, &e)) {
		fprintf(stderr, "%s\n", e.text);
		exit(1);
	}
	return seed;
}

static void
run_seed(size_t target, const char *name, struct bytes seed)
{
	uint64_t state = 1;
	struct buf changed = {0};
	run(target, name, 0, seed);
	for (int i = 1; seed.n && i <= CHANGES; i++) {
		change(&state, seed, &changed);
		run(target, name, i, fuzz_bytes_of_buf(&changed));
	}
	buf_clear(&changed);
}

/* How many seeds there were. */
static size_t
run_folder(size_t target, const char *path)
{
	struct arena *a = arena_new();
	DIR *folder = opendir(path);
	struct dirent *entry;
	size_t n = 0;
	while (folder && (entry = readdir(folder))) {
		if (entry->d_name[0] == '.')
			continue;
		struct str file = arena_fmt(a, "%s/%s", path, entry->d_name);
		run_seed(target, entry->d_name, load(a, arena_z(a, file)));
		n++;
	}
	if (folder)
		closedir(folder);
	arena_free(a);
	return n;
}

static int
run_named(int argc, char **argv)
{
	struct arena *a = arena_new();
	size_t target = 0;
	while (target < COUNT_OF(targets) && strcmp(targets[target].name, argv[1]) != 0)
		target++;
	if (target == COUNT_OF(targets)) {
		fprintf(stderr, "there is no target '%s'\n", argv[1]);
		return 2;
	}
	for (int i = 2; i < argc; i++)
		run(target, argv[i], 0, load(a, argv[i]));
	arena_free(a);
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc > 1)
		return run_named(argc, argv);
	for (size_t i = 0; i < COUNT_OF(targets); i++) {
		char path[4096];
		snprintf(path, sizeof(path), "%s/fuzz/seeds/%s", TEST_SRCDIR, targets[i].name);
		run(i, "nothing", 0, bytes_of("", 0));
		if (run_folder(i, path) == 0) {
			fprintf(stderr, "%s: no seeds\n", path);
			return 1;
		}
	}
	return 0;
}
