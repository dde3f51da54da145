/*
 * Bytes and text are two types, so that the compiler knows what may be drawn.
 *
 * struct bytes is anything at all, from outside.  struct str is valid UTF-8 without control
 * characters other than newline and tab; it is not NUL-terminated.  text/clean.h is the only
 * door from one to the other.  Both borrow: whoever made the memory owns it.
 *
 * Case functions here fold ASCII only; nothing in a parser depends on the locale.
 */
#ifndef KAWAT_BASE_STR_H
#define KAWAT_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, first) __attribute__((format(printf, fmt, first)))
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

struct bytes {
	const unsigned char *p;
	size_t n;
};

struct str {
	const char *p;
	size_t n;
};

/* A str of a string literal; the second form serves initialisers of static tables. */
#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})
#define STR_INIT(literal) {(literal), sizeof(literal) - 1}
/* For printf: printf("%.*s", STR_ARG(s)).  The argument is evaluated more than once. */
#define STR_ARG(s) (int)((s).n > INT32_MAX ? INT32_MAX : (s).n), (s).p ? (s).p : ""

#define STR_NONE SIZE_MAX

static inline struct str
str_of(const char *p, size_t n)
{
	return (struct str){p, n};
}

static inline struct bytes
bytes_of(const void *p, size_t n)
{
	return (struct bytes){p, n};
}

/* The same memory seen as bytes; always allowed. */
static inline struct bytes
bytes_of_str(struct str s)
{
	return (struct bytes){(const unsigned char *)s.p, s.n};
}

/* ASCII classes, without a locale. */
static inline bool
ascii_space(unsigned char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static inline bool
ascii_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
ascii_alpha(unsigned char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static inline bool
ascii_alnum(unsigned char c)
{
	return ascii_alpha(c) || ascii_digit(c);
}

static inline char
ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/*
 * Eight bytes at once: the high bit of a byte in the answer says that it is c, or below c (at most
 * 0x80).  Bits above the first one set may be wrong, so only "none" and "some" can be told.
 */
static inline uint64_t
eight_equal(uint64_t x, unsigned char c)
{
	uint64_t y = x ^ UINT64_C(0x0101010101010101) * c;
	return (y - UINT64_C(0x0101010101010101)) & ~y & UINT64_C(0x8080808080808080);
}

static inline uint64_t
eight_below(uint64_t x, unsigned char c)
{
	return (x - UINT64_C(0x0101010101010101) * c) & ~x & UINT64_C(0x8080808080808080);
}

/* The same, but each bit is right: dearer, for counting and for telling which. */
static inline uint64_t
eight_exactly(uint64_t x, unsigned char c)
{
	const uint64_t low = UINT64_C(0x7F7F7F7F7F7F7F7F);
	x ^= UINT64_C(0x0101010101010101) * c;
	return ~(((x & low) + low) | x | low);
}

/* Is each of the eight a byte of ASCII? */
static inline bool
eight_ascii(uint64_t x)
{
	return (x & UINT64_C(0x8080808080808080)) == 0;
}

/* Eight bytes of ASCII in small letters: the high bit of each says whether it is from A to Z. */
static inline uint64_t
eight_lower(uint64_t x)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t from_a = x + ones * (0x80 - 'A'), beyond_z = x + ones * (0x80 - 'Z' - 1);
	return x | ((from_a ^ beyond_z) & UINT64_C(0x8080808080808080)) >> 2;
}

/* The high bit of each says whether it is a letter; eight bytes of ASCII. */
static inline uint64_t
eight_letters(uint64_t x)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	x |= ones * 0x20;
	return ((x + ones * (0x80 - 'a')) ^ (x + ones * (0x80 - 'z' - 1))) & UINT64_C(0x8080808080808080);
}

/* How many bytes are marked in what eight_exactly gave. */
static inline unsigned
eight_count(uint64_t marks)
{
	return (unsigned)((marks >> 7) * UINT64_C(0x0101010101010101) >> 56);
}

/* The value of a hexadecimal digit, or -1. */
int ascii_hex(unsigned char c);

struct str str_z(const char *z); /* of a NUL-terminated string; NULL gives the empty str */
bool str_eq(struct str a, struct str b);
bool str_eq_nocase(struct str a, struct str b);
bool str_in(struct str s, const struct str *list, size_t n); /* is it one of them? */
bool str_has_digit(struct str s); /* ASCII */
bool str_starts(struct str s, struct str prefix);
bool str_starts_nocase(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
int str_cmp(struct str a, struct str b); /* by bytes, which for UTF-8 is by code point */
int str_cmp_nocase(struct str a, struct str b); /* the same of what is in small letters */

/* The offset of the first needle, or STR_NONE.  An empty needle is found at 0. */
size_t str_find(struct str s, struct str needle);
size_t str_find_nocase(struct str s, struct str needle);
size_t str_find_char(struct str s, char c);
size_t str_find_last_char(struct str s, char c);

/* From byte offset `at`, at most n bytes; both are clamped to the string. */
struct str str_sub(struct str s, size_t at, size_t n);
struct str str_from(struct str s, size_t at);

/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);

/*
 * Cut s at the first `c`: *head is before it, *rest after it.  False, with *head the whole and
 * *rest empty, when there is none.  s may be *rest.
 */
bool str_cut(struct str s, char c, struct str *head, struct str *rest);

/* The next word parted by ASCII white space; removes it from *rest.  Empty at the end. */
struct str str_word(struct str *rest);

/* A decimal number that is the whole of s, within [min, max].  False: *out is untouched. */
MUST_CHECK bool str_to_int(struct str s, int64_t min, int64_t max, int64_t *out);

/* FNV-1a of the bytes; for tables, never for anything that must not collide. */
uint64_t str_hash(struct str s);

/*
 * For long texts: eight bytes a step, from a first value.  The same on every machine, so that it may
 * be stored.
 */
uint64_t str_hash_long(uint64_t first, struct str s);

#endif
