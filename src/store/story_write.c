#include "store/story_write.h"

#include "store/key.h"
#include "store/links.h"
#include "store/list_place.h"
#include "store/sql.h"

/*
 * Of stories of one second the first that a feed lists is its newest, so their numbers
 * count down from the middle.
 */
enum { ORD_MIDDLE = 1 << (LIST_PLACE_BITS - 1) };

enum { SENTENCE_BYTES = 80 }; /* a feed that gives less gives no text to speak of */

static bool
choose_ord(struct store *s, int64_t published, int64_t now, int64_t *ord, struct err *e)
{
	int64_t at = published != STORY_NO_TIME && published < now ? published : now;
	int64_t lowest;
	/* A second that is full makes room in the next one towards our time, which no
	 * calendar ends. */
	for (int64_t step = at < 0 ? 1 : -1;; at += step) {
		int64_t base = list_place_of_time(at);
		if (!sql_number(s,
			"SELECT min(ord) FROM story WHERE ord >= ?1 AND ord < ?2",
			SQL_ARGS(sql_int(base), sql_int(base + (1 << LIST_PLACE_BITS))),
			-1, &lowest, e))
			return false;
		*ord = lowest == -1 ? base + ORD_MIDDLE : lowest - 1;
		if (*ord >= base)
			return true;
	}
}

static struct str
pack_images(struct arena *a, const struct story *s)
{
	struct buf b = {0};
	for (size_t i = 0; i < s->images.n && i < STORY_MAX_IMAGES; i++) {
		buf_add(&b, s->images.v[i].url);
		buf_char(&b, '\t');
		struct str alt = s->images.v[i].alt;
		for (size_t j = 0; j < alt.n; j++)
			buf_char(
			    &b, ascii_space((unsigned char)alt.p[j]) ? ' ' : alt.p[j]);
		buf_char(&b, '\n');
	}
	struct str out = arena_str(a, buf_str(&b));
	buf_clear(&b);
	return out;
}

static bool
put_body(struct store *s, struct arena *a, story_id id, const struct story *story,
    struct err *e)
{
	struct buf spans = {0};
	doc_pack_spans(&story->body, &spans);
	bool ok = sql_run(s,
	    "INSERT INTO body(story, text, spans, summary, images) VALUES (?1, ?2, ?3, "
	    "?4, ?5)"
	    " ON CONFLICT(story) DO UPDATE SET text = excluded.text, spans = "
	    "excluded.spans,"
	    " summary = iif(excluded.summary = '', summary, excluded.summary),"
	    " images = iif(excluded.images = '', images, excluded.images)",
	    SQL_ARGS(sql_int(id), sql_text(story->body.text),
		sql_blob(bytes_of_str(buf_str(&spans))), sql_text(story->summary),
		sql_text(pack_images(a, story))),
	    e);
	buf_clear(&spans);
	return ok;
}

static bool
insert_story(struct store *s, struct arena *a, const struct story *w,
    const struct write_place *place, enum write_source source, int64_t ord, struct err *e)
{
	bool stored = w->full ||
	    (source == WRITE_PAGE && w->body.text.n > 0 && w->withheld == WITHHELD_NOT);
	return sql_run(s,
	    "INSERT INTO story(ord, key, url, title, agency, lang, place, byline,"
	    " published, published_offset, updated, first_seen, read_at, stored,"
	    " urgency, status, advertorial, owner, title_hash, site, section, slug,"
	    " source, exchange, reporter, translator, editor, photographer, desk,"
	    " copyright, rights, correction, usage, embargo_until) VALUES"
	    " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,"
	    " ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30,"
	    " ?31, ?32, ?33, ?34)",
	    SQL_ARGS(sql_int(ord), sql_text(place->key), sql_text(w->url),
		sql_text(w->title), sql_text(w->agency), sql_text(w->lang),
		sql_text(w->place), sql_text(w->byline),
		sql_int_or(w->published, STORY_NO_TIME), sql_int(w->published_offset),
		sql_int_or(w->updated, STORY_NO_TIME), sql_int(place->now),
		source == WRITE_ITEM ? sql_null() : sql_int(0), sql_int(stored),
		sql_int(w->urgency), sql_int(w->status), sql_int(w->advertorial),
		sql_int(place->owner), sql_int(key_headline(a, w->title)),
		sql_text(w->site), sql_text(w->section), sql_text(w->slug),
		sql_text(w->source), sql_text(w->exchange), sql_text(w->reporter),
		sql_text(w->translator), sql_text(w->editor), sql_text(w->photographer),
		sql_text(w->desk), sql_text(w->copyright), sql_text(w->rights),
		sql_text(w->correction), sql_text(w->usage),
		sql_int_or(w->embargo_until, STORY_NO_TIME)),
	    e);
}

