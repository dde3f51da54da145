#include "view/sample.h"

#include <locale.h>
#include <stdlib.h>
#include <time.h>

static const struct words english = {LANGUAGE_EN, NULL, NULL};
static const struct words indonesian = {LANGUAGE_ID, NULL, NULL};

void
sample_begin(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	setenv("TZ", "Asia/Jakarta", 1);
	tzset();
}

struct look
sample_look(enum language language, enum symbol_set symbols)
{
	return (struct look){.words = language == LANGUAGE_ID ? &indonesian : &english,
	    .symbols = symbols,
	    .now = SAMPLE_NOW,
	    .motion = true};
}

struct sample_row {
	int minutes_ago;
	const char *agency, *title;
	int related;
	unsigned flags;
};

enum { UNREAD = 1, STORED = 2, STARRED = 4, NEWER = 8, GONE = 16 };

static const struct sample_row table[] = {
    {14, "ANTARA",
	"Petani garam Madura mulai panen setelah tiga pekan kemarau tanpa hujan", 3,
	UNREAD | STORED},
    {23, "Yonhap", "Madura salt farmers begin harvest after three dry weeks", 1,
	UNREAD | STORED},
    {47, "ANTARA", "Gempa magnitudo 4,9 guncang Maluku Tengah", 0, UNREAD},
    {65, "ANTARA", "Harga cabai turun di pasar induk", 0, STORED | STARRED},
    {90, "AFP", "À Surabaya, les saliniers retrouvent le sourire", 2, UNREAD},
    {118, "ANTARA", "Tim bulu tangkis putri melaju ke semifinal", 0, STORED | NEWER},
    {135, "Kyodo", "マドゥラ島の塩田、三週間ぶりの乾天で収穫始まる", 0, UNREAD | STORED},
    {220, "BBC Indonesia",
	"Jembatan gantung baru menghubungkan dua desa di lereng Semeru yang terpisah "
	"sungai",
	14, UNREAD | STARRED | NEWER},
    {985, "ANTARA", "Kapal perintis kembali berlayar", 5, GONE},
    {1071, "Yonhap", "Ferry line resumes service to outer islands", 0, UNREAD},
};

struct story_rows
sample_rows(struct arena *a)
{
	struct story_rows rows = {
	    ARENA_ARRAY(a, struct story_row, COUNT_OF(table)), COUNT_OF(table)};
	size_t i;

	for (i = 0; i < rows.n; i++) {
		struct story_row *r = &rows.v[i];
		int64_t at = SAMPLE_NOW - table[i].minutes_ago * 60;

		r->id = (int64_t)i + 1;
		r->ord = list_place_of_time(at);
		r->title = str_z(table[i].title);
		r->agency = str_z(table[i].agency);
		r->published = r->first_seen = at;
		r->updated = STORY_NO_TIME;
		r->related_count = table[i].related;
		r->unread = table[i].flags & UNREAD;
		r->stored = table[i].flags & STORED;
		r->starred = table[i].flags & STARRED;
		r->updated_since_read = table[i].flags & NEWER;
		r->gone = table[i].flags & GONE;
	}
	return rows;
}

/* ---- the story ---- */

static void
paragraph(struct doc_builder *b, const char *text)
{
	doc_block(b, SPAN_PARAGRAPH, 0, STR(""));
	doc_text(b, str_z(text));
}

static void
styled(struct doc_builder *b, enum span_kind kind, const char *text, const char *ref)
{
	size_t mark;

	doc_text(b, STR(" "));
	mark = doc_inline_begin(b);
	doc_text(b, str_z(text));
	doc_inline_end(b, mark, kind, str_z(ref));
}

