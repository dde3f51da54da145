/* XML as events: the strict reading, the mending one, and the way from one to the other.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "feed/slip.h"
#include "feed/xml.h"

/* Events written down: <a x=1>text</a>. */
struct notes {
	struct buf out;
	struct xml *xml;
	const char *no_root; /* a root of that name is none */
	const char *stop_at; /* stop when this begins */
	const char *leaf;    /* what begins in it closes it, while mending */
};

static void
note_start(void *ctx, struct str name, const struct xml_attribute *attributes, size_t n)
{
	struct notes *s = ctx;
	if (s->no_root && str_eq(name, str_z(s->no_root))) {
		xml_no_root(s->xml);
		return;
	}
	buf_char(&s->out, '<');
	buf_add(&s->out, name);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&s->out, " %.*s=%.*s", STR_ARG(attributes[i].name),
		    STR_ARG(attributes[i].value));
	buf_char(&s->out, '>');
	if (s->stop_at && str_eq(name, str_z(s->stop_at)))
		xml_stop(s->xml);
}

static void
note_end(void *ctx, struct str name)
{
	struct notes *s = ctx;
	buf_fmt(&s->out, "</%.*s>", STR_ARG(name));
}

static void
note_text(void *ctx, struct str text)
{
	struct notes *s = ctx;
	buf_add(&s->out, text);
}

static bool
leaf_is_open(const struct notes *s)
{
	if (!s->leaf)
		return false;
	char start[32], end[32];
	snprintf(start, sizeof(start), "<%s>", s->leaf);
	snprintf(end, sizeof(end), "</%s>", s->leaf);
	size_t last_start = STR_NONE, at = 0, n_ends = 0, n_starts = 0;
	struct str out = buf_str(&s->out);
	for (; (at = str_find(out, str_z(start))) != STR_NONE;
	     out = str_from(out, at + 1)) {
		last_start = at;
		n_starts++;
	}
	for (out = buf_str(&s->out); (at = str_find(out, str_z(end))) != STR_NONE;
	     out = str_from(out, at + 1))
		n_ends++;
	return last_start != STR_NONE && n_starts > n_ends;
}

static bool
note_closes(void *ctx, struct str name, bool mending)
{
	(void)name;
	return mending && leaf_is_open(ctx);
}

static bool
note_in_markup(void *ctx)
{
	struct notes *s = ctx;
	return str_find(buf_str(&s->out), STR("<html>")) != STR_NONE;
}

static unsigned
read_pieces(struct notes *s, struct str document, size_t piece)
{
	struct xml_events events = {
	    note_start, note_end, note_text, note_closes, note_in_markup, s};
	s->xml = xml_new(&events);
	while (document.n) {
		struct str head = str_sub(document, 0, piece);
		xml_push(s->xml, bytes_of_str(head));
		document = str_from(document, head.n);
	}
	xml_end(s->xml);
	unsigned mended = xml_repairs(s->xml)->kinds;
	xml_free(s->xml);
	return mended;
}

struct row {
	const char *document, *events;
	unsigned mended;
	const char *leaf;
};

static void
check_rows(const struct row *rows, size_t n)
{
	static const size_t pieces[] = {SIZE_MAX, 5, 1};
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < COUNT_OF(pieces); k++) {
			struct notes s = {.leaf = rows[i].leaf};
			unsigned mended =
			    read_pieces(&s, str_z(rows[i].document), pieces[k]);
			if (!str_eq(buf_str(&s.out), str_z(rows[i].events)) ||
			    mended != rows[i].mended)
				fail_msg("%s in pieces of %zu: %s, mended %x, want %x",
				    rows[i].document, pieces[k], buf_z(&s.out), mended,
				    rows[i].mended);
			buf_clear(&s.out);
		}
}

static void
test_strict(void **state)
{
	static const struct row rows[] = {
	    {"<?xml version='1.0'?>\n<a x='1' "
	     "y='&lt;2'><b/>t&amp;u<![CDATA[<v>]]></a>\n<!-- c -->",
		"<a x=1 y=<2><b></b>t&u<v></a>", 0, NULL},
	    {"<p:a xmlns:p='urn:x'><q:b/></p:a>", "<p:a xmlns:p=urn:x><q:b></q:b></p:a>",
		0, NULL},
	};
	(void)state;
	check_rows(rows, COUNT_OF(rows));
}

