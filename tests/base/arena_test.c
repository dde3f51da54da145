/* Arenas: zeroed, aligned, apart from each other, whatever the sizes; and how memory runs out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

/* Around the quarter block that gets one of its own, and around a whole block. */
static const size_t sizes[] = {0, 1, 15, 16, 17, 8191, 8192, 8193, 32767, 32768, 32769, 1 << 20};

static bool
all_are(const unsigned char *p, size_t n, unsigned char c)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != c)
			return false;
	return true;
}

static void
test_apart(void **state)
{
	enum { ROUNDS = 4 };
	unsigned char *made[ROUNDS][COUNT_OF(sizes)];
	struct arena *a = arena_new();
	(void)state;
	for (size_t r = 0; r < ROUNDS; r++) {
		for (size_t i = 0; i < COUNT_OF(sizes); i++) {
			unsigned char *p = arena_alloc(a, sizes[i]);
			assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
			assert_true(all_are(p, sizes[i], 0));
			memset(p, (int)(r * 16 + i + 1), sizes[i]);
			made[r][i] = p;
		}
	}
	for (size_t r = 0; r < ROUNDS; r++)
		for (size_t i = 0; i < COUNT_OF(sizes); i++)
			assert_true(all_are(made[r][i], sizes[i], (unsigned char)(r * 16 + i + 1)));
	arena_free(a);
	arena_free(NULL);
}

static void
test_reset_gives_back(void **state)
{
	struct arena *a = arena_new();
	size_t empty = arena_size(a);
	(void)state;
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 100; i++)
			memset(arena_alloc(a, 4000), 0xAA, 4000);
		arena_alloc(a, 1 << 20);
		assert_true(arena_size(a) >= (1 << 20) + 100 * 4000);
		arena_reset(a);
		assert_int_equal(arena_size(a), empty);
		/* what was there before must not shine through */
		assert_true(all_are(arena_alloc(a, 4000), 4000, 0));
	}
	arena_free(a);
}

static void
test_grow_keeps(void **state)
{
	struct { int *v; size_t n, cap; } list = {0};
	struct arena *a = arena_new();
	(void)state;
	for (int i = 0; i < 10000; i++)
		ARENA_PUSH(a, &list, i);
	assert_int_equal(list.n, 10000);
	assert_true(list.cap >= list.n && list.cap < 2 * list.n + 8);
	for (int i = 0; i < 10000; i++)
		assert_int_equal(list.v[i], i);
	arena_free(a);
}

static void
test_strings(void **state)
{
	struct arena *a = arena_new();
	struct str none = {NULL, 0};
	(void)state;
	struct str copy = arena_str(a, STR("Ambon"));
	assert_int_equal(copy.n, 5);
	assert_string_equal(copy.p, "Ambon");
	assert_string_equal(arena_z(a, none), "");
	assert_string_equal(arena_cat(a, STR("Laut "), STR("Banda")).p, "Laut Banda");
	assert_string_equal(arena_cat(a, none, none).p, "");
	assert_string_equal(arena_fmt(a, "%d%s", 7, " hari").p, "7 hari");
	assert_int_equal(arena_fmt(a, "%*d", 50000, 1).n, 50000);
	arena_free(a);

	char *z = heap_z(STR("heap"));
	z = heap_resize(z, 100000);
	assert_string_equal(z, "heap");
	free(z);
	unsigned char *zeroed = heap_alloc(100);
	assert_true(all_are(zeroed, 100, 0));
	free(zeroed);
}

/* Run `ask` in a child: its exit status. */
static int
status_of(void (*ask)(void))
{
	pid_t pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);
		dup2(null, STDERR_FILENO);
		ask();
		_Exit(0);
	}
	int status = 0;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
ask_overflow(void)
{
	arena_array(arena_new(), SIZE_MAX / 2, 3);
}

static void
ask_too_much(void)
{
	arena_alloc(arena_new(), SIZE_MAX - 3);
}

static void
test_no_memory_ends_the_process(void **state)
{
	(void)state;
	assert_int_equal(status_of(ask_overflow), 70);
	assert_int_equal(status_of(ask_too_much), 70);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_apart),
		cmocka_unit_test(test_reset_gives_back),
		cmocka_unit_test(test_grow_keeps),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_no_memory_ends_the_process),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
