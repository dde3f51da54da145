/*
 * Why a command could not do what was asked, in the reader's language.  Errors are made in English
 * where the facts are known (view/fault.h knows their forms); the catalogue is opened only here, so
 * that what goes well pays nothing for it.
 */
#ifndef KAWAT_APP_FAILURE_H
#define KAWAT_APP_FAILURE_H

#include "app/app.h"

/* As say_error, in the language of --lang, of the configuration if that was read, or the locale's. */
void failure_say(struct app *, const struct err *);

#endif
