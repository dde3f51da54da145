#include "view/diff.h"

#include <stdlib.h>

#include "base/utf8.h"

/* --- words ---------------------------------------------------------------------------------- */

struct word {
	uint32_t at, n, end; /* bytes of the word; end: with the spaces behind it */
	uint64_t hash;
};

struct words_of {
	struct str text;
	struct word *v;
	size_t n, cap;
};

/* Han, kana, hangul and the scripts of south-east Asia write no spaces between words (or few). */
static bool
stands_alone(uint32_t c)
{
	return (c >= 0x0E00 && c < 0x0F00) || (c >= 0x1000 && c < 0x10A0) ||
	       (c >= 0x1780 && c < 0x1800) || (c >= 0x2E80 && c < 0xA4D0) ||
	       (c >= 0xF900 && c < 0xFB00) || (c >= 0xFF00 && c < 0xFFF0) ||
	       (c >= 0x20000 && c < 0x40000);
}

static bool
is_space(uint32_t c)
{
	return c == ' ' || c == '\t' || c == 0xA0 || c == 0x3000;
}

static struct words_of
split_words(struct arena *a, struct str text)
{
	struct words_of words = {.text = text};
	size_t at = 0;
	bool alone = true; /* the word before takes no more characters */
	while (at < text.n) {
		size_t begin = at;
		uint32_t c = utf8_next(text, &at);
		struct word *last = words.n ? &words.v[words.n - 1] : NULL;
		if (is_space(c)) {
			alone = true;
			if (last)
				last->end = (uint32_t)at;
			continue;
		}
		if (last && !alone && !stands_alone(c)) {
			last->n = (uint32_t)at - last->at;
			last->end = (uint32_t)at;
			continue;
		}
		struct word next = {(uint32_t)begin, (uint32_t)(at - begin), (uint32_t)at, 0};
		ARENA_PUSH(a, &words, next);
		alone = stands_alone(c);
	}
	for (size_t i = 0; i < words.n; i++)
		words.v[i].hash = str_hash(str_sub(text, words.v[i].at, words.v[i].n));
	return words;
}

static bool
same_word(const struct words_of *a, size_t i, const struct words_of *b, size_t j)
{
	return a->v[i].hash == b->v[j].hash &&
	       str_eq(str_sub(a->text, a->v[i].at, a->v[i].n),
	           str_sub(b->text, b->v[j].at, b->v[j].n));
}

/* --- runs ----------------------------------------------------------------------------------- */

static void
add_word(struct arena *a, struct diff_runs *runs, enum diff_kind kind, const struct words_of *of,
    size_t i)
{
	const struct word *w = &of->v[i];
	struct str text = str_sub(of->text, w->at, w->end - w->at);
	struct diff_run *last = runs->n ? &runs->v[runs->n - 1] : NULL;
	if (last && last->kind == kind && last->text.p + last->text.n == text.p) {
		last->text.n += text.n;
		return;
	}
	struct diff_run next = {kind, text};
	ARENA_PUSH(a, runs, next);
}

static struct diff_paragraph
whole(struct arena *a, enum diff_kind kind, struct str text)
{
	struct diff_paragraph p = {.kind = kind};
	struct diff_run run = {kind, text};
	ARENA_PUSH(a, &p.runs, run);
	return p;
}

static struct diff_paragraph
replaced(struct arena *a, struct str old, struct str new)
{
	struct diff_paragraph p = whole(a, DIFF_REMOVED, old);
	struct diff_run run = {DIFF_ADDED, new};
	p.kind = DIFF_CHANGED;
	ARENA_PUSH(a, &p.runs, run);
	return p;
}

/* --- word by word --------------------------------------------------------------------------- */

/*
 * Myers' greedy search: after d edits, reach[k] is how far into `old` the diagonal k = i - j was
 * followed.  The reach of every round is kept, so that the way can be walked back.
 */
struct search {
	const struct words_of *old, *new;
	int32_t *rounds[DIFF_MAX_EDITS + 1]; /* round d: 2d + 1 diagonals, from -d */
};

