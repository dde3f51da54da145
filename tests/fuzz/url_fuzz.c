/* Addresses: resolving, keys, and the promises of url.h about what they are made of. */
#include "fuzz.h"

#include "text/clean.h"
#include "text/url.h"

static void
check_address(struct arena *a, struct str url)
{
	for (size_t i = 0; i < url.n; i++)
		FUZZ_MUST(url.p[i] > ' ' && url.p[i] < 0x7F);
	FUZZ_MUST(url.n <= URL_MAX_BYTES);
	FUZZ_MUST(str_eq(url_normal(a, url), url));
	if (!url_is_http(url))
		return;
	FUZZ_MUST(url_is_absolute(url) && url_host(url).n > 0);
	FUZZ_MUST(url_origin_equal(url, url_without_fragment(url)));
	FUZZ_MUST(!url_has_userinfo(url_without_userinfo(a, url)));
}

static void
check_key(struct arena *a, struct str url)
{
	struct str key = url_key(a, url);
	FUZZ_MUST(str_eq(url_key(a, key), key));
}

/* Input: a line of base, the reference. */
FUZZ_TARGET(url)
{
	struct arena *a = arena_new();
	struct bytes rest = bytes_of(p, n);
	struct str base = text_clean(a, fuzz_line(&rest)), ref = text_clean(a, rest);
	base = url_normal(a, base);
	struct str url = url_resolve(a, base, ref);
	if (url_is_http(base))
		check_address(a, base);
	if (url_is_http(url)) {
		check_address(a, url);
		FUZZ_MUST(url_key(a, url).n > 0);
	}
	check_key(a, url);
	check_key(a, ref);
	(void)url_typed(a, ref);
	(void)url_split(ref);
	arena_free(a);
	return 0;
}
