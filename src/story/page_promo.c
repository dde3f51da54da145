#include "story/page_promo.h"

#include "story/trim.h"
#include "text/fold.h"

/* As text_fold_bare leaves them; a test holds the table to it. */
static const struct str phrases[] = {
#define PROMO(language, phrase) STR_INIT(phrase),
#define WHOLE(language, phrase)
#include "story/page_promo.def"
#undef PROMO
#undef WHOLE
};

static const struct str whole_lines[] = {
#define PROMO(language, phrase)
#define WHOLE(language, phrase) STR_INIT(phrase),
#include "story/page_promo.def"
#undef PROMO
#undef WHOLE
};

bool
page_promo_is(struct arena *a, struct str line)
{
	struct str folded = text_fold_bare(a, line);

	for (size_t i = 0; i < COUNT_OF(phrases); i++)
		if (str_find(folded, phrases[i]) != STR_NONE)
			return true;
	return str_in(trim_label(folded), whole_lines, COUNT_OF(whole_lines));
}
