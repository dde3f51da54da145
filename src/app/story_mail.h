/*
 * A story as a message in an mbox file (RFC 5322 in the mboxrd form): headers encoded as RFC 2047
 * asks for where they are not ASCII, the text as 8-bit UTF-8.
 *
 * The Message-ID is made from the story's key, so it is the same in every export, and a story that
 * another one's read-also links lead to is found by References: mail readers show them as a thread.
 */
#ifndef KAWAT_APP_STORY_MAIL_H
#define KAWAT_APP_STORY_MAIL_H

#include "base/buf.h"
#include "store/read.h"

/* Appended to out.  sender: who issued it; text: the story's text in lines, rights notice and all. */
void story_mail(const struct read_story *, struct str sender, struct str text, struct buf *out);

/* `<local@kawat.invalid>`, at most 250 bytes whatever the key. */
void story_mail_id(struct str key, struct buf *out);

#endif
