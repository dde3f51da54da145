#include "text/html_quirks.h"

enum how { BEGIN, WHOLE, ALONE };

static const struct {
	struct str public_id;
	enum how how;
} rows[] = {
#define QUIRKS_BEGIN(id) {STR_INIT(id), BEGIN},
#define QUIRKS_WHOLE(id) {STR_INIT(id), WHOLE},
#define QUIRKS_ALONE(id) {STR_INIT(id), ALONE},
#include "text/html_quirks.def"
#undef QUIRKS_BEGIN
#undef QUIRKS_WHOLE
#undef QUIRKS_ALONE
};

static bool
meets(const struct html_token *doctype, struct str id, enum how how)
{
	switch (how) {
	case BEGIN:
		return str_starts_nocase(doctype->public_id, id);
	case WHOLE:
		return str_eq_nocase(doctype->public_id, id);
	case ALONE:
		break;
	}
	return !doctype->system_id.p && str_starts_nocase(doctype->public_id, id);
}

bool
html_quirks(const struct html_token *doctype)
{
	if (doctype->force_quirks || !str_eq(doctype->name, STR("html")))
		return true;
	if (str_eq_nocase(doctype->system_id,
		STR("http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd")))
		return true;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (meets(doctype, rows[i].public_id, rows[i].how))
			return true;
	return false;
}
