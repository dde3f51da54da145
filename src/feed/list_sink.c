#include "feed/list_sink.h"

#include "base/utf8.h"
#include "text/clean.h"
#include "text/url.h"

enum { SHOWN_COLS = 80 }; /* of an address that is complained about */

static struct str
clean(struct list_sink *s, struct str raw, size_t most)
{
	return text_trim(utf8_cut(text_clean_line(s->arena, bytes_of_str(raw)), most));
}

/* Marks are not counted: whoever reads them does not keep them, and each story may have one. */
void
list_sink_entry(struct list_sink *s, struct list_entry entry)
{
	static const struct list_entry end = {.kind = LIST_NOTE,
	    .why = STR_INIT("more entries than a list may have; the rest is left out")};
	entry.is_outline = s->outlines;
	if (!s->full)
		s->handler(s->ctx, s->n_told < LIST_MAX_ENTRIES ? &entry : &end);
	s->full = s->n_told >= LIST_MAX_ENTRIES;
	s->n_told += entry.kind != LIST_MARK && !s->full;
	s->n_seen += entry.kind != LIST_NOTE;
	arena_reset(s->arena);
}

void
list_sink_left_out(struct list_sink *s, int64_t place, struct str about, const char *why)
{
	struct str shown = about.n ? url_show(s->arena, clean(s, about, URL_MAX_BYTES), SHOWN_COLS)
				   : STR("");
	list_sink_entry(s, (struct list_entry){.kind = LIST_LEFT_OUT, .place = place, .url = shown,
	    .why = str_z(why)});
}

void
list_sink_note(struct list_sink *s, int64_t place, const char *why)
{
	list_sink_entry(s, (struct list_entry){.kind = LIST_NOTE, .place = place,
	    .why = str_z(why)});
}

/* `feed:` was what browsers wrote before an address of a feed, or in place of `http:`. */
static struct str
without_feed_scheme(struct list_sink *s, struct str url)
{
	if (!str_starts_nocase(url, STR("feed:")))
		return url;
	struct str rest = str_from(url, 5);
	return str_starts(rest, STR("//")) ? arena_cat(s->arena, STR("http:"), rest) : rest;
}

/* A line break or another control inside an address is a second line to some reader. */
static bool
has_control(struct str s)
{
	for (size_t i = 0; i < s.n;) {
		uint32_t c = utf8_next(s, &i);
		if (c < 0x20 || (c >= 0x7F && c < 0xA0))
			return true;
	}
	return false;
}

/* NULL: *url is an address that may be followed. */
static const char *
check_address(struct list_sink *s, struct str raw, struct str *url)
{
	raw = str_trim(raw);
	if (raw.n == 0)
		return "no address";
	if (raw.n > URL_MAX_BYTES)
		return "the address is too long";
	if (has_control(raw))
		return "a line break or control character in the address";
	*url = url_normal(s->arena, clean(s, without_feed_scheme(s, raw), URL_MAX_BYTES));
	return url_is_http(*url) ? NULL : "not an http or https address";
}

void
list_sink_feed(struct list_sink *s, struct str raw, struct list_entry entry)
{
	struct str site;
	const char *why = check_address(s, raw, &entry.url);
	if (why) {
		list_sink_left_out(s, entry.place, str_sub(raw, 0, URL_MAX_BYTES), why);
		return;
	}
	entry.kind = LIST_FEED;
	entry.title = text_clean_line(s->arena, bytes_of_str(entry.title));
	/* OPML asks for a text of every outline: a feed without a name has its address there */
	if (str_eq(entry.title, entry.url) || str_eq(entry.title, url_show(s->arena, entry.url, 0)))
		entry.title = STR("");
	entry.title = text_trim(utf8_cut(entry.title, LIST_MAX_NAME_BYTES));
	entry.section = clean(s, entry.section, LIST_MAX_NAME_BYTES);
	entry.options = clean(s, entry.options, LIST_MAX_OPTIONS_BYTES);
	if (entry.site.n == 0 || check_address(s, entry.site, &site))
		site = STR("");
	entry.site = site;
	list_sink_entry(s, entry);
}

struct str
list_section_part(struct arena *a, struct str raw)
{
	struct str part = text_clean_line(a, bytes_of_str(raw));
	char *out = arena_alloc(a, part.n + 1);
	for (size_t i = 0; i < part.n; i++) {
		char c = part.p[i];
		out[i] = c == '/' ? '-' : c == '[' ? '(' : c == ']' ? ')' : c;
	}
	return str_of(out, part.n);
}
