#include "render.h"

#include "feed/item_json.h"

static bool
push_all(struct feed_reader *reader, struct bytes document, size_t piece, struct err *e)
{
	uint32_t random = 1;
	while (document.n) {
		random = random * 1664525u + 1013904223u;
		size_t most = piece ? piece : 1 + (random >> 16) % 40;
		size_t n = document.n < most ? document.n : most;
		if (!feed_reader_push(reader, bytes_of(document.p, n), e))
			return false;
		document = bytes_of(document.p + n, document.n - n);
	}
	return feed_reader_end(reader, e);
}

bool
render_feed(const struct feed_source *source, const struct feed_limits *limits,
    struct bytes document, size_t piece, struct buf *out, struct err *e)
{
	struct json json;
	json_init(&json, NULL, NULL);
	struct item_json sink = {.out = &json};
	struct feed_reader *reader =
	    feed_reader_new(source, limits, item_json_item, &sink);
	bool ok = push_all(reader, document, piece, e);
	if (ok)
		item_json_end(&sink, feed_reader_head(reader));
	feed_reader_free(reader);
	*out = json.out;
	return ok;
}
