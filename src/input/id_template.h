/* SPDX-License-Identifier: MIT */
/*
 * Resource IDs that documentation and templates show, and no subscription has. Internal to input/; pure.
 */
#ifndef PERCH_INPUT_ID_TEMPLATE_H
#define PERCH_INPUT_ID_TEMPLATE_H

#include <glib.h>

/* ID has the form of a namespace's resource ID; its subscription is made up, or its names are a template's. */
gboolean id_is_template(const char *id);

#endif
