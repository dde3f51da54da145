/*
 * Import from the screen.  Lists are read by another kawat (`kawat import`), so the screen waits
 * for nothing and reads no byte of theirs; what that one prints is a line of numbers.  The feeds
 * file that it edits is read anew when it ends.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/desk.h"
#include "app/file_complete.h"
#include "app/other_readers.h"
#include "base/file.h"
#include "text/clean.h"

enum {
	MAX_ANSWER_BYTES = 256 * 1024, /* a thousand lines that were left out, each told */
	MAX_LOGGED = 50, /* of them in the log */
	MAX_WORDS = 16,
};

struct counts {
	long long imported, present, skipped;
};

/* --- starting ----------------------------------------------------------------------------------- */

/* file NULL: the lists of other readers. */
static void
start(struct desk *d, const char *file, bool count_only)
{
	const struct paths *p = &d->app->paths;
	const char *words[MAX_WORDS], *program;
	struct err e = {0};
	size_t n = 0;
	if (d->importing.output >= 0)
		return;
	struct arena *a = arena_new();
	program = arena_fmt(a, "%s/kawat", program_folder(a)).p;
	words[n++] = program;
	words[n++] = "-f", words[n++] = p->feeds;
	words[n++] = "-d", words[n++] = p->data;
	if (file_exists(p->config))
		words[n++] = "-c", words[n++] = p->config;
	words[n++] = "import", words[n++] = "--format", words[n++] = "text";
	if (count_only)
		words[n++] = "--dry-run";
	if (file)
		words[n++] = "--", words[n++] = file;
	words[n] = NULL;
	int out = file_temporary("/tmp", &e);
	int failed = out < 0 ? 0 : desk_start(words, out, &d->importing.worker.pid);
	if (out >= 0 && !failed) {
		d->importing.output = out;
		d->importing.count_only = count_only;
	} else if (out >= 0) {
		close(out);
		desk_say(d, ROLE_ERROR, "Could not start %s: %s", "kawat import", strerror(failed));
	} else {
		desk_say_err(d, &e);
	}
	arena_free(a);
}

void
desk_import_file(struct desk *d, struct str typed)
{
	if (typed.n == 0)
		return;
	if (d->importing.output >= 0) {
		desk_say(d, ROLE_WARNING, "An import is running.");
		return;
	}
	struct arena *a = arena_new();
	start(d, arena_z(a, file_expand(a, typed)), false);
	arena_free(a);
}

void
desk_import_others(struct desk *d)
{
	desk_import_stop(d); /* counting, at most */
	start(d, NULL, false);
}

void
desk_import_count(struct desk *d)
{
	struct other_list v[OTHER_READERS_MAX];
	struct arena *a = arena_new();
	if (other_readers_find(a, v))
		start(d, NULL, true);
	arena_free(a);
}

void
desk_import_stop(struct desk *d)
{
	if (d->importing.output < 0)
		return;
	worker_kill(&d->importing.worker);
	close(d->importing.output);
	d->importing.output = -1;
}

/* --- its end ------------------------------------------------------------------------------------ */

static struct str
answer_of(struct desk *d, struct arena *a)
{
	struct stat s;
	if (fstat(d->importing.output, &s) < 0)
		return STR("");
	size_t size = s.st_size < MAX_ANSWER_BYTES ? (size_t)s.st_size : MAX_ANSWER_BYTES;
	char *bytes = arena_alloc(a, size + 1);
	ssize_t n = pread(d->importing.output, bytes, size, 0);
	return n > 0 ? str_trim(text_clean(a, bytes_of(bytes, (size_t)n))) : STR("");
}

/* `imported 34  already there 2  skipped 1` */
static bool
read_counts(struct str line, struct counts *c)
{
	struct str words[7];
	int64_t numbers[3];
	static const size_t at[] = {1, 4, 6};
	for (size_t i = 0; i < COUNT_OF(words); i++)
		words[i] = str_word(&line);
	if (!str_eq(words[0], STR("imported")))
		return false;
	for (size_t i = 0; i < COUNT_OF(at); i++)
		if (!str_to_int(words[at[i]], 0, INT64_MAX, &numbers[i]))
			return false;
	*c = (struct counts){numbers[0], numbers[1], numbers[2]};
	return true;
}

/* The other lines say what was left out: they go to the log.  *last: the last one. */
static bool
read_answer(struct desk *d, struct str answer, struct counts *c, struct str *last)
{
	struct str line;
	bool found = false;
	size_t n = 0;
	*last = STR("");
	while (answer.n) {
		str_cut(answer, '\n', &line, &answer);
		if (read_counts(line, c)) {
			found = true;
			continue;
		}
		*last = str_starts(line, STR("kawat: ")) ? str_from(line, 7) : line;
		if (!d->importing.count_only && n++ < MAX_LOGGED)
			desk_log(d, ROLE_STATUS, *last);
	}
	return found;
}

static void
tell(struct desk *d, const struct counts *c)
{
	if (c->skipped)
		desk_say(d, ROLE_OK, "Imported: %lld. Already there: %lld. Left out: %lld. %.*s log",
		    c->imported, c->present, c->skipped, STR_ARG(desk_key(d, COMMAND_GO_LOG)));
	else
		desk_say(d, ROLE_OK, "Imported: %lld. Already there: %lld.", c->imported,
		    c->present);
}

bool
desk_import_ended(struct desk *d)
{
	struct counts counts = {0};
	struct str last;
	int status;
	if (d->importing.output < 0 || !worker_ended(&d->importing.worker, &status))
		return false;
	struct arena *a = arena_new();
	bool found = read_answer(d, answer_of(d, a), &counts, &last);
	bool good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	close(d->importing.output);
	d->importing.output = -1;
	if (d->importing.count_only) {
		d->importing.found = found ? counts.imported : 0;
	} else if (good && found) {
		if (desk_reload_feeds(d))
			tell(d, &counts);
	} else {
		desk_say(d, ROLE_ERROR, "%.*s", STR_ARG(last));
	}
	arena_free(a);
	welcome_import_ended(d);
	desk_redraw(d);
	return true;
}
