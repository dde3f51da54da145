/*
 * One kawat: the command line, where its files are, what is configured and subscribed.  Everything
 * hangs off this struct and is passed down; it lives until the process ends.
 */
#ifndef KAWAT_APP_APP_H
#define KAWAT_APP_APP_H

#include "app/cli.h"
#include "app/config.h"
#include "app/feeds_file.h"
#include "app/log_file.h"
#include "app/output.h"
#include "app/paths.h"

struct app {
	struct arena *arena;
	struct cli cli;
	struct paths paths;
	struct config config;
	struct feeds_file feeds;
	struct wire_rules rules; /* [rules] of the configuration */
	struct output out;
	struct log_file log; /* open once the state folder is there */
	bool quiet;
	int exit_signal; /* the reader was ended by it; 0: by its user */
};

/*
 * A verb.  False: *e says why; its kind decides the exit status.  A verb that did its work in part
 * has said so itself and returns false with ERR_PARTIAL and an empty text.
 */
typedef bool verb_function(struct app *, struct err *);

verb_function verb_refresh, verb_add, verb_remove, verb_feeds, verb_list, verb_read, verb_search,
    verb_related, verb_store, verb_mark, verb_brief, verb_tail, verb_import, verb_export,
    verb_cluster, verb_parse, verb_extract, verb_doctor, verb_db, verb_keys;

/* The reader itself. */
verb_function app_read_news;

#endif
