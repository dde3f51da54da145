#include "ui/escape.h"

#include "base/utf8.h"
#include "text/columns.h"

enum {
	MAX_TITLE_BYTES = 200,
	MAX_COPY_BYTES = 74994, /* xterm takes 100,000 of base64 */
};

void
escape_links(struct buf *out, const struct canvas *canvas, const struct theme *theme,
    int row, int cols, int colours)
{
	char sgr[64];
	int col = 0;
	uint16_t open = 0;

	for (; col < cols; col++) {
		const struct cell *cell = canvas_cell(canvas, row, col);
		struct str url = canvas_link_url(canvas, cell->link);

		if (cell->link != open && open)
			buf_add(out, STR("\033]8;;\033\\\033[m"));
		if (cell->link != open && cell->link) {
			buf_fmt(out, "\033[%d;%dH\033]8;id=%u;%.*s\033\\", row + 1,
			    col + 1, cell->link, STR_ARG(url));
		}
		open = cell->link;
		if (!cell->link || cell->cols == 0)
			continue;
		style_sgr(theme_style(theme, (enum role)cell->role, (enum role)cell->over,
			      cell->attrs, colours),
		    colours, sgr);
		buf_fmt(out, "\033[0%s%sm", *sgr ? ";" : "", sgr);
		buf_add(out, cell->n ? str_of(cell->text, cell->n) : STR(" "));
	}
	if (open)
		buf_add(out, STR("\033]8;;\033\\\033[m"));
}

/* Printable characters alone; what would draw nothing, or end a sequence, is left out. */
static void
add_clean(struct buf *out, struct str s)
{
	struct piece piece;
	size_t at = 0;

	while (piece_next(s, &at, &piece)) {
		if (piece.cols > 0)
			buf_add(out, str_of(piece.drawn, piece.n_drawn));
	}
}

/* The same as one field among others. */
static void
add_field(struct buf *out, struct str s)
{
	size_t begin = out->n;

	add_clean(out, utf8_cut(s, MAX_TITLE_BYTES));
	for (; begin < out->n; begin++) {
		if (out->p[begin] == ';')
			out->p[begin] = ',';
	}
}

void
escape_notify(struct buf *out, struct str title, struct str text)
{
	buf_add(out, STR("\033]9;"));
	add_field(out, text);
	buf_add(out, STR("\033\\\033]777;notify;"));
	add_field(out, title);
	buf_char(out, ';');
	add_field(out, text);
	buf_add(out, STR("\033\\"));
}

void
escape_title(struct buf *out, struct str title)
{
	buf_add(out, STR("\033]2;"));
	add_clean(out, utf8_cut(title, MAX_TITLE_BYTES));
	buf_add(out, STR("\033\\"));
}

static void
add_base64(struct buf *out, struct str s)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i;

	for (i = 0; i < s.n; i += 3) {
		uint32_t three = (uint32_t)p[i] << 16;

		three |= i + 1 < s.n ? (uint32_t)p[i + 1] << 8 : 0;
		three |= i + 2 < s.n ? p[i + 2] : 0;
		buf_char(out, digits[three >> 18]);
		buf_char(out, digits[three >> 12 & 63]);
		buf_char(out, i + 1 < s.n ? digits[three >> 6 & 63] : '=');
		buf_char(out, i + 2 < s.n ? digits[three & 63] : '=');
	}
}

bool
escape_copy(struct buf *out, struct str text)
{
	if (text.n > MAX_COPY_BYTES)
		return false;
	buf_add(out, STR("\033]52;c;"));
	add_base64(out, text);
	buf_add(out, STR("\033\\"));
	return true;
}