static int64_t
published_or(const struct story *w, const struct write_place *place)
{
	bool dated = w->published != STORY_NO_TIME || place->not_above == 0;
	return dated ? w->published : place->not_above;
}

bool
write_new(struct store *s, struct arena *a, const struct story *w,
    const struct write_place *place, enum write_source source, story_id *id, int64_t *ord,
    struct err *e)
{
	if (!choose_ord(s, published_or(w, place), place->now, ord, e) ||
	    !insert_story(s, a, w, place, source, *ord, e))
		return false;
	*id = sql_last_id(s);
	tally_story(s, source == WRITE_ITEM);
	tally_unindexed(s, 1);
	return put_body(s, a, *id, w, e) &&
	    sql_run(s, "INSERT INTO unindexed VALUES (?1)", SQL_ARGS(sql_int(*ord)), e) &&
	    links_add(s, a, *id, w, e) && links_arrive_key(s, a, *id, place->key, e) &&
	    links_arrive_title(s, a, *id, w->title, e);
}

/* --- another wording -------------------------------------------------------------- */

struct current {
	int64_t ord, version, read_at, status;
	struct str title, place, byline, correction, text, summary;
	bool stored, read;
};

static bool
load(struct store *s, struct arena *a, story_id id, struct current *c, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT s.ord, s.version, s.read_at, s.status, s.title, s.place, s.byline,"
	    " s.correction, coalesce(b.text, ''), s.stored, coalesce(b.summary, '') FROM "
	    "story s"
	    " LEFT JOIN body b ON b.story = s.id WHERE s.id = ?1",
	    SQL_ARGS(sql_int(id)), e);
	if (!st)
		return false;
	if (!sql_row(s, st, &failed, e))
		return failed ? false
			      : err_set(e, ERR_NOT_FOUND, "there is no such story");
	c->ord = sql_get_int(st, 0);
	c->version = sql_get_int(st, 1);
	c->read_at = sql_get_int(st, 2);
	c->status = sql_get_int(st, 3);
	c->title = sql_get_text(a, st, 4);
	c->place = sql_get_text(a, st, 5);
	c->byline = sql_get_text(a, st, 6);
	c->correction = sql_get_text(a, st, 7);
	c->text = sql_get_text(a, st, 8);
	c->stored = sql_get_int(st, 9) != 0;
	c->summary = sql_get_text(a, st, 10);
	c->read = c->read_at > 0;
	sql_done(st);
	return true;
}

/* What of the new wording counts. */
struct verdict {
	bool takes_title, takes_text;
	bool title, text, state; /* is another */
	bool summary; /* is another, and the text stays */
	bool keeps_version; /* what a reader could have read is replaced */
};

/*
 * A page that has less than what is here already: than the feed gave, or half of what the page
 * gave before.  It was not understood, or shows a part.
 */
static bool
gives_less(const struct current *c, const struct story *page)
{
	return c->text.n >= SENTENCE_BYTES &&
	    page->body.text.n * 10 < c->text.n * (c->stored ? 5 : 8);
}

