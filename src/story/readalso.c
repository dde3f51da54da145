#include "story/readalso.h"

#include <string.h>

#include "base/utf8.h"
#include "story/trim.h"
#include "text/fold.h"
#include "text/fold_quick.h"

struct marker {
	struct str folded;
	enum readalso_kind kind;
};

/* The phrases stand in the table as text_fold_bare leaves them; tests hold them to it. */
static const struct marker markers[] = {
#define READALSO(language, phrase, kind) {STR_INIT(phrase), READALSO_##kind},
#include "story/readalso.def"
#undef READALSO
};

enum {
	MARKER_MIN_BYTES = 3, /* the shortest marker, and enough to tell most from other words */
	/* The longest marker has some 90 bytes; folding may shrink what it came from. */
	MARKER_MAX_BYTES = 240,
	BEGIN_BYTES = 16, /* enough to tell nearly every other line from every marker */
};

/* Does a word end where the marker does? */
static bool
ends_word(struct str folded, size_t n)
{
	size_t at = n, last;

	if (at >= folded.n)
		return true;
	uint32_t before = trim_last(str_sub(folded, 0, n), &last);
	uint32_t c = utf8_next(folded, &at);
	if (trim_is_unspaced(c) || trim_is_unspaced(before) || trim_is_space(c))
		return true;
	if (c < 0x80)
		return !ascii_alnum((unsigned char)c) && c != '\'';
	return trim_is_close(c) || trim_is_lead(c) || (c >= 0x2000 && c <= 0x303F);
}

/* The first bytes (MARKER_MIN_BYTES of them) as a number, which sorts as they do. */
static uint32_t
head_of(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

/* The first row that is not before the head. */
static size_t
first_row(struct str head)
{
	size_t low = 0, high = COUNT_OF(markers);
	uint32_t wanted = head_of(head);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (head_of(markers[middle].folded) < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool
has_head(size_t row, struct str head)
{
	return row < COUNT_OF(markers) && head_of(markers[row].folded) == head_of(head);
}

static const struct marker *
longest(struct str folded)
{
	const struct marker *best = NULL;

	if (folded.n < MARKER_MIN_BYTES)
		return NULL;
	for (size_t i = first_row(folded); has_head(i, folded); i++) {
		struct str m = markers[i].folded;
		/* in sorted rows a longer one that fits comes later */
		if (folded.n >= m.n && memcmp(m.p, folded.p, m.n) == 0 && ends_word(folded, m.n))
			best = &markers[i];
	}
	return best;
}

/* Is there a marker that begins with these folded bytes, or that they begin with? */
static bool
may_become_marker(struct str begin)
{
	if (begin.n < MARKER_MIN_BYTES)
		return true;
	for (size_t i = first_row(begin); has_head(i, begin); i++) {
		struct str m = markers[i].folded;
		if (memcmp(m.p, begin.p, m.n < begin.n ? m.n : begin.n) == 0)
			return true;
	}
	return false;
}

/* Do plain letters stand at the front, with which no marker begins? */
static bool
has_other_letters(struct str head)
{
	char low[MARKER_MIN_BYTES];

	if (head.n <= MARKER_MIN_BYTES || (unsigned char)head.p[MARKER_MIN_BYTES] >= 0x80)
		return false; /* a mark may belong to the last of them */
	for (size_t i = 0; i < MARKER_MIN_BYTES; i++) {
		if (!ascii_alnum((unsigned char)head.p[i]))
			return false;
		low[i] = ascii_lower(head.p[i]);
	}
	struct str begin = str_of(low, MARKER_MIN_BYTES);
	return !has_head(first_row(begin), begin);
}

/*
 * Most lines begin as no marker does, and then nothing has to be folded.  The characters that
 * fold_quick takes fold one by one, whatever stands around them, but that a mark which follows may
 * belong to the last of them: what came of it is not looked at.
 */
static bool
begins_otherwise(struct str head)
{
	if (has_other_letters(head))
		return true;
	char folded[BEGIN_BYTES];
	struct str begin = utf8_cut(head, BEGIN_BYTES);
	size_t n, last;

	if (!fold_quick(begin, true, folded, &n))
		return false;
	begin = str_of(folded, n);
	if (n > 0 && head.n > BEGIN_BYTES) {
		trim_last(begin, &last);
		begin.n = last;
	}
	return !may_become_marker(begin);
}

/* ASCII does not fold to more than it is, so nothing shorter than the marker can be it. */
static bool
is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* How much of the text folds to the marker: the shortest beginning whose fold begins with it. */
static size_t
unfolded(struct arena *a, struct str text, struct str marker)
{
	size_t at = is_ascii(str_sub(text, 0, marker.n)) ? marker.n - 1 : 0;

	while (at < text.n) {
		utf8_next(text, &at);
		if (at * 2 >= marker.n && str_starts(text_fold_bare(a, str_sub(text, 0, at)), marker))
			break;
	}
	/* marks that belong to the last letter */
	for (size_t next = at; next < text.n; at = next) {
		size_t n = next;
		uint32_t c = utf8_next(text, &n);
		if (c < 0x80 || text_fold_bare(a, str_sub(text, next, n - next)).n > 0 || trim_is_space(c))
			break;
		next = n;
	}
	return at;
}

/* The first sign behind the label that is no space: does it close it? */
static bool
is_closed(struct str behind)
{
	size_t at = 0;

	while (at < behind.n) {
		uint32_t c = utf8_next(behind, &at);
		if (!trim_is_space(c))
			return trim_is_close(c);
	}
	return false;
}

bool
readalso_match(struct arena *a, struct str text, struct readalso *out)
{
	struct str body = trim_lead(text);
	struct str head = utf8_cut(body, MARKER_MAX_BYTES);
	if (head.n == 0 || begins_otherwise(head))
		return false;
	struct str folded = text_fold_bare(a, head);
	const struct marker *m = longest(folded);
	if (!m)
		return false;
	size_t n = unfolded(a, head, m->folded);
	struct str behind = str_from(body, n);
	out->kind = m->kind;
	out->label = trim_label(str_sub(body, 0, n));
	out->closed = is_closed(behind);
	out->rest = trim_after_label(behind);
	return true;
}

bool
readalso_is_alone(struct str text, const struct readalso *m)
{
	return text.n <= MARKER_MAX_BYTES && trim_close(trim_lead(m->rest)).n == 0;
}

bool
readalso_is_heading(struct arena *a, struct str text, struct readalso *out)
{
	return text.n <= MARKER_MAX_BYTES && readalso_match(a, text, out) && readalso_is_alone(text, out);
}

bool
readalso_ends(struct arena *a, struct str text, struct readalso *out)
{
	uint32_t before = 0;

	if (text.n > MARKER_MAX_BYTES)
		return false;
	for (size_t at = 0, next = 0; at < text.n; at = next) {
		uint32_t c = utf8_next(text, &next);
		bool begins = trim_is_space(before) || (trim_is_unspaced(before) && trim_is_unspaced(c));
		if (begins && readalso_is_heading(a, str_from(text, at), out))
			return true;
		before = c;
	}
	return false;
}
