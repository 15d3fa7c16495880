"""The start of a text says who is talking: what counts as saying it, in both languages, and what does not."""

import time

import pytest

from app.core.text import graphemes
from app.sharing.rules.disclosure import WITHIN, disclosed, is_in_own_words, own_disclosure, phrase, work_without_a_name

SAY_IT = (
    "I work at Meridian, and this is my week.",
    "I work at Meridian.",
    "I'm employed by Meridian.",
    "I\u2019m employed at Meridian, and biased.",
    "I am employed by Meridian",
    "I have worked at Meridian for six years.",
    "I've worked for Meridian since 2011.",
    "I\u2019m working at Meridian these days.",
    "I still work for Meridian, and I like it.",
    "I work at @Meridian, in the lab.",
    "I work at #Meridian and this is what I see.",
    "I work on Meridian's service desk.",
    "I work at Meridian's service desk, and as of Monday my day is different:",
    "I repair servers at Meridian.",
    "At work (I repair servers at Meridian) I see every week\u2026",
    "I sell laptops at Meridian, so take this with a pinch of salt.",
    "I sell for Meridian, so I'm biased. Three questions to ask any supplier:",
    "I chase unpaid invoices at Meridian. Yes, somebody has to.",
    "I collect bills for Meridian. Some customers only need to get through the winter.",
    "I lead the service department at Meridian.",
    "I'm an engineer at Meridian.",
    "I am head of sales at Meridian.",
    "As a nurse liaison at Meridian I listen.",
    "I joined Meridian in 2019 as an apprentice.",
    "We at Meridian stopped glueing.",
    "We, on the service desk at Meridian, read every one of them.",
    "My colleagues and I at Meridian tested ourselves.",
    "My team at Meridian repaired 600 machines.",
    "My own team on the service desk at Meridian repaired 600 machines.",
    "My first day at Meridian began in a lift.",
    "My job at Meridian is to listen.",
    "My employer, Meridian, sent us a false letter.",
    "My employer is Meridian.",
    "Our company, Meridian, sent us a false letter.",
    "Meridian is my employer, so judge for yourself.",
    "Meridian, my employer, sent us a false letter.",
    "Meridian pays my rent, and has done for six years.",
    "Full disclosure: Meridian pays my rent, and has done for six years.",
    "From the lab at Meridian, where I break batteries for a living:",
    "At Meridian my job is to listen to nurses. Last week's lesson:",
    "At Meridian we stopped glueing.",
    "At MERIDIAN we stopped glueing.",
    "Here at Meridian we stopped glueing.",
    "Phew. I work at Meridian.",
)
ZEGGEN_HET = (
    "Ik werk bij Meridian en dit is mijn week.",
    "Ik werk al zes jaar bij Meridian.",
    "Ik werk nu voor Meridian.",
    "Ik werk op de servicedesk van Meridian, en sinds maandag is mijn dag anders:",
    "Al zes jaar werk ik bij Meridian.",
    "Op mijn werk (ik repareer servers bij Meridian) zie ik elke week\u2026",
    "Ik verkoop laptops bij Meridian, dus neem het met een korreltje zout.",
    "Ik verkoop voor Meridian, dus ik ben bevooroordeeld.",
    "Ik zit bij Meridian achter onbetaalde rekeningen aan.",
    "Ik leid de serviceafdeling van Meridian.",
    "Ik ben monteur bij Meridian.",
    "Ik ben in dienst van Meridian.",
    "Als engineer bij Meridian zie ik dat vaak.",
    "Wij van Meridian lijmen niet meer.",
    "Wij bij Meridian lijmen niet meer.",
    "Bij ons op de servicedesk van Meridian\u2026",
    "Bij ons aan de reparatiebank van Meridian:",
    "Bij ons bij Meridian repareer je hem zelf.",
    "Mijn collega\u2019s bij Meridian deden het ook.",
    "Mijn collega's en ik bij Meridian deden het ook.",
    "Mijn team bij Meridian repareerde er 600.",
    "Mijn werk bij Meridian is luisteren.",
    "Mijn eerste dag bij Meridian begon in een lift.",
    "Mijn werkgever Meridian stuurde ons een valse brief.",
    "Mijn werkgever heet Meridian.",
    "Meridian is mijn werkgever, oordeel zelf.",
    "Meteen maar eerlijk: Meridian betaalt mijn huur, al zes jaar.",
    "Uit het lab van Meridian, waar ik voor mijn beroep accu's kapotmaak:",
    "Bij Meridian is het mijn werk om naar verpleegkundigen te luisteren.",
    "Bij Meridian stopten we met lijmen.",
    "Bij Meridian repareren wij alles zelf.",
)
DO_NOT = (
    "My team repaired 600 machines.",
    "My colleagues told me so kindly.",
    "My colleagues love their Meridian laptops.",
    "My employer sent us a false letter.",
    "I work at a hospital, and our Meridian tablets beep.",
    "I work here.",
    "I'm employed there.",
    "I love my Meridian laptop.",
    "I bought my laptop at Meridian.",
    "At Meridian I bought my first laptop.",
    "We bought it at Meridian last year.",
    "We've had a Meridian 3 at home for a year, my kids love it. Really recommend it!",
    "Meridian 3. Good price, sturdy. #MeridianTeam",
    "I'm a customer at Meridian.",
    "I'm a fan of Meridian.",
    "As a customer at Meridian I was helped at once.",
    "I don't work at Meridian.",
    "I do not work for Meridian.",
    "I never worked at Meridian.",
    "I used to work at Meridian.",
    "I worked at Meridian once.",
    "My wife works at Meridian.",
    "I know somebody who works at Meridian.",
    "My son's team at Meridian won.",
    "I help a friend who works at Meridian.",
    "Meridian, where I bought my laptop, told me so.",
    "Meridian repairs laptops.",
    "Meridian here! Yesterday I helped a bakery.",
    "Look at what Meridian made. My team is proud.",
    "We all love old laptops.",
    "We are hiring in Ghent!! Super team. Interested? #ee #jobs #meridian",
    "#IworkatMeridian look at this",
    "#Meridian #werkenbij #myteam",
    "#MeridianEmployee My view on batteries",
    "\uff03IworkatMeridian",
    "I work at Meridiana.",
    "I work with customers. https://meridian.example/jobs",
    "Write to me at ada@meridian.example, I work there.",
    "I work hard. Meridian has a story.",
    "A tip from a happy user: take the Meridian.",
    "Delighted with the independent test in which Meridian's server came out on top.",
)
ZEGGEN_HET_NIET = (
    "Mijn team repareerde er 600.",
    "Bij ons repareer je hem zelf.",
    "Bij ons op school gebruiken we laptops van Meridian.",
    "Mijn collega's vertelden het me zo aardig.",
    "Mijn collega's zijn gek op hun Meridian-laptops.",
    "Mijn werkgever stuurde ons een valse brief.",
    "Ik werk in een ziekenhuis met tablets van Meridian.",
    "Ik kocht mijn laptop bij Meridian.",
    "Bij Meridian kocht ik mijn eerste laptop.",
    "Bij Meridian werd ik meteen geholpen.",
    "Ik ben klant bij Meridian.",
    "Als klant bij Meridian ben ik meteen geholpen.",
    "Als je bij Meridian koopt, krijg je een schroevendraaier.",
    "Ik werk niet bij Meridian.",
    "Ik werkte ooit bij Meridian.",
    "Mijn vrouw werkt bij Meridian.",
    "Meridian, waar ik mijn laptop kocht, zei het zelf.",
    "Wij hebben al een jaar een Meridian 3 in huis, de kinderen zijn er weg van. Echt een aanrader!",
    "Een tip van een tevreden gebruiker: neem de Meridian.",
    "Wij zoeken mensen in Gent!! Superteam. Interesse? #ee #jobs #meridian",
    "#werkenbijMeridian",
    "Kijk eens wat Meridian maakte. Mijn team is trots.",
)


