/*
 * The table of credit phrases (credit.def), and where what they name is kept.
 */
#ifndef KAWAT_STORY_CREDIT_PHRASE_H
#define KAWAT_STORY_CREDIT_PHRASE_H

#include "story/credit.h"

enum credit_role {
	CREDIT_ROLE_SOURCE,
	CREDIT_ROLE_REPORTER,
	CREDIT_ROLE_TRANSLATOR,
	CREDIT_ROLE_EDITOR,
	CREDIT_ROLE_PHOTOGRAPHER,
	CREDIT_ROLE_DESK,
	CREDIT_ROLE_USAGE,
	CREDIT_ROLE_NOTE, /* taken out of the text and not kept */
	CREDIT_ROLE_COPYRIGHT,
	CREDIT_ROLE_RIGHTS,
};

/* How the phrase makes a credit of its line; in the order of the table. */
enum credit_how {
	CREDIT_HOW_BY, /* the line, or a part of it after ';', begins with it */
	CREDIT_HOW_COLON, /* it stands before a colon */
	CREDIT_HOW_NAME, /* the line is it and a name: "By Ann Poe" */
	CREDIT_HOW_OPEN, /* the line begins with it */
};

struct credit_phrase {
	struct str folded;
	enum credit_role role;
	enum credit_how how;
};

struct credit_phrases {
	const struct credit_phrase *v;
	size_t n;
};

/*
 * The rows that begin with the first byte of what was folded: those that it is, or begins with,
 * are among them.  Sorted by bytes, so of two that it begins with the shorter one comes first.
 */
struct credit_phrases credit_phrases_like(enum credit_how, struct str folded);

/* Add the value to its field; several are joined.  c may be NULL. */
void credit_put(struct arena *, struct credit *c, enum credit_role, struct str value);

#endif
