/* SPDX-License-Identifier: MIT */
#include "ui/agreement.h"

const struct agreement_words agreements[] = {
    [AGREE_SIGN_OUT] = {"What the keyring keeps of this sign-in is forgotten.", "Sign out", TRUE},
    [AGREE_UNLOCK] = {"The keyring is locked; unlocked, it keeps the sign-in.", "Unlock it", FALSE},
    [AGREE_TAKE_IN] = {"", "Take it in again", FALSE},
    [AGREE_TAKE_OVER] = {"", "Take it over", TRUE},
    [AGREE_LEAVE_WRITING] = {"A write is under way; it is finished first.", "Quit then", FALSE},
    [AGREE_LEAVE_UNUSED] = {"", "Quit without it", TRUE},
    [AGREE_REPLACE] = {"", "Replace it", TRUE},
    [AGREE_TELL] = {"That you say so is recorded, with your account and the time; nothing else proves it.",
                    "Tell that it is done", FALSE},
    [AGREE_UNTELL] = {"That it was told stays on record.", "Take back that it is done", FALSE},
    [AGREE_UNDECIDE] = {"What was done on its account stays; it is asked anew.", "Take the decision back", FALSE},
    [AGREE_DECIDE] = {"", "Decide so", FALSE},
    [AGREE_SIT_OUT] = {"", "Wait here", FALSE},
    [AGREE_POST_AGAIN] = {"", "Do it once more", TRUE},
};

static const char *what_is_sent(const struct plan *plan)
{
    gboolean is_one = plan->requests->len == 1;
    return plan->undo ? (is_one ? "removal" : "removals") : (is_one ? "request" : "requests");
}

char *agreement_send_button(const struct plan *plan, const char *domain)
{
    return g_strdup_printf("Send %u %s to %s", plan->requests->len, what_is_sent(plan), domain);
}

char *agreement_domain_text(const struct plan *plan, const char *domain)
{
    guint count = plan->requests->len;
    /* What is in doubt is settled without a request that stands in the plan. */
    if (count == 0)
        return g_strdup_printf("Type the tenant's domain, %s, to go on", domain);
    g_autofree char *number = count == 1 ? g_strdup("this") : g_strdup_printf("these %u", count);
    return g_strdup_printf("Type the tenant's domain, %s, to send %s %s", domain, number, what_is_sent(plan));
}
