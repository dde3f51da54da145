/*
 * Host names in other scripts: UTS #46 as far as hosts of the news need it (lower case, NFKC, the
 * full-width dots), and punycode (RFC 3492), which is arithmetic over the sorted code points.
 */
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/clean.h"
#include "text/url.h"

enum {
	/* RFC 1035: a name has 253 bytes, a label 63. */
	MAX_HOST_BYTES = 253,
	MAX_LABEL_BYTES = 63,
	/* RFC 3492, section 5 */
	BASE = 36,
	T_MIN = 1,
	T_MAX = 26,
	SKEW = 38,
	DAMP = 700,
	INITIAL_BIAS = 72,
	INITIAL_N = 128,
};

struct label {
	uint32_t code[MAX_LABEL_BYTES];
	size_t n;
};

/* --- punycode --- */

static uint32_t
adapt(uint32_t delta, uint32_t points, bool first)
{
	uint32_t k = 0;
	delta = first ? delta / DAMP : delta / 2;
	delta += delta / points;
	for (; delta > (BASE - T_MIN) * T_MAX / 2; k += BASE)
		delta /= BASE - T_MIN;
	return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

static uint32_t
threshold(uint32_t k, uint32_t bias)
{
	if (k <= bias + T_MIN)
		return T_MIN;
	return k >= bias + T_MAX ? T_MAX : k - bias;
}

static char
digit_char(uint32_t digit)
{
	return (char)(digit < 26 ? 'a' + digit : '0' + (digit - 26));
}

/* The digit's value, or BASE. */
static uint32_t
digit_value(char c)
{
	c = ascii_lower(c);
	if (c >= 'a' && c <= 'z')
		return (uint32_t)(c - 'a');
	if (c >= '0' && c <= '9')
		return (uint32_t)(c - '0') + 26;
	return BASE;
}

static void
put_number(struct buf *out, uint32_t q, uint32_t bias)
{
	for (uint32_t k = BASE;; k += BASE) {
		uint32_t t = threshold(k, bias);
		if (q < t)
			break;
		buf_char(out, digit_char(t + (q - t) % (BASE - t)));
		q = (q - t) / (BASE - t);
	}
	buf_char(out, digit_char(q));
}

static uint32_t
next_code(const struct label *l, uint32_t at_least)
{
	uint32_t next = UINT32_MAX;
	for (size_t i = 0; i < l->n; i++)
		if (l->code[i] >= at_least && l->code[i] < next)
			next = l->code[i];
	return next;
}

/*
 * A label has at most 63 code points, each below 2^21, so delta stays below 2^21 * 64 and no sum
 * here overflows.
 */
static void
punycode_encode(struct buf *out, const struct label *l)
{
	uint32_t n = INITIAL_N, delta = 0, bias = INITIAL_BIAS;
	uint32_t basic = 0, done;

	for (size_t i = 0; i < l->n; i++)
		if (l->code[i] < INITIAL_N) {
			buf_char(out, (char)l->code[i]);
			basic++;
		}
	if (basic)
		buf_char(out, '-');
	for (done = basic; done < l->n;) {
		uint32_t m = next_code(l, n);
		delta += (m - n) * (done + 1);
		n = m;
		for (size_t i = 0; i < l->n; i++) {
			if (l->code[i] < n)
				delta++;
			if (l->code[i] != n)
				continue;
			put_number(out, delta, bias);
			bias = adapt(delta, done + 1, done == basic);
			delta = 0;
			done++;
		}
		delta++;
		n++;
	}
}

/* One number of the encoded tail, added to *i.  False: it does not end or is too large. */
static bool
get_number(struct str *s, uint32_t bias, uint32_t *i)
{
	uint32_t weight = 1;
	for (uint32_t k = BASE; s->n; k += BASE) {
		uint32_t digit = digit_value(s->p[0]), t = threshold(k, bias), part;
		*s = str_from(*s, 1);
		if (digit == BASE || __builtin_mul_overflow(digit, weight, &part) ||
		    __builtin_add_overflow(*i, part, i))
			return false;
		if (digit < t)
			return true;
		if (__builtin_mul_overflow(weight, BASE - t, &weight))
			return false;
	}
	return false;
}

static bool
punycode_decode(struct str s, struct label *l)
{
	uint32_t n = INITIAL_N, i = 0, bias = INITIAL_BIAS;
	size_t dash = str_find_last_char(s, '-');

	l->n = 0;
	if (s.n > MAX_LABEL_BYTES)
		return false;
	if (dash != STR_NONE) {
		for (; l->n < dash; l->n++)
			l->code[l->n] = (unsigned char)s.p[l->n];
		s = str_from(s, dash + 1);
	}
	while (s.n) {
		uint32_t old = i, points = (uint32_t)l->n + 1;
		if (l->n == MAX_LABEL_BYTES || !get_number(&s, bias, &i))
			return false;
		bias = adapt(i - old, points, old == 0);
		if (i / points > 0x10FFFF - n)
			return false;
		n += i / points;
		i %= points;
		memmove(l->code + i + 1, l->code + i, (l->n - i) * sizeof(l->code[0]));
		l->code[i++] = n;
		l->n++;
	}
	return true;
}

/* --- to ASCII --- */

/* UTS #46, section 4: what is mapped to nothing. */
static bool
is_ignored(uint32_t c)
{
	return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF ||
	    (c >= 0xFE00 && c <= 0xFE0F);
}

static void
add_folded(struct buf *out, struct str s)
{
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);
		if (c == 0x3002 || c == 0xFF0E || c == 0xFF61)
			c = '.';
		if (!is_ignored(c))
			buf_utf8(out, uc_tolower(c));
	}
}