static void
test_doctype_goes_to_mending(void **state)
{
	static const struct row rows[] = {
	    {"<!DOCTYPE a><a>x</a>", "<a>x</a>", 0, NULL},
	    {"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]>\n<a "
	     "d='&b;'>&b;<e/></a>",
		"<a d=c>c<e></e></a>", 0, NULL},
	    {"<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]><a/>", "<a></a>", 0, NULL},
	};
	(void)state;
	check_rows(rows, COUNT_OF(rows));
}

static void
test_tags(void **state)
{
	static const struct row rows[] = {
	    {"<a><b>x</a>", "<a><b>x</b></a>", REPAIR_TAGS, NULL},
	    {"<a><b><c>x</b>y</c></a>", "<a><b><c>x</c></b>y</a>", REPAIR_TAGS, NULL},
	    {"<a>x</b>y</a>", "<a>xy</a>", REPAIR_TAGS, NULL},
	    {"<A>x</a>", "<A>x</A>", REPAIR_TAGS, NULL},
	    {"<a><title>x</titel>y</a>", "<a><title>x</title>y</a>", REPAIR_TAGS, NULL},
	    {"<a><c:encoded>x</encoded>y</a>", "<a><c:encoded>x</c:encoded>y</a>",
		REPAIR_TAGS, NULL},
	    {"<a>&z;<leaf>x<b>y</b></a>", "<a>&z;<leaf>x</leaf><b>y</b></a>",
		REPAIR_TAGS | REPAIR_ENTITIES, "leaf"},
	    {"<a>x</a", "<a>x</a>", REPAIR_CUT, NULL},
	    {"<a><b>x</b<c/></a>", "<a><b>x</b><c></c></a>", REPAIR_TAGS, NULL},
	    {"<html>&z;<br>x<img src=y>", "<html>&z;<br></br>x<img src=y></img>",
		REPAIR_TAGS | REPAIR_ENTITIES | REPAIR_ATTRIBUTES | REPAIR_CUT, NULL},
	    {"<html>&z;<li>x<li>y</html>", "<html>&z;<li>x</li><li>y</li></html>",
		REPAIR_TAGS | REPAIR_ENTITIES, NULL},
	    {"<html>&z;</br></p></html>", "<html>&z;</html>", REPAIR_TAGS | REPAIR_ENTITIES,
		NULL},
	};
	(void)state;
	check_rows(rows, COUNT_OF(rows));
}

static void
test_characters(void **state)
{
	static const struct row rows[] = {
	    {"<a>x & y</a>", "<a>x & y</a>", REPAIR_AMPERSANDS, NULL},
	    {"<a>x < y</a>", "<a>x < y</a>", REPAIR_AMPERSANDS, NULL},
	    {"<a>x <y and <z/></a>", "<a>x <y and <z></z></a>", REPAIR_AMPERSANDS, NULL},
	    {"<a b='c & d' e='<f>'/>", "<a b=c & d e=<f>></a>", REPAIR_AMPERSANDS, NULL},
	    {"<a b='c' b='d'/>", "<a b=c b=d></a>", REPAIR_ATTRIBUTES, NULL},
	    {"<a b='c'd=\"e\" f/>", "<a b=c d=e f=></a>", REPAIR_ATTRIBUTES, NULL},
	    {"<a b\n=\n'c\nd'/>x", "<a b=c d></a>", REPAIR_JUNK_AFTER, NULL},
	    {"<a>x\x01y</a>", "<a>xy</a>", REPAIR_CONTROLS, NULL},
	    {"<a>&#xD800;x</a>", "<a>x</a>", REPAIR_REFERENCES, NULL},
	    {"<a>]]></a>", "<a>]]></a>", REPAIR_OTHER, NULL},
	    {"<a>x<![CDATA[y\x02<b>]]>z</a>", "<a>xy<b>z</a>", REPAIR_CONTROLS, NULL},
	    {"<a><![CDATA[x\xEF\xBF\xBEy]]></a>", "<a>x\xEF\xBF\xBEy</a>", REPAIR_OTHER,
		NULL},
	    {"<a><![CDATA[x]]]]><![CDATA[>y]] >]]]></a>", "<a>x]]>y]] >]</a>", 0, NULL},
	    {"<a><!-- <![CDATA[ --><b c='x'/><![CDATA[\n]]></a>", "<a><b c=x></b>\n</a>",
		0, NULL},
	    {"<a>x<!-- y -- z -->w</a>", "<a>xw</a>", REPAIR_COMMENTS, NULL},
	    {"<a>x<!y>z</a>", "<a>xz</a>", REPAIR_OTHER, NULL},
	};
	(void)state;
	check_rows(rows, COUNT_OF(rows));
}

