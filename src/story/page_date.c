/* When it was published and changed: JSON-LD, <meta>, <time>, the address, the line of the date. */
#include "story/page_meta.h"

#include "story/trim.h"
#include "story/zone.h"
#include "text/clean.h"
#include "text/date.h"
#include "text/html_text.h"
#include "text/url.h"

enum {
	MAX_DATE_LINES = 200, /* of the page, looked at for a date in words */
	MAX_DATE_LETTERS = 120,
};

/* 1990 and 2100: what is outside is no date of a page, but a number that looked like one. */
#define FIRST_PAGE INT64_C(631152000)
#define LAST_PAGE INT64_C(4102444800)

static bool
take(struct arena *a, struct str s, struct story *story)
{
	struct date d;

	s = trim_space(s);
	if (s.n == 0 || s.n > DATE_MAX_BYTES || (!date_parse(s, &d) && !date_find(s, &d)))
		return false;
	if (d.at < FIRST_PAGE || d.at > LAST_PAGE)
		return false;
	story->published = d.at;
	story->published_offset = d.offset_min;
	story->published_raw = date_as_written(a, &d);
	return true;
}

static struct str
time_of(const struct html_node *n)
{
	struct str s = html_attr(n, "datetime");

	return s.n > 0 ? s : html_attr(n, "content");
}

/* <time pubdate>, itemprop=datePublished; then any <time> that is not in a list of others. */
static bool
from_time(const struct page_map *m, struct story *story, bool sure)
{
	for (uint32_t i = 0; i < m->boxes.n; i++) {
		const struct html_node *n = m->boxes.v[i].node;
		bool named = str_eq(html_attr(n, "itemprop"), STR("datePublished")) ||
		    (html_is(n, HTML_TAG_TIME) && html_has_attr(n, "pubdate"));
		if (sure ? !named : !html_is(n, HTML_TAG_TIME))
			continue;
		if (!sure && page_within(m, i, PAGE_COMMENTS | PAGE_RELATED | PAGE_SIDE | PAGE_CHROME,
		    PAGE_NONE))
			continue;
		struct str s = time_of(n);
		if (s.n == 0)
			s = html_node_line(m->arena, n);
		if (take(m->arena, text_clean_line(m->arena, bytes_of_str(s)), story))
			return true;
	}
	return false;
}

/* /2025/03/04/ or /2025-03-04 in the address */
static bool
from_url(struct arena *a, struct str url, struct story *story)
{
	for (size_t i = 0; i + 10 < url.n; i++) {
		const char *p = url.p + i;
		char sep = p[5];
		if (p[0] != '/' || (p[1] != '1' && p[1] != '2') || (sep != '/' && sep != '-'))
			continue;
		size_t n = 1;
		while (i + n < url.n && (ascii_digit((unsigned char)p[n]) || p[n] == sep))
			n++;
		struct str found = str_sub(url, i + 1, n - 1);
		if (found.n > 0 && found.p[found.n - 1] == sep)
			found.n--;
		if (found.n < 8 || found.n > 10)
			continue;
		struct buf b = {0};
		for (size_t k = 0; k < found.n; k++)
			buf_char(&b, found.p[k] == '/' ? '-' : found.p[k]);
		bool ok = take(a, arena_str(a, buf_str(&b)), story);
		buf_clear(&b);
		if (ok)
			return true;
	}
	return false;
}

/* A short line that says a date: first where the class says so, then anywhere near the top. */
static bool
from_lines(const struct page_map *m, struct story *story, bool named)
{
	for (size_t i = 0; i < m->lines.n && (named || i < MAX_DATE_LINES); i++) {
		const struct page_line *l = &m->lines.v[i];
		if (l->letters > MAX_DATE_LETTERS || !str_has_digit(l->text) ||
		    page_within(m, l->box, PAGE_COMMENTS | PAGE_RELATED | PAGE_SIDE, PAGE_NONE))
			continue;
		if (named && !page_within(m, m->leaves.v[l->leaf].box, PAGE_BYLINE, PAGE_NONE))
			continue;
		if (take(m->arena, l->text, story))
			return true;
	}
	return false;
}

static void
find_published(const struct page_map *m, const struct page_meta *meta, struct str url,
    struct story *story)
{
	if (take(m->arena, meta->jsonld.published, story) ||
	    take(m->arena, meta->field[META_PUBLISHED], story))
		return;
	if (from_time(m, story, true) || from_time(m, story, false))
		return;
	if (from_lines(m, story, true) || from_url(m->arena, url, story))
		return;
	(void)from_lines(m, story, false);
}

/* A time that was written without a zone ("2025-03-04T08:15:00") is that of the newsroom. */
static void
set_in_zone(const struct page_meta *meta, struct str url, struct story *story)
{
	const struct zone *zone = zone_of_host(url_host(url));

	if (story->published_raw.n != sizeof("2025-03-04T08:15:00") - 1)
		return;
	if (!zone)
		zone = zone_of_language(str_trim(meta->html_lang));
	if (zone)
		story->published -= (int64_t)zone_offset(zone, story->published) * 60;
}

void
page_dates(const struct page_map *m, const struct page_meta *meta, struct str url,
    struct story *story)
{
	struct date d;
	struct str modified = meta->jsonld.modified.n ? meta->jsonld.modified
	                                              : meta->field[META_MODIFIED];

	if (modified.n > 0 && modified.n <= DATE_MAX_BYTES && date_parse(modified, &d))
		story->updated = d.at;
	find_published(m, meta, url, story);
	set_in_zone(meta, url, story);
}
