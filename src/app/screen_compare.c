/*
 * What has changed between an earlier version of a story and what it says now: by itself since the
 * version that was read, and by `c` again since the one before that, and so on.
 */
#include <stdlib.h>

#include "app/text_screen.h"
#include "view/diff_lines.h"

enum { MARGIN = 2 };

/* The version in force; t->version 0: not chosen yet. */
static const struct read_version *
chosen_version(struct text_screen *t, const struct read_story *s)
{
	for (size_t i = s->versions.n; i-- > 0;)
		if (s->versions.v[i].n == t->version)
			return &s->versions.v[i];
	const struct read_version *v = read_version_before(s);
	t->version = v ? v->n : 0;
	return v;
}

static struct str
version_says(struct desk *d, struct arena *a, const struct read_story *s,
    const struct read_version *v)
{
	struct str n = word_number(a, &d->words, v->n);
	struct str text = word_fill2(a,
	    words_say(&d->words, v->n == s->read_version ? "%1, until %2: the one you read"
	                                                 : "%1, until %2"),
	    n, look_when(a, &d->look, WHEN_SHORT, v->at));
	return text;
}

static void
head_lines(struct desk *d, struct arena *a, size_t cols, const struct read_story *s,
    const struct read_version *before, const struct diff *changes, struct lines *out)
{
	const struct words *w = &d->words;
	text_add_pair(d, a, out, "Before: version", version_says(d, a, s, before));
	text_add_pair(d, a, out, "Now: version", word_fill2(a, words_say(w, "%1, since %2"),
	    word_number(a, w, s->row.version),
	    look_when(a, &d->look, WHEN_SHORT, s->versions.v[s->versions.n - 1].at)));
	text_add_pair(d, a, out, "Changed", word_fill2(a, words_say(w, "%1 words gone, %2 new"),
	    word_number(a, w, (int64_t)changes->n_removed),
	    word_number(a, w, (int64_t)changes->n_added)));
	if (before->n > s->versions.v[0].n)
		text_tell(d, a, cols, out, ROLE_DIM,
		    words_say(w, "c compares with the version before that."));
	lines_push(a, out)->block = LINE_OF_NO_ROW;
}

static void
make_compare(struct text_screen *t, struct desk *d, struct arena *a, size_t cols,
    struct lines *out)
{
	struct read_story now;
	struct story before;
	struct err e = {0};
	size_t measure = (size_t)config_number(&d->app->config, OPT_text_width);
	if (cols > MARGIN && measure > cols - MARGIN)
		measure = cols - MARGIN;
	if (!d->store || !read_story(d->store, a, t->id, &now, &e)) {
		text_tell(d, a, cols, out, ROLE_WARNING, arena_str(a, str_z(e.text)));
		return;
	}
	const struct read_version *v = chosen_version(t, &now);
	if (!v) {
		text_tell(d, a, cols, out, ROLE_DIM, words_say(&d->words, "There is one version of this story."));
		return;
	}
	if (!read_version(d->store, a, t->id, v->n, &before, &e)) {
		text_tell(d, a, cols, out, ROLE_WARNING, arena_str(a, str_z(e.text)));
		return;
	}
	struct diff changes = diff_story(a, before.title, before.body.text, now.row.title,
	    now.story.body.text);
	head_lines(d, a, cols, &now, v, &changes, out);
	for (size_t i = 0; i < changes.n; i++)
		diff_paragraph_lines(a, &d->look, &changes.v[i], MARGIN, measure, LINE_OF_NO_ROW, out);
}

/* `c` goes on to the version before, and from the oldest back to the newest. */
static bool
compare_command(struct screen *screen, struct desk *d, int command, int count)
{
	struct text_screen *t = (struct text_screen *)screen;
	struct read_story s;
	struct err e = {0};
	if (command != COMMAND_COMPARE)
		return text_screen_command(screen, d, command, count);
	if (!d->store || !read_story(d->store, d->frame, t->id, &s, &e) || s.versions.n == 0)
		return true;
	size_t i = s.versions.n - 1;
	while (i > 0 && s.versions.v[i].n != t->version)
		i--;
	t->version = s.versions.v[i > 0 ? i - 1 : s.versions.n - 1].n;
	t->top = 0;
	return true;
}

static const struct screen_kind compare_kind = {
	.name = SAID_LATER("versions"),
	.contexts = {CONTEXT_LIST, CONTEXT_HEADLINES, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_NEXT_ROW, COMMAND_COMPARE, COMMAND_CLOSE, -1},
	.draw = text_screen_draw, .command = compare_command, .title = text_screen_title,
	.click = text_screen_click, .current = text_screen_current, .free = text_screen_free,
};

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
	struct text_screen *t = text_screen_new(d, &compare_kind, "Versions", make_compare, NULL);
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
