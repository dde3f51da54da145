#include "story/dateline_sign.h"

#include "base/utf8.h"
#include "story/trim.h"

size_t
dateline_separator(struct str s, bool *dash)
{
	size_t at = 0, next = 0, taken = 0;

	*dash = false;
	while (at < s.n) {
		uint32_t c = utf8_next(s, &next);
		bool sign = trim_is_dash(c) || c == ':' || c == '=' || c == 0xFF1D || c == 0xFF1A;
		if (sign)
			*dash = *dash || c != ':';
		if (!sign && c != '.' && !trim_is_space(c))
			break;
		at = next;
		if (sign || c == '.')
			taken = at;
	}
	return taken > 0 ? at : 0;
}

size_t
dateline_dash(struct str s)
{
	bool space = false;
	size_t at = 0, next = 0;

	for (; at < s.n; at = next) {
		uint32_t c = utf8_next(s, &next);
		if (trim_is_dash(c) && c != 0x2010 && c != 0x2011) {
			size_t after = next;
			uint32_t d = utf8_next(s, &after);
			if ((space || c == 0x2014 || c == 0x2013) && (trim_is_space(d) || trim_is_dash(d)))
				return at;
		}
		space = trim_is_space(c);
	}
	return STR_NONE;
}

uint32_t
dateline_partner(uint32_t c)
{
	switch (c) {
	case '(': return ')';
	case '[': return ']';
	case '/': return '/';
	case 0xFF08: return 0xFF09;
	case 0xFF3B: return 0xFF3D;
	case 0x3010: return 0x3011;
	default: return 0;
	}
}

size_t
dateline_find_sign(struct str s, size_t at, uint32_t sign, size_t *after)
{
	for (size_t next = at; at < s.n; at = next) {
		if (utf8_next(s, &next) != sign)
			continue;
		*after = next;
		return at;
	}
	return STR_NONE;
}
