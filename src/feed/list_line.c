#include "feed/list_line.h"

#include <string.h>

#include "base/conf.h"
#include "base/utf8.h"
#include "feed/list_marks.h"
#include "text/clean.h"

/* --- what is common to them --- */

/* Lines that another program would run, or that are no feed of their own. */
static const char *
not_a_feed(struct str s)
{
	static const struct {
		struct str begins;
		const char *why;
	} rows[] = {
		{STR_INIT("exec:"), "a program makes it; lists never name programs here"},
		{STR_INIT("filter:"), "a program filters it; lists never name programs here"},
		{STR_INIT("$("), "a program makes it; lists never name programs here"},
		{STR_INIT("|"), "a program makes it; lists never name programs here"},
		{STR_INIT("query:"), "a query of another reader, no feed"},
		{STR_INIT("file:"), "a file of this computer; lists never name files here"},
		{STR_INIT("spool:"), "a folder of this computer; lists never name files here"},
		{STR_INIT("pipe:"), "it comes by pipe; add it by hand"},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (str_starts_nocase(s, rows[i].begins))
			return rows[i].why;
	return NULL;
}

static void
add_option(struct buf *options, struct str token)
{
	struct str name, value;
	bool valued = str_cut(token, '=', &name, &value);
	bool quoted = str_find_char(value, ' ') != STR_NONE || str_find_char(value, '\t') != STR_NONE;
	if (options->n)
		buf_char(options, ' ');
	buf_add(options, name);
	if (valued)
		buf_fmt(options, quoted ? "=\"%.*s\"" : "=%.*s", STR_ARG(value));
}

static void
set_section(struct list_lines *l, struct str name)
{
	struct str part, rest = name;
	l->section.n = 0;
	while (rest.n) {
		str_cut(rest, '/', &part, &rest);
		part = list_section_part(l->sink->arena, part);
		if (part.n == 0)
			continue;
		if (l->section.n)
			buf_char(&l->section, '/');
		buf_add(&l->section, part);
	}
	arena_reset(l->sink->arena);
}

/* --- kawat --- */

static bool
kawat_section(struct str line, struct str *name)
{
	size_t end = str_find_char(line, ']');
	if (line.n == 0 || line.p[0] != '[' || end == STR_NONE)
		return false;
	*name = str_trim(str_sub(line, 1, end - 1));
	return true;
}

/* The two spaces before a name stay two: they tell it from the words of the query. */
static struct str
search_of(struct arena *a, struct str raw)
{
	struct str text = utf8_cut(text_clean(a, bytes_of_str(raw)), LIST_MAX_OPTIONS_BYTES);
	char *out = arena_alloc(a, text.n + 1);
	for (size_t i = 0; i < text.n; i++)
		out[i] = text.p[i] == '\t' || text.p[i] == '\n' ? ' ' : text.p[i];
	return str_trim(str_of(out, text.n));
}

static void
kawat_line(struct list_lines *l, struct str line)
{
	struct list_entry entry = {.place = l->number, .section = buf_str(&l->section)};
	struct str name, url, token;
	struct buf options = {0};
	bool quoted;
	if (kawat_section(line, &name)) {
		set_section(l, name);
		return;
	}
	if (str_starts(line, STR("search:"))) {
		entry.kind = LIST_SEARCH;
		entry.url = search_of(l->sink->arena, str_from(line, strlen("search:")));
		list_sink_entry(l->sink, entry);
		return;
	}
	if (!conf_token(l->sink->arena, &line, &url, &quoted))
		return;
	while (conf_token(l->sink->arena, &line, &token, &quoted)) {
		if (quoted && entry.title.n == 0)
			entry.title = token;
		else if (token.n)
			add_option(&options, token);
	}
	entry.options = arena_str(l->sink->arena, buf_str(&options));
	buf_clear(&options);
	if (not_a_feed(url))
		list_sink_left_out(l->sink, l->number, url, not_a_feed(url));
	else
		list_sink_feed(l->sink, url, entry);
}

/* --- newsboat --- */

/* Tags: "~Name" is the title, "!..." keeps it out of the list of all, the first other one is the
 * section. */
static void
newsboat_line(struct list_lines *l, struct str line)
{
	struct list_entry entry = {.place = l->number};
	struct arena *a = l->sink->arena;
	struct str url, token;
	bool quoted;
	if (!conf_token(a, &line, &url, &quoted))
		return;
	if (not_a_feed(url)) {
		list_sink_left_out(l->sink, l->number, url, not_a_feed(url));
		return;
	}
	while (conf_token(a, &line, &token, &quoted)) {
		if (str_starts(token, STR("~")))
			entry.title = str_from(token, 1);
		else if (str_starts(token, STR("!")))
			entry.options = STR("hide");
		else if (entry.section.n == 0)
			entry.section = list_section_part(a, token);
	}
	list_sink_feed(l->sink, url, entry);
}

/* --- newsraft --- */

/* `@ Name`, `@ "Name"`, with minutes and limits in brackets behind; Global is outside of all. */
static void
newsraft_section(struct list_lines *l, struct str s)
{
	size_t n = 0;
	bool quoted = s.n && s.p[0] == '"';
	if (quoted)
		s = str_from(s, 1);
	while (n < s.n && !strchr(quoted ? "\"" : "{[<", s.p[n]))
		n++;
	s = str_trim(str_sub(s, 0, n));
	l->section.n = 0;
	if (!str_eq(s, STR("Global")))
		buf_add(&l->section, list_section_part(l->sink->arena, s));
	arena_reset(l->sink->arena);
}

/* `[30]` is minutes between two fetches; `{50}` and what follows `<` are its own. */
static void
newsraft_line(struct list_lines *l, struct str line)
{
	struct list_entry entry = {.place = l->number, .section = buf_str(&l->section)};
	struct arena *a = l->sink->arena;
	struct str url, token;
	bool quoted;
	int64_t minutes;
	if (line.p[0] == '@') {
		newsraft_section(l, str_trim(str_from(line, 1)));
		return;
	}
	if (!conf_token(a, &line, &url, &quoted))
		return;
	while (conf_token(a, &line, &token, &quoted) && (quoted || token.p[0] != '<')) {
		if (quoted && entry.title.n == 0)
			entry.title = token;
		else if (token.n > 2 && token.p[0] == '[' && token.p[token.n - 1] == ']' &&
		         str_to_int(str_sub(token, 1, token.n - 2), 1, INT32_MAX, &minutes))
			entry.options = arena_fmt(a, "every=%lldm", (long long)minutes);
	}
	if (not_a_feed(url))
		list_sink_left_out(l->sink, l->number, url, not_a_feed(url));
	else
		list_sink_feed(l->sink, url, entry);
}

/* --- snownews --- */

static void
snownews_line(struct list_lines *l, struct str line)
{
	struct list_entry entry = {.place = l->number};
	struct str url, categories, first, filter;
	str_cut(line, '|', &url, &line);
	str_cut(line, '|', &entry.title, &line);
	str_cut(line, '|', &categories, &filter);
	str_cut(categories, ',', &first, &categories);
	entry.section = list_section_part(l->sink->arena, first);
	if (not_a_feed(url))
		list_sink_left_out(l->sink, l->number, url, not_a_feed(url));
	else if (str_trim(filter).n)
		list_sink_left_out(l->sink, l->number, url, not_a_feed(STR("filter:")));
	else
		list_sink_feed(l->sink, url, entry);
}

/* --- sfeed --- */

/*
 * A word of the shell that means itself: 'quoted', "quoted", or plain.  *rest is what follows.
 * False: there is none, or it would mean something to a shell.
 */
static bool
literal_word(struct str *rest, struct str *word)
{
	struct str s = str_trim(*rest);
	size_t n = 0;
	if (s.n == 0)
		return false;
	if (s.p[0] == '\'' || s.p[0] == '"') {
		size_t end = str_find_char(str_from(s, 1), s.p[0]);
		if (end == STR_NONE)
			return false;
		*word = str_sub(s, 1, end);
		*rest = str_from(s, end + 2);
		return rest->n == 0 || ascii_space((unsigned char)rest->p[0]);
	}
	while (n < s.n && (ascii_alnum((unsigned char)s.p[n]) || strchr("_./:?=%+,@-", s.p[n]) ||
	                   (unsigned char)s.p[n] >= 0x80))
		n++;
	*word = str_sub(s, 0, n);
	*rest = str_from(s, n);
	return n > 0 && (rest->n == 0 || ascii_space((unsigned char)rest->p[0]));
}

static bool
means_something_to_a_shell(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (strchr("$`\\;", s.p[i]))
			return true;
	return false;
}

/* Does `word` stand where a shell looks for a command, behind this one? */
static bool
begins_command(struct str before)
{
	static const struct str words[] = {STR_INIT("then"), STR_INIT("else"), STR_INIT("do"),
	    STR_INIT("{"), STR_INIT("("), STR_INIT("!")};
	if (before.n && strchr(";&|", before.p[before.n - 1]))
		return true;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_eq(before, words[i]))
			return true;
	return false;
}

