/*
 * The boxes, from inside: each probe is a process of its own that enters a box and tries one thing.
 * What it found is its exit status (0, or the errno) or the signal that ended it.
 *
 * Exit 77 (SKIP) where there is nothing to prove: an instrumented build has no boxes, and a kernel
 * may lack seccomp or Landlock.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/box.h"
#include "base/file.h"

enum { SKIPPED = 77, KILLED = -1, NO_ERRNO = 200 };

/* Where the probes look; made before the forks, relative to the folder that the test runs in. */
struct place {
	char *folder; /* absolute */
	char *read_file, *written_file, *new_file, *outside_file; /* in read/, write/, folder */
	char *read_folder, *write_folder;
	int pair[2], listener;
	struct sockaddr_in address;
};

typedef int probe(const struct place *);

struct row {
	probe *probe;
	const char *what;
	int result; /* 0: it works; an errno; KILLED: by SIGSYS */
};

static int
outcome(bool worked)
{
	return worked ? 0 : errno ? errno : NO_ERRNO;
}

/* --- the probes ------------------------------------------------------------------------------- */

static int
open_as(const char *path, int flags)
{
	errno = 0;
	return outcome(open(path, flags | O_CLOEXEC, 0600) >= 0);
}

static int
open_outside(const struct place *p)
{
	return open_as(p->outside_file, O_RDONLY);
}

static int
write_outside(const struct place *p)
{
	return open_as(p->outside_file, O_WRONLY);
}

static int
open_read_file(const struct place *p)
{
	return open_as(p->read_file, O_RDONLY);
}

static int
write_read_file(const struct place *p)
{
	return open_as(p->read_file, O_WRONLY);
}

static int
open_written_file(const struct place *p)
{
	return open_as(p->written_file, O_RDWR);
}

static int
list_root(const struct place *p)
{
	(void)p;
	return open_as("/", O_RDONLY | O_DIRECTORY);
}

static int
create_inside(const struct place *p)
{
	int made = open_as(p->new_file, O_WRONLY | O_CREAT | O_EXCL);
	if (made)
		return made;
	errno = 0;
	return outcome(rename(p->new_file, p->written_file) == 0);
}

static int
create_outside(const struct place *p)
{
	char path[4096];
	snprintf(path, sizeof(path), "%s/new", p->folder);
	return open_as(path, O_WRONLY | O_CREAT | O_EXCL);
}

static int
remove_outside(const struct place *p)
{
	errno = 0;
	return outcome(unlink(p->outside_file) == 0);
}

static int
make_socket(const struct place *p)
{
	(void)p;
	errno = 0;
	return outcome(socket(AF_INET, SOCK_STREAM, 0) >= 0);
}

