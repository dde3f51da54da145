#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/*
 * The last guard of every message: file names, headers and arguments end up in it.  Line ends
 * become a space; controls become '?', and so do bytes that are no UTF-8 or a character cut at
 * the end.
 */
static void
make_clean(char *text)
{
	size_t n = strlen(text), out = 0;
	for (size_t i = 0; i < n;) {
		uint32_t c;
		size_t took = utf8_decode((unsigned char *)text + i, n - i, &c);
		bool line_end = c == 0x2028 || c == 0x2029;
		bool bad = line_end || c < 0x20 || (c >= 0x7F && c < 0xA0) ||
		           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
		           c == UTF8_REPLACEMENT;
		if (bad) {
			text[out++] = c == '\n' || c == '\t' || line_end ? ' ' : '?';
		} else {
			memmove(text + out, text + i, took);
			out += took;
		}
		i += took;
	}
	text[out] = '\0';
}

bool
err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
{
	if (!e)
		return false;
	va_list args;
	va_start(args, fmt);
	vsnprintf(e->text, sizeof(e->text), fmt, args);
	va_end(args);
	e->kind = kind;
	e->remedy[0] = '\0';
	make_clean(e->text);
	return false;
}

static const char *
reason(int number)
{
	switch (number) {
	case ENOENT:
		return "no such file";
	case EACCES:
	case EPERM:
		return "no permission";
	case EROFS:
		return "the disk is read-only";
	case ENOSPC:
	case EDQUOT:
		return "the disk is full";
	case EISDIR:
		return "it is a folder";
	}
	return strerror(number);
}

bool
err_errno(struct err *e, enum err_kind kind, const char *fmt, ...)
{
	int number = errno;
	char what[600];

	va_list args;
	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	return err_set(e, kind, "%s: %s", what, reason(number));
}

bool
err_while(struct err *e, const char *fmt, ...)
{
	if (!e)
		return false;
	char what[400], old[sizeof(e->text)];
	va_list args;
	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	memcpy(old, e->text, sizeof(old));
	snprintf(e->text, sizeof(e->text), "%s: %.*s", what, (int)sizeof(old) - 410, old);
	make_clean(e->text);
	return false;
}

bool
err_remedy(struct err *e, const char *fmt, ...)
{
	if (!e)
		return false;
	va_list args;
	va_start(args, fmt);
	vsnprintf(e->remedy, sizeof(e->remedy), fmt, args);
	va_end(args);
	make_clean(e->remedy);
	return false;
}
