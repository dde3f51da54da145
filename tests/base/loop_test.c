/* The loop: who is called, when, and that a handler may change everything under it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "base/loop.h"

enum { ENDS = 3, MAX_CALLS = 64 };

/* One loop, three pipes, and a diary of who was called. */
struct scene {
	struct loop *loop;
	int in[ENDS], out[ENDS];
	char diary[MAX_CALLS + 1];
	size_t n;
	unsigned timers[3];
	short events;
};

struct caller {
	struct scene *s;
	char name;
	int pipe; /* what it acts upon */
	struct caller *other; /* whom it brings */
};

static void
note(struct scene *s, char who)
{
	assert_true(s->n < MAX_CALLS);
	s->diary[s->n++] = who;
	s->diary[s->n] = '\0';
}

static void
begin(struct scene *s)
{
	*s = (struct scene){.loop = loop_new()};
	for (int i = 0; i < ENDS; i++) {
		int ends[2];
		assert_int_equal(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
		s->in[i] = ends[0];
		s->out[i] = ends[1];
	}
}

static void
end(struct scene *s)
{
	loop_free(s->loop);
	for (int i = 0; i < ENDS; i++) {
		close(s->in[i]);
		close(s->out[i]);
	}
}

static void
turn(struct scene *s, int max_ms)
{
	struct err e = {0};
	assert_true(loop_turn(s->loop, max_ms, &e));
}

static void
ring(struct scene *s, int i)
{
	assert_int_equal(write(s->out[i], "!", 1), 1);
}

static void
on_note(void *ctx, int fd, short events)
{
	struct caller *c = ctx;
	char byte;
	(void)events;
	assert_int_equal(read(fd, &byte, 1), 1);
	note(c->s, c->name);
}

static void
on_events(void *ctx, int fd, short events)
{
	struct scene *s = ctx;
	(void)fd;
	s->events = events;
	note(s, 'e');
}

static void
on_unwatch(void *ctx, int fd, short events)
{
	struct caller *c = ctx;
	(void)fd, (void)events;
	note(c->s, c->name);
	loop_unwatch(c->s->loop, c->s->in[c->pipe]);
}

static void
test_calls_who_is_ready(void **state)
{
	struct scene s;
	struct caller a = {&s, 'a', 0, NULL}, b = {&s, 'b', 0, NULL};
	(void)state;
	begin(&s);
	loop_watch(s.loop, s.in[0], POLLIN, on_note, &a);
	loop_watch(s.loop, s.in[1], POLLIN, on_note, &b);
	turn(&s, 0);
	assert_string_equal(s.diary, "");
	ring(&s, 1);
	turn(&s, -1);
	assert_string_equal(s.diary, "b");
	ring(&s, 0);
	ring(&s, 1);
	turn(&s, -1);
	assert_string_equal(s.diary, "bab");
	end(&s);
}

static void
test_second_watch_replaces(void **state)
{
	struct scene s;
	struct caller a = {&s, 'a', 0, NULL}, b = {&s, 'b', 0, NULL};
	(void)state;
	begin(&s);
	loop_watch(s.loop, s.in[0], POLLIN, on_note, &a);
	loop_watch(s.loop, s.in[0], POLLIN, on_note, &b);
	ring(&s, 0);
	turn(&s, -1);
	assert_string_equal(s.diary, "b");
	loop_unwatch(s.loop, s.in[0]);
	loop_unwatch(s.loop, s.in[0]);
	ring(&s, 0);
	turn(&s, 0);
	assert_string_equal(s.diary, "b");
	end(&s);
}

/* a removes itself; b, which was ready in the same turn, is called all the same and only once. */
static void
test_removes_itself(void **state)
{
	struct scene s;
	struct caller a = {&s, 'a', 0, NULL}, b = {&s, 'b', 1, NULL}, c = {&s, 'c', 0, NULL};
	(void)state;
	begin(&s);
	loop_watch(s.loop, s.in[0], POLLIN, on_unwatch, &a);
	loop_watch(s.loop, s.in[1], POLLIN, on_unwatch, &b);
	loop_watch(s.loop, s.in[2], POLLIN, on_note, &c);
	for (int i = 0; i < ENDS; i++)
		ring(&s, i);
	turn(&s, -1);
	turn(&s, 0);
	assert_string_equal(s.diary, "abc");
	end(&s);
}

/* a removes c, which was ready in the same turn: c is not called any more. */
static void
test_removes_another(void **state)
{
	struct scene s;
	struct caller a = {&s, 'a', 2, NULL}, c = {&s, 'c', 0, NULL};
	(void)state;
	begin(&s);
	loop_watch(s.loop, s.in[0], POLLIN, on_unwatch, &a);
	loop_watch(s.loop, s.in[2], POLLIN, on_note, &c);
	ring(&s, 0);
	ring(&s, 2);
	turn(&s, -1);
	assert_string_equal(s.diary, "a");
	end(&s);
}

static void
on_replace(void *ctx, int fd, short events)
{
	struct caller *c = ctx;
	struct scene *s = c->s;
	(void)fd, (void)events;
	note(s, c->name);
	loop_unwatch(s->loop, s->in[0]);
	loop_watch(s->loop, s->in[1], POLLOUT, on_events, s);
}

/* a asks something else of a descriptor that was ready: its old event is not the new handler's. */
static void
test_replaced_in_the_turn(void **state)
{
	struct scene s;
	struct caller a = {&s, 'a', 0, NULL}, b = {&s, 'b', 0, NULL};
	(void)state;
	begin(&s);
	loop_watch(s.loop, s.in[0], POLLIN, on_replace, &a);
	loop_watch(s.loop, s.in[1], POLLIN, on_note, &b);
	ring(&s, 0);
	ring(&s, 1);
	turn(&s, -1);
	assert_string_equal(s.diary, "a");
	end(&s);
}

static void
on_add_many(void *ctx, int fd, short events)
{
	struct caller *c = ctx;
	struct scene *s = c->s;
	(void)fd, (void)events;
	note(s, c->name);
	loop_unwatch(s->loop, s->in[0]);
	/* more than there is room for, so that the tables move under the turn */
	for (int i = 0; i < 40; i++)
		loop_watch(s->loop, 900 + i, POLLIN, on_note, c->other);
	for (int i = 0; i < 40; i++)
		loop_unwatch(s->loop, 900 + i);
	loop_watch(s->loop, s->in[2], POLLIN, on_note, c->other);
}

static void
test_adds_in_the_turn(void **state)
{
	struct scene s;
	struct caller n = {&s, 'n', 0, NULL}, a = {&s, 'a', 0, &n}, b = {&s, 'b', 0, NULL};
	(void)state;
	begin(&s);
	loop_watch(s.loop, s.in[0], POLLIN, on_add_many, &a);
	loop_watch(s.loop, s.in[1], POLLIN, on_note, &b);
	for (int i = 0; i < ENDS; i++)
		ring(&s, i);
	turn(&s, -1);
	assert_string_equal(s.diary, "ab");
	turn(&s, -1);
	assert_string_equal(s.diary, "abn");
	end(&s);
}

static void
test_hang_up(void **state)
{
	struct scene s;
	(void)state;
	begin(&s);
	loop_watch(s.loop, s.in[0], POLLIN, on_events, &s);
	close(s.out[0]);
	s.out[0] = -1;
	turn(&s, -1);
	assert_string_equal(s.diary, "e");
	assert_true(s.events & POLLHUP);
	end(&s);
}

/* --- timers ----------------------------------------------------------------------------------- */

static void
on_timer(void *ctx)
{
	struct caller *c = ctx;
	note(c->s, c->name);
}

static void
until(struct scene *s, size_t calls)
{
	while (s->n < calls)
		turn(s, -1);
}

static void
test_timers_in_order(void **state)
{
	struct scene s;
	struct caller a = {&s, 'a', 0, NULL}, b = {&s, 'b', 0, NULL}, c = {&s, 'c', 0, NULL};
	struct caller d = {&s, 'd', 0, NULL};
	(void)state;
	begin(&s);
	loop_after(s.loop, 9, on_timer, &c);
	loop_after(s.loop, 3, on_timer, &b);
	loop_after(s.loop, -5, on_timer, &a);
	unsigned never = loop_after(s.loop, 6, on_timer, &d);
	assert_int_not_equal(never, 0);
	loop_cancel(s.loop, never);
	loop_cancel(s.loop, never);
	loop_cancel(s.loop, 0);
	int64_t began = clock_monotonic_ms();
	until(&s, 3);
	assert_string_equal(s.diary, "abc");
	assert_true(clock_monotonic_ms() - began >= 8);
	turn(&s, 0);
	assert_string_equal(s.diary, "abc");
	end(&s);
}

static void
on_cancel_all(void *ctx)
{
	struct caller *c = ctx;
	note(c->s, c->name);
	for (size_t i = 0; i < COUNT_OF(c->s->timers); i++)
		loop_cancel(c->s->loop, c->s->timers[i]);
}

/* Whichever is called first cancels all, itself too. */
static void
test_timer_cancels(void **state)
{
	struct scene s;
	struct caller a = {&s, 'a', 0, NULL};
	(void)state;
	begin(&s);
	for (size_t i = 0; i < COUNT_OF(s.timers); i++)
		s.timers[i] = loop_after(s.loop, 0, on_cancel_all, &a);
	turn(&s, -1);
	turn(&s, 0);
	assert_string_equal(s.diary, "a");
	end(&s);
}

static void
on_again(void *ctx)
{
	struct caller *c = ctx;
	note(c->s, c->name);
	for (int i = 0; i < 2; i++)
		loop_after(c->s->loop, 0, on_timer, c);
}

/* A timer that starts another waits for the next turn: it cannot keep the loop for itself. */
static void
test_timer_starts_timers(void **state)
{
	struct scene s;
	struct caller a = {&s, 'a', 0, NULL};
	(void)state;
	begin(&s);
	loop_after(s.loop, 0, on_again, &a);
	turn(&s, -1);
	assert_string_equal(s.diary, "a");
	turn(&s, -1);
	assert_string_equal(s.diary, "aaa");
	end(&s);
}

static void
test_many_timers(void **state)
{
	struct scene s;
	struct caller a = {&s, 'a', 0, NULL};
	(void)state;
	begin(&s);
	for (int i = 0; i < 60; i++)
		loop_after(s.loop, i % 3, on_timer, &a);
	until(&s, 60);
	assert_int_equal(s.n, 60);
	end(&s);
}

static void
test_wait_is_bounded(void **state)
{
	struct scene s;
	struct caller a = {&s, 'a', 0, NULL};
	(void)state;
	begin(&s);
	loop_after(s.loop, INT64_MAX / 2, on_timer, &a);
	int64_t began = clock_monotonic_ms();
	turn(&s, 5);
	int64_t waited = clock_monotonic_ms() - began;
	assert_true(waited >= 4 && waited < 5000);
	assert_string_equal(s.diary, "");
	assert_true(clock_now() > 1700000000);
	end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_calls_who_is_ready),
		cmocka_unit_test(test_second_watch_replaces),
		cmocka_unit_test(test_removes_itself),
		cmocka_unit_test(test_removes_another),
		cmocka_unit_test(test_replaced_in_the_turn),
		cmocka_unit_test(test_adds_in_the_turn),
		cmocka_unit_test(test_hang_up),
		cmocka_unit_test(test_timers_in_order),
		cmocka_unit_test(test_timer_cancels),
		cmocka_unit_test(test_timer_starts_timers),
		cmocka_unit_test(test_many_timers),
		cmocka_unit_test(test_wait_is_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
