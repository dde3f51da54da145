/* `kawat keys`: the key table, for people, for Markdown, as JSON. */
#include "app/app.h"
#include "app/commands.h"
#include "text/columns.h"

static void
row_text(struct app *app, const struct command *c)
{
	struct arena *a = app->arena;
	output_field(&app->out, columns_pad(a, str_z(context_name((enum context)c->context)), 10,
	    COLUMNS_LEFT));
	output_field(&app->out, columns_pad(a, str_z(c->keys), 22, COLUMNS_LEFT));
	output_field(&app->out, columns_pad(a, str_z(c->name), 22, COLUMNS_LEFT));
	output_fmt(&app->out, "%s\n", c->help);
}

static void
row_markdown(struct app *app, const struct command *c)
{
	struct str keys = str_z(c->keys);
	output_fmt(&app->out, "| %s | ", context_name((enum context)c->context));
	struct str part;
	while (keys.n) { /* a bar would end the cell */
		bool bar = str_cut(keys, '|', &part, &keys);
		output_text(&app->out, part);
		if (bar)
			output_text(&app->out, STR("\\|"));
	}
	output_fmt(&app->out, " | %s | %s |\n", c->name, c->help);
}

static void
row_json(struct json *j, const struct command *c)
{
	json_object(j);
	json_key_line(j, "context", str_z(context_name((enum context)c->context)));
	json_key_line(j, "keys", str_z(c->keys));
	json_key_line(j, "command", str_z(c->name));
	json_key_line(j, "help", str_z(c->help));
	json_object_end(j);
}

bool
verb_keys(struct app *app, struct err *e)
{
	enum format format;
	struct json j;
	if (!format_parse(cli_value(&app->cli, FLAG_keys_format, "text"),
	        1u << FORMAT_TEXT | 1u << FORMAT_MARKDOWN | 1u << FORMAT_JSON, &format, e))
		return false;
	json_init(&j, output_json_sink, &app->out);
	if (format == FORMAT_JSON)
		json_array(&j);
	if (format == FORMAT_MARKDOWN)
		output_text(&app->out, STR("| context | key | command | does |\n| --- | --- | --- | --- |\n"));
	for (int i = 0; i < COMMANDS; i++) {
		if (format == FORMAT_JSON)
			row_json(&j, &command_rows()[i]);
		else if (format == FORMAT_MARKDOWN)
			row_markdown(app, &command_rows()[i]);
		else
			row_text(app, &command_rows()[i]);
	}
	if (format == FORMAT_JSON) {
		json_array_end(&j);
		json_newline(&j);
	}
	json_clear(&j);
	return true;
}
