#include "view/symbols.h"

struct symbol_pair {
	struct str unicode, ascii;
};

static const struct symbol_pair symbol_table[SYMBOLS] = {
#define SYMBOL(id, unicode, ascii) {STR_INIT(unicode), STR_INIT(ascii)},
#include "view/symbols.def"
#undef SYMBOL
};

struct str
symbol(enum symbol_set set, enum symbol s)
{
	return set == SYMBOLS_ASCII ? symbol_table[s].ascii : symbol_table[s].unicode;
}
