/* SPDX-License-Identifier: MIT */
#include "input/whose_values.h"

#include <string.h>

#include "input/hub_value.h"
#include "input/phrases.h"
#include "input/suspicions.h"

enum { SENTENCE_MAX = 600 };

/* Words below stand in small letters, with every mark made a blank. */
static const char *const foreign[] = {"ihre kommen",
                                      "eure kommen",
                                      "die ihren folgen",
                                      "testmandanten",
                                      "testmandant",
                                      "our test tenant",
                                      "own test tenant",
                                      "test tenant s",
                                      "testtenant",
                                      "tenant de test",
                                      "inquilino de prueba",
                                      "tenant di test",
                                      "other customer",
                                      "other customers",
                                      "another organisation s",
                                      "different tenant",
                                      "different company",
                                      "not for customers",
                                      "own internal",
                                      "internal hub",
                                      "internal use only",
                                      "for comparison",
                                      "as a comparison",
                                      "zum vergleich",
                                      "pour comparaison",
                                      "à titre de comparaison",
                                      "para comparar",
                                      "per confronto",
                                      "ter vergelijking",
                                      "andere kunden",
                                      "anderen kunden",
                                      "sample configuration",
                                      "example configuration",
                                      "sample config",
                                      "beispielkonfiguration",
                                      "what we sent to",
                                      "demo purposes",
                                      "test purposes",
                                      "testing purposes",
                                      "training purposes",
                                      "for the pilot",
                                      "for the demo",
                                      "for the poc",
                                      "for the lab",
                                      "für den pilot",
                                      "für die demo",
                                      "pour la démo",
                                      "para la demo",
                                      "example only",
                                      "examples only",
                                      "autres clients",
                                      "otros clientes",
                                      "altri clienti",
                                      "outros clientes",
                                      "yours follow",
                                      "yours follows",
                                      "yours will",
                                      "yours come",
                                      "yours to follow",
                                      "yours are being",
                                      "yours are still",
                                      "yours are not",
                                      "your own values",
                                      "your own ones",
                                      "your own will",
                                      "your own follow",
                                      "your values follow",
                                      "your values will",
                                      "your values come",
                                      "your values are not",
                                      "your real values will",
                                      "real values will",
                                      "real values follow",
                                      "real values come",
                                      "real ones will",
                                      "real ones follow",
                                      "you the real",
                                      "actual values will",
                                      "actual values follow",
                                      "final values will",
                                      "final values follow",
                                      "production values will",
                                      "production values follow",
                                      "production values come",
                                      "not your values",
                                      "not yours",
                                      "for illustration",
                                      "illustration only",
                                      "illustrative",
                                      "for demonstration",
                                      "made up",
                                      "fictitious",
                                      "fictional",
                                      "placeholder values",
                                      "dummy values",
                                      "dummy data",
                                      "example values",
                                      "sample values",
                                      "are test values",
                                      "only test values",
                                      "just test values",
                                      "were valid",
                                      "used to be valid",
                                      "was valid until",
                                      "are old values",
                                      "are the old values",
                                      "were the old values",
                                      "still the old values",
                                      "still the old ones",
                                      "another customer",
                                      "another customer s",
                                      "another client",
                                      "another company",
                                      "another tenant",
                                      "another organisation",
                                      "another organization",
                                      "different customer",
                                      "sister company",
                                      "someone else s",
                                      "somebody else s",
                                      "own lab",
                                      "our lab",
                                      "don t enter it",
                                      "don t enter them",
                                      "don t enter these",
                                      "do not enter it",
                                      "do not enter them",
                                      "do not enter these",
                                      "do not copy them",
                                      "do not copy these",
                                      "nicht ihre werte",
                                      "nicht eure werte",
                                      "nicht deine werte",
                                      "ihre werte folgen",
                                      "ihre werte erhalten",
                                      "ihre werte bekommen",
                                      "ihre werte kommen",
                                      "ihre werte schicken",
                                      "ihre werte senden",
                                      "ihre eigenen",
                                      "eure werte folgen",
                                      "deine werte folgen",
                                      "ihre folgen",
                                      "eure folgen",
                                      "ihre daten folgen",
                                      "beispielwerte",
                                      "beispieldaten",
                                      "musterwerte",
                                      "testwerte",
                                      "die alten werte",
                                      "noch die alten",
                                      "eines anderen kunden",
                                      "einem anderen kunden",
                                      "anderer kunde",
                                      "eines anderen mandanten",
                                      "frei erfunden",
                                      "ausgedacht",
                                      "zur veranschaulichung",
                                      "nur als beispiel",
                                      "nur ein beispiel",
                                      "nicht übernehmen",
                                      "nicht eintragen",
                                      "les vôtres",
                                      "vos propres valeurs",
                                      "vos valeurs suivront",
                                      "vos valeurs seront",
                                      "valeurs d exemple",
                                      "les anciennes valeurs",
                                      "un autre client",
                                      "à titre d exemple",
                                      "à titre indicatif",
                                      "fictives",
                                      "fictif",
                                      "ne pas saisir",
                                      "los suyos",
                                      "las suyas",
                                      "los tuyos",
                                      "sus propios valores",
                                      "sus valores se",
                                      "otro cliente",
                                      "valores de ejemplo",
                                      "valores antiguos",
                                      "ficticios",
                                      "a modo de ejemplo",
                                      "altro cliente",
                                      "valori di esempio",
                                      "vecchi valori",
                                      "i vostri seguiranno",
                                      "i vostri valori seguiranno",
                                      "a titolo di esempio",
                                      "uw eigen waarden",
                                      "uw waarden volgen",
                                      "andere klant",
                                      "voorbeeldwaarden",
                                      "oude waarden",
                                      "outro cliente",
                                      "valores de exemplo",
                                      "os seus seguem",
                                      "valores antigos",
                                      "annan kund",
                                      "exempelvärden",
                                      "anden kunde",
                                      "annen kunde",
                                      "eksempelværdier",
                                      "eksempelverdier",
                                      "innego klienta",
                                      "przykładowe wartości",
                                      "jiného zákazníka",
                                      NULL};

