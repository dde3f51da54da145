/*
 * libcurl's multi interface on base/loop: curl says which sockets it waits for and for how long,
 * the loop tells it what happened.  Easy handles are kept for the next exchange, connections and
 * resolved names by the multi handle, so that a hundred unchanged feeds cost little.
 */
#include "wire/fetch.h"

#include <curl/curl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "wire/address.h"

enum { MAX_SPARE = 16, RECEIVE_BYTES = 64 * 1024 };

struct fetch {
	struct fetcher *fetcher;
	struct fetch *next, *before; /* those under way */
	CURL *easy;
	struct curl_slist *headers;
	struct fetch_handler handler;
	bool private_ok;
	bool by_proxy;
	bool stopped; /* by a handler */
	enum address_class refused; /* not PUBLIC: a connection was refused for this */
	int64_t connect_timeout_ms, timeout_ms, began_ms;
	char *host; /* for error texts */
	char text[CURL_ERROR_SIZE];
};

struct fetcher {
	struct loop *loop;
	CURLM *multi;
	unsigned timer;
	struct fetch *first;
	CURL *spare[MAX_SPARE];
	size_t n_spare;
};

/* --- what went wrong, in words ------------------------------------------------------------------ */

/* X509_V_ERR_* of OpenSSL, which CURLINFO_SSL_VERIFYRESULT gives; other TLS libraries give 0. */
static const char *
certificate_says(long verify, const char *text)
{
	static const struct {
		long code;
		const char *says;
	} reasons[] = {
		{9, "the certificate is not valid yet"},
		{10, "the certificate has expired"},
		{18, "the certificate is not trusted (self-signed)"},
		{19, "the certificate is not trusted (self-signed)"},
		{20, "the certificate is not trusted (unknown issuer)"},
		{21, "the certificate is not trusted (unknown issuer)"},
		{23, "the certificate was revoked"},
		{62, "the certificate is for another host"},
		{64, "the certificate is for another host"},
	};
	for (size_t i = 0; i < COUNT_OF(reasons); i++)
		if (reasons[i].code == verify)
			return reasons[i].says;
	if (strstr(text, "subject name") || strstr(text, "does not match"))
		return "the certificate is for another host"; /* checked by curl itself */
	return "the certificate is not trusted";
}

static enum fetch_failure
say_certificate(struct fetch *f, struct err *e)
{
	long verify = 0;
	curl_easy_getinfo(f->easy, CURLINFO_SSL_VERIFYRESULT, &verify);
	err_set(e, ERR_NETWORK, "%s. The feed was not read", certificate_says(verify, f->text));
	return FETCH_REFUSED;
}

static enum fetch_failure
say_timeout(struct fetch *f, struct err *e)
{
	curl_off_t connected = 0;
	curl_easy_getinfo(f->easy, CURLINFO_CONNECT_TIME_T, &connected);
	int64_t took_ms = clock_monotonic_ms() - f->began_ms;
	if (connected == 0) {
		err_set(e, ERR_NETWORK, "no connection within %lld s",
		    (long long)((took_ms + 500) / 1000));
		return FETCH_UNREACHABLE;
	}
	if (took_ms + 500 < f->timeout_ms)
		err_set(e, ERR_NETWORK, "no answer, or too slow, for %d s", FETCH_STALL_S);
	else
		err_set(e, ERR_NETWORK, "no answer within %lld s",
		    (long long)((took_ms + 500) / 1000));
	return FETCH_TIMEOUT;
}

static enum fetch_failure
say_no_connection(struct fetch *f, struct err *e)
{
	if (f->refused != ADDRESS_PUBLIC) {
		err_set(e, ERR_NETWORK, "refused: %s leads to %s (see private-addresses)", f->host,
		    address_class_name(f->refused));
		return FETCH_REFUSED;
	}
	if (f->by_proxy)
		err_set(e, ERR_NETWORK, "cannot connect to the proxy");
	else
		err_set(e, ERR_NETWORK, "cannot connect to %s", f->host);
	return FETCH_UNREACHABLE;
}

