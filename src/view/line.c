#include "view/line.h"

#include <stdio.h>
#include <string.h>

#include "text/columns.h"

struct role_row {
	struct str name;
	enum role parent;
};

static const struct role_row role_table[ROLES] = {
#define ROLE(id, name, parent) {STR_INIT(name), ROLE_##parent},
#include "view/role.def"
#undef ROLE
};

enum role
role_named(struct str name)
{
	size_t i;

	for (i = 0; i < ROLES; i++) {
		if (str_eq(role_table[i].name, name))
			return (enum role)i;
	}
	return ROLES;
}

const char *
role_name(enum role role)
{
	return role_table[role].name.p;
}

enum role
role_parent(enum role role)
{
	return role_table[role].parent;
}

void
line_add_attrs(struct arena *a, struct line *line, enum role role, struct str text,
    uint8_t attrs, int32_t link)
{
	struct run run = {text, (uint8_t)role, attrs, link};

	if (text.n == 0)
		return;
	ARENA_PUSH(a, line, run);
	line->cols += columns_of(text);
}

void
line_add(struct arena *a, struct line *line, enum role role, struct str text)
{
	line_add_attrs(a, line, role, text, 0, LINE_NO_LINK);
}

void
line_add_link(
    struct arena *a, struct line *line, enum role role, struct str text, int32_t link)
{
	line_add_attrs(a, line, role, text, 0, link);
}

void
line_fmt(struct arena *a, struct line *line, enum role role, const char *fmt, ...)
{
	va_list args;
	char text[512];
	int n;

	va_start(args, fmt);
	n = vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	if (n < 0)
		return;
	line_add(a, line, role, arena_str(a, str_z(text)));
}

void
line_add_cut(struct arena *a, struct line *line, enum role role, struct str text,
    size_t cols, struct str ellipsis)
{
	line_add(a, line, role, columns_cut(a, text, cols, ellipsis));
}

void
line_fill(struct arena *a, struct line *line, enum role role, struct str one, size_t col)
{
	size_t cols = columns_of(one), n, i;
	char *p;

	if (cols == 0 || col < line->cols + cols)
		return;
	n = (col - line->cols) / cols;
	p = arena_alloc(a, n * one.n + 1);
	for (i = 0; i < n; i++)
		memcpy(p + i * one.n, one.p, one.n);
	line_add(a, line, role, str_of(p, n * one.n));
}

void
line_pad(struct arena *a, struct line *line, enum role role, size_t col)
{
	line_fill(a, line, role, STR(" "), col);
}

struct line *
lines_push(struct arena *a, struct lines *lines)
{
	ARENA_PUSH(a, lines, (struct line){0});
	return &lines->v[lines->n - 1];
}

/* Append what a line says, without the spaces at its end. */
static void
add_text(struct buf *out, const struct line *line)
{
	size_t from = out->n, i;

	for (i = 0; i < line->n; i++)
		buf_add(out, line->v[i].text);
	while (out->n > from && out->p[out->n - 1] == ' ')
		out->n--;
}

struct str
line_text(struct arena *a, const struct line *line)
{
	struct buf out = {0};
	struct str text;

	add_text(&out, line);
	text = arena_str(a, buf_str(&out));
	buf_clear(&out);
	return text;
}

/* One letter for each role, in the order in which they come up. */
struct legend {
	char letter[ROLES];
	enum role order[ROLES];
	size_t n;
};

static char
letter_of(struct legend *legend, enum role role)
{
	static const char letters[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

	if (role == ROLE_TEXT)
		return '.';
	if (!legend->letter[role]) {
		legend->letter[role] = letters[legend->n];
		legend->order[legend->n++] = role;
	}
	return legend->letter[role];
}

static void
add_roles(struct buf *out, const struct line *line, struct legend *legend)
{
	size_t from = out->n, i, k;
	char letter;

	for (i = 0; i < line->n; i++) {
		letter = letter_of(legend, (enum role)line->v[i].role);
		for (k = columns_of(line->v[i].text); k > 0; k--)
			buf_char(out, letter);
	}
	while (out->n > from && out->p[out->n - 1] == '.')
		out->n--;
}

void
lines_dump(const struct lines *lines, bool roles, struct buf *out)
{
	struct legend legend = {0};
	size_t i;

	for (i = 0; i < lines->n; i++) {
		add_text(out, &lines->v[i]);
		buf_char(out, '\n');
		if (!roles)
			continue;
		add_roles(out, &lines->v[i], &legend);
		buf_char(out, '\n');
	}
	for (i = 0; i < legend.n; i++)
		buf_fmt(out, "%c %s\n", legend.letter[legend.order[i]],
		    role_name(legend.order[i]));
}
