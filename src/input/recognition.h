/* SPDX-License-Identifier: MIT */
/*
 * Noticing that something else was pasted into a field than its value: a connection string, a link, the other value.
 * TRUE: the verdict is complete. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_RECOGNITION_H
#define PERCH_INPUT_RECOGNITION_H

#include "input/validator.h"

gboolean recognise_for_hub_id(struct validator *validator);
gboolean recognise_for_hub_name(struct validator *validator);
gboolean recognise_for_name(struct validator *validator);

/* What neither Event Hub value has in it: a credential; and, in a hub's name, the namespace's address. */
gboolean has_credential(const GArray *text);
gboolean has_host_name(const GArray *text);

#endif
