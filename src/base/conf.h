/*
 * The one reader of kawat's own files: configuration, feeds, themes.  It keeps every line as it
 * is, comments and order too, so that an edit changes only what it must.
 *
 * Lines: blank, `# comment`, `[section]`, and entries.  What an entry means (key = value, an
 * address with options) is the caller's; functions for both are here.  The file is the user's own,
 * but may still be anything: bytes that are no UTF-8 become U+FFFD, controls and byte order
 * marks go.
 */
#ifndef KAWAT_BASE_CONF_H
#define KAWAT_BASE_CONF_H

#include "base/arena.h"
#include "base/err.h"

enum conf_kind { CONF_BLANK, CONF_COMMENT, CONF_SECTION, CONF_ENTRY };

struct conf_line {
	enum conf_kind kind;
	struct str raw; /* as it stands, cleaned, without the line end */
	struct str text; /* section name, or the entry trimmed */
	size_t section; /* index of the line that opened the section, or SIZE_MAX */
};

struct conf {
	struct arena *arena;
	struct conf_line *v;
	size_t n, cap;
};

enum { CONF_MAX_BYTES = 4 * 1024 * 1024 }; /* a feeds file of 40,000 lines */

void conf_parse(struct conf *, struct arena *, struct bytes content);
/* A file that does not exist is an empty one. */
MUST_CHECK bool conf_read(struct conf *, struct arena *, const char *path, struct err *);
MUST_CHECK bool conf_write(const struct conf *, const char *path, struct err *);

/* The section that the line stands in; empty before the first. */
struct str conf_section(const struct conf *, size_t line);

/*
 * `key = value  # comment`: both trimmed, quotes around the value removed.  A '#' begins a
 * comment only after white space.  False: there is no '='.
 */
bool conf_key_value(struct str entry, struct str *key, struct str *value);

/* Trimmed, and cut at a '#' that follows white space; quotes stay. */
struct str conf_without_comment(struct str);

/* Insert an entry at the end of a section (made when it is not there), or remove a line. */
void conf_add(struct conf *, struct str section, struct str entry);
/* Many at once, in one pass: the same as conf_add for each in turn. */
struct conf_addition {
	struct str section, entry;
};
void conf_add_all(struct conf *, const struct conf_addition *, size_t n);
void conf_replace(struct conf *, size_t line, struct str entry);
void conf_remove(struct conf *, size_t line);

/*
 * The next token of an entry: a word, or "quoted text" (with \" and \\ in it).  Ends at a '#'
 * after white space.  False: no more.
 */
bool conf_token(struct arena *, struct str *rest, struct str *token, bool *quoted);

/* 16M, 64K, 2G, or a plain number.  15m 2h 90d 30s 250ms, or 0: in milliseconds. */
MUST_CHECK bool conf_size(struct str, int64_t *bytes);
MUST_CHECK bool conf_time(struct str, int64_t *ms);

#endif
