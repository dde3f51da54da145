/*
 * The tree is built from the tokens with a stack of open elements, as the standard does,
 * but by fewer rules: optional end tags, what may stand in a table, the scopes in which
 * an end tag finds its element.  Formatting that is closed across a block is not copied
 * into it (the "adoption agency"): the element is marked as ended and leaves the stack
 * when the block does.
 *
 * Linear on anything: each stack entry knows the entry below it with the same tag, and
 * for each kind of scope the nearest entry that ends the search, so a search is two
 * look-ups and never a walk.  What is pushed is popped once.
 */
#include "text/html_tree.h"

enum barrier { IN_SCOPE, IN_LIST, IN_BUTTON, IN_TABLE, IN_ITEM, IN_SPECIAL, BARRIERS };

enum {
	STACK_ROOM = HTML_MAX_DEPTH + 1, /* script and style pass the limit */
	MAX_UNKNOWN_STEPS = 32, /* how far the end tag of an unknown element looks */
};

struct open {
	struct html_node *node;
	uint16_t same; /* the entry below with the same tag, 0: none */
	uint16_t barrier[BARRIERS]; /* the nearest entry that ends a search */
	bool foreign; /* what is in it is SVG or MathML */
	bool ended; /* its end tag was seen while a block in it was open */
};

struct tree {
	struct arena *arena;
	struct html_tokenizer tokenizer;
	struct html_node *document, *html, *head, *body; /* NULL in a fragment */
	bool before_body;
	bool skip_newline; /* the first newline in <pre> is none */
	size_t n_nodes;
	size_t unpushed; /* start tags beyond the depth limit, whose end tags will come */
	size_t n; /* entries; the first is the document */
	uint16_t top_of[HTML_TAGS]; /* the highest entry of a tag, 0: none */
	struct open stack[STACK_ROOM];
};

/*
 * Start tags that end an open element: its end tag is optional, or it cannot hold itself.
 */
static const struct {
	enum html_tag starts, ends;
	enum barrier within;
} implied_ends[] = {
	{HTML_TAG_LI, HTML_TAG_LI, IN_ITEM},
	{HTML_TAG_DD, HTML_TAG_DD, IN_ITEM},
	{HTML_TAG_DD, HTML_TAG_DT, IN_ITEM},
	{HTML_TAG_DT, HTML_TAG_DD, IN_ITEM},
	{HTML_TAG_DT, HTML_TAG_DT, IN_ITEM},
	{HTML_TAG_OPTION, HTML_TAG_OPTION, IN_SPECIAL},
	{HTML_TAG_OPTGROUP, HTML_TAG_OPTION, IN_SPECIAL},
	{HTML_TAG_OPTGROUP, HTML_TAG_OPTGROUP, IN_SPECIAL},
	{HTML_TAG_BUTTON, HTML_TAG_BUTTON, IN_SCOPE},
	{HTML_TAG_RB, HTML_TAG_RB, IN_SPECIAL},
	{HTML_TAG_RB, HTML_TAG_RT, IN_SPECIAL},
	{HTML_TAG_RT, HTML_TAG_RB, IN_SPECIAL},
	{HTML_TAG_RT, HTML_TAG_RT, IN_SPECIAL},
	{HTML_TAG_RT, HTML_TAG_RP, IN_SPECIAL},
	{HTML_TAG_RP, HTML_TAG_RT, IN_SPECIAL},
	{HTML_TAG_RP, HTML_TAG_RP, IN_SPECIAL},
};

/* --- the stack of open elements --------------------------------------------------- */

static struct open *
top(struct tree *t)
{
	return &t->stack[t->n - 1];
}

static bool
is_barrier(enum html_tag tag, enum barrier kind)
{
	unsigned traits = html_tag_traits(tag);
	bool scope = traits & HTML_SCOPE;
	switch (kind) {
	case IN_SCOPE:
		return scope;
	case IN_LIST:
		return scope || tag == HTML_TAG_OL || tag == HTML_TAG_UL;
	case IN_BUTTON:
		return scope || tag == HTML_TAG_BUTTON;
	case IN_TABLE:
		return tag == HTML_TAG_TABLE || tag == HTML_TAG_TEMPLATE ||
		       tag == HTML_TAG_HTML;
	case IN_ITEM:
		return traits & HTML_SPECIAL && tag != HTML_TAG_ADDRESS &&
		       tag != HTML_TAG_DIV && tag != HTML_TAG_P;
	case IN_SPECIAL:
	case BARRIERS:
		break;
	}
	return traits & HTML_SPECIAL;
}

