/*
 * The machine looks at the bytes that have arrived and takes the longest thing it knows from their
 * front: a sequence of the terminfo table, an escape sequence of ECMA-48's shape (CSI, SS3, OSC,
 * DCS), a UTF-8 character, a control byte.
 *
 *	ESC [ parameters intermediates final	CSI: keys, mouse, answers
 *	ESC O final				SS3: keys of the application mode
 *	ESC ] … BEL | ESC \			OSC: the answer about the background
 *	ESC character				Alt and the character
 *	ESC (and nothing in time)		Esc
 *
 * A sequence of the right shape that means nothing here is dropped whole, so that no half of it
 * ever arrives as keys.
 */
#include "ui/input.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

enum { MAX_DEFINED = 64, MAX_SEQUENCE_BYTES = 15, MAX_PARAMETERS = 8, ESC = 0x1b };

struct defined {
	char sequence[MAX_SEQUENCE_BYTES + 1];
	size_t n;
	struct key key;
};

struct input {
	struct buf in;
	struct buf paste;
	bool pasting, latin;
	struct defined defined[MAX_DEFINED];
	size_t n_defined;
};

/* How the front of the buffer was understood. */
enum taken { TAKEN_EVENT, TAKEN_NOTHING, TAKEN_MORE };

struct csi {
	unsigned char first; /* `<`, `?`, `>` or 0 */
	int parameter[MAX_PARAMETERS]; /* -1: left out */
	size_t n_parameters;
	unsigned char intermediate; /* the last one, or 0 */
	unsigned char final;
};

struct final_key {
	unsigned char final;
	uint32_t code;
	uint8_t mods;
};

/* xterm, PC-style and VT220-style. */
static const struct final_key csi_final[] = {
    {'A', K_UP, 0},
    {'B', K_DOWN, 0},
    {'C', K_RIGHT, 0},
    {'D', K_LEFT, 0},
    {'H', K_HOME, 0},
    {'F', K_END, 0},
    {'P', K_F1, 0},
    {'Q', K_F2, 0},
    {'R', K_F3, 0},
    {'S', K_F4, 0},
    {'Z', K_TAB, MOD_SHIFT},
};

static const struct final_key ss3_final[] = {
    {'A', K_UP, 0},
    {'B', K_DOWN, 0},
    {'C', K_RIGHT, 0},
    {'D', K_LEFT, 0},
    {'H', K_HOME, 0},
    {'F', K_END, 0},
    {'P', K_F1, 0},
    {'Q', K_F2, 0},
    {'R', K_F3, 0},
    {'S', K_F4, 0},
    {'M', K_ENTER, 0},
    {'I', K_TAB, 0},
};

/* CSI number ~ */
static const uint32_t tilde_key[] = {
    [1] = K_HOME,
    [2] = K_INSERT,
    [3] = K_DELETE,
    [4] = K_END,
    [5] = K_PAGE_UP,
    [6] = K_PAGE_DOWN,
    [7] = K_HOME,
    [8] = K_END,
    [11] = K_F1,
    [12] = K_F2,
    [13] = K_F3,
    [14] = K_F4,
    [15] = K_F5,
    [17] = K_F6,
    [18] = K_F7,
    [19] = K_F8,
    [20] = K_F9,
    [21] = K_F10,
    [23] = K_F11,
    [24] = K_F12,
};

static const struct str paste_end = STR_INIT("\033[201~");

static void
drop(struct input *in, size_t n)
{
	buf_drop_front(&in->in, n);
}

static struct bytes
pending(const struct input *in)
{
	return bytes_of(in->in.p, in->in.n);
}

static enum taken
key_event(struct input_event *event, uint32_t code, uint8_t mods)
{
	event->kind = INPUT_KEY;
	event->key = (struct key){code, mods};
	return TAKEN_EVENT;
}

/* xterm's modifier parameter: one more than the bits shift, alt, control. */
static uint8_t
mods_of(int parameter)
{
	return parameter > 1 && parameter <= 16 ? (uint8_t)((parameter - 1) & 7) : 0;
}

