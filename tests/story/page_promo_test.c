#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/page_promo.h"
#include "text/fold.h"

static const char *const table[] = {
#define PROMO(language, phrase) phrase,
#define WHOLE(language, phrase) phrase,
#include "story/page_promo.def"
#undef PROMO
#undef WHOLE
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

static void
tells_promotion_from_text(void **state)
{
	static const struct { const char *line; bool promo; } rows[] = {
		{"Follow us on Chirp and Facepage!", true},
		{"SIGN UP FOR OUR weekly letter", true},
		{"Ikuti saluran kami di WhatsApp", true},
		{"Abonnez-vous à nos lettres", true},
		{"Подписывайтесь на наш канал", true},
		{"— Advertisement —", true},
		{"IKLAN", true},
		{"Create an account or sign in to continue with your reading experience.", true},
		{"The advertisement was withdrawn on Monday.", false},
		{"Iklan itu ditarik pada hari Senin.", false},
		{"Kapal itu pulang ke pelabuhan.", false},
		{"The river followed us on our way.", false},
		{"", false},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (page_promo_is(a, str_z(rows[i].line)) != rows[i].promo)
			fail_msg("'%s'", rows[i].line);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_is_folded),
		cmocka_unit_test(tells_promotion_from_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
