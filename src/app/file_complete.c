#include "app/file_complete.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/utf8.h"
#include "text/clean.h"

struct str
file_expand(struct arena *a, struct str typed)
{
	const char *home = getenv("HOME");
	if (!str_starts(typed, STR("~/")) || !home)
		return typed;
	return arena_cat(a, str_z(home), str_from(typed, 1));
}

static bool
could_be_typed(struct str name)
{
	return utf8_valid(bytes_of_str(name)) == name.n && text_is_clean(bytes_of_str(name)) &&
	       str_find_char(name, '\n') == STR_NONE && str_find_char(name, '\t') == STR_NONE;
}

/* The beginning that both have, never half a character. */
static struct str
common(struct str a, struct str b)
{
	size_t n = 0;
	while (n < a.n && n < b.n && a.p[n] == b.p[n])
		n++;
	return utf8_cut(a, n);
}

static bool
is_folder(struct arena *a, struct str folder, struct str name)
{
	struct stat s;
	return stat(arena_z(a, arena_cat(a, folder, name)), &s) == 0 && S_ISDIR(s.st_mode);
}

/* What the names in the folder that begin with `begun` have in common. */
static struct str
look(struct arena *a, DIR *dir, struct str begun, size_t *n_found)
{
	struct str found = begun;
	const struct dirent *entry;
	*n_found = 0;
	for (int i = 0; i < FILE_COMPLETE_MAX_NAMES && (entry = readdir(dir)); i++) {
		struct str name = str_z(entry->d_name);
		if (!str_starts(name, begun) || !could_be_typed(name) ||
		    (name.p[0] == '.' && begun.n == 0) || str_eq(name, STR(".")) ||
		    str_eq(name, STR("..")))
			continue;
		found = *n_found ? common(found, name) : arena_str(a, name);
		++*n_found;
	}
	return found;
}

struct str
file_complete(struct arena *a, struct str typed)
{
	size_t slash = str_find_last_char(typed, '/'), n_found;
	size_t begin = slash == STR_NONE ? 0 : slash + 1;
	struct str before = str_sub(typed, 0, begin), folder = file_expand(a, before);
	DIR *dir = opendir(folder.n ? arena_z(a, folder) : ".");
	if (!dir)
		return typed;
	struct str name = look(a, dir, str_from(typed, begin), &n_found);
	closedir(dir);
	if (n_found == 0)
		return typed;
	struct str whole = arena_cat(a, before, name);
	return n_found == 1 && is_folder(a, folder, name) ? arena_cat(a, whole, STR("/")) : whole;
}
