/*
 * A phrase of k words is followed through the text by a bit for each of its beginnings
 * ("shift and"): bit i says that the last i + 1 words of the text are its first i + 1
 * words.
 */
#include "store/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

enum {
	MAX_PHRASE = 64, /* words of a phrase that are looked at: one bit each */
	MAX_FOUND = 256, /* places of a text that compete for its excerpt */
	LEAD_BYTES = 60, /* of an excerpt before its first match */
};

struct leaf {
	enum term_column column;
	bool prefix, positive;
	struct str words[MAX_PHRASE];
	size_t n;
	uint64_t bits; /* while a text runs through */
};

struct words {
	struct arena *arena;
	struct tokenizer *tokenizer;
	struct leaf *leaves;
	size_t n_leaves;
};

/* --- reading the query ------------------------------------------------------------ */

struct reading {
	struct arena *arena;
	struct leaf *leaf;
};

static int
add_word(void *ctx, struct str folded, size_t at, size_t n)
{
	const struct reading *r = ctx;
	(void)at;
	(void)n;
	if (r->leaf->n < MAX_PHRASE)
		r->leaf->words[r->leaf->n++] = arena_str(r->arena, folded);
	return SQLITE_OK;
}

static void
read_leaves(struct words *w, const struct term *t, bool positive)
{
	if (!t)
		return;
	if (t->kind == TERM_WORDS) {
		struct leaf *leaf = &w->leaves[t->leaf];
		struct reading r = {w->arena, leaf};
		leaf->column = t->column;
		leaf->prefix = t->prefix;
		leaf->positive = positive;
		tokenizer_run(w->tokenizer, t->text, add_word, &r);
	}
	for (size_t i = 0; i < t->n_terms; i++)
		read_leaves(w, t->terms[i], positive && t->kind != TERM_NOT);
}

struct words *
words_new(struct arena *a, struct tokenizer *tokenizer, const struct query *q)
{
	struct words *w = ARENA_NEW(a, struct words);
	w->arena = a;
	w->tokenizer = tokenizer;
	w->n_leaves = q->n_leaves;
	w->leaves = ARENA_ARRAY(a, struct leaf, q->n_leaves);
	read_leaves(w, q->root, true);
	return w;
}

bool
words_is_blank(const struct words *w, size_t leaf)
{
	return w->leaves[leaf].n == 0;
}

size_t
words_last_letters(const struct words *w, size_t leaf)
{
	const struct leaf *l = &w->leaves[leaf];
	return l->n ? utf8_count(l->words[l->n - 1]) : 0;
}

/* --- looking ---------------------------------------------------------------------- */

static bool
is_word(const struct leaf *leaf, size_t i, struct str word)
{
	if (leaf->prefix && i + 1 == leaf->n)
		return str_starts(word, leaf->words[i]);
	return str_eq(word, leaf->words[i]);
}

/* The next word of the text.  True: the phrase ends here. */
static bool
follow(struct leaf *leaf, struct str word)
{
	uint64_t next = 0, begun = leaf->bits << 1 | 1;
	for (size_t i = 0; i < leaf->n; i++)
		if (begun >> i & 1 && is_word(leaf, i, word))
			next |= UINT64_C(1) << i;
	leaf->bits = next;
	return next >> (leaf->n - 1) & 1;
}

struct looking {
	struct words *words;
	enum term_column column;
	bool *found;
	size_t left; /* leaves not found yet */
};

static int
look_at_word(void *ctx, struct str word, size_t at, size_t n)
{
	struct looking *l = ctx;
	(void)at;
	(void)n;
	for (size_t i = 0; i < l->words->n_leaves; i++) {
		struct leaf *leaf = &l->words->leaves[i];
		if (l->found[i] ||
		    (leaf->column != COLUMN_ANY && leaf->column != l->column))
			continue;
		if (follow(leaf, word)) {
			l->found[i] = true;
			l->left--;
		}
	}
	return l->left ? SQLITE_OK : SQLITE_DONE;
}

static void
rewind_leaves(struct words *w)
{
	for (size_t i = 0; i < w->n_leaves; i++)
		w->leaves[i].bits = 0;
}