/* Case, compatibility forms and dots made one.  Lowered twice: NFKC makes TEL of U+2121. */
static struct str
map_host(struct arena *arena, struct str host)
{
	struct buf folded = {0};
	size_t n = 0;

	add_folded(&folded, host);
	uint8_t *nfkc = u8_normalize(UNINORM_NFKC, (const uint8_t *)folded.p, folded.n, NULL, &n);
	folded.n = 0;
	if (nfkc)
		add_folded(&folded, str_of((const char *)nfkc, n));
	free(nfkc);
	struct str mapped = arena_str(arena, buf_str(&folded));
	buf_clear(&folded);
	return mapped;
}

/* WHATWG 3.1: what no host may hold. */
static bool
is_host_char(unsigned char c)
{
	return c > ' ' && c < 0x7F && !strchr("#/:<>?@[\\]^|%\"'`{}", c);
}

static bool
is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

static bool
read_label(struct str s, struct label *l)
{
	l->n = 0;
	for (size_t at = 0; at < s.n;) {
		if (l->n == MAX_LABEL_BYTES)
			return false;
		l->code[l->n++] = utf8_next(s, &at);
	}
	return true;
}

static bool
add_ascii_label(struct buf *out, struct str s)
{
	struct label l;
	if (is_ascii(s)) {
		for (size_t i = 0; i < s.n; i++)
			if (!is_host_char((unsigned char)s.p[i]))
				return false;
		buf_add(out, s);
		return true;
	}
	if (!read_label(s, &l))
		return false;
	for (size_t i = 0; i < l.n; i++)
		if (l.code[i] < 0x80 ? !is_host_char((unsigned char)l.code[i])
		                     : text_is_space(l.code[i]) || l.code[i] == UTF8_REPLACEMENT)
			return false;
	buf_add(out, STR("xn--"));
	punycode_encode(out, &l);
	return true;
}

