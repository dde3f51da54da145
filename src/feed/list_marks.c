#include "feed/list_marks.h"

#include <jansson.h>

#include "text/clean.h"

/* False: it is there and neither true nor false. */
static bool
flag(const json_t *object, const char *name, bool *value)
{
	const json_t *v = json_object_get(object, name);
	*value = json_is_true(v);
	return !v || json_is_boolean(v);
}

static bool
read_mark(struct list_sink *s, const json_t *object, struct list_entry *entry)
{
	const json_t *key = json_object_get(object, "key");
	if (!json_is_string(key) || !flag(object, "read", &entry->read) ||
	    !flag(object, "starred", &entry->starred))
		return false;
	entry->url = text_clean_line(s->arena,
	    bytes_of(json_string_value(key), json_string_length(key)));
	return entry->url.n > 0 && entry->url.n <= LIST_MAX_KEY_BYTES;
}

void
list_mark_line(struct list_sink *s, int64_t number, struct str line)
{
	struct list_entry entry = {.kind = LIST_MARK, .place = number};
	json_error_t why;
	json_t *object = json_loadb(line.p, line.n, 0, &why);
	if (object && read_mark(s, object, &entry))
		list_sink_entry(s, entry);
	else
		list_sink_left_out(s, number, STR(""), "no mark of a story");
	json_decref(object);
}
