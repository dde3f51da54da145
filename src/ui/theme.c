#include "ui/theme.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/conf.h"
#include "base/file.h"
#include "ui/colour.h"

/* themes/ansi.theme, made into a string by the build: the shipped file is the default. */
static const char builtin_text[] =
#include "ui/theme_ansi.inc"
    ;

struct reader {
	struct theme *theme;
	theme_finder *find;
	void *ctx;
	struct theme_faults *faults; /* of the outermost file only */
	int depth;
};

struct attribute_word {
	struct str name;
	uint8_t bit;
};

static const struct attribute_word attribute_words[] = {
    {STR_INIT("bold"), LINE_BOLD},
    {STR_INIT("dim"), LINE_DIM},
    {STR_INIT("italic"), LINE_ITALIC},
    {STR_INIT("underline"), LINE_UNDERLINE},
    {STR_INIT("reverse"), LINE_REVERSE},
};

/*
 * Without colours the roles are told apart by these alone.  They say what kind of thing
 * stands there; what is more is in the marks.
 */
static const uint8_t plain_attrs[ROLES] = {
    [ROLE_TITLE] = LINE_REVERSE,
    [ROLE_HINT_KEY] = LINE_BOLD,
    [ROLE_SELECTED] = LINE_REVERSE,
    [ROLE_SELECTED_INACTIVE] = LINE_UNDERLINE,
    [ROLE_HEADLINE_UNREAD] = LINE_BOLD,
    [ROLE_DAY] = LINE_BOLD,
    [ROLE_STORY_TITLE] = LINE_BOLD,
    [ROLE_STORY_HEADING] = LINE_BOLD,
    [ROLE_LINK] = LINE_UNDERLINE,
    [ROLE_LINK_FOCUS] = LINE_REVERSE,
    [ROLE_RELATED] = LINE_UNDERLINE,
    [ROLE_RELATED_READ] = LINE_UNDERLINE,
    [ROLE_MATCH] = LINE_REVERSE,
    [ROLE_PROMPT] = LINE_BOLD,
    [ROLE_POPUP_KEY] = LINE_BOLD,
    [ROLE_WARNING] = LINE_BOLD,
    [ROLE_ERROR] = LINE_BOLD,
    [ROLE_DIFF_ADD] = LINE_BOLD,
    [ROLE_DIFF_REMOVE] = LINE_UNDERLINE,
};

PRINTF_LIKE(3, 4)
static void
fault(struct reader *r, int line, const char *fmt, ...)
{
	struct theme_fault *f;
	va_list args;

	if (!r->faults || r->depth > 0 || r->faults->n == COUNT_OF(r->faults->v))
		return;
	f = &r->faults->v[r->faults->n++];
	f->line = line;
	va_start(args, fmt);
	vsnprintf(f->text, sizeof(f->text), fmt, args);
	va_end(args);
}

/* ---- one line ---- */

/* FOREGROUND [on BACKGROUND] [attribute …] */
static bool
parse_style(struct reader *r, int line, struct str value, const struct style *text,
    struct style *out)
{
	struct str w = str_word(&value);
	size_t i;

	*out = (struct style){.bg = text->bg};
	if (!colour_parse(w, &out->fg)) {
		fault(r, line, "not a colour: '%.*s'", STR_ARG(w));
		return false;
	}
	w = str_word(&value);
	if (str_eq(w, STR("on"))) {
		w = str_word(&value);
		if (!colour_parse(w, &out->bg)) {
			fault(r, line, "not a colour: '%.*s'", STR_ARG(w));
			return false;
		}
		w = str_word(&value);
	}
	for (; w.n > 0; w = str_word(&value)) {
		for (i = 0; i < COUNT_OF(attribute_words); i++) {
			if (str_eq(w, attribute_words[i].name))
				break;
		}
		if (i == COUNT_OF(attribute_words)) {
			fault(r, line, "not an attribute: '%.*s'", STR_ARG(w));
			return false;
		}
		out->attrs |= attribute_words[i].bit;
	}
	return true;
}

static void parse_text(struct reader *r, struct str text);

static void
parse_inherit(struct reader *r, int line, struct str name)
{
	struct arena *a;
	struct str text;
	const char *z;

	if (r->depth == THEME_MAX_INHERIT) {
		fault(r, line, "too many themes inherit one another");
		return;
	}
	a = arena_new();
	z = arena_z(a, name);
	if (str_eq(name, STR("ansi")))
		text = str_z(builtin_text);
	else if (!r->find || !r->find(r->ctx, a, z, &text))
		text = str_of(NULL, 0);
	if (text.p) {
		r->depth++;
		parse_text(r, text);
		r->depth--;
	} else {
		fault(r, line, "no such theme: '%.*s'", STR_ARG(name));
	}
	arena_free(a);
}

