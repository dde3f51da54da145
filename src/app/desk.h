/*
 * The desk: the process that owns the terminal.  One loop waits for keys, signals and wire; it
 * reads the store, never writes it, never touches the network.  What is seen is a stack of screens.
 */
#ifndef KAWAT_APP_DESK_H
#define KAWAT_APP_DESK_H

#include "app/expected.h"
#include "app/names.h"
#include "app/screen.h"
#include "app/trail.h"
#include "app/wire_client.h"
#include "base/loop.h"
#include "ui/prompt.h"
#include "ui/term.h"
#include "view/look.h"
#include "view/refresh_lines.h"

enum {
	DESK_MAX_SCREENS = 16,
	DESK_LINKS_BUDGET = 50, /* pages that `D` fetches at most */
	DESK_MAX_LOG = 500, /* messages kept for `gl` */
	DESK_SPLIT_COLS = 100, /* two panes from here */
	DESK_THREE_COLS = 160, /* three */
	DESK_SPLIT_ROWS = 30, /* stories one above the other from here */
	DESK_PREVIEW_MS = 150, /* of rest before the list's story is shown beside it */
	DESK_NUMBER_MS = 600, /* for the second digit of a link's number */
};

enum {
	DESK_MAX_PANES = 4, /* feeds, list, and a story with another beside it */
	DESK_MAX_HINTS = 16,
};

enum prompt_kind {
	PROMPT_FIND,
	PROMPT_FILTER,
	PROMPT_SEARCH,
	PROMPT_ADD_FEED,
	PROMPT_EDIT_FEED,
	PROMPT_PALETTE,
	PROMPT_HELP,
	PROMPT_SAVE_SEARCH,
	PROMPT_SAVE_STORY,
	PROMPT_PIPE,
	PROMPT_IMPORT,
};

/* Where the keys go when several panes are on the screen. */
enum focus { FOCUS_TOP, FOCUS_LIST, FOCUS_FEEDS };

/* What was drawn where, for the mouse. */
struct pane {
	struct screen *screen;
	struct area area;
};

struct hint_spot {
	int col, cols, command;
};

/* A file as it was when it was read last; another one means that somebody edited it. */
struct file_stamp {
	int64_t seconds, nanoseconds, size, inode;
};

/* A program that was given a story's text, and what it answers. */
struct piping {
	struct worker worker;
	char *name; /* on the heap */
	int output; /* a file in memory */
};

/* Another kawat that reads lists of feeds for us. */
struct importing {
	struct worker worker;
	int output; /* a file in memory; -1: none runs */
	bool count_only; /* it says what could be taken, for the welcome screen */
	int64_t found; /* so many feeds, when it was asked */
};

struct message {
	int64_t at;
	enum role role;
	char text[400];
};

/* What wire does at the moment. */
struct refreshing {
	bool running;
	int64_t request, began_ms, began_at, ended_ms;
	int64_t n_new, n_updated, n_failed, n_bytes;
	struct refresh_row *rows; /* one a feed that is asked, in order of appearance; on the heap */
	struct str *urls;
	size_t n, cap, n_done;
	char last[200]; /* the feed that was heard of last */
};

struct desk {
	struct app *app;
	struct loop *loop;
	struct terminal *term;
	struct canvas *canvas;
	struct theme theme;
	struct keymap *keymap;
	struct words words;
	struct look look;

	struct store *store; /* NULL while there is none */
	int64_t store_version;
	struct names names;
	struct arena *names_arena;
	struct store_counts counts;

	struct wire_client wire;
	bool wire_ready, offline, offline_wanted, other_refreshes;
	struct refreshing refresh;
	struct trail trail;
	story_id fetching[64]; /* stories whose pages are on their way */
	size_t n_fetching;
	struct str probe_for; /* the page in the feeds file whose place the found feed takes; on the heap,
			       * empty: a new line is added */
	struct str want_url; /* a link that was followed and opens when it comes; on the heap */
	struct expected *expected; /* marks that wire has not answered yet */
	int64_t mark_what; /* of the mark that was asked last; -1 undo, -2 redo */
	bool mark_said; /* its answer is told in the status line */

