/* The list of active formatting elements (13.2.4.3). */
#ifndef KAWAT_TEXT_HTML_FORMATTING_H
#define KAWAT_TEXT_HTML_FORMATTING_H

#include "text/html_build.h"

/* "Push onto the list", with the Noah's Ark clause: three of a kind at most. */
void html_list_formatting(struct html_build *, struct html_node *);
void html_list_marker(struct html_build *);
/* "Clear the list up to the last marker". */
void html_clear_to_marker(struct html_build *);

/* "Reconstruct the active formatting elements". */
void html_reconstruct(struct html_build *);

/* The last listed element of that tag behind the last marker: its place + 1; 0: none. */
size_t html_listed(const struct html_build *, enum html_tag);
/* The place of a node that is listed. */
size_t html_list_place(const struct html_build *, const struct html_node *);
void html_unlist(struct html_build *, size_t at);
/* Put a node into the list at that place. */
void html_list_at(struct html_build *, size_t at, struct html_node *);

#endif
