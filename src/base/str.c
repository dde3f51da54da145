#include "base/str.h"

#include <endian.h>
#include <string.h>

int
ascii_hex(unsigned char c)
{
	if (ascii_digit(c))
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct str
str_z(const char *z)
{
	return z ? (struct str){z, strlen(z)} : (struct str){"", 0};
}

bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static bool
same_nocase(const char *a, const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ascii_lower(a[i]) != ascii_lower(b[i]))
			return false;
	return true;
}

bool
str_eq_nocase(struct str a, struct str b)
{
	return a.n == b.n && same_nocase(a.p, b.p, a.n);
}

bool
str_in(struct str s, const struct str *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i], s))
			return true;
	return false;
}

bool
str_has_digit(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (ascii_digit((unsigned char)s.p[i]))
			return true;
	return false;
}

bool
str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool
str_starts_nocase(struct str s, struct str prefix)
{
	return s.n >= prefix.n && same_nocase(s.p, prefix.p, prefix.n);
}

bool
str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n &&
	       (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

int
str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;
	return order ? order : (a.n > b.n) - (a.n < b.n);
}

int
str_cmp_nocase(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;

	for (size_t i = 0; i < n; i++) {
		unsigned char x = (unsigned char)ascii_lower(a.p[i]);
		unsigned char y = (unsigned char)ascii_lower(b.p[i]);
		if (x != y)
			return x < y ? -1 : 1;
	}
	return a.n < b.n ? -1 : a.n > b.n;
}

size_t
str_find(struct str s, struct str needle)
{
	if (needle.n == 0)
		return 0;
	if (s.n == 0)
		return STR_NONE;
	const char *hit = memmem(s.p, s.n, needle.p, needle.n);
	return hit ? (size_t)(hit - s.p) : STR_NONE;
}

size_t
str_find_nocase(struct str s, struct str needle)
{
	for (size_t i = 0; i + needle.n <= s.n; i++)
		if (same_nocase(s.p + i, needle.p, needle.n))
			return i;
	return STR_NONE;
}

size_t
str_find_char(struct str s, char c)
{
	const char *hit = s.n ? memchr(s.p, c, s.n) : NULL;
	return hit ? (size_t)(hit - s.p) : STR_NONE;
}

size_t
str_find_last_char(struct str s, char c)
{
	for (size_t i = s.n; i > 0; i--)
		if (s.p[i - 1] == c)
			return i - 1;
	return STR_NONE;
}

struct str
str_sub(struct str s, size_t at, size_t n)
{
	if (at > s.n)
		at = s.n;
	if (n > s.n - at)
		n = s.n - at;
	return (struct str){s.p ? s.p + at : "", n};
}

struct str
str_from(struct str s, size_t at)
{
	return str_sub(s, at, SIZE_MAX);
}

struct str
str_trim(struct str s)
{
	while (s.n && ascii_space((unsigned char)s.p[s.n - 1]))
		s.n--;
	while (s.n && ascii_space((unsigned char)*s.p))
		s.p++, s.n--;
	return s;
}

bool
str_cut(struct str s, char c, struct str *head, struct str *rest)
{
	size_t at = str_find_char(s, c);
	if (at == STR_NONE) {
		*head = s;
		*rest = str_from(s, s.n);
		return false;
	}
	*head = str_sub(s, 0, at);
	*rest = str_from(s, at + 1);
	return true;
}

struct str
str_word(struct str *rest)
{
	struct str s = str_trim(*rest);
	size_t n = 0;
	while (n < s.n && !ascii_space((unsigned char)s.p[n]))
		n++;
	*rest = str_from(s, n);
	return str_sub(s, 0, n);
}

bool
str_to_int(struct str s, int64_t min, int64_t max, int64_t *out)
{
	bool negative = s.n && *s.p == '-';
	size_t i = negative || (s.n && *s.p == '+');
	int64_t value = 0;

	if (i == s.n)
		return false;
	for (; i < s.n; i++) {
		if (!ascii_digit((unsigned char)s.p[i]) ||
		    __builtin_mul_overflow(value, 10, &value) ||
		    __builtin_sub_overflow(value, s.p[i] - '0', &value))
			return false;
	}
	if (!negative && __builtin_sub_overflow((int64_t)0, value, &value))
		return false;
	if (value < min || value > max)
		return false;
	*out = value;
	return true;
}

uint64_t
str_hash(struct str s)
{
	uint64_t h = 14695981039346656037u;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
	return h;
}

uint64_t
str_hash_long(uint64_t h, struct str s)
{
	for (; s.n >= 8; s = str_from(s, 8)) {
		uint64_t w;
		memcpy(&w, s.p, sizeof(w));
		h = (h ^ le64toh(w)) * 0x9E3779B97F4A7C15u;
		h ^= h >> 29;
	}
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001B3u;
	return h;
}
