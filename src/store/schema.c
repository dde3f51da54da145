/*
 * Migrations are only ever added: step n carries format n - 1 to n, and a new store
 * runs them all.
 *
 * What is kept on purpose, so that no screen has to count or sort:
 *	tally, feed.unread, feed.total	what is changed or removed, by triggers: no way of
 *					doing it forgets them; what is added, by tally.c
 *	member.ord, member.unread	a feed's list is one walk along `member`
 *
 * story.owner is the feed that brought what the story says; another feed may change
 * that only when it is of the story's own site, so that no feed can rewrite the stories
 * of another. member.said is a hash of what this feed said of the story, so that two
 * feeds with two wordings of one story do not make a version each at every refresh.
 * feed.listed holds the ids of the stories that the feed lists now, see ids.h.
 *
 * story.read_at: NULL is unread, 0 was never news (a page fetched because a link led
 * there), else when it was read.  story.ord orders every list and is the row number of
 * the search index.
 */
#include "store/schema.h"

#include "store/sql.h"

static const char first_format[] =
    "CREATE TABLE tally(id INTEGER PRIMARY KEY CHECK (id = 1),"
    "	stories INTEGER NOT NULL, unread INTEGER NOT NULL, starred INTEGER NOT NULL) "
    "STRICT;"
    "INSERT INTO tally VALUES (1, 0, 0, 0);"

    "CREATE TABLE feed(id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE,"
    "	health INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL DEFAULT 0,"
    "	retry_after INTEGER NOT NULL DEFAULT 0, last_at INTEGER NOT NULL DEFAULT 0,"
    "	last_status INTEGER NOT NULL DEFAULT 0, good_at INTEGER NOT NULL DEFAULT 0,"
    "	failures INTEGER NOT NULL DEFAULT 0, failing_since INTEGER NOT NULL DEFAULT 0,"
    "	error TEXT NOT NULL DEFAULT '', etag TEXT NOT NULL DEFAULT '',"
    "	last_modified TEXT NOT NULL DEFAULT '', body_hash INTEGER NOT NULL DEFAULT 0,"
    "	moved_to TEXT NOT NULL DEFAULT '', moved_count INTEGER NOT NULL DEFAULT 0,"
    "	ttl_s INTEGER NOT NULL DEFAULT 0, skip_hours INTEGER NOT NULL DEFAULT 0,"
    "	skip_days INTEGER NOT NULL DEFAULT 0, title TEXT NOT NULL DEFAULT '',"
    "	site TEXT NOT NULL DEFAULT '', lang TEXT NOT NULL DEFAULT '',"
    "	dropped_at INTEGER NOT NULL DEFAULT 0, fetches INTEGER NOT NULL DEFAULT 0,"
    "	unread INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0,"
    "	listed BLOB NOT NULL DEFAULT x'') STRICT;"
    "CREATE TABLE fetch_log(feed INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,"
    "	slot INTEGER NOT NULL, at INTEGER NOT NULL, status INTEGER NOT NULL,"
    "	bytes INTEGER NOT NULL, ms INTEGER NOT NULL, n_new INTEGER NOT NULL,"
    "	n_updated INTEGER NOT NULL, error TEXT NOT NULL,"
    "	PRIMARY KEY (feed, slot)) STRICT, WITHOUT ROWID;"

    "CREATE TABLE story(id INTEGER PRIMARY KEY AUTOINCREMENT, ord INTEGER NOT NULL "
    "UNIQUE,"
    "	key TEXT NOT NULL UNIQUE, url TEXT NOT NULL, title TEXT NOT NULL,"
    "	agency TEXT NOT NULL, lang TEXT NOT NULL, place TEXT NOT NULL, byline TEXT NOT "
    "NULL,"
    "	published INTEGER, published_offset INTEGER NOT NULL, updated INTEGER,"
    "	first_seen INTEGER NOT NULL, read_at INTEGER, starred INTEGER NOT NULL DEFAULT 0,"
    "	stored INTEGER NOT NULL, gone INTEGER NOT NULL DEFAULT 0,"
    "	version INTEGER NOT NULL DEFAULT 1, updated_since_read INTEGER NOT NULL DEFAULT "
    "0,"
    "	urgency INTEGER NOT NULL, status INTEGER NOT NULL, advertorial INTEGER NOT NULL,"
    "	related INTEGER NOT NULL DEFAULT 0, cluster INTEGER, muted_by TEXT NOT NULL "
    "DEFAULT '',"
    "	owner INTEGER NOT NULL,"
    "	title_hash INTEGER NOT NULL,"
    "	site TEXT NOT NULL, section TEXT NOT NULL, slug TEXT NOT NULL, source TEXT NOT "
    "NULL,"
    "	exchange TEXT NOT NULL, reporter TEXT NOT NULL, translator TEXT NOT NULL,"
    "	editor TEXT NOT NULL, photographer TEXT NOT NULL, desk TEXT NOT NULL,"
    "	copyright TEXT NOT NULL, rights TEXT NOT NULL, correction TEXT NOT NULL,"
    "	usage TEXT NOT NULL, embargo_until INTEGER) STRICT;"
    "CREATE INDEX story_unread ON story(ord) WHERE read_at IS NULL;"
    "CREATE INDEX story_starred ON story(ord) WHERE starred > 0;"
    "CREATE INDEX story_read ON story(read_at) WHERE read_at > 0;"
    "CREATE INDEX story_agency ON story(agency, ord);"
    "CREATE INDEX story_title ON story(title_hash);"
    "CREATE INDEX story_cluster ON story(cluster, ord) WHERE cluster IS NOT NULL;"
    /* Other addresses that lead to a story: what was asked for, what it calls itself. */
    "CREATE TABLE alias(key TEXT PRIMARY KEY,"
    "	story INTEGER NOT NULL REFERENCES story ON DELETE CASCADE) STRICT, WITHOUT ROWID;"
    "CREATE INDEX alias_story ON alias(story);"
    "CREATE TABLE body(story INTEGER PRIMARY KEY REFERENCES story ON DELETE CASCADE,"
    "	text TEXT NOT NULL, spans BLOB NOT NULL, summary TEXT NOT NULL,"
    "	images TEXT NOT NULL) STRICT;"
    "CREATE TABLE version(story INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,"
    "	n INTEGER NOT NULL, at INTEGER NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,"
    "	spans BLOB NOT NULL, PRIMARY KEY (story, n)) STRICT;"
    "CREATE TABLE member(feed INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,"
    "	ord INTEGER NOT NULL, story INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,"
    "	unread INTEGER NOT NULL, guid TEXT NOT NULL, said INTEGER NOT NULL,"
    "	seen_at INTEGER NOT NULL, PRIMARY KEY (feed, ord)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX member_story ON member(story);"
    "CREATE INDEX member_unread ON member(feed, ord) WHERE unread = 1;"

    /* to_story has no reference clause: a target that expires is unlinked by a trigger.
     */
    "CREATE TABLE link(from_story INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,"
    "	seq INTEGER NOT NULL, kind INTEGER NOT NULL, label TEXT NOT NULL, title TEXT NOT "
    "NULL,"
    "	url TEXT NOT NULL, after INTEGER NOT NULL, to_key TEXT, title_hash INTEGER NOT "
    "NULL,"
    "	to_story INTEGER, PRIMARY KEY (from_story, seq)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX link_to ON link(to_story) WHERE to_story IS NOT NULL;"
    "CREATE INDEX link_key ON link(to_key) WHERE to_story IS NULL AND to_key IS NOT NULL;"
    "CREATE INDEX link_title ON link(title_hash) WHERE to_story IS NULL AND to_key IS "
    "NULL;"
    "CREATE TABLE gone(key TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;"

    /* A change and the stories it is about, a thousand a part; see mark.c. */
    "CREATE TABLE change(n INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,"
    "	what INTEGER NOT NULL, state INTEGER NOT NULL, parts INTEGER NOT NULL,"
    "	part INTEGER NOT NULL, changed INTEGER NOT NULL) STRICT;"
    "CREATE INDEX change_open ON change(n) WHERE state IN (1, 2);"
    "CREATE TABLE change_part(change INTEGER NOT NULL REFERENCES change ON DELETE "
    "CASCADE,"
    "	seq INTEGER NOT NULL, stories BLOB NOT NULL, before BLOB,"
    "	PRIMARY KEY (change, seq)) STRICT;"

    "CREATE TABLE saved(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;"
    "CREATE TABLE opened(n INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,"
    "	story INTEGER NOT NULL UNIQUE REFERENCES story ON DELETE CASCADE) STRICT;"
    "CREATE TABLE typed(n INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,"
    "	line BLOB NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE fetch_queue(n INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL "
    "UNIQUE,"
    "	url TEXT NOT NULL, title TEXT NOT NULL, story INTEGER NOT NULL, at INTEGER NOT "
    "NULL,"
    "	why INTEGER NOT NULL, depth INTEGER NOT NULL, budget INTEGER NOT NULL,"
    "	failures INTEGER NOT NULL) STRICT;"

    /* The search index has no text of its own; it reads this view by row number. */
    "CREATE VIEW story_text AS SELECT s.ord AS ord, s.title AS title, s.place AS place,"
    "	s.byline AS byline, coalesce(nullif(b.text, ''), b.summary, '') AS text"
    "	FROM story s LEFT JOIN body b ON b.story = s.id;"
    "CREATE VIRTUAL TABLE story_fts USING fts5(title, place, byline, text,"
    "	content = 'story_text', content_rowid = 'ord', tokenize = 'wire');"
    "CREATE TABLE unindexed(ord INTEGER PRIMARY KEY) STRICT;"
    /* What the index still holds of a story that says something else now. */
    "CREATE TABLE outdated(ord INTEGER PRIMARY KEY, title TEXT NOT NULL, place TEXT NOT "
    "NULL,"
    "	byline TEXT NOT NULL, text TEXT NOT NULL) STRICT;"

    "CREATE TRIGGER story_added AFTER INSERT ON story BEGIN"
    "	UPDATE tally SET stories = stories + 1, unread = unread + (new.read_at IS NULL),"
    "		starred = starred + (new.starred > 0) WHERE id = 1; END;"
    "CREATE TRIGGER story_removed AFTER DELETE ON story BEGIN"
    "	UPDATE tally SET stories = stories - 1, unread = unread - (old.read_at IS NULL),"
    "		starred = starred - (old.starred > 0) WHERE id = 1;"
    "	DELETE FROM unindexed WHERE ord = old.ord; DELETE FROM outdated WHERE ord = "
    "old.ord;"
    "	UPDATE link SET to_story = NULL WHERE to_story = old.id; END;"
    "CREATE TRIGGER story_marked AFTER UPDATE OF read_at ON story"
    "	WHEN (old.read_at IS NULL) <> (new.read_at IS NULL) BEGIN"
    "	UPDATE tally SET unread = unread + (new.read_at IS NULL) - (old.read_at IS NULL)"
    "		WHERE id = 1;"
    "	UPDATE member SET unread = (new.read_at IS NULL) WHERE story = new.id; END;"
    "CREATE TRIGGER story_starred AFTER UPDATE OF starred ON story"
    "	WHEN (old.starred > 0) <> (new.starred > 0) BEGIN"
    "	UPDATE tally SET starred = starred + (new.starred > 0) - (old.starred > 0)"
    "		WHERE id = 1; END;"
    "CREATE TRIGGER member_added AFTER INSERT ON member BEGIN"
    "	UPDATE feed SET total = total + 1, unread = unread + new.unread"
    "		WHERE id = new.feed; END;"
    "CREATE TRIGGER member_removed AFTER DELETE ON member BEGIN"
    "	UPDATE feed SET total = total - 1, unread = unread - old.unread"
    "		WHERE id = old.feed; END;"
    "CREATE TRIGGER member_marked AFTER UPDATE OF unread ON member"
    "	WHEN old.unread <> new.unread BEGIN"
    "	UPDATE feed SET unread = unread + new.unread - old.unread WHERE id = new.feed; "
    "END;"
    "CREATE TRIGGER link_added AFTER INSERT ON link"
    "	WHEN new.to_story IS NOT NULL AND new.to_story <> new.from_story BEGIN"
    "	UPDATE story SET related = related + 1 WHERE id = new.to_story; END;"
    "CREATE TRIGGER link_removed AFTER DELETE ON link"
    "	WHEN old.to_story IS NOT NULL AND old.to_story <> old.from_story BEGIN"
    "	UPDATE story SET related = related - 1 WHERE id = old.to_story; END;"
    "CREATE TRIGGER link_led AFTER UPDATE OF to_story ON link"
    "	WHEN old.to_story IS NOT new.to_story BEGIN"
    "	UPDATE story SET related = related - 1"
    "		WHERE id = old.to_story AND id <> old.from_story;"
    "	UPDATE story SET related = related + 1"
    "		WHERE id = new.to_story AND id <> new.from_story; END;";

