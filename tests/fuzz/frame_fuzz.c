/*
 * What another process may say: frames out of a stream, then every message that a frame can be.
 * What is taken and packed again is taken again, and packs the same.
 */
#include "fuzz.h"

#include "base/frame.h"
#include "story/parse_protocol.h"
#include "wire/protocol.h"

#define CHECK(unpacked, unpack_again, pack)                                               \
	do {                                                                              \
		if (!(unpacked))                                                          \
			break;                                                            \
		struct buf once = {0}, twice = {0};                                       \
		pack(&once, &m);                                                          \
		struct bytes body = fuzz_bytes_of_buf(&once);                             \
		FUZZ_MUST(unpack_again);                                                  \
		pack(&twice, &again);                                                     \
		FUZZ_MUST(str_eq(buf_str(&once), buf_str(&twice)));                       \
		buf_clear(&once);                                                         \
		buf_clear(&twice);                                                        \
	} while (0)

#define CHECK_WIRE(name)                                                                  \
	static void                                                                       \
	check_##name(struct arena *a, struct bytes raw)                                   \
	{                                                                                 \
		struct wire_##name m, again;                                              \
		CHECK(wire_unpack_##name(a, raw, &m), wire_unpack_##name(a, body, &again), \
		    wire_pack_##name);                                                    \
	}
WIRE_MESSAGES(CHECK_WIRE)
#undef CHECK_WIRE

#define CHECK_PARSE(name)                                                                 \
	static void                                                                       \
	check_parse_##name(struct arena *a, struct bytes raw)                             \
	{                                                                                 \
		struct parse_##name m, again;                                             \
		(void)a;                                                                  \
		CHECK(parse_unpack_##name(raw, &m), parse_unpack_##name(body, &again),    \
		    parse_pack_##name);                                                   \
	}
CHECK_PARSE(job)
CHECK_PARSE(head)
CHECK_PARSE(offer)
CHECK_PARSE(done)
#undef CHECK_PARSE

static void
check_parse_story(struct arena *a, struct bytes raw)
{
	struct story m, again;
	CHECK(parse_unpack_story(a, raw, &m), parse_unpack_story(a, body, &again),
	    parse_pack_story);
}

static void (*const checks[])(struct arena *, struct bytes) = {
#define ROW(name) check_##name,
	WIRE_MESSAGES(ROW)
#undef ROW
	check_parse_job, check_parse_head, check_parse_offer, check_parse_done,
	check_parse_story,
};

/* Input: a stream of frames; the type of a frame says which message it is to be. */
FUZZ_TARGET(frame)
{
	struct arena *a = arena_new();
	struct channel c;
	struct frame f;
	struct err e = {0};
	channel_init_take(&c, -1);
	buf_add_bytes(&c.in, bytes_of(p, n));
	while (channel_next(&c, &f, &e)) {
		FUZZ_MUST(f.body.n <= n);
		checks[f.type % COUNT_OF(checks)](a, f.body);
	}
	channel_clear(&c);
	arena_free(a);
	return 0;
}
