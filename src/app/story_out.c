#include "app/story_out.h"

#include <string.h>
#include <time.h>

#include "base/loop.h"
#include "base/utf8.h"
#include "text/columns.h"
#include "text/date.h"
#include "view/when.h"

struct str
story_time(struct arena *a, int64_t at, int32_t offset_min)
{
	return at == STORY_NO_TIME || at == 0 ? STR("") : date_rfc3339(a, at, offset_min);
}

struct str
story_marks(struct arena *a, const struct story_row *r)
{
	return arena_fmt(a, "%c%c%c%c", r->unread ? 'N' : ' ',
	    r->gone ? 'x' : r->stored ? '*' : '.', r->starred ? '!' : ' ',
	    r->updated_since_read ? 'u' : ' ');
}

static const struct query_feed *
first_feed(const struct names *names, const struct story_row *r)
{
	for (int i = 0; i < r->n_feeds; i++) {
		const struct query_feed *f = names_of(names, r->feeds[i]);
		if (f)
			return f;
	}
	return NULL;
}

/* Who issued it; a feed without agency lends its name. */
static struct str
agency_shown(const struct names *names, const struct story_row *r)
{
	const struct query_feed *f = first_feed(names, r);
	return r->agency.n || !f ? r->agency : f->name;
}

static int64_t
time_shown(const struct story_row *r)
{
	return r->published == STORY_NO_TIME ? r->first_seen : r->published;
}

static int32_t
local_minutes(int64_t at)
{
	return local_offset_s(at) / 60;
}

void
story_json_members(struct json *j, struct app *app, const struct names *names,
    const struct story_row *r)
{
	/* its own: what is written may be every story there is */
	struct arena *a = arena_new();
	const struct query_feed *f = first_feed(names, r);
	(void)app;
	json_key_int(j, "id", r->id);
	json_key_line(j, "key", r->key);
	json_key_line(j, "url", r->url);
	json_key_line(j, "title", r->title);
	json_key_line(j, "agency", r->agency);
	json_key_line(j, "place", r->place);
	json_key_line(j, "byline", r->byline);
	json_key_line(j, "lang", r->lang);
	json_key_line(j, "published", story_time(a, r->published, r->published_offset));
	json_key_line(j, "updated", story_time(a, r->updated, r->published_offset));
	json_key_line(j, "first_seen", story_time(a, r->first_seen, local_minutes(r->first_seen)));
	json_key_bool(j, "unread", r->unread);
	json_key_bool(j, "starred", r->starred);
	json_key_bool(j, "stored", r->stored);
	json_key_bool(j, "gone", r->gone);
	json_key_bool(j, "updated_since_read", r->updated_since_read);
	json_key_int(j, "version", r->version);
	json_key(j, "feeds");
	json_array(j);
	for (int i = 0; i < r->n_feeds; i++) {
		const struct query_feed *in = names_of(names, r->feeds[i]);
		if (in)
			json_line(j, in->name);
	}
	json_array_end(j);
	json_key_line(j, "section", f ? f->section : STR(""));
	json_key_int(j, "related_count", r->related_count);
	json_key_int(j, "urgency", r->urgency);
	json_key_str(j, "rights", r->rights);
	arena_free(a);
}

/* --- text and tsv ------------------------------------------------------------------------------ */

static void
row_text(struct story_out *o, const struct story_row *r, struct str excerpt)
{
	struct output *out = &o->app->out;
	struct arena *a = o->app->arena;
	struct str when_text = when(a, LANGUAGE_EN, WHEN_COLUMN, time_shown(r), o->now);
	output_fmt(out, "%6lld %s %6s ", (long long)r->id, story_marks(a, r).p,
	    arena_z(a, when_text));
	output_field(out, columns_pad(a, agency_shown(o->names, r), 14, COLUMNS_LEFT));
	output_text(out, STR(" "));
	output_field(out, r->title.n ? r->title : r->url.n ? r->url : STR("(no headline)"));
	output_text(out, STR("\n"));
	if (excerpt.n) {
		output_text(out, STR("              "));
		output_field(out, excerpt);
		output_text(out, STR("\n"));
	}
}

static void
row_tsv(struct story_out *o, const struct story_row *r, struct str excerpt)
{
	struct output *out = &o->app->out;
	struct arena *a = o->app->arena;
	output_fmt(out, "%lld\t", (long long)r->id);
	output_text(out, str_trim(story_marks(a, r)));
	output_text(out, STR("\t"));
	output_text(out, story_time(a, time_shown(r), local_minutes(time_shown(r))));
	output_text(out, STR("\t"));
	output_field(out, agency_shown(o->names, r));
	output_text(out, STR("\t"));
	output_field(out, r->title);
	output_text(out, STR("\t"));
	output_field(out, r->url);
	if (o->app->cli.verb == VERB_search) {
		output_text(out, STR("\t"));
		output_field(out, excerpt);
	}
	output_text(out, STR("\n"));
}

/* --- templates --------------------------------------------------------------------------------- */