/* May HTML stand in this element of SVG or MathML? */
static bool
holds_html(const struct html_node *node)
{
	return str_eq(node->name, STR("foreignobject")) ||
	       str_eq(node->name, STR("desc")) ||
	       str_eq(node->name, STR("annotation-xml")) || node->tag == HTML_TAG_TITLE;
}

static void
push(struct tree *t, struct html_node *node)
{
	struct open *entry = &t->stack[t->n];
	uint16_t index = (uint16_t)t->n;
	*entry = *top(t);
	entry->node = node;
	entry->ended = false;
	entry->same = t->top_of[node->tag];
	t->top_of[node->tag] = index;
	if (!entry->foreign)
		for (unsigned kind = 0; kind < BARRIERS; kind++)
			if (is_barrier(node->tag, (enum barrier)kind))
				entry->barrier[kind] = index;
	if (node->tag == HTML_TAG_SVG || node->tag == HTML_TAG_MATH)
		entry->foreign = true;
	else if (entry->foreign && holds_html(node))
		entry->foreign = false;
	t->n++;
	t->tokenizer.foreign = entry->foreign;
}

/* Pop until `left` entries are there, and the ended ones that come to the top. */
static void
pop_to(struct tree *t, size_t left)
{
	while (t->n > left || top(t)->ended) {
		t->top_of[top(t)->node->tag] = top(t)->same;
		t->n--;
	}
	t->tokenizer.foreign = top(t)->foreign;
}

/* The highest open element of a tag, if no barrier stands above it; 0: none. */
static size_t
find_open(struct tree *t, enum html_tag tag, enum barrier within)
{
	size_t at = t->top_of[tag];
	return at >= top(t)->barrier[within] && !t->stack[at].ended ? at : 0;
}

static bool
close_open(struct tree *t, enum html_tag tag, enum barrier within)
{
	size_t at = find_open(t, tag, within);
	if (at)
		pop_to(t, at);
	return at != 0;
}

/* --- inserting -------------------------------------------------------------------- */

static bool
in_table_context(enum html_tag tag)
{
	return tag == HTML_TAG_TABLE || tag == HTML_TAG_TBODY || tag == HTML_TAG_THEAD ||
	    tag == HTML_TAG_TFOOT || tag == HTML_TAG_TR || tag == HTML_TAG_COLGROUP;
}

static struct html_node *
new_node(struct tree *t, enum html_node_kind kind)
{
	struct html_node *node = ARENA_NEW(t->arena, struct html_node);
	node->kind = kind;
	t->n_nodes++;
	return node;
}

/*
 * What may not stand between the cells of a table goes before the table ("foster
 * parent").
 */
static void
insert(struct tree *t, struct html_node *node, bool foster)
{
	size_t table = foster ? t->top_of[HTML_TAG_TABLE] : 0;
	if (table && t->stack[table].node->parent)
		html_insert_before(t->stack[table].node, node);
	else
		html_append(top(t)->node, node);
}

static struct html_node *
insert_element(struct tree *t, const struct html_token *token, bool foster)
{
	struct html_node *node = new_node(t, HTML_ELEMENT);
	node->tag = token->tag;
	node->name = token->name;
	node->attributes = token->attributes;
	node->n_attributes = token->n_attributes;
	insert(t, node, foster);
	return node;
}

static void
push_element(struct tree *t, const struct html_token *token, bool foster)
{
	struct html_node *node = insert_element(t, token, foster);
	bool raw = html_model_of(token->tag) != HTML_DATA;
	if (t->n < (raw ? STACK_ROOM : HTML_MAX_DEPTH))
		push(t, node);
	else
		t->unpushed++;
}

