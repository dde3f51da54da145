#include "base/json.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"

enum { FLUSH_BYTES = 64 * 1024 };

void
json_init(struct json *j, json_sink *sink, void *ctx)
{
	*j = (struct json){.sink = sink, .ctx = ctx};
}

void
json_flush(struct json *j)
{
	if (!j->sink || j->out.n == 0)
		return;
	j->sink(j->ctx, buf_str(&j->out));
	j->out.n = 0;
}

void
json_clear(struct json *j)
{
	json_flush(j);
	buf_clear(&j->out);
}

/* The comma before a member, and now and then a flush. */
static void
begin_value(struct json *j)
{
	if (j->out.n > FLUSH_BYTES)
		json_flush(j);
	if (j->after_key) {
		j->after_key = false;
		return;
	}
	if (j->depth && j->started[j->depth - 1])
		buf_char(&j->out, ',');
	if (j->depth)
		j->started[j->depth - 1] = true;
}

static void
open_with(struct json *j, char c)
{
	begin_value(j);
	buf_char(&j->out, c);
	assert(j->depth < JSON_MAX_DEPTH);
	j->started[j->depth++] = false;
}

static void
close_with(struct json *j, char c)
{
	assert(j->depth > 0);
	j->depth--;
	buf_char(&j->out, c);
}

void
json_object(struct json *j)
{
	open_with(j, '{');
}

void
json_object_end(struct json *j)
{
	close_with(j, '}');
}

void
json_array(struct json *j)
{
	open_with(j, '[');
}

void
json_array_end(struct json *j)
{
	close_with(j, ']');
}

void
json_key(struct json *j, const char *key)
{
	begin_value(j);
	buf_char(&j->out, '"');
	buf_add(&j->out, str_z(key));
	buf_add(&j->out, STR("\":"));
	j->after_key = true;
}

/* One byte that needs no thought: printable ASCII but quote and backslash. */
static bool
plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

static void
add_character(struct buf *out, uint32_t c, bool one_line)
{
	if (c == '"' || c == '\\') {
		buf_char(out, '\\');
		buf_char(out, (char)c);
	} else if (c == '\n' || c == '\t') {
		if (one_line)
			buf_char(out, ' ');
		else
			buf_add(out, c == '\n' ? STR("\\n") : STR("\\t"));
	} else if (c >= 0xA0) {
		buf_utf8(out, c);
	}
}

/* From i to the first byte that needs a look; eight at a time, for most text needs none. */
static size_t
plain_run(struct str s, size_t i)
{
	for (uint64_t x; s.n - i >= sizeof(x); i += sizeof(x)) {
		memcpy(&x, s.p + i, sizeof(x));
		if ((x & UINT64_C(0x8080808080808080)) | eight_below(x, 0x20) |
		    eight_equal(x, 0x7F) | eight_equal(x, '"') | eight_equal(x, '\\'))
			break;
	}
	while (i < s.n && plain((unsigned char)s.p[i]))
		i++;
	return i;
}

static void
add_string(struct json *j, struct str s, bool one_line)
{
	begin_value(j);
	buf_reserve(&j->out, s.n + 2);
	buf_char(&j->out, '"');
	for (size_t i = 0; i < s.n;) {
		size_t run = plain_run(s, i);
		buf_add(&j->out, str_sub(s, i, run - i));
		i = run;
		if (i < s.n && (unsigned char)s.p[i] < 0x80)
			add_character(&j->out, (unsigned char)s.p[i++], one_line);
		else if (i < s.n)
			add_character(&j->out, utf8_next(s, &i), one_line);
	}
	buf_char(&j->out, '"');
}

void
json_str(struct json *j, struct str s)
{
	add_string(j, s, false);
}

void
json_line(struct json *j, struct str s)
{
	add_string(j, s, true);
}

void
json_int(struct json *j, int64_t value)
{
	begin_value(j);
	buf_fmt(&j->out, "%lld", (long long)value);
}

void
json_bool(struct json *j, bool value)
{
	begin_value(j);
	buf_add(&j->out, value ? STR("true") : STR("false"));
}

void
json_null(struct json *j)
{
	begin_value(j);
	buf_add(&j->out, STR("null"));
}

void
json_raw(struct json *j, struct str value)
{
	begin_value(j);
	buf_add(&j->out, value);
}

void
json_newline(struct json *j)
{
	buf_char(&j->out, '\n');
}

void
json_key_str(struct json *j, const char *key, struct str s)
{
	json_key(j, key);
	json_str(j, s);
}

void
json_key_line(struct json *j, const char *key, struct str s)
{
	json_key(j, key);
	json_line(j, s);
}

void
json_key_int(struct json *j, const char *key, int64_t value)
{
	json_key(j, key);
	json_int(j, value);
}

void
json_key_bool(struct json *j, const char *key, bool value)
{
	json_key(j, key);
	json_bool(j, value);
}
