#include "view/story_links.h"

static struct page_link
link_of_row(enum page_link_kind kind, const struct story_row *row)
{
	struct page_link link = {
	    .kind = kind, .to = row->id, .url = row->url, .title = row->title};

	link.state = row->stored ? TARGET_STORED
		     : row->gone ? TARGET_GONE
				 : TARGET_MISSING;
	link.read = !row->unread;
	return link;
}

static void
number_links(struct page_link *links, const struct read_story *s, size_t n)
{
	int number = 1;
	size_t i;

	/*
	 * What the author put in first, then what he only mentions, then what others made
	 * of it.
	 */
	for (i = 0; i < s->links.n; i++) {
		if (s->links.v[i].kind != LINK_MENTION && number <= STORY_MAX_NUMBER)
			links[i].number = number++;
	}
	for (i = 0; i < s->links.n; i++) {
		if (s->links.v[i].kind == LINK_MENTION && number <= STORY_MAX_NUMBER)
			links[i].number = number++;
	}
	for (i = s->links.n; i < n && number <= STORY_MAX_NUMBER; i++)
		links[i].number = number++;
}

struct page_link *
story_links(struct arena *a, const struct read_story *s, size_t room, size_t *n)
{
	size_t all = s->links.n + s->cited_by.n + s->same.n, i;
	struct page_link *links = ARENA_ARRAY(a, struct page_link, all + room + 1);

	for (*n = 0; *n < s->links.n; (*n)++) {
		const struct read_link *l = &s->links.v[*n];

		links[*n] = (struct page_link){.kind = PAGE_LINK_STORY,
		    .to = l->to,
		    .url = l->url,
		    .title = l->title,
		    .state = l->state,
		    .read = l->read};
	}
	for (i = 0; i < s->cited_by.n; i++)
		links[(*n)++] = link_of_row(PAGE_LINK_CITED, &s->cited_by.v[i]);
	for (i = 0; i < s->same.n; i++)
		links[(*n)++] = link_of_row(PAGE_LINK_SAME, &s->same.v[i]);
	number_links(links, s, *n);
	return links;
}

enum role
story_link_role(enum target_state state)
{
	return state == TARGET_STORED ? ROLE_STORED
	       : state == TARGET_GONE ? ROLE_GONE
				      : ROLE_MISSING;
}

struct str
story_link_mark(struct arena *a, int number)
{
	return number > 0 ? arena_fmt(a, "[%d]", number) : STR("[-]");
}
