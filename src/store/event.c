/*
 * The memory is the tables of story/cluster.h.  It is filled from the table `event` when a process
 * places its first story, and again when the store has gone on without it: event_seen tells.
 * Filling reads a few hundred kilobytes, whatever the store holds (EVENTS_KEPT).
 */
#include "store/event.h"

#include <stdlib.h>

#include "store/key.h"
#include "store/sql.h"
#include "story/cluster.h"
#include "story/story.h"

enum {
	TEXT_CHARACTERS = 600, /* the first paragraphs say what happened */
	EVENTS_KEPT = 2048, /* a busy day's */
	NAMESAKES_COMPARED = 16, /* the newest of one headline, for the very same words */
	MAX_TWINS = 64,
	LEAST_SAME_BYTES = 40, /* fewer words in common may be chance: a headline of every day */
};

struct event_memory {
	struct clusters *clusters; /* NULL: not filled */
	struct cluster_memo *memo; /* of words */
	int64_t seen; /* the last story that it knows of */
};

/* A story that waits. */
struct waiting {
	story_id id;
	int64_t at;
	int64_t title_hash, read_at; /* read_at: -1 unread */
	struct str title, text, lang; /* of the text only its beginning */
	struct cluster_terms *terms;
};

struct event_memory *
event_memory_new(void)
{
	struct event_memory *m = heap_alloc(sizeof(*m));
	m->memo = cluster_memo_new();
	return m;
}

static void
forget(struct event_memory *m)
{
	clusters_free(m->clusters);
	m->clusters = NULL;
}

void
event_memory_free(struct event_memory *m)
{
	if (!m)
		return;
	forget(m);
	cluster_memo_free(m->memo);
	free(m);
}

/* --- the memory -------------------------------------------------------------------- */

static bool
fill(struct store *s, struct event_memory *m, struct err *e)
{
	bool failed = false;
	forget(m);
	m->clusters = clusters_new(CLUSTER_ROOM_STORE);
	sqlite3_stmt *st =
	    sql_query(s, "SELECT memory FROM event ORDER BY name", SQL_NO_ARGS, e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e))
		if (!clusters_unpack(m->clusters, sql_peek(st, 0)))
			continue; /* of another build: that event is over */
	return !failed;
}

static bool
remember(struct store *s, struct event_memory *m, int64_t name, struct err *e)
{
	struct buf b = {0};
	clusters_pack(m->clusters, &b);
	bool ok = sql_run(s, "INSERT OR REPLACE INTO event VALUES (?1, ?2)",
	    SQL_ARGS(sql_int(name), sql_blob(bytes_of_str(buf_str(&b)))), e);
	buf_clear(&b);
	return ok;
}

static bool
forget_old(struct store *s, struct err *e)
{
	return sql_run(s,
	    "DELETE FROM event WHERE name <= (SELECT name FROM event ORDER BY name DESC"
	    " LIMIT 1 OFFSET ?1)",
	    SQL_ARGS(sql_int(EVENTS_KEPT)), e);
}

/* --- the very same words ----------------------------------------------------------- */

static bool
find_twin(struct store *s, const struct waiting *w, int64_t event, story_id *twin,
    struct err *e)
{
	*twin = STORY_NONE;
	if (w->title.n + w->text.n < LEAST_SAME_BYTES)
		return true;
	return sql_number(s,
	    "SELECT s.id FROM (SELECT id, cluster FROM story WHERE title_hash = ?3"
	    "	AND id <> ?2 ORDER BY id DESC LIMIT ?4) s LEFT JOIN body b ON b.story = s.id"
	    " WHERE s.cluster = ?1"
	    " AND coalesce(nullif(b.text, ''), b.summary, '') ="
	    "	coalesce((SELECT coalesce(nullif(text, ''), summary) FROM body"
	    "		WHERE story = ?2), '') LIMIT 1",
	    SQL_ARGS(sql_int(event), sql_int(w->id), sql_int(w->title_hash),
		sql_int(NAMESAKES_COMPARED)),
	    STORY_NONE, twin, e);
}

/* Whoever has read the one has read the other. */
static bool
follow_reading(struct store *s, const struct waiting *w, story_id twin, struct err *e)
{
	int64_t read_at;
	if (w->read_at >= 0)
		return true;
	if (!sql_number(s, "SELECT read_at FROM story WHERE id = ?1", SQL_ARGS(sql_int(twin)),
		-1, &read_at, e))
		return false;
	return read_at <= 0 ||
	    sql_run(s, "UPDATE story SET read_at = ?2, read_version = version WHERE id = ?1",
		SQL_ARGS(sql_int(w->id), sql_int(read_at)), e);
}

static bool
note_twin(struct store *s, const struct waiting *w, int64_t event, struct err *e)
{
	story_id twin;
	if (!find_twin(s, w, event, &twin, e))
		return false;
	return twin == STORY_NONE ||
	    (sql_run(s, "INSERT OR IGNORE INTO twin VALUES (?1, ?1)", SQL_ARGS(sql_int(twin)),
		 e) &&
		sql_run(s,
		    "INSERT OR REPLACE INTO twin SELECT ?2, first FROM twin WHERE story = ?1",
		    SQL_ARGS(sql_int(twin), sql_int(w->id)), e) &&
		follow_reading(s, w, twin, e));
}