/* A control byte or a character by itself. */
static struct key
key_of_character(uint32_t c)
{
	switch (c) {
	case '\r':
	case '\n':
		return (struct key){K_ENTER, 0};
	case '\t':
		return (struct key){K_TAB, 0};
	case 0x7f:
	case '\b':
		return (struct key){K_BACKSPACE, 0};
	case ESC:
		return (struct key){K_ESCAPE, 0};
	case 0:
		return (struct key){' ', MOD_CTRL};
	}
	if (c < 0x1b)
		return (struct key){c + 'a' - 1, MOD_CTRL};
	if (c < 0x20)
		return (struct key){c + '@', MOD_CTRL};
	return (struct key){c, 0};
}

/* ---- CSI ---- */

/* Read one into *csi.  Returns its length, 0 when it is not whole, SIZE_MAX when it is none. */
static size_t
read_csi(struct bytes s, struct csi *csi)
{
	size_t i = 2;
	int value = -1;

	memset(csi, 0, sizeof(*csi));
	if (i < s.n && s.p[i] >= '<' && s.p[i] <= '?')
		csi->first = s.p[i++];
	for (; i < s.n; i++) {
		if (ascii_digit(s.p[i])) {
			value = value < 0 ? 0 : value;
			value = value > 100000 ? 100000 : value * 10 + (s.p[i] - '0');
		} else if (s.p[i] == ';' || s.p[i] == ':') {
			if (csi->n_parameters < MAX_PARAMETERS)
				csi->parameter[csi->n_parameters++] = value;
			value = -1;
		} else if (s.p[i] >= 0x20 && s.p[i] < 0x30) {
			csi->intermediate = s.p[i];
		} else if (s.p[i] >= 0x40 && s.p[i] < 0x7f) {
			if (csi->n_parameters < MAX_PARAMETERS)
				csi->parameter[csi->n_parameters++] = value;
			csi->final = s.p[i];
			return i + 1;
		} else {
			return SIZE_MAX;
		}
	}
	return 0;
}

static int
parameter(const struct csi *csi, size_t i, int otherwise)
{
	return i < csi->n_parameters && csi->parameter[i] >= 0 ? csi->parameter[i] : otherwise;
}

static enum taken
mouse_event(const struct csi *csi, struct input_event *event)
{
	int what = parameter(csi, 0, 0);

	event->kind = INPUT_MOUSE;
	event->col = parameter(csi, 1, 1) - 1;
	event->row = parameter(csi, 2, 1) - 1;
	event->down = csi->final == 'M';
	event->drag = (what & 32) != 0;
	event->key.mods = (uint8_t)((what & 4 ? MOD_SHIFT : 0) | (what & 8 ? MOD_ALT : 0) |
				    (what & 16 ? MOD_CTRL : 0));
	if (event->col < 0 || event->row < 0)
		return TAKEN_NOTHING;
	switch (what & ~(4 | 8 | 16 | 32)) {
	case 0:
		event->button = MOUSE_LEFT;
		return TAKEN_EVENT;
	case 1:
		event->button = MOUSE_MIDDLE;
		return TAKEN_EVENT;
	case 2:
		event->button = MOUSE_RIGHT;
		return TAKEN_EVENT;
	case 3:
		event->button = MOUSE_MOVE;
		return TAKEN_EVENT;
	case 64:
		event->button = MOUSE_WHEEL_UP;
		return TAKEN_EVENT;
	case 65:
		event->button = MOUSE_WHEEL_DOWN;
		return TAKEN_EVENT;
	}
	return TAKEN_NOTHING;
}

static enum taken
final_key(const struct final_key *table, size_t n, const struct csi *csi,
    struct input_event *event)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (table[i].final == csi->final)
			return key_event(event, table[i].code,
			    (uint8_t)(table[i].mods | mods_of(parameter(csi, 1, 1))));
	}
	return TAKEN_NOTHING;
}

static enum taken
tilde_event(struct input *in, const struct csi *csi, struct input_event *event)
{
	int number = parameter(csi, 0, 0);

	if (number == 200) {
		in->pasting = true;
		in->paste.n = 0;
		return TAKEN_NOTHING;
	}
	if (number == 27) /* xterm's modifyOtherKeys: CSI 27 ; mods ; code ~ */
		return key_event(event, key_of_character((uint32_t)parameter(csi, 2, 0)).code,
		    mods_of(parameter(csi, 1, 1)));
	if (number < 0 || (size_t)number >= COUNT_OF(tilde_key) || !tilde_key[number])
		return TAKEN_NOTHING;
	return key_event(event, tilde_key[number], mods_of(parameter(csi, 1, 1)));
}

