/* Labels and names: the only way from an outside string to a charset is through this table. */
#include "text/charset_row.h"

static const struct charset_row rows[CHARSETS] = {
	[CHARSET_UNKNOWN] = {{"", 0}, KIND_NONE, ""},
#define CHARSET(id, name, kind, converters)                                                 \
	[CHARSET_##id] = {STR_INIT(name), KIND_##kind, converters},
#include "text/charset.def"
#undef CHARSET
};

struct label {
	struct str label;
	enum charset charset;
};

static const struct label labels[] = {
#define LABEL(label, id) {STR_INIT(label), CHARSET_##id},
#include "text/charset_label.def"
#undef LABEL
};

const struct charset_row *
charset_row(enum charset charset)
{
	return &rows[charset < CHARSETS ? charset : CHARSET_UNKNOWN];
}

bool
charset_is_wide(enum charset c)
{
	return c == CHARSET_UTF_16LE || c == CHARSET_UTF_16BE || c == CHARSET_UTF_32LE ||
	    c == CHARSET_UTF_32BE;
}

enum charset
charset_of_label(struct str label)
{
	size_t low = 0, high = COUNT_OF(labels);
	char lower[32];

	label = str_trim(label);
	if (label.n > sizeof(lower))
		return CHARSET_UNKNOWN;
	for (size_t i = 0; i < label.n; i++)
		lower[i] = ascii_lower(label.p[i]);
	label = str_of(lower, label.n);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_cmp(label, labels[middle].label);
		if (order == 0)
			return labels[middle].charset;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return CHARSET_UNKNOWN;
}

struct str
charset_name(enum charset charset)
{
	return charset_row(charset)->name;
}

bool
charset_needs_converter(enum charset charset)
{
	return charset_row(charset)->kind >= KIND_SINGLE;
}
