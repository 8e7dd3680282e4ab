/* SPDX-License-Identifier: MIT */
#include "engine/given_answers.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "base/trusted_file.h"
#include "engine/file_signature.h"
#include "onboarding/answers.h"
#include "onboarding/hand_over.h"
#include "secrets/seal_key.h"

#define LARGEST_ANSWERS ((gsize)1024 * 1024)

/* Add a sentence for each answer of FROM, which FILE gives, that BEFORE has and has otherwise. PATH is theirs. */
static void note_replaced(GPtrArray *replaced, const json *before, const json *from, const char *path, const char *file)
{
    json_for_each (member, from) {
        const json *there = json_get(before, json_name(member));
        g_autofree char *name = g_strconcat(path, path[0] != '\0' ? "." : "", json_name(member), NULL);
        if (json_is_object(member) && json_is_object(there)) {
            note_replaced(replaced, there, member, name, file);
            continue;
        }
        g_autofree char *old = there != NULL ? json_text(there) : NULL;
        g_autofree char *new = json_text(member);
        g_autofree char *safe = text_safe(file, -1);
        if (old != NULL && g_strcmp0(old, new) != 0)
            g_ptr_array_add(replaced,
                            g_strdup_printf("%s gives %s otherwise than a file before it, and counts", safe, name));
    }
}

/* A seal that does not fit is worse than none. */
static gboolean check_seal(const json *handed, const char *file, GError **error)
{
    g_autoptr(json) whole = json_copy(handed);
    g_autoptr(json) seal = json_detach(whole, "seal");
    g_autofree char *text = json_text(whole);
    if (seal == NULL ||
        seal_key_fits(json_get_string(seal, "key"), json_get_string(seal, "signature"), text, strlen(text)))
        return TRUE;
    g_set_error(error, PERCH_ERROR, PERCH_ERROR_INPUT,
                "The seal of %s does not fit: somebody changed it since it was handed over.\n"
                "Have it handed over again.",
                file);
    return FALSE;
}

/* The answers in FILE, which has to have SUM (may be NULL). */
static json *load_file(struct given_answers *given, const struct session_options *options,
                       const struct profile *profile, const char *file, const char *wanted_sum, GError **error)
{
    static const char what[] = "The answers file";
    gsize length = 0;
    g_autofree char *text = trusted_file_read(file, what, LARGEST_ANSWERS, &length, error);
    if (text == NULL)
        return NULL;
    g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, length);
    if (!trusted_file_check_sum(file, what, sum, wanted_sum, "--answers-sha256", error))
        return NULL;
    g_autofree char *signer = NULL;
    if (options->allowed_signers != NULL &&
        !file_signature_check(file, what, sum, options->allowed_signers, &signer, NULL, error))
        return NULL;
    if (signer != NULL)
        g_ptr_array_add(given->signers, g_strdup_printf("%s is signed by %s", file, signer));
    gboolean handed = hand_over_is_one(text, (gssize)length);
    if (!handed)
        return answers_parse(profile->answers, text, (gssize)length, file, error);
    if (options->unattended && wanted_sum == NULL) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                    "%s is what somebody handed over, and nobody would look at it.\n"
                    "Read it, then give --answers-sha256 with --yes: the SHA-256 of the file you have looked at.",
                    file);
        return NULL;
    }
    if (given->handed != NULL) {
        g_set_error(error, PERCH_ERROR, PERCH_ERROR_USAGE,
                    "%s is a second hand-over.\nTake them over one after another: a run goes on from one.", file);
        return NULL;
    }
    given->handed_sha256 = g_steal_pointer(&sum);
    given->handed = hand_over_parse(text, (gssize)length, file, profile, error);
    if (given->handed != NULL && !check_seal(given->handed, file, error))
        return NULL;
    return given->handed != NULL ? json_copy(json_get(given->handed, "answers")) : NULL;
}

/* The built-in profile is as good as this program. The saved plan is read again once the tenant was: what was signed is
 * held against that by its sum. */
static gboolean check_signers(struct given_answers *given, const struct session_options *options,
                              const struct profile *profile, GError **error)
{
    const struct {
        const char *file;
        const char *what;
        const char *sha256;
        char **signed_sha256;
    } rows[] = {
        {options->partner_file, "The partner profile", profile->sha256, NULL},
        {options->plan_file, "The saved plan", NULL, &given->plan_sha256},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *signer = NULL;
        if (options->allowed_signers == NULL || rows[i].file == NULL)
            continue;
        if (!file_signature_check(rows[i].file, rows[i].what, rows[i].sha256, options->allowed_signers, &signer,
                                  rows[i].signed_sha256, error))
            return FALSE;
        g_ptr_array_add(given->signers, g_strdup_printf("%s is signed by %s", rows[i].file, signer));
    }
    return TRUE;
}

gboolean given_answers_load(struct given_answers *given, const struct session_options *options,
                            const struct profile *profile, GError **error)
{
    const char *const *file = options->answers_files;
    const char *const *sum = options->answers_sha256;
    *given = (struct given_answers){.answers = json_new_object(),
                                    .signers = g_ptr_array_new_with_free_func(g_free),
                                    .notices = g_ptr_array_new_with_free_func(g_free)};
    for (; file != NULL && *file != NULL; file++) {
        g_autoptr(json) answers = load_file(given, options, profile, *file, sum != NULL ? *sum : NULL, error);
        if (answers == NULL) {
            given_answers_clear(given);
            return FALSE;
        }
        note_replaced(given->notices, given->answers, answers, "", *file);
        answers_remark(profile->answers, answers, *file, given->notices);
        answers_merge(given->answers, answers);
        sum = sum != NULL && *sum != NULL ? sum + 1 : NULL;
    }
    if (check_signers(given, options, profile, error))
        return TRUE;
    given_answers_clear(given);
    return FALSE;
}

void given_answers_clear(struct given_answers *given)
{
    g_clear_pointer(&given->answers, json_free);
    g_clear_pointer(&given->handed, json_free);
    g_clear_pointer(&given->handed_sha256, g_free);
    g_clear_pointer(&given->plan_sha256, g_free);
    g_clear_pointer(&given->signers, g_ptr_array_unref);
    g_clear_pointer(&given->notices, g_ptr_array_unref);
}
