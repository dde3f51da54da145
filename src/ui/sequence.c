#include "ui/sequence.h"

#include <string.h>

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

static bool
key_event(struct input_event *event, uint32_t code, uint8_t mods)
{
	event->kind = INPUT_KEY;
	event->key = (struct key){code, mods};
	return true;
}

/* xterm's modifier parameter: one more than the bits shift, alt, control. */
static uint8_t
mods_of(int parameter)
{
	return parameter > 1 && parameter <= 16 ? (uint8_t)((parameter - 1) & 7) : 0;
}

/* A control byte or a character by itself. */
struct key
sequence_key(uint32_t c)
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
	case SEQUENCE_ESC:
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

size_t
sequence_csi(struct bytes s, struct csi *csi)
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
			if (csi->n_parameters < SEQUENCE_MAX_PARAMETERS)
				csi->parameter[csi->n_parameters++] = value;
			value = -1;
		} else if (s.p[i] >= 0x20 && s.p[i] < 0x30) {
			csi->intermediate = s.p[i];
		} else if (s.p[i] >= 0x40 && s.p[i] < 0x7f) {
			if (csi->n_parameters < SEQUENCE_MAX_PARAMETERS)
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
	return i < csi->n_parameters && csi->parameter[i] >= 0 ? csi->parameter[i]
							       : otherwise;
}

static bool
mouse_event(const struct csi *csi, struct input_event *event)
{
	int what = parameter(csi, 0, 0);

	event->kind = INPUT_MOUSE;
	event->col = parameter(csi, 1, 1) - 1;
	event->row = parameter(csi, 2, 1) - 1;
	event->down = csi->final == 'M';
	event->drag = (what & 32) != 0;
	event->key.mods =
	    (uint8_t)((what & 4 ? MOD_SHIFT : 0) | (what & 8 ? MOD_ALT : 0) |
		      (what & 16 ? MOD_CTRL : 0));
	if (event->col < 0 || event->row < 0)
		return false;
	switch (what & ~(4 | 8 | 16 | 32)) {
	case 0:
		event->button = MOUSE_LEFT;
		return true;
	case 1:
		event->button = MOUSE_MIDDLE;
		return true;
	case 2:
		event->button = MOUSE_RIGHT;
		return true;
	case 3:
		event->button = MOUSE_MOVE;
		return true;
	case 64:
		event->button = MOUSE_WHEEL_UP;
		return true;
	case 65:
		event->button = MOUSE_WHEEL_DOWN;
		return true;
	}
	return false;
}

static bool
final_key(const struct final_key *table, size_t n, const struct csi *csi,
    struct input_event *event)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (table[i].final == csi->final)
			return key_event(event, table[i].code,
			    (uint8_t)(table[i].mods | mods_of(parameter(csi, 1, 1))));
	}
	return false;
}

static bool
tilde_event(const struct csi *csi, struct input_event *event)
{
	int number = parameter(csi, 0, 0);

	if (number == 27) /* xterm's modifyOtherKeys: CSI 27 ; mods ; code ~ */
		return key_event(event, sequence_key((uint32_t)parameter(csi, 2, 0)).code,
		    mods_of(parameter(csi, 1, 1)));
	if (number < 0 || (size_t)number >= COUNT_OF(tilde_key) || !tilde_key[number])
		return false;
	return key_event(event, tilde_key[number], mods_of(parameter(csi, 1, 1)));
}

/* CSI code ; mods u, as some terminals send for keys with modifiers. */
static bool
code_event(const struct csi *csi, struct input_event *event)
{
	uint32_t code = (uint32_t)parameter(csi, 0, 0);
	uint8_t mods = mods_of(parameter(csi, 1, 1));

	if (code == 0 || code >= K_NAMED || (code >= 0xd800 && code < 0xe000))
		return false;
	if (code >= 0x20 && code != 0x7f)
		return key_event(event, code, mods & (uint8_t)~MOD_SHIFT);
	return key_event(event, sequence_key(code).code, mods);
}

bool
sequence_csi_event(const struct csi *csi, struct input_event *event)
{
	if (csi->first == '<' && (csi->final == 'M' || csi->final == 'm'))
		return mouse_event(csi, event);
	if (csi->first == '?' && csi->final == 'c') {
		event->kind = INPUT_FENCE;
		return true;
	}
	if (csi->first == '?' && csi->final == 'y' && csi->intermediate == '$') {
		event->kind = INPUT_SYNC;
		return parameter(csi, 0, 0) == 2026 &&
		       (parameter(csi, 1, 0) == 1 || parameter(csi, 1, 0) == 2);
	}
	/* The cursor's place, CSI row ; col R, asked in row 2: `CSI 1 ; mods R` is F3. */
	if (!csi->first && csi->final == 'R' && parameter(csi, 0, 1) > 1) {
		event->kind = INPUT_COLUMN;
		event->row = parameter(csi, 0, 1) - 1;
		event->col = parameter(csi, 1, 1) - 1;
		return true;
	}
	if (csi->first || csi->intermediate)
		return false;
	if (csi->n_parameters <= 1 && (csi->final == 'I' || csi->final == 'O')) {
		event->kind = INPUT_FOCUS;
		event->down = csi->final == 'I';
		return true;
	}
	if (csi->final == '~')
		return tilde_event(csi, event);
	if (csi->final == 'u')
		return code_event(csi, event);
	return final_key(csi_final, COUNT_OF(csi_final), csi, event);
}

bool
sequence_ss3_event(unsigned char final, int modifier, struct input_event *event)
{
	struct csi csi = {.parameter = {1, modifier}, .n_parameters = 2, .final = final};

	return final_key(ss3_final, COUNT_OF(ss3_final), &csi, event);
}

size_t
sequence_string(struct bytes s)
{
	size_t i;

	for (i = 2; i < s.n; i++) {
		if (s.p[i] == 0x07)
			return i + 1;
		if (s.p[i] == SEQUENCE_ESC && i + 1 < s.n)
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
bool
sequence_string_event(struct bytes s, struct input_event *event)
{
	struct str text = str_of((const char *)s.p, s.n), r, g, b;
	struct str head = STR("\033]11;rgb:");

	while (text.n > 0 && (text.p[text.n - 1] == 0x07 || text.p[text.n - 1] == '\\' ||
				 text.p[text.n - 1] == SEQUENCE_ESC))
		text.n--;
	if (!str_starts(text, head))
		return false;
	text = str_from(text, head.n);
	if (!str_cut(text, '/', &r, &text) || !str_cut(text, '/', &g, &b))
		return false;
	if (!read_channel(r, &event->r) || !read_channel(g, &event->g) ||
	    !read_channel(b, &event->b))
		return false;
	event->kind = INPUT_BACKGROUND;
	return true;
}
