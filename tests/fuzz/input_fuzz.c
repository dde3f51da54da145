/* Bytes of a terminal in pieces are the keys of the bytes in one piece. */
#include "fuzz.h"

#include "ui/input.h"
#include "ui/keymap.h"

static void
note(struct buf *out, const struct input_event *e)
{
	char name[32];
	if (e->kind == INPUT_KEY) {
		FUZZ_MUST(e->key.code != K_NONE && e->key.code < K_END_OF_NAMES);
		key_name(e->key, false, name);
		buf_fmt(out, "key %u %u %s\n", e->key.code, e->key.mods, name);
	} else if (e->kind == INPUT_PASTE) {
		FUZZ_MUST(e->text.n <= INPUT_MAX_PASTE);
		buf_fmt(out, "paste %zu\n", e->text.n);
		buf_add_bytes(out, e->text);
	} else {
		buf_fmt(out, "%d %d %d %d %d %d %u\n", e->kind, e->button, e->down, e->drag, e->row,
		    e->col, e->r);
	}
}

static void
take_all(struct input *in, struct buf *out)
{
	struct input_event e = {0};
	while (input_next(in, false, &e))
		note(out, &e);
}

static void
read_keys(struct bytes raw, size_t piece, bool utf8, struct buf *out)
{
	struct input *in = input_new();
	struct input_event e = {0};
	input_set_utf8(in, utf8);
	input_define(in, "\033OP", (struct key){.code = 'p', .mods = MOD_ALT});
	while (raw.n) {
		input_feed(in, fuzz_take(&raw, piece));
		take_all(in, out);
	}
	while (input_next(in, true, &e))
		note(out, &e);
	FUZZ_MUST(!input_waiting(in));
	input_free(in);
}

/* Input: the size of the pieces, what the terminal sends. */
FUZZ_TARGET(input)
{
	struct bytes raw = bytes_of(p, n);
	size_t piece = fuzz_byte(&raw) % 16 + 1u;
	struct buf whole = {0}, pieces = {0};
	for (int utf8 = 0; utf8 < 2; utf8++) {
		read_keys(raw, SIZE_MAX, utf8, &whole);
		read_keys(raw, piece, utf8, &pieces);
		FUZZ_MUST(str_eq(buf_str(&whole), buf_str(&pieces)));
	}
	buf_clear(&whole);
	buf_clear(&pieces);
	return 0;
}
