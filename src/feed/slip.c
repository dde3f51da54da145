#include "feed/slip.h"

#include <string.h>

/* Optimal string alignment: d[i][j] is the distance of the first i and j letters. */
static unsigned char
distance(struct str a, struct str b, size_t i, size_t j,
    unsigned char d[SLIP_MAX_BYTES + 1][SLIP_MAX_BYTES + 1])
{
	bool same = ascii_lower(a.p[i - 1]) == ascii_lower(b.p[j - 1]);
	int best = d[i - 1][j - 1] + !same;
	if (d[i - 1][j] + 1 < best)
		best = d[i - 1][j] + 1;
	if (d[i][j - 1] + 1 < best)
		best = d[i][j - 1] + 1;
	if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1] &&
	    d[i - 2][j - 2] + 1 < best)
		best = d[i - 2][j - 2] + 1;
	return (unsigned char)best;
}

bool
slip_is(struct str a, struct str b)
{
	/* Beyond two to each side of the diagonal the distance is more than two: left at
	 * FAR. */
	enum { FAR = 3 };
	unsigned char d[SLIP_MAX_BYTES + 1][SLIP_MAX_BYTES + 1];
	size_t shorter = a.n < b.n ? a.n : b.n;
	if (a.n > SLIP_MAX_BYTES || b.n > SLIP_MAX_BYTES || shorter < 3 ||
	    a.n + b.n - 2 * shorter > 2)
		return false;
	memset(d, FAR, sizeof(d));
	for (unsigned char i = 0; i < FAR; i++)
		d[i][0] = d[0][i] = i;
	for (size_t i = 1; i <= a.n; i++)
		for (size_t j = i > 2 ? i - 2 : 1; j <= b.n && j <= i + 2; j++)
			d[i][j] = distance(a, b, i, j, d);
	return d[a.n][b.n] <= (shorter >= 5 ? 2 : 1);
}
