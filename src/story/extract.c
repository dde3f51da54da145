#include "story/extract.h"

#include "base/utf8.h"
#include "story/page.h"
#include "story/plain.h"
#include "text/binary.h"
#include "text/clean.h"
#include "text/url.h"

/*
 * Pages are saved and served in UTF-8 and go on saying that they are something older.  Bytes
 * beyond ASCII that are UTF-8 from end to end are hardly ever anything else.
 */
static void
mistrust(struct charset_choice *choice, struct bytes raw)
{
	size_t i = 0;

	if (choice->source != CHARSET_BY_DECLARATION || choice->charset == CHARSET_UTF_8)
		return;
	while (i < raw.n && raw.p[i] < 0x80)
		i++;
	if (i < raw.n && utf8_valid(raw) == raw.n)
		choice->charset = CHARSET_UTF_8;
}

/* A picture or a document of another kind has no story; read as text it would be rubbish. */
static bool
is_no_text(const struct charset_choice *choice, struct bytes raw)
{
	return !charset_is_wide(choice->charset) && binary_is(raw);
}

enum charset
extract_story(struct arena *a, const struct extract_source *src, struct story *s)
{
	struct bytes raw = src->raw;

	if (raw.n > EXTRACT_MAX_BYTES)
		raw.n = EXTRACT_MAX_BYTES;
	struct charset_choice choice = charset_for_page(raw, src->content_type, src->charset);
	mistrust(&choice, raw);
	charset_settle(&choice, raw, src->raw.n > raw.n, src->set);
	story_init(s);
	if (is_no_text(&choice, raw))
		raw.n = 0;
	struct charset_text text = charset_decode(a, raw, &choice, DECODER_MEND, src->set);
	if (text.needs != CHARSET_UNKNOWN)
		return text.needs;
	struct str url = src->url.n > 0 ? url_normal(a, src->url) : STR("");
	if (url_is_http(url))
		s->url = url;
	struct page_known known = src->known;
	known.rule = site_rules_find(src->sites, url_host(s->url));
	if (plain_is(bytes_of_str(text.text)))
		plain_story(a, text_clean(a, bytes_of_str(text.text)), s);
	else
		page_story(a, text.text, &known, s);
	story_settle(a, s);
	return CHARSET_UNKNOWN;
}