bool
event_twins(struct store *s, struct arena *a, story_id id, story_id **twins, size_t *n,
    struct err *e)
{
	struct {
		story_id *v;
		size_t n, cap;
	} found = {0};
	bool failed = false;
	*n = 0;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT o.story FROM twin t JOIN twin o ON o.first = t.first"
	    " WHERE t.story = ?1 AND o.story <> ?1 LIMIT ?2",
	    SQL_ARGS(sql_int(id), sql_int(MAX_TWINS)), e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e))
		ARENA_PUSH(a, &found, sql_get_int(st, 0));
	*twins = found.v;
	*n = found.n;
	return !failed;
}

/* --- placing ----------------------------------------------------------------------- */

static bool
place(struct store *s, struct event_memory *m, const struct waiting *w, int64_t *joined,
    struct err *e)
{
	int64_t event = clusters_place(m->clusters, w->terms, w->at, w->id);
	if (w->id > m->seen)
		m->seen = w->id;
	if (!remember(s, m, event, e))
		return false;
	if (event == w->id)
		return true;
	++*joined;
	return sql_run(s, "UPDATE story SET cluster = ?1 WHERE id = ?2",
		   SQL_ARGS(sql_int(event), sql_int(w->id)), e) &&
	    sql_run(s, "UPDATE story SET cluster = ?1 WHERE id = ?1 AND cluster IS NULL",
		SQL_ARGS(sql_int(event)), e) &&
	    note_twin(s, w, event, e);
}

/* Feeds list the newest first; an event is told from its beginning, by whoever had it first. */
static bool
load_waiting(struct store *s, struct arena *a, int64_t seen, struct waiting *w, size_t *n,
    struct err *e)
{
	bool failed = false;
	size_t most = *n;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT s.id, min(coalesce(s.published, s.first_seen), s.first_seen), s.title_hash,"
	    " coalesce(s.read_at, -1), s.title,"
	    " substr(coalesce(nullif(b.text, ''), b.summary, ''), 1, ?3),"
	    " s.lang FROM story s LEFT JOIN body b ON b.story = s.id WHERE s.id IN"
	    " (SELECT id FROM story WHERE id > ?1 ORDER BY id LIMIT ?2) ORDER BY 2, s.id",
	    SQL_ARGS(sql_int(seen), sql_int((int64_t)most), sql_int(TEXT_CHARACTERS)), e);
	*n = 0;
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e))
		w[(*n)++] = (struct waiting){sql_get_int(st, 0), sql_get_int(st, 1),
		    sql_get_int(st, 2), sql_get_int(st, 3), sql_get_text(a, st, 4),
		    sql_get_text(a, st, 5), sql_get_text(a, st, 6),
		    ARENA_NEW(a, struct cluster_terms)};
	return !failed;
}

static void
hear(struct event_memory *m, struct arena *a, struct waiting *w, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		cluster_terms_of(a, m->memo, w[i].title, w[i].text, w[i].lang, w[i].terms);
		clusters_hear(m->clusters, w[i].terms);
	}
}

static bool
place_all(struct store *s, struct event_memory *m, struct arena *a, size_t most,
    int64_t *joined, bool *done, struct err *e)
{
	struct waiting *w = ARENA_ARRAY(a, struct waiting, most);
	size_t n = most;
	bool ok = load_waiting(s, a, m->seen, w, &n, e);
	if (ok && n && !m->clusters)
		ok = fill(s, m, e);
	if (ok && n)
		hear(m, a, w, n);
	for (size_t i = 0; ok && i < n; i++)
		ok = place(s, m, &w[i], joined, e);
	*done = n < most;
	if (!ok || n == 0)
		return ok;
	return forget_old(s, e) &&
	    sql_run(s, "UPDATE event_seen SET story = ?1", SQL_ARGS(sql_int(m->seen)), e);
}

/* Has another process placed stories since? */
static bool
catch_up(struct store *s, struct event_memory *m, struct err *e)
{
	int64_t seen;
	if (!sql_number(s, "SELECT story FROM event_seen", SQL_NO_ARGS, 0, &seen, e))
		return false;
	if (seen != m->seen)
		forget(m);
	m->seen = seen;
	return true;
}

/* Nothing waits nearly always: that costs no writer's turn. */
static bool
some_wait(struct store *s, const struct event_memory *m, bool *wait, struct err *e)
{
	int64_t newest;
	bool ok = sql_number(s, "SELECT max(id) FROM story", SQL_NO_ARGS, 0, &newest, e);
	*wait = newest > m->seen;
	return ok;
}

bool
event_step(struct store *s, struct event_memory *m, size_t n, int64_t *joined, bool *done,
    struct err *e)
{
	bool wait;
	if (!catch_up(s, m, e) || !some_wait(s, m, &wait, e))
		return false;
	*done = !wait;
	if (!wait)
		return true;
	struct arena *a = arena_new();
	bool ok = sql_begin(s, e) && sql_end(s, place_all(s, m, a, n, joined, done, e), e);
	arena_free(a);
	if (!ok)
		forget(m); /* it knows of stories that the store does not */
	return ok;
}