void
words_look(struct words *w, const struct words_text *text, bool *found)
{
	struct looking l = {w, COLUMN_TITLE, found, 0};
	for (size_t i = 0; i < w->n_leaves; i++) {
		found[i] = w->leaves[i].n == 0;
		l.left += !found[i];
	}
	for (int c = 0; c < COLUMNS && l.left; c++) {
		rewind_leaves(w);
		l.column = (enum term_column)c;
		tokenizer_run(w->tokenizer, text->column[c], look_at_word, &l);
	}
}

bool
words_hold(const struct term *t, const bool *found)
{
	switch (t->kind) {
	case TERM_WORDS:
		return found[t->leaf];
	case TERM_NOT:
		return !words_hold(t->terms[0], found);
	case TERM_AND:
		for (size_t i = 0; i < t->n_terms; i++)
			if (!words_hold(t->terms[i], found))
				return false;
		return true;
	case TERM_OR:
		for (size_t i = 0; i < t->n_terms; i++)
			if (words_hold(t->terms[i], found))
				return true;
		return false;
	case TERM_AGENCY:
	case TERM_LANG:
	case TERM_FEEDS:
	case TERM_STATE:
	case TERM_URGENCY:
	case TERM_SINCE:
	case TERM_UNTIL:
	case TERM_CITES:
	case TERM_CITED_BY:
		break;
	}
	return true;
}

/* --- excerpts --------------------------------------------------------------------- */

struct place {
	size_t at, end, leaf;
};

struct cutting {
	struct words *words;
	size_t starts[MAX_PHRASE]; /* where the last words of the text began, a ring */
	size_t n_words;
	struct place found[MAX_FOUND];
	size_t n_found;
	size_t per_leaf;
	size_t *counts; /* of each leaf: a common word must not crowd out a rare one */
	size_t *last; /* where each leaf was found last */
	size_t n_wanted; /* leaves that can be found */
	size_t stop_at; /* beyond a stretch with all of them nothing matters */
};

static bool
is_wanted(const struct leaf *leaf)
{
	return leaf->positive && leaf->n &&
	    (leaf->column == COLUMN_ANY || leaf->column == COLUMN_TEXT);
}

/* Do the last places of all leaves fit into one excerpt? */
static void
see_whether_enough(struct cutting *c, size_t end)
{
	size_t first = end;
	for (size_t i = 0; i < c->words->n_leaves; i++) {
		if (!is_wanted(&c->words->leaves[i]))
			continue;
		if (c->counts[i] == 0)
			return;
		if (c->last[i] < first)
			first = c->last[i];
	}
	if (end - first <= EXCERPT_BYTES - LEAD_BYTES)
		c->stop_at = first + EXCERPT_BYTES;
}

static int
note_word(void *ctx, struct str word, size_t at, size_t n)
{
	struct cutting *c = ctx;
	c->starts[c->n_words++ % MAX_PHRASE] = at;
	if (at > c->stop_at)
		return SQLITE_DONE;
	for (size_t i = 0; i < c->words->n_leaves; i++) {
		struct leaf *leaf = &c->words->leaves[i];
		if (!is_wanted(leaf) || !follow(leaf, word) ||
		    c->counts[i] >= c->per_leaf)
			continue;
		c->counts[i]++;
		c->last[i] = c->starts[(c->n_words - leaf->n) % MAX_PHRASE];
		c->found[c->n_found++] = (struct place){c->last[i], at + n, i};
		if (c->n_found == MAX_FOUND)
			return SQLITE_DONE;
		if (c->stop_at == SIZE_MAX)
			see_whether_enough(c, at + n);
	}
	return SQLITE_OK;
}

