"""How English reports speech."""

from __future__ import annotations

from reader.core.speech.languages.english_verbs import finite_and_participles
from reader.core.speech.lexicon import Lexicon, words

_REPORTING = """
    say tell add write argue explain announce warn insist respond declare tweet continue
    acknowledge admit allege assert concede conclude confirm contend deny maintain mention observe
    predict recall remark reveal stress suggest testify complain lament quip shout yell exclaim
    emphasize emphasise reiterate believe assure caution disclose elaborate express fume gush
    inform interject marvel proclaim pronounce recount ruminate scoff sneer theorize theorise
    thunder whisper boast brag deadpan opine agree summarize summarise relay advise apologize
    apologise affirm clarify chide speculate blog text ask reason snap plead reply
"""
"""Verbs that report speech wherever they are finite."""

_AMBIGUOUS = """
    post report comment state note claim joke urge worry wonder cry demand crack chant counter
    answer promise pledge bark crow rail muse hint protest vow repeat retort echo shoot remember
    laugh sigh chuckle smile nod shrug fire grin growl mutter murmur scream bellow gasp groan
    question
"""
"""Verbs with forms that are nouns, or that mean other things."""

_DESCRIBING = """
    call dub label describe characterize characterise refer accuse blame criticize criticise
    praise denounce condemn blast slam mock cite think feel read deride dismiss decry hail
    ridicule tout threaten lash bash trash ding defend encourage insult invoke insist bemoan
    portray liken compare thank discuss lambast lambaste assail rebuke reject admonish mouth sing
    deem consider urge concur scrawl compliment commend applaud credit question hope attack speak
    talk brand rip vent list propose welcome dispute rail rate rank term point offer challenge
    order sign bill quote caption signal voice paint wish address hint threaten order explain
    entitle
"""
"""Verbs whose object may be a few quoted words."""

_SPEECH, _SPEAKING = finite_and_participles(_REPORTING)
_NEARBY, _NEARBY_PARTICIPLES = finite_and_participles(_AMBIGUOUS)
_DESCRIBES, _DESCRIBING_PARTICIPLES = finite_and_participles(_DESCRIBING)

_NOUNS = words(
    """snort sniff giggle beam beams wail sob hiss croak drawl roar squeak stutter whine chirp
    grumble boom booms boomed laugh sigh chuckle smile nod shrug fire fires grin growl mutter
    murmur scream gasp groan post report comment state joke worry reason cry demand crack chant
    snap counter answer promise pledge bark crow rail muse hint protest vow repeat retort echo
    reply shot shots shoot label labels credit question questions hope hopes attack attacks talk
    talks brand brands rip list lists rate rates rank ranks term terms text blog blogs texts
    dispute disputes compliment compliments threat sung point points offer offers challenge
    challenges order orders sign signs bill bills quote quotes caption captions signal signals
    voice voices paint wish wishes address addresses"""
)
"""Forms that are nouns more often than verbs."""

_ALWAYS = words(
    """remembered laughed sighed chuckled muttered murmured screamed questioned snorted sniffed
    giggled beamed wailed sobbed hissed croaked drawled roared stuttered whined chirped grumbled
    snorts sniffs giggles grumbles stated noted claimed joked urged worried wondered reported
    commented answered promised pledged mused hinted protested vowed repeated retorted echoed
    replied cracked countered"""
)
"""Past forms of ambiguous verbs, which are no nouns."""

