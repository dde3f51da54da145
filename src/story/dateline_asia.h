/*
 * The house styles of East Asia, where the agency stands inside the brackets with the place, or
 * before it, and the reporter behind.  Each takes the dateline from the beginning of s, or returns
 * false; then what is set in *d means nothing.
 */
#ifndef KAWAT_STORY_DATELINE_ASIA_H
#define KAWAT_STORY_DATELINE_ASIA_H

#include "story/dateline.h"

/* (place=agency) NAME reporter = */
bool dateline_korean(struct str s, struct dateline *d);

/* 【place agency】 */
bool dateline_japanese(struct str s, struct dateline *d);

/* "[東京 22日 ロイター]", "【11月22日 AFP】": words in brackets, the agency last. */
bool dateline_in_brackets(struct str s, struct dateline *d);

/* "agency place 11月22日电（记者NAME）" and （agency記者NAME place 1日電） */
bool dateline_chinese(struct str s, struct dateline *d);

#endif
