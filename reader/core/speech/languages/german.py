"""How German reports speech."""

from __future__ import annotations

from reader.core.speech.lexicon import Lexicon, words

_REPORTING = words(
    """sagt sagte sagten sagen erklärt erklärte erklärten meint meinte meinten betont betonte
    schreibt schrieb schrieben erzählt erzählte erzählten berichtet berichtete berichteten
    antwortet antwortete fragt fragte fragten ruft rief riefen ergänzt ergänzte fügt fügte warnt
    warnte warnten kündigt kündigte behauptet behauptete behaupteten versichert versicherte
    fordert forderte forderten kritisiert kritisierte lobt lobte klagt klagte verteidigt
    verteidigte bestätigt bestätigte bekräftigt bekräftigte urteilt urteilte erwidert erwiderte
    entgegnet entgegnete twittert twitterte teilt teilte flüstert flüsterte murmelt murmelte
    bemerkt bemerkte erinnert erinnerte gibt gab räumt räumte wundert wunderte freut freute
    sprach spricht mahnt mahnte zitiert zitierte heißt hieß"""
)

LEXICON = Lexicon(
    code="de",
    speech=_REPORTING,
    nearby=words("glaubt glaubte findet fand hofft hoffte lacht lachte seufzt seufzte"),
    describing=words(
        """nennt nannte nannten bezeichnet bezeichnete beschreibt beschrieb verurteilt verurteilte
        spottet spottete"""
    ),
    participles=frozenset(),
    infinitives=frozenset(),
    thoughts=words("glaubt glaubte hofft hoffte"),
    outer=words("sagt sagte erklärt erklärte schreibt schrieb meint meinte betont betonte"),
    asides=words(
        """hat haben hatte hatten ist sind war waren wird werden wurde würde auch dann noch nun
        jetzt bereits später zuletzt immer wieder sich dazu darauf dabei schon nur erst heute
        gestern am gegenüber dem der dazu weiter"""
    )
    - words("dem der"),
    pronouns={"er": "m", "sie": "f", "es": "n", "wir": "p", "ich": "x"},
    possessives=words("sein seine seiner ihr ihre ihrer unser unsere mein meine"),
    gendered={"er": "m", "ihm": "m", "ihn": "m", "sein": "m", "seine": "m", "seiner": "m"},
    relatives=words("dass"),
    determiners=words(
        """der die das den dem des ein eine einer eines einem einen viele einige mehrere manche
        beide alle zwei drei sein seine ihr ihre unser unsere dieser diese"""
    ),
    articles=words("der die das den dem des ein eine einer eines einem einen sein seine ihr ihre"),
    oblique=words("in an auf von aus zu für mit bei nach während gegen über vor zum zur im am vom"),
    addressing=frozenset(),
    utterances=words("antwort erklärung mitteilung brief kommentar worte fazit warnung"),
    prepositions=words("von aus bei für mit in im am vom"),
    breaks=words(
        """in an auf von aus zu für mit bei nach während gegen über vor zum zur im am vom und aber
        dass als wie wenn weil denn oder ist war hat nicht sich heute gestern später noch dazu
        dem den wurde wird"""
    ),
    sources=frozenset({("laut",), ("so",), ("zufolge",)}),
    starters=words(
        """Der Die Das Den Dem Des Ein Eine Einer Eines Und Aber Oder Er Sie Es Wir Ich In Im An Am
        Auf Von Vom Aus Zu Zum Zur Für Mit Bei Beim Nach Während Gegen Über Vor Doch Auch Dann Da
        Dort Hier Heute Gestern Morgen Jetzt Nun So Wie Wer Was Wo Warum Wenn Weil Als Ob Nicht
        Kein Keine Ja Nein Viele Einige Mehrere Manche Alle Seit Später Zuletzt Laut Trotz Nur
        Noch Schon Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Januar Februar
        März April Mai Juni Juli August September Oktober November Dezember Seine Ihre Unsere
        Dieser Diese Dieses Man"""
    ),
    openers=words("In Im An Am Auf Nach Während Seit Bei Beim Vor Trotz Mit Als Wenn Laut"),
    titles=words(
        """Herr Frau Hr. Fr. Dr. Dr Prof. Professor Professorin Präsident Präsidentin Minister
        Ministerin
        Kanzler Kanzlerin Bürgermeister Bürgermeisterin Sprecher Sprecherin Chef Chefin Direktor
        Direktorin Richter Richterin Trainer Trainerin Bischof Kommissar Kommissarin Leiter
        Leiterin Abgeordnete Abgeordneter Vorsitzende Vorsitzender Landrat Landrätin Pfarrer
        Pfarrerin Kapitän Kapitänin Stadträtin Stadtrat Hafenmeister Hafenmeisterin Ingenieur
        Ingenieurin"""
    ),
    masculine=words(
        """Herr Präsident Minister Kanzler Bürgermeister Sprecher Direktor Richter Trainer Bischof
        Leiter Landrat Pfarrer Stadtrat Hafenmeister Ingenieur Professor"""
    ),
    feminine=words(
        """Frau Präsidentin Ministerin Kanzlerin Bürgermeisterin Sprecherin Chefin Direktorin
        Richterin Trainerin Leiterin Landrätin Pfarrerin Stadträtin Hafenmeisterin Ingenieurin
        Professorin"""
    ),
    particles=words("von van de der zu zur vom"),
    organisations=words(
        """Universität Partei Verein Verband Rat Amt Ministerium Gesellschaft Bank Institut Agentur
        Kommission Bund Zeitung Polizei Stadt AG GmbH"""
    ),
    offices=words(
        """präsident präsidentin minister ministerin bürgermeister bürgermeisterin sprecher
        sprecherin direktor direktorin richter richterin trainer trainerin leiter leiterin
        hafenmeister hafenmeisterin ingenieur ingenieurin professor professorin kapitän kapitänin
        kanzler kanzlerin vorsitzende vorsitzender abgeordnete abgeordneter kommissar kommissarin
        anwalt anwältin"""
    ),
    people=words("anwohner zeugen"),
    works=words("film buch roman lied album serie stück aufsatz titel motto schild plakat banner"),
    naming=words("sogenannte sogenannten sogenannter genannt betitelt namens"),
    passive=words("wurde wurden wird werden"),
    agents=words("von"),
    conjunctions=words("und aber oder dann"),
    function_words=words("der die das und ist nicht ein eine zu den mit von dass sich auf für"),
    headings=words(
        """text zitat notiz überschrift bildunterschrift titel beispiel quelle übersetzung original
        zusammenfassung auszug nachtrag korrektur vorspann einleitung satz behauptung fakt motto
        schild fassung entwurf beleg"""
    ),
    pointers=words("das dies so"),
    nouns_have_capitals=True,
)
