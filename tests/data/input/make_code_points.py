#!/usr/bin/env python3
"""Writes code_points.jsonl: each row and edge of the code point table, at the start, in the middle and at the end of a
valid value of each field, with the verdict that is due. The rules are stated here once more, apart from the program."""
import json
import os
import unicodedata

DANGEROUS = [
    (0x0000, 0x001F), (0x007F, 0x007F), (0x0080, 0x009F), (0x061C, 0x061C), (0x200E, 0x200E), (0x200F, 0x200F),
    (0x202A, 0x202E), (0x2066, 0x2069), (0x200B, 0x200B), (0x200C, 0x200C), (0x200D, 0x200D), (0x2060, 0x2064),
    (0x206A, 0x206F), (0xFEFF, 0xFEFF), (0x00AD, 0x00AD), (0x034F, 0x034F), (0x180B, 0x180F), (0x17B4, 0x17B5),
    (0x115F, 0x1160), (0x3164, 0x3164), (0xFFA0, 0xFFA0), (0x2800, 0x2800), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF),
    (0xE0000, 0xE007F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xFFF9, 0xFFFB), (0xFFFC, 0xFFFC), (0x13430, 0x1345F),
    (0x2028, 0x2029), (0xFDD0, 0xFDEF), (0xFFFE, 0xFFFF), (0x1FFFE, 0x1FFFF), (0x10FFFE, 0x10FFFF), (0xE000, 0xF8FF),
    (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD), (0xFFFD, 0xFFFD),
]
EDGE = [(c, c) for c in (0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000, 0xFEFF, 0x200B)] + [(0x2000, 0x200A)]
QUOTES = [(0x2018, 0x201F), (0x2032, 0x2036), (0x00AB, 0x00AB), (0x00BB, 0x00BB), (0x2039, 0x203A), (0x0060, 0x0060),
          (0x00B4, 0x00B4)]
DASHES = [(0x2010, 0x2015), (0x2212, 0x2212), (0xFE58, 0xFE58), (0xFE63, 0xFE63), (0xFF0D, 0xFF0D)]
FORMS = [(0xFF01, 0xFF5E), (0x2044, 0x2044), (0x2215, 0x2215), (0x29F8, 0x29F8), (0x2024, 0x2024), (0x3002, 0x3002),
         (0xFF0E, 0xFF0E), (0xFF61, 0xFF61), (0xFE52, 0xFE52)]
HOMOGLYPHS = [0x0430, 0x0435, 0x043E, 0x0440, 0x0441, 0x0445, 0x0456, 0x03BF, 0x0391, 0x0410, 0x0415, 0x041E]
FOREIGN = [0x00E9, 0x00FC, 0x4E2D, 0x0416, 0x1F642]

GUID = "0a1b2c3d-4e5f-6789-abcd-ef0123456789"
HUB_ID = f"/subscriptions/{GUID}/resourceGroups/mdr-prod/providers/Microsoft.EventHub/namespaces/mdr-eh-ns01"
# field: valid value, place in the middle, whether any script may stand there, whether it is a name
FIELDS = {
    "event-hub-id": (HUB_ID, len(HUB_ID) - 4, False, False),
    "event-hub-name": ("telemetry01", 4, False, False),
    "upn": ("reviewer@contoso.com", 4, False, False),
    "guid": (GUID, 20, False, False),
    "company": ("ContosoWorld", 7, True, True),
    "email": ("contact@contoso.com", 4, False, False),
    "domain": ("contoso.com", 4, False, False),
    "group-name": ("RedCanary", 3, True, True),
    "mail-nickname": ("RedCanary", 3, False, False),
    "resource-group": ("mdrprod", 3, True, False),
    "tenant": ("contoso.com", 4, False, False),
}
WHOLE_TABLE = ("event-hub-id", "event-hub-name", "upn", "guid", "company")


def is_in(spans, c):
    return any(a <= c <= b for a, b in spans)


def is_special(c):
    every = DANGEROUS + EDGE + QUOTES + DASHES + FORMS
    return is_in(every, c) or c & 0xFFFE == 0xFFFE or 0xD800 <= c <= 0xDFFF


def edges(spans):
    return [c for a, b in spans for c in sorted({a, b})]


def neighbours(spans):
    out = []
    for a, b in spans:
        for c in (a - 1, b + 1):
            if 0xA0 < c <= 0x10FFFF and not is_special(c) and c not in HOMOGLYPHS:
                out.append(c)
    return sorted(set(out))


def code_points(field):
    rows = edges(DANGEROUS) + edges(EDGE) + edges(QUOTES) + edges(DASHES) + edges(FORMS)
    if field not in WHOLE_TABLE:
        rows = [a for a, _ in DANGEROUS + EDGE + QUOTES + DASHES + FORMS]
        return sorted(set(rows + HOMOGLYPHS[:4] + FOREIGN))
    return sorted(set(rows + HOMOGLYPHS + FOREIGN + neighbours(DANGEROUS + QUOTES + DASHES + FORMS)))


def expect_space(c, where, value, at, is_name):
    """White space at an end, or inside."""
    if where != "middle":
        return dict(problem="outer-space", value=value)
    if c in (0x200B, 0xFEFF):
        return dict(problem="invisible", value=value)
    if is_name and c == 0x20:
        return None
    problem = "line-break" if c in (0x0A, 0x0D) else "inner-space"
    return dict(problem=problem, value=value[:at] + " " + value[at:] if is_name else value)


def expect(field, c, where, value, at):
    """What has to be found; None if the value is valid as it is."""
    _, _, any_script, is_name = FIELDS[field]
    if is_in(EDGE, c):
        return expect_space(c, where, value, at, is_name)
    if is_in(DANGEROUS, c) or c & 0xFFFE == 0xFFFE:
        return dict(problem="invisible", value=None if c == 0xFFFD else value)
    if is_name:
        return None
    if is_in(QUOTES, c):
        # A quote round the value is taken off; inside, some fields have a plain one to put there instead.
        return dict(problem="lookalike", value=value) if where != "middle" else dict(problem="lookalike")
    if is_in(DASHES, c) or is_in(FORMS, c) or c in HOMOGLYPHS:
        return dict(problem="lookalike")
    if any_script and unicodedata.category(chr(c))[0] in "LN":
        return None
    return dict(problem="not-allowed", value=None)


def cases():
    for field, (value, middle, _, _) in FIELDS.items():
        for c in code_points(field):
            for where, at in (("start", 0), ("middle", middle), ("end", len(value))):
                text = value[:at] + chr(c) + value[at:]
                wanted = expect(field, c, where, value, at)
                case = dict(field=field, where=where, input=text, valid=wanted is None)
                if wanted is None:
                    case["value"] = text
                else:
                    case.update(wanted, offset=at, length=1, codePoint=f"U+{c:04X}")
                yield case


# A NUL cannot be written into a JSON string of these files; "codePoint" U+0000 stands for it and "input" has a space.
def encodable(case):
    if case.get("codePoint") == "U+0000":
        case["input"] = case["input"].replace("\0", " ")
    return case


if __name__ == "__main__":
    name = os.path.join(os.path.dirname(os.path.abspath(__file__)), "code_points.jsonl")
    with open(name, "w", encoding="utf-8") as out:
        for case in cases():
            out.write(json.dumps(encodable(case)) + "\n")
