/*
 * Names are looked up by their first letter, then down a short run of rows: the letters'
 * first rows are found by the compiler, because the table is sorted and the enum counts
 * its rows.
 */
#include "text/html_tag.h"

#include <string.h>

static const struct {
	struct str name;
	unsigned traits;
} tags[HTML_TAGS] = {
	{STR_INIT(""), 0},
#define HTML_TAG(id, name, traits) {STR_INIT(name), traits},
#include "text/html_tag.def"
#undef HTML_TAG
};

/* The first row of each letter; a letter that begins no name has the row of the next. */
static const uint8_t first_row[27] = {
	HTML_TAG_A, HTML_TAG_B, HTML_TAG_CANVAS, HTML_TAG_DATA, HTML_TAG_EM,
	HTML_TAG_FIELDSET, HTML_TAG_H1, HTML_TAG_H1, HTML_TAG_I, HTML_TAG_KBD,
	HTML_TAG_KBD, HTML_TAG_LABEL, HTML_TAG_MAIN, HTML_TAG_NAV, HTML_TAG_OBJECT,
	HTML_TAG_P, HTML_TAG_Q, HTML_TAG_RB, HTML_TAG_S, HTML_TAG_TABLE, HTML_TAG_U,
	HTML_TAG_VAR, HTML_TAG_WBR, HTML_TAG_XMP, HTML_TAGS, HTML_TAGS, HTML_TAGS,
};

enum html_tag
html_tag_of(struct str name)
{
	if (name.n == 0 || name.p[0] < 'a' || name.p[0] > 'z')
		return HTML_TAG_UNKNOWN;
	unsigned letter = (unsigned)(name.p[0] - 'a');
	for (unsigned i = first_row[letter]; i < first_row[letter + 1]; i++)
		if (tags[i].name.n == name.n &&
		    memcmp(tags[i].name.p, name.p, name.n) == 0)
			return (enum html_tag)i;
	return HTML_TAG_UNKNOWN;
}

struct str
html_tag_name(enum html_tag tag)
{
	return tags[tag].name;
}

unsigned
html_tag_traits(enum html_tag tag)
{
	return tags[tag].traits;
}
