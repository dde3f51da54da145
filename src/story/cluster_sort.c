#include "story/cluster_sort.h"

#include <string.h>

/* IEEE 754: the bits of numbers that are not negative have the order of the numbers. */
uint32_t
cluster_sort_largest(float x)
{
	uint32_t bits;
	memcpy(&bits, &x, sizeof(bits));
	return ~bits;
}

/* By one byte of the key. */
static void
pass(const uint64_t *from, uint64_t *to, size_t n, unsigned shift)
{
	uint32_t begin[256] = {0}, at = 0;
	for (size_t i = 0; i < n; i++)
		begin[from[i] >> shift & 255]++;
	for (size_t i = 0; i < 256; i++) {
		uint32_t here = begin[i];
		begin[i] = at;
		at += here;
	}
	for (size_t i = 0; i < n; i++)
		to[begin[from[i] >> shift & 255]++] = from[i];
}

void
cluster_sort(uint64_t *v, uint64_t *room, size_t n)
{
	pass(v, room, n, 32);
	pass(room, v, n, 40);
	pass(v, room, n, 48);
	pass(room, v, n, 56);
}