/*
 * A document that is being mended is read alike wherever it is cut.  It is so long that mending has
 * begun before the cut.
 */
static void
test_cut_anywhere(void **state)
{
	enum { LONG = 20000 };
	static const struct {
		const char *document, *events;
	} rows[] = {
	    {"<b c='<x>'/><d/></a>", "<b c=<x>></b><d></d></a>"},
	    {"<b c='<x>' /><d e='<'></d></a>", "<b c=<x>></b><d e=<></d></a>"},
	    {"<b c='<d e='f'/></a>", "<b c='<d e=f></d></a>"},
	    {"&amp;<![CDATA[x]]]>&#38;</a>", "&x]&</a>"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf document = {0};
		buf_fmt(&document, "<a>&z;<!--%*s-->", LONG, "");
		size_t from = document.n;
		buf_add(&document, str_z(rows[i].document));
		for (size_t cut = from; cut <= document.n; cut++) {
			struct notes s = {0};
			(void)read_pieces(&s, buf_str(&document), cut);
			if (!str_ends(buf_str(&s.out), str_z(rows[i].events)))
				fail_msg("%s cut at %zu: %s", rows[i].document, cut - from,
				    buf_z(&s.out));
			buf_clear(&s.out);
		}
		buf_clear(&document);
	}
}

static void
test_around(void **state)
{
	static const struct row rows[] = {
	    {"\n<?xml version='1.0'?><a/>", "<a></a>", REPAIR_JUNK_BEFORE, NULL},
	    {"x & y <a/>", "<a></a>", REPAIR_JUNK_BEFORE | REPAIR_AMPERSANDS, NULL},
	    {"<a/><b/>", "<a></a>", REPAIR_JUNK_AFTER, NULL},
	    {"<a/>\n&x;", "<a></a>", REPAIR_JUNK_AFTER, NULL},
	    {"<a><b>x</b><c", "<a><b>x</b>", REPAIR_CUT, NULL},
	    {"<a><!-- x", "<a>", REPAIR_CUT, NULL},
	    {"<a><![CDATA[x]", "<a>x]", REPAIR_CUT, NULL},
	    {"<a><![CD", "<a>", REPAIR_CUT | REPAIR_OTHER, NULL},
	    {"", "", REPAIR_CUT, NULL},
	};
	(void)state;
	check_rows(rows, COUNT_OF(rows));
}

/* A fragment of HTML before the root is passed over, whichever reader meets it. */
static void
test_no_root(void **state)
{
	(void)state;
	for (size_t piece = 1; piece < 100; piece += 33) {
		struct notes s = {.no_root = "br"};
		read_pieces(&s, STR("<br/>\n<br>x <a>y</a>"), piece);
		assert_string_equal(buf_z(&s.out), "<a>y</a>");
		buf_clear(&s.out);
	}
}

static void
test_stop(void **state)
{
	static const char *const documents[] = {
	    "<a><b/><c/><d/></a>", "<a>&x;<b/><c/><d/></a>"};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(documents); i++) {
		struct notes s = {.stop_at = "c"};
		read_pieces(&s, str_z(documents[i]), 3);
		assert_true(str_ends(buf_str(&s.out), STR("<b></b><c>")));
		buf_clear(&s.out);
	}
}

static void
test_slips(void **state)
{
	static const struct {
		const char *a, *b;
		bool slip;
	} rows[] = {
	    {"title", "titel", true},
	    {"title", "tilte", true},
	    {"title", "titl", true},
	    {"title", "Title", true},
	    {"item", "itme", true},
	    {"item", "items", true},
	    {"description", "discripton", true},
	    {"pubDate", "pubdat", true},
	    {"title", "item", false},
	    {"link", "guid", false},
	    {"b", "i", false},
	    {"item", "itesm1", false},
	    {"", "", false},
	    {"link", "line", true},
	    {"name", "mane", false},
	    {"abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz", false},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (slip_is(str_z(rows[i].a), str_z(rows[i].b)) != rows[i].slip ||
		    slip_is(str_z(rows[i].b), str_z(rows[i].a)) != rows[i].slip)
			fail_msg("%s and %s", rows[i].a, rows[i].b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_strict),
	    cmocka_unit_test(test_doctype_goes_to_mending),
	    cmocka_unit_test(test_tags),
	    cmocka_unit_test(test_characters),
	    cmocka_unit_test(test_cut_anywhere),
	    cmocka_unit_test(test_around),
	    cmocka_unit_test(test_no_root),
	    cmocka_unit_test(test_stop),
	    cmocka_unit_test(test_slips),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
