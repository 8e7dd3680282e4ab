#include "practice/route.h"

const struct route_table portal_routes = {SERVICE_LOGIN, NULL, 0};
