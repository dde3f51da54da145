#include "text/html_foreign.h"

#include <stdlib.h>

#include "text/html_insert.h"
#include "text/html_stack.h"

/* --- names ------------------------------------------------------------------------ */

struct name {
	struct str lower, real;
};

static const struct name elements[] = {
#define SVG_ELEMENT(lower, real) {STR_INIT(lower), STR_INIT(real)},
#include "text/html_foreign.def"
#undef SVG_ELEMENT
};

static const struct name attributes[] = {
#define SVG_ATTRIBUTE(lower, real) {STR_INIT(lower), STR_INIT(real)},
#include "text/html_foreign.def"
#undef SVG_ATTRIBUTE
};

static int
by_lower(const void *key, const void *row)
{
	return str_cmp(*(const struct str *)key, ((const struct name *)row)->lower);
}

static struct str
real_name(struct str lower, const struct name *rows, size_t n)
{
	const struct name *row = bsearch(&lower, rows, n, sizeof(*rows), by_lower);
	return row ? row->real : lower;
}

struct str
html_svg_name(struct str lower)
{
	return lower.n < 6 ? lower : real_name(lower, elements, COUNT_OF(elements));
}

static struct str
attribute_name(struct str lower, enum html_space space)
{
	if (space == HTML_SVG && lower.n >= 4)
		return real_name(lower, attributes, COUNT_OF(attributes));
	if (space == HTML_MATHML && str_eq(lower, STR("definitionurl")))
		return STR("definitionURL");
	return lower;
}

void
html_foreign_attributes(struct html_node *node)
{
	for (size_t i = 0; i < node->n_attributes; i++) {
		struct str *name = &node->attributes[i].name;
		*name = attribute_name(*name, (enum html_space)node->space);
	}
}

/* --- integration points ----------------------------------------------------------- */

enum {
	HOLDS_HTML = HTML_SPECIAL | HTML_SCOPE | HTML_HTML_POINT,
	HOLDS_WORDS = HTML_SPECIAL | HTML_SCOPE | HTML_TEXT_POINT
};

static const struct {
	enum html_space space;
	struct str name;
	uint32_t traits;
} points[] = {
	{HTML_SVG, STR_INIT("foreignObject"), HOLDS_HTML},
	{HTML_SVG, STR_INIT("desc"), HOLDS_HTML},
	{HTML_SVG, STR_INIT("title"), HOLDS_HTML},
	{HTML_MATHML, STR_INIT("mi"), HOLDS_WORDS},
	{HTML_MATHML, STR_INIT("mo"), HOLDS_WORDS},
	{HTML_MATHML, STR_INIT("mn"), HOLDS_WORDS},
	{HTML_MATHML, STR_INIT("ms"), HOLDS_WORDS},
	{HTML_MATHML, STR_INIT("mtext"), HOLDS_WORDS},
	{HTML_MATHML, STR_INIT("annotation-xml"), HTML_SPECIAL | HTML_SCOPE | HTML_ANNOTATION},
};

uint32_t
html_foreign_traits(const struct html_node *node)
{
	uint32_t traits = 0;
	for (size_t i = 0; i < COUNT_OF(points) && !traits; i++)
		if (points[i].space == node->space && str_eq(points[i].name, node->name))
			traits = points[i].traits;
	struct str encoding =
	    traits & HTML_ANNOTATION ? html_attr(node, "encoding") : STR("");
	if (str_eq_nocase(encoding, STR("text/html")) ||
	    str_eq_nocase(encoding, STR("application/xhtml+xml")))
		traits |= HTML_HTML_POINT;
	return traits;
}

static bool
is_tag_in_words(const struct html_token *token)
{
	return token->kind == HTML_TOKEN_START && !str_eq(token->name, STR("mglyph")) &&
	    !str_eq(token->name, STR("malignmark"));
}

bool
html_is_foreign(const struct html_build *b, const struct html_token *token)
{
	const struct html_node *top = html_adjusted_top(b);
	if (!top || top->space == HTML_HTML || token->kind == HTML_TOKEN_END)
		return false;
	uint32_t traits = html_adjusted_traits(b);
	bool text = token->kind == HTML_TOKEN_TEXT;
	if (traits & HTML_TEXT_POINT && (text || is_tag_in_words(token)))
		return false;
	if (traits & HTML_ANNOTATION && token->kind == HTML_TOKEN_START &&
	    token->tag == HTML_TAG_SVG)
		return false;
	return !(traits & HTML_HTML_POINT && (text || token->kind == HTML_TOKEN_START));
}

/* --- the rules -------------------------------------------------------------------- */

static bool
has_font_attribute(const struct html_token *token)
{
	static const struct str names[] = {
	    STR_INIT("color"), STR_INIT("face"), STR_INIT("size")};
	for (size_t i = 0; i < token->n_attributes; i++)
		if (str_in(token->attributes[i].name, names, COUNT_OF(names)))
			return true;
	return false;
}

static bool
breaks_out(const struct html_token *token)
{
	if (token->kind == HTML_TOKEN_CLOSE)
		return token->tag == HTML_TAG_BR || token->tag == HTML_TAG_P;
	if (token->tag == HTML_TAG_FONT)
		return has_font_attribute(token);
	return html_tag_traits(token->tag) & HTML_BREAKS;
}

static void
break_out(struct html_build *b)
{
	while (html_top(b)->node->space != HTML_HTML &&
	    !(html_top(b)->traits & (HTML_TEXT_POINT | HTML_HTML_POINT)))
		html_pop(b);
}

static enum html_step
foreign_start(struct html_build *b, const struct html_token *token)
{
	enum html_space space = (enum html_space)html_adjusted_top(b)->space;
	if (token->self_closing)
		html_put_element(b, token, space);
	else
		html_open_foreign(b, token, space);
	return HTML_DONE;
}

/* "Any other end tag": the nearest element of that name, if HTML does not come before. */
static enum html_step
foreign_end(struct html_build *b, const struct html_token *token)
{
	if (html_uncrowd(b, token))
		return HTML_DONE;
	bool may_be_open = b->n_open_of[html_name_count(HTML_TAG_UNKNOWN, token->name)] > 0;
	for (size_t at = b->n; --at > 0;) {
		const struct html_node *node = b->stack[at].node;
		if (node->space == HTML_HTML)
			return HTML_AGAIN;
		if (may_be_open && str_eq_nocase(node->name, token->name)) {
			html_pop_to(b, at);
			return HTML_DONE;
		}
	}
	return HTML_DONE;
}

/* NUL becomes U+FFFD here; elsewhere it is dropped. */
static struct str
without_nul(struct html_build *b, struct str text)
{
	struct html_gather gather;
	const unsigned char *p = (const unsigned char *)text.p;
	html_gather_init(&gather, b->arena);
	return html_cook(&gather, p, p + text.n, COOK_NUL);
}

static enum html_step
foreign_text(struct html_build *b, const struct html_token *token)
{
	if (html_says_words(token->text))
		b->frameset_ok = false;
	html_put_text(b, without_nul(b, token->text));
	return HTML_DONE;
}

enum html_step
html_foreign_step(struct html_build *b, struct html_token *token)
{
	if (token->kind == HTML_TOKEN_TEXT)
		return foreign_text(b, token);
	if (breaks_out(token)) {
		break_out(b);
		return HTML_AGAIN;
	}
	if (token->kind == HTML_TOKEN_START)
		return foreign_start(b, token);
	return foreign_end(b, token);
}
