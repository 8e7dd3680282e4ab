/* SPDX-License-Identifier: MIT */
#include "ui/frame.h"

gboolean frame_takes_events(const struct frame *frame, gint64 now)
{
    return frame->more || now >= frame->end;
}

void frame_taken(struct frame *frame, gboolean more)
{
    frame->stale = TRUE;
    frame->more = more;
}

gboolean frame_is_due(const struct frame *frame, gint64 now)
{
    return frame->stale && now >= frame->end;
}

/* What a key shows alone begins no frame: what it leads to is shown as soon as it comes. */
void frame_painted(struct frame *frame, gint64 now)
{
    if (frame->stale)
        frame->end = now + FRAME_TIME;
    frame->stale = FALSE;
}

gint64 frame_deadline(const struct frame *frame, gint64 now)
{
    return now < frame->end ? frame->end : frame->stale ? now : G_MAXINT64;
}
