/* SPDX-License-Identifier: MIT */
/*
 * cJSON, loaded when the first of its functions is called, see base/late.h: what is used of it has to stand here.
 */
#ifndef PERCH_BASE_LATE_CJSON_H
#define PERCH_BASE_LATE_CJSON_H

#include <cjson/cJSON.h>

#include "base/late.h"

#define LATE_CJSON(EACH)                                                                                               \
    EACH(cJSON_AddItemToArray)                                                                                         \
    EACH(cJSON_AddItemToObject)                                                                                        \
    EACH(cJSON_Compare)                                                                                                \
    EACH(cJSON_CreateArray)                                                                                            \
    EACH(cJSON_CreateBool)                                                                                             \
    EACH(cJSON_CreateNull)                                                                                             \
    EACH(cJSON_CreateNumber)                                                                                           \
    EACH(cJSON_CreateObject)                                                                                           \
    EACH(cJSON_CreateString)                                                                                           \
    EACH(cJSON_Delete)                                                                                                 \
    EACH(cJSON_DeleteItemFromObjectCaseSensitive)                                                                      \
    EACH(cJSON_DetachItemFromArray)                                                                                    \
    EACH(cJSON_DetachItemFromObjectCaseSensitive)                                                                      \
    EACH(cJSON_Duplicate)                                                                                              \
    EACH(cJSON_GetArrayItem)                                                                                           \
    EACH(cJSON_GetArraySize)                                                                                           \
    EACH(cJSON_GetObjectItemCaseSensitive)                                                                             \
    EACH(cJSON_InitHooks)                                                                                              \
    EACH(cJSON_IsArray)                                                                                                \
    EACH(cJSON_IsBool)                                                                                                 \
    EACH(cJSON_IsNull)                                                                                                 \
    EACH(cJSON_IsNumber)                                                                                               \
    EACH(cJSON_IsObject)                                                                                               \
    EACH(cJSON_IsString)                                                                                               \
    EACH(cJSON_IsTrue)                                                                                                 \
    EACH(cJSON_ParseWithLength)                                                                                        \
    EACH(cJSON_Print)                                                                                                  \
    EACH(cJSON_PrintUnformatted)                                                                                       \
    EACH(cJSON_ReplaceItemInObjectCaseSensitive)

struct late_cjson {
    LATE_CJSON(LATE_MEMBER)
};

/* Its functions. Ends the program where the library is missing. Any thread. */
const struct late_cjson *late_cjson(void);

#define cJSON_AddItemToArray late_cjson()->cJSON_AddItemToArray
#define cJSON_AddItemToObject late_cjson()->cJSON_AddItemToObject
#define cJSON_Compare late_cjson()->cJSON_Compare
#define cJSON_CreateArray late_cjson()->cJSON_CreateArray
#define cJSON_CreateBool late_cjson()->cJSON_CreateBool
#define cJSON_CreateNull late_cjson()->cJSON_CreateNull
#define cJSON_CreateNumber late_cjson()->cJSON_CreateNumber
#define cJSON_CreateObject late_cjson()->cJSON_CreateObject
#define cJSON_CreateString late_cjson()->cJSON_CreateString
#define cJSON_Delete late_cjson()->cJSON_Delete
#define cJSON_DeleteItemFromObjectCaseSensitive late_cjson()->cJSON_DeleteItemFromObjectCaseSensitive
#define cJSON_DetachItemFromArray late_cjson()->cJSON_DetachItemFromArray
#define cJSON_DetachItemFromObjectCaseSensitive late_cjson()->cJSON_DetachItemFromObjectCaseSensitive
#define cJSON_Duplicate late_cjson()->cJSON_Duplicate
#define cJSON_GetArrayItem late_cjson()->cJSON_GetArrayItem
#define cJSON_GetArraySize late_cjson()->cJSON_GetArraySize
#define cJSON_GetObjectItemCaseSensitive late_cjson()->cJSON_GetObjectItemCaseSensitive
#define cJSON_InitHooks late_cjson()->cJSON_InitHooks
#define cJSON_IsArray late_cjson()->cJSON_IsArray
#define cJSON_IsBool late_cjson()->cJSON_IsBool
#define cJSON_IsNull late_cjson()->cJSON_IsNull
#define cJSON_IsNumber late_cjson()->cJSON_IsNumber
#define cJSON_IsObject late_cjson()->cJSON_IsObject
#define cJSON_IsString late_cjson()->cJSON_IsString
#define cJSON_IsTrue late_cjson()->cJSON_IsTrue
#define cJSON_ParseWithLength late_cjson()->cJSON_ParseWithLength
#define cJSON_Print late_cjson()->cJSON_Print
#define cJSON_PrintUnformatted late_cjson()->cJSON_PrintUnformatted
#define cJSON_ReplaceItemInObjectCaseSensitive late_cjson()->cJSON_ReplaceItemInObjectCaseSensitive

#endif
