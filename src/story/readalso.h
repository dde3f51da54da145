/*
 * The phrases under which pages and wires offer other stories: "Baca juga", "Read also", "Lire
 * aussi", 関連記事; a table by language (readalso.def).
 */
#ifndef KAWAT_STORY_READALSO_H
#define KAWAT_STORY_READALSO_H

#include "base/arena.h"

enum readalso_kind {
	READALSO_RELATED,
	/* A common word ("Read more", "Baca"): a label only when something closes it. */
	READALSO_WEAK,
	/* Heads a list or stands before a link; before a colon it may begin a sentence. */
	READALSO_HEADING,
	/* Heads a list with its topic behind it ("More on the harbour"); says nothing alone. */
	READALSO_TOPIC,
	/* Leads on in the same story ("Continue reading", "Halaman selanjutnya"): no link. */
	READALSO_CONTINUE,
	/* Lists that are not about this story: "Most read", "Latest", "Topics". */
	READALSO_POPULAR,
	/* "Advertisement": never text of a story, with a list under it or without. */
	READALSO_PAID,
};

struct readalso {
	enum readalso_kind kind;
	struct str label; /* as written, without what stands around it */
	struct str rest; /* the text behind it, without what closes the label */
	bool closed; /* a colon, bar, dash, arrow or bracket stands behind it */
};

/*
 * Does the text (a clean block, or the text of a link) begin with a marker?  Bullets, arrows and
 * brackets before it do not matter, nor case, accents and forms of letters; the longest marker
 * wins and must end where a word ends.  *out borrows from the text.  The arena is for scratch.
 */
bool readalso_match(struct arena *, struct str text, struct readalso *out);

/* Is there nothing but the marker, which was found in the text, and what stands around it? */
bool readalso_is_alone(struct str text, const struct readalso *);

/*
 * Does a text, which is short, end with a marker, where a word begins: "Harbour: related stories",
 * 港湾の関連記事, "부산항 관련 기사"?  Something must stand before it.
 */
bool readalso_ends(struct arena *, struct str text, struct readalso *out);

/* Nothing but a marker (and what stands around it): the heading of a list. */
bool readalso_is_heading(struct arena *, struct str text, struct readalso *out);

#endif
