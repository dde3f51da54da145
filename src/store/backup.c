#include "store/backup.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "base/file.h"
#include "text/clean.h"

#define NOTE "last-backup" /* one line: the path */

static void
note_path(const char *folder, char *path, size_t n)
{
	snprintf(path, n, "%s/" NOTE, folder);
}

void
backup_note(const char *folder, const char *path)
{
	char note[PATH_MAX], whole[PATH_MAX];
	struct err ignored = {0};
	note_path(folder, note, sizeof(note));
	if (!realpath(path, whole))
		return;
	bool written = file_replace(note, bytes_of_str(str_z(whole)), &ignored);
	(void)written;
}

void
backup_remedy(const char *folder, struct err *e)
{
	char note[PATH_MAX], day[32] = "";
	struct bytes raw;
	struct stat st;
	struct tm tm;
	struct err ignored = {0};
	struct arena *a = arena_new();
	note_path(folder, note, sizeof(note));
	bool known = file_read(a, note, PATH_MAX, &raw, &ignored);
	struct str path = known ? text_clean(a, raw) : STR("");
	known = path.n && stat(arena_z(a, path), &st) == 0 && localtime_r(&st.st_mtime, &tm) &&
	    strftime(day, sizeof(day), "%Y-%m-%d", &tm);
	if (known)
		err_remedy(e, "kawat db check; last backup %s: %.*s", day, STR_ARG(path));
	else
		err_remedy(e, "kawat db check");
	arena_free(a);
}
