#include "app/worker.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/paths.h"
#include "base/file.h"

extern char **environ;

enum {
	FIRST_FD = 3,
	MAX_ARGS = 8,
	/* What the one may be ahead of the other: a feed and its stories, so that parsing goes on
	 * while stories are stored.  The system may give less. */
	IN_FLIGHT_BYTES = 1024 * 1024,
};

bool
worker_pair(int ends[2], struct err *e)
{
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return err_errno(e, ERR_INTERNAL, "cannot make a socket pair");
	for (int i = 0; i < 2; i++) {
		int bytes = IN_FLIGHT_BYTES;
		(void)setsockopt(ends[i], SOL_SOCKET, SO_SNDBUF, &bytes, sizeof(bytes));
	}
	return true;
}

static const char *
find_program(struct arena *a, const char *name)
{
	const char *beside = arena_fmt(a, "%s/%s", program_folder(a), name).p;
	if (access(beside, X_OK) == 0)
		return beside;
	return arena_fmt(a, "%s/%s", KAWAT_LIBEXECDIR, name).p;
}

/*
 * The targets 3 and 4 may be numbers that the sources themselves have: the sources go out of the
 * way first.
 */
static bool
add_descriptors(posix_spawn_file_actions_t *actions, const int *fds, size_t n)
{
	int high[WORKER_MAX_FDS];
	for (size_t i = 0; i < n; i++) {
		high[i] = FIRST_FD + WORKER_MAX_FDS + 20 + (int)i;
		if (posix_spawn_file_actions_adddup2(actions, fds[i], high[i]))
			return false;
	}
	for (size_t i = 0; i < n; i++)
		if (posix_spawn_file_actions_adddup2(actions, high[i], FIRST_FD + (int)i) ||
		    posix_spawn_file_actions_addclose(actions, high[i]))
			return false;
	return true;
}

/*
 * Keys of the terminal (C-c, C-z, hang-up) are the desk's to answer: a worker ignores none but is
 * in a session of its own, and starts with ordinary signals whatever the desk blocks.  Linux shares
 * out the processor by session (sched(7), autogroup): in the desk's session a busy worker would
 * use up the desk's share, and a key would wait for the other programs' turns.
 */
static void
set_attributes(posix_spawnattr_t *attr)
{
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	sigdelset(&all, SIGPIPE);
	posix_spawnattr_setsigmask(attr, &none);
	posix_spawnattr_setsigdefault(attr, &all);
	posix_spawnattr_setflags(attr,
	    POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
}

bool
worker_start(struct worker *w, const char *name, const char *const *args, const int *fds,
    size_t n_fds, struct err *e)
{
	struct arena *a = arena_new();
	const char *path = find_program(a, name);
	char *argv[MAX_ARGS + 2] = {heap_z(str_z(name))};
	size_t n = 1;
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;

	for (; args && *args && n <= MAX_ARGS; args++)
		argv[n++] = heap_z(str_z(*args));
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attr);
	set_attributes(&attr);
	int failed = add_descriptors(&actions, fds, n_fds)
	    ? posix_spawn(&w->pid, path, &actions, &attr, argv, environ)
	    : ENOMEM;
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	for (size_t i = 0; i < n; i++)
		free(argv[i]);
	if (failed) {
		w->pid = 0;
		errno = failed;
		err_errno(e, ERR_INTERNAL, "cannot start '%s'", path);
	}
	arena_free(a);
	return !failed;
}

int
worker_wait(struct worker *w)
{
	int status = -1;
	pid_t got;
	if (w->pid == 0)
		return -1;
	do {
		got = waitpid(w->pid, &status, 0);
	} while (got < 0 && errno == EINTR);
	w->pid = 0;
	return got < 0 ? -1 : status;
}

void
worker_kill(struct worker *w)
{
	if (w->pid == 0)
		return;
	kill(w->pid, SIGKILL);
	worker_wait(w);
}

bool
worker_ended(struct worker *w, int *status)
{
	if (w->pid == 0 || waitpid(w->pid, status, WNOHANG) != w->pid)
		return false;
	w->pid = 0;
	return true;
}