static int32_t
follow(const struct search *s, int32_t i, int32_t k)
{
	while (i < (int32_t)s->old->n && i - k < (int32_t)s->new->n &&
	       same_word(s->old, (size_t)i, s->new, (size_t)(i - k)))
		i++;
	return i;
}

/* Does the best way to diagonal k in round d come by a word of `new` (from k + 1)? */
static bool
comes_down(const int32_t *before, int32_t d, int32_t k)
{
	/* before[x + d - 1] is the reach on diagonal x of round d - 1. */
	return k == -d || (k != d && before[k - 1 + d - 1] < before[k + 1 + d - 1]);
}

/* The number of edits, or -1: more than are allowed. */
static int32_t
search_edits(struct arena *a, struct search *s)
{
	int32_t m = (int32_t)s->old->n, n = (int32_t)s->new->n;
	for (int32_t d = 0; d <= DIFF_MAX_EDITS; d++) {
		const int32_t *before = d ? s->rounds[d - 1] : NULL;
		int32_t *reach = ARENA_ARRAY(a, int32_t, (size_t)d * 2 + 1);
		s->rounds[d] = reach;
		for (int32_t k = -d; k <= d; k += 2) {
			int32_t i = 0;
			if (d > 0)
				i = comes_down(before, d, k) ? before[k + 1 + d - 1]
				                             : before[k - 1 + d - 1] + 1;
			/* Ways beyond an edge meet no more equal words: none of them is first. */
			reach[k + d] = follow(s, i, k);
			if (k == m - n && reach[k + d] >= m)
				return d;
		}
	}
	return -1;
}

struct step {
	enum diff_kind kind;
	size_t i, j; /* the word in the old text and in the new one, as far as it is there */
};

struct steps {
	struct step *v;
	size_t n, cap;
};

/* From the end back to the beginning. */
static struct steps
walk_back(struct arena *a, const struct search *s, int32_t d)
{
	struct steps steps = {0};
	int32_t i = (int32_t)s->old->n, k = i - (int32_t)s->new->n;
	for (; d >= 0; d--) {
		const int32_t *before = d ? s->rounds[d - 1] : NULL;
		bool down = d > 0 && comes_down(before, d, k);
		int32_t from = d == 0 ? 0 : down ? before[k + 1 + d - 1] : before[k - 1 + d - 1] + 1;
		for (; i > from; i--) {
			struct step same = {DIFF_SAME, (size_t)(i - 1), (size_t)(i - 1 - k)};
			ARENA_PUSH(a, &steps, same);
		}
		if (d == 0)
			break;
		struct step edit = {down ? DIFF_ADDED : DIFF_REMOVED, (size_t)(i - 1),
		    (size_t)(i - k - 1)};
		ARENA_PUSH(a, &steps, edit);
		i -= !down;
		k += down ? 1 : -1;
	}
	return steps;
}

static struct diff_paragraph
compare_words(struct arena *a, const struct words_of *old, const struct words_of *new)
{
	struct diff_paragraph p = {.kind = DIFF_CHANGED};
	struct search *s = ARENA_NEW(a, struct search);
	s->old = old;
	s->new = new;
	int32_t d = old->n > DIFF_MAX_WORDS || new->n > DIFF_MAX_WORDS ? -1 : search_edits(a, s);
	if (d < 0)
		return replaced(a, old->text, new->text);
	struct steps steps = walk_back(a, s, d);
	for (size_t n = steps.n; n-- > 0;) {
		const struct step *step = &steps.v[n];
		bool from_new = step->kind == DIFF_ADDED;
		/* Of a word that stayed the one with a space behind: what follows may need it. */
		if (step->kind == DIFF_SAME)
			from_new = new->v[step->j].end - new->v[step->j].at >=
			           old->v[step->i].end - old->v[step->i].at;
		add_word(a, &p.runs, step->kind, from_new ? new : old, from_new ? step->j : step->i);
	}
	if (d == 0)
		p.kind = DIFF_SAME;
	return p;
}

