/*
 * Which proxy a request goes by: the feed's own, the one of the configuration, or with "auto" the
 * environment's (http_proxy, https_proxy, all_proxy and no_proxy, in small letters; HTTP_PROXY is
 * not read, since a web server may set it from a header).  Decided here and not by libcurl, because
 * the rule on private addresses must know whether a connection goes to a proxy.
 */
#ifndef KAWAT_WIRE_PROXY_H
#define KAWAT_WIRE_PROXY_H

#include "wire/target.h"

/* As getenv(3); a function, so that tests can hold it still. */
typedef const char *proxy_environment(const char *name);

/* setting: "auto" or empty, "none", or an address.  NULL: no proxy. */
const char *proxy_for(struct arena *, struct str setting, const struct target *,
    proxy_environment *);

#endif