/*
 * The headlines that a story leads to with "Baca juga" and the like are part of what is
 * searched: they stood in its text, and are kept beside it.  The index is filled anew,
 * behind the headlines.
 */
static const char second_format[] =
    "DROP TABLE story_fts; DROP VIEW story_text; DROP TABLE outdated;"
    "CREATE VIEW story_text AS SELECT s.ord AS ord, s.title AS title,"
    "	s.place AS place, s.byline AS byline,"
    "	coalesce(nullif(b.text, ''), b.summary, '') AS text,"
    "	coalesce((SELECT group_concat(l.title, char(10)) FROM (SELECT title FROM link"
    "	WHERE from_story = s.id AND kind IN (1, 2) ORDER BY seq) l), '') AS links"
    "	FROM story s LEFT JOIN body b ON b.story = s.id;"
    "CREATE VIRTUAL TABLE story_fts USING fts5(title, place, byline, text, links,"
    "	content = 'story_text', content_rowid = 'ord', tokenize = 'wire');"
    "CREATE TABLE outdated(ord INTEGER PRIMARY KEY, title TEXT NOT NULL,"
    "	place TEXT NOT NULL, byline TEXT NOT NULL, text TEXT NOT NULL,"
    "	links TEXT NOT NULL) STRICT;"
    "DELETE FROM unindexed; INSERT INTO unindexed SELECT ord FROM story;";

