#include "feed/repairs.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/clean.h"

enum { SENTENCE_MAX = 3 }; /* repairs in the line of a log */

/* What is said without and with something to be about. */
static const struct {
	enum repair kind;
	struct str alone, about;
} words[] = {
    {REPAIR_LABEL, STR_INIT("a wrong or missing encoding label"),
	STR_INIT("a wrong or missing encoding label, read as ")},
    {REPAIR_BYTES, STR_INIT("bytes that do not fit the encoding"),
	STR_INIT("bytes that are no ")},
    {REPAIR_JUNK_BEFORE, STR_INIT("junk before the document"), STR_INIT("")},
    {REPAIR_JUNK_AFTER, STR_INIT("junk after the end"), STR_INIT("")},
    {REPAIR_TAGS, STR_INIT("tags not closed, crossed or misspelt"), STR_INIT("")},
    {REPAIR_ATTRIBUTES, STR_INIT("odd attributes"), STR_INIT("odd attributes of ")},
    {REPAIR_ENTITIES, STR_INIT("undeclared entities"), STR_INIT("undeclared ")},
    {REPAIR_AMPERSANDS, STR_INIT("stray & or <"), STR_INIT("stray ")},
    {REPAIR_REFERENCES, STR_INIT("a reference to no character"),
	STR_INIT("a wrong reference ")},
    {REPAIR_CONTROLS, STR_INIT("control characters"), STR_INIT("control character ")},
    {REPAIR_COMMENTS, STR_INIT("a broken comment"), STR_INIT("")},
    {REPAIR_CUT, STR_INIT("the end is missing"), STR_INIT("")},
    {REPAIR_DEEP, STR_INIT("elements nested too deep"), STR_INIT("")},
    {REPAIR_BOMB, STR_INIT("an entity bomb"), STR_INIT("")},
    {REPAIR_NUMBERS, STR_INIT("a number beyond any range"), STR_INIT("")},
    {REPAIR_COMMAS, STR_INIT("a comma too many"), STR_INIT("")},
    {REPAIR_SIZE, STR_INIT("left out what is beyond the limit"),
	STR_INIT("left out what is beyond ")},
    {REPAIR_OTHER, STR_INIT("not well-formed"), STR_INIT("")},
};

_Static_assert(COUNT_OF(words) == REPAIR_KINDS && REPAIR_OTHER == 1 << (REPAIR_KINDS - 1),
    "words for each kind");

static size_t
number_of(enum repair kind)
{
	size_t i = 0;
	while (i + 1 < REPAIR_KINDS && words[i].kind != kind)
		i++;
	return i;
}

bool
repairs_has_room(const struct repairs *r, enum repair kind)
{
	return r->of_kind[number_of(kind)] < REPAIRS_OF_A_KIND;
}

void
repairs_note(struct repairs *r, enum repair kind, int64_t line, struct str about)
{
	r->count++;
	r->kinds |= kind;
	if (!repairs_has_room(r, kind))
		return;
	r->of_kind[number_of(kind)]++;
	about = utf8_cut(about, REPAIRS_ABOUT_BYTES);
	r->v[r->n].kind = kind;
	r->v[r->n].line = line;
	r->v[r->n].n_about = about.n;
	if (about.n)
		memcpy(r->v[r->n].about, about.p, about.n);
	r->n++;
}

static bool
stands_before(const struct repairs *r, size_t i, size_t k)
{
	if (r->v[i].line != r->v[k].line)
		return r->v[i].line < r->v[k].line;
	return r->v[i].kind < r->v[k].kind;
}

/* By insertion: they are few, and nearly in order. */
static void
sort(const struct repairs *r, size_t order[REPAIRS_MAX])
{
	for (size_t i = 0; i < r->n; i++) {
		size_t at = i;
		for (; at > 0 && stands_before(r, i, order[at - 1]); at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
}

void
repairs_list(struct arena *a, const struct repairs *r, struct feed_head *head)
{
	size_t order[REPAIRS_MAX];
	sort(r, order);
	for (size_t k = 0; k < r->n; k++) {
		size_t i = order[k], kind = number_of(r->v[i].kind);
		struct str about = str_of(r->v[i].about, r->v[i].n_about);
		about = text_clean_line(a, bytes_of_str(about));
		struct feed_repair one = {about.n ? arena_cat(a, words[kind].about, about)
						  : words[kind].alone,
		    r->v[i].line};
		ARENA_PUSH(a, &head->repaired, one);
	}
	head->n_repaired = r->count;
}

struct str
repairs_sentence(struct arena *a, const struct feed_head *head)
{
	struct buf b = {0};
	size_t n = head->repaired.n < SENTENCE_MAX ? head->repaired.n : SENTENCE_MAX;
	for (size_t i = 0; i < n; i++) {
		const struct feed_repair *one = &head->repaired.v[i];
		buf_fmt(&b, "%s%.*s", i ? ", " : "", STR_ARG(one->what));
		if (one->line)
			buf_fmt(&b, " at line %lld", (long long)one->line);
	}
	int64_t more = head->n_repaired - (int64_t)n;
	if (more > 0)
		buf_fmt(&b, " and %lld more", (long long)more);
	struct str sentence = arena_str(a, buf_str(&b));
	buf_clear(&b);
	return sentence;
}

int64_t
repairs_lines(struct str s)
{
	int64_t n = 0;
	size_t i = 0;
	for (uint64_t x; s.n - i >= sizeof(x); i += sizeof(x)) {
		memcpy(&x, s.p + i, sizeof(x));
		if (eight_equal(x, '\n'))
			n += eight_count(eight_exactly(x, '\n'));
	}
	for (; i < s.n; i++)
		n += s.p[i] == '\n';
	const char *end = s.p + s.n, *p = s.p;
	while (p < end && (p = memchr(p, '\r', (size_t)(end - p)))) {
		p++;
		n += p == end || *p != '\n';
	}
	return n;
}
