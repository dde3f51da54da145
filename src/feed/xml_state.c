#include "feed/xml_state.h"

struct str
xml_state_name(const struct xml_state *s, size_t depth)
{
	size_t end = depth + 1 < s->n_open ? s->at[depth + 1] : s->names.n;
	return str_sub(buf_str(&s->names), s->at[depth], end - s->at[depth]);
}

uint32_t
xml_state_hash(struct str name)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < name.n; i++)
		hash = (hash ^ (unsigned char)ascii_lower(name.p[i])) * 16777619u;
	return hash;
}

bool
xml_state_start(struct xml_state *s, struct str name,
    const struct xml_attribute *attributes, size_t n, int64_t line)
{
	s->no_root = false;
	s->events->start(s->events->ctx, name, attributes, n);
	if (s->no_root)
		return false;
	s->rooted = true;
	s->line[s->n_open] = line;
	s->hash[s->n_open] = xml_state_hash(name);
	s->at[s->n_open++] = s->names.n;
	buf_add(&s->names, name);
	return true;
}

void
xml_state_end(struct xml_state *s)
{
	size_t top = s->n_open - 1;
	s->events->end(s->events->ctx, xml_state_name(s, top));
	s->names.n = s->at[top];
	s->n_open = top;
}
