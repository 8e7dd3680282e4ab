/* SPDX-License-Identifier: MIT */
/*
 * The simulated perch's network: a socket to the simulator. Worker thread, as microsoft/http.h.
 */
#ifndef PERCH_TESTS_SIMULATION_PERCH_HTTP_H
#define PERCH_TESTS_SIMULATION_PERCH_HTTP_H

/* All requests of this process go over SOCKET. Before any session is made. */
void perch_http_connect(int socket);

#endif