static struct str
formatted_time(struct arena *a, int64_t at, struct str format)
{
	char out[256];
	time_t t = (time_t)at;
	struct tm tm;
	if (at == STORY_NO_TIME || !localtime_r(&t, &tm))
		return STR("");
/* The format is the user's own, as for date(1); the result is bounded. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	size_t n = strftime(out, sizeof(out), format.n ? arena_z(a, format) : "%F %R", &tm);
#pragma GCC diagnostic pop
	return arena_str(a, str_of(out, n));
}

struct field {
	struct str name;
	size_t offset;
};

static struct str
text_field(const struct story_row *r, struct str name, bool *known)
{
	static const struct field fields[] = {
		{STR_INIT("key"), offsetof(struct story_row, key)},
		{STR_INIT("url"), offsetof(struct story_row, url)},
		{STR_INIT("title"), offsetof(struct story_row, title)},
		{STR_INIT("agency"), offsetof(struct story_row, agency)},
		{STR_INIT("place"), offsetof(struct story_row, place)},
		{STR_INIT("byline"), offsetof(struct story_row, byline)},
		{STR_INIT("lang"), offsetof(struct story_row, lang)},
		{STR_INIT("rights"), offsetof(struct story_row, rights)},
	};
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		if (str_eq(name, fields[i].name)) {
			*known = true;
			return *(const struct str *)(const void *)((const char *)r +
			    fields[i].offset);
		}
	}
	*known = false;
	return STR("");
}

/* %{name} or %{name:FORMAT} for times. */
static struct str
template_field(struct story_out *o, const struct story_row *r, struct str name, bool *known)
{
	struct arena *a = o->app->arena;
	struct str format;
	str_cut(name, ':', &name, &format);
	struct str text = text_field(r, name, known);
	if (*known)
		return text;
	*known = true;
	if (str_eq(name, STR("date")) || str_eq(name, STR("published")))
		return formatted_time(a, time_shown(r), format);
	if (str_eq(name, STR("updated")))
		return formatted_time(a, r->updated, format);
	if (str_eq(name, STR("first_seen")))
		return formatted_time(a, r->first_seen, format);
	if (str_eq(name, STR("id")))
		return arena_fmt(a, "%lld", (long long)r->id);
	if (str_eq(name, STR("marks")))
		return str_trim(story_marks(a, r));
	if (str_eq(name, STR("related_count")))
		return arena_fmt(a, "%lld", (long long)r->related_count);
	*known = false;
	return STR("");
}

static void
row_template(struct story_out *o, const struct story_row *r, struct str excerpt)
{
	struct output *out = &o->app->out;
	struct str t = o->template;
	for (size_t i = 0; i < t.n; i++) {
		struct str rest = str_from(t, i);
		size_t end = str_starts(rest, STR("%{")) ? str_find_char(rest, '}') : STR_NONE;
		bool known;
		if (end != STR_NONE) {
			struct str name = str_sub(rest, 2, end - 2);
			struct str value = template_field(o, r, name, &known);
			if (!known && str_eq(name, STR("excerpt")))
				value = excerpt;
			else if (!known)
				value = str_sub(rest, 0, end + 1);
			output_field(out, value);
			i += end;
		} else if (str_starts(rest, STR("\\n")) || str_starts(rest, STR("\\t"))) {
			output_text(out, rest.p[1] == 'n' ? STR("\n") : STR("\t"));
			i++;
		} else {
			size_t next = 0;
			utf8_next(rest, &next);
			output_text(out, str_sub(rest, 0, next));
			i += next - 1;
		}
	}
}

/* --- public ------------------------------------------------------------------------------------ */

bool
story_out_begin(struct story_out *o, struct app *app, const struct names *names, struct str word,
    bool header, struct err *e)
{
	unsigned allowed = 1u << FORMAT_TEXT | 1u << FORMAT_TSV | 1u << FORMAT_JSON |
	                   1u << FORMAT_NDJSON | 1u << FORMAT_TEMPLATE;
	*o = (struct story_out){.app = app, .names = names, .template = word,
	    .now = clock_now()};
	if (!format_parse(word, allowed, &o->format, e))
		return false;
	json_init(&o->json, output_json_sink, &app->out);
	if (o->format == FORMAT_JSON)
		json_array(&o->json);
	if (o->format == FORMAT_TSV && header)
		output_fmt(&app->out, "id\tmarks\ttime\tagency\ttitle\turl%s\n",
		    app->cli.verb == VERB_search ? "\texcerpt" : "");
	return true;
}

void
story_out_row(struct story_out *o, const struct story_row *r, struct str excerpt)
{
	switch (o->format) {
	case FORMAT_TSV:
		row_tsv(o, r, excerpt);
		return;
	case FORMAT_TEMPLATE:
		row_template(o, r, excerpt);
		return;
	case FORMAT_JSON:
	case FORMAT_NDJSON:
		json_object(&o->json);
		story_json_members(&o->json, o->app, o->names, r);
		if (o->app->cli.verb == VERB_search)
			json_key_line(&o->json, "excerpt", excerpt);
		json_object_end(&o->json);
		if (o->format == FORMAT_NDJSON)
			json_newline(&o->json);
		return;
	case FORMAT_TEXT:
	case FORMAT_MARKDOWN:
	case FORMAT_HTML:
	case FORMAT_TREE:
	case FORMAT_TIMELINE:
	case FORMAT_DOT:
	case FORMAT_MBOX:
	case FORMAT_ATOM:
		row_text(o, r, excerpt);
	}
}

void
story_out_flush(struct story_out *o)
{
	json_flush(&o->json);
	output_flush(&o->app->out);
}

void
story_out_end(struct story_out *o)
{
	if (o->format == FORMAT_JSON) {
		json_array_end(&o->json);
		json_newline(&o->json);
	}
	json_clear(&o->json);
}
