/*
 * Standard output of the verbs.  Everything printed passes here: the last guard that no control
 * character but newline and tab leaves kawat, whatever the store holds.  A pipe that the reader
 * closed early is success; any other failure to write is exit 5.
 */
#ifndef KAWAT_APP_OUTPUT_H
#define KAWAT_APP_OUTPUT_H

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"

enum format { FORMAT_TEXT, FORMAT_TSV, FORMAT_JSON, FORMAT_NDJSON, FORMAT_MARKDOWN, FORMAT_HTML,
	FORMAT_TREE, FORMAT_TIMELINE, FORMAT_DOT, FORMAT_TEMPLATE, FORMAT_MBOX,
	FORMAT_ATOM };

struct output {
	struct buf buf;
	int file; /* takes the place of standard output; not owned; 0: none does */
	bool color; /* roles may be shown by SGR */
	bool pipe_closed; /* nobody reads any more */
	struct err failure; /* kind ERR_NONE: all was written */
};

/* when: "auto", "always" or "never" (--color); NO_COLOR and the terminal decide for auto. */
void output_init(struct output *, struct str when);
void output_text(struct output *, struct str); /* cleaned: no controls but newline and tab */
PRINTF_LIKE(2, 3) void output_fmt(struct output *, const char *fmt, ...);
void output_field(struct output *, struct str); /* newline and tab become spaces */
void output_flush(struct output *);
/* Flush and free.  False when something could not be written. */
MUST_CHECK bool output_end(struct output *, struct err *);
void output_json_sink(void *output, struct str text); /* a json_sink */

/* The format that a word names among those allowed (FORMAT_* as bits: 1u << FORMAT_TEXT). */
MUST_CHECK bool format_parse(struct str word, unsigned allowed, enum format *, struct err *);

/* `kawat: text` on standard error, one line; the remedy on a second one if it is a terminal. */
void say_error(const struct err *);
PRINTF_LIKE(1, 2) void say(const char *fmt, ...); /* the same for a warning */

/* The exit status that goes with an error (UX.md 6). */
int exit_status(enum err_kind);

#endif
