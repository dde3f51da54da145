#include "text/charset_jis.h"

#include "base/utf8.h"

static void
give_bad(struct buf *out, size_t *bad)
{
	++*bad;
	buf_utf8(out, UTF8_REPLACEMENT);
}

static bool
is_graphic(unsigned char byte)
{
	return byte >= 0x21 && byte <= 0x7E;
}

/* What the byte stands for in a state of one byte each, or UTF8_REPLACEMENT. */
static uint32_t
code_of(enum charset_jis_state state, unsigned char byte)
{
	if (state == JIS_KATAKANA)
		return byte >= 0x21 && byte <= 0x5F ? 0xFF61u + byte - 0x21u
						    : UTF8_REPLACEMENT;
	if (byte >= 0x80 || byte == 0x0E || byte == 0x0F)
		return UTF8_REPLACEMENT;
	if (state == JIS_ROMAN && byte == '\\')
		return 0xA5;
	return state == JIS_ROMAN && byte == '~' ? 0x203E : byte;
}

/* A byte where text stands. */
static void
text_byte(struct charset_jis *j, unsigned char byte, struct buf *out, size_t *bad)
{
	if (byte == 0x1B) {
		j->state = JIS_ESCAPE_START;
		return;
	}
	j->escaped = false;
	uint32_t code = j->state == JIS_LEAD ? UTF8_REPLACEMENT : code_of(j->state, byte);
	if (j->state == JIS_LEAD && is_graphic(byte)) {
		j->lead = byte;
		j->state = JIS_TRAIL;
	} else if (code == UTF8_REPLACEMENT) {
		give_bad(out, bad);
	} else {
		buf_utf8(out, code);
	}
}

static void
trail_byte(struct charset_jis *j, const struct charset_pairs *pairs, unsigned char byte,
    struct buf *out, size_t *bad)
{
	uint32_t code = 0;

	j->state = byte == 0x1B ? JIS_ESCAPE_START : JIS_LEAD;
	if (is_graphic(byte))
		code = pairs->code[(j->lead | 0x80) - 0x81][(byte | 0x80) - 0x40];
	if (code)
		buf_utf8(out, code);
	else
		give_bad(out, bad);
}

/* What ESC, `first` and `second` ask for; JIS_ESCAPE: nothing. */
static enum charset_jis_state
asked_for(unsigned char first, unsigned char second)
{
	static const struct {
		char first, second;
		enum charset_jis_state state;
	} escapes[] = {
	    {'(', 'B', JIS_ASCII},
	    {'(', 'J', JIS_ROMAN},
	    {'(', 'I', JIS_KATAKANA},
	    {'$', '@', JIS_LEAD},
	    {'$', 'B', JIS_LEAD},
	};
	for (size_t i = 0; i < COUNT_OF(escapes); i++)
		if (escapes[i].first == first && escapes[i].second == second)
			return escapes[i].state;
	return JIS_ESCAPE;
}

/* No escape after all: the text goes on with what stood behind the ESC. */
static void
back_to_text(struct charset_jis *j, struct buf *out, size_t *bad)
{
	j->escaped = false;
	j->state = j->text;
	give_bad(out, bad);
}

static void
escape_byte(struct charset_jis *j, const struct charset_pairs *pairs, unsigned char byte,
    struct buf *out, size_t *bad)
{
	unsigned char first = j->lead;
	enum charset_jis_state asked = asked_for(first, byte);

	if (asked == JIS_ESCAPE) {
		back_to_text(j, out, bad);
		text_byte(j, first, out, bad);
		charset_jis_byte(j, pairs, byte, out, bad);
		return;
	}
	/* Two escapes in a row: filters that look at bytes could be passed by. */
	if (j->escaped)
		give_bad(out, bad);
	j->escaped = true;
	j->state = j->text = asked;
}

void
charset_jis_byte(struct charset_jis *j, const struct charset_pairs *pairs,
    unsigned char byte, struct buf *out, size_t *bad)
{
	if (j->state == JIS_TRAIL) {
		trail_byte(j, pairs, byte, out, bad);
	} else if (j->state == JIS_ESCAPE) {
		escape_byte(j, pairs, byte, out, bad);
	} else if (j->state != JIS_ESCAPE_START) {
		text_byte(j, byte, out, bad);
	} else if (byte == '$' || byte == '(') {
		j->lead = byte;
		j->state = JIS_ESCAPE;
	} else {
		back_to_text(j, out, bad);
		text_byte(j, byte, out, bad);
	}
}

void
charset_jis_end(struct charset_jis *j, struct buf *out, size_t *bad)
{
	bool escape = j->state == JIS_ESCAPE;

	if (escape || j->state == JIS_ESCAPE_START)
		back_to_text(j, out, bad);
	if (escape)
		text_byte(j, j->lead, out, bad);
	if (j->state == JIS_TRAIL)
		give_bad(out, bad);
	*j = (struct charset_jis){0};
}