/* CSI code ; mods u, as some terminals send for keys with modifiers. */
static enum taken
code_event(const struct csi *csi, struct input_event *event)
{
	uint32_t code = (uint32_t)parameter(csi, 0, 0);
	uint8_t mods = mods_of(parameter(csi, 1, 1));

	if (code == 0 || code >= K_NAMED || (code >= 0xd800 && code < 0xe000))
		return TAKEN_NOTHING;
	if (code >= 0x20 && code != 0x7f)
		return key_event(event, code, mods & (uint8_t)~MOD_SHIFT);
	return key_event(event, key_of_character(code).code, mods);
}

static enum taken
csi_event(struct input *in, const struct csi *csi, struct input_event *event)
{
	if (csi->first == '<' && (csi->final == 'M' || csi->final == 'm'))
		return mouse_event(csi, event);
	if (csi->first == '?' && csi->final == 'c') {
		event->kind = INPUT_FENCE;
		return TAKEN_EVENT;
	}
	if (csi->first == '?' && csi->final == 'y' && csi->intermediate == '$') {
		event->kind = INPUT_SYNC;
		return parameter(csi, 0, 0) == 2026 &&
			(parameter(csi, 1, 0) == 1 || parameter(csi, 1, 0) == 2)
		    ? TAKEN_EVENT
		    : TAKEN_NOTHING;
	}
	if (csi->first == '?' && csi->final == 'R') { /* DECXCPR: CSI ? row ; col R */
		event->kind = INPUT_COLUMN;
		event->row = parameter(csi, 0, 1) - 1;
		event->col = parameter(csi, 1, 1) - 1;
		return TAKEN_EVENT;
	}
	if (csi->first || csi->intermediate)
		return TAKEN_NOTHING;
	if (csi->n_parameters <= 1 && (csi->final == 'I' || csi->final == 'O')) {
		event->kind = INPUT_FOCUS;
		event->down = csi->final == 'I';
		return TAKEN_EVENT;
	}
	if (csi->final == '~')
		return tilde_event(in, csi, event);
	if (csi->final == 'u')
		return code_event(csi, event);
	return final_key(csi_final, COUNT_OF(csi_final), csi, event);
}

/* ---- strings: OSC, DCS, APC, PM, SOS ---- */

/* The length of a string up to its terminator; 0 when that has not come. */
static size_t
string_length(struct bytes s)
{
	size_t i;

	for (i = 2; i < s.n; i++) {
		if (s.p[i] == 0x07)
			return i + 1;
		if (s.p[i] == ESC && i + 1 < s.n)
			return s.p[i + 1] == '\\' ? i + 2 : i;
	}
	return 0;
}

/* One part of `rgb:ffff/ffff/ffff`, of one to four digits, as a byte. */
static bool
read_channel(struct str part, uint8_t *out)
{
	unsigned value = 0, most = 0;
	size_t i;

	if (part.n == 0 || part.n > 4)
		return false;
	for (i = 0; i < part.n; i++) {
		if (ascii_hex((unsigned char)part.p[i]) < 0)
			return false;
		value = value * 16 + (unsigned)ascii_hex((unsigned char)part.p[i]);
		most = most * 16 + 15;
	}
	*out = (uint8_t)(value * 255 / most);
	return true;
}

/* ESC ] 11 ; rgb:RRRR/GGGG/BBBB */
static enum taken
string_event(struct bytes s, struct input_event *event)
{
	struct str text = str_of((const char *)s.p, s.n), r, g, b;
	struct str head = STR("\033]11;rgb:");

	while (text.n > 0 &&
	       (text.p[text.n - 1] == 0x07 || text.p[text.n - 1] == '\\' || text.p[text.n - 1] == ESC))
		text.n--;
	if (!str_starts(text, head))
		return TAKEN_NOTHING;
	text = str_from(text, head.n);
	if (!str_cut(text, '/', &r, &text) || !str_cut(text, '/', &g, &b))
		return TAKEN_NOTHING;
	if (!read_channel(r, &event->r) || !read_channel(g, &event->g) ||
	    !read_channel(b, &event->b))
		return TAKEN_NOTHING;
	event->kind = INPUT_BACKGROUND;
	return TAKEN_EVENT;
}

