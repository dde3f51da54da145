/*
 * The adoption agency (13.2.6.4.7): the end tag of a formatting element that is closed
 * across a block.  <b>1<p>2</b>3 becomes <b>1</b><p><b>2</b>3.
 */
#ifndef KAWAT_TEXT_HTML_ADOPT_H
#define KAWAT_TEXT_HTML_ADOPT_H

#include "text/html_build.h"

/* True: it is done.  False: the tag is to be treated as any other end tag. */
bool html_adopt(struct html_build *, enum html_tag);

#endif
