/*
 * Spans are put into the array when they begin, so it is sorted without sorting (trimming
 * the gap at a span's beginning moves it to the next word, which keeps the order); one
 * that stays empty is taken out when its block ends.  The blank line before a block is
 * written when the block begins and cut off again when nothing came.
 */
#include "text/doc.h"

#include <string.h>

#include "base/utf8.h"
#include "text/clean.h"

enum { BLOB_VERSION = 1, VARINT_MAX_BYTES = 5, NO_MARK = 0 };

bool
span_is_block(enum span_kind kind)
{
	return kind >= SPAN_PARAGRAPH && kind <= SPAN_RELATED;
}

/* Blocks that may stand without text. */
static bool
may_be_empty(const struct span *s)
{
	return s->kind == SPAN_RULE || s->kind == SPAN_RELATED ||
	    (s->kind == SPAN_CAPTION && s->ref.n > 0);
}

static bool
has_no_text(enum span_kind kind)
{
	return kind == SPAN_RULE || kind == SPAN_RELATED;
}

size_t
doc_blocks_before(const struct doc *d, size_t at)
{
	size_t n = 0;
	for (size_t i = 0; i < d->n_spans && d->spans[i].at < at; i++)
		n += span_is_block(d->spans[i].kind) && d->spans[i].n > 0;
	return n;
}

/* --- building --------------------------------------------------------------------- */

void
doc_builder_init(struct doc_builder *b, struct arena *a)
{
	*b = (struct doc_builder){.arena = a};
}

bool
doc_block_open(const struct doc_builder *b)
{
	return b->block != 0;
}

size_t
doc_block_bytes(const struct doc_builder *b)
{
	return b->block ? b->text.n - b->block_at : 0;
}

static struct span *
open_block(struct doc_builder *b)
{
	return &b->spans.v[b->block - 1];
}

static void
add_span(
    struct doc_builder *b, enum span_kind kind, uint8_t level, size_t at, struct str ref)
{
	struct span s = {
	    .at = (uint32_t)at, .kind = (uint8_t)kind, .level = level, .ref = ref};
	ARENA_PUSH(b->arena, &b->spans, s);
}

void
doc_block(struct doc_builder *b, enum span_kind kind, uint8_t level, struct str ref)
{
	doc_block_end(b);
	if (b->spans.n >= DOC_MAX_SPANS)
		return;
	b->before = b->text.n;
	if (has_no_text(kind)) {
		add_span(b, kind, level, b->before, ref);
		return;
	}
	if (b->text.n)
		buf_add(&b->text, STR("\n\n"));
	b->block_at = b->text.n;
	add_span(b, kind, level, b->block_at, ref);
	b->block = b->spans.n;
}

static char
last_byte(const struct doc_builder *b)
{
	return b->text.n > b->block_at ? b->text.p[b->text.n - 1] : '\n';
}

/* All that makes text longer passes here, so that the bound holds. */
static void
add_bytes(struct doc_builder *b, struct str s)
{
	size_t room = DOC_MAX_TEXT_BYTES > b->text.n ? DOC_MAX_TEXT_BYTES - b->text.n : 0;
	buf_add(&b->text, utf8_cut(s, room));
}

static void
add_words(struct doc_builder *b, struct str words)
{
	if (b->space && last_byte(b) != '\n' && last_byte(b) != '\t')
		add_bytes(b, STR(" "));
	b->space = false;
	add_bytes(b, words);
}

