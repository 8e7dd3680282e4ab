/* SPDX-License-Identifier: MIT */
/*
 * When what comes by itself is looked at and painted. A key is painted at once; events share a picture with those that
 * come within a frame after them, so that ten thousand lines a second cost sixty pictures and leave the rest to keys.
 * Owned by the UI thread. Times are monotonic.
 */
#ifndef PERCH_UI_FRAME_H
#define PERCH_UI_FRAME_H

#include <glib.h>

#define FRAME_TIME (16 * G_TIME_SPAN_MILLISECOND)

struct frame {
    gint64 end;     /* what was painted last of events is shown until then */
    gboolean stale; /* events were taken that are not painted */
    gboolean more;  /* more may wait than were taken */
};

/* TRUE if events are to be looked at: not within a frame, unless there are more than were taken at once. */
gboolean frame_takes_events(const struct frame *frame, gint64 now);

/* Events were taken; MORE may wait. */
void frame_taken(struct frame *frame, gboolean more);

/* TRUE if what was taken is to be painted. */
gboolean frame_is_due(const struct frame *frame, gint64 now);

/* All that was taken is painted. */
void frame_painted(struct frame *frame, gint64 now);

/* When frame_takes_events() or frame_is_due() changes by itself; G_MAXINT64: it does not. */
gint64 frame_deadline(const struct frame *frame, gint64 now);

#endif
