#include "ui/plain.h"

int plain_run(struct session *session, const struct plain_options *options, FILE *in, FILE *out)
{
    (void)session;
    (void)options;
    (void)in;
    fprintf(out, "not yet\n");
    return 1;
}