/* What changed since a story was read: the version that was, 0 for none. */
static const char third_format[] =
    "ALTER TABLE story ADD COLUMN read_version INTEGER NOT NULL DEFAULT 0;";

/* Rules: what is muted is looked for by place; what alerts have told. */
static const char fourth_format[] =
    "CREATE INDEX story_muted ON story(ord) WHERE muted_by <> '';"
    "CREATE TABLE alert(n INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,"
    "	story INTEGER NOT NULL REFERENCES story ON DELETE CASCADE, rule TEXT NOT NULL,"
    "	UNIQUE (story, rule)) STRICT;";

/*
 * Documents of a feed's archive that were taken whole, each with the address of the one before it
 * ('': there is none): the next walk goes on where they end.
 */
static const char fifth_format[] =
    "CREATE TABLE archive(feed INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,"
    "	url TEXT NOT NULL, older TEXT NOT NULL, items INTEGER NOT NULL, at INTEGER NOT NULL,"
    "	PRIMARY KEY (feed, url)) STRICT, WITHOUT ROWID;";

/* Indexes for views that would look through everything for a handful: a language, what was
 * updated since it was read, what is gone. */
static const char sixth_format[] =
    "CREATE INDEX story_lang ON story(lang, ord);"
    "CREATE INDEX story_updated ON story(ord) WHERE updated_since_read = 1;"
    "CREATE INDEX story_gone ON story(ord) WHERE gone > 0;";

