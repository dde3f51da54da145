/* Where nodes go (13.2.6.1), and the nodes themselves. */
#ifndef KAWAT_TEXT_HTML_INSERT_H
#define KAWAT_TEXT_HTML_INSERT_H

#include "text/html_build.h"

/*
 * "Insert an HTML element": put it there and make it the current node.  NULL: it is not
 * open, because there was no room in the tree or on the stack; then nothing of what the
 * element means (a mode, a marker) may follow.
 */
struct html_node *html_open_element(struct html_build *, const struct html_token *);
/* The same of an element in SVG or MathML. */
struct html_node *html_open_foreign(
    struct html_build *, const struct html_token *, enum html_space);
/* The same of an element that no tag stands for. */
struct html_node *html_open_implied(struct html_build *, enum html_tag);

/* Put it there without making it the current node; NULL: the tree is full. */
struct html_node *html_put_element(
    struct html_build *, const struct html_token *, enum html_space);

/*
 * A copy of a formatting element, in no tree yet; NULL: the budget of copies is spent.
 */
struct html_node *html_copy_element(struct html_build *, const struct html_node *);

/*
 * Put a new or removed node where children of the target go ("appropriate place for
 * inserting a node", override target).
 */
void html_put(struct html_build *, struct html_node *target, struct html_node *);
/* The same for the current node. */
void html_put_here(struct html_build *, struct html_node *);

/* "Insert a character", all of them; none is no change. */
void html_put_text(struct html_build *, struct str);

/* Is there anything in it but white space and NUL? */
bool html_says_words(struct str);

/* Where comments go that do not go into the current node: the document, <html>. */
void html_put_comment(
    struct html_build *, struct html_node *parent, const struct html_token *);
void html_put_doctype(struct html_build *, const struct html_token *);

#endif
