"""Hearing an emergency in what a patient writes.

The signs are those that the danger messages answer with 911: trouble breathing or swallowing or a
swollen face after an injection (boxed warning of the botulinum toxins), a stroke (BE FAST), a
sudden terrible headache, fever with a stiff neck, illness after a blow to the head, a sudden spasm
of the whole body; and words about suicide. Hearing too much costs the patient one more page;
hearing too little may cost a life.
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
HEADACHE = r"hea?d ?a(ch|k)es?"
BLOW = (
    r"((hit(ting)?|bang(ed|ing)|bump(ed|ing)|blow to)( \w+)? head|head (injury|trauma)|concussion)"
)
ILL = rf"(vomit\w*|thr(ow(s|ing)?|ew) up|confus\w+|{HEADACHE})"
NECK = r"(stiff neck|neck( \w+){0,3} stiff)"
HABLAR = r"hablar(?! (ingles|espanol|en ingles|por telefono)\b)"
GOLPE = r"golpe\w*( \w+){0,3} cabeza"
MAL = r"(vomit\w*|confus\w+|confund\w+|dolor de cabeza)"
CUELLO = r"(cuello( \w+){0,2} (rigid|ties|dur)\w+|rigidez (de|del|en el) cuello)"
DE_REPENTE = r"(de repente|de pronto|repentin\w+|subit\w+)"
# A few words between two that belong together.
SOME = r"(\W+\w+){0,6}?\W+"
# Accents are folded away before these are looked for; apostrophes of every kind become one.
ENGLISH = [
    r"(can ?no?t|can't|cant|cannot|couldn'?t|(un|not )able to|hardly|barely|tr(ou|u|o)ble|hard(er)? to"
    rf"|dif+icult\w*|struggl\w+( to)?)( \w+){{0,2}} ({BREATHE}|{SWALLOW}|{TALK})",
    rf"(short(ness)? of|out of) {BREATHE}|gasping",
    r"chok(e|ing)",
    r"(face|mouth|smile|eye) (is |has |that is )?(suddenly )?(droop\w*|sagg\w*)",
    r"droop\w* (face|mouth|smile)",
    r"slurr(ed|ing)",
    r"sudden\w*( [\w']+){0,3}"
    rf" (weak\w*|numb\w*|confus\w*|blind\w*|double|vision|sight|balance|{HEADACHE})",
    r"sudden\w*( \w+){0,2} (can't|cant|can ?not|couldn't) see",
    rf"(weak\w*|numb\w*|confus\w*|balance|{HEADACHE})( \w+){{0,3}} sudden\w*",
    rf"sudden\w*{SOME}(spasm|cramp)\w*{SOME}(body|medicine|medication|drug|pills?)\b",
    r"(arm|leg|face|side) (just |has )?(went|gone) (numb|weak|limp)",
    r"words (come|came|are coming) out (wrong|strange|mixed)",
    rf"(lost (my |his |her )?(vision|sight)(?! of)|(went|gone) blind){LONG_AGO}",
    r"(can't|cant|cannot|can not) (move|feel) (my|his|her|their|one) (?!neck|head|jaw|shoulder)",
    rf"(worst|terrible|thunderclap) {HEADACHE}|worst migraine of (my|his|her) life",
    rf"{HEADACHE}{SOME}(weak\w*|numb\w*|confus\w+|faint\w*)",
    rf"fever{SOME}{NECK}|{NECK}{SOME}fever",
    rf"{BLOW}{LONG_AGO}{SOME}{ILL}|{ILL}{SOME}{BLOW}{LONG_AGO}",
    r"(one|1) pupil|pupils? (is|are|looks?)( \w+)? (bigger|larger|uneven)",
    r"(can't|cant|can ?not|couldn'?t) (wake (him|her|them|my)|be (woken|wakened))",
    r"(?<!\bi )(won'?t|will not|doesn'?t|does not|can't|cant|can ?not) wake up",
    rf"(having|had|maybe|think)( \w+){{0,4}} strokes?+{LONG_AGO}|stroke (right )?now",
    r"chest (pain|hurts|pressure)|(pain|pressure) in (my|his|her|the) chest|heart attack"
    + LONG_AGO,
    r"(pass(ed|ing) out|faint(ed|ing)|unconscious|not waking)",
    r"(s(ei|ie)zure (right |just )?now|having (a s(ei|ie)zure|convulsions)|convulsing)",
    r"(face|throat|tongue|lips) (is |are |feels? |has )?(closing|swell\w*|swollen)",
    r"(swollen|swelling (of|in|on)( \w+)?) (face|throat|tongue|lips)",
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
    r"se (me|le) (cae|cayo|torcio|fue|viro) (\w+ )?(cara|boca|rostro)",
    r"(arrastra\w*|trab\w+) (las palabras|la lengua)|lengua trabada",
    r"(debilidad|adormecimiento|entumecimiento|confusion) (repentin\w+|de repente|subit\w+)",
    rf"{DE_REPENTE}( \w+){{0,3}}"
    r" (debil\w*|dorm\w+|durm\w+|siento|ve|veo|vista|equilibrio|dolor de cabeza)",
    rf"((dorm|durm)\w+|vista|equilibrio|dol(or|io|ia) (de|la) cabeza)( \w+){{0,3}} {DE_REPENTE}",
    r"dolor de cabeza( \w+){0,3} (terrible|insoportable)|peor (dolor de cabeza|migrana de (mi|su))",
    rf"dolor de cabeza{SOME}(debil\w*|adormec\w+|confus\w+|desmay\w+)",
    rf"espasmo\w*( \w+){{0,3}} {DE_REPENTE}|{DE_REPENTE}{SOME}espasmo",
    r"espasmo\w* (repentin\w+ )?(de|en) todo el cuerpo",
    r"se (me|le) durmio (la |el |un |una )?(cara|brazo|pierna|lado)",
    r"no (me|le) salen( bien)? las palabras|(habla|palabras)( \w+)? enred\w+",
    rf"perdi(o)? (la )?(vista|vision){LONG_AGO}|no veo( nada)? (de|con|por) un ojo",
    rf"fiebre{SOME}{CUELLO}|{CUELLO}{SOME}fiebre",
    rf"{GOLPE}{LONG_AGO}{SOME}{MAL}|{MAL}{SOME}{GOLPE}{LONG_AGO}",
    r"una pupila|pupilas( \w+){0,2} (distintas|desiguales)",
    r"no (se )?despierta\b|no (puedo|podemos|logro|logramos) despertar(l[aeo]s?\b| a\b)",
    r"(derrame|infarto|embolia|ataque (cerebral|al corazon))( cerebral\b)?+" + LONG_AGO,
    r"(dolor|presion) (de|en el) pecho|(me|le) duele( mucho)? el pecho",
    r"(se )?(desmay\w+|inconsciente)|convulsiona\w*",
    r"((me|le) (dio|esta dando|da)|teniendo) (una )?convulsi\w+",
    r"(cara|garganta|lengua|labios) (se )?(me )?(cierra|hinchad\w+|hincha)",
    r"se (me|le) (cierra|cerro|hincha\w*|hincho) (la|los) (cara|garganta|lengua|labios)",
    r"hinchazon (de|en) (la|los) (cara|garganta|lengua|labios)|reaccion alergica|anafila\w+",
    r"(matarme|me quiero matar|suicid\w+|quitarme la vida|quiero morir|no quiero vivir|hacerme dano)",
    r"sobredosis|tom(e|o) demasiad\w+ pastillas",
    r"(?<!no es una )(?<!contacto de )emergencia|ambulancia",
]
SIGNS = re.compile("|".join(rf"\b(?:{sign})" for sign in [*ENGLISH, *SPANISH]))
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´`", "'"))


def sounds_like_an_emergency(*texts):
    """Does one of these texts, in English or Spanish, tell of something that cannot wait?"""
    return any(SIGNS.search(folded(text.translate(APOSTROPHES))) for text in texts)