/*
 * event: what is remembered of the events that a story may still join, named by the first story of
 * each; see event.c.  event_seen: the last story that was placed; an older store begins with the
 * newest of its stories.  twin: stories of one event with the very same words, by the first of them.
 */
static const char seventh_format[] =
    "CREATE TABLE event(name INTEGER PRIMARY KEY, memory BLOB NOT NULL) STRICT;"
    "CREATE TABLE event_seen(id INTEGER PRIMARY KEY CHECK (id = 1), story INTEGER NOT NULL)"
    " STRICT;"
    "INSERT INTO event_seen SELECT 1, max(0, coalesce(max(id), 0) - 5000) FROM story;"
    "CREATE TABLE twin(story INTEGER PRIMARY KEY REFERENCES story ON DELETE CASCADE,"
    "	first INTEGER NOT NULL) STRICT;"
    "CREATE INDEX twin_first ON twin(first);";

/*
 * A change of a whole scope is walked and recorded as it is applied, see mark.c.
 *
 * Places with 12 bits below the second instead of 20: the search index holds the distance from one
 * story of a word to the next, for every word of every story, and is an eighth smaller.  A second
 * with more stories than it has places now flows over into the one before, as when they arrive.
 * All places move out of the way first, so that none is taken while they change.
 *
 * The search index is filled anew with the words of a tokenizer that folds more, and how many
 * stories wait for it is kept.
 */
