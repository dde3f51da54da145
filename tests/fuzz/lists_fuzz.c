/*
 * Lists of feeds in any format: in pieces they give what they give whole; a feed's address may be
 * followed and its section written; what is written as OPML is read again as it was; and many
 * entries go into a feeds file as one after the other would.
 */
#include "fuzz.h"

#include "base/conf.h"
#include "feed/list.h"
#include "feed/opml.h"
#include "story/parse_protocol.h"
#include "text/clean.h"
#include "text/url.h"

enum {
	MAX_INPUT_BYTES = 256 * 1024,
	MAX_LINES = 200, /* put into a file one by one, which is quadratic */
	SECTION_BYTES = 100, /* any part of a section of that length may be written */
};

struct feeds {
	struct arena *arena;
	struct {
		struct list_entry *v;
		size_t n, cap;
	} feeds;
	struct buf packed; /* all entries */
};

static void
check_feed(struct arena *a, const struct list_entry *e)
{
	FUZZ_MUST(url_is_http(e->url) && str_eq(url_normal(a, e->url), e->url));
	FUZZ_MUST(e->url.n <= URL_MAX_BYTES && e->title.n <= LIST_MAX_NAME_BYTES);
	FUZZ_MUST(str_find_char(e->section, ']') == STR_NONE);
	FUZZ_MUST(str_find_char(e->section, '[') == STR_NONE);
	FUZZ_MUST(str_eq(text_clean_line(a, bytes_of_str(e->title)), e->title));
}

static void
take(void *ctx, const struct list_entry *e)
{
	struct feeds *f = ctx;
	struct list_entry again;
	struct buf b = {0};
	parse_pack_entry(&b, e);
	FUZZ_MUST(parse_unpack_entry(fuzz_bytes_of_buf(&b), &again));
	buf_add(&f->packed, buf_str(&b));
	buf_clear(&b);
	if (e->kind != LIST_FEED)
		return;
	check_feed(f->arena, e);
	struct list_entry kept = {.kind = LIST_FEED, .url = arena_str(f->arena, e->url),
	    .title = arena_str(f->arena, e->title), .section = arena_str(f->arena, e->section)};
	ARENA_PUSH(f->arena, &f->feeds, kept);
}

static bool
read_list(struct feeds *f, struct bytes raw, size_t piece)
{
	struct err e = {0};
	struct list_reader *r = list_reader_new(NULL, take, f);
	bool ok = true;
	f->arena = arena_new();
	while (ok && raw.n)
		ok = list_reader_push(r, fuzz_take(&raw, piece), &e);
	ok = ok && list_reader_end(r, &e);
	FUZZ_MUST(ok || e.kind == ERR_INPUT);
	list_reader_free(r);
	return ok;
}

static void
feeds_clear(struct feeds *f)
{
	arena_free(f->arena);
	buf_clear(&f->packed);
}

/* Each feed in its own nest of sections. */
static void
write_feed(struct buf *out, const struct list_entry *e)
{
	struct str part, rest = e->section;
	struct opml_feed feed = {.title = e->title.n ? e->title : e->url, .url = e->url};
	size_t depth = 0;
	while (rest.n) {
		str_cut(rest, '/', &part, &rest);
		opml_section(out, part, depth++);
	}
	opml_feed(out, &feed, depth);
	while (depth)
		opml_section_end(out, --depth);
}

static void
check_written(const struct feeds *f)
{
	struct buf opml = {0};
	struct feeds again = {0};
	opml_begin(&opml, STR("x"), STR("Thu, 04 Sep 2025 14:45:00 GMT"));
	for (size_t i = 0; i < f->feeds.n; i++)
		write_feed(&opml, &f->feeds.v[i]);
	opml_end(&opml);
	FUZZ_MUST(read_list(&again, fuzz_bytes_of_buf(&opml), 4096));
	FUZZ_MUST(again.feeds.n == f->feeds.n);
	for (size_t i = 0; i < f->feeds.n; i++) {
		const struct list_entry *one = &f->feeds.v[i], *other = &again.feeds.v[i];
		FUZZ_MUST(str_eq(one->url, other->url) && str_eq(one->title, other->title));
		if (one->section.n < SECTION_BYTES)
			FUZZ_MUST(str_starts(one->section, other->section));
	}
	buf_clear(&opml);
	feeds_clear(&again);
}

static void
join(const struct conf *c, struct buf *out)
{
	for (size_t i = 0; i < c->n; i++)
		buf_fmt(out, "%.*s\n", STR_ARG(c->v[i].raw));
}

static void
check_added(const struct feeds *f, struct bytes file)
{
	struct arena *a = arena_new();
	struct conf one, many;
	struct buf left = {0}, right = {0};
	size_t n = f->feeds.n < MAX_LINES ? f->feeds.n : MAX_LINES;
	struct conf_addition *v = ARENA_ARRAY(a, struct conf_addition, n + 1);
	conf_parse(&one, a, file);
	conf_parse(&many, a, file);
	for (size_t i = 0; i < n; i++) {
		v[i] = (struct conf_addition){f->feeds.v[i].section, f->feeds.v[i].url};
		conf_add(&one, v[i].section, v[i].entry);
	}
	conf_add_all(&many, v, n);
	join(&one, &left);
	join(&many, &right);
	FUZZ_MUST(str_eq(buf_str(&left), buf_str(&right)));
	buf_clear(&left);
	buf_clear(&right);
	arena_free(a);
}

FUZZ_TARGET(lists)
{
	struct bytes rest = bytes_of(p, n < MAX_INPUT_BYTES ? n : MAX_INPUT_BYTES);
	size_t piece = (size_t)fuzz_byte(&rest) * 16 + 1;
	struct feeds whole = {0}, pieces = {0};
	bool ok = read_list(&whole, rest, SIZE_MAX / 2);
	FUZZ_MUST(read_list(&pieces, rest, piece) == ok);
	FUZZ_MUST(str_eq(buf_str(&whole.packed), buf_str(&pieces.packed)));
	if (whole.feeds.n)
		check_written(&whole);
	check_added(&whole, rest);
	feeds_clear(&whole);
	feeds_clear(&pieces);
	return 0;
}