/* ---- the front of the buffer ---- */

/* A sequence that terminfo told; a longer one that has begun is waited for. */
static enum taken
take_defined(struct input *in, bool timed_out, struct input_event *event)
{
	struct str front = buf_str(&in->in);
	const struct defined *best = NULL;
	size_t i;
	bool begun = false;

	for (i = 0; i < in->n_defined; i++) {
		const struct defined *d = &in->defined[i];
		struct str sequence = str_of(d->sequence, d->n);

		if (str_starts(front, sequence)) {
			if (!best || best->n < d->n)
				best = d;
		} else if (front.n > 1 && str_starts(sequence, front)) {
			begun = true;
		}
	}
	if (begun && !timed_out)
		return TAKEN_MORE;
	if (!best)
		return TAKEN_NOTHING;
	event->kind = INPUT_KEY;
	event->key = best->key;
	drop(in, best->n);
	return TAKEN_EVENT;
}

/* One UTF-8 character after `skip` bytes; TAKEN_MORE while its end has not come. */
static enum taken
take_character(struct input *in, size_t skip, uint8_t mods, bool timed_out,
    struct input_event *event)
{
	struct bytes s = pending(in);
	uint32_t c = s.p[skip];
	size_t n = 1, want;

	if (c >= 0x80 && !in->latin) {
		want = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc2 ? 2 : 1;
		n = utf8_decode(s.p + skip, s.n - skip, &c);
		if (n < want && n == s.n - skip && !timed_out)
			return TAKEN_MORE;
	}
	drop(in, skip + n);
	/* What is no UTF-8, and C1 controls, are no keys. */
	if ((c == UTF8_REPLACEMENT && n != 3) || (c >= 0x80 && c < 0xa0))
		return TAKEN_NOTHING;
	event->kind = INPUT_KEY;
	event->key = key_of_character(c);
	event->key.mods |= mods;
	return TAKEN_EVENT;
}

static enum taken
unfinished(struct input *in, bool timed_out)
{
	if (!timed_out && in->in.n <= INPUT_MAX_SEQUENCE)
		return TAKEN_MORE;
	drop(in, in->in.n);
	return TAKEN_NOTHING;
}

static enum taken
take_csi(struct input *in, bool timed_out, struct input_event *event)
{
	struct csi csi;
	size_t n = read_csi(pending(in), &csi);

	/* The Linux console's function keys: ESC [ [ A to E. */
	if (n == 3 && csi.final == '[') {
		struct bytes s = pending(in);

		if (s.n < 4)
			return unfinished(in, timed_out);
		csi.final = s.p[3];
		drop(in, 4);
		return csi.final >= 'A' && csi.final <= 'E'
		    ? key_event(event, K_F1 + (uint32_t)(csi.final - 'A'), 0)
		    : TAKEN_NOTHING;
	}
	/* Alt-[ and nothing more. */
	if (n == 0 && timed_out && in->in.n == 2) {
		drop(in, 2);
		return key_event(event, '[', MOD_ALT);
	}
	if (n == 0)
		return unfinished(in, timed_out);
	if (n == SIZE_MAX) { /* broken: the introducer is dropped, the rest is read anew */
		drop(in, 2);
		return TAKEN_NOTHING;
	}
	drop(in, n);
	return csi_event(in, &csi, event);
}

static enum taken
take_ss3(struct input *in, bool timed_out, struct input_event *event)
{
	struct bytes s = pending(in);
	struct csi csi = {.final = s.n > 2 ? s.p[2] : 0};
	size_t at = 2;

	if (s.n == 2 && timed_out) {
		drop(in, 2);
		return key_event(event, 'O', MOD_ALT);
	}
	/* Some send the modifier between: ESC O 5 A. */
	if (s.n > 2 && ascii_digit(s.p[2])) {
		csi.parameter[1] = s.p[2] - '0';
		csi.n_parameters = 2;
		csi.final = s.n > 3 ? s.p[3] : 0;
		at = 3;
	}
	if (!csi.final)
		return unfinished(in, timed_out);
	drop(in, at + 1);
	return final_key(ss3_final, COUNT_OF(ss3_final), &csi, event);
}

