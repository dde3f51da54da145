/*
 * Bindings lie in one array sorted by nothing: a few hundred rows of three keys, looked
 * through once a key press, take some microseconds.  A binding that a configuration made
 * stands behind the table's and wins, because the search goes from the back.
 */
#include "ui/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

struct binding {
	struct key step[KEYMAP_MAX_STEPS];
	uint8_t n_steps;
	int8_t context;
	int command; /* KEYMAP_NO_COMMAND: unbound */
};

struct keymap {
	const struct command *commands;
	size_t n_commands;
	struct binding *v;
	size_t n, cap;
};

struct key_word {
	struct str name, other;
	uint32_t code;
};

static const struct key_word key_words[] = {
#define KEY_NAME(id, name, other) {STR_INIT(name), STR_INIT(other), K_##id},
#include "ui/keys.def"
#undef KEY_NAME
    {STR_INIT("Space"), STR_INIT("Space"), ' '},
};

struct modifier_word {
	struct str name;
	uint8_t bit;
};

/* The first of a bit is the one that is shown. */
static const struct modifier_word modifiers[] = {
    {STR_INIT("C-"), MOD_CTRL},
    {STR_INIT("Alt-"), MOD_ALT},
    {STR_INIT("S-"), MOD_SHIFT},
    {STR_INIT("Ctrl-"), MOD_CTRL},
    {STR_INIT("A-"), MOD_ALT},
    {STR_INIT("M-"), MOD_ALT},
    {STR_INIT("Shift-"), MOD_SHIFT},
};

static size_t
append(char out[32], size_t at, struct str s)
{
	if (at + s.n > 31)
		return at;
	memcpy(out + at, s.p, s.n);
	return at + s.n;
}

void
key_name(struct key key, bool ascii, char out[32])
{
	char character[4];
	size_t i, at = 0;

	for (i = 0; i < 3; i++) {
		if (key.mods & modifiers[i].bit)
			at = append(out, at, modifiers[i].name);
	}
	for (i = 0; i < COUNT_OF(key_words); i++) {
		if (key_words[i].code == key.code) {
			at = append(
			    out, at, ascii ? key_words[i].other : key_words[i].name);
			out[at] = '\0';
			return;
		}
	}
	if (key.code >= 0x20 && key.code < K_NAMED)
		at = append(out, at, str_of(character, utf8_encode(key.code, character)));
	out[at] = '\0';
}

/* The modifiers at the front of a name; a name that is nothing but one is left alone. */
static uint8_t
take_modifiers(struct str *name)
{
	uint8_t mods = 0;
	size_t i;
	bool found;

	do {
		found = false;
		for (i = 0; i < COUNT_OF(modifiers) && !found; i++) {
			if (name->n <= modifiers[i].name.n ||
			    !str_starts(*name, modifiers[i].name))
				continue;
			mods |= modifiers[i].bit;
			*name = str_from(*name, modifiers[i].name.n);
			found = true;
		}
	} while (found);
	return mods;
}

bool
key_parse(struct str name, struct key *key)
{
	size_t i, at = 0;
	uint32_t c;

	if (name.n > 2 && name.p[0] == '<' && name.p[name.n - 1] == '>')
		name = str_sub(name, 1, name.n - 2);
	key->mods = take_modifiers(&name);
	for (i = 0; i < COUNT_OF(key_words); i++) {
		if (str_eq_nocase(name, key_words[i].name) ||
		    str_eq_nocase(name, key_words[i].other)) {
			key->code = key_words[i].code;
			return true;
		}
	}
	if (name.n == 0)
		return false;
	c = utf8_next(name, &at);
	if (at != name.n || c < 0x20)
		return false;
	/* Shift is in the character, and Control has no capitals. */
	if (key->mods & MOD_SHIFT && c < 0x80) {
		c = c >= 'a' && c <= 'z' ? c - 32 : c;
		key->mods &= (uint8_t)~MOD_SHIFT;
	}
	if ((key->mods & MOD_CTRL) && c < 0x80)
		c = (uint32_t)(unsigned char)ascii_lower((char)c);
	key->code = c;
	return true;
}

/* A sequence: names parted by spaces. */
static bool
parse_steps(struct str keys, struct binding *b)
{
	struct str name;

	b->n_steps = 0;
	for (name = str_word(&keys); name.n > 0; name = str_word(&keys)) {
		if (b->n_steps == KEYMAP_MAX_STEPS ||
		    !key_parse(name, &b->step[b->n_steps]))
			return false;
		b->n_steps++;
	}
	return b->n_steps > 0;
}

