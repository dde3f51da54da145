#include "app/commands.h"

static const struct command rows[COMMANDS] = {
#define COMMAND(id, context, name, keys, group, help) \
	[COMMAND_##id] = {name, keys, CONTEXT_##context, help, group},
#include "app/command.def"
#undef COMMAND
};

static const char *const contexts[CONTEXTS] = {
	[CONTEXT_GLOBAL] = "global",
	[CONTEXT_LIST] = "list",
	[CONTEXT_HEADLINES] = "headlines",
	[CONTEXT_STORY] = "story",
	[CONTEXT_RELATED_VIEW] = "related",
	[CONTEXT_FEEDS_VIEW] = "feeds",
	[CONTEXT_WELCOME] = "welcome",
	[CONTEXT_QUEUE] = "queue",
	[CONTEXT_FINDING] = "find",
};

const struct command *
command_rows(void)
{
	return rows;
}

const char *
context_name(enum context context)
{
	return contexts[context];
}
