#include "secrets/password.h"

#include <sodium.h>
#include <string.h>

#define LENGTH 24

static const char *const classes[] = {"abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "-_.+=!"};

static char pick(const char *letters)
{
    return letters[randombytes_uniform((uint32_t)strlen(letters))];
}

static char pick_any(void)
{
    gsize total = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(classes); i++)
        total += strlen(classes[i]);
    gsize place = randombytes_uniform((uint32_t)total);
    gsize class = 0;
    for (; place >= strlen(classes[class]); class ++)
        place -= strlen(classes[class]);
    return classes[class][place];
}

static void shuffle(char *text)
{
    for (uint32_t i = LENGTH - 1; i > 0; i--) {
        uint32_t other = randombytes_uniform(i + 1);
        char kept = text[i];
        text[i] = text[other];
        text[other] = kept;
    }
}

struct secret *password_new(void)
{
    char text[LENGTH];
    for (gsize i = 0; i < LENGTH; i++)
        text[i] = i < G_N_ELEMENTS(classes) ? pick(classes[i]) : pick_any();
    shuffle(text);
    struct secret *secret = secret_new(text, LENGTH);
    sodium_memzero(text, sizeof text);
    return secret;
}
