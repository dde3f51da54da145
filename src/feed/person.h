/*
 * People as RSS writes them, in one string: "jo@example.com (Jo Doe)", "Jo Doe
 * <jo@example.com>", "Jo Doe (jo@example.com)", and every mixture of a name, an e-mail
 * address and a web address.
 */
#ifndef KAWAT_FEED_PERSON_H
#define KAWAT_FEED_PERSON_H

#include "base/arena.h"
#include "feed/item.h"

/* `line` is clean text of one line; what is found lives in the arena. */
struct feed_person person_of_line(struct arena *, struct str line);

/* Name, else e-mail, else web address. */
struct str person_shown(const struct feed_person *);

#endif
