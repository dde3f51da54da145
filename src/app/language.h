/*
 * The language of the interface.  English stands in the source; the others are catalogues of
 * gettext (src/app/lang/TAG.po), found under their English text.
 *
 * Nothing depends on the locales that are installed: words come from the catalogue in UTF-8 even
 * when the system has no such locale, or none but C.
 */
#ifndef KAWAT_APP_LANGUAGE_H
#define KAWAT_APP_LANGUAGE_H

#include "view/words.h"

/*
 * Choose the language and fill *words, which must be zero or was ended before.
 *
 * wish: what --lang or general.language says: `auto`, or a language tag (`id`, `en-GB`, `id_ID`).
 * `auto` is what the environment asks for, as gettext reads it: LC_ALL, LC_MESSAGES or LANG (the
 * first that is not empty) of C or POSIX is English; else the first known language of LANGUAGE,
 * else that locale's own.
 *
 * program_folder: where the program's file is; in the build tree the catalogues are in its folder
 * `locale`, else where they were installed.
 *
 * False: there are no words of the language wished for, and English is used.  May be passed over.
 */
bool language_begin(struct words *, struct str wish, const char *program_folder);

/*
 * The translation of a printf format, which takes the same arguments (a test compares them).  Lives
 * as long as the catalogue; English when there is none.
 */
__attribute__((format_arg(2))) const char *language_format(const struct words *, const char *format);

/* Free what *words holds; it speaks English after. */
void language_end(struct words *);

#endif