/* --- paragraphs ----------------------------------------------------------------------------- */

struct paragraphs {
	struct words_of v[DIFF_MAX_PARAGRAPHS];
	uint64_t *bags[DIFF_MAX_PARAGRAPHS]; /* hashes of its words, sorted; NULL: not made yet */
	size_t n;
	struct str rest; /* beyond the limit */
};

static struct paragraphs *
split_paragraphs(struct arena *a, struct str text)
{
	struct paragraphs *p = ARENA_NEW(a, struct paragraphs);
	struct str line;
	while (text.n && p->n < DIFF_MAX_PARAGRAPHS) {
		str_cut(text, '\n', &line, &text);
		line = str_trim(line);
		if (line.n)
			p->v[p->n++] = split_words(a, line);
	}
	p->rest = str_trim(text);
	return p;
}

static int
by_hash(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

static const uint64_t *
bag(struct arena *a, struct paragraphs *p, size_t i)
{
	if (!p->bags[i]) {
		p->bags[i] = ARENA_ARRAY(a, uint64_t, p->v[i].n + 1);
		for (size_t k = 0; k < p->v[i].n; k++)
			p->bags[i][k] = p->v[i].v[k].hash;
		qsort(p->bags[i], p->v[i].n, sizeof(uint64_t), by_hash);
	}
	return p->bags[i];
}

/* Words that both have, in hundredths of the words of the longer one. */
static uint32_t
likeness(struct arena *a, struct paragraphs *old, size_t i, struct paragraphs *new, size_t j)
{
	const uint64_t *x = bag(a, old, i), *y = bag(a, new, j);
	size_t m = old->v[i].n, n = new->v[j].n, at = 0, to = 0, shared = 0;
	while (at < m && to < n) {
		if (x[at] == y[to]) {
			shared++;
			at++;
			to++;
		} else if (x[at] < y[to]) {
			at++;
		} else {
			to++;
		}
	}
	return (uint32_t)(shared * 100 / (m > n ? m : n));
}

enum {
	ALIKE = 50, /* hundredths: the same paragraph, reworded */
	MAX_PAIRS = 2500, /* that one gap may weigh; more is a new text */
};

/* A gap: paragraphs of the old text and of the new between two that both have. */
struct gap {
	size_t old, n_old, new, n_new;
};

static void
push(struct arena *a, struct diff *d, struct diff_paragraph p)
{
	ARENA_PUSH(a, d, p);
}

static void
add_alone(struct arena *a, struct diff *d, enum diff_kind kind, struct paragraphs *of, size_t i)
{
	*(kind == DIFF_ADDED ? &d->n_added : &d->n_removed) += of->v[i].n;
	push(a, d, whole(a, kind, of->v[i].text));
}

static size_t
count_words(struct arena *a, struct str text)
{
	return split_words(a, text).n;
}

static void
add_changed(struct arena *a, struct diff *d, const struct words_of *old, const struct words_of *new)
{
	struct diff_paragraph p = compare_words(a, old, new);
	for (size_t i = 0; i < p.runs.n; i++) {
		if (p.runs.v[i].kind == DIFF_ADDED)
			d->n_added += count_words(a, p.runs.v[i].text);
		else if (p.runs.v[i].kind == DIFF_REMOVED)
			d->n_removed += count_words(a, p.runs.v[i].text);
	}
	push(a, d, p);
}

/*
 * The pairing of a gap that keeps the order and has the most likeness: best[i][j] is that of the
 * old paragraphs from i on and the new ones from j on.
 */
static uint32_t *
best_pairs(struct arena *a, const struct gap *g, struct paragraphs *old, struct paragraphs *new)
{
	size_t wide = g->n_new + 1;
	uint32_t *best = ARENA_ARRAY(a, uint32_t, (g->n_old + 1) * wide);
	for (size_t i = g->n_old; i-- > 0;) {
		for (size_t j = g->n_new; j-- > 0;) {
			uint32_t down = best[(i + 1) * wide + j], right = best[i * wide + j + 1];
			uint32_t alike = likeness(a, old, g->old + i, new, g->new + j);
			uint32_t paired = alike >= ALIKE ? alike + best[(i + 1) * wide + j + 1] : 0;
			uint32_t most = down > right ? down : right;
			best[i * wide + j] = paired > most ? paired : most;
		}
	}
	return best;
}

static void
add_gap(struct arena *a, struct diff *d, const struct gap *g, struct paragraphs *old,
    struct paragraphs *new)
{
	size_t i = 0, j = 0, wide = g->n_new + 1;
	const uint32_t *best = NULL;
	if (g->n_old && g->n_new && g->n_old * g->n_new <= MAX_PAIRS)
		best = best_pairs(a, g, old, new);
	while (i < g->n_old || j < g->n_new) {
		bool both = best && i < g->n_old && j < g->n_new;
		uint32_t here = both ? best[i * wide + j] : 0;
		if (both && here > best[(i + 1) * wide + j] && here > best[i * wide + j + 1]) {
			add_changed(a, d, &old->v[g->old + i], &new->v[g->new + j]);
			i++;
			j++;
		} else if (i < g->n_old && (!both || here == best[(i + 1) * wide + j])) {
			add_alone(a, d, DIFF_REMOVED, old, g->old + i++);
		} else {
			add_alone(a, d, DIFF_ADDED, new, g->new + j++);
		}
	}
}

/* table[i][j]: the longest common part of what begins at old i and new j. */
static uint16_t *
common_lengths(struct arena *a, const struct paragraphs *old, const struct paragraphs *new)
{
	size_t wide = new->n + 1;
	uint16_t *table = ARENA_ARRAY(a, uint16_t, (old->n + 1) * wide);
	for (size_t i = old->n; i-- > 0;) {
		for (size_t j = new->n; j-- > 0;) {
			uint16_t down = table[(i + 1) * wide + j], right = table[i * wide + j + 1];
			table[i * wide + j] = str_eq(old->v[i].text, new->v[j].text)
			    ? (uint16_t)(table[(i + 1) * wide + j + 1] + 1)
			    : down > right ? down : right;
		}
	}
	return table;
}

static void
add_texts(struct arena *a, struct str before, struct str after, struct diff *d)
{
	struct paragraphs *old = split_paragraphs(a, before), *new = split_paragraphs(a, after);
	const uint16_t *table = common_lengths(a, old, new);
	size_t i = 0, j = 0, wide = new->n + 1;
	struct gap gap = {0};
	while (i < old->n && j < new->n) {
		if (str_eq(old->v[i].text, new->v[j].text)) {
			gap.n_old = i - gap.old;
			gap.n_new = j - gap.new;
			add_gap(a, d, &gap, old, new);
			push(a, d, whole(a, DIFF_SAME, new->v[j].text));
			gap = (struct gap){.old = ++i, .new = ++j};
		} else if (table[(i + 1) * wide + j] >= table[i * wide + j + 1]) {
			i++;
		} else {
			j++;
		}
	}
	gap.n_old = old->n - gap.old;
	gap.n_new = new->n - gap.new;
	add_gap(a, d, &gap, old, new);
	if (new->rest.n)
		push(a, d, whole(a, DIFF_SAME, new->rest));
}

struct diff
diff_texts(struct arena *a, struct str old, struct str new)
{
	struct diff d = {0};
	add_texts(a, old, new, &d);
	return d;
}

struct diff
diff_story(struct arena *a, struct str old_title, struct str old_text, struct str new_title,
    struct str new_text)
{
	struct diff d = {0};
	struct words_of old = split_words(a, str_trim(old_title));
	struct words_of new = split_words(a, str_trim(new_title));
	if (str_eq(old.text, new.text))
		push(a, &d, whole(a, DIFF_SAME, new.text));
	else
		add_changed(a, &d, &old, &new);
	add_texts(a, old_text, new_text, &d);
	return d;
}
