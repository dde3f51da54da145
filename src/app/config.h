/*
 * The configuration in force: the defaults of option.def, then the configuration file.
 *
 * An unknown key or a bad value is a warning that names file, line and the nearest valid name; the
 * default is used and the program starts.  Sections [rules] and [keys] hold free entries; they are
 * kept as lines.
 */
#ifndef KAWAT_APP_CONFIG_H
#define KAWAT_APP_CONFIG_H

#include "base/conf.h"

enum {
	CONFIG_MAX_TEXT_BYTES = 1024, /* of a TEXT value; no path, address or name needs more */
	CONFIG_MAX_WARNINGS = 50, /* nobody reads more; a file that is no configuration has many */
	CONFIG_QUOTED_BYTES = 32, /* of the file's own words in a warning, so that it is one line */
};

enum option_type { YESNO, NUMBER, TIME, SIZE, CHOICE, TEXT };

enum option_id {
#define OPTION(id, section, key, type, def, min, max, choices, help) OPT_##id,
#include "app/option.def"
#undef OPTION
	OPTION_COUNT
};

struct option {
	const char *section, *key;
	enum option_type type;
	const char *initial;
	int64_t min, max;
	const char *choices; /* words parted by '|' */
	const char *help;
};

struct option_value {
	int64_t number; /* yes is 1; times in ms; a choice's index */
	struct str text; /* as written */
	size_t line; /* in the file, from 1; 0: the default */
};

struct config_warnings {
	struct str *v; /* whole sentences */
	size_t n, cap;
};

struct config {
	struct option_value values[OPTION_COUNT];
	struct conf file;
	struct config_warnings warnings;
};

/* A warning about a line of the file (its index in c->file); some sentence, in the arena. */
void config_warn(struct config *, size_t line, struct str text);

const struct option *option_row(enum option_id);

/* Everything lives in the arena.  False only when the file is there and cannot be read. */
MUST_CHECK bool config_load(struct config *, struct arena *, const char *path, struct err *);

static inline int64_t
config_number(const struct config *c, enum option_id id)
{
	return c->values[id].number;
}

static inline struct str
config_text(const struct config *c, enum option_id id)
{
	return c->values[id].text;
}

#endif
