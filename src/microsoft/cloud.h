/* SPDX-License-Identifier: MIT */
/*
 * The clouds: where sign-in, Graph, the Defender API and the portals are. Data from assets/clouds.json (facts of
 * Microsoft's national cloud pages), from --cloud-file, or made from a practice tenant's address. Immutable once made,
 * but for where Defender is.
 */
#ifndef PERCH_MICROSOFT_CLOUD_H
#define PERCH_MICROSOFT_CLOUD_H

#include <glib.h>

struct cloud {
    char *name;                /* "global" */
    char *title;               /* for the screen */
    char *login;               /* https://login.microsoftonline.com, no trailing slash */
    char *graph;               /* https://graph.microsoft.com */
    char *defender;            /* https://api.security.microsoft.com; NULL where there is none */
    char **defender_audiences; /* what to ask a token for, in the order of trying; NULL-terminated, may be empty */
    char *elsewhere;           /* the cloud, by name, whose Defender may be that of a tenant here; NULL: none */
    char *other_defender;      /* its Defender, not in use; NULL where there is none */
    char **other_audiences;    /* ... and its audiences; NULL where there is none */
    char *security_portal;     /* https://security.microsoft.com; NULL where there is none, as for the next three */
    char *entra_portal;        /* https://entra.microsoft.com */
    char *azure_portal;
    char *my_access;          /* https://myaccess.microsoft.com */
    char *graph_client_id;    /* the well-known application to sign in to Graph with */
    char *defender_client_id; /* ... and to the Defender API; the same one if one will do for both */
    gboolean practice;        /* a loopback practice tenant: http, and its clock is followed */
    gboolean from_file;
    char *file_sha256; /* of the file it is from, 64 lower-case hexadecimal digits; NULL: from no file */
};
typedef struct cloud Cloud;

/* NAME as for --cloud. PERCH_ERROR_USAGE, naming what there is, if there is none such. Caller frees. */
struct cloud *cloud_named(const char *name, GError **error);

/* FILE: the same members as one entry of assets/clouds.json; https only. Its title says that it is from a file, and the
 * beginning of the file's SHA-256. WANTED_SHA256 (64 hexadecimal digits, NULL: any): PERCH_ERROR_INPUT unless the file
 * has it. Caller frees. */
struct cloud *cloud_from_file(const char *file, const char *wanted_sha256, GError **error);

/* URL http://127.0.0.1:PORT: sign-in and portals there, Graph on 127.0.0.2, Defender on 127.0.0.3, that of GCC on
 * 127.0.0.4. Caller frees. */
struct cloud *cloud_practice(const char *url, GError **error);

/* Let CLOUD's Defender and the other one, which there is, change places. */
void cloud_swap_defender(struct cloud *cloud);

void cloud_free(struct cloud *cloud);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Cloud, cloud_free)

#endif
