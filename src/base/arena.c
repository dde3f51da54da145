/*
 * Blocks in a list, the newest first; a thing larger than a quarter block gets one of its own,
 * so that one long string does not waste the rest of a block.
 */
#include "base/arena.h"

#include <signal.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 32 * 1024, ALIGN = alignof(max_align_t) };

struct block {
	struct block *next;
	size_t size;
	alignas(max_align_t) unsigned char mem[];
};

struct arena {
	struct block *blocks; /* the first is the one being filled */
	size_t used; /* of the first */
	size_t total;
};

/* A screen that is up has a handler on SIGABRT that gives the terminal back first. */
static _Noreturn void
out_of_memory(void)
{
	static const char text[] = "kawat: out of memory\n";
	struct sigaction on_abort;
	if (sigaction(SIGABRT, NULL, &on_abort) == 0 && on_abort.sa_handler != SIG_DFL &&
	    on_abort.sa_handler != SIG_IGN)
		raise(SIGABRT);
	fputs(text, stderr);
	_Exit(70);
}

void *
heap_alloc(size_t n)
{
	void *p = calloc(1, n ? n : 1);
	if (!p)
		out_of_memory();
	return p;
}

void *
heap_resize(void *old, size_t n)
{
	void *p = realloc(old, n ? n : 1);
	if (!p)
		out_of_memory();
	return p;
}

char *
heap_z(struct str s)
{
	char *z = heap_alloc(s.n + 1);
	if (s.n)
		memcpy(z, s.p, s.n);
	return z;
}

static struct block *
block_new(struct arena *a, size_t size)
{
	struct block *b = malloc(sizeof(*b) + size);
	if (!b)
		out_of_memory();
	b->size = size;
	b->next = NULL;
	a->total += size;
	return b;
}

struct arena *
arena_new(void)
{
	struct arena *a = heap_alloc(sizeof(*a));
	a->blocks = block_new(a, BLOCK_BYTES);
	return a;
}

static void
blocks_free(struct block *b)
{
	while (b) {
		struct block *next = b->next;
		free(b);
		b = next;
	}
}

void
arena_free(struct arena *a)
{
	if (!a)
		return;
	blocks_free(a->blocks);
	free(a);
}

void
arena_reset(struct arena *a)
{
	blocks_free(a->blocks->next);
	a->blocks->next = NULL;
	a->used = 0;
	a->total = a->blocks->size;
	if (a->blocks->size > BLOCK_BYTES) {
		free(a->blocks);
		a->total = 0;
		a->blocks = block_new(a, BLOCK_BYTES);
	}
}

size_t
arena_size(const struct arena *a)
{
	return a->total;
}

/* n bytes that the caller writes at once. */
static void *
take(struct arena *a, size_t n)
{
	if (n > SIZE_MAX / 2)
		out_of_memory();
	n = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (n > BLOCK_BYTES / 4) {
		struct block *own = block_new(a, n);
		own->next = a->blocks->next;
		a->blocks->next = own;
		return own->mem;
	}
	if (n > a->blocks->size - a->used) {
		struct block *b = block_new(a, BLOCK_BYTES);
		b->next = a->blocks;
		a->blocks = b;
		a->used = 0;
	}
	void *p = a->blocks->mem + a->used;
	a->used += n;
	return p;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	return memset(take(a, n), 0, n);
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(n, size, &bytes))
		out_of_memory();
	return arena_alloc(a, bytes);
}

void *
arena_grow(struct arena *a, void *array, size_t n, size_t *cap, size_t want, size_t size)
{
	if (want <= *cap)
		return array;
	size_t room = *cap ? *cap : 8;
	while (room < want)
		room *= 2;
	void *grown = arena_array(a, room, size);
	if (n)
		memcpy(grown, array, n * size);
	*cap = room;
	return grown;
}

struct str
arena_str(struct arena *a, struct str s)
{
	char *copy = take(a, s.n + 1);
	if (s.n)
		memcpy(copy, s.p, s.n);
	copy[s.n] = '\0';
	return str_of(copy, s.n);
}

const char *
arena_z(struct arena *a, struct str s)
{
	return arena_str(a, s).p;
}

struct str
arena_cat(struct arena *a, struct str x, struct str y)
{
	char *both = take(a, x.n + y.n + 1);
	if (x.n)
		memcpy(both, x.p, x.n);
	if (y.n)
		memcpy(both + x.n, y.p, y.n);
	both[x.n + y.n] = '\0';
	return str_of(both, x.n + y.n);
}

struct str
arena_fmt(struct arena *a, const char *fmt, ...)
{
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (n < 0)
		n = 0;
	char *text = arena_alloc(a, (size_t)n + 1);
	vsnprintf(text, (size_t)n + 1, fmt, again);
	va_end(again);
	return str_of(text, (size_t)n);
}
