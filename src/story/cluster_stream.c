#include "story/cluster_stream.h"

#include <stdlib.h>
#include <string.h>

#include "story/cluster.h"
#include "story/cluster_line.h"

struct cluster_stream {
	struct json *out;
	struct clusters *clusters;
	struct cluster_memo *memo;
	struct arena *arena; /* of one line */
	struct buf line; /* of which the end has not come */
	int64_t n_lines, n_stories;
	struct cluster_terms terms;
};

struct cluster_stream *
cluster_stream_new(struct json *out)
{
	struct cluster_stream *s = heap_alloc(sizeof(*s));
	s->out = out;
	s->clusters = clusters_new(CLUSTER_ROOM_WIDE);
	s->memo = cluster_memo_new();
	s->arena = arena_new();
	return s;
}

void
cluster_stream_free(struct cluster_stream *s)
{
	if (!s)
		return;
	clusters_free(s->clusters);
	cluster_memo_free(s->memo);
	arena_free(s->arena);
	buf_clear(&s->line);
	free(s);
}

static bool
is_blank(struct bytes line)
{
	for (size_t i = 0; i < line.n; i++)
		if (!ascii_space(line.p[i]))
			return false;
	return true;
}

static bool
take_line(struct cluster_stream *s, struct bytes line, struct err *e)
{
	struct cluster_line story;
	s->n_lines++;
	if (is_blank(line))
		return true;
	arena_reset(s->arena);
	if (!cluster_line_read(s->arena, line, &story, e))
		return err_while(e, "line %lld", (long long)s->n_lines);
	cluster_terms_of(s->arena, s->memo, story.title, story.text, story.lang, &s->terms);
	int64_t event = clusters_place(s->clusters, &s->terms, story.at, ++s->n_stories);
	json_object(s->out);
	json_key(s->out, "id");
	json_raw(s->out, story.id);
	json_key_int(s->out, "cluster", event);
	json_object_end(s->out);
	json_newline(s->out);
	return true;
}

static bool
keep(struct cluster_stream *s, struct bytes piece, struct err *e)
{
	if (s->line.n + piece.n > CLUSTER_MAX_LINE_BYTES)
		return err_set(e, ERR_INPUT, "line %lld is longer than %d MiB",
		    (long long)s->n_lines + 1, CLUSTER_MAX_LINE_BYTES / 1024 / 1024);
	buf_add_bytes(&s->line, piece);
	return true;
}

bool
cluster_stream_push(struct cluster_stream *s, struct bytes piece, struct err *e)
{
	while (piece.n) {
		const unsigned char *end = memchr(piece.p, '\n', piece.n);
		if (!end)
			return keep(s, piece, e);
		struct bytes line = bytes_of(piece.p, (size_t)(end - piece.p));
		piece = bytes_of(end + 1, piece.n - line.n - 1);
		if (s->line.n) {
			if (!keep(s, line, e))
				return false;
			line = bytes_of_str(buf_str(&s->line));
		}
		if (!take_line(s, line, e))
			return false;
		s->line.n = 0;
	}
	return true;
}

bool
cluster_stream_end(struct cluster_stream *s, struct err *e)
{
	return s->line.n == 0 || take_line(s, bytes_of_str(buf_str(&s->line)), e);
}
