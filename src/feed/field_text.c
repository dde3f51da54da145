#include "feed/field.h"

#include <string.h>

#include "base/utf8.h"
#include "feed/base64.h"
#include "feed/limits.h"
#include "text/clean.h"
#include "text/html_text.h"
#include "text/url.h"

struct str
field_one_line(struct builder *b, struct str raw, enum line_kind kind)
{
	raw = utf8_cut(raw, FEED_MAX_LINE_BYTES);
	bool plain = !memchr(raw.p, '<', raw.n) && !memchr(raw.p, '&', raw.n);
	bool markup =
	    !plain && (kind == LINE_HTML || (kind == LINE_GUESS && html_has_markup(raw)));
	struct str line = {0};
	if (markup)
		line = html_to_line(b->scratch, raw);
	if (!markup || (!line.n && !memchr(raw.p, '>', raw.n))) /* "<a" that never ends */
		line = text_clean_line(b->scratch, bytes_of_str(raw));
	return utf8_cut(text_trim(line), FEED_MAX_TITLE_BYTES);
}

/*
 * Base64 is undone where it is some.  Binary content is no text; but a title with the
 * type of something binary is a mistake, and its text stays.
 */
struct str
field_raw(struct builder *b)
{
	struct str raw = capture_result(&b->capture);
	struct bytes decoded;
	if (!b->field.base64 || !base64_decode(b->scratch, raw, &decoded))
		return raw;
	if (utf8_valid(decoded) == decoded.n)
		return text_clean(b->scratch, decoded);
	return b->field.maybe_base64 && b->field.word.meaning != MEANS_CONTENT ? raw
									       : STR("");
}

struct str
field_line(struct builder *b)
{
	enum line_kind kind = b->capture.has_elements ? LINE_HTML : b->field.line;
	return field_one_line(b, field_raw(b), kind);
}

struct str
field_attribute(struct builder *b, struct str value)
{
	return utf8_cut(text_clean_line(b->scratch,
			    bytes_of_str(utf8_cut(value, FEED_MAX_LINE_BYTES))),
	    FEED_MAX_TITLE_BYTES);
}

struct str
field_address(struct builder *b, struct str value)
{
	value = text_clean_line(b->scratch, bytes_of_str(value));
	if (!value.n)
		return value;
	struct str url = url_resolve(b->scratch, builder_base(b), value);
	return str_find_char(url, '@') == STR_NONE
		   ? url
		   : url_without_userinfo(b->scratch, url);
}

int64_t
field_number(struct str s)
{
	int64_t n;
	return str_to_int(str_trim(s), 0, INT64_MAX / 2, &n) ? n : -1;
}

/* A fraction of a second is cut. */
int64_t
field_duration(struct str s)
{
	int64_t seconds = 0;
	struct str part, rest = str_sub(s, 0, str_find_char(s, '.'));
	for (int n = 0; n < 3; n++) {
		bool more = str_cut(rest, ':', &part, &rest);
		int64_t value;
		if (!str_to_int(str_trim(part), 0, INT32_MAX, &value))
			return -1;
		seconds = seconds * 60 + value;
		if (!more)
			return seconds;
	}
	return -1;
}