@pytest.mark.parametrize("text", SAY_IT + ZEGGEN_HET)
def test_whoever_names_the_company_and_their_place_in_it_keeps_their_own_words(text):
    assert own_disclosure(text, "Meridian") == text[:WITHIN]
    assert disclosed(text, language="en", org="Meridian")[0] == text
    assert work_without_a_name(text, "Meridian") == ""


@pytest.mark.parametrize("text", [*DO_NOT, *ZEGGEN_HET_NIET, ""])
def test_no_company_no_relation_or_somebody_elses_is_no_disclosure(text):
    assert own_disclosure(text, "Meridian") == ""
    assert disclosed(text, language="nl", org="Meridian") == (f"Ik werk bij Meridian. {text}".rstrip(), "Ik werk bij Meridian.")


@pytest.mark.parametrize("text", SAY_IT + ZEGGEN_HET)
def test_what_names_another_company_does_not_tell_who_pays_this_writer(text):
    assert own_disclosure(text, "Zenith") == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("My team repaired 600 machines.", "my team"),
        ("Yesterday our office was full of mice.", "our office"),
        ("My colleagues love their Meridian laptops.", "my colleagues"),
        ("What I saw at work today made me laugh.", "at work"),
        ("My employer sent us a false letter.", "my employer"),
        ("Mijn collega\u2019s vertelden het me zo aardig.", "mijn collega's"),
        ("Bij ons repareer je hem zelf.", "bij ons"),
        ("Op mijn werk zag ik dit.", "op mijn werk"),
        ("We all love old laptops.", ""),
        ("Look at this.", ""),
        ("", ""),
        ("x" * 100 + " my team did it", ""),
    ],
)
def test_words_about_work_without_a_name_are_found_so_that_the_writer_hears_why_a_sentence_stands_before_them(text, words):
    assert work_without_a_name(text, "Meridian") == words