static struct doc
sample_body(struct arena *a)
{
	struct doc_builder b;

	doc_builder_init(&b, a);
	paragraph(&b,
	    "Pamekasan (ANTARA) - Petani garam di pesisir selatan Madura mulai memanen "
	    "setelah tiga pekan tanpa hujan, kata ketua koperasi setempat pada Kamis.");
	paragraph(&b, "Hasil petak pertama mencapai 12,5 ton,");
	styled(&b, SPAN_STRONG, "dua kali lipat", "");
	doc_text(&b, STR(" panen tahun lalu, menurut catatan yang dimuat di"));
	styled(&b, SPAN_LINK, "laman koperasi", "https://koperasi.example/panen");
	doc_text(&b, STR(" dan dalam laporan"));
	styled(&b, SPAN_LINK, "musim kemarau", "https://antara.example/kemarau");
	doc_text(
	    &b, STR(". “Kami menunggu angin timur, dan angin itu datang,” katanya."));
	doc_related(&b, 0);
	doc_block(&b, SPAN_HEADING, 2, STR(""));
	doc_text(&b, STR("Harga"));
	paragraph(&b, "Harga di tingkat petani:");
	doc_block(&b, SPAN_ITEM, 1, STR(""));
	doc_text(&b, STR("kualitas satu dijual Rp1.250 per kilogram di gudang koperasi, "
			 "belum termasuk ongkos angkut ke pelabuhan"));
	doc_block(&b, SPAN_ITEM, 1, STR(""));
	doc_text(&b, STR("kualitas dua"));
	doc_block(&b, SPAN_QUOTE, 1, STR(""));
	doc_text(&b,
	    STR("Garam tidak pernah bohong: kalau putih, orang tahu langitnya cerah."));
	doc_block(&b, SPAN_ROW, 0, STR(""));
	doc_text(&b, STR("Desa"));
	doc_cell(&b);
	doc_text(&b, STR("Ton"));
	doc_block(&b, SPAN_ROW, 0, STR(""));
	doc_text(&b, STR("Pandan Raya"));
	doc_cell(&b);
	doc_text(&b, STR("12,5"));
	doc_block(&b, SPAN_CAPTION, 0, STR("https://gambar.example/1.jpg"));
	doc_text(&b, STR("Petani mengumpulkan garam di Pandan Raya — ANTARA"));
	return doc_build(&b);
}

static struct read_link
link_to(enum link_kind kind, const char *label, const char *title, const char *url,
    enum target_state state)
{
	return (struct read_link){.kind = kind,
	    .label = str_z(label),
	    .title = str_z(title),
	    .url = str_z(url),
	    .state = state,
	    .to = state == TARGET_STORED ? 77 : STORY_NONE,
	    .read = state == TARGET_STORED};
}

struct read_story *
sample_story(struct arena *a)
{
	struct read_story *s = ARENA_NEW(a, struct read_story);
	struct story_rows rows = sample_rows(a);

	story_init(&s->story);
	s->row = rows.v[0];
	s->row.lang = STR("id");
	s->story.title = s->row.title;
	s->story.body = sample_body(a);
	s->story.full = true;
	s->story.source = STR("Kantor Berita Pesisir");
	s->story.translator = STR("Ratna Wijayanti");
	s->story.editor = STR("Joko Santosa");
	s->story.copyright = STR("© ANTARA 2025");
	s->story.rights = STR("© ANTARA 2025\nDilarang menyiarkan ulang isi berita ini "
			      "tanpa izin tertulis dari redaksi.");
	s->links.v = ARENA_ARRAY(a, struct read_link, 4);
	s->links.n = 4;
	s->links.v[0] = link_to(LINK_INLINE, "Baca juga",
	    "Koperasi garam bangun gudang baru di tepi dermaga untuk menampung panen "
	    "musim ini",
	    "https://antara.example/gudang", TARGET_STORED);
	s->links.v[1] =
	    link_to(LINK_MENTION, "", "Musim kemarau tiba lebih awal di Jawa Timur",
		"https://antara.example/kemarau", TARGET_MISSING);
	s->links.v[2] =
	    link_to(LINK_TAIL, "Baca juga", "Madura kirim garam ke Kalimantan",
		"https://antara.example/kirim", TARGET_MISSING);
	s->links.v[3] =
	    link_to(LINK_TAIL, "Baca juga", "Pabrik lama ditutup", "", TARGET_GONE);
	s->cited_by = (struct story_rows){&rows.v[3], 1};
	s->same = (struct story_rows){&rows.v[1], 1};
	return s;
}
