/* [keys] of the configuration: `context key = command`, one a line; `none` unbinds. */
#include <string.h>

#include "app/desk.h"
#include "base/near.h"

static int
context_named(struct str name)
{
	for (int i = 0; i < CONTEXTS; i++)
		if (str_eq(name, str_z(context_name((enum context)i))))
			return i;
	return -1;
}

/* The command of this name that runs in the context: its own, or of a wider one. */
static int
command_for(const struct desk *d, struct str name, int context)
{
	int command = keymap_command(d->keymap, name, context);
	return command != KEYMAP_NO_COMMAND ? command : keymap_command(d->keymap, name, -1);
}

static void
complain(struct desk *d, size_t line, struct str what, const char *near)
{
	if (near)
		desk_say(d, ROLE_WARNING, "config:%zu: unknown \"%.*s\". Did you mean \"%s\"?",
		    line + 1, STR_ARG(what), near);
	else
		desk_say(d, ROLE_WARNING, "config:%zu: unknown \"%.*s\"", line + 1, STR_ARG(what));
}

static void
bind_line(struct desk *d, size_t line)
{
	const char *contexts[CONTEXTS], *names[COMMANDS];
	struct str keys, name;
	struct err e = {0};
	if (!conf_key_value(d->app->config.file.v[line].text, &keys, &name)) {
		desk_say(d, ROLE_WARNING, "config:%zu: not \"context key = command\"", line + 1);
		return;
	}
	struct str where = str_word(&keys);
	int context = context_named(where), command = KEYMAP_NO_COMMAND;
	for (int i = 0; i < CONTEXTS; i++)
		contexts[i] = context_name((enum context)i);
	for (int i = 0; i < COMMANDS; i++)
		names[i] = command_rows()[i].name;
	if (context < 0) {
		complain(d, line, where, near_name(where, contexts, CONTEXTS));
		return;
	}
	if (!str_eq(name, STR("none"))) {
		command = command_for(d, name, context);
		if (command == KEYMAP_NO_COMMAND) {
			complain(d, line, name, near_name(name, names, COMMANDS));
			return;
		}
	}
	if (!keymap_bind(d->keymap, context, str_trim(keys), command, &e))
		desk_say(d, ROLE_WARNING, "config:%zu: %s", line + 1, e.text);
}

void
desk_bind_keys(struct desk *d)
{
	const struct conf *file = &d->app->config.file;
	for (size_t i = 0; i < file->n; i++)
		if (file->v[i].kind == CONF_ENTRY && str_eq(conf_section(file, i), STR("keys")))
			bind_line(d, i);
}