static void
parse_ground(struct reader *r, int line, struct str value)
{
	if (str_eq(value, STR("dark")))
		r->theme->ground = GROUND_DARK;
	else if (str_eq(value, STR("light")))
		r->theme->ground = GROUND_LIGHT;
	else if (str_eq(value, STR("any")))
		r->theme->ground = GROUND_ANY;
	else
		fault(r, line, "background is dark, light or any, not '%.*s'",
		    STR_ARG(value));
}

static void
parse_entry(struct reader *r, int line, struct str entry)
{
	struct str key, value;
	struct style style;
	enum role role;

	if (!str_cut(entry, '=', &key, &value)) {
		fault(r, line, "not a 'role = style': '%.*s'", STR_ARG(entry));
		return;
	}
	key = str_trim(key);
	value = str_trim(value);
	if (str_eq(key, STR("inherit"))) {
		parse_inherit(r, line, value);
		return;
	}
	if (str_eq(key, STR("background"))) {
		parse_ground(r, line, value);
		return;
	}
	role = role_named(key);
	if (role == ROLES) {
		fault(r, line, "no such role: '%.*s'", STR_ARG(key));
		return;
	}
	if (!parse_style(r, line, value, &r->theme->style[ROLE_TEXT], &style))
		return;
	r->theme->style[role] = style;
	r->theme->given[role] = true;
}

/* A comment behind a value begins with `#` and a space: a colour has none there. */
static struct str
without_comment(struct str s)
{
	size_t i;

	for (i = 1; i + 1 < s.n; i++) {
		if (s.p[i] == '#' && s.p[i + 1] == ' ' && s.p[i - 1] == ' ')
			return str_sub(s, 0, i);
	}
	return s;
}

static void
parse_text(struct reader *r, struct str text)
{
	struct arena *a = arena_new();
	struct conf conf;
	size_t i;

	conf_parse(&conf, a, bytes_of_str(text));
	for (i = 0; i < conf.n; i++) {
		int line = (int)(i + 1);

		if (conf.v[i].kind == CONF_ENTRY)
			parse_entry(r, line, without_comment(conf.v[i].text));
		else if (conf.v[i].kind == CONF_SECTION)
			fault(r, line, "a theme has no sections");
	}
	arena_free(a);
}

/*
 * Roles that nobody gave wear what their parent wears; parents stand before their
 * children.
 */
static void
fill_from_parents(struct theme *t)
{
	size_t i;

	for (i = 0; i < ROLES; i++) {
		enum role parent = role_parent((enum role)i);

		if (!t->given[i] && parent != (enum role)i)
			t->style[i] = t->style[parent];
	}
}

void
theme_parse(struct theme *t, struct str text, theme_finder *find, void *ctx,
    struct theme_faults *faults)
{
	struct reader r = {.theme = t, .find = find, .ctx = ctx, .faults = faults};

	memset(t, 0, sizeof(*t));
	t->style[ROLE_TEXT].fg.ansi = -1;
	t->style[ROLE_TEXT].bg.ansi = -1;
	if (faults)
		faults->n = 0;
	parse_text(&r, text);
	fill_from_parents(t);
}

void
theme_builtin(struct theme *t)
{
	theme_parse(t, str_z(builtin_text), NULL, NULL, NULL);
}

/* ---- files ---- */

static const struct str suffix = STR_INIT(".theme");

/* A theme's name is a file's name: no way out of the folder. */
static bool
name_is_plain(struct str name)
{
	size_t i;

	for (i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];

		if (!ascii_alnum(c) && c != '-' && c != '_' && c < 0x80)
			return false;
	}
	return name.n > 0 && name.n <= 64;
}

/* The text of the first NAME.theme in the folders; false and *e when there is none. */
static bool
find_in_folders(void *ctx, struct arena *a, const char *name, struct str *text)
{
	const char *const *folders = ctx;
	struct bytes raw;
	const char *path;

	if (!name_is_plain(str_z(name)))
		return false;
	for (; *folders; folders++) {
		path = arena_fmt(a, "%s/%s.theme", *folders, name).p;
		if (file_exists(path) &&
		    file_read(a, path, THEME_MAX_BYTES, &raw, NULL)) {
			*text = str_of((const char *)raw.p, raw.n);
			return true;
		}
	}
	return false;
}

static bool
known_only(struct err *e, const char *name, const char *const *folders)
{
	struct arena *a = arena_new();
	struct buf all = {0};
	struct str *names;
	size_t i, n;

	names = theme_names(a, folders, &n);
	for (i = 0; i < n; i++) {
		buf_add(&all, i ? STR(", ") : STR(""));
		buf_add(&all, names[i]);
	}
	err_set(e, ERR_USAGE, "No theme \"%s\". There are: %s", name, buf_z(&all));
	buf_clear(&all);
	arena_free(a);
	return false;
}

