/*
 * Credits of East Asia, which need no colon: "홍길순 기자 hong@example.kr", "사진=홍길순 기자";
 * "（记者王小明 摄影李大伟）", "（写真・山田太郎）".
 */
#ifndef KAWAT_STORY_CREDIT_ASIA_H
#define KAWAT_STORY_CREDIT_ASIA_H

#include "story/credit.h"

/* Both: is the line a credit, and nothing else?  What it says is added to *c, which may be NULL. */
bool credit_read_korean(struct arena *, struct str line, struct credit *c);
bool credit_read_han(struct arena *, struct str line, struct credit *c);

#endif
