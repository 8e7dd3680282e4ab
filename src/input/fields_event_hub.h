/* SPDX-License-Identifier: MIT */
/*
 * The namespace's resource ID and the Event Hub's name: what they may look like. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_FIELDS_EVENT_HUB_H
#define PERCH_INPUT_FIELDS_EVENT_HUB_H

#include "input/validator.h"

extern const struct field_rules event_hub_id_rules;
extern const struct field_rules event_hub_name_rules;

#endif
