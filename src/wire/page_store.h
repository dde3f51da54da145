/*
 * What a fetched page leaves in the store: the story's text, that it is gone, or the wish to try
 * again; and where its links lead on.  All but page_store_links are called when no update is open
 * (wire_when_free) and end the job.
 */
#ifndef KAWAT_WIRE_PAGE_STORE_H
#define KAWAT_WIRE_PAGE_STORE_H

struct page_job;

void page_store_story(void *job);
void page_store_withheld(void *job); /* the page shows something else instead of the story */
void page_store_gone(void *job);
void page_store_wish(void *job); /* offline, or no answer: it stands in the queue until that is over */

/* The links of a story that is stored now: one step further of the errand, or ahead of the reader. */
void page_store_links(struct page_job *);

#endif
