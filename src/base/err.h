/*
 * What failed, why, and what the reader can do: one sentence, made where the facts are known.
 * `cannot open 'x': no such file`: the subject in single quotes, lower case, no full stop.
 * The text is always clean (no control characters) and one line.
 */
#ifndef KAWAT_BASE_ERR_H
#define KAWAT_BASE_ERR_H

#include "base/str.h"

/* What the exit code and the row of a feed depend on; the text is for people. */
enum err_kind {
	ERR_NONE,
	ERR_INTERNAL, /* exit 70 */
	ERR_NOT_FOUND, /* exit 1 */
	ERR_USAGE, /* exit 2: a wrong call, or a file that cannot be read */
	ERR_PARTIAL, /* exit 3 */
	ERR_NETWORK, /* exit 4 */
	ERR_STORE, /* exit 5: locked, damaged, no space, no permission */
	ERR_INPUT, /* exit 6: not a feed, list or stream of stories */
};

struct err {
	enum err_kind kind;
	char text[960]; /* with "kawat: " before it under 1,000 characters */
	char remedy[200]; /* what to type next, or empty */
};

/* Fill it.  Always returns false, so that `return err_set(...)` reads well. e may be NULL. */
PRINTF_LIKE(3, 4) bool err_set(struct err *e, enum err_kind kind, const char *fmt, ...);
/* The same with strerror(errno) behind ": ". */
PRINTF_LIKE(3, 4) bool err_errno(struct err *e, enum err_kind kind, const char *fmt, ...);
/* Put what the caller was doing before the text: "while: text".  Always returns false. */
PRINTF_LIKE(2, 3) bool err_while(struct err *e, const char *fmt, ...);
PRINTF_LIKE(2, 3) bool err_remedy(struct err *e, const char *fmt, ...);

#endif
