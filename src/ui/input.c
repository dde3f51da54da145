/*
 * The machine looks at the bytes that have arrived and takes the longest thing it knows
 * from their front: a sequence of the terminfo table, an escape sequence of ECMA-48's
 * shape (CSI, SS3, OSC, DCS), a UTF-8 character, a control byte.
 *
 *	ESC [ parameters intermediates final	CSI: keys, mouse, answers
 *	ESC O final				SS3: keys of the application mode
 *	ESC ] … BEL | ESC \			OSC: the answer about the background
 *	ESC character				Alt and the character
 *	ESC (and nothing in time)		Esc
 *
 * A sequence of the right shape that means nothing here is dropped whole, so that no half
 * of it ever arrives as keys.
 */
#include "ui/input.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "ui/sequence.h"

enum { MAX_DEFINED = 64, MAX_SEQUENCE_BYTES = 15 };

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

/* Where a sequence may stand: no more is looked at, so the same bytes mean the same in any pieces. */
static struct bytes
sequence_room(const struct input *in)
{
	size_t most = INPUT_MAX_SEQUENCE + 1;

	return bytes_of(in->in.p, in->in.n < most ? in->in.n : most);
}

static enum taken
taken_key(struct input_event *event, uint32_t code, uint8_t mods)
{
	event->kind = INPUT_KEY;
	event->key = (struct key){code, mods};
	return TAKEN_EVENT;
}

static enum taken
taken_if(bool event)
{
	return event ? TAKEN_EVENT : TAKEN_NOTHING;
}

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
	event->key = sequence_key(c);
	event->key.mods |= mods;
	return TAKEN_EVENT;
}

static enum taken
unfinished(struct input *in, bool timed_out)
{
	if (!timed_out && in->in.n <= INPUT_MAX_SEQUENCE)
		return TAKEN_MORE;
	drop(in, sequence_room(in).n);
	return TAKEN_NOTHING;
}

static enum taken
take_csi(struct input *in, bool timed_out, struct input_event *event)
{
	struct csi csi;
	size_t n = sequence_csi(sequence_room(in), &csi);

	/* The Linux console's function keys: ESC [ [ A to E. */
	if (n == 3 && csi.final == '[') {
		struct bytes s = pending(in);

		if (s.n < 4)
			return unfinished(in, timed_out);
		csi.final = s.p[3];
		drop(in, 4);
		return csi.final >= 'A' && csi.final <= 'E'
			   ? taken_key(event, K_F1 + (uint32_t)(csi.final - 'A'), 0)
			   : TAKEN_NOTHING;
	}
	/* Alt-[ and nothing more. */
	if (n == 0 && timed_out && in->in.n == 2) {
		drop(in, 2);
		return taken_key(event, '[', MOD_ALT);
	}
	if (n == 0)
		return unfinished(in, timed_out);
	if (n ==
	    SIZE_MAX) { /* broken: the introducer is dropped, the rest is read anew */
		drop(in, 2);
		return TAKEN_NOTHING;
	}
	drop(in, n);
	if (csi.final == '~' && csi.n_parameters == 1 && csi.parameter[0] == 200) {
		in->pasting = true;
		in->paste.n = 0;
		return TAKEN_NOTHING;
	}
	return taken_if(sequence_csi_event(&csi, event));
}

static enum taken
take_ss3(struct input *in, bool timed_out, struct input_event *event)
{
	struct bytes s = pending(in);
	bool modified = s.n > 2 && ascii_digit(s.p[2]); /* some send ESC O 5 A */
	size_t at = modified ? 3 : 2;
	int modifier = modified ? s.p[2] - '0' : 1;
	unsigned char final;

	if (s.n == 2 && timed_out) {
		drop(in, 2);
		return taken_key(event, 'O', MOD_ALT);
	}
	if (s.n <= at)
		return unfinished(in, timed_out);
	final = s.p[at];
	drop(in, at + 1);
	return taken_if(sequence_ss3_event(final, modifier, event));
}

static enum taken
take_string(struct input *in, bool timed_out, struct input_event *event)
{
	struct bytes s = sequence_room(in);
	size_t n = sequence_string(s);
	enum taken taken;

	if (n == 0 && s.n == 2 && timed_out) {
		drop(in, 2);
		return taken_key(event, s.p[1], MOD_ALT);
	}
	if (n == 0)
		return unfinished(in, timed_out);
	taken = taken_if(s.p[1] == ']' && sequence_string_event(bytes_of(s.p, n), event));
	drop(in, n);
	return taken;
}

static enum taken
take_escape(struct input *in, bool timed_out, struct input_event *event)
{
	struct bytes s = pending(in);

	if (s.n == 1 || (s.p[1] == SEQUENCE_ESC && s.n == 2)) {
		if (!timed_out)
			return TAKEN_MORE;
		drop(in, 1);
		return taken_key(event, K_ESCAPE, 0);
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
	case SEQUENCE_ESC: /* Esc, and then the beginning of something else */
		drop(in, 1);
		return taken_key(event, K_ESCAPE, 0);
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
	if (in->n_defined > 0 && (unsigned char)in->in.p[0] == SEQUENCE_ESC) {
		taken = take_defined(in, timed_out, event);
		if (taken != TAKEN_NOTHING)
			return taken;
	}
	if ((unsigned char)in->in.p[0] == SEQUENCE_ESC)
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
	if (n < 2 || n > MAX_SEQUENCE_BYTES || sequence[0] != SEQUENCE_ESC ||
	    in->n_defined == MAX_DEFINED)
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