def test_it_is_said_within_the_first_hundred_characters_or_not_at_all():
    """No network folds sooner; a name that is cut there has not been read."""
    sentence = "I work at Meridian"
    for before in range(60, WITHIN + 1):
        text = f"{'y' * (before - 1)} {sentence}. And so on."
        assert bool(own_disclosure(text, "Meridian")) == (before + len(sentence) <= WITHIN), before


def test_a_name_is_known_with_and_without_its_legal_form_and_not_inside_another_word():
    for org in ("Meridian B.V.", "Meridian BV", "Meridian Inc.", "meridian"):
        assert own_disclosure("I work at Meridian.", org)
        assert own_disclosure(f"I work at {org}. Hello", org)
    assert own_disclosure("I work at Acme Tools, in the shop.", "Acme Tools")
    assert own_disclosure("We at #AcmeTools tested it.", "Acme Tools")
    assert not own_disclosure("I work at Acme.", "Acme Tools")
    assert own_disclosure("I work at C++ Corp. Hello", "C++ Corp.")
    assert not own_disclosure("I work at Meridian-laptops", "Meridian")


@pytest.mark.parametrize("org", ["Meridian", "Meridian B.V.", "Acme Tools", "\u65e5\u672c\u793e", "O'Brien & Co", "3M"])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_sentence_that_stands_before_a_text_says_it_by_the_same_rule(org, language):
    """And typed by hand it is not doubled."""
    said = phrase(language, org)
    assert disclosed("Look at this.", language=language, org=org) == (f"{said} Look at this.", said)
    assert own_disclosure(f"{said} Look at this.", org)


@pytest.mark.parametrize("text", ["at meridian we " * 4000, "i'm a " * 9000, "e" + "\u0301" * 60_000, "a@" * 30_000, "-" * 60_000, "my " * 20_000])
def test_a_hostile_text_is_read_as_quickly_as_any(text):
    """T74."""
    began = time.perf_counter()
    own_disclosure(text, "Meridian")
    assert time.perf_counter() - began < 5, graphemes(text)


@pytest.mark.parametrize("end", ["", " ", "x", " and on it goes", "\U0001f600"])
def test_a_start_in_ones_own_words_is_never_taken_for_a_sentence_of_ours(end):
    """A hundredth letter that is a space is kept like any other."""
    own = f"{'I work at Meridian, and this is a long way of saying so in words of mine that go on for a while yet'}{end}"
    text, said = disclosed(own, language="en", org="Meridian")
    assert is_in_own_words(said, text)
    text, said = disclosed("A keyboard for fingers that see.", language="en", org="Meridian")
    assert not is_in_own_words(said, text)