static void
push_implied(struct tree *t, enum html_tag tag)
{
	push_element(
	    t, &(struct html_token){.tag = tag, .name = html_tag_name(tag)}, false);
}

/* --- start tags ------------------------------------------------------------------- */

/* What has no place in <head> begins <body>. */
static void
begin_body(struct tree *t)
{
	enum html_tag now = top(t)->node->tag;
	if (!t->before_body || (now != HTML_TAG_HEAD && now != HTML_TAG_NOSCRIPT))
		return;
	t->before_body = false;
	pop_to(t, 2); /* document, html */
	push(t, t->body);
}

static void
add_attributes(struct html_node *node, const struct html_token *token)
{
	if (!node || node->attributes)
		return;
	node->attributes = token->attributes;
	node->n_attributes = token->n_attributes;
}

/* <html>, <head>, <body>, frames: they are there already, or have no place. */
static bool
start_skeleton(struct tree *t, const struct html_token *token)
{
	switch ((int)token->tag) {
	case HTML_TAG_HTML:
		add_attributes(t->html, token);
		return true;
	case HTML_TAG_HEAD:
		add_attributes(t->head, token);
		return true;
	case HTML_TAG_BODY:
		add_attributes(t->body, token);
		begin_body(t);
		return true;
	case HTML_TAG_FRAME:
	case HTML_TAG_FRAMESET:
		return true;
	}
	return false;
}

static void
close_implied(struct tree *t, enum html_tag tag)
{
	if (html_tag_traits(tag) & HTML_CLOSES_P)
		close_open(t, HTML_TAG_P, IN_BUTTON);
	for (size_t i = 0; i < COUNT_OF(implied_ends); i++)
		if (implied_ends[i].starts == tag)
			close_open(t, implied_ends[i].ends, implied_ends[i].within);
	enum html_tag now = top(t)->node->tag;
	if (tag >= HTML_TAG_H1 && tag <= HTML_TAG_H6 && now >= HTML_TAG_H1 &&
	    now <= HTML_TAG_H6)
		pop_to(t, t->n - 1);
}

/* A link or formatting element that is closed inside a block of its own: see the top. */
static void
end_across(struct tree *t, enum html_tag tag)
{
	size_t at = find_open(t, tag, IN_SCOPE);
	if (at && !close_open(t, tag, IN_SPECIAL))
		t->stack[at].ended = true;
}

static size_t
highest(struct tree *t, const enum html_tag *tags, size_t n)
{
	size_t at = 0;
	for (size_t i = 0; i < n; i++)
		if (t->top_of[tags[i]] > at)
			at = t->top_of[tags[i]];
	return at;
}

/*
 * Clear the stack back to the table, its section or its row, and imply what is missing.
 */
static void
table_context(struct tree *t, size_t table, enum html_tag part)
{
	static const enum html_tag sections[] = {HTML_TAG_TBODY, HTML_TAG_THEAD,
	    HTML_TAG_TFOOT};
	bool cell = part == HTML_TAG_TD || part == HTML_TAG_TH;
	if (part == HTML_TAG_COL && top(t)->node->tag == HTML_TAG_COLGROUP)
		return;
	if (!cell && part != HTML_TAG_TR) {
		pop_to(t, table + 1);
		if (part == HTML_TAG_COL)
			push_implied(t, HTML_TAG_COLGROUP);
		return;
	}
	size_t section = highest(t, sections, COUNT_OF(sections));
	size_t row = t->top_of[HTML_TAG_TR];
	if (cell && row > table) {
		pop_to(t, row + 1);
		return;
	}
	pop_to(t, (section > table ? section : table) + 1);
	if (section <= table)
		push_implied(t, HTML_TAG_TBODY);
	if (cell)
		push_implied(t, HTML_TAG_TR);
}

static bool
is_table_part(enum html_tag tag)
{
	return (in_table_context(tag) && tag != HTML_TAG_TABLE) || tag == HTML_TAG_TD ||
	    tag == HTML_TAG_TH || tag == HTML_TAG_CAPTION || tag == HTML_TAG_COL;
}

