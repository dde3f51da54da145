/* Which doctypes mean an old browser's layout: there a <p> may hold a <table>. */
#ifndef KAWAT_TEXT_HTML_QUIRKS_H
#define KAWAT_TEXT_HTML_QUIRKS_H

#include "text/html_token.h"

bool html_quirks(const struct html_token *doctype);

#endif
