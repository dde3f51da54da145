/*
 * Runs the tokenizer cases of the html5lib suite, which is not part of this tree:
 *     html5lib_tokenizer FOLDER
 * reads each *.test file in the folder, runs every case in every initial state it names,
 * prints the failures and last `N passed, N failed`.  Lists of parse errors are not
 * compared: the tokenizer reports none.  The "xmlViolationTests" are counted apart and
 * not run: they expect the output coerced for an XML tree, which this parser does not
 * make.
 */
#include "html5lib.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/html_token.h"

static const struct {
	const char *name;
	enum html_model model;
} states[] = {
	{"Data state", HTML_DATA},
	{"PLAINTEXT state", HTML_PLAINTEXT},
	{"RCDATA state", HTML_RCDATA},
	{"RAWTEXT state", HTML_RAWTEXT},
	{"Script data state", HTML_SCRIPT},
	{"CDATA section state", HTML_CDATA},
};

/*
 * Lone surrogates cannot stand in UTF-8, and the cases hold some: they travel as three
 * bytes in the way UTF-8 would write them, which the tokenizer passes on like any other
 * byte.
 */
static void
add_code_unit(struct buf *out, unsigned c)
{
	if (c < 0x80) {
		buf_char(out, (char)c);
	} else if (c < 0x800) {
		buf_char(out, (char)(0xC0 | c >> 6));
		buf_char(out, (char)(0x80 | (c & 0x3F)));
	} else {
		buf_char(out, (char)(0xE0 | c >> 12));
		buf_char(out, (char)(0x80 | (c >> 6 & 0x3F)));
		buf_char(out, (char)(0x80 | (c & 0x3F)));
	}
}

static bool
read_escape(struct str s, size_t at, unsigned *c)
{
	*c = 0;
	if (s.n - at < 6 || s.p[at] != '\\' || s.p[at + 1] != 'u')
		return false;
	for (size_t i = 2; i < 6; i++) {
		int digit = ascii_hex((unsigned char)s.p[at + i]);
		if (digit < 0)
			return false;
		*c = *c * 16 + (unsigned)digit;
	}
	return true;
}

/*
 * Undo the second round of escapes of a "doubleEscaped" case; pairs of surrogates join.
 */
static struct str
unescape(struct arena *a, struct str s)
{
	struct buf out = {0};
	for (size_t at = 0; at < s.n;) {
		unsigned c, low;
		if (!read_escape(s, at, &c)) {
			buf_char(&out, s.p[at++]);
			continue;
		}
		at += 6;
		if (c >= 0xD800 && c < 0xDC00 && read_escape(s, at, &low) &&
		    low >= 0xDC00 && low < 0xE000) {
			buf_utf8(&out, 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00));
			at += 6;
		} else {
			add_code_unit(&out, c);
		}
	}
	struct str copy = arena_str(a, buf_str(&out));
	buf_clear(&out);
	return copy;
}

static struct str
json_text(struct arena *a, const json_t *value, bool twice)
{
	struct str s = str_of(json_string_value(value), json_string_length(value));
	return twice ? unescape(a, s) : s;
}

/*
 * --- tokens as lines, so that what came and what was wanted are compared and shown alike
 */

static void
add_quoted(struct buf *out, struct str s)
{
	buf_char(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\')
			buf_fmt(out, "\\x%02x", c);
		else
			buf_char(out, (char)c);
	}
	buf_char(out, '"');
}

static int
by_name(const void *x, const void *y)
{
	return str_cmp(((const struct html_attribute *)x)->name,
	    ((const struct html_attribute *)y)->name);
}

static void
add_start(struct buf *out, struct str name, struct html_attribute *attributes, size_t n,
    bool closing)
{
	if (n)
		qsort(attributes, n, sizeof(*attributes), by_name);
	buf_fmt(out, "start ");
	add_quoted(out, name);
	for (size_t i = 0; i < n; i++) {
		buf_char(out, ' ');
		add_quoted(out, attributes[i].name);
		buf_char(out, '=');
		add_quoted(out, attributes[i].value);
	}
	buf_fmt(out, "%s\n", closing ? " /" : "");
}

static void
add_optional(struct buf *out, struct str s, bool there)
{
	buf_char(out, ' ');
	if (there)
		add_quoted(out, s);
	else
		buf_fmt(out, "null");
}

static void
add_doctype(struct buf *out, const struct html_token *t)
{
	buf_fmt(out, "doctype");
	add_optional(out, t->name, t->name.p != NULL);
	add_optional(out, t->public_id, t->public_id.p != NULL);
	add_optional(out, t->system_id, t->system_id.p != NULL);
	buf_fmt(out, " %s\n", t->force_quirks ? "quirks" : "correct");
}

static void
add_plain(struct buf *out, const char *kind, struct str s)
{
	buf_fmt(out, "%s ", kind);
	add_quoted(out, s);
	buf_char(out, '\n');
}

static void
add_token(struct buf *out, const struct html_token *t)
{
	switch (t->kind) {
	case HTML_TOKEN_END:
		break;
	case HTML_TOKEN_TEXT:
		add_plain(out, "text", t->text);
		break;
	case HTML_TOKEN_START:
		add_start(out, t->name, t->attributes, t->n_attributes, t->self_closing);
		break;
	case HTML_TOKEN_CLOSE:
		add_plain(out, "end", t->name);
		break;
	case HTML_TOKEN_COMMENT:
		add_plain(out, "comment", t->text);
		break;
	case HTML_TOKEN_DOCTYPE:
		add_doctype(out, t);
		break;
	}
}

