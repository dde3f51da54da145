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

/* How the phrase makes a credit of its line. */
enum credit_how {
	CREDIT_HOW_COLON, /* it stands before a colon */
	CREDIT_HOW_BY, /* the line, or a part of it after ';', begins with it */
	CREDIT_HOW_OPEN, /* the line begins with it */
	CREDIT_HOW_NAME, /* the line is it and a name: "By Ann Poe" */
};

struct credit_phrase {
	struct str folded;
	enum credit_role role;
	enum credit_how how;
};

extern const struct credit_phrase credit_phrases[];
extern const size_t credit_n_phrases;

/* As str_starts, with a look at the first byte before a call: nearly all rows end there. */
bool credit_begins(struct str folded, struct str phrase);

/* Add the value to its field; several are joined.  c may be NULL. */
void credit_put(struct arena *, struct credit *c, enum credit_role, struct str value);

#endif