/* `if …; then feed …`, `… && feed …`: a call that depends on what the shell would find. */
static bool
calls_feed_inside(struct str line)
{
	struct str rest = line, word, before = str_word(&rest);
	for (; before.n && before.p[0] != '#' && (word = str_word(&rest)).n; before = word)
		if (str_eq(word, STR("feed")) && begins_command(before))
			return true;
	return false;
}

/* Of the script only calls of `feed` are read; nothing is run, and what is no plain call is told. */
static void
sfeed_line(struct list_lines *l, struct str line)
{
	enum { NAME, ADDRESS, SITE, ENCODING, WORDS };
	struct list_entry entry = {.place = l->number};
	struct str words[WORDS] = {{0}}, rest = str_from(line, 4);
	size_t n = 0;
	if (calls_feed_inside(line)) {
		list_sink_left_out(l->sink, l->number, STR(""), "a feed that depends on a condition; "
								"nothing is run here");
		return;
	}
	if (!str_starts(line, STR("feed ")) && !str_starts(line, STR("feed\t")))
		return;
	bool plain = !means_something_to_a_shell(line);
	for (rest = str_trim(rest); plain && rest.n && rest.p[0] != '#' && n < WORDS;
	     rest = str_trim(rest))
		plain = literal_word(&rest, &words[n++]);
	if (!plain || n <= ADDRESS || (rest.n && rest.p[0] != '#')) {
		list_sink_left_out(l->sink, l->number, STR(""), "more than a literal name and "
								"address; nothing is run here");
		return;
	}
	entry.title = words[NAME];
	entry.site = words[SITE];
	if (charset_of_label(words[ENCODING]) != CHARSET_UNKNOWN)
		entry.options = arena_cat(l->sink->arena, STR("charset="),
		    charset_name(charset_of_label(words[ENCODING])));
	list_sink_feed(l->sink, words[ADDRESS], entry);
}