static void
add_wanted_start(struct arena *a, struct buf *out, const json_t *row, bool twice)
{
	json_t *object = json_array_get(row, 2), *value;
	size_t n = 0, room = json_object_size(object);
	struct html_attribute *list = ARENA_ARRAY(a, struct html_attribute, room + 1);
	const char *key;
	json_object_foreach (object, key, value) {
		list[n].name = twice ? unescape(a, str_z(key)) : str_z(key);
		list[n++].value = json_text(a, value, twice);
	}
	add_start(out, json_text(a, json_array_get(row, 1), twice), list, n,
	    json_is_true(json_array_get(row, 3)));
}

static void
add_wanted_doctype(struct arena *a, struct buf *out, const json_t *row, bool twice)
{
	struct str part[3];
	for (size_t i = 0; i < 3; i++) {
		const json_t *value = json_array_get(row, i + 1);
		part[i] =
		    json_is_string(value) ? json_text(a, value, twice) : (struct str){0};
	}
	add_doctype(out, &(struct html_token){.name = part[0], .public_id = part[1],
	    .system_id = part[2], .force_quirks = !json_is_true(json_array_get(row, 4))});
}

static void
add_wanted(struct arena *a, struct buf *out, const json_t *row, bool twice)
{
	const char *kind = json_string_value(json_array_get(row, 0));
	struct str name = json_text(a, json_array_get(row, 1), twice);
	if (!strcmp(kind, "StartTag"))
		add_wanted_start(a, out, row, twice);
	else if (!strcmp(kind, "DOCTYPE"))
		add_wanted_doctype(a, out, row, twice);
	else if (!strcmp(kind, "EndTag"))
		add_plain(out, "end", name);
	else
		add_plain(out, !strcmp(kind, "Comment") ? "comment" : "text", name);
}

/* --- running ---------------------------------------------------------------------- */

static void
tokenize(struct html5lib *run, const json_t *test, struct str input, enum html_model model,
    struct buf *out)
{
	const json_t *last = json_object_get(test, "lastStartTag");
	struct html_tokenizer tokenizer;
	struct html_token token;
	html_tokenizer_init(&tokenizer, run->arena, input);
	tokenizer.model = model;
	tokenizer.foreign = model == HTML_CDATA;
	if (last)
		tokenizer.last_start = json_text(run->arena, last, false);
	while (html_next(&tokenizer, &token))
		add_token(out, &token);
}

static void
judge(struct html5lib *run, const json_t *test, const char *state, struct buf *came,
    struct buf *wanted)
{
	if (str_eq(buf_str(came), buf_str(wanted))) {
		run->passed++;
		return;
	}
	run->failed++;
	printf("%s: %s [%s]\n input: %s\n wanted:\n%s came:\n%s", run->file,
	    json_string_value(json_object_get(test, "description")), state,
	    json_string_value(json_object_get(test, "input")), buf_z(wanted),
	    buf_z(came));
}

static void
run_state(struct html5lib *run, const json_t *test, const char *state)
{
	bool twice = json_is_true(json_object_get(test, "doubleEscaped"));
	struct str input = json_text(run->arena, json_object_get(test, "input"), twice);
	struct buf came = {0}, wanted = {0};
	size_t i;
	json_t *row;

	json_array_foreach (json_object_get(test, "output"), i, row)
		add_wanted(run->arena, &wanted, row, twice);
	for (i = 0; i < COUNT_OF(states); i++)
		if (!strcmp(states[i].name, state))
			break;
	if (i == COUNT_OF(states))
		buf_fmt(&came, "unknown state\n");
	else
		tokenize(run, test, input, states[i].model, &came);
	judge(run, test, state, &came, &wanted);
	buf_clear(&came);
	buf_clear(&wanted);
}

static void
run_test(struct html5lib *run, const json_t *test)
{
	const json_t *initial = json_object_get(test, "initialStates");
	size_t i;
	json_t *state;
	if (!initial)
		run_state(run, test, "Data state");
	json_array_foreach (initial, i, state)
		run_state(run, test, json_string_value(state));
	arena_reset(run->arena);
}

static bool
run_cases(struct html5lib *run, struct bytes content)
{
	json_error_t why;
	json_t *root = json_loadb((const char *)content.p, content.n, JSON_ALLOW_NUL, &why), *test;
	size_t i;
	if (!root)
		return printf("%s: %s\n", run->file, why.text) < 0;
	json_array_foreach (json_object_get(root, "tests"), i, test)
		run_test(run, test);
	run->left_out += json_array_size(json_object_get(root, "xmlViolationTests"));
	json_decref(root);
	return true;
}

int
main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: html5lib_tokenizer FOLDER (with *.test files)\n");
		return 2;
	}
	struct html5lib run = {.arena = arena_new()};
	bool readable = html5lib_folder(&run, argv[1], ".test", run_cases);
	if (run.left_out)
		printf("%zu cases of coercion to XML left out\n", run.left_out);
	return html5lib_end(&run, readable);
}
