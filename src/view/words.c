#include "view/words.h"

#include "base/buf.h"

struct word_row {
	const char *one, *many;
};

static const struct word_row word_table[WORDS] = {
#define WORD(id, english) {english, NULL},
#define PLURAL(id, one, many) {one, many},
#include "view/words.def"
#undef WORD
#undef PLURAL
};

static const char *
translated(const struct words *w, const char *one, const char *many, unsigned long n)
{
	const char *said;

	said = w->translate ? w->translate(w->ctx, one, many, n) : NULL;
	if (said)
		return said;
	return many && n != 1 ? many : one;
}

struct str
word(const struct words *w, enum word id)
{
	return str_z(translated(w, word_table[id].one, NULL, 1));
}

struct str
word_plural(const struct words *w, enum word id, int64_t n)
{
	unsigned long count;

	count = n < 0 ? 0 : (unsigned long)n;
	return str_z(translated(w, word_table[id].one, word_table[id].many, count));
}

struct str
words_say(const struct words *w, const char *english)
{
	/* gettext gives the head of its catalogue for the empty string. */
	return *english ? str_z(translated(w, english, NULL, 1)) : str_of("", 0);
}

struct str
word_fill(struct arena *a, struct str sentence, const struct str *args, size_t n)
{
	struct buf out = {0};
	struct str filled;
	size_t i, which;

	for (i = 0; i < sentence.n; i++) {
		if (sentence.p[i] != '%' || i + 1 == sentence.n ||
		    sentence.p[i + 1] < '1' || sentence.p[i + 1] > '9') {
			buf_char(&out, sentence.p[i]);
			continue;
		}
		which = (size_t)(sentence.p[++i] - '1');
		if (which < n)
			buf_add(&out, args[which]);
	}
	filled = arena_str(a, buf_str(&out));
	buf_clear(&out);
	return filled;
}

struct str
word_fill1(struct arena *a, struct str sentence, struct str first)
{
	return word_fill(a, sentence, &first, 1);
}

struct str
word_fill2(struct arena *a, struct str sentence, struct str first, struct str second)
{
	struct str args[2] = {first, second};

	return word_fill(a, sentence, args, 2);
}

struct str
word_number(struct arena *a, const struct words *w, int64_t n)
{
	struct str digits;
	char out[48]; /* nineteen digits, a sign, six marks */
	size_t i, at = 0;

	digits = arena_fmt(a, "%lld", (long long)n);
	for (i = 0; i < digits.n; i++) {
		if (i > 0 && digits.p[i - 1] != '-' && (digits.n - i) % 3 == 0)
			out[at++] = w->language == LANGUAGE_ID ? '.' : ',';
		out[at++] = digits.p[i];
	}
	return arena_str(a, str_of(out, at));
}

/* Tenths of a unit as `1.8` or, from ten on, whole as `214`. */
static struct str
tenths(struct arena *a, const struct words *w, int64_t n, const char *unit)
{
	if (n >= 100)
		return arena_fmt(a, "%lld %s", (long long)((n + 5) / 10), unit);
	return arena_fmt(a, "%lld%c%lld %s", (long long)(n / 10),
	    w->language == LANGUAGE_ID ? ',' : '.', (long long)(n % 10), unit);
}

struct str
word_size(struct arena *a, const struct words *w, int64_t n_bytes)
{
	if (n_bytes < 0)
		n_bytes = 0;
	/* Whole kilobytes, rounded up: a small answer is not nothing. */
	if (n_bytes < 1000 * 1000)
		return arena_fmt(a, "%lld KB", (long long)((n_bytes + 999) / 1000));
	if (n_bytes < 1000 * 1000 * 1000)
		return tenths(a, w, n_bytes / (100 * 1000), "MB");
	return tenths(a, w, n_bytes / (100 * 1000 * 1000), "GB");
}