static void
start_table_part(struct tree *t, const struct html_token *token)
{
	size_t table = find_open(t, HTML_TAG_TABLE, IN_TABLE);
	if (!table)
		return;
	table_context(t, table, token->tag);
	if (token->tag == HTML_TAG_COL)
		insert_element(t, token, false);
	else
		push_element(t, token, false);
}

/* Between the cells: may this element stay?  A <table> there ends the one around it. */
static bool
leaves_table(struct tree *t, enum html_tag tag)
{
	if (!in_table_context(top(t)->node->tag))
		return false;
	if (top(t)->node->tag == HTML_TAG_COLGROUP)
		pop_to(t, t->n - 1);
	if (tag == HTML_TAG_TABLE) {
		close_open(t, HTML_TAG_TABLE, IN_TABLE);
		return false;
	}
	return tag != HTML_TAG_SCRIPT && tag != HTML_TAG_STYLE &&
	       tag != HTML_TAG_TEMPLATE;
}

/* An HTML start tag in SVG or MathML ends it. */
static void
break_out(struct tree *t, enum html_tag tag)
{
	unsigned traits = html_tag_traits(tag);
	bool also = tag == HTML_TAG_SPAN || tag == HTML_TAG_SUB || tag == HTML_TAG_SUP;
	bool never = tag == HTML_TAG_A || tag == HTML_TAG_FONT || tag == HTML_TAG_TITLE ||
	    tag == HTML_TAG_STYLE || tag == HTML_TAG_SCRIPT || tag == HTML_TAG_IMAGE;
	if (never || !(also || traits & (HTML_SPECIAL | HTML_FORMAT)))
		return;
	size_t left = t->n;
	while (t->stack[left - 1].foreign)
		left--;
	pop_to(t, left);
}

static void
start_foreign(struct tree *t, const struct html_token *token)
{
	if (token->self_closing) {
		insert_element(t, token, false);
		return;
	}
	push_element(t, token, false);
}

static void
start_element(struct tree *t, const struct html_token *token)
{
	enum html_tag tag = token->tag;
	bool foster = leaves_table(t, tag);
	if (tag == HTML_TAG_A || tag == HTML_TAG_NOBR)
		end_across(t, tag);
	close_implied(t, tag);
	if (html_tag_traits(tag) & HTML_VOID) {
		insert_element(t, token, foster);
		return;
	}
	push_element(t, token, foster);
	if (token->self_closing && (tag == HTML_TAG_SVG || tag == HTML_TAG_MATH))
		pop_to(t, t->n - 1);
	t->tokenizer.model = html_model_of(tag);
	t->skip_newline =
	    tag == HTML_TAG_PRE || tag == HTML_TAG_TEXTAREA || tag == HTML_TAG_LISTING;
}

static void
start_tag(struct tree *t, struct html_token *token)
{
	if (top(t)->foreign)
		break_out(t, token->tag);
	if (top(t)->foreign) {
		start_foreign(t, token);
		return;
	}
	if (token->tag == HTML_TAG_IMAGE) {
		token->tag = HTML_TAG_IMG;
		token->name = html_tag_name(HTML_TAG_IMG);
	}
	if (start_skeleton(t, token))
		return;
	if (!(html_tag_traits(token->tag) & HTML_HEAD) && token->tag != HTML_TAG_NOSCRIPT)
		begin_body(t);
	if (is_table_part(token->tag))
		start_table_part(t, token);
	else
		start_element(t, token);
}

/* --- end tags --------------------------------------------------------------------- */

static enum barrier
scope_of_end(enum html_tag tag)
{
	if (tag == HTML_TAG_P)
		return IN_BUTTON;
	if (tag == HTML_TAG_LI)
		return IN_LIST;
	if (is_table_part(tag) || tag == HTML_TAG_TABLE)
		return IN_TABLE;
	return html_tag_traits(tag) & HTML_SPECIAL ? IN_SCOPE : IN_SPECIAL;
}

static void
end_unknown(struct tree *t, struct str name)
{
	size_t at = t->top_of[HTML_TAG_UNKNOWN];
	for (int i = 0; i < MAX_UNKNOWN_STEPS && at > top(t)->barrier[IN_SPECIAL]; i++) {
		if (str_eq(t->stack[at].node->name, name)) {
			pop_to(t, at);
			return;
		}
		at = t->stack[at].same;
	}
}