	struct screen *screens[DESK_MAX_SCREENS];
	size_t n_screens;
	struct screen *preview; /* the story of the chosen row, beside the list */
	struct screen *feeds_pane; /* the third pane */
	enum focus focus;
	struct pane panes[DESK_MAX_PANES]; /* of the last frame */
	size_t n_panes;
	struct hint_spot hint_spots[DESK_MAX_HINTS];
	size_t n_hint_spots;
	int bar_col; /* of the rule right of the list */
	int left_cols_begin, left_cols; /* where the list begins; its width when dragged, or 0 */
	bool dragging, mouse;
	size_t theme_index;
	int layout; /* index of the choices of view.layout */
	bool hints_hidden;

	struct keymap_state keys;
	unsigned menu_timer, number_timer, escape_timer, preview_timer;
	bool menu_shown;

	struct prompt *prompt; /* the line editor; in use when prompting */
	bool prompting;
	bool finding; /* n and N go from match to match */
	enum prompt_kind prompt_kind;
	struct str prompt_label; /* "Filter: "; of the catalogue */
	struct screen *prompt_screen;
	size_t palette_chosen;

	struct message *log; /* ring */
	size_t n_log;
	struct message message; /* shown in the status line; text empty: none */

	struct piping piping;
	struct importing importing;
	struct worker children[8]; /* browsers that were started, until they end */
	size_t n_children;
	struct file_stamp feeds_stamp;
	int64_t fixed_now; /* for tests: what the clock says; 0: the real one */
	char shown_title[200]; /* of the terminal */

	struct arena *frame; /* lives for one drawing */
	bool unlaid; /* something new was opened and not laid out yet: keys typed ahead must wait for it */
	bool dirty, quit, hang_up;
	unsigned news_timer; /* what wire told meanwhile is looked at when it fires; 0: not set */
	bool news, store_news; /* there is something to look at */
	int64_t store_looked_ms; /* when the store was looked at because of that */
	int exit_signal; /* the signal that ends us, 0: none */
	bool hint_given; /* the one hint at the first story */
};

/*
 * A desk without terminal and without wire: it can be drawn (desk_draw_frame) and told commands.
 * NULL and *e: the key table has a fault.
 */
struct desk *desk_new(struct app *, struct err *);
void desk_free(struct desk *);
void desk_begin_look(struct desk *, bool utf8); /* what the configuration says of it */
void desk_first_screens(struct desk *); /* headlines; welcome, or where the reader was */

/* --- screens ------------------------------------------------------------------------------------ */

/* The desk owns it now; it becomes the top. */
void desk_push_take(struct desk *, struct screen *);
void desk_pop(struct desk *); /* the last one stays */
void desk_pop_to(struct desk *, const struct screen *);
struct screen *desk_top(struct desk *);
struct screen *desk_focus(struct desk *); /* where keys go */
struct screen *desk_list_screen(struct desk *); /* the nearest list, or NULL */
struct screen *desk_story_screen(struct desk *); /* the story screen on the stack, or NULL */
bool desk_is_wide(const struct desk *);
int desk_panes(const struct desk *); /* 1 to 3 */
int64_t desk_now(const struct desk *);
void desk_redraw(struct desk *); /* at the end of this turn */
void desk_suspend(struct desk *); /* C-z */
void desk_background(struct desk *, int r, int g, int b); /* of the terminal, 0 to 255 */
void desk_load_theme(struct desk *, const char *name);
void desk_cycle_theme(struct desk *);
void desk_cycle_layout(struct desk *);
void desk_toggle_mouse(struct desk *);
void desk_look_changed(struct desk *); /* lines must be made anew */
void desk_bind_keys(struct desk *); /* [keys] of the configuration */
/* One list of headlines at a time: another one takes the place of what is above the first. */
void desk_show_list(struct desk *, struct str query, struct str title);
/* The story that commands are about: shown, or chosen in the focused list; or STORY_NONE. */
story_id desk_current_story(struct desk *);
void desk_resume_trail(struct desk *); /* show the trail's present step again */
void desk_keep_place(struct desk *); /* remember in the trail where the reader is */