static const char eighth_format[] =
    "ALTER TABLE change ADD COLUMN back INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE change ADD COLUMN place INTEGER;"
    "ALTER TABLE change ADD COLUMN newest INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE change ADD COLUMN begun INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE change ADD COLUMN zone INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE change ADD COLUMN feed INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE change ADD COLUMN scope TEXT NOT NULL DEFAULT '';"
    /* The record of an undo that was cut off would be read the wrong way round. */
    "DELETE FROM change WHERE state = 2;"

    "DROP TABLE story_fts; DELETE FROM unindexed; DELETE FROM outdated;"
    "CREATE TEMP TABLE moved(id INTEGER PRIMARY KEY, ord INTEGER NOT NULL);"
    "INSERT INTO moved SELECT id, min(wanted + n) OVER (ORDER BY was DESC) - n FROM"
    "	(SELECT id, ord AS was, (ord >> 20) * 4096 + 2049"
    "	- row_number() OVER (PARTITION BY ord >> 20 ORDER BY ord DESC) AS wanted,"
    "	row_number() OVER (ORDER BY ord DESC) AS n FROM story);"
    "UPDATE story SET ord = ord - 4611686018427387904;"
    "UPDATE story SET ord = (SELECT ord FROM moved m WHERE m.id = story.id);"
    "UPDATE member SET ord = ord - 4611686018427387904;"
    "UPDATE member SET ord = (SELECT ord FROM moved m WHERE m.id = member.story);"
    "DROP TABLE moved;"
    "CREATE VIRTUAL TABLE story_fts USING fts5(title, place, byline, text, links,"
    "	content = 'story_text', content_rowid = 'ord', tokenize = 'wire');"
    "INSERT INTO unindexed SELECT ord FROM story;"

    "ALTER TABLE tally ADD COLUMN unindexed INTEGER NOT NULL DEFAULT 0;"
    "UPDATE tally SET unindexed = (SELECT count(*) FROM unindexed);"
    "CREATE TRIGGER unindexed_added AFTER INSERT ON unindexed BEGIN"
    "	UPDATE tally SET unindexed = unindexed + 1 WHERE id = 1; END;"
    "CREATE TRIGGER unindexed_removed AFTER DELETE ON unindexed BEGIN"
    "	UPDATE tally SET unindexed = unindexed - 1 WHERE id = 1; END;";

/*
 * No trigger on what a refresh adds, see tally.h.  story.related is used no more: how many links lead
 * from and to a story is counted when it is shown, see row.c.
 */
static const char ninth_format[] =
    "INSERT INTO story_fts(story_fts, rank) VALUES ('hashsize', 4194304);"
    "DROP TRIGGER story_added; DROP TRIGGER member_added; DROP TRIGGER link_added;"
    "DROP TRIGGER link_led; DROP TRIGGER link_removed;"
    "DROP TRIGGER unindexed_added; DROP TRIGGER unindexed_removed;"
    "DROP TRIGGER story_removed;"
    "CREATE TRIGGER story_removed AFTER DELETE ON story BEGIN"
    "	UPDATE tally SET stories = stories - 1, unread = unread - (old.read_at IS NULL),"
    "		starred = starred - (old.starred > 0),"
    "		unindexed = unindexed - (SELECT count(*) FROM unindexed WHERE ord = old.ord)"
    "		WHERE id = 1;"
    "	DELETE FROM unindexed WHERE ord = old.ord; DELETE FROM outdated WHERE ord = old.ord;"
    "	UPDATE link SET to_story = NULL WHERE to_story = old.id; END;";

static const struct migration {
	int to;
	const char *sql;
} migrations[] = {
    {1, first_format},
    {2, second_format},
    {3, third_format},
    {4, fourth_format},
    {5, fifth_format},
    {6, sixth_format},
    {7, seventh_format},
    {8, eighth_format},
    {9, ninth_format},
};

bool
schema_format(struct store *s, int64_t *format, struct err *e)
{
	return sql_number(s, "PRAGMA user_version", SQL_NO_ARGS, 0, format, e);
}

static bool
step(struct store *s, const struct migration *m, struct err *e)
{
	char mark[80];
	int64_t format;
	sqlite3_snprintf((int)sizeof(mark), mark,
	    "PRAGMA application_id = %d; PRAGMA user_version = %d", STORE_APPLICATION_ID,
	    m->to);
	if (!sql_begin(s, e))
		return false;
	/* Another kawat may have done it while this one waited for its turn. */
	if (!schema_format(s, &format, e))
		return sql_end(s, false, e);
	bool ok = format >= m->to || (sql_script(s, m->sql, e) && sql_script(s, mark, e));
	return sql_end(s, ok, e);
}

bool
schema_migrate(struct store *s, struct err *e)
{
	int64_t format;
	if (!schema_format(s, &format, e))
		return false;
	for (size_t i = 0; i < COUNT_OF(migrations); i++)
		if (format < migrations[i].to && !step(s, &migrations[i], e))
			return err_while(
			    e, "carrying '%s' to format %d", s->path, migrations[i].to);
	return true;
}
