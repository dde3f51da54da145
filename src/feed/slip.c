#include "feed/slip.h"

/* Optimal string alignment: d[i][j] is the distance of the first i and j letters. */
bool
slip_is(struct str a, struct str b)
{
	unsigned char d[SLIP_MAX_BYTES + 1][SLIP_MAX_BYTES + 1];
	size_t shorter = a.n < b.n ? a.n : b.n;
	if (a.n > SLIP_MAX_BYTES || b.n > SLIP_MAX_BYTES || shorter < 3 || a.n + b.n - 2 * shorter > 2)
		return false;
	for (size_t i = 0; i <= a.n; i++)
		d[i][0] = (unsigned char)i;
	for (size_t j = 0; j <= b.n; j++)
		d[0][j] = (unsigned char)j;
	for (size_t i = 1; i <= a.n; i++)
		for (size_t j = 1; j <= b.n; j++) {
			bool same = ascii_lower(a.p[i - 1]) == ascii_lower(b.p[j - 1]);
			int best = d[i - 1][j - 1] + !same;
			if (d[i - 1][j] + 1 < best)
				best = d[i - 1][j] + 1;
			if (d[i][j - 1] + 1 < best)
				best = d[i][j - 1] + 1;
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
			    a.p[i - 2] == b.p[j - 1] && d[i - 2][j - 2] + 1 < best)
				best = d[i - 2][j - 2] + 1;
			d[i][j] = (unsigned char)best;
		}
	return d[a.n][b.n] <= (shorter >= 5 ? 2 : 1);
}
