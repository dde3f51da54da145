#include "app/other_readers.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum base { IN_CONFIG, IN_DATA, IN_HOME };

/* Of one reader the first that is there, as it looks itself. */
static const struct {
	const char *reader;
	enum base base;
	const char *path;
} places[] = {
	{"newsboat", IN_CONFIG, "newsboat/urls"},
	{"newsboat", IN_HOME, ".newsboat/urls"},
	{"newsraft", IN_CONFIG, "newsraft/feeds"},
	{"newsraft", IN_HOME, ".newsraft/feeds"},
	{"sfeed", IN_HOME, ".sfeed/sfeedrc"},
	{"snownews", IN_CONFIG, "snownews/urls.opml"},
	{"snownews", IN_CONFIG, "snownews/urls"},
	{"snownews", IN_HOME, ".snownews/urls"},
	{"Liferea", IN_CONFIG, "liferea/feedlist.opml"},
	{"Akregator", IN_DATA, "akregator/data/feeds.opml"},
};

/* XDG base directories: a value that is not absolute counts as not set. */
static struct str
folder(struct arena *a, enum base base)
{
	static const struct {
		const char *variable, *otherwise;
	} bases[] = {
		[IN_CONFIG] = {"XDG_CONFIG_HOME", "/.config"},
		[IN_DATA] = {"XDG_DATA_HOME", "/.local/share"},
		[IN_HOME] = {"", ""},
	};
	const char *value = getenv(bases[base].variable), *home = getenv("HOME");
	if (value && value[0] == '/')
		return str_z(value);
	if (!home || home[0] != '/')
		return STR("");
	return arena_cat(a, str_z(home), str_z(bases[base].otherwise));
}

static bool
is_readable_file(const char *path)
{
	struct stat s;
	return stat(path, &s) == 0 && S_ISREG(s.st_mode) && s.st_size > 0 && access(path, R_OK) == 0;
}

size_t
other_readers_find(struct arena *a, struct other_list v[OTHER_READERS_MAX])
{
	size_t n = 0;
	for (size_t i = 0; i < COUNT_OF(places) && n < OTHER_READERS_MAX; i++) {
		struct str in = folder(a, places[i].base);
		if (in.n == 0 || (n && strcmp(v[n - 1].reader, places[i].reader) == 0))
			continue;
		const char *path = arena_fmt(a, "%.*s/%s", STR_ARG(in), places[i].path).p;
		if (is_readable_file(path))
			v[n++] = (struct other_list){places[i].reader, path};
	}
	return n;
}
