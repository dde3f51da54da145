/* The document as a blob from the store or a frame: refused, or as good as our own. */
#include "fuzz.h"

#include "text/clean.h"
#include "text/doc_out.h"

static bool
same_spans(const struct doc *a, const struct doc *b)
{
	if (a->n_spans != b->n_spans)
		return false;
	for (size_t i = 0; i < a->n_spans; i++) {
		const struct span *s = &a->spans[i], *t = &b->spans[i];
		if (s->at != t->at || s->n != t->n || s->kind != t->kind ||
		    s->level != t->level || !str_eq(s->ref, t->ref))
			return false;
	}
	return true;
}

static void
check_blob(struct arena *a, const struct doc *d)
{
	struct doc again = {.text = d->text};
	struct buf blob = {0};
	doc_pack_spans(d, &blob);
	FUZZ_MUST(doc_unpack_spans(a, fuzz_bytes_of_buf(&blob), &again));
	FUZZ_MUST(same_spans(d, &again));
	buf_clear(&blob);
}

/* Input: the length of the text in two bytes, the text, the blob. */
FUZZ_TARGET(spans)
{
	struct arena *a = arena_new();
	struct bytes rest = bytes_of(p, n);
	size_t length = fuzz_byte(&rest);
	length |= (size_t)fuzz_byte(&rest) << 8;
	struct doc d = {.text = text_clean(a, fuzz_take(&rest, length))};
	if (doc_unpack_spans(a, rest, &d)) {
		struct buf out = {0};
		check_blob(a, &d);
		doc_html(&d, NULL, NULL, &out);
		doc_markdown(&d, NULL, NULL, &out);
		(void)doc_blocks_before(&d, d.text.n / 2);
		buf_clear(&out);
	}
	arena_free(a);
	return 0;
}
