/*
 * What has changed between two versions of a story: paragraphs that are gone, and new ones; and the
 * answer of a command that was given a text.
 *
 * Paragraphs are compared whole, by the longest common subsequence.  A story has few of them; with
 * more than MAX_PARAGRAPHS the rest is shown as it is now.
 */
#include <stdlib.h>

#include "app/text_screen.h"
#include "store/read.h"
#include "view/paragraph.h"

enum { MAX_PARAGRAPHS = 400, MARGIN = 4 };

struct paragraphs {
	struct str v[MAX_PARAGRAPHS];
	size_t n;
};

static void
split(struct str text, struct paragraphs *out)
{
	struct str line;
	out->n = 0;
	while (text.n && out->n < MAX_PARAGRAPHS) {
		str_cut(text, '\n', &line, &text);
		line = str_trim(line);
		if (line.n)
			out->v[out->n++] = line;
	}
}

static void
add(struct desk *d, struct arena *a, size_t cols, char mark, struct str text, struct lines *out)
{
	enum role role = mark == '+' ? ROLE_DIFF_ADD : mark == '-' ? ROLE_DIFF_REMOVE : ROLE_TEXT;
	size_t measure = (size_t)config_number(&d->app->config, OPT_text_width), first = out->n;
	if (cols > MARGIN && measure > cols - MARGIN)
		measure = cols - MARGIN;
	struct paragraph p = {.text = text, .role = role, .link = LINE_NO_LINK, .margin = MARGIN,
	    .cols = measure};
	paragraph_lines(a, &d->look, &p, out);
	for (size_t i = first; i < out->n; i++) {
		struct line *line = &out->v[i], marked = {.block = LINE_OF_NO_ROW};
		line_add(a, &marked, role, arena_fmt(a, "  %c ", mark));
		for (size_t k = 0; k < line->n; k++) {
			struct str run = line->v[k].text;
			while (k == 0 && run.n && run.p[0] == ' ')
				run = str_from(run, 1);
			line_add(a, &marked, role, run);
		}
		*line = marked;
	}
	lines_push(a, out)->block = LINE_OF_NO_ROW;
}

/* table[i][j]: the longest common part of what begins at old i and new j. */
static uint16_t *
common_lengths(struct arena *a, const struct paragraphs *old, const struct paragraphs *new)
{
	size_t wide = new->n + 1;
	uint16_t *table = ARENA_ARRAY(a, uint16_t, (old->n + 1) * wide);
	for (size_t i = 0; i <= old->n; i++)
		for (size_t j = 0; j <= new->n; j++)
			table[i * wide + j] = 0;
	for (size_t i = old->n; i-- > 0;) {
		for (size_t j = new->n; j-- > 0;) {
			uint16_t down = table[(i + 1) * wide + j], right = table[i * wide + j + 1];
			table[i * wide + j] = str_eq(old->v[i], new->v[j])
			    ? (uint16_t)(table[(i + 1) * wide + j + 1] + 1)
			    : down > right ? down : right;
		}
	}
	return table;
}

static void
compare(struct desk *d, struct arena *a, size_t cols, const struct paragraphs *old,
    const struct paragraphs *new, struct lines *out)
{
	const uint16_t *table = common_lengths(a, old, new);
	size_t i = 0, j = 0, wide = new->n + 1;
	while (i < old->n || j < new->n) {
		if (i < old->n && j < new->n && str_eq(old->v[i], new->v[j])) {
			add(d, a, cols, ' ', new->v[j++], out);
			i++;
		} else if (i < old->n &&
		           (j == new->n || table[(i + 1) * wide + j] >= table[i * wide + j + 1])) {
			add(d, a, cols, '-', old->v[i++], out);
		} else {
			add(d, a, cols, '+', new->v[j++], out);
		}
	}
}

static void
head_lines(struct desk *d, struct arena *a, const struct read_story *now,
    const struct read_version *before, struct lines *out)
{
	text_add_pair(d, a, out, "Before", look_when(a, &d->look, WHEN_SHORT, before->at));
	text_add_pair(d, a, out, "Now", look_when(a, &d->look, WHEN_SHORT,
	    now->row.updated != STORY_NO_TIME ? now->row.updated : now->row.published));
	lines_push(a, out)->block = LINE_OF_NO_ROW;
}

static void
make_compare(struct text_screen *t, struct desk *d, struct arena *a, size_t cols,
    struct lines *out)
{
	struct read_story now;
	struct story before;
	struct err e = {0};
	struct paragraphs *old = arena_alloc(a, sizeof(*old)), *new = arena_alloc(a, sizeof(*new));
	if (!d->store || !read_story(d->store, a, t->id, &now, &e)) {
		text_add(a, out, ROLE_WARNING, arena_str(a, str_z(e.text)));
		return;
	}
	if (now.versions.n == 0) {
		text_add(a, out, ROLE_DIM, words_say(&d->words, "There is one version of this story."));
		return;
	}
	const struct read_version *last = &now.versions.v[now.versions.n - 1];
	if (!read_version(d->store, a, t->id, last->n, &before, &e)) {
		text_add(a, out, ROLE_WARNING, arena_str(a, str_z(e.text)));
		return;
	}
	head_lines(d, a, &now, last, out);
	if (!str_eq(before.title, now.row.title)) {
		add(d, a, cols, '-', before.title, out);
		add(d, a, cols, '+', now.row.title, out);
	} else {
		add(d, a, cols, ' ', now.row.title, out);
	}
	split(before.body.text, old);
	split(now.story.body.text, new);
	compare(d, a, cols, old, new, out);
}

static void
make_output(struct text_screen *t, struct desk *d, struct arena *a, size_t cols, struct lines *out)
{
	struct str rest = t->text, line;
	(void)d;
	(void)cols;
	while (rest.n) {
		str_cut(rest, '\n', &line, &rest);
		text_add(a, out, ROLE_TEXT, line);
	}
}

struct screen *
compare_screen_new(struct desk *d, story_id id)
{
	struct text_screen *t = text_screen_new(d, NULL, "Versions", make_compare, NULL);
	t->id = id;
	return &t->base;
}

struct screen *
output_screen_new(struct desk *d, struct str command, struct str text)
{
	struct text_screen *t = text_screen_new(d, NULL, "Answer", make_output, NULL);
	free((char *)t->title.p);
	t->title = str_of(heap_z(command), command.n);
	t->text = str_of(heap_z(text), text.n);
	return &t->base;
}
