/*
 * The log in the state folder: one line a message, 1 MiB, and one old file beside it.  What cannot
 * be written is passed over: a full disk must not keep anybody from reading.
 */
#ifndef KAWAT_APP_LOG_FILE_H
#define KAWAT_APP_LOG_FILE_H

#include "base/str.h"

enum { LOG_FILE_MAX_BYTES = 1024 * 1024 };

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARN, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

struct log_file {
	int fd; /* -1: none */
	int64_t size;
	const char *path; /* borrowed */
	enum log_level most; /* what is less important is not written */
};

/* The folder must be there; the file is made 0600, a symbolic link in its place is refused. */
void log_file_open(struct log_file *, const char *path, enum log_level most);
void log_file_close(struct log_file *);

/* `now` is seconds since 1970.  Controls in the text become spaces. */
void log_file_write(struct log_file *, enum log_level, int64_t now, struct str text);

#endif