static enum taken
take_string(struct input *in, bool timed_out, struct input_event *event)
{
	struct bytes s = pending(in);
	size_t n = string_length(s);
	enum taken taken;

	if (n == 0 && s.n == 2 && timed_out) {
		drop(in, 2);
		return key_event(event, s.p[1], MOD_ALT);
	}
	if (n == 0)
		return unfinished(in, timed_out);
	taken = s.p[1] == ']' ? string_event(bytes_of(s.p, n), event) : TAKEN_NOTHING;
	drop(in, n);
	return taken;
}

static enum taken
take_escape(struct input *in, bool timed_out, struct input_event *event)
{
	struct bytes s = pending(in);

	if (s.n == 1 || (s.p[1] == ESC && s.n == 2)) {
		if (!timed_out)
			return TAKEN_MORE;
		drop(in, 1);
		return key_event(event, K_ESCAPE, 0);
	}
	switch (s.p[1]) {
	case '[':
		return take_csi(in, timed_out, event);
	case 'O':
		return take_ss3(in, timed_out, event);
	case ']':
	case 'P':
	case '^':
	case '_':
	case 'X':
		return take_string(in, timed_out, event);
	case ESC: /* Esc, and then the beginning of something else */
		drop(in, 1);
		return key_event(event, K_ESCAPE, 0);
	}
	return take_character(in, 1, MOD_ALT, timed_out, event);
}

/* Inside a paste: everything up to its end, which alone is looked for. */
static enum taken
take_paste(struct input *in, struct input_event *event)
{
	struct str front = buf_str(&in->in);
	size_t end = str_find(front, paste_end), n = end, room;

	if (end == STR_NONE) {
		/* The last bytes may be the beginning of the end. */
		n = front.n < paste_end.n ? 0 : front.n - (paste_end.n - 1);
	}
	room = INPUT_MAX_PASTE - in->paste.n;
	buf_add(&in->paste, str_sub(front, 0, n < room ? n : room));
	drop(in, end == STR_NONE ? n : end + paste_end.n);
	if (end == STR_NONE)
		return TAKEN_MORE;
	in->pasting = false;
	event->kind = INPUT_PASTE;
	event->text = bytes_of(in->paste.p, in->paste.n);
	return TAKEN_EVENT;
}

static enum taken
take(struct input *in, bool timed_out, struct input_event *event)
{
	enum taken taken;

	if (in->pasting)
		return take_paste(in, event);
	if (in->n_defined > 0 && (unsigned char)in->in.p[0] == ESC) {
		taken = take_defined(in, timed_out, event);
		if (taken != TAKEN_NOTHING)
			return taken;
	}
	if ((unsigned char)in->in.p[0] == ESC)
		return take_escape(in, timed_out, event);
	return take_character(in, 0, 0, timed_out, event);
}

struct input *
input_new(void)
{
	return heap_alloc(sizeof(struct input));
}

void
input_free(struct input *in)
{
	if (!in)
		return;
	buf_clear(&in->in);
	buf_clear(&in->paste);
	free(in);
}

void
input_define(struct input *in, const char *sequence, struct key key)
{
	struct defined *d;
	size_t n = sequence ? strlen(sequence) : 0;

	/* Only sequences: a single byte is what it is anyway. */
	if (n < 2 || n > MAX_SEQUENCE_BYTES || sequence[0] != ESC || in->n_defined == MAX_DEFINED)
		return;
	d = &in->defined[in->n_defined++];
	memcpy(d->sequence, sequence, n);
	d->n = n;
	d->key = key;
}

void
input_set_utf8(struct input *in, bool utf8)
{
	in->latin = !utf8;
}

void
input_feed(struct input *in, struct bytes more)
{
	buf_add_bytes(&in->in, more);
}

bool
input_next(struct input *in, bool timed_out, struct input_event *event)
{
	enum taken taken;

	while (in->in.n > 0) {
		memset(event, 0, sizeof(*event));
		taken = take(in, timed_out, event);
		if (taken == TAKEN_EVENT)
			return true;
		if (taken == TAKEN_MORE)
			return false;
	}
	return false;
}

bool
input_waiting(const struct input *in)
{
	return in->in.n > 0 && !in->pasting;
}
