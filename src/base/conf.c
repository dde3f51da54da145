#include "base/conf.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"

enum { BYTE_ORDER_MARK = 0xFEFF };

/*
 * What is shown of a character and kept: no control, and no byte order mark.  Editors put one at
 * the head of a file and joining files leaves it at the head of a line, where it would hide a '#'
 * or a '['; dropped wherever it stands, a file that was written reads as it was.
 */
static bool
is_kept(uint32_t c)
{
	return c == '\t' || (c >= 0x20 && c < 0x7F) || (c >= 0xA0 && c != BYTE_ORDER_MARK);
}

static struct str
clean_line(struct arena *a, struct str raw)
{
	if (raw.n && raw.p[raw.n - 1] == '\r')
		raw.n--;
	char *out = arena_alloc(a, raw.n * 3 + 1);
	size_t n = 0;
	for (size_t i = 0; i < raw.n;) {
		uint32_t c = utf8_next(raw, &i);
		if (is_kept(c))
			n += utf8_encode(c, out + n);
	}
	return str_of(out, n);
}

static struct conf_line
classify(struct str raw, size_t section, size_t index)
{
	struct conf_line line = {.raw = raw, .text = str_trim(raw), .section = section};
	if (line.text.n == 0)
		line.kind = CONF_BLANK;
	else if (line.text.p[0] == '#')
		line.kind = CONF_COMMENT;
	else if (line.text.p[0] == '[' && str_find_char(line.text, ']') != STR_NONE) {
		line.kind = CONF_SECTION;
		line.text = str_trim(str_sub(line.text, 1, str_find_char(line.text, ']') - 1));
		line.section = index;
	} else
		line.kind = CONF_ENTRY;
	return line;
}

void
conf_parse(struct conf *c, struct arena *a, struct bytes content)
{
	*c = (struct conf){.arena = a};
	struct str rest = str_of((const char *)content.p, content.n), raw;
	size_t section = SIZE_MAX;
	while (rest.n) {
		str_cut(rest, '\n', &raw, &rest);
		struct conf_line line = classify(clean_line(a, raw), section, c->n);
		section = line.section;
		ARENA_PUSH(a, c, line);
	}
}

bool
conf_read(struct conf *c, struct arena *a, const char *path, struct err *e)
{
	struct bytes content = {0};
	if (access(path, F_OK) == 0 || errno != ENOENT)
		if (!file_read(a, path, CONF_MAX_BYTES, &content, e))
			return false;
	conf_parse(c, a, content);
	return true;
}

bool
conf_write(const struct conf *c, const char *path, struct err *e)
{
	struct buf out = {0};
	for (size_t i = 0; i < c->n; i++) {
		buf_add(&out, c->v[i].raw);
		buf_char(&out, '\n');
	}
	bool ok = file_replace(path, bytes_of_str(buf_str(&out)), e);
	buf_clear(&out);
	return ok;
}

struct str
conf_section(const struct conf *c, size_t line)
{
	size_t at = c->v[line].section;
	return at == SIZE_MAX ? STR("") : c->v[at].text;
}

struct str
conf_without_comment(struct str s)
{
	for (size_t i = 1; i < s.n; i++)
		if (s.p[i] == '#' && ascii_space((unsigned char)s.p[i - 1]))
			return str_trim(str_sub(s, 0, i));
	return str_trim(s);
}

bool
conf_key_value(struct str entry, struct str *key, struct str *value)
{
	if (!str_cut(entry, '=', key, value))
		return false;
	*key = str_trim(*key);
	*value = str_trim(*value);
	if (value->n >= 1 && value->p[0] == '#')
		*value = str_from(*value, value->n);
	if (value->n >= 2 && value->p[0] == '"') {
		size_t end = str_find_char(str_from(*value, 1), '"');
		if (end != STR_NONE) {
			*value = str_sub(*value, 1, end);
			return true;
		}
	}
	*value = conf_without_comment(*value);
	return true;
}

/* Lines move, and with them the indices of the sections. */
static void
renumber(struct conf *c)
{
	size_t section = SIZE_MAX;
	for (size_t i = 0; i < c->n; i++) {
		if (c->v[i].kind == CONF_SECTION)
			section = i;
		c->v[i].section = section;
	}
}

