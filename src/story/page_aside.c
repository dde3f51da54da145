#include "story/page_aside.h"

#include "base/utf8.h"
#include "story/trim.h"
#include "text/date.h"
#include "text/fold.h"

enum {
	CAPTION_BYTES = 500,
	CREDIT_BYTES = 80, /* of the name behind the label; more, and the line goes on */
	CREDIT_WORDS = 8,
	STAMP_BYTES = 120,
	STAMP_DIGITS = 8, /* a day and a time */
	STAMP_PERCENT = 22, /* digits, of all bytes but spaces */
};

static const struct str credits[] = {
#define CREDIT(language, label) STR_INIT(label),
#include "story/page_aside.def"
#undef CREDIT
};

/* A name, and no sentence. */
static bool
is_credit(struct str s)
{
	size_t words = 0;

	s = trim_space(s);
	if (s.n == 0 || s.n > CREDIT_BYTES)
		return false;
	for (struct str rest = s; str_word(&rest).n > 0;)
		words++;
	return words <= CREDIT_WORDS;
}

/* The label stands behind a sentence, or in brackets. */
static bool
is_label_at(struct str line, size_t at)
{
	if (at == 0)
		return false; /* a credit line: credit.h reads those */
	unsigned char before = (unsigned char)line.p[at - 1];
	return before == ' ' || before == '(' || before == '.' || before == '|' || before == '/' ||
	    before == '\n' || before >= 0x80;
}

bool
page_aside_is_caption(struct arena *a, struct str line)
{
	if (line.n > CAPTION_BYTES || str_find_char(line, ':') == STR_NONE)
		return false;
	struct str folded = text_fold_bare(a, line);
	for (size_t i = 0; i < COUNT_OF(credits); i++) {
		size_t at = str_find(folded, credits[i]);
		if (at != STR_NONE && is_label_at(folded, at) &&
		    is_credit(str_from(folded, at + credits[i].n)))
			return true;
	}
	return false;
}

static bool
is_address(struct str word)
{
	return str_starts(word, STR("http://")) || str_starts(word, STR("https://"));
}

bool
page_aside_is_address(struct str line)
{
	struct str rest = line, word;
	size_t bytes = 0;

	if (!is_address(line))
		return false;
	while ((word = str_word(&rest)).n > 0)
		bytes += is_address(word) ? word.n : 0;
	return bytes * 10 >= line.n * 6;
}

bool
page_aside_is_stamp(struct arena *a, struct str line)
{
	struct date d;
	size_t digits = 0, bytes = 0;

	if (line.n > STAMP_BYTES || !str_has_digit(line))
		return false;
	for (size_t i = 0; i < line.n; i++) {
		digits += ascii_digit((unsigned char)line.p[i]);
		bytes += line.p[i] != ' ';
	}
	return digits >= STAMP_DIGITS && digits * 100 >= bytes * STAMP_PERCENT &&
	    date_find(text_fold(a, line), &d);
}

bool
page_aside_has_mail(struct str line)
{
	for (size_t i = 1; i + 3 < line.n; i++)
		if (line.p[i] == '@' && ascii_alnum((unsigned char)line.p[i - 1]) &&
		    ascii_alnum((unsigned char)line.p[i + 1])) {
			struct str rest = str_from(line, i);
			struct str host = str_word(&rest);
			size_t dot = str_find_char(host, '.');
			if (dot != STR_NONE && dot + 2 < host.n)
				return true;
		}
	return false;
}
