#include "story/plain.h"

#include "base/utf8.h"
#include "story/anatomy.h"
#include "story/credit.h"
#include "story/dateline.h"
#include "story/readalso.h"
#include "story/signal.h"
#include "story/trim.h"
#include "text/language.h"

/* "<" and a letter, "/", "!" or "?": a tag, as HTML begins one. */
bool
plain_is(struct bytes b)
{
	size_t n = b.n < PLAIN_LOOK_BYTES ? b.n : PLAIN_LOOK_BYTES;

	for (size_t i = 0; i + 1 < n; i++) {
		unsigned char c = b.p[i + 1];
		if (b.p[i] == 0) /* no text at all, or UTF-16, which is decoded before */
			return false;
		if (b.p[i] == '<' && (ascii_alpha(c) || c == '/' || c == '!' || c == '?'))
			return false;
	}
	return true;
}

static bool
has_blank_line(struct str text)
{
	struct str line;
	bool blank = false;

	while (text.n > 0) {
		str_cut(text, '\n', &line, &text);
		bool empty = trim_space(line).n == 0;
		if (!empty && blank)
			return true;
		blank = empty;
	}
	return false;
}

/*
 * Lines that were wrapped at a fixed width are one paragraph: when blank lines part the blocks,
 * a line joins the one before it unless either is a line of its own kind (a credit, a read-also
 * line).
 */
static bool
stands_alone(struct arena *a, struct str line)
{
	struct readalso marker;

	if (readalso_match(a, line, &marker) && marker.closed)
		return true;
	return credit_read(a, line, NULL) != CREDIT_NONE;
}

struct doc
plain_doc(struct arena *a, struct str text)
{
	struct doc_builder b;
	bool wrapped = has_blank_line(text), open = false;
	struct str line;

	doc_builder_init(&b, a);
	while (text.n > 0) {
		str_cut(text, '\n', &line, &text);
		line = trim_space(line);
		bool alone = !wrapped || (line.n > 0 && stands_alone(a, line));
		if (line.n == 0 || alone || !open)
			doc_block_end(&b);
		if (line.n == 0) {
			open = false;
			continue;
		}
		if (alone || !open)
			doc_block(&b, SPAN_PARAGRAPH, 0, STR(""));
		else
			doc_text(&b, STR(" "));
		doc_text(&b, line);
		open = !alone;
	}
	doc_block_end(&b);
	return doc_build(&b);
}

/* Does the block end as a sentence does? */
static bool
ends_sentence(struct str s)
{
	size_t at;
	uint32_t c = trim_last(trim_space(s), &at);

	return c == '.' || c == ':' || c == ',' || c == ';' || c == 0x3002 || c == 0xFF0E ||
	    c == 0x06D4 || c == 0x0964;
}

static bool
is_title(struct arena *a, struct str block)
{
	struct dateline d;
	struct readalso marker;

	if (block.n > PLAIN_MAX_TITLE_BYTES || ends_sentence(block))
		return false;
	if (dateline_parse(block, &d) || credit_read(a, block, NULL) != CREDIT_NONE)
		return false;
	return !readalso_match(a, block, &marker) || !marker.closed;
}

/* The document without its first block. */
static struct doc
without_first(const struct doc *doc)
{
	size_t i = 1;

	while (i < doc->n_spans && !span_is_block(doc->spans[i].kind))
		i++;
	return (struct doc){doc->text, doc->spans + i, doc->n_spans - i};
}

static size_t
count_text(const struct doc *doc)
{
	size_t n = 0;

	for (size_t i = 0; i < doc->n_spans; i++)
		n += anatomy_is_text(&doc->spans[i]);
	return n;
}

void
plain_story(struct arena *a, struct str text, struct story *s)
{
	struct doc doc = plain_doc(a, text);
	struct signal signal;

	if (count_text(&doc) > 1) {
		struct str first = str_sub(doc.text, doc.spans[0].at, doc.spans[0].n);
		if (is_title(a, first)) {
			s->title = first;
			doc = without_first(&doc);
		}
	}
	signal_read(a, s->title, &signal);
	s->urgency = signal.urgency;
	s->urgency_guessed = signal.urgency > 0;
	if (s->status == STORY_USABLE)
		s->status = signal.status;
	s->slug = signal.slug;
	anatomy_of(a, &doc, NULL, 0, s);
	s->full = s->body.text.n > 0;
	if (s->byline.n == 0)
		s->byline = s->reporter;
	if (s->lang.n == 0)
		s->lang = language_guess(s->body.text);
}

void
plain_body(struct arena *a, struct str text, struct story *s)
{
	struct doc doc = plain_doc(a, text);

	anatomy_of(a, &doc, NULL, 0, s);
}
