#include "app/story_changes.h"

#include "view/diff_lines.h"

/* *before: NULL when there is only one version. */
static bool
compare(struct arena *a, struct store *store, const struct read_story *s,
    const struct read_version **before, struct diff *changes, struct err *e)
{
	struct story old;
	*changes = (struct diff){0};
	*before = read_version_before(s);
	if (!*before)
		return true;
	if (!read_version(store, a, s->row.id, (*before)->n, &old, e))
		return false;
	*changes = diff_story(a, old.title, old.body.text, s->row.title, s->story.body.text);
	return true;
}

bool
story_changes_text(const struct story_file *f, struct store *store, const struct read_story *s,
    struct buf *out, struct err *e)
{
	struct words words = {0};
	struct look look = {.words = &words, .symbols = SYMBOLS_UNICODE, .now = f->now,
	    .full_dates = true};
	struct arena *a = arena_new();
	const struct read_version *before;
	struct lines lines = {0};
	struct diff changes;
	bool ok = compare(a, store, s, &before, &changes, e);
	if (ok && !before)
		buf_add(out, STR("There is one version of this story.\n"));
	else if (ok)
		buf_fmt(out, "version %d to %d%s\n\n", before->n, s->row.version,
		    before->n == s->read_version ? ", since you read it" : "");
	for (size_t i = 0; ok && i < changes.n; i++)
		diff_paragraph_lines(a, &look, &changes.v[i], 0, f->text_cols, 0, &lines);
	for (size_t i = 0; i < lines.n; i++) {
		buf_add(out, line_text(a, &lines.v[i]));
		buf_char(out, '\n');
	}
	arena_free(a);
	return ok;
}

static const char *
kind_name(enum diff_kind kind)
{
	static const char *const names[] = {
		[DIFF_SAME] = "same", [DIFF_REMOVED] = "removed", [DIFF_ADDED] = "added",
		[DIFF_CHANGED] = "changed",
	};
	return names[kind];
}

static void
paragraph_json(const struct diff_paragraph *p, struct json *j)
{
	json_object(j);
	json_key_str(j, "kind", str_z(kind_name(p->kind)));
	json_key(j, "runs");
	json_array(j);
	for (size_t i = 0; i < p->runs.n; i++) {
		json_object(j);
		json_key_str(j, "kind", str_z(kind_name(p->runs.v[i].kind)));
		json_key_str(j, "text", p->runs.v[i].text);
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
}

bool
story_changes_json(
    struct store *store, const struct read_story *s, struct json *j, struct err *e)
{
	struct arena *a = arena_new();
	const struct read_version *before;
	struct diff changes;
	if (!compare(a, store, s, &before, &changes, e)) {
		arena_free(a);
		return false;
	}
	json_object(j);
	json_key_int(j, "id", s->row.id);
	json_key_int(j, "from", before ? before->n : s->row.version);
	json_key_int(j, "to", s->row.version);
	json_key_bool(j, "since_read", before && before->n == s->read_version);
	json_key_line(j, "title", s->row.title);
	json_key(j, "changes");
	json_array(j);
	for (size_t i = 0; i < changes.n; i++)
		paragraph_json(&changes.v[i], j);
	json_array_end(j);
	json_object_end(j);
	arena_free(a);
	return true;
}
