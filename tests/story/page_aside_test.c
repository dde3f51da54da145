#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/page_aside.h"
#include "text/fold.h"

static const char *const labels[] = {
#define CREDIT(language, label) label,
#include "story/page_aside.def"
#undef CREDIT
};

static void
table_is_folded(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(labels); i++)
		if (!str_eq(text_fold_bare(a, str_z(labels[i])), str_z(labels[i])))
			fail_msg("'%s' is not folded", labels[i]);
	arena_free(a);
}

enum kind { TEXT, CAPTION = 1, ADDRESS = 2, STAMP = 4, MAIL = 8 };

static void
tells_by_the_form(void **state)
{
	static const struct { const char *line; int kind; } rows[] = {
		{"Kapal riset di dermaga Muara Telang. Foto: Damar Prakoso", CAPTION},
		{"The ship at the pier on Monday. (Credit: Ann Poe/Kabar)", CAPTION},
		{"Das Schiff am Kai. Bildrechte: Kabar/Ann Poe", CAPTION},
		{"港に戻った調査船。写真:カバル通信", CAPTION},
		{"Foto: Damar Prakoso", TEXT}, /* a credit line */
		{"He showed a photo: the ship had no mast, and nobody on board could say why that was so.",
		    TEXT},
		{"The credit: a hundred coins for each of the nine islands, to be paid back in three years "
		 "by those who can.", TEXT},
		{"https://kabar.example/berita/1", ADDRESS},
		{"https://kabar.example/a.jpg 1200 676 https://kabar.example/b.jpg", ADDRESS},
		{"https://kabar.example tells the same story with other words and more pictures", TEXT},
		{"PUBLISHED: 10:48, Tue, Nov 19, 2019 | UPDATED: 11:05, Tue, Nov 19, 2019", STAMP},
		{"15.04.2026 - 15:48 Uhr Lesedauer: 2 Min.", STAMP},
		{"On 4 March 2025 the ship came back with 12 people and 2,000 kilos of water.", TEXT},
		{"Tulis kepada damar@kabar.example", MAIL},
		{"The account @kabar is closed.", TEXT},
		{"", TEXT},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str line = str_z(rows[i].line);
		int kind = (page_aside_is_caption(a, line) ? CAPTION : 0) |
		    (page_aside_is_address(line) ? ADDRESS : 0) |
		    (page_aside_is_stamp(a, line) ? STAMP : 0) |
		    (page_aside_has_mail(line) ? MAIL : 0);
		if (kind != rows[i].kind)
			fail_msg("'%s' is %d", rows[i].line, kind);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_is_folded),
		cmocka_unit_test(tells_by_the_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
