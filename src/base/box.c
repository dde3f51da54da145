/*
 * Landlock is used through its system calls: Debian 12's header stops at version 2, so the later
 * bits are defined here and the kernel is asked which of them it knows.
 */
#include "base/box.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <seccomp.h>

#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#define __NR_landlock_add_rule 445
#define __NR_landlock_restrict_self 446
#endif

/* linux/landlock.h, as the kernel's documentation gives it up to version 5. */
enum {
	LL_EXECUTE = 1 << 0,
	LL_WRITE_FILE = 1 << 1,
	LL_READ_FILE = 1 << 2,
	LL_READ_DIR = 1 << 3,
	LL_ALL_V1 = (1 << 13) - 1,
	LL_REFER = 1 << 13, /* version 2 */
	LL_TRUNCATE = 1 << 14, /* version 3 */
	LL_IOCTL_DEV = 1 << 15, /* version 5 */
	LL_RULE_PATH_BENEATH = 1,
	LL_QUERY_VERSION = 1,
};

struct ll_ruleset {
	uint64_t handled_access_fs;
};

struct ll_path_beneath {
	uint64_t allowed_access;
	int32_t parent_fd;
} __attribute__((packed));

int
box_landlock_version(void)
{
	long version = syscall(__NR_landlock_create_ruleset, NULL, 0, LL_QUERY_VERSION);
	return version < 0 ? 0 : (int)version;
}

bool
box_seccomp_available(void)
{
	return prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
}

#ifdef KAWAT_INSTRUMENTED

unsigned
box_parse(void)
{
	return BOX_COMPILED_OUT;
}

unsigned
box_wire(const struct box_paths *paths)
{
	(void)paths;
	return BOX_COMPILED_OUT;
}

#else

static uint64_t
handled_access(int version)
{
	uint64_t all = LL_ALL_V1;
	if (version >= 2)
		all |= LL_REFER;
	if (version >= 3)
		all |= LL_TRUNCATE;
	if (version >= 5)
		all |= LL_IOCTL_DEV;
	return all;
}

static void
allow_beneath(int ruleset, const char *const *paths, uint64_t access)
{
	for (; paths && *paths; paths++) {
		int fd = open(*paths, O_PATH | O_CLOEXEC);
		struct stat st;
		if (fd < 0)
			continue;
		struct ll_path_beneath rule = {access, fd};
		/* A rule on a file may only hold what a file can do. */
		if (fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode))
			rule.allowed_access &= LL_READ_FILE | LL_WRITE_FILE | LL_TRUNCATE;
		syscall(__NR_landlock_add_rule, ruleset, LL_RULE_PATH_BENEATH, &rule, 0);
		close(fd);
	}
}

/* With no path at all nothing in the file system can be opened any more. */
static bool
landlock(const struct box_paths *paths)
{
	int version = box_landlock_version();
	if (version == 0)
		return false;
	uint64_t all = handled_access(version);
	struct ll_ruleset attr = {all};
	int ruleset = (int)syscall(__NR_landlock_create_ruleset, &attr, sizeof(attr), 0);
	if (ruleset < 0)
		return false;
	if (paths) {
		allow_beneath(ruleset, paths->read, LL_READ_FILE | LL_READ_DIR);
		allow_beneath(ruleset, paths->write, all & ~(uint64_t)LL_EXECUTE);
	}
	bool done = syscall(__NR_landlock_restrict_self, ruleset, 0) == 0;
	close(ruleset);
	return done;
}

/* What a process does that computes and talks over one socket; the rest kills it. */
static const int parse_calls[] = {
	SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(recvmsg), SCMP_SYS(recvfrom),
	SCMP_SYS(sendmsg), SCMP_SYS(sendto), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(close),
	SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
	SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(getrandom), SCMP_SYS(futex),
	SCMP_SYS(restart_syscall), SCMP_SYS(getpid), SCMP_SYS(gettid),
};

/* Refused with an error, not death: libc asks these in passing (stdio, abort). */
static const int parse_refused[] = {
	SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(lseek), SCMP_SYS(ioctl),
	SCMP_SYS(tgkill), SCMP_SYS(openat), SCMP_SYS(open),
};

static bool
seccomp_parse(void)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);
	if (!ctx)
		return false;
	for (size_t i = 0; i < COUNT_OF(parse_calls); i++)
		seccomp_rule_add(ctx, SCMP_ACT_ALLOW, parse_calls[i], 0);
	for (size_t i = 0; i < COUNT_OF(parse_refused); i++)
		seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EACCES), parse_refused[i], 0);
	/* Memory, but none that can be executed. */
	seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	bool loaded = seccomp_load(ctx) == 0;
	seccomp_release(ctx);
	return loaded;
}

/* No allow-list here: it would break with every new OpenSSL. */
static const int wire_refused[] = {
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev), SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(mount),
	SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(kexec_load),
	SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(delete_module),
	SCMP_SYS(userfaultfd), SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key),
	SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(io_uring_setup),
};

static bool
seccomp_wire(void)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
	if (!ctx)
		return false;
	for (size_t i = 0; i < COUNT_OF(wire_refused); i++)
		seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), wire_refused[i], 0);
	bool loaded = seccomp_load(ctx) == 0;
	seccomp_release(ctx);
	return loaded;
}

unsigned
box_parse(void)
{
	unsigned in_force = 0;
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	if (landlock(NULL))
		in_force |= BOX_LANDLOCK;
	setrlimit(RLIMIT_AS, &(struct rlimit){BOX_PARSE_MAX_MEMORY, BOX_PARSE_MAX_MEMORY});
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){0, 0});
	if (seccomp_parse())
		in_force |= BOX_SECCOMP;
	return in_force;
}

unsigned
box_wire(const struct box_paths *paths)
{
	unsigned in_force = 0;
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (landlock(paths))
		in_force |= BOX_LANDLOCK;
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
	if (seccomp_wire())
		in_force |= BOX_SECCOMP;
	return in_force;
}

#endif