static struct verdict
judge(const struct current *c, const struct story *w, enum write_source source)
{
	struct verdict v = {0};
	bool better = w->full || !c->stored || c->text.n == 0;
	if (source == WRITE_PAGE && (!w->full || gives_less(c, w)))
		better = c->text.n == 0;
	v.takes_title = w->title.n > 0 && (source == WRITE_ITEM || c->title.n == 0);
	v.takes_text = better && w->body.text.n > 0;
	v.title = v.takes_title && !str_eq(w->title, c->title);
	v.text = v.takes_text && !str_eq(w->body.text, c->text);
	v.summary = !v.takes_text && w->summary.n && !str_eq(w->summary, c->summary);
	v.state = (int64_t)w->status != c->status ||
	    (w->correction.n && !str_eq(w->correction, c->correction));
	v.state = v.state && (w->status != STORY_USABLE || w->correction.n);
	/* The full text in the place of a summary is the same story, better known. */
	bool completes = w->full && !c->stored && !v.title;
	v.keeps_version = v.title || (v.text && !completes && c->text.n > 0);
	return v;
}

static bool
keep_version(struct store *s, story_id id, int64_t version, int64_t now, struct err *e)
{
	return sql_run(s,
		   "INSERT OR REPLACE INTO version SELECT s.id, s.version, ?2, s.title,"
		   " coalesce(b.text, ''), coalesce(b.spans, x'') FROM story s"
		   " LEFT JOIN body b ON b.story = s.id WHERE s.id = ?1",
		   SQL_ARGS(sql_int(id), sql_int(now)), e) &&
	    sql_run(s, "DELETE FROM version WHERE story = ?1 AND n <= ?2",
		SQL_ARGS(sql_int(id), sql_int(version - WRITE_MAX_VERSIONS)), e) &&
	    sql_run(s, "UPDATE story SET version = version + 1 WHERE id = ?1",
		SQL_ARGS(sql_int(id)), e);
}

/* Before the words change: remember what the index holds, see remove.c. */
static bool
mark_outdated(struct store *s, int64_t ord, struct err *e)
{
	const struct sql_arg *arg = SQL_ARGS(sql_int(ord));
	bool ok = sql_run(s,
		      "INSERT OR IGNORE INTO outdated SELECT ord, title, place, byline, "
		      "text, links"
		      " FROM story_text WHERE ord = ?1"
		      " AND NOT EXISTS (SELECT 1 FROM unindexed WHERE ord = ?1)",
		      arg, e) &&
	    sql_run(s, "INSERT OR IGNORE INTO unindexed VALUES (?1)", arg, e);
	if (ok)
		tally_unindexed(s, sql_changes(s));
	return ok;
}

/* clang-format off */
/* A blank leaves what is known. */
#define KEEP(column, n) ", " column " = iif(?" n " = '', " column ", ?" n ")"

static const char put_fields_sql[] =
    "UPDATE story SET title_hash = iif(?2 = '', title_hash, ?3),"
    " published = coalesce(published, ?8), updated = coalesce(?9, updated),"
    " status = iif(?10 = 0, status, ?10), urgency = iif(?11 = 0, urgency, ?11),"
    " embargo_until = coalesce(?26, embargo_until), advertorial = max(advertorial, ?28)"
    KEEP("title", "2") KEEP("agency", "4") KEEP("lang", "5") KEEP("place", "6")
    KEEP("byline", "7") KEEP("site", "12") KEEP("section", "13") KEEP("slug", "14")
    KEEP("source", "15") KEEP("exchange", "16") KEEP("reporter", "17")
    KEEP("translator", "18") KEEP("editor", "19") KEEP("photographer", "20")
    KEEP("desk", "21") KEEP("copyright", "22") KEEP("rights", "23")
    KEEP("correction", "24") KEEP("usage", "25") KEEP("url", "27")
    " WHERE id = ?1";
/* clang-format on */

