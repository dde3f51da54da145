#include "base/near.h"

size_t
near_distance(struct str x, struct str y, size_t most)
{
	size_t rows[3][NEAR_MAX_BYTES + 1];
	if (x.n > NEAR_MAX_BYTES || y.n > NEAR_MAX_BYTES)
		return most + 1;
	for (size_t j = 0; j <= y.n; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= x.n; i++) {
		size_t *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
		size_t least = now[0] = i;
		for (size_t j = 1; j <= y.n; j++) {
			char a = ascii_lower(x.p[i - 1]), b = ascii_lower(y.p[j - 1]);
			size_t best = last[j - 1] + (a != b);
			if (last[j] + 1 < best)
				best = last[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && a == ascii_lower(y.p[j - 2]) &&
			    ascii_lower(x.p[i - 2]) == b && before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			now[j] = best;
			if (best < least)
				least = best;
		}
		if (least > most)
			return most + 1;
	}
	return rows[x.n % 3][y.n];
}

const char *
near_name(struct str word, const char *const *names, size_t n)
{
	const char *near = NULL;
	/* Every name is near to a word that would have to change altogether. */
	size_t beyond = word.n < 2 ? word.n : word.n < 6 ? 2 : word.n / 3 + 1;
	for (size_t i = 0; i < n && beyond; i++) {
		size_t distance = near_distance(word, str_z(names[i]), beyond - 1);
		if (distance < beyond) {
			near = names[i];
			beyond = distance;
		}
	}
	return near;
}
