/*
 * [rules] of the configuration: what is to become of stories as they arrive (store/rules.h).
 *
 *	mute = title:"iklan"
 *	alert = urgency:1-2 lang:id
 *
 * Quotes belong to the query; '#' after white space begins a comment.
 */
#ifndef KAWAT_APP_RULES_CONFIG_H
#define KAWAT_APP_RULES_CONFIG_H

#include "app/config.h"
#include "wire/protocol.h"

/*
 * The rules in their order, in the arena.  A line that is none, or whose query cannot be read, is
 * left out and a warning of the configuration says so.  `feeds` are the names that queries may use.
 */
struct wire_rules rules_config_read(struct arena *, struct config *, const struct wire_feeds *feeds);

#endif
