/* Whose turn it is. */
#include "check.h"

#include <stdlib.h>

#include "wire/schedule.h"

enum { MANY = 4000 };

struct run {
	struct schedule *schedule;
	struct schedule_job *jobs[MANY];
	int order[MANY];
	int n;
};

struct ticket {
	struct run *run;
	int number;
};

static void
start(void *ctx)
{
	struct ticket *t = ctx;
	t->run->order[t->run->n++] = t->number;
}

static void
test_limits_and_fairness(void **state)
{
	struct run run = {.schedule = schedule_new(3, 2)};
	struct ticket tickets[6];
	static const char *const hosts[] = {"a", "a", "a", "b", "b", "c"};
	static const int first[] = {0, 3, 5};
	(void)state;
	for (int i = 0; i < 6; i++) {
		tickets[i] = (struct ticket){&run, i};
		run.jobs[i] = schedule_add(run.schedule, str_z(hosts[i]), start, &tickets[i]);
	}
	schedule_run(run.schedule);
	assert_int_equal(run.n, 3); /* all places, one for each host */
	for (int i = 0; i < 3; i++)
		assert_int_equal(run.order[i], first[i]);
	assert_int_equal(schedule_waiting(run.schedule), 3);
	schedule_end(run.schedule, run.jobs[5]);
	schedule_run(run.schedule);
	assert_int_equal(run.order[3], 1); /* the second place at `a` */
	schedule_end(run.schedule, run.jobs[3]);
	schedule_run(run.schedule);
	assert_int_equal(run.order[4], 4); /* `a` has no place left, so `b` */
	schedule_end(run.schedule, run.jobs[4]);
	schedule_run(run.schedule);
	assert_int_equal(run.n, 5); /* a place in all, none at `a` */
	schedule_end(run.schedule, run.jobs[0]);
	schedule_run(run.schedule);
	assert_int_equal(run.order[5], 2);
	schedule_end(run.schedule, run.jobs[1]);
	schedule_end(run.schedule, run.jobs[2]);
	assert_int_equal(schedule_running(run.schedule), 0);
	schedule_free(run.schedule);
}

/* Hung jobs give their place back, and keep that at their host. */
static void
test_quiet(void **state)
{
	struct run run = {.schedule = schedule_new(2, 1)};
	struct ticket tickets[4];
	static const char *const hosts[] = {"a", "b", "a", "c"};
	(void)state;
	for (int i = 0; i < 4; i++) {
		tickets[i] = (struct ticket){&run, i};
		run.jobs[i] = schedule_add(run.schedule, str_z(hosts[i]), start, &tickets[i]);
	}
	schedule_run(run.schedule);
	assert_int_equal(run.n, 2);
	schedule_quiet(run.schedule, run.jobs[0], true);
	schedule_quiet(run.schedule, run.jobs[0], true);
	schedule_run(run.schedule);
	assert_int_equal(run.n, 3);
	assert_int_equal(run.order[2], 3);
	schedule_quiet(run.schedule, run.jobs[0], false);
	schedule_end(run.schedule, run.jobs[1]);
	schedule_run(run.schedule);
	assert_int_equal(run.n, 3);
	schedule_end(run.schedule, run.jobs[0]);
	schedule_run(run.schedule);
	assert_int_equal(run.order[3], 2);
	schedule_end(run.schedule, run.jobs[2]);
	schedule_end(run.schedule, run.jobs[3]);
	schedule_free(run.schedule);
}

/* Jobs taken out of the queue; many jobs of one host behind many of another. */
static void
test_many(void **state)
{
	struct run *run = calloc(1, sizeof(*run));
	struct ticket *tickets = calloc(MANY, sizeof(*tickets));
	(void)state;
	assert_true(run && tickets);
	run->schedule = schedule_new(8, 2);
	for (int i = 0; i < MANY; i++) {
		tickets[i] = (struct ticket){run, i};
		run->jobs[i] = schedule_add(run->schedule,
		    i < MANY / 2 ? STR("a.example") : STR("b.example"), start, &tickets[i]);
	}
	for (int i = 1; i < MANY; i += 2)
		schedule_end(run->schedule, run->jobs[i]);
	for (int done = 0; done < MANY / 2; done++) {
		schedule_run(run->schedule);
		assert_true(run->n > done);
		schedule_end(run->schedule, run->jobs[run->order[done]]);
	}
	assert_int_equal(run->n, MANY / 2);
	assert_int_equal(schedule_waiting(run->schedule), 0);
	schedule_free(run->schedule);
	free(tickets);
	free(run);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_limits_and_fairness),
		cmocka_unit_test(test_quiet),
		cmocka_unit_test(test_many),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
