#include "wire/conditional.h"

/* Printable ASCII; blanks only inside. */
static struct str
plain_value(struct bytes header, size_t max)
{
	struct str s = str_trim(str_of((const char *)header.p, header.n));
	if (s.n > max)
		return STR("");
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || (unsigned char)s.p[i] > 0x7E)
			return STR("");
	return s;
}

struct str
conditional_etag(struct bytes header)
{
	return plain_value(header, CONDITIONAL_MAX_ETAG_BYTES);
}

struct str
conditional_date(struct bytes header)
{
	return plain_value(header, CONDITIONAL_MAX_DATE_BYTES);
}