bool
theme_load(struct theme *t, const char *name, const char *const *folders,
    struct theme_faults *faults, struct err *e)
{
	struct arena *a = arena_new();
	void *ctx = (void *)(uintptr_t)folders;
	struct str text;
	bool found;

	/* A reader's own ansi.theme goes before the one compiled in. */
	found = find_in_folders(ctx, a, name, &text);
	if (found)
		theme_parse(t, text, find_in_folders, ctx, faults);
	else
		theme_builtin(t);
	if (!found && faults)
		faults->n = 0;
	arena_free(a);
	return found || strcmp(name, "ansi") == 0 ? true : known_only(e, name, folders);
}

static int
by_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

struct names {
	struct str *v;
	size_t n, cap;
};

static void
names_of_folder(struct arena *a, struct names *names, const char *folder)
{
	struct dirent *entry;
	struct str name;
	DIR *dir = opendir(folder);

	while (dir && (entry = readdir(dir))) {
		name = str_z(entry->d_name);
		if (!str_ends(name, suffix))
			continue;
		name.n -= suffix.n;
		if (name_is_plain(name))
			ARENA_PUSH(a, names, arena_str(a, name));
	}
	if (dir)
		closedir(dir);
}

struct str *
theme_names(struct arena *a, const char *const *folders, size_t *n)
{
	struct names names = {0};
	size_t i;

	ARENA_PUSH(a, &names, STR("ansi"));
	for (; *folders; folders++)
		names_of_folder(a, &names, *folders);
	qsort(names.v, names.n, sizeof(*names.v), by_name);
	for (i = 0, *n = 0; i < names.n; i++) {
		if (*n == 0 || !str_eq(names.v[*n - 1], names.v[i]))
			names.v[(*n)++] = names.v[i];
	}
	return names.v;
}

/* ---- what a cell wears ---- */

static uint8_t
plain_of(enum role role)
{
	/* A role without one of its own looks like its nearest parent that has one. */
	while (plain_attrs[role] == 0 && role_parent(role) != role)
		role = role_parent(role);
	return plain_attrs[role];
}

struct style
theme_style(
    const struct theme *t, enum role role, enum role over, uint8_t attrs, int colours)
{
	struct style style = t->style[over ? over : role];

	/*
	 * Bold says unread and italic is the author's: they are kept under what is laid
	 * over.
	 */
	if (over)
		style.attrs |= t->style[role].attrs & (LINE_BOLD | LINE_ITALIC);
	if (colours < 8) {
		style = (struct style){{.ansi = -1}, {.ansi = -1}, plain_of(role)};
		if (over)
			style.attrs =
			    (uint8_t)((style.attrs & LINE_BOLD) | plain_of(over));
	}
	style.attrs |= attrs;
	return style;
}

/* Append `;N` or `N`. */
static size_t
sgr_number(char out[64], size_t at, int n)
{
	int wrote = snprintf(out + at, 64 - at, "%s%d", at ? ";" : "", n);

	return wrote > 0 && at + (size_t)wrote < 64 ? at + (size_t)wrote : at;
}

/*
 * 30 to 37 and 90 to 97, 38;5;N, 38;2;R;G;B; `base` is 30 for letters and 40 for the
 * ground.
 */
static size_t
sgr_colour(char out[64], size_t at, struct colour c, int colours, int base)
{
	int n = colour_number(c, colours);

	if (n < 0)
		return at;
	if (colours > 256 && c.kind == COLOUR_RGB) {
		at = sgr_number(out, sgr_number(out, at, base + 8), 2);
		at = sgr_number(out, at, n >> 16);
		return sgr_number(out, sgr_number(out, at, n >> 8 & 255), n & 255);
	}
	if (c.kind == COLOUR_ANSI || colours < 256)
		n = c.ansi < 8 || colours < 16 ? base + (c.ansi & 7)
					       : base + 60 + (c.ansi & 7);
	else
		at = sgr_number(out, sgr_number(out, at, base + 8), 5);
	return sgr_number(out, at, n);
}

size_t
style_sgr(struct style style, int colours, char out[64])
{
	static const uint8_t code[5] = {1, 3, 4, 7, 2}; /* in the order of LINE_* */
	size_t i, at = 0;

	out[0] = '\0';
	for (i = 0; i < COUNT_OF(code); i++) {
		if (style.attrs & (1 << i))
			at = sgr_number(out, at, code[i]);
	}
	at = sgr_colour(out, at, style.fg, colours, 30);
	return sgr_colour(out, at, style.bg, colours, 40);
}

double
theme_contrast(const struct theme *t, struct style style)
{
	bool light = t->ground == GROUND_LIGHT;
	double fg = colour_luminance(style.fg, light ? 0x000000 : 0xffffff);
	double bg = colour_luminance(style.bg, light ? 0xffffff : 0x000000);

	return fg > bg ? (fg + 0.05) / (bg + 0.05) : (bg + 0.05) / (fg + 0.05);
}
