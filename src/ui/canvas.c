#include "ui/canvas.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/columns.h"

struct canvas {
	int cols, rows;
	struct cell *cells; /* rows * cols, row by row */
	struct cursor cursor;
	uint16_t link; /* of what is drawn now */
	/* Addresses of the links, one after the other, each ended by a NUL. */
	struct buf urls;
	size_t url_at[UINT8_MAX + 1];
	uint16_t n_urls;
};

static int
clamp(int n, int least, int most)
{
	return n < least ? least : n > most ? most : n;
}

static struct cell *
cell_at(const struct canvas *c, int row, int col)
{
	return &c->cells[(size_t)row * (size_t)c->cols + (size_t)col];
}

static void
blank(struct cell *cell, enum role role)
{
	memset(cell, 0, sizeof(*cell));
	cell->cols = 1;
	cell->role = (uint8_t)role;
}

struct canvas *
canvas_new(int cols, int rows)
{
	struct canvas *c = heap_alloc(sizeof(*c));

	canvas_resize(c, cols, rows);
	return c;
}

void
canvas_free(struct canvas *c)
{
	if (!c)
		return;
	free(c->cells);
	buf_clear(&c->urls);
	free(c);
}

void
canvas_resize(struct canvas *c, int cols, int rows)
{
	c->cols = clamp(cols, 1, CANVAS_MAX_COLS);
	c->rows = clamp(rows, 1, CANVAS_MAX_ROWS);
	c->cells =
	    heap_resize(c->cells, (size_t)c->cols * (size_t)c->rows * sizeof(*c->cells));
	canvas_clear(c);
}

void
canvas_clear(struct canvas *c)
{
	size_t i;

	for (i = 0; i < (size_t)c->cols * (size_t)c->rows; i++)
		blank(&c->cells[i], ROLE_TEXT);
	c->cursor = (struct cursor){0};
	c->link = 0;
	c->n_urls = 0;
	c->urls.n = 0;
}

void
canvas_copy_row(struct canvas *c, const struct canvas *from, int row)
{
	memcpy(cell_at(c, row, 0), cell_at(from, row, 0),
	    (size_t)c->cols * sizeof(*c->cells));
}

bool
canvas_same_size(const struct canvas *a, const struct canvas *b)
{
	return a->cols == b->cols && a->rows == b->rows;
}

bool
canvas_same_row(const struct canvas *a, const struct canvas *b, int row)
{
	return memcmp(canvas_cell(a, row, 0), canvas_cell(b, row, 0),
		   (size_t)a->cols * sizeof(struct cell)) == 0;
}

bool
canvas_row_has_link(const struct canvas *canvas, int row)
{
	int col;

	for (col = 0; col < canvas->cols; col++) {
		if (canvas_cell(canvas, row, col)->link)
			return true;
	}
	return false;
}

int
canvas_cols(const struct canvas *c)
{
	return c->cols;
}

int
canvas_rows(const struct canvas *c)
{
	return c->rows;
}

const struct cell *
canvas_cell(const struct canvas *c, int row, int col)
{
	return cell_at(c, clamp(row, 0, c->rows - 1), clamp(col, 0, c->cols - 1));
}

/* About to overwrite a cell: the other half of a wide character in it goes too. */
static void
part_wide(struct canvas *c, int row, int col)
{
	struct cell *cell = cell_at(c, row, col);

	if (cell->cols == 0 && col > 0)
		blank(cell_at(c, row, col - 1), (enum role)cell->role);
	if (cell->cols == 2 && col + 1 < c->cols)
		blank(cell_at(c, row, col + 1), (enum role)cell->role);
}

/* C0, DEL, C1, the direction controls and the invisible ones: the last guard. */
static bool
code_is_safe(uint32_t c)
{
	if (c < 0x20 || (c >= 0x7f && c < 0xa0))
		return false;
	if (c == 0x061c || c == 0xad || (c >= 0x200b && c <= 0x200f) ||
	    (c >= 0x2028 && c <= 0x202e))
		return false;
	if ((c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff0 && c <= 0xfffb))
		return false;
	if ((c >= 0xe000 && c <= 0xf8ff) || c >= 0xe0000)
		return false;
	return true;
}

/* Copy what of the piece is safe into the cell; false when nothing is left. */
static bool
put_piece(struct cell *cell, const struct piece *piece)
{
	struct str drawn = str_of(piece->drawn, piece->n_drawn);
	size_t at = 0, from;

	while (at < drawn.n) {
		from = at;
		if (!code_is_safe(utf8_next(drawn, &at)) ||
		    cell->n + (at - from) > CELL_MAX_BYTES)
			continue;
		memcpy(cell->text + cell->n, drawn.p + from, at - from);
		cell->n = (uint8_t)(cell->n + (at - from));
	}
	return cell->n > 0;
}