static bool
key_eq(struct key a, struct key b)
{
	return a.code == b.code && a.mods == b.mods;
}

static bool
begins_with(const struct binding *b, const struct key *step, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (i >= b->n_steps || !key_eq(b->step[i], step[i]))
			return false;
	}
	return true;
}

/* Two sequences of which one begins with the other: the longer could never be reached. */
static bool
clash(const struct binding *a, const struct binding *b)
{
	return a->context == b->context && (begins_with(a, b->step, b->n_steps) ||
					       begins_with(b, a->step, a->n_steps));
}

static void
push(struct keymap *map, struct binding b)
{
	if (map->n == map->cap) {
		map->cap = map->cap ? map->cap * 2 : 128;
		map->v = heap_resize(map->v, map->cap * sizeof(*map->v));
	}
	map->v[map->n++] = b;
}

static bool
add_row(struct keymap *map, int index, struct err *e)
{
	const struct command *row = &map->commands[index];
	struct str rest = str_z(row->keys), keys;
	struct binding b;
	size_t i, cut;

	while (rest.n > 0) {
		cut = str_find(rest, STR(", "));
		keys = cut == STR_NONE ? rest : str_sub(rest, 0, cut);
		rest = cut == STR_NONE ? str_of("", 0) : str_from(rest, cut + 2);
		b.context = (int8_t)row->context;
		b.command = index;
		if (row->context < 0 || row->context >= KEYMAP_MAX_CONTEXTS)
			return err_set(
			    e, ERR_INTERNAL, "command '%s' has no context", row->name);
		if (!parse_steps(keys, &b))
			return err_set(e, ERR_INTERNAL,
			    "command '%s' has a key that is none: '%.*s'", row->name,
			    STR_ARG(keys));
		for (i = 0; i < map->n; i++) {
			if (clash(&map->v[i], &b))
				return err_set(e, ERR_INTERNAL,
				    "commands '%s' and '%s' share '%.*s'",
				    map->commands[map->v[i].command].name, row->name,
				    STR_ARG(keys));
		}
		push(map, b);
	}
	return true;
}

struct keymap *
keymap_new(const struct command *commands, size_t n, struct err *e)
{
	struct keymap *map = heap_alloc(sizeof(*map));
	size_t i;

	map->commands = commands;
	map->n_commands = n;
	for (i = 0; i < n; i++) {
		if (!add_row(map, (int)i, e)) {
			keymap_free(map);
			return NULL;
		}
	}
	return map;
}

void
keymap_free(struct keymap *map)
{
	if (!map)
		return;
	free(map->v);
	free(map);
}

bool
keymap_bind(struct keymap *map, int context, struct str keys, int command, struct err *e)
{
	struct binding b = {.context = (int8_t)context, .command = command};
	size_t i, kept = 0;

	if (!parse_steps(keys, &b))
		return err_set(e, ERR_USAGE, "no such key '%.*s'", STR_ARG(keys));
	/* What it replaces goes: the same keys, and what could not be reached any more.
	 */
	for (i = 0; i < map->n; i++) {
		if (!clash(&map->v[i], &b))
			map->v[kept++] = map->v[i];
	}
	map->n = kept;
	push(map, b);
	return true;
}

int
keymap_command(const struct keymap *map, struct str name, int context)
{
	size_t i;

	for (i = 0; i < map->n_commands; i++) {
		if (str_eq(str_z(map->commands[i].name), name) &&
		    (context < 0 || map->commands[i].context == context))
			return (int)i;
	}
	return KEYMAP_NO_COMMAND;
}

/* The binding that the steps run or begin in one context; *whole when they are all of it.
 */
static const struct binding *
find_in(
    const struct keymap *map, int context, const struct key *step, size_t n, bool *whole)
{
	const struct binding *prefix = NULL;
	size_t i;

	for (i = map->n; i > 0; i--) {
		const struct binding *b = &map->v[i - 1];

		if (b->context != context || !begins_with(b, step, n))
			continue;
		if (b->n_steps == n) {
			*whole = true;
			return b;
		}
		if (b->command != KEYMAP_NO_COMMAND)
			prefix = b;
	}
	*whole = false;
	return prefix;
}

static void
forget(struct keymap_state *state)
{
	memset(state, 0, sizeof(*state));
}

