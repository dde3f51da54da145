#include "story/story.h"

void
story_init(struct story *s)
{
	*s = (struct story){
		.published = STORY_NO_TIME,
		.updated = STORY_NO_TIME,
		.embargo_until = STORY_NO_TIME,
	};
}
