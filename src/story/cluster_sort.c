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

/* Each run of so many rows is put in order by itself before runs are merged. */
enum { RUN = 8, FEW = 160 };

static void
sort_run(uint64_t *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		uint64_t row = v[i];
		size_t k = i;
		for (; k > 0 && v[k - 1] >> 32 > row >> 32; k--)
			v[k] = v[k - 1];
		v[k] = row;
	}
}

static void
merge_runs(const uint64_t *from, uint64_t *to, size_t n, size_t run)
{
	for (size_t begin = 0; begin < n; begin += 2 * run) {
		size_t middle = begin + run < n ? begin + run : n;
		size_t end = middle + run < n ? middle + run : n;
		for (size_t a = begin, b = middle, i = begin; i < end; i++) {
			bool second = a == middle || (b < end && from[b] >> 32 < from[a] >> 32);
			to[i] = from[second ? b++ : a++];
		}
	}
}

/* Up to FEW rows merging costs less than counting bytes. */
static void
sort_few(uint64_t *v, uint64_t *room, size_t n)
{
	uint64_t *from = v, *to = room;
	for (size_t i = 0; i < n; i += RUN)
		sort_run(v + i, n - i < RUN ? n - i : RUN);
	for (size_t run = RUN; run < n; run *= 2) {
		merge_runs(from, to, n, run);
		uint64_t *other = from;
		from = to;
		to = other;
	}
	if (from != v)
		memcpy(v, from, n * sizeof(*v));
}

void
cluster_sort(uint64_t *v, uint64_t *room, size_t n)
{
	if (n <= FEW) {
		sort_few(v, room, n);
		return;
	}
	pass(v, room, n, 32);
	pass(room, v, n, 40);
	pass(v, room, n, 48);
	pass(room, v, n, 56);
}