struct screen *headlines_screen_new(struct desk *, struct str query, struct str title);
struct screen *search_screen_new(struct desk *, struct str query);
struct screen *story_screen_new(struct desk *);
struct screen *related_screen_new(struct desk *, story_id);
struct screen *feeds_screen_new(struct desk *);
void feeds_screen_go_searches(struct screen *); /* the first saved search, if any, is chosen */
struct screen *welcome_screen_new(struct desk *);

/* Of screen_text.c: lines that are scrolled. */
struct screen *help_screen_new(struct desk *, const struct screen *of);
struct screen *log_screen_new(struct desk *);
struct screen *refresh_screen_new(struct desk *);
struct screen *store_screen_new(struct desk *);
struct screen *history_screen_new(struct desk *);
struct screen *alerts_screen_new(struct desk *);
struct screen *queue_screen_new(struct desk *);
struct screen *details_screen_new(struct desk *, story_id);
struct screen *feed_details_screen_new(struct desk *, struct str url);
struct screen *compare_screen_new(struct desk *, story_id);
struct wire_offers;
/* Feeds that a page offers; the chosen one is looked at, as by desk_ask_probe. */
struct screen *offers_screen_new(struct desk *, const struct wire_offers *, struct str instead_of);
struct screen *output_screen_new(struct desk *, struct str command, struct str text);

/* A story met an alert rule: the status line says so, and the terminal when `notify` is not no. */
void desk_alert(struct desk *, struct str title);
/* With notify = all: a refresh brought so many; with alerts: a feed with the option `notify` did. */
void desk_notify_news(struct desk *, int64_t n_new);
void desk_notify_feed(struct desk *, struct str url, int64_t n_new);

/* Open a story: from a list it begins a new trail; from a link it is one more step. */
void desk_open_story(struct desk *, story_id, bool new_trail);
/* Show a story in the right pane without opening it; then open what is shown there. */
void desk_preview(struct desk *, story_id);
void desk_open_preview(struct desk *);
bool desk_split_open(struct desk *); /* two stories side by side take the whole width */
/* Go to the next (previous) unread story of the list under the story; false: there is none. */
bool desk_next_in_list(struct desk *, int direction, bool unread);
/* `story *n of *all unread` of the list under the story; false: it is not the list's. */
bool desk_list_position(struct desk *, story_id, int64_t *n, int64_t *all);

/* --- saying -------------------------------------------------------------------------------------- */

PRINTF_LIKE(3, 4) void desk_say(struct desk *, enum role, const char *fmt, ...);
void desk_say_err(struct desk *, const struct err *);
void desk_log(struct desk *, enum role, struct str); /* into the log alone */

/* --- prompts ------------------------------------------------------------------------------------- */

/* `label` is English ("Filter: "); the screen hears of what is typed. */
void desk_prompt(struct desk *, enum prompt_kind, const char *label, struct str text,
    struct screen *);
void desk_prompt_end(struct desk *);
void desk_event(struct desk *, const struct input_event *); /* a key, the mouse, a paste */
void desk_mouse(struct desk *, const struct input_event *);

/* --- wire ---------------------------------------------------------------------------------------- */

