/* SVG and MathML in HTML (13.2.6.5): names, integration points, rules. */
#ifndef KAWAT_TEXT_HTML_FOREIGN_H
#define KAWAT_TEXT_HTML_FOREIGN_H

#include "text/html_build.h"

/* "Adjust SVG tag name": the name as SVG writes it. */
struct str html_svg_name(struct str lower);
/* "Adjust SVG attributes" and "MathML attributes": their names, in place. */
void html_foreign_attributes(struct html_node *);
/* HTML_SPECIAL, HTML_SCOPE and enum html_point of an element of SVG or MathML. */
uint32_t html_foreign_traits(const struct html_node *);

/* Is the token for these rules and not for those of the insertion mode? */
bool html_is_foreign(const struct html_build *, const struct html_token *);
/* The rules; HTML_AGAIN: the rules of the mode are to be met after all. */
html_rule html_foreign_step;

#endif