/* What is spoken of, and what makes it somebody's: "these are Contoso's values". */
static const char *const shown[] = {"these are",  "those are", "this is",   "they are", "these were",
                                    "those were", "here are",  "below are", NULL};
static const char *const owned[] = {"s values", "s data", "s details", "s settings", "s namespace", NULL};
static const char *const own[] = {"your", "you", "today s", "ihre", "eure", "deine", NULL};

/* With one of these the words of the other list say that something else is still to come. */
static const char *const values[] = {"values", "value",   "werte",   "angaben", "valeurs", "valores",
                                     "valori", "waarden", "details", "both",    "ones",    NULL};
static const char *const unsettled[] = {"not final",
                                        "not yet final",
                                        "provisional",
                                        "preliminary",
                                        "subject to change",
                                        "may still change",
                                        "might still change",
                                        "will change",
                                        "will be replaced",
                                        "will be changed",
                                        "to be replaced",
                                        "not been sent",
                                        "last year s",
                                        "last month s",
                                        "documentation gives",
                                        "vorläufig",
                                        "vorläufige",
                                        "vorläufigen",
                                        "noch nicht endgültig",
                                        "werden ersetzt",
                                        "werden noch ersetzt",
                                        "provisoires",
                                        "provisionales",
                                        "provvisori",
                                        "voorlopige",
                                        NULL};

/* What points at the values that stand there, and what says that they are not to be used, in one sentence. */
static const char *const pointing[] = {"these",     "those",     "below",      "above",    "following", "values",
                                       "diese",     "dies",      "werte",      "ces",      "valeurs",   "estos",
                                       "valores",   "questi",    "valori",     "deze",     "waarden",   "folgende",
                                       "folgenden", "suivantes", "siguientes", "seguenti", NULL};
static const char *const unfit[] = {"veraltet",
                                    "nicht mehr aktuell",
                                    "nicht gültig",
                                    "sind ungültig",
                                    "più validi",
                                    "più valide",
                                    "non sono validi",
                                    "ne sont plus",
                                    "no son válidos",
                                    "no son válidas",
                                    "ya no son",
                                    "niet meer geldig",
                                    "não são mais",
                                    "superseded",
                                    "stale",
                                    "not used any more",
                                    "not in use",

                                    "obsolètes",
                                    "obsoletos",
                                    "obsoleti",
                                    "expired",
                                    "do not use",
                                    "don t use",
                                    "by mistake",
                                    "wrong tenant",
                                    "are wrong",
                                    "are outdated",
                                    "are obsolete",
                                    "are invalid",
                                    "no longer valid",
                                    "not valid",
                                    "abgelaufen",
                                    "nicht verwenden",
                                    "nicht mehr gültig",
                                    "nur zum test",
                                    "nur zum testen",
                                    "versehentlich",
                                    "sind falsch",
                                    "expiré",
                                    "plus valables",
                                    "ne pas utiliser",
                                    "par erreur",
                                    "caducado",
                                    "caducados",
                                    "no usar",
                                    "por error",
                                    "scaduti",
                                    "non usare",
                                    "per errore",
                                    "verlopen",
                                    "niet gebruiken",
                                    "per ongeluk",
                                    NULL};
static const char *const stages[] = {"sandbox only",       "test only",       "testing only", "demo only", "lab only",
                                     "not for production", "nicht produktiv", "staging only", NULL};

