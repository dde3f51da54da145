#include "story/readalso.h"

#include <string.h>

#include "base/utf8.h"
#include "story/trim.h"
#include "text/fold.h"

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
	/* The longest marker has some 90 bytes; folding may shrink what it came from. */
	MARKER_MAX_BYTES = 240,
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

static const struct marker *
longest(struct str folded)
{
	const struct marker *best = NULL;

	for (size_t i = 0; i < COUNT_OF(markers); i++) {
		struct str m = markers[i].folded;
		if (folded.n < m.n || m.p[0] != folded.p[0] || (best && m.n <= best->folded.n))
			continue;
		if (memcmp(m.p, folded.p, m.n) == 0 && ends_word(folded, m.n))
			best = &markers[i];
	}
	return best;
}

/* How much of the text folds to the marker: the shortest beginning whose fold begins with it. */
static size_t
unfolded(struct arena *a, struct str text, struct str marker)
{
	size_t at = 0;

	while (at < text.n) {
		utf8_next(text, &at);
		if (at * 2 >= marker.n && str_starts(text_fold_bare(a, str_sub(text, 0, at)), marker))
			break;
	}
	/* marks that belong to the last letter */
	for (size_t next = at; next < text.n; at = next) {
		size_t n = next;
		uint32_t c = utf8_next(text, &n);
		if (text_fold_bare(a, str_sub(text, next, n - next)).n > 0 || trim_is_space(c))
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
	if (head.n == 0)
		return false;
	struct str folded = text_fold_bare(a, head);
	const struct marker *m = folded.n > 0 ? longest(folded) : NULL;
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
readalso_is_heading(struct arena *a, struct str text, struct readalso *out)
{
	if (text.n > MARKER_MAX_BYTES || !readalso_match(a, text, out))
		return false;
	return trim_close(trim_lead(out->rest)).n == 0;
}
