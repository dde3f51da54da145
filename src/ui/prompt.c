#include "ui/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text/columns.h"

struct prompt {
	struct buf text;
	size_t cursor;     /* byte of the text */
	struct buf killed; /* what C-u, C-k and C-w cut last, for C-y */
	bool suggestions;
	struct str history[PROMPT_MAX_HISTORY]; /* oldest first; heap */
	size_t n_history;
	size_t
	    at; /* entry of the history that is shown; n_history: the reader's own text */
	struct buf own; /* his own text while he looks at the history */
};

struct prompt *
prompt_new(void)
{
	return heap_alloc(sizeof(struct prompt));
}

void
prompt_free(struct prompt *p)
{
	size_t i;

	if (!p)
		return;
	for (i = 0; i < p->n_history; i++)
		free((char *)(uintptr_t)p->history[i].p);
	buf_clear(&p->text);
	buf_clear(&p->killed);
	buf_clear(&p->own);
	free(p);
}

struct str
prompt_text(const struct prompt *p)
{
	return buf_str(&p->text);
}

void
prompt_set(struct prompt *p, struct str text)
{
	text = utf8_cut(text, PROMPT_MAX_BYTES);
	p->text.n = 0;
	buf_add(&p->text, text);
	p->cursor = p->text.n;
}

void
prompt_begin(struct prompt *p, struct str text, bool suggestions)
{
	prompt_set(p, text);
	p->suggestions = suggestions;
	p->at = p->n_history;
	p->own.n = 0;
}

/* ---- changing the text ---- */

static void
cut(struct prompt *p, size_t from, size_t to)
{
	struct buf *t = &p->text;

	memmove(t->p + from, t->p + to, t->n - to);
	t->n -= to - from;
	p->cursor = from;
}

static enum prompt_answer
kill_range(struct prompt *p, size_t from, size_t to)
{
	if (from >= to)
		return PROMPT_MOVED;
	p->killed.n = 0;
	buf_add(&p->killed, str_sub(prompt_text(p), from, to - from));
	cut(p, from, to);
	return PROMPT_CHANGED;
}

static bool
insert(struct prompt *p, struct str more)
{
	struct buf *t = &p->text;

	more = utf8_cut(more, PROMPT_MAX_BYTES - t->n);
	if (more.n == 0)
		return false;
	buf_reserve(t, more.n);
	memmove(t->p + p->cursor + more.n, t->p + p->cursor, t->n - p->cursor);
	memcpy(t->p + p->cursor, more.p, more.n);
	t->n += more.n;
	p->cursor += more.n;
	return true;
}

/* ---- places in the text ---- */

/* The end of the cluster that begins at `at`: a piece and what is joined to it. */
static size_t
next_cluster(struct str s, size_t at)
{
	struct piece piece;
	size_t end;

	if (!piece_next(s, &at, &piece))
		return s.n;
	for (end = at; piece_next(s, &at, &piece) && (piece.joined || piece.cols == 0);
	     end = at)
		;
	return end;
}

static size_t
previous_cluster(struct str s, size_t before)
{
	size_t at = 0, next;

	/* Clusters can only be told from the beginning; a line is short. */
	while (at < before && (next = next_cluster(s, at)) < before)
		at = next;
	return at;
}