static struct str
lower_ascii(struct arena *arena, struct str s)
{
	struct str copy = arena_str(arena, s);
	char *p = arena_alloc(arena, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		p[i] = ascii_lower(copy.p[i]);
	return str_of(p, s.n);
}

struct str
url_host_ascii(struct arena *arena, struct str host)
{
	struct buf out = {0};
	struct str label, answer = {0};
	bool good = true, more = true;

	if (host.n == 0 || host.n > 4 * MAX_HOST_BYTES)
		return answer;
	host = is_ascii(host) ? lower_ascii(arena, host) : map_host(arena, host);
	while (good && more) {
		more = str_cut(host, '.', &label, &host);
		good = add_ascii_label(&out, label);
		if (more)
			buf_char(&out, '.');
	}
	if (good && out.n <= MAX_HOST_BYTES && !(out.n && out.p[0] == '.'))
		answer = arena_str(arena, buf_str(&out));
	buf_clear(&out);
	return answer;
}

/* --- to Unicode --- */

/* What the name of a host may be shown with: letters, marks, digits and the hyphen. */
static bool
is_name_char(uint32_t c)
{
	if (c < 0x80)
		return ascii_alnum((unsigned char)c) || c == '-' || c == '_';
	return c != 0x3164 && c != 0x115F && c != 0x1160 && c != 0xFFA0 &&
	    uc_is_general_category_withtable(c,
	        UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_Nd);
}

/* The label in its own script.  False: it is none, or would not come back as the same. */
static bool
unicode_label(struct arena *arena, struct str s, struct label *l)
{
	struct buf text = {0};

	if (!str_starts_nocase(s, STR("xn--")) || !punycode_decode(str_from(s, 4), l))
		return false;
	bool good = l->n > 0;
	for (size_t i = 0; i < l->n; i++) {
		good = good && is_name_char(l->code[i]);
		buf_utf8(&text, l->code[i]);
	}
	good = good && str_eq(url_host_ascii(arena, buf_str(&text)), s);
	buf_clear(&text);
	return good;
}

struct str
url_host_unicode(struct arena *arena, struct str host)
{
	struct buf out = {0};
	struct str label;
	bool more = true;

	while (more) {
		struct label l;
		more = str_cut(host, '.', &label, &host);
		if (unicode_label(arena, label, &l))
			for (size_t i = 0; i < l.n; i++)
				buf_utf8(&out, l.code[i]);
		else
			buf_add(&out, label);
		if (more)
			buf_char(&out, '.');
	}
	struct str answer = arena_str(arena, buf_str(&out));
	buf_clear(&out);
	return answer;
}

/* --- for showing --- */

enum { SCRIPT_LATIN = 1, SCRIPT_LIKE_LATIN = 2, SCRIPT_CHINESE = 4, SCRIPT_OTHER = 8 };

/* Cyrillic and Greek letters that pass for Latin ones; sorted. */
static const uint16_t latin_lookalikes[] = {
	0x3B1, 0x3B9, 0x3BD, 0x3BF, 0x3C1, 0x3C5, 0x3C9, 0x430, 0x435, 0x43A, 0x43E, 0x43F, 0x440,
	0x441, 0x442, 0x443, 0x445, 0x448, 0x44C, 0x455, 0x456, 0x458, 0x475, 0x491, 0x4AF, 0x4BB,
	0x4CF, 0x501, 0x51B, 0x51D,
};

static bool
looks_latin(uint32_t c)
{
	for (size_t i = 0; i < COUNT_OF(latin_lookalikes); i++)
		if (latin_lookalikes[i] == c)
			return true;
	return false;
}

static bool
script_is(const uc_script_t *script, const char *name)
{
	return strcmp(script->name, name) == 0;
}

/* Chinese, Japanese and Korean mix their scripts, and Latin with them, in honest names. */
static unsigned
script_class(const uc_script_t *script)
{
	static const char *const chinese[] = {"Han", "Hiragana", "Katakana", "Hangul", "Bopomofo"};

	for (size_t i = 0; i < COUNT_OF(chinese); i++)
		if (script_is(script, chinese[i]))
			return SCRIPT_CHINESE;
	return script_is(script, "Latin") ? SCRIPT_LATIN : SCRIPT_OTHER;
}

static bool
label_is_honest(const struct label *l)
{
	const uc_script_t *only = NULL;
	unsigned seen = 0;
	bool all_look_latin = true;

	for (size_t i = 0; i < l->n; i++) {
		const uc_script_t *script = uc_script(l->code[i]);
		if (!script || script_is(script, "Common") || script_is(script, "Inherited"))
			continue;
		unsigned class = script_class(script);
		seen |= class;
		all_look_latin = all_look_latin && looks_latin(l->code[i]);
		if (class != SCRIPT_OTHER)
			continue;
		if (only && only != script)
			return false;
		only = script;
	}
	if (seen & SCRIPT_OTHER)
		return seen == SCRIPT_OTHER && !all_look_latin;
	return true;
}

struct str
url_show_host(struct arena *arena, struct str url)
{
	struct str host = url_host(url), rest = host, label;
	bool more = true;

	while (more) {
		struct label l;
		more = str_cut(rest, '.', &label, &rest);
		if (!str_starts_nocase(label, STR("xn--")))
			continue;
		if (!unicode_label(arena, label, &l) || !label_is_honest(&l))
			return host;
	}
	return url_host_unicode(arena, host);
}
