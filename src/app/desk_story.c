/* What is done with a story's text: saved to a file, given to a command. */
#include <stdlib.h>
#include <string.h>

#include "app/desk.h"
#include "app/story_file.h"
#include "base/file.h"
#include "view/story_lines.h"

enum { MAX_NAME_BYTES = 100 }; /* of a file's name made from a headline */

/* Letters and digits of any script stay, the rest become hyphens. */
struct str
desk_file_name(struct desk *d, const struct story_row *row)
{
	struct buf b = {0};
	bool gap = false;
	for (size_t i = 0; i < row->title.n && b.n < MAX_NAME_BYTES; i++) {
		char c = row->title.p[i];
		bool keep = (unsigned char)c >= 0x80 || ascii_alnum((unsigned char)c);
		if (keep && gap && b.n)
			buf_char(&b, '-');
		gap = !keep;
		if (keep)
			buf_char(&b, c);
	}
	struct str name = arena_fmt(d->frame, "%.*s.txt", STR_ARG(buf_str(&b)));
	buf_clear(&b);
	return name;
}

static enum format
format_of(struct str name)
{
	static const struct { const char *ending; enum format format; } endings[] = {
		{".md", FORMAT_MARKDOWN}, {".markdown", FORMAT_MARKDOWN}, {".html", FORMAT_HTML},
		{".htm", FORMAT_HTML}, {".json", FORMAT_JSON},
	};
	for (size_t i = 0; i < COUNT_OF(endings); i++)
		if (str_ends(name, str_z(endings[i].ending)))
			return endings[i].format;
	return FORMAT_TEXT;
}

/* The story that commands are about, in a form; false: there is none, and it was said. */
static bool
write_story(struct desk *d, enum format format, struct buf *out)
{
	struct err e = {0};
	struct read_story story;
	struct story_file f = {.app = d->app, .names = &d->names, .now = desk_now(d),
	    .cols = STORY_TEXT_COLS, .text_cols = STORY_TEXT_COLS};
	story_id id = desk_current_story(d);
	struct arena *a = arena_new();
	bool ok = id != STORY_NONE && d->store && read_story(d->store, a, id, &story, &e);
	if (ok)
		story_file_write(&f, &story, format, out);
	else if (e.text[0])
		desk_say_err(d, &e);
	arena_free(a);
	return ok;
}

/* `~` is the reader's home, alone or before a slash. */
static struct str
at_home(struct arena *a, struct str path)
{
	struct str home = str_z(getenv("HOME"));
	if (home.n == 0 || !str_starts(path, STR("~")) || (path.n > 1 && path.p[1] != '/'))
		return path;
	return arena_cat(a, home, str_from(path, 1));
}

static const char *
save_path(struct desk *d, struct str name)
{
	struct str folder = config_text(&d->app->config, OPT_save_directory);
	if (str_starts(name, STR("~")) || str_starts(name, STR("/")) || str_eq(folder, STR(".")))
		return arena_z(d->frame, at_home(d->frame, name));
	return arena_fmt(d->frame, "%.*s/%.*s", STR_ARG(at_home(d->frame, folder)),
	    STR_ARG(name)).p;
}

void
desk_save_story(struct desk *d, struct str name)
{
	struct buf text = {0};
	struct err e = {0};
	if (name.n == 0)
		return;
	const char *path = save_path(d, name);
	if (file_exists(path)) {
		desk_say(d, ROLE_WARNING, "%s is there already; it was left as it is.", path);
		return;
	}
	if (!write_story(d, format_of(name), &text))
		return;
	if (file_replace(path, bytes_of_str(buf_str(&text)), &e))
		desk_say(d, ROLE_OK, "Saved as %s", path);
	else
		desk_say_err(d, &e);
	buf_clear(&text);
}

void
desk_pipe_story(struct desk *d, struct str command)
{
	struct buf text = {0};
	if (command.n && write_story(d, FORMAT_TEXT, &text))
		desk_pipe(d, command, buf_str(&text));
	buf_clear(&text);
}
