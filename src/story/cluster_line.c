#include "story/cluster_line.h"

#include <jansson.h>
#include <stdlib.h>

#include "story/cluster.h"
#include "text/clean.h"
#include "text/date.h"

/* A key that is there is a string or null. */
static bool
take(struct arena *a, const json_t *o, const char *key, struct str *out, struct err *e)
{
	const json_t *v = json_object_get(o, key);
	*out = STR("");
	if (!v || json_is_null(v))
		return true;
	if (!json_is_string(v))
		return err_set(e, ERR_INPUT, "'%s' is no string", key);
	struct bytes raw = bytes_of(json_string_value(v), json_string_length(v));
	*out = arena_str(a, text_clean(a, raw));
	return true;
}

static bool
take_id(struct arena *a, const json_t *o, struct str *out, struct err *e)
{
	const json_t *v = json_object_get(o, "id");
	if (!json_is_string(v))
		return err_set(e, ERR_INPUT, "no 'id', or it is no string");
	char *text = json_dumps(v, JSON_ENCODE_ANY | JSON_ENSURE_ASCII);
	if (!text)
		return err_set(e, ERR_INPUT, "the 'id' cannot be written");
	*out = arena_str(a, str_z(text));
	free(text);
	return true;
}

static bool
take_all(struct arena *a, const json_t *o, struct cluster_line *out, struct err *e)
{
	struct str lead, published;
	struct date d;
	if (!take_id(a, o, &out->id, e) || !take(a, o, "title", &out->title, e) ||
	    !take(a, o, "lead", &lead, e) || !take(a, o, "text", &out->text, e) ||
	    !take(a, o, "lang", &out->lang, e) || !take(a, o, "published", &published, e))
		return false;
	if (lead.n)
		out->text = lead;
	out->at = date_parse(published, &d) ? d.at : CLUSTER_NO_TIME;
	return true;
}

bool
cluster_line_read(struct arena *a, struct bytes raw, struct cluster_line *out, struct err *e)
{
	json_error_t why;
	json_t *o = json_loadb((const char *)raw.p, raw.n, JSON_ALLOW_NUL, &why);
	if (!o) {
		struct str said = text_clean_line(a, bytes_of_str(str_z(why.text)));
		return err_set(e, ERR_INPUT, "not JSON: %.*s", STR_ARG(said));
	}
	bool ok = json_is_object(o) ? take_all(a, o, out, e)
				    : err_set(e, ERR_INPUT, "not a JSON object");
	json_decref(o);
	return ok;
}
