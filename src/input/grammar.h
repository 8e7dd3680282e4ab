/*
 * The fields' own judgements, one function a field, gathered in the table of validate.c. Internal to input/; pure.
 *
 * A judgement looks at judge->clean, in which code points that stand nowhere were dealt with already. Functions with
 * FROM and TO judge that part of it and return where the part ends after mending.
 */
#ifndef PERCH_INPUT_GRAMMAR_H
#define PERCH_INPUT_GRAMMAR_H

#include "input/judge.h"

void judge_event_hub_id(struct judge *judge);
void judge_event_hub_name(struct judge *judge);
void judge_resource_group(struct judge *judge);
void judge_company(struct judge *judge);
void judge_display_name(struct judge *judge);
void judge_upn(struct judge *judge);
void judge_email(struct judge *judge);
void judge_domain(struct judge *judge);
void judge_guid(struct judge *judge);
void judge_tenant(struct judge *judge);
void judge_mail_nickname(struct judge *judge);
void judge_date(struct judge *judge);
void judge_days(struct judge *judge);
void judge_password(struct judge *judge);

gboolean recognise_for_hub_id(struct judge *judge);
gboolean recognise_for_hub_name(struct judge *judge);
gboolean recognise_for_name(struct judge *judge);
gboolean recognise_for_address(struct judge *judge);
gboolean recognise_for_domain(struct judge *judge);

/* 8-4-4-4-12 hexadecimal digits. */
int judge_guid_part(struct judge *judge, int from, int to, const char *what);

int judge_resource_group_part(struct judge *judge, int from, int to);

/* A DNS name of two labels or more. */
void judge_domain_part(struct judge *judge, int from, int to);

/* Report it if the part is not MIN to MAX code points long. */
void judge_length(struct judge *judge, int from, int to, int min, int max, const char *what);

/* Something else was pasted: the finding is about LENGTH code points of the input from OFFSET on, and FIX (may be NULL)
 * becomes the value. MESSAGE is taken. */
void judge_recognised(struct judge *judge, enum problem problem, int offset, int length, char *message, const char *fix,
                      const char *label);

#endif
