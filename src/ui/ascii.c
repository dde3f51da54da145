#include "ui/ascii.h"

#include "base/str.h"

struct likeness {
	uint32_t first, last;
	const char *ascii; /* one for each, or a single one for all */
};

/* Sorted. */
static const struct likeness likenesses[] = {
    {0x00a0, 0x00bf, " !cL$Y|S\"Ca<--R-o+23'uP.,1o>????"},
    {0x00c0, 0x00ff, "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty"},
    {0x0100, 0x017f,
	"AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLl"
	"NnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs"},
    {0x2010, 0x2015, "-"},
    {0x2018, 0x201b, "'"},
    {0x201c, 0x201f, "\""},
    {0x2022, 0x2022, "*"},
    {0x2026, 0x2026, "~"},
    {0x2032, 0x2033, "'\""},
    {0x2039, 0x203a, "<>"},
    {0x20ac, 0x20ac, "E"},
    {0x2190, 0x2193, "<^>v"},
    {0x21a9, 0x21a9, "<"},
    {0x21bb, 0x21bb, "u"},
    {0x21c4, 0x21c4, "~"},
    {0x2212, 0x2212, "-"},
    {0x2315, 0x2315, "?"},
    {0x2500, 0x2500, "-"},
    {0x2502, 0x2502, "|"},
    {0x250c, 0x253c, "+"},
    {0x258e, 0x258f, "|"},
    {0x2591, 0x2593, ".##"},
    {0x25a4, 0x25a4, "="},
    {0x25b2, 0x25b2, "^"},
    {0x25b6, 0x25b8, ">"},
    {0x25bc, 0x25be, "v"},
    {0x25cb, 0x25cb, "."},
    {0x25cf, 0x25cf, "*"},
    {0x2605, 0x2605, "!"},
    {0x2713, 0x2715, "+xx"},
};

char
ascii_likeness(uint32_t c)
{
	const struct likeness *row;
	size_t i;

	if (c < 0x80)
		return c >= 0x20 && c < 0x7f ? (char)c : '?';
	for (i = 0; i < COUNT_OF(likenesses); i++) {
		row = &likenesses[i];
		if (c >= row->first && c <= row->last)
			return row->ascii[1] == '\0' ? row->ascii[0]
						     : row->ascii[c - row->first];
	}
	return '?';
}
