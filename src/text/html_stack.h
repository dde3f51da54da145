/* The stack of open elements (13.2.4.2). */
#ifndef KAWAT_TEXT_HTML_STACK_H
#define KAWAT_TEXT_HTML_STACK_H

#include "text/html_build.h"

/* The barriers of the five scopes, as traits; foreign barriers are HTML_SCOPE too. */
enum html_scope {
	HTML_IN_SCOPE = HTML_SCOPE,
	HTML_IN_BUTTON_SCOPE = HTML_SCOPE | HTML_BUTTON,
	HTML_IN_LIST_SCOPE = HTML_SCOPE | HTML_LIST,
	HTML_IN_TABLE_SCOPE = HTML_TABLE,
};

static inline struct html_open *
html_top(struct html_build *b)
{
	return &b->stack[b->n - 1];
}

/* Is the current node an HTML element of that tag? */
static inline bool
html_top_is(const struct html_build *b, enum html_tag tag)
{
	return b->n > 0 && b->stack[b->n - 1].tag == tag;
}

/* The current node or, at the foot of a fragment, the element it is parsed for. */
const struct html_node *html_adjusted_top(const struct html_build *);
/* Its traits, enum html_point among them. */
uint32_t html_adjusted_traits(const struct html_build *);

/* Which count a name has. */
size_t html_name_count(enum html_tag, struct str name);

/* Make the node the current one.  False: there is no room, see html_crowd. */
bool html_push(struct html_build *, struct html_node *);
/* Is there room for an element of that tag? */
bool html_has_room(const struct html_build *, enum html_tag);
/* A start tag had no room: its end tag shall end nothing else. */
void html_crowd(struct html_build *, const struct html_token *);
bool html_uncrowd(struct html_build *, const struct html_token *);

/* <html> stays, whatever is asked for. */
void html_pop(struct html_build *);
void html_pop_to(struct html_build *, size_t left);
/* Pop up to an element of that tag, and it too. */
void html_pop_through(struct html_build *, enum html_tag);
/* The place of a node that is open. */
size_t html_stack_place(const struct html_build *, const struct html_node *);

/* Take out one entry, wherever it is. */
void html_take_out(struct html_build *, size_t at);
/* Replace the entries from `from` up to `to` by others. */
void html_splice(struct html_build *, size_t from, size_t to,
    struct html_node *const *nodes, size_t n);

static inline bool
html_is_open(const struct html_build *b, enum html_tag tag)
{
	return b->n_open_of[tag] > 0;
}

/* The place of the highest element of that tag "in scope"; 0: there is none. */
size_t html_open_place(struct html_build *, enum html_tag, enum html_scope);

#endif
