/* The pieces of taking an address apart, for url.c: it reads what is not yet as it should be. */
#ifndef KAWAT_TEXT_URL_SPLIT_H
#define KAWAT_TEXT_URL_SPLIT_H

#include "text/url.h"

/* The bytes of a scheme at the front, without its ':'; 0: none. */
size_t url_split_scheme(struct str);

/* The port of a special scheme (WHATWG 4.2: http, https, ws, wss, ftp); 0: it is none. */
int url_split_port(struct str scheme);

/* Is it one of the characters of `set`?  (strchr alone would find the NUL at its end.) */
bool url_split_stops(char c, const char *set);

/* What stands before the first of the characters; *s then begins with that. */
struct str url_split_until(struct str *s, const char *stops);

void url_split_authority(struct str authority, struct url *);
void url_split_tail(struct str, struct url *); /* path, query and fragment */

#endif
