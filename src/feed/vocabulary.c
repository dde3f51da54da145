#include "feed/vocabulary.h"

#include <string.h>

struct address {
	struct str text;
	enum feed_space space;
};

struct row {
	struct str name;
	struct feed_word word;
};

static const struct address addresses[] = {
#define SPACE(id, address) {STR_INIT(address), SPACE_##id},
#include "feed/vocabulary.def"
};

static const struct address prefixes[] = {
#define USUAL(prefix, id) {STR_INIT(prefix), SPACE_##id},
#include "feed/vocabulary.def"
};

static const struct row rows[] = {
#define WORD(space, name, meaning, rank)                                                 \
	{STR_INIT(name), {SPACE_##space, MEANS_##meaning, rank}},
#include "feed/vocabulary.def"
};

_Static_assert(
    COUNT_OF(rows) < 250, "a slot holds one byte, and half of them should be free");

/* FNV-1a of the lower-case name and its space; `name` is short. */
static size_t
slot_of(enum feed_space space, struct str name)
{
	uint32_t hash = 2166136261u ^ (uint32_t)space;
	for (size_t i = 0; i < name.n; i++)
		hash = (hash ^ (unsigned char)ascii_lower(name.p[i])) * 16777619u;
	return (hash ^ hash >> 15) % VOCABULARY_SLOTS;
}

static const struct row *
find_row(const struct vocabulary *v, enum feed_space space, struct str name)
{
	if (name.n > VOCABULARY_MAX_NAME)
		return NULL;
	for (size_t at = slot_of(space, name); v->slot[at];
	     at = (at + 1) % VOCABULARY_SLOTS) {
		const struct row *row = &rows[v->slot[at] - 1];
		if (row->word.space == space && str_eq_nocase(row->name, name))
			return row;
	}
	return NULL;
}

void
vocabulary_init(struct vocabulary *v)
{
	*v = (struct vocabulary){0};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		size_t at = slot_of(rows[i].word.space, rows[i].name);
		while (v->slot[at])
			at = (at + 1) % VOCABULARY_SLOTS;
		v->slot[at] = (uint8_t)(i + 1);
	}
}

static struct str
without_slash(struct str address)
{
	address = str_trim(address);
	if (address.n && address.p[address.n - 1] == '/')
		address.n--;
	return address;
}

/* Some write https: where the namespace has http:. */
static struct str
with_plain_scheme(struct str address, char *room, size_t n_room)
{
	if (!str_starts_nocase(address, STR("https:")) || address.n > n_room)
		return address;
	memcpy(room, "http", 4);
	memcpy(room + 4, address.p + 5, address.n - 5);
	return str_of(room, address.n - 1);
}

enum feed_space
feed_space_of(struct str address)
{
	char room[128];
	address = with_plain_scheme(without_slash(address), room, sizeof(room));
	if (address.n == 0)
		return SPACE_NONE;
	for (size_t i = 0; i < COUNT_OF(addresses); i++)
		if (str_eq_nocase(addresses[i].text, address))
			return addresses[i].space;
	return SPACE_OTHER;
}

enum feed_space
feed_space_usual(struct str prefix)
{
	for (size_t i = 0; i < COUNT_OF(prefixes); i++)
		if (str_eq_nocase(prefixes[i].text, prefix))
			return prefixes[i].space;
	return SPACE_OTHER;
}

/* RSS and Atom each for the other are foreign, and so is every module. */
static struct feed_word
ranked(struct feed_word word, enum feed_space own)
{
	if (word.space != own)
		word.rank += WORD_FOREIGN;
	return word;
}

struct feed_word
vocabulary_word(const struct vocabulary *v, enum feed_space space, struct str name,
    enum feed_space own)
{
	const struct row *row = find_row(v, space == SPACE_NONE ? own : space, name);
	if (!row && space == SPACE_NONE)
		row = find_row(v, own == SPACE_ATOM ? SPACE_RSS : SPACE_ATOM, name);
	if (!row)
		return (struct feed_word){space, MEANS_NONE, 0};
	return ranked(row->word, own);
}
