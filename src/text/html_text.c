#include "text/html_text.h"

#include "base/buf.h"
#include "text/clean.h"
#include "text/entity.h"

/* HTML's white space; a form feed among it, which cleaning would drop without a trace. */
static void
add_spaced(struct buf *line, struct str text)
{
	buf_reserve(line, text.n);
	char *to = line->p + line->n;
	for (size_t i = 0; i < text.n; i++)
		to[i] = ascii_space((unsigned char)text.p[i]) ? ' ' : text.p[i];
	line->n += text.n;
}

static struct str
finish(struct arena *a, struct buf *line)
{
	struct bytes copy = bytes_of_str(arena_str(a, buf_str(line)));
	buf_clear(line);
	return text_clean_line(a, copy);
}

static bool
parts_words(enum html_tag tag)
{
	return tag == HTML_TAG_BR || html_tag_traits(tag) & HTML_BLOCK;
}

/*
 * No tree is needed for a line.  In a title a lone <template> is more likely a word than
 * markup, so only what the tokenizer itself reads as raw is left out.
 */
static void
add_token(struct html_tokenizer *t, const struct html_token *token, bool *skip,
    struct buf *line)
{
	if (token->kind == HTML_TOKEN_TEXT && !*skip)
		add_spaced(line, token->text);
	*skip = false;
	if (token->kind == HTML_TOKEN_START) {
		t->model = html_model_of(token->tag);
		*skip = t->model == HTML_SCRIPT || t->model == HTML_RAWTEXT;
	}
	if (parts_words(token->tag))
		buf_char(line, ' ');
}

struct str
html_to_line(struct arena *a, struct str markup)
{
	struct html_tokenizer t;
	struct html_token token;
	struct buf line = {0};
	bool skip = false;
	if (str_find_char(markup, '<') == STR_NONE) {
		add_spaced(&line, html_unescape(a, markup));
		return finish(a, &line);
	}
	html_tokenizer_init(&t, a, markup);
	while (html_next(&t, &token))
		add_token(&t, &token, &skip, &line);
	return finish(a, &line);
}

bool
html_is_hidden(const struct html_node *node)
{
	if (node->kind != HTML_ELEMENT)
		return false;
	if (html_tag_traits(node->tag) & HTML_RAW || html_has_attr(node, "hidden"))
		return true;
	if (node->tag == HTML_TAG_DIALOG && !html_has_attr(node, "open"))
		return true;
	if (node->tag == HTML_TAG_UNKNOWN && str_eq(node->name, STR("annotation")))
		return true; /* the source of a MathML formula, beside the formula */
	struct str style = html_attr(node, "style");
	size_t at = str_find_nocase(style, STR("display"));
	if (at == STR_NONE)
		return false;
	struct str value = str_trim(str_from(style, at + 7));
	return str_starts(value, STR(":")) &&
	    str_starts_nocase(str_trim(str_from(value, 1)), STR("none"));
}

struct str
html_node_line(struct arena *a, const struct html_node *root)
{
	struct buf line = {0};
	const struct html_node *node = root;
	while (node) {
		bool hidden = node != root && html_is_hidden(node);
		if (node->kind == HTML_ELEMENT && parts_words(node->tag))
			buf_char(&line, ' ');
		if (node->kind == HTML_TEXT)
			add_spaced(&line, node->text);
		/* Where a block ends a space is due too: before what follows it. */
		const struct html_node *next =
		    hidden ? html_next_after(node, root) : html_next_node(node, root);
		for (const struct html_node *up = node; next && up != next->parent;
		     up = up->parent)
			if (up->kind == HTML_ELEMENT && parts_words(up->tag))
				buf_char(&line, ' ');
		node = next;
	}
	return finish(a, &line);
}

/* Is there a reference in it, "&name;" or "&#number;"? */
static bool
has_reference(struct str s)
{
	for (size_t at; (at = str_find_char(s, '&')) != STR_NONE;
	     s = str_from(s, at + 1)) {
		struct str rest = str_from(s, at);
		struct entity e = entity_read(rest, ENTITY_IN_TEXT);
		if (e.taken && rest.p[e.taken - 1] == ';')
			return true;
	}
	return false;
}

/* Does a comment or a tag of HTML begin with this '<'? */
static bool
begins_tag(struct str s)
{
	if (str_starts(s, STR("<!--")))
		return true;
	struct str name = str_from(s, str_starts(s, STR("</")) ? 2 : 1);
	char lower[16];
	size_t n = 0;
	while (n < sizeof(lower) && n < name.n && ascii_alnum((unsigned char)name.p[n])) {
		lower[n] = ascii_lower(name.p[n]);
		n++;
	}
	if (n == name.n || !(ascii_space((unsigned char)name.p[n]) || name.p[n] == '>' ||
	    name.p[n] == '/'))
		return false;
	return html_tag_of(str_of(lower, n)) != HTML_TAG_UNKNOWN;
}

static bool
has_tag(struct str s)
{
	/* Behind the last '>' no tag can end. */
	size_t last = str_find_last_char(s, '>');
	s = str_sub(s, 0, last == STR_NONE ? 0 : last + 1);
	for (size_t at; (at = str_find_char(s, '<')) != STR_NONE; s = str_from(s, at + 1))
		if (begins_tag(str_from(s, at)))
			return true;
	return false;
}

bool
html_has_markup(struct str s)
{
	return has_tag(s) || has_reference(s);
}
