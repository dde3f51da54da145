/*
 * Order without qsort: glibc's asks the system for the size of its memory when the array is not tiny,
 * and the parse process's box ends who asks.  It is linear, too.
 */
#ifndef KAWAT_STORY_CLUSTER_SORT_H
#define KAWAT_STORY_CLUSTER_SORT_H

#include "base/str.h"

/* A key in the upper half, whose it is in the lower. */
static inline uint64_t
cluster_sort_row(uint32_t key, size_t whose)
{
	return (uint64_t)key << 32 | (uint32_t)whose;
}

static inline size_t
cluster_sort_whose(uint64_t row)
{
	return (size_t)(row & UINT32_MAX);
}

/* The key of a number that is not negative; the largest comes first. */
uint32_t cluster_sort_largest(float);

/* By ascending key; rows of one key stay in their order.  room is as long as v. */
void cluster_sort(uint64_t *v, uint64_t *room, size_t n);

#endif