/* </h2> ends <h3> too. */
static void
end_heading(struct tree *t)
{
	static const enum html_tag headings[] = {
	    HTML_TAG_H1, HTML_TAG_H2, HTML_TAG_H3, HTML_TAG_H4, HTML_TAG_H5, HTML_TAG_H6};
	size_t at = highest(t, headings, COUNT_OF(headings));
	if (at && at >= top(t)->barrier[IN_SCOPE])
		pop_to(t, at);
}

static void
end_tag(struct tree *t, const struct html_token *token)
{
	enum html_tag tag = token->tag;
	bool ends_raw = top(t)->node->tag == tag && html_model_of(tag) != HTML_DATA;
	if (t->unpushed && !ends_raw) {
		t->unpushed--;
		return;
	}
	if (tag == HTML_TAG_BR) {
		begin_body(t);
		insert_element(t,
		    &(struct html_token){.tag = tag, .name = html_tag_name(tag)},
		    leaves_table(t, tag));
	} else if (tag == HTML_TAG_HTML || tag == HTML_TAG_HEAD || tag == HTML_TAG_BODY) {
		return; /* what comes behind them still belongs to the page */
	} else if (tag == HTML_TAG_UNKNOWN) {
		end_unknown(t, token->name);
	} else if (tag >= HTML_TAG_H1 && tag <= HTML_TAG_H6) {
		end_heading(t);
	} else if (html_tag_traits(tag) & HTML_FORMAT) {
		end_across(t, tag);
	} else {
		close_open(t, tag, scope_of_end(tag));
	}
}

/* --- text and the whole ----------------------------------------------------------- */

static void
add_text(struct tree *t, struct str text)
{
	bool skip = t->skip_newline;
	t->skip_newline = false;
	if (skip && str_starts(text, STR("\n")))
		text = str_from(text, 1);
	bool blank = str_trim(text).n == 0;
	if (!blank)
		begin_body(t);
	if (text.n == 0)
		return;
	bool foster = !blank && in_table_context(top(t)->node->tag);
	struct html_node *node = new_node(t, HTML_TEXT);
	node->text = text;
	insert(t, node, foster);
}

static struct html_node *
skeleton_part(struct tree *t, struct html_node *parent, enum html_tag tag)
{
	struct html_node *node = new_node(t, HTML_ELEMENT);
	node->tag = tag;
	node->name = html_tag_name(tag);
	html_append(parent, node);
	return node;
}

static void
tree_init(struct tree *t, struct arena *a, struct str html, enum html_parse_as as)
{
	t->arena = a;
	html_tokenizer_init(&t->tokenizer, a, html);
	t->document = new_node(t, HTML_DOCUMENT);
	t->stack[0] = (struct open){.node = t->document};
	t->n = 1;
	if (as == HTML_FRAGMENT)
		return;
	t->html = skeleton_part(t, t->document, HTML_TAG_HTML);
	t->head = skeleton_part(t, t->html, HTML_TAG_HEAD);
	t->body = skeleton_part(t, t->html, HTML_TAG_BODY);
	push(t, t->html);
	push(t, t->head);
	t->before_body = true;
}

struct html_node *
html_parse(struct arena *a, struct str html, enum html_parse_as as)
{
	struct tree t = {0};
	struct html_token token;
	tree_init(&t, a, html, as);
	while (t.n_nodes < HTML_MAX_NODES && html_next(&t.tokenizer, &token)) {
		switch (token.kind) {
		case HTML_TOKEN_TEXT:
			add_text(&t, token.text);
			break;
		case HTML_TOKEN_START:
			t.skip_newline = false;
			start_tag(&t, &token);
			break;
		case HTML_TOKEN_CLOSE:
			end_tag(&t, &token);
			break;
		case HTML_TOKEN_COMMENT:
		case HTML_TOKEN_DOCTYPE:
		case HTML_TOKEN_END:
			break;
		}
	}
	return t.document;
}
