#include "app/failure.h"

#include <stdio.h>

#include "app/language.h"
#include "view/fault.h"

static struct str
language_of(const struct app *app)
{
	struct str set = config_text(&app->config, OPT_language);
	return cli_value(&app->cli, FLAG_any_lang, set.n ? set.p : "auto");
}

void
failure_say(struct app *app, const struct err *e)
{
	struct words words = {0};
	struct err said = *e;
	language_begin(&words, language_of(app), program_folder(app->arena));
	struct str text = fault_say(app->arena, &words, str_z(e->text));
	snprintf(said.text, sizeof(said.text), "%.*s", STR_ARG(text));
	say_error(&said);
	language_end(&words);
}
