#include "store/remove.h"

#include "store/index.h"
#include "store/sql.h"

static bool
unindex(struct store *s, story_id id, struct err *e)
{
	int64_t ord;
	if (!sql_number(s, "SELECT ord FROM story WHERE id = ?1", SQL_ARGS(sql_int(id)),
		INT64_MIN, &ord, e))
		return false;
	return ord == INT64_MIN || index_take_out(s, ord, e);
}

bool
remove_stories(struct store *s, const story_id *ids, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (!unindex(s, ids[i], e))
			return false;
	for (size_t i = 0; i < n; i++)
		if (!sql_run(s, "DELETE FROM story WHERE id = ?1",
			SQL_ARGS(sql_int(ids[i])), e))
			return false;
	return true;
}
