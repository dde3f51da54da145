/*
 * The standard's state machine, written as code that looks ahead: the input is all there,
 * so a stretch is found first (where does this text, name, value, comment end?) and then
 * "cooked" (html_cook.h).  The names of the standard's states stand where they are done.
 */
#include "text/html_token.h"

#include <string.h>

#include "base/utf8.h"

typedef const unsigned char *cursor;

static cursor
find(cursor p, cursor end, char c)
{
	cursor found = p < end ? memchr(p, c, (size_t)(end - p)) : NULL;
	return found ? found : end;
}

static cursor
skip_space(cursor p, cursor end)
{
	while (p < end && html_byte_class[*p] & HTML_SPACE)
		p++;
	return p;
}

static bool
looks_at(cursor p, cursor end, struct str word)
{
	return str_starts(str_of((const char *)p, (size_t)(end - p)), word);
}

static bool
looks_at_nocase(cursor p, cursor end, struct str word)
{
	return str_starts_nocase(str_of((const char *)p, (size_t)(end - p)), word);
}

static struct str
cooked_name(struct html_tokenizer *t, cursor p, cursor end)
{
	if (end - p > HTML_MAX_NAME_BYTES) {
		struct str whole = str_of((const char *)p, (size_t)(end - p));
		end = p + utf8_cut(whole, HTML_MAX_NAME_BYTES).n;
	}
	return html_cook(&t->gather, p, end, COOK_UPPER | COOK_NUL);
}

/* --- text: where does it end? ----------------------------------------------------- */

/*
 * "Tag open", "end tag open": '<' is text unless it begins a tag, a comment or a
 * declaration.
 */
static bool
opens_markup(cursor p, cursor end)
{
	if (p + 1 == end)
		return false;
	if (p[1] == '/')
		return p + 2 < end;
	return ascii_alpha(p[1]) || p[1] == '!' || p[1] == '?';
}

static cursor
data_end(cursor p, cursor end)
{
	while ((p = find(p, end, '<')) < end && !opens_markup(p, end))
		p++;
	return p;
}

/* Is a tag of this name here, p being behind '<' or "</"? */
static bool
names_tag(cursor p, cursor end, struct str name)
{
	return name.n > 0 && (size_t)(end - p) > name.n &&
	       looks_at_nocase(p, end, name) &&
	       html_byte_class[p[name.n]] & HTML_ENDS_NAME;
}

/* "Appropriate end tag token". */
static bool
ends_element(const struct html_tokenizer *t, cursor p)
{
	return t->end - p > 2 && p[1] == '/' && names_tag(p + 2, t->end, t->last_start);
}

static cursor
raw_end(const struct html_tokenizer *t)
{
	cursor p = t->p;
	while ((p = find(p, t->end, '<')) < t->end && !ends_element(t, p))
		p++;
	return p;
}

enum script { SCRIPT_PLAIN, SCRIPT_ESCAPED, SCRIPT_DOUBLE };

/*
 * "Script data escaped" and "double escaped": inside <!-- --> a <script> within the
 * script hides its own end tag.  At '<': the state that follows.
 */
static enum script
script_less_than(enum script state, cursor p, cursor end)
{
	if (state == SCRIPT_PLAIN && looks_at(p, end, STR("<!--")))
		return SCRIPT_ESCAPED;
	if (state == SCRIPT_ESCAPED && names_tag(p + 1, end, STR("script")))
		return SCRIPT_DOUBLE;
	if (state == SCRIPT_DOUBLE && end - p > 2 && p[1] == '/' &&
	    names_tag(p + 2, end, STR("script")))
		return SCRIPT_ESCAPED;
	return state;
}

static cursor
script_end(const struct html_tokenizer *t)
{
	enum script state = SCRIPT_PLAIN;
	size_t dashes = 0;
	for (cursor p = t->p; p < t->end; p++) {
		if (state == SCRIPT_PLAIN && (p = find(p, t->end, '<')) == t->end)
			break;
		if (*p == '<' && state != SCRIPT_DOUBLE && ends_element(t, p))
			return p;
		if (*p == '<') {
			enum script next = script_less_than(state, p, t->end);
			if (state == SCRIPT_PLAIN && next == SCRIPT_ESCAPED)
				p++; /* past "<!": the two dashes count as the end's */
			state = next;
		} else if (*p == '>' && dashes >= 2) {
			state = SCRIPT_PLAIN;
		}
		dashes = *p == '-' ? dashes + 1 : 0;
	}
	return t->end;
}

