/*
 * An arena is memory with one lifetime: the parse of a feed, the layout of a page, a message.
 * Things made in it are freed together, never singly.  Running out of memory ends the process
 * with a message: a worker is started again and the store is transactional, so sizes that come
 * from outside are bounded before they are allocated.
 */
#ifndef KAWAT_BASE_ARENA_H
#define KAWAT_BASE_ARENA_H

#include <stdarg.h>

#include "base/str.h"

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *); /* NULL is allowed */
void arena_reset(struct arena *); /* forget everything, keep one block for reuse */
size_t arena_size(const struct arena *); /* bytes taken from the system */

/* n zeroed bytes, aligned for any type.  Never NULL. */
void *arena_alloc(struct arena *, size_t n);

/*
 * Make an array of `n` elements at least `want` long by doubling; *cap is the room it has.
 * The old elements are copied; the old array stays in the arena until the end.
 */
void *arena_grow(struct arena *, void *array, size_t n, size_t *cap, size_t want, size_t size);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_array((arena), (n), sizeof(type)))
/* Append to a { T *v; size_t n, cap; } list. */
#define ARENA_PUSH(arena, list, value)                                                     \
	do {                                                                               \
		if ((list)->n == (list)->cap)                                              \
			(list)->v = arena_grow((arena), (list)->v, (list)->n, &(list)->cap, \
			    (list)->n + 1, sizeof(*(list)->v));                            \
		(list)->v[(list)->n++] = (value);                                          \
	} while (0)

void *arena_array(struct arena *, size_t n, size_t size); /* zeroed; overflow ends the process */
struct str arena_str(struct arena *, struct str); /* a copy, with a NUL behind it */
const char *arena_z(struct arena *, struct str); /* the same as a NUL-terminated string */
struct str arena_cat(struct arena *, struct str a, struct str b);
PRINTF_LIKE(2, 3) struct str arena_fmt(struct arena *, const char *fmt, ...);

/* For what must live on the heap: these too end the process when there is no memory. */
void *heap_alloc(size_t n); /* zeroed */
void *heap_resize(void *, size_t n);
char *heap_z(struct str); /* a NUL-terminated copy; free() it */

#endif
