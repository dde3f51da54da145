#include "app/paths.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* $NAME/kawat, or HOME/fallback/kawat.  A relative XDG path is invalid and ignored, as the
 * specification says. */
static const char *
xdg(struct arena *a, const char *name, const char *home, const char *fallback)
{
	const char *value = getenv(name);
	if (value && value[0] == '/')
		return arena_fmt(a, "%s/kawat", value).p;
	return arena_fmt(a, "%s/%s/kawat", home, fallback).p;
}

bool
paths_use_temporary(struct paths *p, struct arena *a, struct err *e)
{
	const char *tmp = getenv("TMPDIR");
	if (p->data_is_temporary)
		return true;
	char *made = heap_z(arena_fmt(a, "%s/kawat-XXXXXX", tmp && *tmp ? tmp : "/tmp"));
	bool ok = mkdtemp(made) != NULL;
	if (!ok)
		err_errno(e, ERR_STORE, "cannot make a private data folder '%s'", made);
	p->data = p->state = p->cache = arena_str(a, str_z(made)).p;
	p->data_is_temporary = ok;
	free(made);
	return ok;
}

static bool
use_replay(struct paths *p, struct arena *a, const struct path_wishes *w, struct err *e)
{
	char *real = realpath(w->replay_dir, NULL);
	if (!real)
		return err_errno(e, ERR_USAGE, "cannot replay '%s'", w->replay_dir);
	p->replay = arena_str(a, str_z(real)).p;
	free(real);
	if (!w->feeds_file && file_exists(arena_fmt(a, "%s/feeds", p->replay).p))
		p->feeds = arena_fmt(a, "%s/feeds", p->replay).p;
	return w->data_dir || paths_use_temporary(p, a, e);
}

static const char *
absolute(struct arena *a, const char *path)
{
	char here[PATH_MAX];
	if (path[0] == '/' || !getcwd(here, sizeof(here)))
		return path;
	return arena_fmt(a, "%s/%s", here, path).p;
}

bool
paths_find(struct paths *p, struct arena *a, const struct path_wishes *w, struct err *e)
{
	const char *home = getenv("HOME");
	*p = (struct paths){0};
	if (!home || home[0] != '/') {
		if (!(w->config_file && w->feeds_file && w->data_dir) && !w->replay_dir)
			return err_set(e, ERR_USAGE, "HOME is not set: name the files by -c, -f and -d");
		home = "/nonexistent";
	}
	const char *config = xdg(a, "XDG_CONFIG_HOME", home, ".config");
	p->config = w->config_file ? w->config_file : arena_fmt(a, "%s/config", config).p;
	p->feeds = w->feeds_file ? absolute(a, w->feeds_file) : arena_fmt(a, "%s/feeds", config).p;
	p->own_themes = arena_fmt(a, "%s/themes", config).p;
	p->own_sites = arena_fmt(a, "%s/sites", config).p;
	p->data = w->data_dir ? absolute(a, w->data_dir)
			      : xdg(a, "XDG_DATA_HOME", home, ".local/share");
	p->state = xdg(a, "XDG_STATE_HOME", home, ".local/state");
	p->cache = xdg(a, "XDG_CACHE_HOME", home, ".cache");
	if (w->replay_dir && !use_replay(p, a, w, e))
		return false;
	p->log = arena_fmt(a, "%s/log", p->state).p;
	return true;
}

bool
paths_make(const struct paths *p, struct err *e)
{
	return folder_make(p->data, e) && folder_make(p->state, e);
}

/* One level: the private folder holds files only. */
void
paths_clear(const struct paths *p)
{
	if (!p->data_is_temporary)
		return;
	DIR *d = opendir(p->data);
	if (!d)
		return;
	for (struct dirent *entry; (entry = readdir(d));)
		unlinkat(dirfd(d), entry->d_name, 0);
	closedir(d);
	rmdir(p->data);
}

const char *
program_folder(struct arena *a)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	if (n <= 0)
		return ".";
	struct str whole = str_of(path, (size_t)n);
	size_t slash = str_find_last_char(whole, '/');
	return arena_z(a, str_sub(whole, 0, slash == STR_NONE ? 0 : slash));
}
