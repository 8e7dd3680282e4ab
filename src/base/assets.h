/* SPDX-License-Identifier: MIT */
/*
 * The files of assets/ that are built into the program: partner profiles, tables of texts, clouds, templates.
 * Read-only, usable from any thread.
 */
#ifndef PERCH_BASE_ASSETS_H
#define PERCH_BASE_ASSETS_H

#include <glib.h>

#include "base/json_type.h"

/* The bytes of the asset NAME ("partners/red-canary.json"), NUL-terminated. NULL and PERCH_ERROR_INTERNAL if there is
 * none such. Caller unrefs. */
GBytes *asset_bytes(const char *name, GError **error);

/* The asset NAME as JSON. An asset that is missing or broken is a broken build and ends the program. Caller frees. */
json *asset_json(const char *name);

/* The same, read once and kept for good. */
const json *asset_table(const char *name);

#endif
