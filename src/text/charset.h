/*
 * From the bytes of a feed or page to UTF-8.
 *
 * The labels are those of the WHATWG Encoding Standard and mean what they mean there; utf-32 is
 * known beside them.  A label is looked up in the fixed table of charset_label.def, and only the
 * fixed names of charset.def reach iconv_open.  UTF-7, EBCDIC, ISO-2022-CN and whatever else is not in
 * the table is unknown, and unknown counts as not said.
 *
 * UTF-8, UTF-16, UTF-32, windows-1252 (that is also what iso-8859-1 and us-ascii mean) need no
 * converter.  The others need tables that are made with one of iconv's, and glibc loads those from
 * disk: a process that is about to close its box opens them first (a charset_set) and seals the set;
 * from then on nothing is opened, and a decoder that would have to says so.  Decoding itself is our
 * own, by the rules of the standard: bytes that stand for nothing give U+FFFD, and an ASCII byte
 * behind a broken lead byte stays what it is.
 */
#ifndef KAWAT_TEXT_CHARSET_H
#define KAWAT_TEXT_CHARSET_H

#include "base/arena.h"
#include "base/buf.h"

enum charset {
	CHARSET_UNKNOWN = 0,
#define CHARSET(id, name, kind, converter) CHARSET_##id,
#include "text/charset.def"
#undef CHARSET
	CHARSETS
};

/* --- names --- */

/* By a label from outside, white space around it and letter case ignored. */
enum charset charset_of_label(struct str label);
bool charset_is_wide(enum charset); /* UTF-16 or UTF-32: ASCII is no ASCII in it */
struct str charset_name(enum charset); /* as the standard spells it, such as "windows-1252" */
bool charset_needs_converter(enum charset);

/* The charset parameter of a Content-Type header, "text/xml; charset=\"koi8-r\"". */
enum charset charset_of_content_type(struct str header);

/* --- detection --- */

enum { CHARSET_HEAD_BYTES = 4096 }; /* of the beginning, as much as detection looks at */

enum charset_source {
	CHARSET_BY_DEFAULT, /* nothing said anything */
	CHARSET_BY_BOM,
	CHARSET_BY_USER, /* feed or command-line option */
	CHARSET_BY_HEADER,
	CHARSET_BY_DECLARATION, /* XML declaration or meta */
	CHARSET_BY_PATTERN, /* the zero bytes of UTF-16 or UTF-32 */
	CHARSET_BY_FIT, /* what was said does not fit the bytes */
};

struct charset_choice {
	enum charset charset; /* never CHARSET_UNKNOWN */
	enum charset_source source;
	size_t bom; /* bytes of the byte-order mark at the front, to be passed over */
	bool lied; /* a label was unknown, or contradicted by another or by the bytes */
};

/*
 * Of a feed: BOM, then what the user says, the header, the zero bytes of UTF-16 and UTF-32, the
 * XML declaration, else UTF-8.  Of a page: BOM, user, header, meta, else UTF-8 when `page` is
 * valid UTF-8 (cut at its end or not), else charset_guess, else windows-1252.  A label "utf-16" or
 * "utf-32" over bytes that are ASCII-like counts as UTF-8.  `head` is the first CHARSET_HEAD_BYTES,
 * `page` all there is (the more, the better the guess); labels may be empty.
 */
struct charset_choice charset_for_feed(struct bytes head, struct str content_type,
    struct str user);
struct charset_choice charset_for_page(struct bytes page, struct str content_type,
    struct str user);

/* The pieces of it. */
enum charset charset_of_bom(struct bytes head, size_t *bom);
enum charset charset_of_xml_declaration(struct bytes head);
/* By the prescan of the HTML Standard (13.2.3.2), else by a meta further down; never UTF-16. */
enum charset charset_of_meta(struct bytes page);

/*
 * What the bytes look like when nobody said: UTF-8 (also broken here and there), a charset of
 * Chinese, Japanese, Korean or Russian, or CHARSET_UNKNOWN, which is best read as windows-1252.
 */
enum charset charset_guess(struct bytes);

/* --- converters --- */

struct charset_set;

struct charset_set *charset_set_new(void);
void charset_set_free(struct charset_set *); /* NULL is allowed */
/* Make the converter ready.  False: this system has none for it. */
bool charset_set_open(struct charset_set *, enum charset);
void charset_set_open_all(struct charset_set *);
/* From now on nothing is opened: not by the set, and not by decoders that use it. */
void charset_set_seal(struct charset_set *);

/* --- decoding --- */

enum decoder_flags {
	/*
	 * In UTF-8, a byte that is none is read as windows-1252: feeds are often two sources
	 * glued together.  It still counts as bad.
	 */
	DECODER_MEND = 1,
};

struct decoder;

/*
 * Never fails.  `set` NULL: converters are opened as they are needed.  The set must outlive the
 * decoder; it serves any number of them.
 */
struct decoder *decoder_new(enum charset, unsigned flags, struct charset_set *set);
void decoder_free(struct decoder *); /* NULL is allowed */

/*
 * The charset whose converter is missing, or CHARSET_UNKNOWN.  Such a decoder gives ASCII as it is
 * and U+FFFD for everything else.
 */
enum charset decoder_needs(const struct decoder *);

/*
 * Append the bytes as UTF-8 to `out`; a character that is cut at the end waits for the next push.
 * What cannot be decoded gives U+FFFD (or see DECODER_MEND) and is counted.  The result is always
 * valid UTF-8; it may hold control characters.
 */
void decoder_push(struct decoder *, struct bytes, struct buf *out);
void decoder_end(struct decoder *, struct buf *out); /* what is still waiting was cut */
size_t decoder_bad(const struct decoder *); /* undecodable places so far */

/*
 * Do the bytes fit the charset?  With `cut` a character that is cut at the end is no fault.
 * A charset whose converter is missing fits.
 */
bool charset_fits(enum charset, struct bytes, bool cut, struct charset_set *);

/*
 * Hold the choice to the bytes (all of them, or with `cut` the beginning).  If they do not fit, it
 * becomes UTF-8 if that fits, else windows-1252, and `lied` is set; where nothing was said, what
 * charset_guess says.  A byte-order mark is believed always.
 */
void charset_settle(struct charset_choice *, struct bytes, bool cut, struct charset_set *);

/* A whole buffer in one call.  UTF-8 that is valid is answered without a copy. */
struct charset_text {
	struct str text; /* valid UTF-8, not clean; lives as long as arena and bytes */
	enum charset needs; /* see decoder_needs */
	size_t bad;
};
struct charset_text charset_decode(struct arena *, struct bytes, const struct charset_choice *,
    unsigned flags, struct charset_set *);

#endif
