/* The key table (command.def) as rows, and what the reader calls its contexts. */
#ifndef KAWAT_APP_COMMANDS_H
#define KAWAT_APP_COMMANDS_H

#include "view/command.h"

/* From the outside in. */
enum context {
	CONTEXT_GLOBAL,
	CONTEXT_LIST,
	CONTEXT_HEADLINES,
	CONTEXT_STORY,
	CONTEXT_RELATED_VIEW,
	CONTEXT_FEEDS_VIEW,
	CONTEXT_WELCOME,
	CONTEXT_QUEUE,
	CONTEXT_FINDING, /* while n and N go from match to match */
	CONTEXTS
};

enum command_id {
#define COMMAND(id, context, name, keys, group, help) COMMAND_##id,
#include "app/command.def"
#undef COMMAND
	COMMANDS
};

/* COMMANDS rows, indexed by enum command_id. */
const struct command *command_rows(void);
const char *context_name(enum context);

#endif