/* The first match of the stretch of EXCERPT_BYTES that has the most different leaves. */
static size_t
best_stretch(const struct cutting *c)
{
	size_t best = 0, best_kinds = 0;
	for (size_t i = 0; i < c->n_found && best_kinds < c->n_wanted; i++) {
		size_t kinds = 0;
		for (size_t j = i; j < c->n_found; j++) {
			if (c->found[j].end > c->found[i].at + EXCERPT_BYTES - LEAD_BYTES)
				break;
			bool again = false;
			for (size_t k = i; k < j && !again; k++)
				again = c->found[k].leaf == c->found[j].leaf;
			kinds += !again;
		}
		if (kinds > best_kinds) {
			best_kinds = kinds;
			best = i;
		}
	}
	return best;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* Back to the beginning of a word, or of a character in a script without blanks. */
static size_t
cut_begin(struct str text, size_t match)
{
	size_t from = match > LEAD_BYTES ? match - LEAD_BYTES : 0;
	if (from == 0)
		return 0;
	for (size_t at = from; at < match; at++)
		if (is_blank(text.p[at]))
			return at + 1;
	while (from < match && ((unsigned char)text.p[from] & 0xC0) == 0x80)
		from++;
	return from;
}

static size_t
cut_end(struct str text, size_t from)
{
	if (text.n - from <= EXCERPT_BYTES)
		return text.n;
	size_t end = from + utf8_cut(str_from(text, from), EXCERPT_BYTES).n;
	for (size_t at = end; at > from + EXCERPT_BYTES / 2; at--)
		if (is_blank(text.p[at]))
			return at;
	return end;
}

struct writing {
	struct buf out;
	const struct cutting *cutting;
	size_t next; /* place that comes */
	struct words_excerpt *excerpt;
};

static void
write_match_begin(struct writing *w, size_t at)
{
	struct words_excerpt *x = w->excerpt;
	while (w->next < w->cutting->n_found && w->cutting->found[w->next].at < at)
		w->next++;
	if (w->next == w->cutting->n_found || w->cutting->found[w->next].at != at ||
	    x->n_matches == EXCERPT_MATCHES)
		return;
	x->matches[x->n_matches++] = (struct words_match){(uint32_t)w->out.n, 0};
}

static void
write_text(struct writing *w, struct str text, size_t from, size_t end)
{
	struct words_excerpt *x = w->excerpt;
	size_t match_end = 0;
	for (size_t at = from; at < end; at++) {
		if (at >= match_end) {
			int before = x->n_matches;
			write_match_begin(w, at);
			if (x->n_matches > before)
				match_end = w->cutting->found[w->next].end;
		}
		bool blank = is_blank(text.p[at]);
		if (!blank)
			buf_char(&w->out, text.p[at]);
		else if (w->out.n && w->out.p[w->out.n - 1] != ' ')
			buf_char(&w->out, ' ');
		if (match_end > at && x->n_matches) {
			struct words_match *m = &x->matches[x->n_matches - 1];
			m->n = (uint32_t)w->out.n - m->at;
		}
	}
}

static int
place_order(const void *x, const void *y)
{
	const struct place *a = x, *b = y;
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return a->end > b->end ? -1 : a->end < b->end; /* the longer one first */
}

void
words_cut(struct words *w, struct arena *a, struct str text, struct words_excerpt *x)
{
	struct cutting c = {.words = w, .stop_at = SIZE_MAX};
	c.counts = ARENA_ARRAY(a, size_t, w->n_leaves);
	c.last = ARENA_ARRAY(a, size_t, w->n_leaves);
	for (size_t i = 0; i < w->n_leaves; i++)
		c.n_wanted += is_wanted(&w->leaves[i]);
	memset(x, 0, sizeof(*x));
	c.per_leaf = w->n_leaves ? MAX_FOUND / w->n_leaves : 0;
	rewind_leaves(w);
	if (c.n_wanted)
		tokenizer_run(w->tokenizer, text, note_word, &c);
	/* A phrase is noted at its end: sort by beginnings. */
	qsort(c.found, c.n_found, sizeof(c.found[0]), place_order);

	size_t from = c.n_found ? cut_begin(text, c.found[best_stretch(&c)].at) : 0;
	size_t end = cut_end(text, from);
	struct writing writing = {.cutting = &c, .excerpt = x};
	if (from > 0)
		buf_add(&writing.out, STR("…"));
	write_text(&writing, text, from, end);
	while (writing.out.n && writing.out.p[writing.out.n - 1] == ' ')
		writing.out.n--;
	if (end < text.n)
		buf_add(&writing.out, STR("…"));
	x->text = arena_str(a, buf_str(&writing.out));
	buf_clear(&writing.out);
}