LEXICON = Lexicon(
    code="en",
    speech=(_SPEECH | (_NEARBY & _ALWAYS)) - _NOUNS,
    nearby=(_NEARBY - _ALWAYS - _NOUNS) | words("post snaps replies reasons texted blogged"),
    describing=(_DESCRIBES - _NOUNS) | words("referred referring vented"),
    participles=(_SPEAKING | _NEARBY_PARTICIPLES | _DESCRIBING_PARTICIPLES)
    - words(
        """feeling reading painting meeting hearing considering listing rating shooting ordering
        signing billing wishing"""
    ),
    infinitives=words(_REPORTING) | words(_AMBIGUOUS) | words(_DESCRIBING),
    thoughts=words(
        """think thinks thought believe believes believed feel feels felt hope hopes hoped agree
        agrees agreed consider considers considered wonder wonders wondered worry worries worried"""
    ),
    outer=words(
        "said says told added argued insisted warned declared wrote claimed explained noted stated"
    ),
    asides=words(
        """has have had is are was were be been being also later then now once recently repeatedly
        previously never often not still only simply even just first finally again further went
        on to did do does will would could should may might must can since already himself
        herself themselves itself both all always instead too ’d 'd"""
    ),
    pronouns={
        "he": "m",
        "she": "f",
        "they": "p",
        "it": "n",
        "we": "p",
        "i": "x",
        "you": "x",
    },
    possessives=words("his her their its my our your"),
    gendered={"he": "m", "his": "m", "him": "m", "himself": "m"}
    | {"she": "f", "her": "f", "hers": "f", "herself": "f"},
    relatives=words("who which that"),
    determiners=words(
        """the a an his her their its one another some many several this that these those two three
        four five both each every our my no other most critics supporters officials aides sources
        experts analysts researchers police prosecutors lawyers reporters voters lawmakers others
        people"""
    ),
    articles=words("the a an his its their my our your no every such"),
    oblique=words("in at on of from to for with by after during against about before than like"),
    addressing=words(
        "tell tells told inform informs informed assure assures assured remind reminded"
    ),
    utterances=words(
        """response reply answer statement message tweet post letter email comment comments remark
        remarks question verdict words conclusion warning"""
    ),
    prepositions=words("of at from for with in on"),
    breaks=words(
        """in on at during after who of to that as from for when while by with about and but is was
        has late last this earlier before if because than or then into against over through where
        were are had are been"""
    ),
    sources=frozenset({("according", "to"), ("in", "the", "words", "of")}),
    starters=words(
        """First Second Third The A An In On At But And Or If It He She They We I You This That
        These Those His Her Their Its My Our Your When While As For From With By To Of After
        Before Since Although Though Because So Then There Here Now Yet Not No Yes What Who Why
        How Where Which Still Even Also Meanwhile However According Both Many Some Most Several
        One Two Three Four Five Another Other Others All Each Every Just Only Once Later Last
        Next Earlier Asked During Despite Like Over Under About Among Between Instead Speaking
        Such Well Let Do Does Did Is Are Was Were Has Have Had Can Could Will Would Should May
        Might Must Never Perhaps Maybe Indeed Moreover Further Recently Finally Again Today
        Yesterday Tomorrow Tonight Nevertheless Nonetheless Afterwards Afterward Eventually
        Ultimately Clearly Privately Publicly Until Unlike Through Throughout Monday Tuesday
        Wednesday Thursday Friday Saturday Sunday January February March April May June July
        August September October November December Added Asking Being Having More Much Few Little
        Nearly Almost Around"""
    ),
    openers=words(
        """In On At During After Before As While When Despite Following Since If Because Though
        Although Asked Later Earlier Last Under With From For By Among Amid Even Like Unlike
        Until Throughout Over Besides Instead Through"""
    ),
    titles=words(
        """President Vice Mr. Mrs. Ms. Dr. Mr Mrs Ms Dr Miss Sen. Sens. Rep. Reps. Gov. Senator
        Representative Governor Secretary Judge Justice Mayor Gen. General Col. Colonel Lt.
        Lieutenant Maj. Major Capt. Captain Sgt. Sergeant Prof. Professor Sir Lord Lady Dame
        Prime Minister Chancellor King Queen Prince Princess Pope Rev. Reverend Father Sister
        Chairman Chairwoman Chair Speaker Congressman Congresswoman Ambassador Director Chief
        Sheriff Officer Attorney Detective Inspector Superintendent Constable Premier Democrat
        Republican Commissioner Councillor Councilman Councilwoman Councilor Host Bishop
        Archbishop Rabbi Imam Coach Manager Deputy Doctor Nurse Engineer Harbourmaster Magistrate
        Mx Mx. Cllr Baroness Baron Count Countess Admiral Commander Spokesman Spokeswoman
        Spokesperson Foreign Former Acting Presidential Democratic Sheik Sheikh GOP State House
        Senate Campaign Press Executive Editor Author Activist"""
    ),
    masculine=words(
        """Mr. Mr Sir Lord Congressman King Prince Pope Father Chairman Councilman Spokesman Baron
        Count man father husband brother son uncle grandfather boy businessman spokesman actor
        king"""
    ),
    feminine=words(
        """Mrs. Ms. Mrs Ms Miss Congresswoman Lady Dame Queen Princess Chairwoman Councilwoman
        Sister Spokeswoman Baroness Countess woman mother wife sister daughter aunt grandmother
        girl businesswoman spokeswoman actress queen widow"""
    ),
    particles=words("de van von bin al der la del di da du le ten ter ibn el dos"),
    organisations=words(
        """University Department Party Committee Times Post House Court Administration Campaign
        Council Inc. Corp. Agency Ministry Bank Institute Association Journal News Foundation
        Center Centre Group Office Senate Congress Commission Union Company Bureau Service CNN
        MSNBC NBC ABC CBS AP Reuters Politico Fox Press Network Poll Daily Street Breitbart
        Twitter Facebook Today Herald Tribune Beast Hill Examiner Caller Pentagon Kremlin Ltd
        Ltd. Courier Gazette Authority Trust Society League Club Board County City State States
        School College Hospital Church Act Republicans Democrats Republican Democratic Americans"""
    ),
    offices=words(
        """president senator governor candidate nominee billionaire businessman mogul congressman
        lawmaker leader secretary judge mayor minister author actor actress frontrunner
        front-runner chairman chairwoman chair director professor doctor spokesman spokeswoman
        spokesperson official chief executive manager coach captain striker keeper goalkeeper
        defender winger economist scientist researcher historian analyst lawyer barrister witness
        inspector officer engineer teacher farmer widow priest bishop poet writer artist singer
        harbourmaster"""
    ),
    people=words("people sources police witnesses residents neighbours neighbors"),
    works=words(
        """book film movie song album show series podcast memoir novel play program programme essay
        column magazine documentary slogan hat cap caps hats sign signs banner banners shirt
        shirts placard placards poem painting chapter headline headlines exhibition titled
        entitled"""
    ),
    naming=words("so-called called titled entitled nicknamed named hashtag headlined billed"),
    passive=words("was were been be being is are"),
    agents=words("by"),
    conjunctions=words("and but or then also as"),
    adverb_ending="ly",
    past_ending="ed",
    participle_ending="ing",
    infinitive_mark="to",
    subordinators=words("when as while after although though because since if once before"),
    modals=words("will would should could can might must may"),
    idioms=frozenset({("put", "it"), ("puts", "it"), ("has", "it"), ("had", "it")}),
    headings=words(
        """text quote quotation note headline caption title example source translation original
        summary excerpt extract update correction lead lede intro introduction passage sentence
        claim fact verdict subject motto slogan sign label transcript context background version
        draft print online today yesterday result evidence"""
    ),
    pointers=words("that those this these so thus"),
    actions=words("began went shot put kept ran chimed"),
    days=words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    function_words=words("the and of to in that it was he she for with on as by at his her but"),
)