void desk_wire_begin(struct desk *);
void desk_wire_end(struct desk *);
void desk_watch_wire(struct desk *); /* for what arrives, and for room when something waits */
/* One message of wire's; false: it broke the protocol. */
bool desk_answer(struct desk *, struct arena *, const struct frame *);
void desk_news_came(struct desk *); /* shown soon, not at every message */
void desk_look_soon(struct desk *); /* the next news are looked at when they come */
void desk_ask_refresh(struct desk *, enum wire_scope, const struct wire_strs *, bool force);
void desk_ask_story(struct desk *, story_id, struct str url, enum wire_why, int64_t depth);
void desk_ask_mark(struct desk *, int what, const story_id *, size_t n);
void desk_ask_mark_query(struct desk *, int what, struct str query, int64_t before_ord);
void desk_ask_mark_feed(struct desk *, int what, feed_id);
void desk_ask_undo(struct desk *, bool redo);
/* What is expected of marks is another: rows and counts are shown anew, nothing is read. */
void desk_expect(struct desk *);
void desk_ask_offline(struct desk *, bool);
void desk_ask_stop(struct desk *);
/* Is it a feed, or a page that names some?  What is found takes the place of `instead_of` in the feeds
 * file; empty: it is added. */
void desk_ask_probe(struct desk *, struct str url, struct str instead_of);
void desk_save_trail(struct desk *);
bool desk_is_fetching(struct desk *, story_id);

void desk_ask_unqueue(struct desk *, struct str url);
void desk_tell_opened(struct desk *, story_id); /* for the history */
void desk_tell_typed(struct desk *, struct str); /* for the next start's prompts */

/* --- programs ------------------------------------------------------------------------------------ */

void desk_open_browser(struct desk *); /* the story that commands are about */
void desk_open_address(struct desk *, struct str url);
void desk_copy_link(struct desk *);
void desk_copy_citation(struct desk *);
void desk_edit_file(struct desk *, const char *path); /* in the reader's editor; returns after it */
/* Give the text to a command line (words and quotes, no shell); its answer is shown when it ends. */
void desk_pipe(struct desk *, struct str command, struct str text);
void desk_pipe_stop(struct desk *);
void desk_pipe_story(struct desk *, struct str command);
void desk_save_story(struct desk *, struct str name); /* the form is told by its ending */
struct str desk_file_name(struct desk *, const struct story_row *); /* a proposal; of the frame */
void desk_child_ended(struct desk *); /* SIGCHLD */
/* A program by its path and arguments, NULL at the end; `out` takes what it says.  0, or an errno. */
int desk_start(const char *const *words, int out, pid_t *);
/* The story that commands are about as a row; false: there is none. */
bool desk_current_row(struct desk *, struct story_row *);

/* --- lists of feeds --- */

void desk_import_file(struct desk *, struct str typed);
void desk_import_others(struct desk *); /* the lists of other readers */
void desk_import_count(struct desk *); /* what there is in them; told to the welcome screen */
void desk_import_stop(struct desk *);
bool desk_import_ended(struct desk *); /* a child has ended: was it this one? */
/* Of screen_welcome.c: tells it, if it is on top. */
void welcome_import_ended(struct desk *);

/* --- the feeds file ------------------------------------------------------------------------------ */

bool desk_reload_feeds(struct desk *); /* after an edit of ours; tells wire */
void desk_check_feeds_file(struct desk *); /* did somebody else edit it? */

/* --- store --------------------------------------------------------------------------------------- */

/* Open it when it is there now; false: not yet. */
bool desk_open_store(struct desk *);
/* Look whether anything changed, and let the screens know. */
void desk_check_store(struct desk *);
void desk_reload_store(struct desk *); /* the same, also when nothing changed */
struct str desk_agency(struct desk *, const struct story_row *);

/* --- commands and drawing ------------------------------------------------------------------------ */

void desk_command(struct desk *, int command, int count);
void desk_draw_frame(struct desk *); /* onto the canvas, as large as that is */
void desk_draw(struct desk *); /* and from there onto the terminal */
void desk_draw_menu(struct desk *, int bottom); /* what may follow a prefix key */
void desk_draw_palette(struct desk *, int rows_free);
void desk_draw_prompt(struct desk *, int row);
struct help_row;
/* Every command that can be run on this screen, once, with its keys. */
size_t desk_command_rows(struct desk *, struct arena *, const struct screen *,
    struct help_row **);
struct str desk_key(struct desk *, int command); /* its first key here, for messages */

#endif