static void
insert(struct conf *c, size_t at, struct str raw)
{
	struct conf_line line = classify(arena_str(c->arena, raw), SIZE_MAX, at);
	ARENA_PUSH(c->arena, c, line);
	memmove(c->v + at + 1, c->v + at, (c->n - 1 - at) * sizeof(*c->v));
	c->v[at] = line;
	renumber(c);
}

/* What has no name is before the first section, not in one that is written `[]`. */
static size_t
find_section(const struct conf *c, struct str name)
{
	for (size_t i = 0; name.n && i < c->n; i++)
		if (c->v[i].kind == CONF_SECTION && str_eq(c->v[i].text, name))
			return i;
	return SIZE_MAX;
}

void
conf_add(struct conf *c, struct str section, struct str entry)
{
	size_t head = find_section(c, section), at = 0;
	if (section.n && head == SIZE_MAX) {
		if (c->n && c->v[c->n - 1].kind != CONF_BLANK)
			insert(c, c->n, STR(""));
		insert(c, c->n, arena_fmt(c->arena, "[%.*s]", STR_ARG(section)));
		insert(c, c->n, entry);
		return;
	}
	/* Behind the last entry of the section, before the blank lines that close it. */
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].section == head && c->v[i].kind != CONF_BLANK)
			at = i + 1;
	insert(c, at, entry);
}

/* --- many entries at once --- */

/* A section that entries are added to. */
struct slot {
	struct str name;
	size_t behind; /* so many lines of the file stand before them; SIZE_MAX: it is new */
	size_t first, last; /* of its additions; SIZE_MAX: none */
};

struct slots {
	struct slot *v;
	size_t n;
	size_t *table; /* by hash of the name: index + 1; 0: free */
	size_t room; /* a power of two, twice as many as can come */
};

static struct slot *
slot_of(struct slots *s, struct str name)
{
	size_t at = str_hash(name) & (s->room - 1);
	for (; s->table[at]; at = (at + 1) & (s->room - 1))
		if (str_eq(s->v[s->table[at] - 1].name, name))
			return &s->v[s->table[at] - 1];
	s->v[s->n] = (struct slot){name, SIZE_MAX, SIZE_MAX, SIZE_MAX};
	s->table[at] = ++s->n;
	return &s->v[s->n - 1];
}

/* The first section of a name takes them, behind its last line that is not blank. */
static void
find_places(const struct conf *c, struct slots *s)
{
	size_t *slot_of_head = ARENA_ARRAY(c->arena, size_t, c->n + 1);
	slot_of(s, STR(""))->behind = 0;
	for (size_t i = 0; i < c->n; i++) {
		size_t head = c->v[i].section;
		if (c->v[i].kind == CONF_SECTION) {
			struct slot *slot = slot_of(s, c->v[i].text);
			if (slot->behind == SIZE_MAX)
				slot_of_head[i] = (size_t)(slot - s->v) + 1;
		}
		size_t at = head == SIZE_MAX ? 1 : slot_of_head[head];
		if (at && c->v[i].kind != CONF_BLANK)
			s->v[at - 1].behind = i + 1;
	}
}

static void
push_line(struct conf *c, struct str raw)
{
	struct conf_line line = classify(arena_str(c->arena, raw), SIZE_MAX, c->n);
	ARENA_PUSH(c->arena, c, line);
}

/* next[i]: the addition after i in the same section. */
static void
push_additions(struct conf *c, const struct slot *s, const struct conf_addition *v,
    const size_t *next)
{
	for (size_t i = s->first; i != SIZE_MAX; i = next[i])
		push_line(c, v[i].entry);
}

static void
push_new_section(struct conf *c, const struct slot *s, const struct conf_addition *v,
    const size_t *next)
{
	if (c->n && c->v[c->n - 1].kind != CONF_BLANK)
		push_line(c, STR(""));
	push_line(c, arena_fmt(c->arena, "[%.*s]", STR_ARG(s->name)));
	push_additions(c, s, v, next);
}

