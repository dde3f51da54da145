#include "app/output.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

enum { FLUSH_BYTES = 64 * 1024 };

void
output_init(struct output *o, struct str when)
{
	*o = (struct output){0};
	const char *no_color = getenv("NO_COLOR");
	if (str_eq(when, STR("always")))
		o->color = true;
	else if (!str_eq(when, STR("never")))
		o->color = isatty(STDOUT_FILENO) && !(no_color && *no_color);
}

void
output_flush(struct output *o)
{
	size_t at = 0;
	while (at < o->buf.n && !o->pipe_closed && o->failure.kind == ERR_NONE) {
		ssize_t wrote = write(o->file ? o->file : STDOUT_FILENO, o->buf.p + at, o->buf.n - at);
		if (wrote >= 0)
			at += (size_t)wrote;
		else if (errno == EPIPE)
			o->pipe_closed = true;
		else if (errno != EINTR)
			err_errno(&o->failure, ERR_STORE, o->file ? "cannot write"
			    : "cannot write to standard output");
	}
	o->buf.n = 0;
}

static bool
forbidden(uint32_t c)
{
	return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) ||
	       (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static bool
printable(unsigned char c)
{
	return c >= 0x20 && c < 0x7F;
}

static void
add_guarded(struct output *o, struct str s, bool one_line)
{
	for (size_t i = 0; i < s.n;) {
		size_t run = i;
		while (run < s.n && printable((unsigned char)s.p[run]))
			run++;
		buf_add(&o->buf, str_sub(s, i, run - i));
		i = run;
		if (i == s.n)
			break;
		uint32_t c = utf8_next(s, &i);
		if (one_line && (c == '\n' || c == '\t'))
			buf_char(&o->buf, ' ');
		else if (!forbidden(c))
			buf_utf8(&o->buf, c);
	}
	if (o->buf.n > FLUSH_BYTES)
		output_flush(o);
}

void
output_text(struct output *o, struct str s)
{
	add_guarded(o, s, false);
}

void
output_field(struct output *o, struct str s)
{
	add_guarded(o, s, true);
}

void
output_fmt(struct output *o, const char *fmt, ...)
{
	char small[512], *text = small;
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	int n = vsnprintf(small, sizeof(small), fmt, args);
	va_end(args);
	if (n >= (int)sizeof(small)) {
		text = malloc((size_t)n + 1);
		if (text)
			vsnprintf(text, (size_t)n + 1, fmt, again);
	}
	va_end(again);
	if (n > 0 && text)
		add_guarded(o, str_of(text, (size_t)n), false);
	if (text != small)
		free(text);
}

void
output_json_sink(void *output, struct str text)
{
	struct output *o = output;
	buf_add(&o->buf, text); /* base/json.h has made it safe */
	if (o->buf.n > FLUSH_BYTES)
		output_flush(o);
}

bool
output_end(struct output *o, struct err *e)
{
	output_flush(o);
	buf_clear(&o->buf);
	if (o->failure.kind != ERR_NONE) {
		*e = o->failure;
		return false;
	}
	return true;
}

bool
format_parse(struct str word, unsigned allowed, enum format *out, struct err *e)
{
	static const struct { const char *name; enum format format; } formats[] = {
		{"text", FORMAT_TEXT}, {"tsv", FORMAT_TSV}, {"json", FORMAT_JSON},
		{"ndjson", FORMAT_NDJSON}, {"markdown", FORMAT_MARKDOWN}, {"md", FORMAT_MARKDOWN},
		{"html", FORMAT_HTML}, {"tree", FORMAT_TREE}, {"timeline", FORMAT_TIMELINE},
		{"dot", FORMAT_DOT}, {"mbox", FORMAT_MBOX}, {"atom", FORMAT_ATOM},
	};
	char known[200] = "";
	for (size_t i = 0; i < COUNT_OF(formats); i++) {
		if (!(allowed & 1u << formats[i].format))
			continue;
		if (str_eq(word, str_z(formats[i].name))) {
			*out = formats[i].format;
			return true;
		}
		snprintf(known + strlen(known), sizeof(known) - strlen(known), "%s%s",
		    known[0] ? ", " : "", formats[i].name);
	}
	if (allowed & 1u << FORMAT_TEMPLATE && str_find(word, STR("%{")) != STR_NONE) {
		*out = FORMAT_TEMPLATE;
		return true;
	}
	return err_set(e, ERR_USAGE, "unknown format '%.*s': there are %s", STR_ARG(word), known);
}

void
say_error(const struct err *e)
{
	fprintf(stderr, "kawat: %s\n", e->text);
	if (e->remedy[0] && isatty(STDERR_FILENO))
		fprintf(stderr, "  try: %s\n", e->remedy);
}

void
say(const char *fmt, ...)
{
	struct err e;
	char text[900];
	va_list args;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	err_set(&e, ERR_INTERNAL, "%s", text);
	say_error(&e);
}

int
exit_status(enum err_kind kind)
{
	static const int status[] = {
		[ERR_NONE] = 0, [ERR_INTERNAL] = 70, [ERR_NOT_FOUND] = 1, [ERR_USAGE] = 2,
		[ERR_PARTIAL] = 3, [ERR_NETWORK] = 4, [ERR_STORE] = 5, [ERR_INPUT] = 6,
	};
	return status[kind];
}
