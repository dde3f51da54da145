/*
 * Which key does what, here.  Keys have names (`C-d`, `Alt-←`, `S-Tab`, `g g`, `F1`,
 * `Enter`, `|`); the table of commands is passed in as rows; a lookup goes through the
 * contexts from the inside out, and a sequence such as `g g` is followed step by step, so
 * that a menu can show what may come next.
 */
#ifndef KAWAT_UI_KEYMAP_H
#define KAWAT_UI_KEYMAP_H

#include "base/arena.h"
#include "base/err.h"
#include "ui/input.h"
#include "view/command.h"

enum {
	KEYMAP_MAX_STEPS = 3, /* of a sequence */
	KEYMAP_MAX_CONTEXTS = 32,
	KEYMAP_NO_COMMAND = -1,
};

/* The name of a key, NUL-terminated; at most 31 bytes.  `ascii`: Up instead of the arrow.
 */
void key_name(struct key, bool ascii, char out[32]);

/* A key by its name.  False when it names none. */
MUST_CHECK bool key_parse(struct str name, struct key *);

struct keymap;

/*
 * Bind the keys of the rows.  The rows are borrowed as long as the map lives; a command
 * is known by its index.  A row with a key that cannot be read, or bound twice in one
 * context, is our own mistake: NULL and *e.
 */
struct keymap *keymap_new(const struct command *, size_t n, struct err *);
void keymap_free(struct keymap *);

/*
 * Change a binding: `keys` ("g x", or "<C-n>" as a configuration may write it) in a
 * context now runs `command`, or nothing when it is KEYMAP_NO_COMMAND.  It replaces what
 * the key did there.
 */
MUST_CHECK bool keymap_bind(
    struct keymap *, int context, struct str keys, int command, struct err *);

/* The index of a command by name and context (-1: any), or KEYMAP_NO_COMMAND. */
int keymap_command(const struct keymap *, struct str name, int context);

/* What the reader has begun: a prefix, a number. */
enum digits { DIGITS_ARE_KEYS, DIGITS_COUNT, DIGITS_FOLLOW };

struct keymap_state {
	struct key step[KEYMAP_MAX_STEPS];
	size_t n_steps;
	int number; /* 0: none */
};

enum keymap_answer {
	KEYMAP_UNKNOWN, /* nothing begins so; the state is empty again */
	KEYMAP_PREFIX,  /* more must follow */
	KEYMAP_COMMAND, /* *command; the state is empty again, its number is in *number */
	KEYMAP_NUMBER,  /* state.number has a digit more */
};

/*
 * One more key.  `contexts` are from the inside out, ended by -1.  With DIGITS_COUNT a
 * number is a count for the next command; with DIGITS_FOLLOW it is a link's number, which
 * the caller ends.
 */
enum keymap_answer keymap_key(const struct keymap *, const int *contexts, enum digits,
    struct keymap_state *, struct key, int *command, int *number);

/*
 * A link's number waits for another digit: some link of `n_links` begins with it and is
 * longer.
 */
bool keymap_number_waits(int number, int n_links);

/* The menu after a prefix (or, with an empty state, all that can be pressed here). */
struct keymap_choice {
	struct str keys; /* the steps that remain */
	int command;
};
struct keymap_choice *keymap_choices(struct arena *, const struct keymap *,
    const int *contexts, const struct keymap_state *, bool ascii, size_t *n);

/* All keys of a command in the contexts, as `j ↓` or `gg Home`; empty when it has none.
 */
struct str keymap_keys_of(
    struct arena *, const struct keymap *, const int *contexts, int command, bool ascii);

/* The first key of a command in the contexts, for hints and messages. */
struct str keymap_first_key(
    struct arena *, const struct keymap *, const int *contexts, int command, bool ascii);

#endif
