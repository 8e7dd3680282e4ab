/* SPDX-License-Identifier: MIT */
/*
 * Whether the session bus has a keyring that can be used, asked with plain D-Bus calls that never start a bus and never
 * ask the person anything. May block for a few seconds: keyring threads only.
 */
#ifndef PERCH_SECRETS_SESSION_BUS_H
#define PERCH_SECRETS_SESSION_BUS_H

#include "secrets/keyring.h"

/* KEYRING_READY: there and unlocked. Otherwise the reason; ERROR is set where the bus or the service gave one. */
enum keyring_state session_bus_keyring_state(GError **error);

#endif