/* --- recognising --- */

struct signs {
	size_t n_addresses, n_others; /* lines */
	bool kawat, newsboat, newsraft, snownews, sfeed, marks;
};

static bool
begins_with_address(struct str s)
{
	static const struct str schemes[] = {STR_INIT("http://"), STR_INIT("https://"),
	    STR_INIT("feed://"), STR_INIT("feed:http")};
	for (size_t i = 0; i < COUNT_OF(schemes); i++)
		if (str_starts_nocase(s, schemes[i]))
			return true;
	return false;
}

static void
look_behind_address(struct arena *a, struct signs *signs, struct str line)
{
	struct str url, token;
	bool quoted;
	if (!conf_token(a, &line, &url, &quoted))
		return;
	signs->snownews = signs->snownews || (!quoted && str_find_char(url, '|') != STR_NONE);
	for (size_t i = 0; conf_token(a, &line, &token, &quoted) && token.n; i++) {
		if (token.p[0] == '~' || token.p[0] == '!' || (quoted && i > 0))
			signs->newsboat = true;
		else if (quoted)
			continue;
		else if (token.p[0] == '[' || token.p[0] == '{' || token.p[0] == '<')
			signs->newsraft = true;
		else if (str_find_char(token, '=') != STR_NONE || str_eq(token, STR("paused")) ||
		         str_eq(token, STR("notify")) || str_eq(token, STR("hide")))
			signs->kawat = true;
		else
			signs->newsboat = true;
	}
}

