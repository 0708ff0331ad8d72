"""How French reports speech."""

from __future__ import annotations

from itertools import product

from reader.core.speech.lexicon import Lexicon, words

_REPORTING = words(
    """dit disait déclaré déclare déclarait affirmé affirme affirmait expliqué explique expliquait
    ajouté ajoute ajoutait estimé estime estimait répondu répond répondait raconté raconte
    racontait précisé précise précisait assuré assure assurait écrit écrivait souligné souligne
    soulignait confié confie lancé lance insisté insiste rappelé rappelle regretté regrette
    dénoncé dénonce prévenu prévient annoncé annonce admis admet reconnu reconnaît conclu conclut
    indiqué indique demandé demande murmuré murmure crié crie s'exclame s’exclame s'inquiète
    s’inquiète soupire soupiré résume résumé note observe poursuit poursuivi reprend reprit
    glisse glissé martèle témoigne tweeté"""
)
_INVERTED = words(
    """dit déclare affirme explique ajoute estime répond raconte précise assure écrit souligne
    confie lance insiste rappelle regrette prévient annonce conclut indique demande murmure crie
    soupire résume poursuit reprend glisse sourit rit ironise plaisante souffle tranche lâche
    martèle soutient reconnaît admet"""
)
_CLITICS = frozenset(
    f"{verb}-{link}{pronoun}"
    for verb, link, pronoun in product(_INVERTED, ("", "t-"), ("il", "elle", "on", "ils", "elles"))
) | words("a-t-il a-t-elle ont-ils ont-elles")

LEXICON = Lexicon(
    code="fr",
    speech=_REPORTING,
    nearby=words("pense croit juge jugé espère rit sourit"),
    describing=words(
        "qualifie qualifié appelle appelé décrit surnommé traite traité évoque évoqué"
    ),
    participles=words(
        """disant ajoutant expliquant affirmant précisant déclarant estimant rappelant soulignant
        qualifiant assurant dénonçant"""
    ),
    infinitives=words("dire affirmer expliquer ajouter répondre demander dénoncer"),
    thoughts=words("pense croit espère"),
    outer=words("dit déclaré affirmé expliqué ajouté écrit estime assure"),
    asides=words(
        """a ont avait avaient est sont était étaient aussi ensuite alors encore déjà jamais ne n'a
        n’a lui leur y en hier toujours notamment se"""
    ),
    pronouns={"il": "m", "elle": "f", "ils": "p", "elles": "p", "on": "x", "je": "x", "nous": "p"},
    possessives=words("son sa ses leur leurs notre nos votre mon ma mes"),
    gendered={"il": "m", "elle": "f"},
    relatives=words("qui"),
    determiners=words(
        """le la les l' l’ un une des l'un l’un plusieurs certains certaines deux trois son sa ses
        leur leurs notre nos ce cette ces"""
    ),
    articles=words("le la les l' l’ un une des son sa ses leur leurs ce cette ces"),
    oblique=words(
        "à de dans en sur par pour avec contre chez vers après avant du des au aux depuis"
    ),
    addressing=frozenset(),
    utterances=words("réponse déclaration lettre message communiqué commentaire mots conclusion"),
    prepositions=words("de du des à au aux en dans pour avec"),
    breaks=words(
        """à de dans en sur par pour avec contre chez vers après avant du des au aux depuis et mais
        que qui quand comme si ou car est était a ont lors hier"""
    ),
    sources=frozenset({("selon",), ("d'", "après"), ("d’", "après")}),
    starters=words(
        """Le La Les Un Une Des Du De À A Au Aux En Dans Sur Par Pour Avec Contre Chez Vers Après
        Avant Et Mais Ou Donc Car Il Elle Ils Elles On Je Nous Vous Ce Cette Ces Cela Ça Son Sa
        Ses Leur Leurs Notre Nos Mon Ma Mes Quand Comme Si Que Qui Où Pourquoi Selon Depuis
        Pendant Lors Hier Aujourd'hui Aujourd’hui Demain Alors Ensuite Puis Enfin Plusieurs
        Certains Tous Toutes Deux Trois Lundi Mardi Mercredi Jeudi Vendredi Samedi Dimanche Pas
        Non Oui C'est C’est"""
    ),
    openers=words("Dans En À Au Aux Après Avant Lors Pendant Depuis Selon Avec Pour Sur Quand Si"),
    titles=words(
        """M. Mme Mlle Dr Me Monsieur Madame Président Présidente Ministre Maire Docteur Professeur
        Professeure Général Directeur Directrice"""
    ),
    masculine=words("M. Monsieur Président Directeur"),
    feminine=words("Mme Mlle Madame Présidente Directrice Professeure"),
    particles=words("de du des le la d' van von"),
    organisations=words(
        """Université Parti Ministère Société Banque Institut Agence Commission Conseil Assemblée
        Sénat Union Association Fédération Tribunal Cour Courrier Journal"""
    ),
    offices=words(
        """président présidente ministre maire directeur directrice porte-parole professeur
        professeure juge avocat avocate procureur procureure entraîneur ingénieur ingénieure"""
    ),
    people=words("habitants témoins"),
    works=words("film livre roman chanson album série pièce intitulé intitulée slogan pancarte"),
    naming=words("soi-disant intitulé intitulée surnommé surnommée dit-on"),
    passive=words("été est était sont étaient"),
    agents=words("par"),
    conjunctions=words("et mais ou puis"),
    function_words=words("le la les de des et est en un une que qui dans pour pas il elle du"),
    clitics=_CLITICS,
    headings=words(
        """texte citation note titre légende exemple source traduction original résumé extrait
        correction chapeau introduction phrase fait devise version"""
    ),
    has_elisions=True,
)
