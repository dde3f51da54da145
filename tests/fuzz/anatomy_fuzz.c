/*
 * A story as an agency sends it, in plain text: what is shown is what was sent, datelines lie in
 * their blocks, and what is taken apart once stays so.
 */
#include "fuzz.h"

#include "base/utf8.h"
#include "story/anatomy.h"
#include "story/credit.h"
#include "story/plain.h"
#include "story/signal.h"
#include "text/clean.h"

static bool
lies_in(struct str part, struct str whole)
{
	return part.n == 0 || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

static void
check_line(struct arena *a, struct str line)
{
	struct dateline d;
	struct signal signal;
	struct credit c = {0};

	bool found = dateline_parse(line, &d);
	FUZZ_MUST(d.lead <= line.n && (found || d.lead == 0));
	FUZZ_MUST(utf8_valid(bytes_of_str(str_from(line, d.lead))) == line.n - d.lead);
	const struct str parts[] = {d.place, d.region, d.agency, d.desk, d.date, d.reporter};
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		/* names of agencies may be the table's own */
		FUZZ_MUST(parts[i].n == 0 || utf8_valid(bytes_of_str(parts[i])) == parts[i].n);
		FUZZ_MUST(found || parts[i].n == 0);
	}
	FUZZ_MUST(lies_in(d.place, line) && lies_in(d.date, line) && lies_in(d.reporter, line));

	signal_read(a, line, &signal);
	FUZZ_MUST(signal.lead <= line.n && signal.urgency >= 0 && signal.urgency <= 8);

	enum credit_kind kind = credit_read(a, line, &c);
	FUZZ_MUST(credit_read(a, line, NULL) == kind);
}

static void
check_story(struct arena *a, const struct story *s)
{
	const struct str fields[] = {s->title, s->agency, s->place, s->source, s->exchange, s->reporter,
	    s->translator, s->editor, s->photographer, s->desk, s->copyright, s->rights,
	    s->correction, s->usage};
	struct dateline d;

	for (size_t i = 0; i < COUNT_OF(fields); i++)
		FUZZ_MUST(utf8_valid(bytes_of_str(fields[i])) == fields[i].n);
	FUZZ_MUST(text_is_clean(bytes_of_str(s->body.text)));
	for (size_t i = 0; i < s->links.n; i++) {
		FUZZ_MUST(s->links.v[i].url.n == 0); /* plain text has none */
		FUZZ_MUST(s->links.v[i].label.n > 0 && s->links.v[i].title.n > 0);
	}
	anatomy_dateline(&s->body, &d);
	FUZZ_MUST(lies_in(d.place, s->body.text));
	FUZZ_MUST(utf8_valid(bytes_of_str(anatomy_text(a, &s->body))) == anatomy_text(a, &s->body).n);
}

FUZZ_TARGET(anatomy)
{
	struct arena *a = arena_new();
	struct story s;
	struct str text = text_clean(a, bytes_of(p, n)), rest = text, line;

	story_init(&s);
	plain_story(a, text, &s);
	story_settle(a, &s);
	check_story(a, &s);
	while (rest.n > 0) {
		str_cut(rest, '\n', &line, &rest);
		check_line(a, line);
	}
	arena_free(a);
	return 0;
}
