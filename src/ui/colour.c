#include "ui/colour.h"

static const struct str ansi_names[16] = {
    STR_INIT("black"),
    STR_INIT("red"),
    STR_INIT("green"),
    STR_INIT("yellow"),
    STR_INIT("blue"),
    STR_INIT("magenta"),
    STR_INIT("cyan"),
    STR_INIT("white"),
    STR_INIT("bright-black"),
    STR_INIT("bright-red"),
    STR_INIT("bright-green"),
    STR_INIT("bright-yellow"),
    STR_INIT("bright-blue"),
    STR_INIT("bright-magenta"),
    STR_INIT("bright-cyan"),
    STR_INIT("bright-white"),
};

/* xterm's palette. */
static const uint32_t ansi_rgb[16] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee,
    0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff,
    0xff00ff, 0x00ffff, 0xffffff};

/* The steps of the colour cube, palette numbers 16 to 231. */
static const int cube_step[6] = {0, 95, 135, 175, 215, 255};

static bool
ansi_number(struct str name, int8_t *number)
{
	size_t i;

	for (i = 0; i < COUNT_OF(ansi_names); i++) {
		if (str_eq(name, ansi_names[i])) {
			*number = (int8_t)i;
			return true;
		}
	}
	*number = -1;
	return str_eq(name, STR("default"));
}

static bool
hex_byte(struct str s, size_t at, uint8_t *out)
{
	int high = ascii_hex((unsigned char)s.p[at]),
	    low = ascii_hex((unsigned char)s.p[at + 1]);

	if (high < 0 || low < 0)
		return false;
	*out = (uint8_t)(high * 16 + low);
	return true;
}

static int
square(int n)
{
	return n * n;
}

static int
distance(struct colour c, int r, int g, int b)
{
	/* The eye sees green best and blue least. */
	return 3 * square(c.r - r) + 6 * square(c.g - g) + square(c.b - b);
}

static int8_t
nearest_ansi(struct colour c)
{
	int best = 0, best_distance = INT32_MAX, i, d;

	for (i = 0; i < 16; i++) {
		d = distance(c, (int)(ansi_rgb[i] >> 16), (int)(ansi_rgb[i] >> 8 & 255),
		    (int)(ansi_rgb[i] & 255));
		if (d < best_distance) {
			best = i;
			best_distance = d;
		}
	}
	return (int8_t)best;
}

static int
nearest_step(int value)
{
	int best = 0, i;

	for (i = 1; i < 6; i++) {
		if (square(value - cube_step[i]) < square(value - cube_step[best]))
			best = i;
	}
	return best;
}

/*
 * Of the cube and the ramp of greys, whichever is nearer; never 0 to 15, which readers
 * redefine.
 */
static int
nearest_256(struct colour c)
{
	int r = nearest_step(c.r), g = nearest_step(c.g), b = nearest_step(c.b);
	int grey = ((c.r + c.g + c.b) / 3 - 3) / 10, level;

	grey = grey < 0 ? 0 : grey > 23 ? 23 : grey;
	level = 8 + 10 * grey;
	if (distance(c, level, level, level) <
	    distance(c, cube_step[r], cube_step[g], cube_step[b]))
		return 232 + grey;
	return 16 + 36 * r + 6 * g + b;
}

bool
colour_parse(struct str s, struct colour *c)
{
	struct str fallback;

	*c = (struct colour){.ansi = -1};
	if (s.n == 0 || s.p[0] != '#') {
		if (!ansi_number(s, &c->ansi))
			return false;
		c->kind = c->ansi < 0 ? COLOUR_DEFAULT : COLOUR_ANSI;
		return true;
	}
	str_cut(s, '/', &s, &fallback);
	if (s.n != 7 || !hex_byte(s, 1, &c->r) || !hex_byte(s, 3, &c->g) ||
	    !hex_byte(s, 5, &c->b))
		return false;
	c->kind = COLOUR_RGB;
	if (fallback.n > 0)
		return ansi_number(fallback, &c->ansi);
	c->ansi = nearest_ansi(*c);
	return true;
}

int
colour_number(struct colour c, int colours)
{
	int rgb;

	if (c.kind == COLOUR_DEFAULT || colours < 8)
		return -1;
	if (c.kind == COLOUR_RGB && colours > 256) {
		rgb = c.r << 16 | c.g << 8 | c.b;
		return rgb < 8 ? 8 : rgb;
	}
	if (c.kind == COLOUR_RGB && colours == 256)
		return nearest_256(c);
	if (c.ansi < 0 || colours == 16 || colours == 256)
		return c.ansi;
	/*
	 * A direct description has no palette above 7: xterm's value of the bright
	 * colour.
	 */
	if (colours > 256 && c.ansi > 7)
		return (int)ansi_rgb[c.ansi];
	return c.ansi & 7;
}

/*
 * The power 2.4 of WCAG without libm: x^2 times x^(2/5), by Newton's way for the fifth
 * root.
 */
static double
power_2_4(double x)
{
	double root = 1, square_x = x * x;
	int i;

	if (x <= 0)
		return 0;
	for (i = 0; i < 60; i++) {
		double fourth = root * root * root * root;

		root -= (fourth * root - square_x) / (5 * fourth);
	}
	return square_x * root;
}

static double
channel(uint32_t value)
{
	double x = (double)value / 255;

	return x <= 0.04045 ? x / 12.92 : power_2_4((x + 0.055) / 1.055);
}

double
colour_luminance(struct colour c, uint32_t otherwise)
{
	uint32_t rgb = otherwise;

	if (c.kind == COLOUR_RGB)
		rgb = (uint32_t)c.r << 16 | (uint32_t)c.g << 8 | c.b;
	else if (c.kind == COLOUR_ANSI && c.ansi >= 0)
		rgb = ansi_rgb[c.ansi];
	return 0.2126 * channel(rgb >> 16) + 0.7152 * channel(rgb >> 8 & 255) +
	       0.0722 * channel(rgb & 255);
}
