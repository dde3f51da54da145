/*
 * The sequences of ECMA-48 that terminals send, one at a time: what has arrived whole is
 * told apart here, ui/input finds out where one ends.
 */
#ifndef KAWAT_UI_SEQUENCE_H
#define KAWAT_UI_SEQUENCE_H

#include "ui/input.h"

enum { SEQUENCE_ESC = 0x1b, SEQUENCE_MAX_PARAMETERS = 8 };

/* ESC [ first parameters intermediates final */
struct csi {
	unsigned char first;                    /* `<`, `?`, `>` or 0 */
	int parameter[SEQUENCE_MAX_PARAMETERS]; /* -1: left out */
	size_t n_parameters;
	unsigned char intermediate; /* the last one, or 0 */
	unsigned char final;
};

/* A control byte or a character by itself, as a key. */
struct key sequence_key(uint32_t character);

/*
 * Read the CSI sequence at the front (ESC [ is there).  Returns its length, 0 when it is
 * not whole, SIZE_MAX when it is none.
 */
size_t sequence_csi(struct bytes, struct csi *);

/* What it means; false: nothing here. */
bool sequence_csi_event(const struct csi *, struct input_event *);

/* ESC O final, with xterm's modifier parameter (1: none). */
bool sequence_ss3_event(unsigned char final, int modifier, struct input_event *);

/*
 * A string (OSC, DCS, APC, PM, SOS): its length with the terminator, 0 when that has not
 * come; and what an OSC means.
 */
size_t sequence_string(struct bytes);
bool sequence_string_event(struct bytes whole, struct input_event *);

#endif
