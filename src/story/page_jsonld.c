#include "story/page_jsonld.h"

#include <jansson.h>
#include <string.h>

#include "base/buf.h"
#include "text/clean.h"
#include "text/html_text.h"

enum {
	MAX_OBJECTS = 4000, /* looked at in one script */
	MAX_NAME_BYTES = 200,
};

struct reader {
	struct arena *arena;
	json_t **queue; /* objects and arrays still to look at, and looked at */
	size_t n;
	struct page_jsonld *out;
};

/* --- text --- */

static struct str
line_of(struct arena *a, const json_t *v)
{
	if (!json_is_string(v))
		return STR("");
	struct bytes raw = bytes_of(json_string_value(v), json_string_length(v));
	struct str line = arena_str(a, text_clean_line(a, raw));
	if (str_find_char(line, '&') != STR_NONE || str_find_char(line, '<') != STR_NONE)
		line = html_to_line(a, line);
	return line;
}

static struct str
text_of(struct arena *a, const json_t *v)
{
	if (!json_is_string(v))
		return STR("");
	return arena_str(a, text_clean(a, bytes_of(json_string_value(v), json_string_length(v))));
}

/* --- the graph --- */

static void
visit(struct reader *r, json_t *v)
{
	if (r->n < MAX_OBJECTS && (json_is_object(v) || json_is_array(v)))
		r->queue[r->n++] = v;
}

/* Everything below the root, level by level; the tree has no circles. */
static void
visit_all(struct reader *r, json_t *root)
{
	visit(r, root);
	for (size_t i = 0; i < r->n; i++) {
		json_t *v = r->queue[i], *child;
		const char *key;
		size_t index;
		if (json_is_array(v))
			json_array_foreach(v, index, child)
				visit(r, child);
		else
			json_object_foreach(v, key, child)
				visit(r, child);
	}
}

static bool
is_article_type(const char *type)
{
	struct str t = str_z(type);
	size_t slash = str_find_last_char(t, '/');

	if (slash != STR_NONE)
		t = str_from(t, slash + 1);
	return str_ends(t, STR("Article")) || str_eq(t, STR("BlogPosting")) ||
	    str_eq(t, STR("LiveBlogPosting")) || str_eq(t, STR("Report")) ||
	    str_eq(t, STR("SocialMediaPosting")) || str_eq(t, STR("Review")) ||
	    str_eq(t, STR("OpinionNewsArticle")) || str_eq(t, STR("Recipe"));
}

static bool
is_article(const json_t *v)
{
	const json_t *type = json_is_object(v) ? json_object_get(v, "@type") : NULL;

	if (json_is_string(type))
		return is_article_type(json_string_value(type));
	for (size_t i = 0; json_is_array(type) && i < json_array_size(type); i++) {
		const json_t *one = json_array_get(type, i);
		if (json_is_string(one) && is_article_type(json_string_value(one)))
			return true;
	}
	return false;
}

/* An object that only points ("@id") is answered with the one that it points to. */
static const json_t *
follow(const struct reader *r, const json_t *v)
{
	const json_t *id = json_is_object(v) ? json_object_get(v, "@id") : NULL;

	if (!json_is_string(id) || json_object_get(v, "name"))
		return v;
	for (size_t i = 0; i < r->n; i++) {
		const json_t *other = json_is_object(r->queue[i])
		    ? json_object_get(r->queue[i], "@id") : NULL;
		if (json_is_string(other) && json_object_get(r->queue[i], "name") &&
		    json_equal(other, id))
			return r->queue[i];
	}
	return v;
}

/* A string, or the name of an object. */
static struct str
name_of(const struct reader *r, const json_t *v)
{
	v = follow(r, v);
	if (json_is_object(v))
		v = json_object_get(v, "name");
	if (json_is_array(v))
		v = json_array_get(v, 0);
	struct str name = line_of(r->arena, v);
	return name.n <= MAX_NAME_BYTES ? name : STR("");
}

static void
add_author(struct reader *r, const json_t *v)
{
	struct page_jsonld *out = r->out;
	struct str name = name_of(r, v);

	if (name.n == 0 || out->n_authors == PAGE_MAX_AUTHORS)
		return;
	for (size_t i = 0; i < out->n_authors; i++)
		if (str_eq(out->authors[i], name))
			return;
	const json_t *type = json_is_object(v) ? json_object_get(follow(r, v), "@type") : NULL;
	out->organization[out->n_authors] =
	    json_is_string(type) && !str_eq(str_z(json_string_value(type)), STR("Person"));
	out->authors[out->n_authors++] = name;
}

static void
read_authors(struct reader *r, const json_t *article)
{
	const json_t *v = json_object_get(article, "author");

	if (r->out->n_authors > 0)
		return;
	if (!v)
		v = json_object_get(article, "creator");
	if (!json_is_array(v)) {
		/* { "name": ["A", "B"] } stands for two */
		const json_t *names = json_is_object(v) ? json_object_get(v, "name") : NULL;
		if (!json_is_array(names)) {
			add_author(r, v);
			return;
		}
		v = names;
	}
	for (size_t i = 0; i < json_array_size(v); i++) {
		const json_t *one = json_array_get(v, i), *inner;
		size_t k;
		if (!json_is_array(one))
			add_author(r, one);
		json_array_foreach(one, k, inner) /* lists of lists: people, then desks */
			add_author(r, inner);
	}
}