static bool
word_byte(char c)
{
	return ascii_alnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static size_t
word_left(struct str s, size_t at)
{
	while (at > 0 && !word_byte(s.p[at - 1]))
		at--;
	while (at > 0 && word_byte(s.p[at - 1]))
		at--;
	return at;
}

static size_t
word_right(struct str s, size_t at)
{
	while (at < s.n && !word_byte(s.p[at]))
		at++;
	while (at < s.n && word_byte(s.p[at]))
		at++;
	return at;
}

/* C-w cuts back to white space, as in a shell. */
static size_t
blank_left(struct str s, size_t at)
{
	while (at > 0 && s.p[at - 1] == ' ')
		at--;
	while (at > 0 && s.p[at - 1] != ' ')
		at--;
	return at;
}

static enum prompt_answer
move_to(struct prompt *p, size_t at)
{
	p->cursor = at;
	return PROMPT_MOVED;
}

/* ---- history ---- */

static void
show_entry(struct prompt *p, size_t at)
{
	if (p->at == p->n_history) {
		p->own.n = 0;
		buf_add(&p->own, prompt_text(p));
	}
	p->at = at;
	prompt_set(p, at == p->n_history ? buf_str(&p->own) : p->history[at]);
}

static enum prompt_answer
walk(struct prompt *p, bool earlier)
{
	if (p->suggestions)
		return earlier ? PROMPT_EARLIER : PROMPT_LATER;
	if (earlier ? p->at == 0 : p->at == p->n_history)
		return PROMPT_MOVED;
	show_entry(p, earlier ? p->at - 1 : p->at + 1);
	return PROMPT_CHANGED;
}

void
prompt_history_add(struct prompt *p, struct str text)
{
	char *copy;

	if (text.n == 0 || text.n > PROMPT_MAX_BYTES ||
	    (p->n_history > 0 && str_eq(p->history[p->n_history - 1], text)))
		return;
	if (p->n_history == PROMPT_MAX_HISTORY) {
		free((char *)(uintptr_t)p->history[0].p);
		memmove(p->history, p->history + 1,
		    (PROMPT_MAX_HISTORY - 1) * sizeof(p->history[0]));
		p->n_history--;
	}
	copy = heap_z(text);
	p->history[p->n_history++] = str_of(copy, text.n);
	p->at = p->n_history;
}

void
prompt_remember(struct prompt *p)
{
	prompt_history_add(p, prompt_text(p));
}

size_t
prompt_history(const struct prompt *p, const struct str **entries)
{
	*entries = p->history;
	return p->n_history;
}

/* ---- keys ---- */

static enum prompt_answer
control_key(struct prompt *p, uint32_t code)
{
	struct str text = prompt_text(p);

	switch (code) {
	case 'a':
		return move_to(p, 0);
	case 'e':
		return move_to(p, text.n);
	case 'b':
		return move_to(p, previous_cluster(text, p->cursor));
	case 'f':
		return move_to(p, next_cluster(text, p->cursor));
	case 'h':
		cut(p, previous_cluster(text, p->cursor), p->cursor);
		return PROMPT_CHANGED;
	case 'd':
		cut(p, p->cursor, next_cluster(text, p->cursor));
		return PROMPT_CHANGED;
	case 'w':
		return kill_range(p, blank_left(text, p->cursor), p->cursor);
	case 'u':
		return kill_range(p, 0, p->cursor);
	case 'k':
		return kill_range(p, p->cursor, text.n);
	case 'y':
		return insert(p, buf_str(&p->killed)) ? PROMPT_CHANGED : PROMPT_MOVED;
	case 'p':
		return walk(p, true);
	case 'n':
		return walk(p, false);
	case 'g':
	case 'c':
		return PROMPT_CANCEL;
	}
	return PROMPT_UNUSED;
}

static enum prompt_answer
alt_key(struct prompt *p, uint32_t code)
{
	struct str text = prompt_text(p);

	switch (code) {
	case 'b':
	case K_LEFT:
		return move_to(p, word_left(text, p->cursor));
	case 'f':
	case K_RIGHT:
		return move_to(p, word_right(text, p->cursor));
	case 'd':
		return kill_range(p, p->cursor, word_right(text, p->cursor));
	case K_BACKSPACE:
		return kill_range(p, word_left(text, p->cursor), p->cursor);
	}
	return PROMPT_UNUSED;
}

static enum prompt_answer
named_key(struct prompt *p, uint32_t code)
{
	struct str text = prompt_text(p);

	switch (code) {
	case K_ENTER:
		return PROMPT_ACCEPT;
	case K_ESCAPE:
		return PROMPT_CANCEL;
	case K_TAB:
		return PROMPT_COMPLETE;
	case K_LEFT:
		return move_to(p, previous_cluster(text, p->cursor));
	case K_RIGHT:
		return move_to(p, next_cluster(text, p->cursor));
	case K_HOME:
		return move_to(p, 0);
	case K_END:
		return move_to(p, text.n);
	case K_UP:
		return walk(p, true);
	case K_DOWN:
		return walk(p, false);
	case K_DELETE:
		return control_key(p, 'd');
	case K_BACKSPACE:
		return control_key(p, 'h');
	}
	return PROMPT_UNUSED;
}

enum prompt_answer
prompt_key(struct prompt *p, struct key key)
{
	char character[4];
	struct str typed;

	if (key.mods & MOD_ALT)
		return alt_key(p, key.code);
	if (key.mods & MOD_CTRL && key.code < K_NAMED)
		return control_key(p, key.code);
	if (key.mods & MOD_CTRL && (key.code == K_LEFT || key.code == K_RIGHT))
		return alt_key(p, key.code);
	if (key.code >= K_NAMED)
		return named_key(p, key.code);
	typed = str_of(character, utf8_encode(key.code, character));
	return insert(p, typed) ? PROMPT_CHANGED : PROMPT_MOVED;
}

bool
prompt_paste(struct prompt *p, struct bytes raw)
{
	struct buf clean = {0};
	size_t at = 0;
	uint32_t c;
	bool changed;

	while (at < raw.n && clean.n < PROMPT_MAX_BYTES) {
		at += utf8_decode(raw.p + at, raw.n - at, &c);
		if (c == '\n' || c == '\r' || c == '\t')
			c = ' ';
		if (c < 0x20 || (c >= 0x7f && c < 0xa0))
			continue;
		buf_utf8(&clean, c);
	}
	changed = insert(p, str_trim(buf_str(&clean)));
	buf_clear(&clean);
	return changed;
}

struct str
prompt_view(const struct prompt *p, size_t cols, size_t *cursor_col)
{
	struct str text = prompt_text(p), left = str_sub(text, 0, p->cursor);
	size_t from = 0, used;

	/* A cell is kept for the cursor behind the last character. */
	while (columns_of(str_from(left, from)) + 1 > cols && from < left.n)
		from = next_cluster(left, from);
	*cursor_col = columns_of(str_from(left, from));
	text = str_from(text, from);
	return str_sub(text, 0, columns_fit(text, cols, &used));
}
