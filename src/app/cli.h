/*
 * The command line, taken apart by the table in verb.def.  Options may stand before or after the
 * verb; `--` ends them; `--name=value` and `--name value` are the same.
 */
#ifndef KAWAT_APP_CLI_H
#define KAWAT_APP_CLI_H

#include "base/arena.h"
#include "base/err.h"
#include "view/words.h"

enum verb {
	VERB_any, /* none given: the reader */
#define VERB(id, arguments, help) VERB_##id,
#define FLAG(verb, id, long, short, argument, help)
#include "app/verb.def"
#undef VERB
#undef FLAG
	VERB_COUNT
};

enum flag {
#define VERB(id, arguments, help)
#define FLAG(verb, id, long, short, argument, help) FLAG_##verb##_##id,
#include "app/verb.def"
#undef VERB
#undef FLAG
	FLAG_COUNT
};

struct verb_row {
	const char *name, *arguments, *help;
};

struct flag_row {
	enum verb verb;
	const char *name;
	char letter;
	const char *argument, *help;
};

struct cli {
	enum verb verb;
	const char *values[FLAG_COUNT]; /* NULL: not given; a switch given: "" */
	int times[FLAG_COUNT];
	struct str *args; /* valid UTF-8, no controls: shown and stored as they are */
	const char **raw_args; /* the same as they were typed, for file names */
	size_t n_args;
};

const struct verb_row *verb_row(enum verb);
const struct flag_row *flag_row(enum flag);

/* KAWAT_OPTIONS (words parted by white space) come first, then argv.  ERR_USAGE on failure. */
MUST_CHECK bool cli_parse(struct cli *, struct arena *, int argc, char **argv, struct err *);

static inline bool
cli_has(const struct cli *c, enum flag flag)
{
	return c->times[flag] > 0;
}

/* An option's value; `otherwise` when it was not given. */
struct str cli_value(const struct cli *, enum flag, const char *otherwise);

/* A whole number option within [min, max]. */
MUST_CHECK bool cli_number(const struct cli *, enum flag, int64_t min, int64_t max,
    int64_t otherwise, int64_t *out, struct err *);

/* The arguments from `first` on, joined by single spaces: a QUERY. */
struct str cli_joined(struct arena *, const struct cli *, size_t first);

/* What `kawat --help` and `kawat VERB --help` print, in that language. */
struct str cli_help(struct arena *, enum verb, const struct words *);

#endif
