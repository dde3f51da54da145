/*
 * Character references of HTML (WHATWG 13.2.5.72 to .80): &amp; &eacute &#8212; &#x2014;.
 * The table of 2,231 names is entity_table.def, made by entity_table.py.
 */
#ifndef KAWAT_TEXT_ENTITY_H
#define KAWAT_TEXT_ENTITY_H

#include "base/str.h"

enum { ENTITY_MAX_UTF8 = 8 }; /* two code points of at most four bytes */

enum entity_place { ENTITY_IN_TEXT, ENTITY_IN_ATTRIBUTE };

struct entity {
	size_t taken; /* bytes of the input, the '&' included; 0: it is no reference */
	char utf8[ENTITY_MAX_UTF8]; /* what it stands for; may be a control character */
	size_t n;
};

/*
 * Read the reference at the beginning of s, which begins with '&'.  The longest name
 * wins, and the old names need no semicolon; in an attribute such a name is none when a
 * letter, a digit or '=' follows, so that "?a=1&copy=2" stays an address.  Numbers are
 * mended as the standard says: 0, surrogates and what is above U+10FFFF become U+FFFD,
 * 0x80 to 0x9F are windows-1252.
 */
struct entity entity_read(struct str s, enum entity_place);

#endif
