/* SPDX-License-Identifier: MIT */
/* perch partner check FILE, perch partner new: profiles of partners, without asking anybody. */
#include <stdio.h>
#include <string.h>

#include "base/assets.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "commands/board_json.h"
#include "commands/commands.h"
#include "commands/output.h"
#include "onboarding/profile.h"

#define NEW_PROFILE "new-partner.json"
#define OLD_DAYS 180

struct contents {
    guint steps;
    guint fields;
    guint objects;
    guint links;
};

static struct contents count(const struct profile *profile)
{
    struct contents found = {.steps = profile->steps->len};
    for (guint i = 0; i < profile->steps->len; i++) {
        const struct step_definition *step = g_ptr_array_index(profile->steps, i);
        found.fields += step->fields != NULL ? step->fields->len : 0;
        found.objects += step->objects != NULL ? step->objects->len : 0;
        for (guint k = 0; step->guides != NULL && k < step->guides->len; k++)
            found.links += ((const struct guide *)g_ptr_array_index(step->guides, k))->link != NULL ? 1 : 0;
        found.links += step->guide != NULL && step->guide->link != NULL ? 1 : 0;
    }
    return found;
}

static int check(const struct options *options, const char *file, GError **error)
{
    g_autoptr(Profile) profile = profile_load(file, error);
    if (profile == NULL)
        return EXIT_BAD_INPUT;
    struct contents found = count(profile);
    g_autofree char *midnight = g_strdup_printf("%sT00:00:00Z", profile->dated);
    gint64 days = MAX((g_get_real_time() - clock_parse(midnight)) / G_TIME_SPAN_DAY, 0);
    const char *note = days > OLD_DAYS ? "It is old: Microsoft moves pages, and partners change identifiers." : "";
    if (options->json) {
        g_autoptr(json) document =
            json_from("{'valid':true,'id':%s,'name':%s,'dated':%s,'days':%d,'sha256':%s,'steps':%d,'fields':%d,"
                      "'objects':%d,'links':%d,'note':%s}",
                      profile->id, profile->name, profile->dated, days, profile->sha256, (gint64)found.steps,
                      (gint64)found.fields, (gint64)found.objects, (gint64)found.links, note);
        print_json(document);
        return EXIT_DONE;
    }
    g_autofree char *age = text_count(days, "day", "days");
    g_autofree char *steps = text_count(found.steps, "step", "steps");
    g_autofree char *fields = text_count(found.fields, "field", "fields");
    g_autofree char *objects = text_count(found.objects, "object", "objects");
    g_autofree char *links = text_count(found.links, "link", "links");
    printf("valid\n  %s (%s), of %s, %s old%s%s\n  %s, %s, %s, %s\n  SHA-256 %s\n", profile->name, profile->id,
           profile->dated, age, note[0] != '\0' ? ". " : "", note, steps, fields, objects, links, profile->sha256);
    return EXIT_DONE;
}

int command_partner(const struct options *options, GError **error)
{
    static const char *const endings[] = {".json", NULL};
    const char *action = options_word(options);
    const char *file = options->arguments[2];
    if (strcmp(action, "check") == 0 && file != NULL && options->output != NULL) {
        g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                            "“partner check” writes nothing: --output goes with “partner new”.");
        return EXIT_BAD_INPUT;
    }
    if (strcmp(action, "check") == 0 && file != NULL)
        return check(options, file, error);
    if (strcmp(action, "new") == 0 && file == NULL) {
        g_autoptr(GBytes) text = asset_bytes(NEW_PROFILE, error);
        if (text == NULL || !output_may_write(options, options->output, endings, error))
            return EXIT_BAD_INPUT;
        gboolean written = output_write(options->output, "The profile", g_bytes_get_data(text, NULL),
                                        (gssize)g_bytes_get_size(text), error);
        return written ? EXIT_DONE : EXIT_FAILED;
    }
    g_set_error_literal(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                        "It is perch partner check FILE, or perch partner new.\nSee perch help partner");
    return EXIT_BAD_INPUT;
}
