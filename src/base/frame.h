/*
 * Framed messages over a socketpair, the only way the three processes talk.
 *
 * A frame is a 4-byte little-endian length of the body, one byte of type, the body.  A body is
 * fields written by pack_* and read in the same order by unpack_*: integers are 8 bytes little
 * endian, strings an 8-byte length and their bytes.  What arrives is checked again: lengths, that
 * text is UTF-8 without control characters.  A frame over FRAME_MAX_BYTES or a field that does not
 * fit is an error of the peer, and the peer is given up.
 *
 * A channel is one end of the socketpair.  It may carry descriptors (SCM_RIGHTS), one a frame.
 */
#ifndef KAWAT_BASE_FRAME_H
#define KAWAT_BASE_FRAME_H

#include "base/buf.h"
#include "base/err.h"

enum {
	/* A story is one frame: its text is bounded by the page limit (8 MiB) and some fields. */
	FRAME_MAX_BYTES = 24 * 1024 * 1024,
	/* Bodies of feeds and pages travel in pieces of this size. */
	FRAME_CHUNK_BYTES = 64 * 1024,
};

struct frame {
	uint8_t type;
	struct bytes body; /* borrowed until the next channel_read or channel_next */
	int fd; /* a descriptor that came with it, now the caller's, or -1 */
};

struct channel {
	int fd; /* owned */
	struct buf in, out;
	size_t in_at; /* the first byte of `in` that no frame has taken yet */
	size_t out_at; /* the first byte of `out` that is not sent yet */
	int passed[4]; /* descriptors that came and no frame has claimed yet */
	int n_passed;
	bool closed; /* the peer is gone */
};

void channel_init_take(struct channel *, int fd); /* the channel owns fd now */
void channel_clear(struct channel *); /* closes */

/*
 * Read what is there into the buffer.  Blocks only when the descriptor does.  False when the peer
 * is gone or the read failed; frames that arrived before can still be taken.
 */
MUST_CHECK bool channel_read(struct channel *, struct err *);

/* Take the next whole frame.  False: none yet (*e untouched), or a hostile one (e->kind set). */
MUST_CHECK bool channel_next(struct channel *, struct frame *, struct err *);

/* Read (blocking) until a frame is there. */
MUST_CHECK bool channel_wait(struct channel *, struct frame *, struct err *);

/* Queue a frame; channel_flush sends.  The body is copied. */
void channel_queue(struct channel *, uint8_t type, struct bytes body);

/* Send what is queued: all of it when the descriptor blocks, what fits when it does not. */
MUST_CHECK bool channel_flush(struct channel *, struct err *);
size_t channel_pending(const struct channel *); /* bytes queued and not sent */

/* Queue and flush, with a descriptor beside it (or -1).  The descriptor stays the caller's. */
MUST_CHECK bool channel_send_fd(struct channel *, uint8_t type, struct bytes body, int fd,
    struct err *);

/* Writing a body. */
void pack_int(struct buf *, int64_t);
void pack_str(struct buf *, struct str);
void pack_bytes(struct buf *, struct bytes);

/*
 * Reading a body.  After the first field that does not fit or breaks its promise, `ok` is false
 * and every further field is zero or empty, so a reader checks once, at the end, by unpack_end.
 */
struct unpack {
	struct bytes rest;
	bool ok;
};

struct unpack unpack_begin(struct bytes body);
int64_t unpack_int(struct unpack *);
int64_t unpack_range(struct unpack *, int64_t min, int64_t max); /* else not ok, and min */
struct str unpack_str(struct unpack *); /* UTF-8, no controls but newline and tab; borrowed */
struct str unpack_line(struct unpack *); /* the same without newline and tab */
struct bytes unpack_bytes(struct unpack *); /* anything; borrowed */
bool unpack_end(const struct unpack *); /* all fields were there and nothing is left */

#endif