static void
set(struct str *field, struct str value)
{
	if (field->n == 0)
		*field = value;
}

/* isAccessibleForFree: a boolean, or its name as a string. */
static bool
is_locked(const json_t *article)
{
	const json_t *v = json_object_get(article, "isAccessibleForFree");

	return json_is_false(v) || (json_is_string(v) &&
	    str_eq_nocase(str_z(json_string_value(v)), STR("false")));
}

static void
read_article(struct reader *r, const json_t *article)
{
	struct page_jsonld *out = r->out;
	struct arena *a = r->arena;

	out->found = true;
	out->locked = is_locked(article);
	set(&out->headline, line_of(a, json_object_get(article, "headline")));
	set(&out->headline, line_of(a, json_object_get(article, "name")));
	set(&out->published, line_of(a, json_object_get(article, "datePublished")));
	set(&out->modified, line_of(a, json_object_get(article, "dateModified")));
	set(&out->published, line_of(a, json_object_get(article, "dateCreated")));
	set(&out->publisher, name_of(r, json_object_get(article, "publisher")));
	set(&out->section, name_of(r, json_object_get(article, "articleSection")));
	set(&out->language, name_of(r, json_object_get(article, "inLanguage")));
	set(&out->body, text_of(a, json_object_get(article, "articleBody")));
	read_authors(r, article);
}

/* Pages without an Article may date themselves as a WebPage. */
static void
read_page(struct reader *r, const json_t *page)
{
	const json_t *type = json_is_object(page) ? json_object_get(page, "@type") : NULL;

	if (!json_is_string(type) || !str_eq(str_z(json_string_value(type)), STR("WebPage")))
		return;
	set(&r->out->published, line_of(r->arena, json_object_get(page, "datePublished")));
	set(&r->out->modified, line_of(r->arena, json_object_get(page, "dateModified")));
	set(&r->out->language, name_of(r, json_object_get(page, "inLanguage")));
}

/* --- the script --- */

/*
 * What real pages get wrong: raw newlines and tabs inside strings, escapes that JSON does not
 * know, a comma behind the last member, a comment or CDATA around it all, a semicolon behind it,
 * all of it written as HTML ("&quot;").  What cannot be meant otherwise is put right, in one pass.
 */
struct mending {
	char *out;
	size_t n;
	bool in_string;
	size_t comma; /* where the last comma was put, if only space followed; or SIZE_MAX */
};

/* Behind a backslash: at least one byte is left. */
static void
mend_escape(struct mending *m, char c)
{
	static const char known[] = "\"\\/bfnrtu";

	if (c && strchr(known, c))
		m->out[m->n++] = '\\';
	m->out[m->n++] = (unsigned char)c < 0x20 ? ' ' : c;
}

static void
mend_sign(struct mending *m, char c)
{
	if (c == '"')
		m->in_string = !m->in_string;
	else if (!m->in_string && (c == '}' || c == ']') && m->comma != SIZE_MAX)
		m->out[m->comma] = ' ';
	bool space = (unsigned char)c <= ' ';
	if (!space)
		m->comma = SIZE_MAX;
	if (!m->in_string && c == ',')
		m->comma = m->n;
	m->out[m->n++] = (unsigned char)c < 0x20 ? ' ' : c;
}

static struct str
begin_of(struct str s)
{
	size_t from = 0;

	while (from < s.n && s.p[from] != '{' && s.p[from] != '[')
		from++;
	s = str_from(s, from);
	return str_starts(s, STR("[CDATA[")) ? begin_of(str_from(s, 7)) : s;
}

static struct str
mend(struct arena *a, struct str s)
{
	s = begin_of(s);
	size_t quote = str_find_char(s, '"');
	if (quote == STR_NONE && str_find(s, STR("&quot;")) != STR_NONE)
		s = html_to_line(a, s);
	struct mending m = {.out = arena_alloc(a, s.n + 1), .comma = SIZE_MAX};
	for (size_t i = 0; i < s.n; i++) {
		if (m.in_string && s.p[i] == '\\' && i + 1 < s.n)
			mend_escape(&m, s.p[++i]);
		else
			mend_sign(&m, s.p[i]);
	}
	return str_of(m.out, m.n);
}

void
page_jsonld_read(struct arena *a, struct str script, struct page_jsonld *out)
{
	json_error_t error;

	if (script.n > PAGE_MAX_JSONLD_BYTES)
		return;
	struct str s = mend(a, script);
	json_t *root = json_loadb(s.p, s.n,
	    JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, &error);
	if (!root)
		return;
	struct reader r = {.arena = a, .out = out,
	    .queue = ARENA_ARRAY(a, json_t *, MAX_OBJECTS)};
	visit_all(&r, root);
	for (size_t i = 0; i < r.n && !out->found; i++)
		if (is_article(r.queue[i]))
			read_article(&r, r.queue[i]);
	for (size_t i = 0; i < r.n; i++)
		read_page(&r, r.queue[i]);
	json_decref(root);
}