/* Codes that need no more than a sentence. */
static const struct {
	CURLcode code;
	enum fetch_failure failure;
	const char *says;
} failures[] = {
	{CURLE_COULDNT_RESOLVE_PROXY, FETCH_NO_HOST, "the proxy has no address"},
	{CURLE_URL_MALFORMAT, FETCH_REFUSED, "not an address that can be asked"},
	{CURLE_UNSUPPORTED_PROTOCOL, FETCH_BROKEN, "the answer is not HTTP"}, /* 0.9 */
	{CURLE_GOT_NOTHING, FETCH_BROKEN, "the server closed the connection without an answer"},
	{CURLE_RECV_ERROR, FETCH_BROKEN, "the connection was broken"},
	{CURLE_SEND_ERROR, FETCH_BROKEN, "the connection was broken"},
	{CURLE_PARTIAL_FILE, FETCH_BROKEN, "the answer came only in part"},
	{CURLE_WEIRD_SERVER_REPLY, FETCH_BROKEN, "the answer is not HTTP"},
	{CURLE_HTTP2, FETCH_BROKEN, "the answer is not HTTP"},
	{CURLE_HTTP2_STREAM, FETCH_BROKEN, "the connection was broken"},
	{CURLE_FILESIZE_EXCEEDED, FETCH_REFUSED, "too large by its own account; not read"},
	{CURLE_SSL_CONNECT_ERROR, FETCH_BROKEN, "no secure connection"},
	{CURLE_SSL_CACERT_BADFILE, FETCH_REFUSED, "the file of trusted certificates is not readable"},
	{CURLE_OUT_OF_MEMORY, FETCH_BROKEN, "an answer with too many or too large headers"},
};

static enum fetch_failure
say(struct fetch *f, CURLcode code, struct err *e)
{
	if (f->stopped)
		return FETCH_STOPPED;
	switch ((int)code) {
	case CURLE_OK:
		return FETCH_WHOLE;
	case CURLE_PEER_FAILED_VERIFICATION:
		return say_certificate(f, e);
	case CURLE_OPERATION_TIMEDOUT:
		return say_timeout(f, e);
	case CURLE_COULDNT_CONNECT:
		return say_no_connection(f, e);
	case CURLE_COULDNT_RESOLVE_HOST:
		err_set(e, ERR_NETWORK, "no such host %s", f->host);
		return FETCH_NO_HOST;
	}
	for (size_t i = 0; i < COUNT_OF(failures); i++) {
		if (failures[i].code == code) {
			err_set(e, ERR_NETWORK, "%s", failures[i].says);
			return failures[i].failure;
		}
	}
	err_set(e, ERR_NETWORK, "the transfer failed: %s", curl_easy_strerror(code));
	return FETCH_BROKEN;
}

/* --- callbacks of curl -------------------------------------------------------------------------- */

static size_t
on_line(char *p, size_t size, size_t n, void *ctx)
{
	struct fetch *f = ctx;
	f->stopped = f->stopped || !f->handler.line(f->handler.ctx, bytes_of(p, size * n));
	return f->stopped ? 0 : size * n;
}

static size_t
on_body(char *p, size_t size, size_t n, void *ctx)
{
	struct fetch *f = ctx;
	f->stopped = f->stopped || !f->handler.body(f->handler.ctx, bytes_of(p, size * n));
	return f->stopped ? 0 : size * n;
}

/* Asked for each address that a name resolved to, before anything is sent to it. */
static curl_socket_t
on_open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct fetch *f = ctx;
	(void)purpose;
	enum address_class class = address_class(&address->addr);
	if (class != ADDRESS_PUBLIC && !f->private_ok) {
		f->refused = class;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC | SOCK_NONBLOCK,
	    address->protocol);
}

/* --- curl and the loop -------------------------------------------------------------------------- */

static void
finish(struct fetch *f)
{
	struct fetcher *fetcher = f->fetcher;
	if (f->before)
		f->before->next = f->next;
	else
		fetcher->first = f->next;
	if (f->next)
		f->next->before = f->before;
	curl_multi_remove_handle(fetcher->multi, f->easy);
	if (fetcher->n_spare < MAX_SPARE)
		fetcher->spare[fetcher->n_spare++] = f->easy;
	else
		curl_easy_cleanup(f->easy);
	curl_slist_free_all(f->headers);
	free(f->host);
	free(f);
}