/* With what points at the values, or announces them, it is likely that they are somebody else's, or not for long. */
static const char *const hints[] = {"sandbox",
                                    "staging",
                                    "poc",
                                    "proof of concept",
                                    "pilot",
                                    "demo",
                                    "lab",
                                    "rollout",
                                    "mock",
                                    "mockup",
                                    "dummy",
                                    "sample",
                                    "an example",
                                    "in example",
                                    "filled in",
                                    "look like",
                                    "looks like",
                                    "like this",
                                    "in preparation",
                                    "being prepared",
                                    "what i sent",
                                    "what we sent",
                                    "i sent to",
                                    "we sent to",
                                    "sent to",
                                    "forwarding what",
                                    "switched off",
                                    "shut down",
                                    "turned off",
                                    "going away",
                                    "phased out",
                                    "test environment",
                                    "test system",
                                    "test instance",
                                    "test subscription",
                                    "test namespace",
                                    "belong to",
                                    "belongs to",
                                    "another team",
                                    "colleague of yours",
                                    "competitor",
                                    "in vorbereitung",
                                    "abgeschaltet",
                                    "testumgebung",
                                    "testsystem",
                                    "gehören zu",
                                    "gehören einem",
                                    "so aussehen",
                                    "so aus",
                                    "ausgefülltes beispiel",
                                    "en préparation",
                                    "appartiennent",
                                    "environnement de test",
                                    "en preparación",
                                    "pertenecen",
                                    "entorno de prueba",
                                    "in preparazione",
                                    "appartengono",
                                    "ambiente di test",
                                    "in voorbereiding",
                                    "testomgeving",
                                    "new details",
                                    "new values come",
                                    "new values follow",
                                    "neue werte folgen",
                                    "neue werte kommen",
                                    NULL};
/* What else points at them. */
static const char *const showing[] = {"this", "it", "they", "them",  "here", "what you", "pipeline", "setup",
                                      "das",  "es", "hier", "voici", "esto", "questo",   "dit",      NULL};

/* With one of these it is said of others. */
static const char *const earlier[] = {"old values",        "old ones",           "earlier values",
                                      "previous values",   "previous ones",      "alten werte",
                                      "anciennes valeurs", "valores anteriores", NULL};

static const char *const excuses[] = {
    "instead of", "rather than", "not the",  "replace the", "replaces", "replacing",   "replace any",  "with these",
    "ignore the", "statt",       "anstelle", "au lieu",     "en lugar", "sent to you", "sent to your", NULL};

/* Languages that do not part words by blanks. */
static const char *const unparted[] = {"サンプル値", "別のお客様", "他のお客様", "示例值",
                                       "其他客户",   "다른 고객",  "예시 값",    NULL};

enum list {
    FOREIGN = 1,
    SHOWN = 2,
    OWNED = 4,
    OWN = 8,
    VALUES = 16,
    UNSETTLED = 32,
    EXCUSES = 64,
    POINTING = 128,
    UNFIT = 256,
    STAGES = 512,
    EARLIER = 1024,
    HINTS = 2048,
    SHOWING = 4096,
};

gboolean words_say_foreign(const char *words)
{
    static const char *const *const lists[] = {foreign,  shown, owned,  own,     values, unsettled, excuses,
                                               pointing, unfit, stages, earlier, hints,  showing};
    static struct phrase_lists known = {lists, G_N_ELEMENTS(lists), G_ONCE_INIT};
    guint found = phrases_in(words, &known);
    if ((found & EXCUSES) != 0)
        return FALSE;
    if (words_have(words, unparted) || ((found & HINTS) != 0 && (found & (POINTING | SHOWING | VALUES)) != 0))
        return TRUE;
    return (found & FOREIGN) != 0 || ((found & SHOWN) != 0 && (found & OWNED) != 0 && (found & OWN) == 0) ||
           ((found & VALUES) != 0 && (found & UNSETTLED) != 0) ||
           ((found & POINTING) != 0 && (found & UNFIT) != 0 && (found & EARLIER) == 0) || (found & STAGES) != 0;
}

/* A line that has a value, or nothing: no sentence runs through it. */
static gboolean parts_sentences(const GArray *text, int from, int to)
{
    return skip_blanks(text, from, to) >= to || source_has_between(text, from, to, "/subscriptions/") ||
           source_has_between(text, from, to, ": ");
}

/* The end of the sentence that begins at FROM. */
static int sentence_end(const GArray *text, int from)
{
    int to = from;
    for (; source_at(text, to) != NO_CHARACTER && to - from < SENTENCE_MAX; to++) {
        gunichar next = source_at(text, to + 1);
        if (is_one_of(source_at(text, to), ".!?;") && (is_blank(next) || is_line_end(next)))
            return to + 1;
        if (is_line_break(source_at(text, to)) &&
            (parts_sentences(text, line_start(text, to), to) || parts_sentences(text, to + 1, line_end(text, to + 1))))
            return to + 1;
    }
    return to;
}

gboolean find_foreign_sentence(const GArray *text, int at, int *from, int *to)
{
    for (*from = at; *from < source_length(text); *from = *to) {
        *to = sentence_end(text, *from);
        g_autofree char *words = words_without_names(text, *from, *to);
        if (words_say_foreign(words) ||
            (!source_has_between(text, *from, *to, "/subscriptions/") && words_raise_suspicion(words)))
            return TRUE;
    }
    return FALSE;
}