void
conf_add_all(struct conf *c, const struct conf_addition *v, size_t n)
{
	struct conf out = {.arena = c->arena};
	struct slots s = {.room = 64};
	while (s.room < (c->n + n + 1) * 2)
		s.room *= 2;
	s.table = ARENA_ARRAY(c->arena, size_t, s.room);
	s.v = ARENA_ARRAY(c->arena, struct slot, c->n + n + 1);
	find_places(c, &s);
	size_t *next = ARENA_ARRAY(c->arena, size_t, n + 1);
	for (size_t i = 0; i < n; i++) {
		struct slot *slot = slot_of(&s, v[i].section);
		next[i] = SIZE_MAX;
		*(slot->first == SIZE_MAX ? &slot->first : &next[slot->last]) = i;
		slot->last = i;
	}
	/* which section's additions stand behind so many lines: index + 1 */
	size_t *behind = ARENA_ARRAY(c->arena, size_t, c->n + 1);
	for (size_t i = 0; i < s.n; i++)
		if (s.v[i].behind != SIZE_MAX)
			behind[s.v[i].behind] = i + 1;
	for (size_t i = 0; i <= c->n; i++) {
		if (behind[i])
			push_additions(&out, &s.v[behind[i] - 1], v, next);
		if (i < c->n)
			ARENA_PUSH(c->arena, &out, c->v[i]);
	}
	for (size_t i = 0; i < s.n; i++)
		if (s.v[i].behind == SIZE_MAX)
			push_new_section(&out, &s.v[i], v, next);
	renumber(&out);
	*c = out;
}

/* --- changing --- */

void
conf_replace(struct conf *c, size_t line, struct str entry)
{
	struct str raw = arena_str(c->arena, entry);
	c->v[line].raw = raw;
	c->v[line].text = str_trim(raw);
}

void
conf_remove(struct conf *c, size_t line)
{
	memmove(c->v + line, c->v + line + 1, (c->n - line - 1) * sizeof(*c->v));
	c->n--;
	renumber(c);
}

static struct str
quoted_token(struct arena *a, struct str s, size_t *used)
{
	size_t n = 0, end = 1;
	while (end < s.n && s.p[end] != '"')
		end += s.p[end] == '\\' && end + 1 < s.n ? 2 : 1;
	char *out = arena_alloc(a, end);
	for (size_t i = 1; i < end; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n)
			i++;
		out[n++] = s.p[i];
	}
	*used = end < s.n ? end + 1 : end;
	return str_of(out, n);
}

bool
conf_token(struct arena *a, struct str *rest, struct str *token, bool *quoted)
{
	struct str s = str_trim(*rest);
	size_t n = 0;
	if (s.n == 0 || s.p[0] == '#')
		return false;
	*quoted = s.p[0] == '"';
	if (*quoted) {
		*token = quoted_token(a, s, &n);
		*rest = str_from(s, n);
		return true;
	}
	/* name="two words" stays one token, its quotes taken off; room for it, not for the rest of the
	 * line: a line of many tokens costs what it is long */
	bool inside = false;
	for (; n < s.n && (inside || !ascii_space((unsigned char)s.p[n])); n++)
		if (s.p[n] == '"')
			inside = !inside;
	char *out = arena_alloc(a, n + 1);
	size_t m = 0;
	for (size_t i = 0; i < n; i++)
		if (s.p[i] != '"')
			out[m++] = s.p[i];
	*token = str_of(out, m);
	*rest = str_from(s, n);
	return true;
}

struct unit {
	struct str name;
	int64_t factor;
};

static bool
number_with_unit(struct str s, const struct unit *units, size_t n_units, int64_t *out)
{
	size_t digits = 0;
	while (digits < s.n && ascii_digit((unsigned char)s.p[digits]))
		digits++;
	int64_t value;
	if (!str_to_int(str_sub(s, 0, digits), 0, INT64_MAX, &value))
		return false;
	struct str unit = str_trim(str_from(s, digits));
	for (size_t i = 0; i < n_units; i++)
		if (str_eq_nocase(unit, units[i].name))
			return !__builtin_mul_overflow(value, units[i].factor, out);
	return false;
}

bool
conf_size(struct str s, int64_t *bytes)
{
	static const struct unit units[] = {
		{STR_INIT(""), 1}, {STR_INIT("K"), 1 << 10}, {STR_INIT("M"), 1 << 20},
		{STR_INIT("G"), 1 << 30},
	};
	return number_with_unit(s, units, COUNT_OF(units), bytes);
}

bool
conf_time(struct str s, int64_t *ms)
{
	static const struct unit units[] = {
		{STR_INIT("ms"), 1}, {STR_INIT("s"), 1000}, {STR_INIT("m"), 60000},
		{STR_INIT("h"), 3600000}, {STR_INIT("d"), 86400000}, {STR_INIT("w"), 604800000},
	};
	if (str_eq(s, STR("0"))) {
		*ms = 0;
		return true;
	}
	return number_with_unit(s, units, COUNT_OF(units), ms);
}