/* Tell of the exchanges that have ended.  A handler may begin or cancel others meanwhile. */
static void
collect(struct fetcher *fetcher)
{
	int left;
	CURLMsg *m;
	while ((m = curl_multi_info_read(fetcher->multi, &left))) {
		if (m->msg != CURLMSG_DONE)
			continue;
		char *ctx = NULL;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &ctx);
		struct fetch *f = (struct fetch *)(void *)ctx;
		struct err e = {0};
		enum fetch_failure failure = say(f, m->data.result, &e);
		struct fetch_handler handler = f->handler;
		finish(f);
		handler.done(handler.ctx, failure, &e);
	}
}

static void
on_socket_event(void *ctx, int fd, short events)
{
	struct fetcher *fetcher = ctx;
	int what = 0, running;
	if (events & POLLIN)
		what |= CURL_CSELECT_IN;
	if (events & POLLOUT)
		what |= CURL_CSELECT_OUT;
	if (events & (POLLERR | POLLHUP | POLLNVAL))
		what |= CURL_CSELECT_ERR;
	curl_multi_socket_action(fetcher->multi, fd, what, &running);
	collect(fetcher);
}

static void
on_timer(void *ctx)
{
	struct fetcher *fetcher = ctx;
	int running;
	fetcher->timer = 0;
	curl_multi_socket_action(fetcher->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	collect(fetcher);
}

static int
on_want_socket(CURL *easy, curl_socket_t fd, int what, void *ctx, void *per_socket)
{
	struct fetcher *fetcher = ctx;
	(void)easy;
	(void)per_socket;
	short events = 0;
	if (what == CURL_POLL_IN || what == CURL_POLL_INOUT)
		events |= POLLIN;
	if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT)
		events |= POLLOUT;
	if (what == CURL_POLL_REMOVE)
		loop_unwatch(fetcher->loop, fd);
	else
		loop_watch(fetcher->loop, fd, events, on_socket_event, fetcher);
	return 0;
}

static int
on_want_timer(CURLM *multi, long ms, void *ctx)
{
	struct fetcher *fetcher = ctx;
	(void)multi;
	loop_cancel(fetcher->loop, fetcher->timer);
	fetcher->timer = ms < 0 ? 0 : loop_after(fetcher->loop, ms, on_timer, fetcher);
	return 0;
}

/* --- public ------------------------------------------------------------------------------------- */

struct fetcher *
fetcher_new(struct loop *loop)
{
	struct fetcher *fetcher = heap_alloc(sizeof(*fetcher));
	fetcher->loop = loop;
	curl_global_init(CURL_GLOBAL_DEFAULT);
	CURLM *multi = fetcher->multi = curl_multi_init();
	curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_want_socket);
	curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, fetcher);
	curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_want_timer);
	curl_multi_setopt(multi, CURLMOPT_TIMERDATA, fetcher);
	curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)FETCH_MAX_IDLE_CONNECTIONS);
	return fetcher;
}

void
fetcher_free(struct fetcher *fetcher)
{
	if (!fetcher)
		return;
	while (fetcher->first)
		finish(fetcher->first);
	for (size_t i = 0; i < fetcher->n_spare; i++)
		curl_easy_cleanup(fetcher->spare[i]);
	curl_multi_cleanup(fetcher->multi);
	loop_cancel(fetcher->loop, fetcher->timer);
	curl_global_cleanup();
	free(fetcher);
}

static void
add_header(struct fetch *f, const char *name, const char *value)
{
	if (!value)
		return;
	struct buf line = {0};
	buf_fmt(&line, "%s: %s", name, value);
	f->headers = curl_slist_append(f->headers, buf_z(&line));
	buf_clear(&line);
}

static void
set_headers(struct fetch *f, const struct fetch_request *r)
{
	add_header(f, "Accept", r->accept);
	add_header(f, "Accept-Encoding", "gzip"); /* unpacked in gunzip.c, not by curl */
	add_header(f, "If-None-Match", r->etag);
	add_header(f, "If-Modified-Since", r->last_modified);
	curl_easy_setopt(f->easy, CURLOPT_HTTPHEADER, f->headers);
	curl_easy_setopt(f->easy, CURLOPT_USERAGENT, r->user_agent);
}