static bool
is_gap(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* Words with single spaces between them are put in as they are. */
static size_t
words_length(struct str s)
{
	size_t n = 0;
	while (n < s.n && (!is_gap(s.p[n]) ||
	    (n > 0 && s.p[n] == ' ' && n + 1 < s.n && !is_gap(s.p[n + 1])))) {
		bool sign = s.p[n] > ' ' && s.p[n] < 0x7F;
		n = sign ? text_plain_run(s, n) : n + 1;
	}
	return n;
}

/* False: there are too many. */
static bool
begin_text(struct doc_builder *b)
{
	if (!b->block)
		doc_block(b, SPAN_PARAGRAPH, 0, STR(""));
	return b->block != 0;
}

void
doc_words(struct doc_builder *b, struct str words)
{
	if (words.n == 0 || !begin_text(b))
		return;
	if (open_block(b)->kind == SPAN_PRE)
		add_bytes(b, words);
	else
		add_words(b, words);
}

void
doc_text(struct doc_builder *b, struct str s)
{
	if (!b->block && str_trim(s).n == 0)
		return;
	if (!begin_text(b))
		return;
	if (open_block(b)->kind == SPAN_PRE) {
		add_bytes(b, s);
		return;
	}
	while (s.n > 0) {
		size_t n = words_length(s);
		if (n > 0)
			add_words(b, str_of(s.p, n));
		else if (s.p[n++] == '\n')
			doc_break(b);
		else
			b->space = true;
		s = str_from(s, n);
	}
}

void
doc_space(struct doc_builder *b)
{
	b->space = true;
}

void
doc_break(struct doc_builder *b)
{
	b->space = false;
	if (!b->block)
		return;
	if (last_byte(b) != '\n' || open_block(b)->kind == SPAN_PRE)
		add_bytes(b, STR("\n"));
}

void
doc_cell(struct doc_builder *b)
{
	b->space = false;
	if (b->block)
		add_bytes(b, STR("\t"));
}

size_t
doc_inline_begin(struct doc_builder *b)
{
	if (!b->block || b->spans.n >= DOC_MAX_SPANS)
		return NO_MARK;
	add_span(b, SPAN_KINDS, 0, b->text.n, STR(""));
	return b->spans.n;
}

void
doc_inline_end(struct doc_builder *b, size_t mark, enum span_kind kind, struct str ref)
{
	if (mark == NO_MARK || mark > b->spans.n || mark <= b->block)
		return;
	struct span *s = &b->spans.v[mark - 1];
	size_t at = s->at, end = b->text.n;
	while (at < end && is_gap(b->text.p[at]))
		at++;
	while (end > at && is_gap(b->text.p[end - 1]))
		end--;
	s->at = (uint32_t)at;
	s->n = (uint32_t)(end - at);
	s->kind = (uint8_t)kind;
	s->ref = ref;
}

/*
 * Cut the gaps at the ends of the block.  At the beginning there can be one only in
 * SPAN_PRE, where leading blank lines go but the indent of the first line stays.
 */
static void
trim_block(struct doc_builder *b)
{
	while (b->text.n > b->block_at && is_gap(b->text.p[b->text.n - 1]))
		b->text.n--;
	size_t lead = 0;
	for (size_t i = b->block_at; i < b->text.n && is_gap(b->text.p[i]); i++)
		if (b->text.p[i] == '\n')
			lead = i + 1 - b->block_at;
	if (lead == 0)
		return;
	memmove(b->text.p + b->block_at, b->text.p + b->block_at + lead,
	    b->text.n - b->block_at - lead);
	b->text.n -= lead;
	for (size_t i = b->block; i < b->spans.n; i++) {
		uint32_t at = b->spans.v[i].at;
		b->spans.v[i].at = at > b->block_at + lead ? at - (uint32_t)lead
		                                           : (uint32_t)b->block_at;
	}
}

/* Inline spans that are not ended, or have no text, leave the array. */
static void
settle_inline(struct doc_builder *b)
{
	size_t kept = b->block;
	for (size_t i = b->block; i < b->spans.n; i++) {
		struct span s = b->spans.v[i];
		if (s.kind == SPAN_KINDS || s.at >= b->text.n || s.n == 0)
			continue;
		if (s.n > b->text.n - s.at)
			s.n = (uint32_t)(b->text.n - s.at);
		b->spans.v[kept++] = s;
	}
	b->spans.n = kept;
}

void
doc_block_end(struct doc_builder *b)
{
	b->space = false;
	if (!b->block)
		return;
	trim_block(b);
	settle_inline(b);
	struct span *block = open_block(b);
	block->n = (uint32_t)(b->text.n - b->block_at);
	if (block->n == 0) {
		b->text.n = b->before;
		block->at = (uint32_t)b->before;
		b->spans.n = may_be_empty(block) ? b->block : b->block - 1;
	}
	b->block = 0;
}

void
doc_related(struct doc_builder *b, size_t link_index)
{
	if (link_index <= UINT8_MAX)
		doc_block(b, SPAN_RELATED, (uint8_t)link_index, STR(""));
}

struct doc
doc_build(struct doc_builder *b)
{
	doc_block_end(b);
	struct doc d = {.spans = b->spans.v, .n_spans = b->spans.n};
	d.text = arena_str(b->arena, buf_str(&b->text));
	buf_clear(&b->text);
	return d;
}

/* --- the blob --------------------------------------------------------------------- */

/* LEB128: seven bits a byte, the lowest first, the eighth says that more follow. */
static void
pack_number(struct buf *out, uint64_t n)
{
	for (; n >= 0x80; n >>= 7)
		buf_char(out, (char)(n | 0x80));
	buf_char(out, (char)n);
}

void
doc_pack_spans(const struct doc *d, struct buf *out)
{
	uint32_t before = 0;
	buf_char(out, BLOB_VERSION);
	pack_number(out, d->n_spans);
	for (size_t i = 0; i < d->n_spans; i++) {
		const struct span *s = &d->spans[i];
		buf_char(out, (char)s->kind);
		buf_char(out, (char)s->level);
		pack_number(out, s->at - before);
		pack_number(out, s->n);
		pack_number(out, s->ref.n);
		buf_add(out, s->ref);
		before = s->at;
	}
}

static bool
take_byte(struct bytes *in, uint8_t *byte)
{
	if (in->n == 0)
		return false;
	*byte = *in->p;
	*in = bytes_of(in->p + 1, in->n - 1);
	return true;
}

/* A number of at most max. */
static bool
take_number(struct bytes *in, uint64_t max, uint32_t *number)
{
	uint64_t n = 0;
	uint8_t byte = 0x80;
	for (unsigned i = 0; byte & 0x80; i++) {
		if (i == VARINT_MAX_BYTES || !take_byte(in, &byte))
			return false;
		n |= (uint64_t)(byte & 0x7F) << (7 * i);
	}
	*number = (uint32_t)n;
	return n <= max;
}

static bool
take_ref(struct bytes *in, struct str *ref)
{
	uint32_t n;
	if (!take_number(in, in->n, &n) || n > in->n)
		return false;
	*ref = str_of((const char *)in->p, n);
	*in = bytes_of(in->p + n, in->n - n);
	return text_is_clean(bytes_of_str(*ref));
}

/* What has been read so far: where the last block is. */
struct reading {
	struct str text;
	uint32_t at; /* of the last span */
	uint32_t block, end; /* the last block with text */
	bool any; /* there was one */
};

static bool
take_span(struct bytes *in, const struct reading *r, struct span *s)
{
	uint32_t ahead;
	if (!take_byte(in, &s->kind) || !take_byte(in, &s->level) ||
	    s->kind == 0 || s->kind >= SPAN_KINDS)
		return false;
	if (!take_number(in, r->text.n - r->at, &ahead))
		return false;
	s->at = r->at + ahead;
	return take_number(in, r->text.n - s->at, &s->n) && take_ref(in, &s->ref);
}

static bool
at_character(struct str text, size_t at)
{
	return at == text.n || ((unsigned char)text.p[at] & 0xC0) != 0x80;
}

/*
 * The promises of doc.h: blocks part the text at blank lines, inline spans lie in the
 * last one.
 */
static bool
fits(const struct reading *r, const struct span *s)
{
	if (!at_character(r->text, s->at) || !at_character(r->text, s->at + s->n))
		return false;
	if (!span_is_block(s->kind))
		return s->n > 0 && r->any && s->at >= r->block && s->at + s->n <= r->end;
	if (s->n == 0)
		return may_be_empty(s) && s->at == r->end;
	if (has_no_text(s->kind))
		return false;
	if (!r->any)
		return s->at == 0;
	return s->at == r->end + 2 && memcmp(r->text.p + r->end, "\n\n", 2) == 0;
}

bool
doc_unpack_spans(struct arena *a, struct bytes blob, struct doc *d)
{
	struct reading r = {.text = d->text};
	uint8_t version;
	uint32_t n;
	d->spans = NULL;
	d->n_spans = 0;
	if (d->text.n > DOC_MAX_TEXT_BYTES || !take_byte(&blob, &version) ||
	    version != BLOB_VERSION || !take_number(&blob, DOC_MAX_SPANS, &n) ||
	    n > blob.n)
		return false;
	struct span *spans = ARENA_ARRAY(a, struct span, n);
	for (uint32_t i = 0; i < n; i++) {
		if (!take_span(&blob, &r, &spans[i]) || !fits(&r, &spans[i]))
			return false;
		r.at = spans[i].at;
		if (!span_is_block(spans[i].kind) || spans[i].n == 0)
			continue;
		r.any = true;
		r.block = spans[i].at;
		r.end = spans[i].at + spans[i].n;
	}
	if (blob.n > 0 || r.end != d->text.n)
		return false;
	d->spans = spans;
	d->n_spans = n;
	return true;
}