/* A digit that belongs to a number rather than to a sequence. */
static bool
take_digit(enum digits digits, struct keymap_state *state, struct key key)
{
	enum { MOST = 99999 };

	if (digits == DIGITS_ARE_KEYS || state->n_steps > 0 || key.mods ||
	    key.code < '0' || key.code > '9' || (key.code == '0' && state->number == 0))
		return false;
	if (state->number <= MOST / 10)
		state->number = state->number * 10 + (int)(key.code - '0');
	return true;
}

enum keymap_answer
keymap_key(const struct keymap *map, const int *contexts, enum digits digits,
    struct keymap_state *state, struct key key, int *command, int *number)
{
	const struct binding *b;
	bool whole, prefix = false;

	if (take_digit(digits, state, key))
		return KEYMAP_NUMBER;
	if (state->n_steps == KEYMAP_MAX_STEPS)
		forget(state);
	state->step[state->n_steps++] = key;
	/* The innermost context that knows the whole of it wins; a prefix anywhere waits.
	 */
	for (; *contexts >= 0; contexts++) {
		b = find_in(map, *contexts, state->step, state->n_steps, &whole);
		if (!b)
			continue;
		if (!whole) {
			prefix = true;
			continue;
		}
		if (prefix || b->command == KEYMAP_NO_COMMAND)
			break;
		*command = b->command;
		*number = state->number;
		forget(state);
		return KEYMAP_COMMAND;
	}
	if (prefix)
		return KEYMAP_PREFIX;
	forget(state);
	return KEYMAP_UNKNOWN;
}

bool
keymap_number_waits(int number, int n_links)
{
	return number > 0 && number <= n_links / 10;
}

static struct str
steps_name(struct arena *a, const struct binding *b, size_t from, bool ascii)
{
	struct buf out = {0};
	struct str name;
	char one[32];
	size_t i;
	bool short_one = true;

	for (i = from; i < b->n_steps; i++) {
		key_name(b->step[i], ascii, one);
		/* Written close where it can be read: `gg`, but `g Home`. */
		if (i > from && (!short_one || strlen(one) > 1))
			buf_char(&out, ' ');
		short_one = strlen(one) == 1;
		buf_add(&out, str_z(one));
	}
	name = arena_str(a, buf_str(&out));
	buf_clear(&out);
	return name;
}

/* The binding is what its keys do here: no context further in takes them. */
static bool
in_force(const struct keymap *map, const int *contexts, const struct binding *b)
{
	const struct binding *found;
	size_t n;
	bool whole;

	if (b->command == KEYMAP_NO_COMMAND)
		return false;
	for (; *contexts >= 0 && *contexts != b->context; contexts++) {
		for (n = 1; n <= b->n_steps; n++) {
			found = find_in(map, *contexts, b->step, n, &whole);
			if (found && (whole || n == b->n_steps))
				return false;
		}
	}
	return *contexts >= 0;
}

struct keymap_choice *
keymap_choices(struct arena *a, const struct keymap *map, const int *contexts,
    const struct keymap_state *state, bool ascii, size_t *n)
{
	struct keymap_choice *choices = ARENA_ARRAY(a, struct keymap_choice, map->n + 1);
	size_t i;

	*n = 0;
	for (i = 0; i < map->n; i++) {
		const struct binding *b = &map->v[i];

		if (b->n_steps <= state->n_steps ||
		    !begins_with(b, state->step, state->n_steps) ||
		    !in_force(map, contexts, b))
			continue;
		choices[*n].keys = steps_name(a, b, state->n_steps, ascii);
		choices[(*n)++].command = b->command;
	}
	return choices;
}

struct str
keymap_keys_of(struct arena *a, const struct keymap *map, const int *contexts,
    int command, bool ascii)
{
	struct str all = STR("");
	size_t i;

	for (i = 0; i < map->n; i++) {
		if (map->v[i].command != command || !in_force(map, contexts, &map->v[i]))
			continue;
		if (all.n > 0)
			all = arena_cat(a, all, STR(" "));
		all = arena_cat(a, all, steps_name(a, &map->v[i], 0, ascii));
	}
	return all;
}

struct str
keymap_first_key(struct arena *a, const struct keymap *map, const int *contexts,
    int command, bool ascii)
{
	size_t i;

	for (i = 0; i < map->n; i++) {
		if (map->v[i].command == command && in_force(map, contexts, &map->v[i]))
			return steps_name(a, &map->v[i], 0, ascii);
	}
	return STR("");
}
