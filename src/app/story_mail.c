#include "app/story_mail.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/date.h"

enum {
	/* of text in an encoded word, so that a line has at most 76 bytes (RFC 2047, 2) */
	WORD_BYTES = 45, /* 60 letters and 12 around them */
	FIRST_WORD_BYTES = 36, /* the header's name stands before it */
	PLAIN_BYTES = 60, /* ASCII up to here stands as it is and needs no folding */
	ID_BYTES = 160, /* of a key as it stands in a Message-ID */
};

/* --- RFC 2047 --- */

static void
base64(struct str s, struct buf *out)
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < s.n; i += 3) {
		uint32_t three = 0;
		size_t n = s.n - i < 3 ? s.n - i : 3;
		for (size_t k = 0; k < 3; k++)
			three = three << 8 | (k < n ? (unsigned char)s.p[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			buf_char(out, k <= n ? letters[three >> (18 - 6 * k) & 63] : '=');
	}
}

static bool
is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || (unsigned char)s.p[i] > '~')
			return false;
	return s.n <= PLAIN_BYTES && str_find(s, STR("=?")) == STR_NONE;
}

/* Encoded words, one on each line; none cuts a character. */
static void
encoded(struct str s, struct buf *out)
{
	for (bool first = true; s.n; first = false) {
		struct str piece = utf8_cut(s, first ? FIRST_WORD_BYTES : WORD_BYTES);
		buf_add(out, first ? STR("=?UTF-8?B?") : STR("\n =?UTF-8?B?"));
		base64(piece, out);
		buf_add(out, STR("?="));
		s = str_from(s, piece.n);
	}
}

static void
header_text(const char *name, struct str s, struct buf *out)
{
	buf_fmt(out, "%s: ", name);
	if (is_plain(s))
		buf_add(out, s);
	else
		encoded(s, out);
	buf_char(out, '\n');
}

/* A display name: quoted when it is ASCII. */
static void
header_from(struct str name, struct buf *out)
{
	buf_add(out, STR("From: "));
	if (is_plain(name)) {
		buf_char(out, '"');
		for (size_t i = 0; i < name.n; i++) {
			if (name.p[i] == '"' || name.p[i] == '\\')
				buf_char(out, '\\');
			buf_char(out, name.p[i]);
		}
		buf_char(out, '"');
	} else {
		encoded(name, out);
	}
	buf_add(out, STR(" <story@kawat.invalid>\n"));
}

/* --- ids --- */

/* RFC 5322, 3.2.3: what a dot-atom may hold; '%' begins our escapes and '.' is watched. */
static bool
is_atom(unsigned char c)
{
	return ascii_alnum(c) || (c > ' ' && strchr("!#$&'*+-/=?^_`{|}~", c));
}

void
story_mail_id(struct str key, struct buf *out)
{
	size_t begin = out->n + 1;
	buf_char(out, '<');
	for (size_t i = 0; i < key.n && out->n - begin < ID_BYTES; i++) {
		unsigned char c = (unsigned char)key.p[i];
		bool dot = c == '.' && out->n > begin && out->p[out->n - 1] != '.' &&
		           i + 1 < key.n;
		if (dot || is_atom(c))
			buf_char(out, (char)c);
		else
			buf_fmt(out, "%%%02X", c);
	}
	/* a key that does not fit is told from its like by all of it */
	if (out->n - begin >= ID_BYTES)
		buf_fmt(out, "%%%016llx%zu", (unsigned long long)str_hash(key), key.n);
	buf_add(out, STR("@kawat.invalid>"));
}

/* One a line: a header line may be 998 bytes. */
static void
header_references(const struct read_story *s, struct buf *out)
{
	bool any = false;
	for (size_t i = 0; i < s->links.n; i++) {
		const struct read_link *l = &s->links.v[i];
		if (l->key.n == 0 || l->kind == LINK_MENTION)
			continue;
		buf_add(out, any ? STR("\n ") : STR("References: "));
		story_mail_id(l->key, out);
		any = true;
	}
	if (any)
		buf_char(out, '\n');
}

/* --- the message --- */

/* `Thu Sep  4 14:45:00 2025`, as asctime writes it, in UTC. */
static void
from_line(struct arena *a, int64_t at, struct buf *out)
{
	struct civil c = date_civil(at, 0);
	struct str http = date_http(a, at); /* Thu, 04 Sep 2025 14:45:00 GMT */
	buf_fmt(out, "From story@kawat.invalid %.3s %.3s %2d %02d:%02d:%02d %lld\n", http.p,
	    http.p + 8, c.day, c.hour, c.minute, c.second, (long long)c.year);
}

/* mboxrd: a line that begins with From behind any number of '>' gets one more. */
static void
add_body(struct str text, struct buf *out)
{
	struct str line;
	while (text.n) {
		str_cut(text, '\n', &line, &text);
		size_t quotes = 0;
		while (quotes < line.n && line.p[quotes] == '>')
			quotes++;
		if (str_starts(str_from(line, quotes), STR("From ")))
			buf_char(out, '>');
		buf_add(out, line);
		buf_char(out, '\n');
	}
}

void
story_mail(const struct read_story *s, struct str sender, struct str text, struct buf *out)
{
	struct arena *a = arena_new();
	const struct story_row *r = &s->row;
	int64_t at = r->published == STORY_NO_TIME ? r->first_seen : r->published;
	struct str date = date_http(a, at);
	from_line(a, at, out);
	header_from(sender, out);
	header_text("Subject", r->title.n ? r->title : r->url, out);
	buf_fmt(out, "Date: %.*s+0000\nMessage-ID: ", (int)date.n - 3, date.p);
	story_mail_id(r->key, out);
	buf_char(out, '\n');
	header_references(s, out);
	if (r->url.n && r->url.n < 900)
		buf_fmt(out, "Archived-At: <%.*s>\n", STR_ARG(r->url));
	if (r->lang.n && is_plain(r->lang))
		buf_fmt(out, "Content-Language: %.*s\n", STR_ARG(r->lang));
	buf_fmt(out, "Status: %s\n%s", r->unread ? "O" : "RO", r->starred ? "X-Status: F\n" : "");
	buf_add(out, STR("MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
			 "Content-Transfer-Encoding: 8bit\n\n"));
	add_body(text, out);
	buf_char(out, '\n');
	arena_free(a);
}
