/* Theme files: always usable, whatever is in them, themselves inherited too. */
#include "fuzz.h"

#include <math.h>
#include <string.h>

#include "text/clean.h"
#include "ui/theme.h"

static bool
find_itself(void *ctx, struct arena *a, const char *name, struct str *text)
{
	const struct str *own = ctx;
	(void)name;
	*text = arena_str(a, *own);
	return true;
}

FUZZ_TARGET(theme)
{
	static const int colours[] = {0, 16, 256, 1 << 24};
	struct arena *a = arena_new();
	struct str text = text_clean(a, bytes_of(p, n));
	struct theme theme;
	struct theme_faults faults = {.n = 0};
	char sgr[64];
	theme_parse(&theme, text, find_itself, &text, &faults);
	FUZZ_MUST(faults.n <= COUNT_OF(faults.v));
	for (size_t i = 0; i < faults.n; i++)
		FUZZ_MUST(memchr(faults.v[i].text, 0, sizeof(faults.v[i].text)));
	for (enum role role = 0; role < ROLES; role++)
		for (size_t i = 0; i < COUNT_OF(colours); i++) {
			struct style s = theme_style(&theme, role, 0, 0, colours[i]);
			double contrast = theme_contrast(&theme, s);
			FUZZ_MUST(style_sgr(s, colours[i], sgr) <= sizeof(sgr));
			FUZZ_MUST(contrast >= 1.0 && contrast <= 21.01);
		}
	arena_free(a);
	return 0;
}