static cursor
cdata_end(const struct html_tokenizer *t)
{
	cursor p = t->p;
	while ((p = find(p, t->end, ']')) < t->end && !looks_at(p, t->end, STR("]]>")))
		p++;
	return p;
}

/* One stretch of text in the present model, up to what may be markup. */
static void
text_stretch(struct html_tokenizer *t)
{
	cursor stop = t->end;
	unsigned how = COOK_RETURN | COOK_NUL;
	switch (t->model) {
	case HTML_DATA:
		stop = data_end(t->p, t->end);
		how = COOK_RETURN | COOK_REFERENCE;
		break;
	case HTML_RCDATA:
		stop = raw_end(t);
		how |= COOK_REFERENCE;
		break;
	case HTML_RAWTEXT:
		stop = raw_end(t);
		break;
	case HTML_SCRIPT:
		stop = script_end(t);
		break;
	case HTML_CDATA:
		stop = cdata_end(t);
		how = COOK_RETURN;
		break;
	case HTML_PLAINTEXT:
		break;
	}
	html_gather_add(&t->gather, t->p, stop, how);
	t->p = stop;
}

/* Text goes on over "</>", which is nothing, and over the edges of a CDATA section. */
static bool
text_goes_on(struct html_tokenizer *t)
{
	if (t->p == t->end)
		return false;
	if (t->model == HTML_CDATA) {
		t->p += 3;
		t->model = HTML_DATA;
		return true;
	}
	if (t->model != HTML_DATA)
		return false;
	if (looks_at(t->p, t->end, STR("</>"))) {
		t->p += 3;
		return true;
	}
	if (t->foreign && looks_at(t->p, t->end, STR("<![CDATA["))) {
		t->p += 9;
		t->model = HTML_CDATA;
		return true;
	}
	return false;
}

static bool
read_text(struct html_tokenizer *t, struct html_token *token)
{
	html_gather_begin(&t->gather, t->p);
	do
		text_stretch(t);
	while (text_goes_on(t));
	token->text = html_gather_end(&t->gather);
	token->kind = HTML_TOKEN_TEXT;
	return token->text.n > 0;
}

/* --- tags ------------------------------------------------------------------------- */

static bool
has_attribute(const struct html_tokenizer *t, struct str name)
{
	for (size_t i = 0; i < t->attributes.n; i++)
		if (str_eq(t->attributes.v[i].name, name))
			return true;
	return false;
}

/* "Before attribute value" and what follows it; t->p is behind '='. */
static struct str
read_value(struct html_tokenizer *t)
{
	cursor p = t->p = skip_space(t->p, t->end);
	cursor stop = p;
	if (p == t->end || *p == '>')
		return STR("");
	if (*p == '"' || *p == '\'') {
		stop = find(p + 1, t->end, (char)*p);
		p++;
		t->p = stop < t->end ? stop + 1 : stop;
	} else {
		while (stop < t->end && !(html_byte_class[*stop] & HTML_SPACE) &&
		       *stop != '>')
			stop++;
		t->p = stop;
	}
	if (stop - p > HTML_MAX_VALUE_BYTES)
		return STR("");
	return html_cook(&t->gather, p, stop,
	    COOK_REFERENCE | COOK_ATTRIBUTE | COOK_RETURN | COOK_NUL);
}

/* "Attribute name" and "after attribute name"; a name may begin with '='. */
static void
read_attribute(struct html_tokenizer *t, enum html_token_kind kind)
{
	cursor from = t->p++;
	while (
	    t->p < t->end && !(html_byte_class[*t->p] & HTML_ENDS_NAME) && *t->p != '=')
		t->p++;
	cursor stop = t->p;
	struct str value = STR("");
	t->p = skip_space(t->p, t->end);
	if (t->p < t->end && *t->p == '=') {
		t->p++;
		value = read_value(t);
	}
	if (kind != HTML_TOKEN_START || t->attributes.n == HTML_MAX_ATTRIBUTES)
		return;
	struct str name = cooked_name(t, from, stop);
	if (!has_attribute(t, name))
		ARENA_PUSH(
		    t->arena, &t->attributes, ((struct html_attribute){name, value}));
}

/*
 * "Before attribute name", "self-closing start tag".  False: the input ends inside the
 * tag.
 */
