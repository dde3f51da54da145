#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/signal.h"
#include "text/fold.h"

static const char *const table[] = {
#define SIGNAL(language, phrase, urgency, status) phrase,
#include "story/signal.def"
#undef SIGNAL
};

static void
table_is_folded(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(table); i++)
		if (!str_eq(text_fold_bare(a, str_z(table[i])), str_z(table[i])))
			fail_msg("'%s' is not folded", table[i]);
	arena_free(a);
}

static const struct row {
	const char *headline;
	int urgency;
	enum story_status status;
	const char *slug, *lead;
} rows[] = {
	{"URGENT: Ferry runs aground", 2, STORY_USABLE, "", "Ferry runs aground"},
	{"FLASH - Ferry aground", 1, STORY_USABLE, "", "Ferry aground"},
	{"UPDATE 2-Ferry runs aground", 0, STORY_UPDATED, "", "Ferry runs aground"},
	{"WRAPUP 1-Ferries run aground", 0, STORY_UPDATED, "", "Ferries run aground"},
	{"CORRECTED-Ferry runs aground", 0, STORY_CORRECTED, "", "Ferry runs aground"},
	{"STORY WITHDRAWN: Ferry", 0, STORY_WITHDRAWN, "", "Ferry"},
	{"EILMELDUNG: UPDATE: Fähre", 2, STORY_UPDATED, "", "Fähre"},
	{"[속보] 배가", 2, STORY_USABLE, "", "배가"},
	{"【速報】船が", 2, STORY_USABLE, "", "船が"},
	{"عاجل | سفينة", 2, STORY_USABLE, "", "سفينة"},
	{"ÚLTIMA HORA: el barco", 2, STORY_USABLE, "", "el barco"},
	{"Срочно: паром", 2, STORY_USABLE, "", "паром"},
	{"DITARIK: Kapal pulang", 0, STORY_WITHDRAWN, "", "Kapal pulang"},
	{"[취소] 배가", 0, STORY_WITHDRAWN, "", "배가"},
	{"Klarifikasi - Kapal pulang", 0, STORY_CORRECTED, "", "Kapal pulang"},
	{"خبر عاجل: سفينة", 2, STORY_USABLE, "", "سفينة"},
	{"Kapal pulang (Koreksi)", 0, STORY_CORRECTED, "", "Kapal pulang (Koreksi)"},
	{"Ferry aground (2nd LD)", 0, STORY_UPDATED, "", "Ferry aground (2nd LD)"},
	{"(LEAD) Ferry aground", 0, STORY_UPDATED, "", "Ferry aground"},
	{"HARBOUR-FERRY/ Ferry aground", 0, STORY_USABLE, "HARBOUR-FERRY/", "Ferry aground"},
	{"BC-BKN--Herons-Swifts, 1st Ld", 0, STORY_USABLE, "BC-BKN--Herons-Swifts",
	    "BC-BKN--Herons-Swifts, 1st Ld"},
	{"Live music returns: a list", 0, STORY_USABLE, "", "Live music returns: a list"},
	{"Urgent repairs to the pier", 0, STORY_USABLE, "", "Urgent repairs to the pier"},
	{"", 0, STORY_USABLE, "", ""},
};

static void
reads_headlines(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct row *r = &rows[i];
		struct signal s;
		signal_read(a, str_z(r->headline), &s);
		if (s.urgency != r->urgency || s.status != r->status)
			fail_msg("'%s': urgency %d, status %d", r->headline, s.urgency, (int)s.status);
		if (!str_eq(s.slug, str_z(r->slug)))
			fail_msg("'%s': slug '%.*s'", r->headline, STR_ARG(s.slug));
		assert_string_equal(r->headline + s.lead, r->lead);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_is_folded),
		cmocka_unit_test(reads_headlines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