static void
look_at_line(struct arena *a, struct signs *signs, struct str line)
{
	struct str name, bare = line.n && line.p[0] == '"' ? str_from(line, 1) : line;
	if (line.n == 0 || line.p[0] == '#') {
		signs->kawat = signs->kawat || str_eq(line, STR("# kawat feeds"));
		return;
	}
	signs->sfeed = signs->sfeed || str_starts(line, STR("feeds()")) ||
	               str_starts(line, STR("feeds ()")) || str_starts(line, STR("feed \"")) ||
	               str_starts(line, STR("feed '"));
	/* of marks the first line is an object, and so is every other */
	signs->marks = signs->marks ||
	               (line.p[0] == '{' && signs->n_addresses == 0 && signs->n_others == 0);
	if (line.p[0] == '@')
		signs->newsraft = true;
	else if (kawat_section(line, &name))
		signs->kawat = true;
	else if (str_starts(line, STR("search:")))
		signs->kawat = ++signs->n_addresses;
	else if (begins_with_address(bare) || not_a_feed(bare)) {
		signs->n_addresses++;
		signs->newsraft = signs->newsraft || str_starts(bare, STR("$("));
		signs->newsboat = signs->newsboat || str_starts(bare, STR("query:")) ||
		                  (bare.p != line.p && not_a_feed(bare));
		look_behind_address(a, signs, line);
	} else {
		signs->n_others++;
	}
}

/* What has no sign of another reader's is read as kawat's: an address and perhaps a name. */
static enum list_format
judge(const struct signs *s)
{
	if (s->sfeed)
		return LIST_SFEED;
	if (s->marks)
		return LIST_MARKS;
	if (s->n_addresses == 0 || s->n_others > s->n_addresses)
		return LIST_NO_FORMAT;
	if (s->newsraft)
		return LIST_NEWSRAFT;
	if (s->snownews)
		return LIST_SNOWNEWS;
	if (s->kawat)
		return LIST_KAWAT;
	return s->newsboat ? LIST_NEWSBOAT : LIST_KAWAT;
}

enum list_format
list_recognise(struct str beginning)
{
	struct arena *a = arena_new();
	struct signs signs = {0};
	struct str line, rest = beginning;
	bool text = memchr(beginning.p ? beginning.p : "", '\0', beginning.n) == NULL;
	while (text && rest.n && !signs.marks) {
		str_cut(rest, '\n', &line, &rest);
		look_at_line(a, &signs, str_trim(line));
		arena_reset(a);
	}
	arena_free(a);
	return judge(&signs);
}

void
list_line(struct list_lines *l, struct str line)
{
	l->number++;
	line = str_trim(line);
	if (line.n == 0 || line.p[0] == '#')
		return;
	switch (l->format) {
	case LIST_NO_FORMAT:
		return;
	case LIST_KAWAT:
		kawat_line(l, line);
		break;
	case LIST_NEWSBOAT:
		newsboat_line(l, line);
		break;
	case LIST_NEWSRAFT:
		newsraft_line(l, line);
		break;
	case LIST_SNOWNEWS:
		snownews_line(l, line);
		break;
	case LIST_SFEED:
		sfeed_line(l, line);
		break;
	case LIST_MARKS:
		list_mark_line(l->sink, l->number, line);
		break;
	}
	arena_reset(l->sink->arena);
}
