/*
 * The marks of the screen in two sets: Unicode, and ASCII for terminals and locales that
 * have no more.  The content is the same in both.
 */
#ifndef KAWAT_VIEW_SYMBOLS_H
#define KAWAT_VIEW_SYMBOLS_H

#include "base/str.h"

enum symbol {
#define SYMBOL(id, unicode, ascii) SYMBOL_##id,
#include "view/symbols.def"
#undef SYMBOL
	SYMBOLS
};

enum symbol_set { SYMBOLS_UNICODE, SYMBOLS_ASCII };

struct str symbol(enum symbol_set, enum symbol);

#endif