static bool
read_attributes(struct html_tokenizer *t, struct html_token *token)
{
	while ((t->p = skip_space(t->p, t->end)) < t->end) {
		if (*t->p == '>') {
			t->p++;
			return true;
		}
		if (*t->p != '/') {
			read_attribute(t, token->kind);
			continue;
		}
		t->p++;
		if (t->p < t->end && *t->p == '>')
			token->self_closing = true;
	}
	return false;
}

static void
take_attributes(struct html_tokenizer *t, struct html_token *token)
{
	size_t n = t->attributes.n;
	if (n == 0)
		return;
	token->attributes = ARENA_ARRAY(t->arena, struct html_attribute, n);
	memcpy(token->attributes, t->attributes.v, n * sizeof(*token->attributes));
	token->n_attributes = n;
}

static bool
read_tag(struct html_tokenizer *t, struct html_token *token)
{
	token->kind = t->p[1] == '/' ? HTML_TOKEN_CLOSE : HTML_TOKEN_START;
	cursor from = t->p + (token->kind == HTML_TOKEN_CLOSE ? 2 : 1);
	for (t->p = from; t->p < t->end && !(html_byte_class[*t->p] & HTML_ENDS_NAME);)
		t->p++;
	token->name = cooked_name(t, from, t->p);
	t->attributes.n = 0;
	t->model = HTML_DATA; /* a tag in another model is the one that ended it */
	if (!read_attributes(t, token))
		return false;
	take_attributes(t, token);
	token->tag = html_tag_of(token->name);
	if (token->kind == HTML_TOKEN_START)
		t->last_start = token->name;
	return true;
}

/* --- comments and declarations ---------------------------------------------------- */

static void
set_comment(struct html_tokenizer *t, struct html_token *token, cursor from, cursor stop)
{
	token->kind = HTML_TOKEN_COMMENT;
	token->text = html_cook(&t->gather, from, stop, COOK_RETURN | COOK_NUL);
}

/* "Bogus comment": up to the next '>'. */
static void
read_bogus_comment(struct html_tokenizer *t, struct html_token *token, cursor from)
{
	cursor stop = find(from, t->end, '>');
	set_comment(t, token, from, stop);
	t->p = stop < t->end ? stop + 1 : stop;
}

/* The length of the "-->" or "--!>" at p, 0 when there is none. */
static size_t
comment_mark(cursor p, cursor end)
{
	if (looks_at(p, end, STR("-->")))
		return 3;
	return looks_at(p, end, STR("--!>")) ? 4 : 0;
}

/* At the end of the input a mark that is not whole is no part of the comment. */
static cursor
without_half_mark(cursor from, cursor end)
{
	struct str text = str_of((const char *)from, (size_t)(end - from));
	static const struct str halves[] = {
	    STR_INIT("--!"), STR_INIT("--"), STR_INIT("-")};
	for (size_t i = 0; i < COUNT_OF(halves); i++)
		if (str_ends(text, halves[i]))
			return end - halves[i].n;
	return end;
}

/* "Comment start" and all that follows it; `from` is behind "<!--". */
static void
read_comment(struct html_tokenizer *t, struct html_token *token, cursor from)
{
	size_t mark = looks_at(from, t->end, STR(">"))    ? 1
		      : looks_at(from, t->end, STR("->")) ? 2
							  : 0;
	cursor stop = from;
	while (!mark && (stop = find(stop, t->end, '-')) < t->end) {
		mark = comment_mark(stop, t->end);
		stop += !mark;
	}
	t->p = stop + mark;
	set_comment(t, token, from, mark ? stop : without_half_mark(from, stop));
}

/*
 * "DOCTYPE public identifier" and "system identifier", quoted.  False: it is not closed.
 */
static bool
read_identifier(struct html_tokenizer *t, struct str *id)
{
	cursor from = t->p + 1;
	cursor stop = from;
	while (stop < t->end && *stop != *t->p && *stop != '>')
		stop++;
	bool closed = stop < t->end && *stop == *t->p;
	*id = html_cook(&t->gather, from, stop, COOK_RETURN | COOK_NUL);
	t->p = closed ? stop + 1 : stop;
	return closed;
}

static bool
at_quote(const struct html_tokenizer *t)
{
	return t->p < t->end && (*t->p == '"' || *t->p == '\'');
}

