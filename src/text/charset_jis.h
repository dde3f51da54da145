/* ISO-2022-JP, the one charset with a memory, as the WHATWG Encoding Standard decodes it. */
#ifndef KAWAT_TEXT_CHARSET_JIS_H
#define KAWAT_TEXT_CHARSET_JIS_H

#include "base/buf.h"
#include "text/charset_table.h"

enum charset_jis_state {
	JIS_ASCII,
	JIS_ROMAN, /* ASCII but for yen and overline */
	JIS_KATAKANA, /* of half width */
	JIS_LEAD, /* two bytes each */
	JIS_TRAIL,
	JIS_ESCAPE_START,
	JIS_ESCAPE,
};

struct charset_jis {
	enum charset_jis_state state, text; /* text: the last that an escape asked for */
	unsigned char lead;
	bool escaped; /* nothing was written since the last escape */
};

/* Append one byte's worth.  `pairs` are those of EUC-JP.  What is wrong gives U+FFFD and counts. */
void charset_jis_byte(struct charset_jis *, const struct charset_pairs *, unsigned char,
    struct buf *out, size_t *bad);
void charset_jis_end(struct charset_jis *, struct buf *out, size_t *bad);

#endif