/* Draw one piece at a cell, for which there is room. */
static int
draw_piece(struct canvas *c, int row, int col, const struct piece *piece, enum role role,
    uint8_t attrs)
{
	struct cell cell = {.cols = piece->cols, .role = (uint8_t)role, .attrs = attrs};
	struct cell *target;

	cell.link = c->link;
	if (!put_piece(&cell, piece))
		return 0;
	/* A space is a blank cell. */
	if (cell.n == 1 && cell.text[0] == ' ')
		cell.n = 0;
	if (cell.n == 0)
		cell.text[0] = '\0';
	part_wide(c, row, col);
	if (piece->cols == 2)
		part_wide(c, row, col + 1);
	target = cell_at(c, row, col);
	*target = cell;
	if (piece->cols == 2) {
		blank(cell_at(c, row, col + 1), role);
		cell_at(c, row, col + 1)->cols = 0;
		cell_at(c, row, col + 1)->attrs = attrs;
		cell_at(c, row, col + 1)->link = c->link;
	}
	return piece->cols;
}

static int
put(struct canvas *c, int row, int col, struct str s, enum role role, uint8_t attrs,
    int max_cols)
{
	struct piece piece;
	size_t at = 0;
	int used = 0, room;

	if (row < 0 || row >= c->rows || col < 0 || col >= c->cols)
		return 0;
	room = max_cols < c->cols - col ? max_cols : c->cols - col;
	while (piece_next(s, &at, &piece)) {
		if (piece.cols == 0)
			continue;
		if (used + piece.cols > room)
			break;
		used += draw_piece(c, row, col + used, &piece, role, attrs);
	}
	return used;
}

int
canvas_put(struct canvas *c, int row, int col, struct str s, enum role role, int max_cols)
{
	return put(c, row, col, s, role, 0, max_cols);
}

int
canvas_put_run(struct canvas *c, int row, int col, const struct run *run, int max_cols)
{
	return put(c, row, col, run->text, (enum role)run->role, run->attrs, max_cols);
}

int
canvas_put_line(struct canvas *c, int row, int col, const struct line *line, int max_cols)
{
	int used = 0;
	size_t i;

	for (i = 0; i < line->n && used < max_cols; i++)
		used += canvas_put_run(c, row, col + used, &line->v[i], max_cols - used);
	return used;
}

/* The part of a rectangle that is on the canvas; false when there is none. */
static bool
clip(const struct canvas *c, struct box *b)
{
	int row_end, col_end;

	row_end = clamp(b->row + clamp(b->rows, 0, CANVAS_MAX_ROWS), 0, c->rows);
	col_end = clamp(b->col + clamp(b->cols, 0, CANVAS_MAX_COLS), 0, c->cols);
	b->row = clamp(b->row, 0, c->rows);
	b->col = clamp(b->col, 0, c->cols);
	b->rows = row_end - b->row;
	b->cols = col_end - b->col;
	return b->rows > 0 && b->cols > 0;
}

void
canvas_fill(struct canvas *c, int row, int col, int rows, int cols, enum role role)
{
	struct box b = {row, col, rows, cols};
	int i, k;

	if (!clip(c, &b))
		return;
	for (i = b.row; i < b.row + b.rows; i++) {
		part_wide(c, i, b.col);
		part_wide(c, i, b.col + b.cols - 1);
		for (k = b.col; k < b.col + b.cols; k++)
			blank(cell_at(c, i, k), role);
	}
}

void
canvas_over(struct canvas *c, int row, int col, int rows, int cols, enum role role)
{
	struct box b = {row, col, rows, cols};
	int i, k;

	if (!clip(c, &b))
		return;
	for (i = b.row; i < b.row + b.rows; i++) {
		for (k = b.col; k < b.col + b.cols; k++)
			cell_at(c, i, k)->over = (uint8_t)role;
	}
}

static void
rule(struct canvas *c, int row, int col, int cols, struct str left, struct str middle,
    struct str right)
{
	int k;

	canvas_put(c, row, col, left, ROLE_POPUP, 1);
	for (k = 1; k < cols - 1; k++)
		canvas_put(c, row, col + k, middle, ROLE_POPUP, 1);
	canvas_put(c, row, col + cols - 1, right, ROLE_POPUP, 1);
}

