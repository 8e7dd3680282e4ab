/* SPDX-License-Identifier: MIT */
#include "input/value_claims.h"

#include <string.h>

#include "input/vocabulary.h"

static const char *word_at(const GPtrArray *words, guint i)
{
    return i < words->len ? words->pdata[i] : "";
}

static gboolean is_of(const char *list, const char *word)
{
    gsize length = strlen(word);
    for (const char *at = strstr(list, word); at != NULL && length > 0; at = strstr(at + 1, word))
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return TRUE;
    return FALSE;
}

static gboolean is_list_at(const char *list, const GPtrArray *words, guint i)
{
    return is_of(list, word_at(words, i));
}

/* It may be a value, or all of them: "these", "the name". */
static gboolean is_value(const GPtrArray *words, guint i)
{
    static const char values[] =
        "these those this that it they them both ones one value values name names id ids identifier identifiers hub "
        "namespace string strings details data werte wert namen name daten angaben valeurs nom noms valores valor "
        "nombre "
        "nombres datos valori nome nomi dati waarden waarde naam namen gegevens diese dies das ceci cela estos esto "
        "questi "
        "questo deze dit dat valore värden värdena värde namnet værdier værdierne navnet wartości nazwa nazwę valores";
    return is_list_at(values, words, i);
}

static gboolean has_value(const GPtrArray *words)
{
    for (guint i = 0; i < words->len; i++)
        if (is_value(words, i))
            return TRUE;
    return FALSE;
}

/* "Could you enter these?" asks for a deed. */
static gboolean is_request(const GPtrArray *words)
{
    static const char verbs[] =
        "can could would will may please können könnten könntest kannst würden würdest "
        "pouvez pourriez peux pourrais puede puedes podría podrías podrían potete puoi può potresti "
        "kunt kun kan zou wilt wil";
    return is_list_at(verbs, words, 0) || is_list_at(verbs, words, 1) || is_list_at("any", words, 0);
}

/* Whose, and where, the reader's own are: "for your export", "in the portal". */
static gboolean is_readers(const GPtrArray *words, guint i)
{
    static const char own[] = "you your the streaming defender microsoft azure export portal page field fields box "
                              "boxes first second two step "
                              "both api event events onboarding settings form connection red security this case same "
                              "table list order full exact "
                              "mde mdr xdr m365 production prod raw data use copy pasting copying line lines";
    static const char others[] =
        "partner vendor customer guide article ticket screen screenshots document environment region "
        "tenant tenants platform group team teams colleague colleagues people";
    if (is_list_at("the this", words, i))
        return !is_list_at(others, words, i + 1) && !is_list_at(others, words, i + 2);
    return is_list_at(own, words, i);
}

/* "these are for our tenant", "this goes to the colleagues": at a word of being or going. */
static gboolean is_anothers(const GPtrArray *words, guint i)
{
    gboolean is_being = i > 0 && is_list_at("is are go goes s", words, i) && is_value(words, i - 1);
    gboolean is_whose = is_list_at("for from", words, i + 1) && i + 2 < words->len;
    gboolean is_place = is_list_at("in at to of on", words, i + 1) && is_list_at("the our my their a an", words, i + 2);
    return is_being && (is_whose || is_place) && !is_readers(words, i + 2);
}

/* "What is the Event Hub's resource ID?" stands above its answer, as a label does. */
static gboolean is_label(const GPtrArray *words)
{
    return is_list_at("what and was quel quelle qual cuál welche welches", words, 0) &&
           (is_list_at("id", words, words->len - 1) || is_list_at("hub", words, words->len - 2));
}

/* "the values from the ticket", "the name is in the article": what stands here is not what is meant. */
static gboolean is_elsewhere(const GPtrArray *words, guint i)
{
    static const char places[] =
        "ticket article guide screen screenshots document documentation message email file files "
        "request chat menu case";
    gboolean is_placed = is_list_at("in from on at", words, i) && is_list_at("the our your my", words, i + 1);
    gboolean is_last = i + 4 == words->len && is_list_at(places, words, i + 3);
    gboolean is_source = is_list_at("from", words, i) && is_list_at("portal page form", words, i + 2);
    return is_placed && (is_list_at(places, words, i + 2) || is_last || is_source);
}

