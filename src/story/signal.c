/*
 * Signals are words in front, closed by a colon, dash, bar or bracket, several in a row; or in
 * brackets at the very end ("... (Koreksi)", "... (2nd LD)").
 */
#include "story/signal.h"

#include "base/utf8.h"
#include "story/trim.h"
#include "text/fold.h"

struct word {
	struct str folded;
	int urgency;
	enum story_status status;
};

/* As text_fold_bare leaves them, digits as '#'; a test holds the table to it. */
static const struct word words[] = {
#define SIGNAL(language, phrase, urgency, status) {STR_INIT(phrase), urgency, STORY_##status},
#include "story/signal.def"
#undef SIGNAL
};

enum {
	MAX_SIGNAL_BYTES = 48,
	MAX_SIGNALS = 3,
	MAX_SLUG_BYTES = 64,
};

static const struct word *
word_of(struct arena *a, struct str s)
{
	s = trim_label(s);
	if (s.n == 0 || s.n > MAX_SIGNAL_BYTES)
		return NULL;
	struct str folded = text_fold_bare(a, s);
	char *key = arena_alloc(a, folded.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < folded.n; i++) {
		bool digit = ascii_digit((unsigned char)folded.p[i]);
		if (digit && n > 0 && key[n - 1] == '#')
			continue;
		key[n++] = digit ? '#' : folded.p[i];
	}
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_eq(words[i].folded, str_of(key, n)))
			return &words[i];
	return NULL;
}

static void
take(const struct word *w, struct signal *out)
{
	if (w->urgency && (!out->urgency || w->urgency < out->urgency))
		out->urgency = w->urgency;
	if (w->status > out->status)
		out->status = w->status;
}

/* The end of a first piece: behind a sign that closes it.  0: there is none near. */
static size_t
piece_end(struct str s, size_t *text)
{
	size_t at = 0, next = 0;

	for (; at < s.n && at < MAX_SIGNAL_BYTES; at = next) {
		uint32_t c = utf8_next(s, &next);
		bool word = c < 0x80 && (c == ' ' || ascii_alnum((unsigned char)c));
		if (at == 0 || word || (!trim_is_close(c) && c != '!'))
			continue;
		*text = at;
		return next;
	}
	return 0;
}

static void
read_front(struct arena *a, struct str s, struct signal *out)
{
	for (int i = 0; i < MAX_SIGNALS; i++) {
		size_t text, end = piece_end(str_from(s, out->lead), &text);
		const struct word *w = end ? word_of(a, str_sub(s, out->lead, text)) : NULL;
		if (!w)
			return;
		take(w, out);
		struct str rest = trim_after_label(str_from(s, out->lead + end));
		if (rest.n == 0)
			return;
		out->lead = (size_t)(rest.p - s.p);
	}
}

static void
read_back(struct arena *a, struct str s, struct signal *out)
{
	size_t last;
	uint32_t c = trim_last(s, &last);
	bool round = c == ')', square = c == ']';

	if (!round && !square)
		return;
	size_t open = str_find_last_char(s, round ? '(' : '[');
	if (open == STR_NONE || s.n - open > MAX_SIGNAL_BYTES)
		return;
	const struct word *w = word_of(a, str_sub(s, open + 1, last - open - 1));
	if (w)
		take(w, out);
}

/* "BC-BKN--Heat-Hawks, 1st Ld", "HARBOUR-FERRY/": no spaces, hyphens, and an end that tells. */
static void
read_slug(struct str s, struct signal *out)
{
	size_t n = 0, hyphens = 0;

	while (n < s.n && n < MAX_SLUG_BYTES && (ascii_alnum((unsigned char)s.p[n]) || s.p[n] == '-'))
		hyphens += s.p[n++] == '-';
	bool wire = str_starts(s, STR("BC-")) || str_starts(s, STR("AM-")) || str_starts(s, STR("PM-"));
	bool slash = n < s.n && s.p[n] == '/' && (n + 1 == s.n || s.p[n + 1] == ' ');
	if (hyphens == 0 || (!wire && !slash))
		return;
	out->slug = str_sub(s, 0, slash ? n + 1 : n);
	struct str rest = trim_space(str_from(s, out->slug.n));
	if (slash && rest.n > 0)
		out->lead = (size_t)(rest.p - s.p);
}

void
signal_read(struct arena *a, struct str headline, struct signal *out)
{
	*out = (struct signal){.slug = STR("")};
	read_slug(headline, out);
	read_front(a, headline, out);
	read_back(a, headline, out);
}
