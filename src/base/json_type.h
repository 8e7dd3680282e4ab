/* SPDX-License-Identifier: MIT */
/*
 * The name of a JSON value, for headers that pass one on: whoever only hands a tree along need not be compiled anew
 * when the functions on it (base/json.h) change.
 */
#ifndef PERCH_BASE_JSON_TYPE_H
#define PERCH_BASE_JSON_TYPE_H

/* cJSON's own struct, named here without its header. */
typedef struct cJSON json;

#endif
