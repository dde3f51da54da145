#include "store/find.h"

#include "store/key.h"
#include "store/links.h"
#include "store/sql.h"
#include "text/url.h"

bool
find_story_by_url(struct store *s, struct str url, story_id *id, struct err *e)
{
	struct arena *a = arena_new();
	bool ok = links_find_key(s, key_of_url(a, url), id, e);
	arena_free(a);
	return ok;
}

static bool
find_typed(struct store *s, struct str what, story_id *id, struct err *e)
{
	struct arena *a = arena_new();
	bool ok = find_story_by_url(s, url_typed(a, what), id, e);
	arena_free(a);
	return ok;
}

bool
find_story_by_word(struct store *s, struct str what, story_id *id, struct err *e)
{
	int64_t number;
	*id = STORY_NONE;
	if (str_eq_nocase(what, STR("last")))
		return sql_number(s, "SELECT story FROM opened ORDER BY n DESC LIMIT 1",
		    SQL_NO_ARGS, STORY_NONE, id, e);
	if (str_to_int(what, 1, INT64_MAX, &number))
		return sql_number(s, "SELECT id FROM story WHERE id = ?1",
		    SQL_ARGS(sql_int(number)), STORY_NONE, id, e);
	if (!links_find_key(s, what, id, e))
		return false;
	return *id != STORY_NONE || find_typed(s, what, id, e);
}