/* The password of the netrc file is looked up for a user that stands in the address, not for one that
 * is an option (libcurl 7.88, tried). */
static void
set_netrc(CURL *easy, const struct fetch_request *r)
{
	struct buf url = {0};
	const char *host = strstr(r->url, "://");
	char *user = curl_easy_escape(easy, r->user, 0);
	if (host && user) {
		host += 3;
		buf_fmt(&url, "%.*s%s@%s", (int)(host - r->url), r->url, user, host);
		curl_easy_setopt(easy, CURLOPT_URL, buf_z(&url));
	}
	curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_OPTIONAL);
	curl_easy_setopt(easy, CURLOPT_NETRC_FILE, r->netrc);
	curl_free(user);
	buf_clear(&url);
}

static void
set_credentials(CURL *easy, const struct fetch_request *r)
{
	if (!r->user)
		return;
	curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
	if (!r->password && r->netrc) {
		set_netrc(easy, r);
		return;
	}
	curl_easy_setopt(easy, CURLOPT_USERNAME, r->user);
	curl_easy_setopt(easy, CURLOPT_PASSWORD, r->password ? r->password : "");
}

static void
set_limits(CURL *easy, const struct fetch_request *r)
{
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)r->connect_timeout_ms);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)r->timeout_ms);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, (long)FETCH_STALL_BYTES);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)FETCH_STALL_S);
	curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)r->max_bytes);
	curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, (long)RECEIVE_BYTES);
	/* Giving up a silent name server must not stop the loop while its thread waits. */
	curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
}

static void
set_protocol(CURL *easy, const struct fetch_request *r)
{
	curl_easy_setopt(easy, CURLOPT_URL, r->url);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(easy, CURLOPT_HTTP09_ALLOWED, 0L);
	curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
	curl_easy_setopt(easy, CURLOPT_PROXY, r->proxy ? r->proxy : "");
	curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	if (r->ca_file)
		curl_easy_setopt(easy, CURLOPT_CAINFO, r->ca_file);
}

static void
set_callbacks(struct fetch *f)
{
	curl_easy_setopt(f->easy, CURLOPT_PRIVATE, f);
	curl_easy_setopt(f->easy, CURLOPT_ERRORBUFFER, f->text);
	curl_easy_setopt(f->easy, CURLOPT_HEADERFUNCTION, on_line);
	curl_easy_setopt(f->easy, CURLOPT_HEADERDATA, f);
	curl_easy_setopt(f->easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(f->easy, CURLOPT_WRITEDATA, f);
	curl_easy_setopt(f->easy, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
	curl_easy_setopt(f->easy, CURLOPT_OPENSOCKETDATA, f);
}

/* The part of an address between "//" and the path; it has no userinfo. */
static char *
host_of(const char *url)
{
	const char *from = strstr(url, "//");
	from = from ? from + 2 : url;
	return heap_z(str_of(from, strcspn(from, "/?#")));
}

struct fetch *
fetch_begin(struct fetcher *fetcher, const struct fetch_request *r,
    const struct fetch_handler *handler)
{
	struct fetch *f = heap_alloc(sizeof(*f));
	f->by_proxy = r->proxy != NULL;
	f->fetcher = fetcher;
	f->handler = *handler;
	f->private_ok = r->private_ok;
	f->refused = ADDRESS_PUBLIC;
	f->connect_timeout_ms = r->connect_timeout_ms;
	f->timeout_ms = r->timeout_ms;
	f->began_ms = clock_monotonic_ms();
	f->host = host_of(r->url);
	f->easy = fetcher->n_spare ? fetcher->spare[--fetcher->n_spare] : curl_easy_init();
	curl_easy_reset(f->easy);
	set_protocol(f->easy, r);
	set_limits(f->easy, r);
	set_credentials(f->easy, r);
	set_headers(f, r);
	set_callbacks(f);
	f->next = fetcher->first;
	if (f->next)
		f->next->before = f;
	fetcher->first = f;
	curl_multi_add_handle(fetcher->multi, f->easy);
	return f;
}

void
fetch_cancel(struct fetch *f)
{
	finish(f);
}
