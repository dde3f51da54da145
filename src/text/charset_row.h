/* The rows of charset.def, for the files that decode. */
#ifndef KAWAT_TEXT_CHARSET_ROW_H
#define KAWAT_TEXT_CHARSET_ROW_H

#include "text/charset.h"

enum charset_kind {
	KIND_NONE,
	KIND_UTF8,
	KIND_UTF16,
	KIND_UTF32,
	KIND_BYTES,
	KIND_SINGLE,
	KIND_DOUBLE,
	KIND_ISO_2022_JP,
};

struct charset_row {
	struct str name;
	enum charset_kind kind;
	const char *converters; /* names for iconv_open, parted by a space */
};

const struct charset_row *charset_row(enum charset); /* never NULL */

#endif
