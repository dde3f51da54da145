/*
 * From the bytes of a terminal to keys.  Knows xterm's forms, those that terminfo says of
 * this terminal, bracketed paste (mode 2004), SGR mouse (mode 1006) and the answers to
 * the questions that ui/term.c asks.  It is a pure machine: bytes in, events out; time
 * comes in as a flag.
 */
#ifndef KAWAT_UI_INPUT_H
#define KAWAT_UI_INPUT_H

#include "base/buf.h"

enum key_code {
	K_NONE = 0,
	/* A Unicode character is its own code; the named ones lie above them all. */
	K_NAMED = 0x110000,
#define KEY_NAME(id, name, other) K_##id,
#include "ui/keys.def"
#undef KEY_NAME
	K_END_OF_NAMES
};

enum { MOD_SHIFT = 1, MOD_ALT = 2, MOD_CTRL = 4 };

struct key {
	uint32_t code; /* Unicode character or enum key_code */
	uint8_t mods;  /* MOD_*; no MOD_SHIFT with a character: `A` is its own */
};

enum input_kind {
	INPUT_KEY,
	INPUT_PASTE, /* text: what was pasted, as it came (bytes), within INPUT_MAX_PASTE
		      */
	INPUT_MOUSE,
	INPUT_BACKGROUND, /* the terminal's background: r, g, b */
	INPUT_SYNC,       /* synchronised output (2026) is there */
	INPUT_COLUMN, /* the cursor is in column `col` (from 0): 1 behind ●, 2 if that is
			 wide */
	INPUT_FENCE, /* primary device attributes: every question before has been answered
		      */
	INPUT_FOCUS, /* in: `down` true; out: false */
};

enum mouse_button {
	MOUSE_LEFT,
	MOUSE_MIDDLE,
	MOUSE_RIGHT,
	MOUSE_WHEEL_UP,
	MOUSE_WHEEL_DOWN,
	MOUSE_MOVE
};

struct input_event {
	enum input_kind kind;
	struct key key;
	struct bytes text; /* of a paste: borrowed until the next call */
	enum mouse_button button;
	bool down, drag;
	int row, col; /* of the mouse, from 0 */
	uint8_t r, g, b;
};

enum {
	/* A pasted address or line of search; more is cut off. */
	INPUT_MAX_PASTE = 64 * 1024,
	/* The longest sequence that is waited for; so much of a longer one is dropped. */
	INPUT_MAX_SEQUENCE = 256,
};

struct input;

struct input *input_new(void);
void input_free(struct input *);

/*
 * Another sequence for a key: what terminfo says.  At most 64 of them; later ones are
 * ignored.
 */
void input_define(struct input *, const char *sequence, struct key);

/*
 * The terminal sends bytes that are no UTF-8 (an 8-bit locale): each is a character of
 * Latin-1.
 */
void input_set_utf8(struct input *, bool utf8);

void input_feed(struct input *, struct bytes);

/*
 * Take the next event.  False: nothing whole is there.  With `timed_out` an Esc that
 * nothing followed in time is the key Esc, and an unfinished sequence is dropped.
 */
bool input_next(struct input *, bool timed_out, struct input_event *);

/* Something unfinished is waiting (an Esc): call again after the Esc delay. */
bool input_waiting(const struct input *);

#endif
