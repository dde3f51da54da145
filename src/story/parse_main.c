/*
 * kawat-parse: the process that reads outside bytes.
 *
 *	kawat-parse [--charset NAME]... [--all-charsets] [--sites FILE]...
 *
 * Descriptor 3 is a socket to whoever started it.  Converters are opened first, since glibc loads
 * them from disk, and the rules of sites are read, the reader's before the installed ones; then the
 * box closes (base/box.h), and only then the first byte is read.  What it
 * may still do: compute, and read and write that socket.
 */
#include <string.h>

#include "base/box.h"
#include "story/parse_protocol.h"
#include "story/parse_service.h"
#include "text/charset.h"

enum { CHANNEL_FD = 3 };

static void
say_ready(struct channel *c, unsigned box)
{
	struct buf b = {0};
	pack_str(&b, build_id());
	pack_int(&b, box);
	channel_queue(c, PARSE_READY, bytes_of_str(buf_str(&b)));
	buf_clear(&b);
}

int
main(int argc, char **argv)
{
	struct channel channel;
	struct err e = {0};

	struct charset_set *charsets = charset_set_new();
	struct site_rules *sites = site_rules_new();
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--all-charsets") == 0)
			charset_set_open_all(charsets);
		else if (strcmp(argv[i], "--charset") == 0 && i + 1 < argc)
			charset_set_open(charsets, charset_of_label(str_z(argv[++i])));
		else if (strcmp(argv[i], "--sites") == 0 && i + 1 < argc)
			(void)!site_rules_read(sites, argv[++i], &e);
		else
			return 2;
	}
	/* `kawat doctor` names what is wrong in them; here the good ones count */
	(void)!site_rules_read(sites, KAWAT_DATADIR "/sites", &e);
	charset_set_seal(charsets);
	channel_init_take(&channel, CHANNEL_FD);
	say_ready(&channel, box_parse());
	bool ok = channel_flush(&channel, &e) && parse_serve(&channel, charsets, sites, &e);
	channel_clear(&channel);
	charset_set_free(charsets);
	site_rules_free(sites);
	return ok ? 0 : 1;
}
