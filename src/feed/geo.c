#include "feed/geo.h"

enum {
	MILLION = 1000000,
	NAME_MAX_BYTES = 100, /* longer is a sentence, or a list */
};

/* Digits and at most one point; a millionth is some 10 cm, and what is finer is cut. */
static bool
read_decimal(struct str s, int64_t *out)
{
	int64_t value = 0, unit = MILLION;
	bool point = false, digit = false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.' && !point) {
			point = true;
			continue;
		}
		if (!ascii_digit((unsigned char)s.p[i]) || value > 1000 * (int64_t)MILLION)
			return false;
		digit = true;
		if (point)
			unit /= 10;
		value = point ? value + (s.p[i] - '0') * unit
			      : value * 10 + (s.p[i] - '0') * (int64_t)MILLION;
	}
	*out = value;
	return digit;
}

bool
geo_degrees(struct str s, int32_t most, int32_t *out)
{
	int64_t value;
	s = str_trim(s);
	bool south = s.n && s.p[0] == '-';
	if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
		s = str_from(s, 1);
	if (!read_decimal(s, &value) || value > most * (int64_t)MILLION)
		return false;
	*out = (int32_t)(south ? -value : value);
	return true;
}

bool
geo_point(struct str s, int32_t *latitude, int32_t *longitude)
{
	s = str_trim(s);
	size_t i = 0;
	while (i < s.n && !ascii_space((unsigned char)s.p[i]) && s.p[i] != ',')
		i++;
	struct str first = str_sub(s, 0, i);
	while (i < s.n && (ascii_space((unsigned char)s.p[i]) || s.p[i] == ','))
		i++;
	int32_t north, east;
	if (!geo_degrees(first, 90, &north) || !geo_degrees(str_from(s, i), 180, &east))
		return false;
	*latitude = north;
	*longitude = east;
	return true;
}

bool
geo_is_name(struct str s)
{
	if (s.n < 2 || s.n > NAME_MAX_BYTES)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (ascii_digit((unsigned char)s.p[i]) ||
		    str_find_char(STR(";=:/<>{}[]|@#&?!\"_"), s.p[i]) != STR_NONE)
			return false;
	return true;
}
