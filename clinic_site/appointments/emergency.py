"""Hearing an emergency in what a patient writes.

The signs are those of the danger messages: trouble breathing or swallowing after an injection
(boxed warning of the botulinum toxins), a stroke (FAST), a sudden terrible headache, and words
about suicide. Hearing too much costs the patient one more page; hearing too little may cost a life.
"""

import re

from clinic_site.appointments.folding import folded

# What is long over is part of many patients' history here.
LONG_AGO = (
    r"(?! (\w+ ){0,4}?(in (19|20)\d\d|(years?|months?) ago|last year|long ago)\b)"
    r"(?! (\w+ ){0,4}?(en (19|20)\d\d|hace (\w+ ){1,2}(anos|meses)|el ano pasado)\b)"
)
BREATHE, SWALLOW = r"br(ea|ee|e)th\w*", r"sw[ao]l+[ao]?w\w*"
TALK = r"(speak|talk)\w*+(?! (english|on the phone|by phone|over the phone|in english)\b)"
HABLAR = r"hablar(?! (ingles|espanol|en ingles|por telefono)\b)"
# Accents are folded away before these are looked for; apostrophes of every kind become one.
ENGLISH = [
    r"(can ?no?t|can't|cant|cannot|couldn'?t|(un|not )able to|hardly|barely|tr(ou|u|o)ble|hard(er)? to"
    rf"|dif+icult\w*|struggl\w+( to)?)( \w+){{0,2}} ({BREATHE}|{SWALLOW}|{TALK})",
    rf"(short(ness)? of|out of) {BREATHE}|gasping",
    r"chok(e|ing)",
    r"(face|mouth|smile|eye) (is |has |that is )?(suddenly )?(droop\w*|sagg\w*)",
    r"droop\w* (face|mouth|smile)",
    r"slurr(ed|ing)",
    r"sudden\w*( \w+){0,3} (weak\w*|numb\w*|confus\w*|blind\w*|double|vision|headache)",
    r"(weak\w*|numb\w*|confus\w*)( \w+){0,2} sudden\w*",
    r"(can't|cant|cannot|can not) (move|feel) (my|his|her|their|one) (?!neck|head|jaw|shoulder)",
    r"(worst|terrible|thunderclap) headache",
    rf"(having|had|maybe|think)( \w+){{0,4}} strokes?+{LONG_AGO}|stroke (right )?now",
    r"chest (pain|hurts|pressure)|(pain|pressure) in (my|his|her|the) chest|heart attack"
    + LONG_AGO,
    r"(pass(ed|ing) out|faint(ed|ing)|unconscious|not waking)",
    r"(s(ei|ie)zure (right )?now|having a s(ei|ie)zure)",
    r"(throat|tongue|lips) (is |are |feels? )?(closing|swelling|swollen)|swollen (tongue|throat)",
    r"allergic reaction|anaphyla\w+",
    r"(kill|hurt|harm) (myself|himself|herself|themselves)|suicid\w*|end (my life|it all)",
    r"want to die|(don'?t|do not) want to (live|be alive)|better off dead",
    r"overdos\w+|took too many",
    r"911\b|(?<!not an )emergency(?! contact)|ambulance",
]
SPANISH = [
    r"(no (puedo|puede|pude|logro|logra)|apenas( puedo| puede)?)( casi| ni)?"
    rf" (r+e[sz]pir\w+|tra[gj](ar|o|a)|{HABLAR}|mover)",
    rf"(me|le) (cuesta|falta)( \w+){{0,2}} (r+e[sz]pirar|tra[gj]ar|{HABLAR}|aire|aliento)",
    rf"(dificultad(es)?|problemas?|trabajo) (para|al|de) (r+e[sz]pirar|tra[gj]ar|{HABLAR})",
    r"(falta de (aire|aliento)|sin aire|me ahogo|se ahoga|ahogando|atragant\w+)",
    r"(cara|boca|rostro|sonrisa) (se )?(me |le )?(esta )?(caid\w+|cae|cayo|torcid\w+|colgad\w+)",
    r"se (me|le) (cae|cayo|torcio) (\w+ )?(cara|boca|rostro)",
    r"(arrastra\w*|trab\w+) (las palabras|la lengua)|lengua trabada",
    r"(debilidad|adormecimiento|entumecimiento|confusion) (repentin\w+|de repente|subit\w+)",
    r"(de repente|repentin\w+|subit\w+)( \w+){0,3}"
    r" (debil\w*|dorm\w+|durm\w+|siento|veo|dolor de cabeza)",
    r"(dorm|durm)\w+( \w+){0,3} de repente",
    r"dolor de cabeza( \w+){0,3} (repentin\w+|subit\w+|terrible|insoportable)|peor dolor de cabeza",
    r"(derrame|infarto|embolia|ataque (cerebral|al corazon))( cerebral\b)?+" + LONG_AGO,
    r"(dolor|presion) (de|en el) pecho|(me|le) duele( mucho)? el pecho",
    r"(se )?(desmay\w+|inconsciente)|convulsiona\w*",
    r"(garganta|lengua) (se )?(me )?(cierra|hinchad\w+|hincha)|reaccion alergica|anafila\w+",
    r"se (me|le) (cierra|cerro|hincha|hincho) la (garganta|lengua)",
    r"(matarme|suicid\w+|quitarme la vida|quiero morir|no quiero vivir|hacerme dano)",
    r"sobredosis|tom(e|o) demasiad\w+ pastillas",
    r"(?<!no es una )(?<!contacto de )emergencia|ambulancia",
]
SIGNS = re.compile("|".join(rf"\b(?:{sign})" for sign in [*ENGLISH, *SPANISH]))
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´`", "'"))


def sounds_like_an_emergency(*texts):
    """Does one of these texts, in English or Spanish, tell of something that cannot wait?"""
    return any(SIGNS.search(folded(text.translate(APOSTROPHES))) for text in texts)
