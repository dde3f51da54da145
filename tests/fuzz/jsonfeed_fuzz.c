/*
 * JSON Feed, behind the version that makes it one: in pieces as whole.  What is mended grows
 * by no more than the brackets that a cut lost, and mended once more it stays as it is.
 */
#include "feed_run.h"

#include "feed/json_mend.h"

static void
check_mend(struct str json)
{
	struct buf text = {0};
	struct repairs repairs = {0}, again = {0};
	buf_add(&text, json);
	if (json_mend(&text, &repairs) == JSON_MEND_READY) {
		struct buf once = {0};
		bool cut = repairs.kinds & REPAIR_CUT;
		FUZZ_MUST(text.n <= json.n + (cut ? JSON_MEND_MAX_ADDED : 0));
		buf_add(&once, buf_str(&text));
		FUZZ_MUST(json_mend(&text, &again) == JSON_MEND_READY);
		FUZZ_MUST(str_eq(buf_str(&text), buf_str(&once)));
		FUZZ_MUST(!(again.kinds & REPAIR_CUT));
		buf_clear(&once);
	}
	buf_clear(&text);
}

/* Input: how it is cut, then what stands behind the version. */
FUZZ_TARGET(jsonfeed)
{
	struct bytes raw = bytes_of(p, n);
	uint32_t pieces = fuzz_byte(&raw) + 1u;
	struct feed_source source = {.url = STR("https://news.example/feed.json")};
	struct buf json = {0};
	buf_add(&json, STR("{\"version\":\"https://jsonfeed.org/version/1.1\""));
	buf_add_bytes(&json, raw);
	check_mend(buf_str(&json));
	feed_run_check(&source, bytes_of_str(buf_str(&json)), pieces);
	buf_clear(&json);
	return 0;
}
