/* A stream of stories: each line gets its answer, the same when the bytes come in other pieces. */
#include "fuzz.h"

#include "story/cluster_stream.h"

static bool
run(struct bytes raw, size_t piece, struct json *out)
{
	struct err e = {0};
	bool ok = true;
	json_init(out, NULL, NULL);
	struct cluster_stream *s = cluster_stream_new(out);
	while (ok && raw.n)
		ok = cluster_stream_push(s, fuzz_take(&raw, piece), &e);
	ok = ok && cluster_stream_end(s, &e);
	FUZZ_MUST(ok || (e.kind == ERR_INPUT && e.text[0]));
	cluster_stream_free(s);
	return ok;
}

FUZZ_TARGET(cluster)
{
	struct json whole, pieces;
	bool ok = run(bytes_of(p, n), n + 1, &whole);
	FUZZ_MUST(run(bytes_of(p, n), 5, &pieces) == ok);
	FUZZ_MUST(str_eq(buf_str(&whole.out), buf_str(&pieces.out)));
	json_clear(&whole);
	json_clear(&pieces);
	return 0;
}