/* "we need the values", "give me the name": who wrote this has none. */
static gboolean is_wanted(const GPtrArray *words, guint i)
{
    static const char verbs[] = "give share send pass forward provide";
    gboolean is_order =
        is_list_at(verbs, words, i) && (i == 0 || (i == 1 && is_list_at("please kindly and then also now", words, 0)) ||
                                        (i == 2 && is_list_at("please", words, 1)));
    gboolean is_need = i > 0 && is_list_at("need", words, i) && is_list_at("i we they", words, i - 1);
    guint next = i + (is_list_at("the me us", words, i + 1) ? 2 : 1);
    next += is_list_at("the", words, next) ? 1 : 0;
    return (is_order || is_need) && is_value(words, next);
}

/* "there are two hubs", "we have several of these". */
static gboolean is_counted(const GPtrArray *words, guint i)
{
    gboolean is_there = is_list_at("there", words, i) && is_list_at("is are s re", words, i + 1);
    gboolean is_had = is_list_at("we i you", words, i) && is_list_at("have ve", words, i + 1);
    return (is_there || is_had) && is_list_at("two three four five several few second third", words, i + 2);
}

/* What such sentences have in other languages, in any order: a word of the first list and one of the second, beside a
 * value. */
static const struct {
    const char *first;
    const char *second;
    gboolean is_next;  /* it stands right behind the first, or behind an article */
    gboolean is_place; /* where values are taken from, or entered */
} claims[] = {
    {"wir ich", "brauchen brauche benötigen benötige müssen muss", FALSE, FALSE},
    {"sende senden schicke schicken teilen teile gib geben", "uns mir", FALSE, FALSE},
    {"wählen wähle wählst", "namen name", FALSE, FALSE},
    {"für", "unser unsere unseren unserem kollegen kollegin kollege partner mandanten team", TRUE, FALSE},
    {"im in aus", "anhang anleitung ticket dokument nachricht", TRUE, FALSE},
    {"finden findet findest liegen stehen", "portal ticket anhang", FALSE, FALSE},
    {"du", "portail document ticket", TRUE, FALSE},
    {"besoin", "nous j je", FALSE, FALSE},
    {"transmettre envoyer communiquer donner fournir", "nous me moi", FALSE, FALSE},
    {"choisir choisissez", "nom", FALSE, FALSE},
    {"pour", "notre nos équipe partenaire collègue collègues", TRUE, FALSE},
    {"dans", "joint jointe document ticket message", TRUE, FALSE},
    {"para", "nuestro nuestra equipo socio", TRUE, FALSE},
    {"en", "adjunto documento ticket mensaje", TRUE, FALSE},
    {"elegir elija escoger", "nombre", FALSE, FALSE},
    {"per", "nostro nostra team partner", TRUE, FALSE},
    {"in", "allegato documento ticket messaggio", TRUE, FALSE},
    {"scegliere scegli scelto", "nome", FALSE, FALSE},
    {"voor", "ons onze team partner collega", TRUE, FALSE},
    {"nodig", "we wij ik", FALSE, FALSE},
    {"in", "bijlage document ticket bericht", TRUE, FALSE},
    {"kiezen kies", "naam", FALSE, FALSE},
    {"necesitamos necesito servono", "", FALSE, FALSE},
    {"du dans au sur", "portail ticket courriel", TRUE, TRUE},
    {"en", "pièce annexe", TRUE, TRUE},
    {"del en", "portal ticket correo", TRUE, TRUE},
    {"del dal nel sul", "portale ticket", TRUE, TRUE},
    {"uit in op", "portaal ticket", TRUE, TRUE},
    {"de", "portal", TRUE, TRUE},
    {"från i ur", "portalen ärendet bilagan", TRUE, TRUE},
    {"fra i", "portalen sagen bilaget", TRUE, TRUE},
    {"do no", "portal", TRUE, TRUE},
    {"w z", "portalu", TRUE, TRUE},
    {"aus", "portal", TRUE, TRUE},
};

