#include "text/date_clock.h"

void
date_clock_fraction(struct date_scan *z)
{
	if ((date_peek(z, 0) == '.' || date_peek(z, 0) == ',' || date_peek(z, 0) == ':') && date_digit_at(z, 1))
		z->at += 1 + date_digits_at(z, 1);
}

/* hh:mm, hh:mm:ss, hh:mm:ss.fff; blanks around the colons are taken. */
static bool
take_clock(struct date_scan *z, size_t n_hour)
{
	size_t at = n_hour + date_spaces_at(z, n_hour);
	if (n_hour > 2 || date_peek(z, at) != ':')
		return false;
	at += 1 + date_spaces_at(z, at + 1);
	size_t n_minute = date_digits_at(z, at);
	if (n_minute < 1 || n_minute > 2)
		return false;
	int hour = date_small_at(z, 0, n_hour), minute = date_small_at(z, at, n_minute), second = 0;
	at += n_minute;
	size_t n_second = date_peek(z, at) == ':' ? date_digits_at(z, at + 1) : 0;
	if (n_second) {
		second = n_second > 2 ? 99 : date_small_at(z, at + 1, n_second);
		at += 1 + n_second;
	}
	date_parts_set_time(&z->p, hour, minute, second);
	z->at += at;
	if (n_second)
		date_clock_fraction(z);
	return true;
}

/* "14.31" and "14.31.05", which are a time only where no date can be meant. */
static bool
take_dotted_clock(struct date_scan *z, size_t n_hour)
{
	if (n_hour > 2 || date_peek(z, n_hour) != '.' || date_digits_at(z, n_hour + 1) != 2 ||
	    !date_parts_whole(&z->p))
		return false;
	size_t at = n_hour + 3;
	int hour = date_small_at(z, 0, n_hour), minute = date_small_at(z, n_hour + 1, 2), second = 0;
	if (date_peek(z, at) == '.' && date_digits_at(z, at + 1) == 2) {
		second = date_small_at(z, at + 1, 2);
		at += 3;
	}
	date_parts_set_time(&z->p, hour, minute, second);
	z->at += at;
	return true;
}

/* "14h31", "14h", "14 h 31". */
static bool
take_h_clock(struct date_scan *z, size_t n_hour)
{
	size_t at = n_hour + date_spaces_at(z, n_hour);
	if (n_hour > 2 || date_peek(z, at) != 'h' || ascii_alpha((unsigned char)date_peek(z, at + 1)))
		return false;
	int hour = date_small_at(z, 0, n_hour), minute = 0;
	size_t next = at + 1 + date_spaces_at(z, at + 1), n = date_digits_at(z, next);
	if (n == 2 || (n == 1 && next == at + 1)) {
		minute = date_small_at(z, next, n);
		at = next + n - 1;
	}
	date_parts_set_time(&z->p, hour, minute, 0);
	z->at += at + 1;
	return true;
}

/* After the T of ISO 8601: hh, hhmm, hhmmss. */
static void
take_compact_time(struct date_scan *z, size_t n)
{
	if (n != 2 && n != 4 && n != 6 && n != 1) {
		z->p.bad = true;
		return;
	}
	date_parts_set_time(&z->p, date_small_at(z, 0, n < 2 ? n : 2), n >= 4 ? date_small_at(z, 2, 2) : 0,
	    n == 6 ? date_small_at(z, 4, 2) : 0);
	z->at += n;
	date_clock_fraction(z);
}

bool
date_clock_iso(struct date_scan *z)
{
	if (date_peek(z, 0) != 't' || z->p.year == DATE_UNSET || z->p.hour != DATE_UNSET)
		return false;
	size_t gap = date_spaces_at(z, 1), n = date_digits_at(z, 1 + gap);
	if (n == 0)
		return false;
	z->at += 1 + gap;
	if (!take_clock(z, n))
		take_compact_time(z, n);
	return true;
}

bool
date_clock(struct date_scan *z, size_t n_hour)
{
	return take_clock(z, n_hour) || take_dotted_clock(z, n_hour) || take_h_clock(z, n_hour);
}