/* Behind the name: PUBLIC and SYSTEM with their identifiers.  False: force quirks. */
static bool
read_identifiers(struct html_tokenizer *t, struct html_token *token)
{
	bool is_public = looks_at_nocase(t->p, t->end, STR("public"));
	if (!is_public && !looks_at_nocase(t->p, t->end, STR("system")))
		return false;
	t->p = skip_space(t->p + 6, t->end);
	if (!at_quote(t))
		return false;
	if (!is_public)
		return read_identifier(t, &token->system_id);
	if (!read_identifier(t, &token->public_id))
		return false;
	t->p = skip_space(t->p, t->end);
	if (at_quote(t))
		return read_identifier(t, &token->system_id);
	return t->p < t->end && *t->p == '>';
}

/* "DOCTYPE"; `from` is behind the word. */
static void
read_doctype(struct html_tokenizer *t, struct html_token *token, cursor from)
{
	token->kind = HTML_TOKEN_DOCTYPE;
	t->p = from = skip_space(from, t->end);
	while (t->p < t->end && !(html_byte_class[*t->p] & HTML_SPACE) && *t->p != '>')
		t->p++;
	if (t->p > from)
		token->name = cooked_name(t, from, t->p);
	else
		token->force_quirks = true;
	t->p = skip_space(t->p, t->end);
	if (t->p < t->end && *t->p != '>' && !read_identifiers(t, token))
		token->force_quirks = true;
	t->p = skip_space(t->p, t->end);
	if (t->p == t->end)
		token->force_quirks = true;
	t->p = find(t->p, t->end, '>'); /* "bogus DOCTYPE" */
	if (t->p < t->end)
		t->p++;
}

/* "Markup declaration open": t->p is at "<!". */
static void
read_declaration(struct html_tokenizer *t, struct html_token *token)
{
	cursor p = t->p + 2;
	if (looks_at(p, t->end, STR("--")))
		read_comment(t, token, p + 2);
	else if (looks_at_nocase(p, t->end, STR("doctype")))
		read_doctype(t, token, p + 7);
	else
		read_bogus_comment(t, token, p);
}

/* What begins with '<' and is no text.  False: the input ended inside a tag. */
static bool
read_markup(struct html_tokenizer *t, struct html_token *token)
{
	if (t->p[1] == '!')
		read_declaration(t, token);
	else if (t->p[1] == '?')
		read_bogus_comment(t, token, t->p + 1);
	else if (t->p[1] == '/' && !ascii_alpha(t->p[2]))
		read_bogus_comment(t, token, t->p + 2);
	else
		return read_tag(t, token);
	return true;
}

/* --- public ----------------------------------------------------------------------- */

void
html_tokenizer_init(struct html_tokenizer *t, struct arena *a, struct str html)
{
	*t = (struct html_tokenizer){.arena = a, .p = (cursor)(html.p ? html.p : "")};
	t->end = t->p + html.n;
	html_gather_init(&t->gather, a);
}

enum html_model
html_model_of(enum html_tag tag)
{
	switch ((int)tag) {
	case HTML_TAG_TEXTAREA:
	case HTML_TAG_TITLE:
		return HTML_RCDATA;
	case HTML_TAG_STYLE:
	case HTML_TAG_XMP:
	case HTML_TAG_IFRAME:
	case HTML_TAG_NOEMBED:
	case HTML_TAG_NOFRAMES:
		return HTML_RAWTEXT;
	case HTML_TAG_SCRIPT:
		return HTML_SCRIPT;
	case HTML_TAG_PLAINTEXT:
		return HTML_PLAINTEXT;
	}
	return HTML_DATA;
}

/* Does a tag stand here, where text of the usual kind might?  Two of three tokens are tags. */
static bool
at_tag(const struct html_tokenizer *t)
{
	return t->model == HTML_DATA && t->end - t->p > 2 && *t->p == '<' &&
	    (ascii_alpha(t->p[1]) || (t->p[1] == '/' && ascii_alpha(t->p[2])));
}

bool
html_next(struct html_tokenizer *t, struct html_token *token)
{
	*token = (struct html_token){0};
	if (!at_tag(t) && read_text(t, token))
		return true;
	if (t->p < t->end && read_markup(t, token))
		return true;
	*token = (struct html_token){.kind = HTML_TOKEN_END};
	return false;
}

struct str
html_unescape(struct arena *a, struct str text)
{
	struct html_gather gather;
	cursor p = (cursor)(text.p ? text.p : "");
	html_gather_init(&gather, a);
	return html_cook(&gather, p, p + text.n, COOK_REFERENCE);
}