static bool
put_fields(struct store *s, struct arena *a, story_id id, const struct story *w,
    const struct verdict *v, struct err *e)
{
	struct str title = v->takes_title ? w->title : STR("");
	return sql_run(s, put_fields_sql,
	    SQL_ARGS(sql_int(id), sql_text(title), sql_int(key_headline(a, title)),
		sql_text(w->agency), sql_text(w->lang), sql_text(w->place),
		sql_text(w->byline), sql_int_or(w->published, STORY_NO_TIME),
		sql_int_or(w->updated, STORY_NO_TIME), sql_int(w->status),
		sql_int(w->urgency), sql_text(w->site), sql_text(w->section),
		sql_text(w->slug), sql_text(w->source), sql_text(w->exchange),
		sql_text(w->reporter), sql_text(w->translator), sql_text(w->editor),
		sql_text(w->photographer), sql_text(w->desk), sql_text(w->copyright),
		sql_text(w->rights), sql_text(w->correction), sql_text(w->usage),
		sql_int_or(w->embargo_until, STORY_NO_TIME), sql_text(w->url),
		sql_int(w->advertorial)),
	    e);
}

/* A reader who has read it is told; a new headline or a correction makes it unread
 * again. */
static bool
tell_reader(struct store *s, story_id id, const struct verdict *v, struct err *e)
{
	bool unread = v->title || v->state;
	return sql_run(s,
	    unread
		? "UPDATE story SET updated_since_read = 1, read_at = NULL WHERE id = ?1"
		: "UPDATE story SET updated_since_read = 1 WHERE id = ?1",
	    SQL_ARGS(sql_int(id)), e);
}

static bool
put_text(struct store *s, struct arena *a, story_id id, const struct story *w,
    enum write_source source, struct err *e)
{
	bool stored = w->full || (source == WRITE_PAGE && w->withheld == WITHHELD_NOT);
	return put_body(s, a, id, w, e) && links_write(s, a, id, w, e) &&
	    sql_run(s,
		"UPDATE story SET stored = max(stored, ?2), gone = 0 WHERE id = ?1",
		SQL_ARGS(sql_int(id), sql_int(stored)), e);
}

bool
write_known(struct store *s, struct arena *a, story_id id, const struct story *w,
    enum write_source source, int64_t now, bool *changed, struct err *e)
{
	struct current c = {0};
	if (!load(s, a, id, &c, e))
		return false;
	struct verdict v = judge(&c, w, source);
	/* With a text come its links, whose headlines are searched too. */
	bool words = v.title || v.takes_text || v.summary ||
	    (w->place.n && !str_eq(w->place, c.place)) ||
	    (w->byline.n && !str_eq(w->byline, c.byline));

	*changed = v.keeps_version || v.state;
	if (words && !mark_outdated(s, c.ord, e))
		return false;
	if (v.keeps_version && !keep_version(s, id, c.version, now, e))
		return false;
	if (!put_fields(s, a, id, w, &v, e))
		return false;
	if (v.takes_text && !put_text(s, a, id, w, source, e))
		return false;
	/* The feed gave more than the page does: there is no more to be fetched. */
	if (!v.takes_text && source == WRITE_PAGE && w->full &&
	    !sql_run(s, "UPDATE story SET stored = 1, gone = 0 WHERE id = ?1",
		SQL_ARGS(sql_int(id)), e))
		return false;
	if (v.summary &&
	    !sql_run(s, "UPDATE body SET summary = ?2 WHERE story = ?1",
		SQL_ARGS(sql_int(id), sql_text(w->summary)), e))
		return false;
	if (v.title && !links_arrive_title(s, a, id, w->title, e))
		return false;
	return !*changed || !c.read || tell_reader(s, id, &v, e);
}

bool
write_alias(struct store *s, struct arena *a, story_id id, struct str key, struct err *e)
{
	story_id taken;
	if (key.n == 0)
		return true;
	if (!links_find_key(s, key, &taken, e))
		return false;
	if (taken != STORY_NONE)
		return true;
	return sql_run(s, "INSERT INTO alias VALUES (?1, ?2)",
		   SQL_ARGS(sql_text(key), sql_int(id)), e) &&
	    links_arrive_key(s, a, id, key, e);
}