/* "veuillez saisir ces valeurs dans le portail": what the reader is to do with them. */
static gboolean is_of_entering(const GPtrArray *words)
{
    static const char entering[] =
        "saisir saisissez saisis entrer entrez renseigner renseignez coller collez copier copiez reporter indiquer ces "
        "introduzca introducir introduce ingrese ingresar pegue pegar copie copiar rellene estos estas "
        "inserire inserisca inserite inserisci incollare incolli incollate copiare compilare questi queste "
        "vul vult voer invoeren invullen plak plakken kopieer deze ange anger klistra fyll skriv dessa mata "
        "indtast indsæt indsætte udfyld disse insira inserir cole colar preencha preencher estes "
        "wpisać wpisz wkleić wklej wprowadzić wprowadź te "
        "eintragen eingeben einfügen tragen geben fügen kopieren diese";
    for (guint i = 0; i < words->len; i++)
        if (is_list_at(entering, words, i))
            return TRUE;
    return FALSE;
}

static gboolean has_claim(const GPtrArray *words, gsize k)
{
    gboolean has_second = *claims[k].second == '\0';
    if (claims[k].is_place && is_of_entering(words))
        return FALSE;
    for (guint i = 0; i < words->len && !claims[k].is_next; i++)
        has_second |= is_list_at(claims[k].second, words, i);
    for (guint i = 0; i < words->len; i++)
        if (is_list_at(claims[k].first, words, i) &&
            (has_second || (claims[k].is_next && (is_list_at(claims[k].second, words, i + 1) ||
                                                  is_list_at(claims[k].second, words, i + 2)))))
            return TRUE;
    return FALSE;
}

/* "your region will follow": another one's values do. */
static gboolean is_to_come(const GPtrArray *words, guint i)
{
    static const char others[] =
        "region tenant environment own rest others ones name names values value hub id company country";
    gboolean will_come = is_list_at("will ll", words, i) && is_list_at("follow come arrive be", words, i + 1);
    gboolean is_yours = i > 1 && is_list_at("your", words, i - 2) &&
                        !is_list_at("invitation invoice contract offer quote order licence", words, i - 1);
    return i > 0 && will_come && (is_yours || is_list_at(others, words, i - 1));
}

/* "For your office in Lyon", "for them": whom it is for, and no more. */
static gboolean is_for_whom(const GPtrArray *words)
{
    enum { SHORT = 5 };
    static const char fine[] =
        "information reference convenience records review attention fyi export portal ease copying "
        "easy questions help any more further the streaming step";
    return words->len > 1 && words->len <= SHORT && is_list_at("for", words, 0) && !is_list_at(fine, words, 1) &&
           !is_list_at(fine, words, 2) && !is_list_at(fine, words, 3) && !is_list_at("read", words, 1) &&
           !is_list_at("read", words, words->len - 1);
}

gboolean words_claim(const GPtrArray *words, gboolean is_question)
{
    if (is_for_whom(words))
        return TRUE;
    gboolean is_of_value = has_value(words);
    if (is_question && is_of_value && !is_request(words) && !is_label(words))
        return TRUE;
    for (gsize k = 0; k < G_N_ELEMENTS(claims) && is_of_value; k++)
        if (has_claim(words, k))
            return TRUE;
    for (guint i = 0; i < words->len; i++)
        if (is_anothers(words, i) || (is_of_value && is_elsewhere(words, i)) || is_wanted(words, i) ||
            is_counted(words, i) || is_to_come(words, i))
            return TRUE;
    return FALSE;
}