void
canvas_box(struct canvas *c, struct box b, struct str title, bool ascii)
{
	struct str bar = ascii ? STR("|") : STR("│"), dash = ascii ? STR("-") : STR("─");
	struct str plus = STR("+");
	int i, used;

	if (b.cols < 2 || b.rows < 2)
		return;
	canvas_fill(c, b.row, b.col, b.rows, b.cols, ROLE_POPUP);
	rule(c, b.row, b.col, b.cols, ascii ? plus : STR("┌"), dash,
	    ascii ? plus : STR("┐"));
	for (i = b.row + 1; i < b.row + b.rows - 1; i++)
		rule(c, i, b.col, b.cols, bar, STR(" "), bar);
	rule(c, b.row + b.rows - 1, b.col, b.cols, ascii ? plus : STR("└"), dash,
	    ascii ? plus : STR("┘"));
	if (title.n == 0 || b.cols < 8)
		return;
	canvas_put(c, b.row, b.col + 2, STR(" "), ROLE_POPUP, 1);
	used = canvas_put(c, b.row, b.col + 3, title, ROLE_POPUP_KEY, b.cols - 6);
	canvas_put(c, b.row, b.col + 3 + used, STR(" "), ROLE_POPUP, 1);
}

void
canvas_link(struct canvas *c, struct str url)
{
	size_t i;

	c->link = 0;
	if (!str_starts(url, STR("http://")) && !str_starts(url, STR("https://")))
		return;
	for (i = 0; i < url.n; i++) {
		/* Only what RFC 3986 allows in an address can end no sequence early. */
		if ((unsigned char)url.p[i] <= 0x20 || (unsigned char)url.p[i] >= 0x7f)
			return;
	}
	if (url.n > 2000 || c->n_urls == COUNT_OF(c->url_at))
		return;
	c->url_at[c->n_urls] = c->urls.n;
	buf_add(&c->urls, url);
	buf_char(&c->urls, '\0');
	c->link = ++c->n_urls;
}

struct str
canvas_link_url(const struct canvas *c, uint16_t link)
{
	if (link == 0 || link > c->n_urls)
		return STR("");
	return str_z(c->urls.p + c->url_at[link - 1]);
}

void
canvas_cursor(struct canvas *c, int row, int col, bool visible)
{
	c->cursor.row = clamp(row, 0, c->rows - 1);
	c->cursor.col = clamp(col, 0, c->cols - 1);
	c->cursor.visible = visible;
}

struct cursor
canvas_get_cursor(const struct canvas *c)
{
	return c->cursor;
}

/* ---- golden screens ---- */

static void
trim_end(struct buf *out, size_t from, char filler)
{
	while (out->n > from && out->p[out->n - 1] == filler)
		out->n--;
	buf_char(out, '\n');
}

static void
dump_text(const struct canvas *c, int row, struct buf *out)
{
	size_t from = out->n;
	int col;

	for (col = 0; col < c->cols; col++) {
		const struct cell *cell = cell_at(c, row, col);

		if (cell->n > 0)
			buf_add(out, str_of(cell->text, cell->n));
		else if (cell->cols == 1)
			buf_char(out, ' ');
	}
	trim_end(out, from, ' ');
}

static enum role
role_on_top(const struct cell *cell)
{
	return (enum role)(cell->over ? cell->over : cell->role);
}

static char
role_letter(enum role role)
{
	static const char letters[] =
	    ".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

	return letters[role];
}

static void
dump_roles(const struct canvas *c, struct buf *out)
{
	bool used[ROLES] = {false};
	size_t from;
	int row, col, i;

	for (row = 0; row < c->rows; row++) {
		from = out->n;
		for (col = 0; col < c->cols; col++) {
			enum role role = role_on_top(cell_at(c, row, col));

			used[role] = true;
			buf_char(out, role_letter(role));
		}
		trim_end(out, from, '.');
	}
	for (i = 1; i < ROLES; i++) {
		if (used[i])
			buf_fmt(out, "%c %s\n", role_letter((enum role)i),
			    role_name((enum role)i));
	}
}

void
canvas_dump(const struct canvas *c, unsigned flags, struct buf *out)
{
	int row;

	for (row = 0; row < c->rows; row++)
		dump_text(c, row, out);
	if (flags & CANVAS_DUMP_ROLES)
		dump_roles(c, out);
	if (flags & CANVAS_DUMP_CURSOR)
		buf_fmt(out, "cursor %d,%d%s\n", c->cursor.row, c->cursor.col,
		    c->cursor.visible ? " visible" : "");
}
