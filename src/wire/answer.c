#include "wire/answer.h"

#include <string.h>

void
answer_init(struct answer *h, struct arena *a)
{
	*h = (struct answer){.arena = a};
}

static struct bytes
keep_bytes(struct arena *a, struct str s, size_t max)
{
	if (s.n > max)
		return bytes_of("", 0);
	return bytes_of_str(arena_str(a, s));
}

/* Without anything that is not printable ASCII: a charset or a date needs no more. */
static struct str
keep_plain(struct arena *a, struct str s)
{
	if (s.n > ANSWER_MAX_VALUE_BYTES)
		return STR("");
	char *p = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x20 && (unsigned char)s.p[i] < 0x7F)
			p[n++] = s.p[i];
	return str_of(p, n);
}

/* "HTTP/1.1 200 OK", "HTTP/2 200": what an earlier head said is forgotten. */
static bool
read_status(struct answer *h, struct str line, struct err *e)
{
	struct str rest = line;
	str_word(&rest);
	int64_t status;
	if (!str_to_int(str_word(&rest), 100, 999, &status))
		return err_set(e, ERR_NETWORK, "the answer is not HTTP");
	bool interim = status < 200 && status != 101;
	if (interim && ++h->n_interim > ANSWER_MAX_INTERIM)
		return err_set(e, ERR_NETWORK, "the server never comes to its answer");
	*h = (struct answer){.arena = h->arena, .status = status,
	    .n_head_bytes = h->n_head_bytes, .n_interim = h->n_interim};
	return true;
}

/* Several fields are one list (RFC 9110, 5.3), so that no encoding hides behind another. */
static void
add_encoding(struct answer *h, struct str value)
{
	struct str one = keep_plain(h->arena, value);
	if (h->content_encoding.n == 0)
		h->content_encoding = value.n > ANSWER_MAX_VALUE_BYTES ? STR("too long") : one;
	else if (h->content_encoding.n < ANSWER_MAX_VALUE_BYTES)
		h->content_encoding =
		    arena_cat(h->arena, arena_cat(h->arena, h->content_encoding, STR(", ")), one);
}

static void
read_field(struct answer *h, struct str name, struct str value)
{
	struct arena *a = h->arena;
	if (str_eq_nocase(name, STR("location"))) {
		h->has_location = true;
		h->location_too_long = value.n > ANSWER_MAX_LOCATION_BYTES;
		h->location = keep_bytes(a, value, ANSWER_MAX_LOCATION_BYTES);
	} else if (str_eq_nocase(name, STR("etag"))) {
		h->etag = keep_bytes(a, value, ANSWER_MAX_VALUE_BYTES);
	} else if (str_eq_nocase(name, STR("last-modified"))) {
		h->last_modified = keep_bytes(a, value, ANSWER_MAX_VALUE_BYTES);
	} else if (str_eq_nocase(name, STR("content-type"))) {
		h->content_type = keep_plain(a, value);
	} else if (str_eq_nocase(name, STR("retry-after"))) {
		h->retry_after = keep_plain(a, value);
	} else if (str_eq_nocase(name, STR("content-encoding"))) {
		add_encoding(h, value);
	} else if (str_eq_nocase(name, STR("cache-control"))) {
		h->cache_control = keep_plain(a, value);
	}
}

bool
answer_line(struct answer *h, struct bytes line, struct err *e)
{
	h->n_head_bytes += (int64_t)line.n;
	if (h->n_head_bytes > ANSWER_MAX_HEAD_BYTES)
		return err_set(e, ERR_NETWORK, "more than %d KB of headers",
		    ANSWER_MAX_HEAD_BYTES / 1024);
	struct str s = str_trim(str_of((const char *)line.p, line.n));
	if (str_starts_nocase(s, STR("HTTP/")))
		return read_status(h, s, e);
	struct str name, value;
	if (str_cut(s, ':', &name, &value))
		read_field(h, name, str_trim(value));
	return true;
}

bool
answer_is_permanent(const struct answer *h)
{
	return h->status == 301 || h->status == 308;
}

bool
answer_is_redirect(const struct answer *h)
{
	return answer_is_permanent(h) || h->status == 302 || h->status == 303 || h->status == 307;
}
