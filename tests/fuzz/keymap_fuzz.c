/* Names of keys, bindings as a configuration may write them, and keys in any order. */
#include "fuzz.h"

#include "app/commands.h"
#include "text/clean.h"
#include "ui/keymap.h"

static void
check_name(struct str name)
{
	struct key key, again;
	char out[32];
	if (!key_parse(name, &key))
		return;
	for (int ascii = 0; ascii < 2; ascii++) {
		key_name(key, ascii, out);
		FUZZ_MUST(key_parse(str_z(out), &again));
		FUZZ_MUST(again.code == key.code && again.mods == key.mods);
	}
}

static void
press(const struct keymap *map, struct keymap_state *state, uint8_t byte)
{
	static const int contexts[] = {CONTEXT_STORY, CONTEXT_LIST, CONTEXT_GLOBAL, -1};
	struct key key = {.code = byte, .mods = byte & 0x80 ? MOD_ALT : 0};
	int command = KEYMAP_NO_COMMAND, number = 0;
	if (byte < ' ')
		key.code = K_NAMED + byte;
	enum keymap_answer answer = keymap_key(
	    map, contexts, byte & 1 ? DIGITS_COUNT : DIGITS_FOLLOW, state, key, &command, &number);
	FUZZ_MUST(answer != KEYMAP_COMMAND || (command >= 0 && command < COMMANDS));
	FUZZ_MUST(state->n_steps < KEYMAP_MAX_STEPS && number >= 0 && state->number >= 0);
}

/* Input: lines that bind, then after an empty line the keys that are pressed. */
FUZZ_TARGET(keymap)
{
	struct arena *a = arena_new();
	struct bytes rest = bytes_of(p, n), line;
	struct err e = {0};
	struct keymap_state state = {0};
	struct keymap *map = keymap_new(command_rows(), COMMANDS, &e);
	FUZZ_MUST(map);
	while ((line = fuzz_line(&rest)).n) {
		struct str keys = text_clean_line(a, line);
		check_name(keys);
		if (!keymap_bind(map, (int)(line.n % CONTEXTS), keys, (int)(line.n % COMMANDS), &e))
			FUZZ_MUST(e.text[0]); /* a refusal says why */
	}
	while (rest.n)
		press(map, &state, fuzz_byte(&rest));
	keymap_free(map);
	arena_free(a);
	return 0;
}
