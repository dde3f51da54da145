/* What a server says beside the body: heads of answers, validators, robots.txt, gzip. */
#include "fuzz.h"

#include "text/clean.h"
#include "wire/answer.h"
#include "wire/conditional.h"
#include "wire/gunzip.h"
#include "wire/robots.h"

enum { MAX_UNPACKED = 1024 * 1024 };

static void
check_head(struct arena *a, struct bytes head)
{
	struct answer answer;
	struct err e = {0};
	answer_init(&answer, a);
	while (head.n)
		if (!answer_line(&answer, fuzz_line(&head), &e))
			break;
	FUZZ_MUST(answer.status >= 0 && answer.status <= 999);
	FUZZ_MUST(answer.content_type.n <= ANSWER_MAX_VALUE_BYTES);
	struct str tag = conditional_etag(answer.etag);
	FUZZ_MUST(tag.n <= CONDITIONAL_MAX_ETAG_BYTES && str_find_char(tag, '\n') == STR_NONE);
	(void)conditional_date(answer.last_modified);
	(void)answer_is_redirect(&answer);
	(void)answer_is_permanent(&answer);
}

static void
check_robots(struct arena *a, struct bytes text, struct bytes target)
{
	struct robots *rules = robots_parse(text, STR("kawat"));
	(void)robots_allows(rules, text_clean_line(a, target));
	(void)robots_allows(rules, STR("/berita/4824/siklon-mele?page=2"));
	robots_free(rules);
}

struct unpacked {
	struct buf out;
};

static bool
take(void *ctx, struct bytes piece)
{
	struct unpacked *u = ctx;
	if (u->out.n + piece.n > MAX_UNPACKED)
		return false;
	buf_add_bytes(&u->out, piece);
	return true;
}

static bool
unpack(struct bytes packed, size_t piece, struct unpacked *u)
{
	struct gunzip *g = gunzip_new();
	struct err e = {0};
	bool ok = true;
	while (ok && packed.n)
		ok = gunzip_push(g, fuzz_take(&packed, piece), take, u, &e);
	ok = ok && gunzip_end(g, &e);
	gunzip_free(g);
	return ok;
}

static void
check_gzip(struct bytes packed, size_t piece)
{
	struct unpacked whole = {{0}}, pieces = {{0}};
	bool ok = unpack(packed, SIZE_MAX, &whole);
	FUZZ_MUST(unpack(packed, piece, &pieces) == ok);
	FUZZ_MUST(!ok || str_eq(buf_str(&whole.out), buf_str(&pieces.out)));
	buf_clear(&whole.out);
	buf_clear(&pieces.out);
}

/* Input: which of them, the size of pieces, the bytes. */
FUZZ_TARGET(http)
{
	struct arena *a = arena_new();
	struct bytes rest = bytes_of(p, n);
	uint8_t which = fuzz_byte(&rest) % 3;
	size_t piece = fuzz_byte(&rest) + 1u;
	if (which == 0) {
		check_head(a, rest);
	} else if (which == 1) {
		struct bytes target = fuzz_line(&rest);
		check_robots(a, rest, target);
	} else {
		check_gzip(rest, piece);
	}
	arena_free(a);
	return 0;
}
