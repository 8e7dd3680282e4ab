/* SPDX-License-Identifier: MIT */
/*
 * Objects of Graph by data: a resource of assets/practice/routes.json says where they are kept, what a new one has and
 * what stands against a change. The hooks "list", "count", "get", "create", "update", "delete" do the rest.
 *
 * Of a resource: "collection"; "keys" (members that an id in the path may be); "new" (members of a new object, and
 * null for what the body leaves out); "aside" (members of the body that are not kept); "stamps" (members that get the
 * time when it is made); "lag" (below behaviour: when it is listed); "check" ({"create", "update", "delete": hook});
 * "finish" and "changed" (hooks for a new and a changed object); "guards" ([{"collection", "member", "open", "code",
 * "message"}]: it does not go while one of that collection has its id there; "open": member whose value has to be one
 * of "states"); "cascade" ([{"collection", "member"}]: what goes with it); "bin" (where it goes to, restorable). Of a
 * route: "parent" (the collection of the object that the first id of the path names), "where" (the member that holds
 * that id), "by" (the key that the path names it by), "only" ({"member": value}), "answer" (a hook in place of the
 * plain answer to a creation, which finds the object in call->made).
 */
#ifndef PERCH_PRACTICE_RESOURCE_H
#define PERCH_PRACTICE_RESOURCE_H

#include "practice/route.h"

/* The object that the path's last id names, or NULL and 404 answered while it cannot be read. Borrowed. */
json *resource_read(struct call *call);

#endif