static int
make_unix_socket(const struct place *p)
{
	(void)p;
	errno = 0;
	return outcome(socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
}

static int
make_pair(const struct place *p)
{
	int ends[2];
	(void)p;
	errno = 0;
	return outcome(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
}

static int
connect_to_listener(const struct place *p)
{
	errno = 0;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	return outcome(fd >= 0 && connect(fd, (const struct sockaddr *)&p->address,
	    sizeof(p->address)) == 0);
}

static int
execute(const struct place *p)
{
	char *argv[] = {(char[]){"true"}, NULL}, *env[] = {NULL};
	(void)p;
	errno = 0;
	execve("/bin/true", argv, env);
	return outcome(false);
}

static int
execute_by_descriptor(const struct place *p)
{
	char *argv[] = {(char[]){"true"}, NULL}, *env[] = {NULL};
	(void)p;
	errno = 0;
	syscall(SYS_execveat, p->pair[0], "", argv, env, AT_EMPTY_PATH);
	return outcome(false);
}

static int
make_child(const struct place *p)
{
	(void)p;
	errno = 0;
	pid_t pid = fork();
	if (pid == 0)
		_exit(0);
	return outcome(pid > 0);
}

static void *
nothing(void *arg)
{
	return arg;
}

static int
make_thread(const struct place *p)
{
	pthread_t t;
	(void)p;
	errno = pthread_create(&t, NULL, nothing, NULL);
	return errno ? errno : outcome(pthread_join(t, NULL) == 0);
}

static int
trace_parent(const struct place *p)
{
	(void)p;
	errno = 0;
	return outcome(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0);
}

static int
signal_parent(const struct place *p)
{
	(void)p;
	errno = 0;
	return outcome(kill(getppid(), 0) == 0);
}

static int
lift_the_limit(const struct place *p)
{
	struct rlimit r = {RLIM_INFINITY, RLIM_INFINITY};
	(void)p;
	errno = 0;
	return outcome(setrlimit(RLIMIT_AS, &r) == 0);
}

static int
talk(const struct place *p)
{
	char c = 0;
	errno = 0;
	return outcome(write(p->pair[1], "x", 1) == 1 && read(p->pair[0], &c, 1) == 1 && c == 'x' &&
	               send(p->pair[1], "y", 1, MSG_NOSIGNAL) == 1 &&
	               recv(p->pair[0], &c, 1, 0) == 1 && c == 'y');
}

static int
take_memory(const struct place *p)
{
	(void)p;
	errno = 0;
	char *some = malloc(64 << 20);
	if (some)
		memset(some, 1, 64 << 20);
	return outcome(some != NULL);
}

static int
take_too_much_memory(const struct place *p)
{
	(void)p;
	errno = 0;
	return outcome(mmap(NULL, BOX_PARSE_MAX_MEMORY, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
}

/* By small pieces, as a parse would: malloc says so, and is not killed on its way to find out. */
static int
run_out_of_memory(const struct place *p)
{
	size_t taken = 0;
	void *volatile piece; /* or clang leaves out a malloc whose memory nobody uses */
	(void)p;
	errno = 0;
	while ((piece = malloc(100000)))
		taken += 100000;
	return outcome(taken > 64 << 20 && taken < BOX_PARSE_MAX_MEMORY);
}

static int
map_code(const struct place *p)
{
	(void)p;
	errno = 0;
	return outcome(mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
	    0) != MAP_FAILED);
}

/* --- running them ----------------------------------------------------------------------------- */

typedef unsigned enter(const struct place *);

static unsigned
enter_parse(const struct place *p)
{
	(void)p;
	return box_parse();
}

static unsigned
enter_wire(const struct place *p)
{
	const char *read[] = {p->read_folder, "/nowhere", NULL}, *write[] = {p->write_folder, NULL};
	return box_wire(&(struct box_paths){read, write});
}

static int
status_in_child(enter *box, probe *try, const struct place *p)
{
	pid_t pid = fork();
	if (pid == 0) {
		signal(SIGSYS, SIG_DFL);
		unsigned in_force = box(p);
		_exit(try ? try(p) : (int)in_force);
	}
	int status = 0;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
		return KILLED;
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
check_rows(enter *box, const struct row *rows, size_t n, const struct place *p)
{
	int bad = 0;
	for (size_t i = 0; i < n; i++) {
		int got = status_in_child(box, rows[i].probe, p);
		if (got == rows[i].result)
			continue;
		print_error("%s: got %d (%s), want %d\n", rows[i].what, got,
		    got == KILLED ? "killed" : got ? strerror(got) : "works", rows[i].result);
		bad++;
	}
	assert_int_equal(bad, 0);
}

/* Skips the test when the kernel does not have all of `wanted`. */
static void
need(enter *box, unsigned wanted, const struct place *p)
{
	unsigned in_force = (unsigned)status_in_child(box, NULL, p);
	if ((in_force & wanted) == wanted)
		return;
	print_message("this kernel gives %u of %u\n", in_force, wanted);
	skip();
}

static void
test_parse_box(void **state)
{
	static const struct row rows[] = {
		{talk, "talk on the open socket", 0},
		{take_memory, "take 64 MiB", 0},
		{take_too_much_memory, "take more than the limit", ENOMEM},
		{run_out_of_memory, "take memory until there is no more", 0},
		{lift_the_limit, "lift the limit", KILLED},
		{map_code, "map memory to execute", KILLED},
		{open_outside, "open a file", EACCES},
		{write_outside, "open a file to write", EACCES},
		{open_read_file, "open a file anywhere", EACCES},
		{list_root, "open a folder", EACCES},
		{create_outside, "make a file", EACCES},
		{remove_outside, "remove a file", KILLED},
		{make_socket, "make a socket", KILLED},
		{make_unix_socket, "make a local socket", KILLED},
		{make_pair, "make a socketpair", KILLED},
		{connect_to_listener, "connect", KILLED},
		{execute, "execute a program", KILLED},
		{execute_by_descriptor, "execute by a descriptor", KILLED},
		{make_child, "make a process", KILLED},
		{trace_parent, "trace its parent", KILLED},
		{signal_parent, "signal its parent", KILLED},
	};
	need(enter_parse, BOX_SECCOMP, *state);
	check_rows(enter_parse, rows, COUNT_OF(rows), *state);
}

static void
test_wire_box(void **state)
{
	static const struct row rows[] = {
		{talk, "talk on the open socket", 0},
		{make_socket, "make a socket", 0},
		{connect_to_listener, "connect to a server", 0},
		{make_thread, "make a thread", 0},
		{execute, "execute a program", EPERM},
		{execute_by_descriptor, "execute by a descriptor", EPERM},
		{trace_parent, "trace its parent", EPERM},
	};
	need(enter_wire, BOX_SECCOMP, *state);
	check_rows(enter_wire, rows, COUNT_OF(rows), *state);
}

static void
test_wire_files(void **state)
{
	static const struct row rows[] = {
		{open_read_file, "read a file in a folder to read", 0},
		{write_read_file, "write a file in a folder to read", EACCES},
		{open_written_file, "read and write in a folder to write", 0},
		{create_inside, "make and rename in a folder to write", 0},
		{open_outside, "read a file elsewhere", EACCES},
		{write_outside, "write a file elsewhere", EACCES},
		{create_outside, "make a file elsewhere", EACCES},
		{remove_outside, "remove a file elsewhere", EACCES},
		{list_root, "open the root folder", EACCES},
	};
	need(enter_wire, BOX_LANDLOCK, *state);
	check_rows(enter_wire, rows, COUNT_OF(rows), *state);
}

/* Outside of a box all of it works: otherwise a refusal above would prove nothing. */
static unsigned
enter_nothing(const struct place *p)
{
	(void)p;
	return 0;
}

static void
test_without_a_box(void **state)
{
	static const struct row rows[] = {
		{talk, "talk", 0}, {take_memory, "take memory", 0},
		{take_too_much_memory, "take much memory", 0}, {map_code, "map code", 0},
		{open_outside, "open", 0}, {write_outside, "write", 0},
		{open_read_file, "open", 0}, {write_read_file, "write", 0},
		{open_written_file, "open", 0}, {list_root, "list", 0},
		{make_socket, "socket", 0}, {make_unix_socket, "local socket", 0},
		{make_pair, "pair", 0}, {connect_to_listener, "connect", 0},
		{execute, "execute", 0}, {make_child, "child", 0}, {make_thread, "thread", 0},
		{signal_parent, "signal", 0},
	};
	check_rows(enter_nothing, rows, COUNT_OF(rows), *state);
}

/* --- the place -------------------------------------------------------------------------------- */

static char *
in_folder(const struct place *p, const char *name)
{
	struct arena *a = arena_new();
	char *path = heap_z(arena_fmt(a, "%s/%s", p->folder, name));
	arena_free(a);
	return path;
}

static int
make_file(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	return fd < 0 ? -1 : close(fd);
}

static int
set_up(void **state)
{
	struct place *p = heap_alloc(sizeof(*p));
	char name[] = "box_test-XXXXXX";
	socklen_t n = sizeof(p->address);
	*state = p;
	if (!mkdtemp(name) || !(p->folder = realpath(name, NULL)))
		return -1;
	p->read_folder = in_folder(p, "read");
	p->write_folder = in_folder(p, "write");
	p->read_file = in_folder(p, "read/file");
	p->written_file = in_folder(p, "write/file");
	p->new_file = in_folder(p, "write/new");
	p->outside_file = in_folder(p, "file");
	p->address = (struct sockaddr_in){.sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	p->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (mkdir(p->read_folder, 0700) || mkdir(p->write_folder, 0700) ||
	    make_file(p->read_file) || make_file(p->written_file) || make_file(p->outside_file) ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, p->pair) || p->listener < 0 ||
	    bind(p->listener, (struct sockaddr *)&p->address, n) || listen(p->listener, 16) ||
	    getsockname(p->listener, (struct sockaddr *)&p->address, &n))
		return -1;
	return 0;
}

static int
tear_down(void **state)
{
	struct place *p = *state;
	char *all[] = {p->read_file, p->written_file, p->new_file, p->outside_file, p->read_folder,
		p->write_folder, p->folder};
	for (size_t i = 0; i < COUNT_OF(all); i++) {
		remove(all[i]);
		free(all[i]);
	}
	close(p->pair[0]);
	close(p->pair[1]);
	close(p->listener);
	free(p);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_without_a_box),
		cmocka_unit_test(test_parse_box),
		cmocka_unit_test(test_wire_box),
		cmocka_unit_test(test_wire_files),
	};
#ifdef KAWAT_INSTRUMENTED
	if (box_parse() != BOX_COMPILED_OUT || box_wire(NULL) != BOX_COMPILED_OUT)
		return 1;
	puts("SKIP: an instrumented build has no boxes");
	return SKIPPED;
#endif
	if (!box_seccomp_available() && box_landlock_version() == 0) {
		puts("SKIP: this kernel has neither seccomp nor Landlock");
		return SKIPPED;
	}
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
