#include "feed/mend_tag.h"

#include "feed/names.h"
#include "feed/slip.h"

enum { MAX_MEANT = 4 };

/* The innermost open element was never closed. */
static void
note_unclosed(struct mend *m)
{
	size_t i = m->doc->n_open - 1;
	mend_note_tag(m, m->doc->line[i], "unclosed <", xml_state_name(m->doc, i), ">");
}

static bool
is_html(struct str name)
{
	return names_html(name) != HTML_TAG_UNKNOWN;
}

/* `link` and `source` have content in feeds. */
static bool
is_void(struct str name)
{
	enum html_tag tag = names_html(name);
	return html_tag_traits(tag) & HTML_VOID && tag != HTML_TAG_LINK &&
	       tag != HTML_TAG_SOURCE;
}

/* The innermost open element of that name, or SIZE_MAX. */
static size_t
find_open(const struct mend *m, struct str name)
{
	uint32_t hash = xml_state_hash(name);
	for (size_t i = m->doc->n_open; i-- > 0;)
		if (m->doc->hash[i] == hash &&
		    str_eq_nocase(xml_state_name(m->doc, i), name))
			return i;
	return SIZE_MAX;
}

/*
 * The innermost open element that the end tag was meant for: its prefix was forgotten, or
 * it is misspelt.  Only the innermost few are looked at: comparing is dear, and the slip
 * was made there.
 */
static size_t
find_meant(const struct mend *m, struct str name)
{
	size_t n = m->doc->n_open;
	struct str prefix;
	name = names_local(name, &prefix);
	for (size_t i = n; i-- > 0 && n - i <= MAX_MEANT;) {
		struct str open = names_local(xml_state_name(m->doc, i), &prefix);
		if (str_eq_nocase(open, name) || slip_is(open, name))
			return i;
	}
	return SIZE_MAX;
}

/* End an open element and all that were left open in it. */
static void
close_to(struct mend *m, size_t depth)
{
	m->excess = 0;
	while (m->doc->n_open > depth && !m->doc->stopped) {
		if (m->doc->n_open > depth + 1)
			note_unclosed(m);
		xml_state_end(m->doc);
	}
}

static void
end_tag(struct mend *m, struct str name)
{
	if (m->doc->n_open == 0) {
		mend_note_junk(m, STR(""));
		return;
	}
	bool html = is_html(name);
	size_t depth = m->excess && html ? SIZE_MAX : find_open(m, name);
	if (depth == SIZE_MAX && m->excess) {
		m->excess--;
		return;
	}
	if (depth == SIZE_MAX) {
		if (!html)
			depth = find_meant(m, name);
		mend_note_tag(m, 0, "</", name,
		    depth == SIZE_MAX ? "> without a start" : "> misspelt");
	} else if (!str_eq(xml_state_name(m->doc, depth), name)) {
		mend_note_tag(m, 0, "</", name, "> in another letter case");
	}
	if (depth != SIZE_MAX)
		close_to(m, depth);
}

/* HTML's elements that end where the next of their kind begins. */
static bool
ends_at_sibling(struct str name)
{
	static const struct str names[] = {STR_INIT("p"), STR_INIT("li"), STR_INIT("tr"),
	    STR_INIT("td"), STR_INIT("th"), STR_INIT("dt"), STR_INIT("dd"),
	    STR_INIT("option")};
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_eq_nocase(names[i], name))
			return true;
	return false;
}

/* End what the document left open before this start. */
static void
imply_ends(struct mend *m, struct str name, bool in_markup)
{
	const struct xml_events *events = m->doc->events;
	while (m->doc->n_open > 1 && events->closes(events->ctx, name, true)) {
		note_unclosed(m);
		xml_state_end(m->doc);
	}
	if (in_markup && m->doc->n_open && ends_at_sibling(name) &&
	    str_eq_nocase(name, xml_state_name(m->doc, m->doc->n_open - 1))) {
		note_unclosed(m);
		xml_state_end(m->doc);
	}
}

static void
start_tag(struct mend *m)
{
	struct xml_state *doc = m->doc;
	struct str name = m->tag.name;
	if (xml_state_done(doc)) {
		mend_note_junk(m, STR(""));
		return;
	}
	bool in_markup = doc->n_open && doc->events->in_markup(doc->events->ctx);
	if (m->excess == 0)
		imply_ends(m, name, in_markup);
	bool is_empty = m->tag.is_empty || (in_markup && is_void(name));
	if (m->excess || doc->n_open == FEED_MAX_DEPTH) {
		mend_note(m, REPAIR_DEEP, STR(""));
		m->excess += !is_empty;
		return;
	}
	if (doc->stopped || !xml_state_start(doc, name, m->tag.attributes, m->tag.n, doc->now))
		return;
	if (!m->tag.is_empty && is_empty)
		note_unclosed(m);
	if (is_empty && !doc->stopped)
		xml_state_end(doc);
}

enum mend_outcome
mend_stray(struct mend *m)
{
	mend_note(m, REPAIR_AMPERSANDS, STR("<"));
	mend_give_text(m, str_of("<", 1));
	m->at++;
	return MEND_DONE;
}

/* A tag that is cut waits; one that is cut for good is no tag, one too long is passed
 * over. */
static enum mend_outcome
cut_tag(struct mend *m, struct str s)
{
	if (m->final) {
		mend_note(m, REPAIR_CUT, STR(""));
		m->at = m->in.n;
		return MEND_DONE;
	}
	if (s.n < FEED_MAX_TAG_BYTES)
		return MEND_NEED_MORE;
	mend_note(m, REPAIR_OTHER, STR(""));
	m->state = MEND_DECLARATION;
	return MEND_DONE;
}

enum mend_outcome
mend_start_tag(struct mend *m, struct str s)
{
	size_t taken;
	m->entities.mended = 0; /* of a tag that was cut nothing counts */
	switch (tag_read(&m->tag, s, m->final, &m->entities, &taken)) {
	case TAG_STRAY:
		return mend_stray(m);
	case TAG_CUT:
		return cut_tag(m, s);
	case TAG_WHOLE:
		break;
	}
	m->at += taken;
	mend_note_references(m, STR("&"), 1);
	if (m->tag.is_odd)
		mend_note(m, REPAIR_ATTRIBUTES, m->tag.name);
	if (m->tag.name.n <= FEED_MAX_NAME_BYTES)
		start_tag(m);
	return MEND_DONE;
}

enum mend_outcome
mend_end_tag(struct mend *m, struct str s)
{
	size_t i = 2;
	while (i < s.n && ascii_space((unsigned char)s.p[i]))
		i++;
	struct str name = tag_name(s, i);
	i += name.n;
	while (i < s.n && s.p[i] != '>' && s.p[i] != '<')
		i++;
	if (i == s.n && !m->final)
		return cut_tag(m, s);
	if (i == s.n)
		mend_note(m, REPAIR_CUT, STR(""));
	else if (s.p[i] == '<')
		mend_note_tag(m, 0, "</", name, " without its >");
	m->at += i < s.n && s.p[i] == '>' ? i + 1 : i;
	if (name.n && name.n <= FEED_MAX_NAME_BYTES)
		end_tag(m, name);
	return MEND_DONE;
}
