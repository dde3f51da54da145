/*
 * A colour as a theme names it, and what a terminal of so many colours can show of it.
 */
#ifndef KAWAT_UI_COLOUR_H
#define KAWAT_UI_COLOUR_H

#include "base/str.h"

enum colour_kind { COLOUR_DEFAULT, COLOUR_ANSI, COLOUR_RGB };

struct colour {
	uint8_t kind;    /* enum colour_kind */
	int8_t ansi;     /* 0 to 15: the colour itself, or what stands for an RGB one; -1:
			    default */
	uint8_t r, g, b; /* of COLOUR_RGB */
};

enum { COLOURS_TRUE = 1 << 24 };

/* `#rrggbb`, `#rrggbb/ansi-name`, `red`, `bright-red`, `default`.  False: none of these.
 */
MUST_CHECK bool colour_parse(struct str, struct colour *);

/*
 * The number for a terminal of so many colours: -1 default; 0 to 7 with 8 (a bright
 * colour is its plain one there: say bold), 0 to 15 with 16, 0 to 255 with 256, 0xrrggbb
 * with COLOURS_TRUE, where the numbers 0 to 7 are ANSI colours, so an RGB value below 8
 * becomes 8, nearly black as well.
 */
int colour_number(struct colour, int colours);

/* Relative luminance (WCAG 2.1), 0 to 1.  `otherwise` is 0xrrggbb for the default colour.
 */
double colour_luminance(struct colour, uint32_t otherwise);

#endif
