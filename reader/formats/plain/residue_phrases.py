"""The phrases that tell residue of a page: regular expressions, one a line, ``#`` for a comment.

Each is to match a whole line, whatever its case. ``UNIT`` stands for a unit of time.
"""

from __future__ import annotations

PHRASES = r"""
# advertisements
adverti[sz]e?ments?
advertising
ad
ads
sponsored(?: content| by .{1,40})?
promoted(?: content)?
paid (?:post|content)
(?:story|article) continues (?:below|after)(?: (?:this|the))?(?: (?:advertisement|ad|promotion))?
continue reading(?: .{1,40})?
after newsletter promotion
scroll to continue.*
skip (?:ad|advert|past .{1,40})
anzeige
werbung
publicité
annonce
publicidad
anuncio
pub
# sharing and following
share(?: this(?: (?:article|story|page|post|via .{1,20}))?| (?:on|via) \w+| full article)?
share (?:link|save)
save(?: (?:article|this|for later|share))?
copy link(?: to .*)?
link copied!?
about sharing
print(?: this| article)?
e-?mail(?: this| article)?
gift (?:this )?article
bookmark
listen(?: to (?:this )?(?:article|story))?
follow (?:us|me)(?: (?:on|at) .{1,60})?
follow .{1,30} on (?:twitter|x|facebook|instagram|bluesky|youtube|whatsapp|google news).*
join the conversation
like us on \w+
teilen
artikel (?:teilen|drucken|merken|anhören)
merken
drucken
folgen sie uns(?: auf .{1,40})?
partager(?: (?:l['’]article|cet article|sur \w+))?
imprimer
suivez-nous(?: sur .{1,40})?
écouter(?: l['’]article)?
ajouter à vos favoris
compartir(?: en \w+)?
imprimir
guardar
síguenos(?: en .{1,40})?
escuchar(?: la noticia)?
# for screen readers; the page's furniture
skip to (?:main )?(?:content|navigation|search|footer|.{1,30})
jump to (?:content|navigation|comments)
accessibility (?:help|links)
(?:\(?opens? in (?:a )?new (?:window|tab)\)?|external(?: link)?|\(external\))
image (?:caption|source|gallery|copyright)(?:,? .*)?
media caption(?:,? .*)?
figure caption,? .*
(?:getty|file|stock) (?:images?|photo|picture)s?
video caption.*
(?:play|watch|expand|view|enlarge)(?: (?:video|image|in fullscreen|gallery|now))
fullscreen
toggle (?:caption|navigation|menu)
hide caption
view image in full ?screen
end of (?:image gallery|content|article|page|most read|recommendations?|promotion)
back to top
go to (?:homepage|top)
(?:main |site )?(?:menu|navigation)
home ?page
search
close
sign in
log ?in
sign out
register
subscribe(?: (?:now|today|here))?!?
loading\W*
show more
see more
load more.*
next article
previous article
zum inhalt(?: springen)?
zur (?:startseite|navigation)
öffnet in (?:einem )?neue[mn] (?:fenster|tab)
zum seitenanfang
nach oben
mehr anzeigen
anmelden
bild vergrößern
bildunterschrift
aller au contenu(?: principal)?
ouvre dans (?:une nouvelle fenêtre|un nouvel onglet)
haut de page
se connecter
légende(?: de l['’]image)?
(?:ir|saltar) al contenido(?: principal)?
se abre en (?:una nueva ventana|una nueva pestaña)
volver arriba
iniciar sesión
pie de foto
# newsletters, subscriptions, cookies
sign up (?:for|to|here).*
subscribe (?:to|for) .*
(?:get|join) (?:our|the|my) .{0,60}(?:newsletter|inbox|app|briefing|updates).*
.{0,60}\bnewsletters?(?: sign-?up| promotion)?
enter your e-?mail(?: address)?
e-?mail address
(?:we|this (?:web)?site) uses? cookies.*
accept (?:all )?(?:cookies)?
reject all
cookie (?:policy|settings|preferences|consent)
manage (?:cookies|preferences|consent)
privacy (?:policy|notice|settings)
terms (?:of (?:use|service)|and conditions)
all rights reserved
(?:©|copyright|\(c\)) .*
(?:unseren? |den )?newsletter (?:abonnieren|bestellen|anmelden)
(?:jetzt )?abonnieren
alle cookies akzeptieren
cookies? akzeptieren
datenschutz(?:erklärung)?
impressum
s['’](?:abonner|inscrire)(?: .{1,60})?
(?:recevez|inscrivez-vous à) .*newsletter.*
abonnez-vous.*
réservé (?:à nos|aux) abonnés
article réservé .*
accepter (?:et fermer|les cookies|tout)
mentions légales
tout (?:accepter|refuser)
suscr[ií]b(?:ete|irse|ase)(?: .{1,60})?
(?:recibe|apúntate a) .*(?:newsletter|boletín).*
aceptar(?: (?:cookies|todo|y cerrar))?
política de (?:cookies|privacidad)
aviso legal
# comments
(?:\d[\d,.]*|no|view|read|show|leave a|add a|join the|all)? ?comments?(?: ?\(?\d[\d,.]*\)?)?
\d[\d,.]*k? (?:shares?|likes?|views?|replies)
comments (?:are )?(?:closed|off)
(?:\d+|keine?) kommentare?
kommentare?(?: (?:lesen|schreiben|anzeigen))?
(?:\d+ )?commentaires?
réagir
(?:\d+ )?comentarios?
comentar
# times
(?:last )?(?:updated|published|posted|modified):? (?:\d+|an?|one) ?UNIT ago(?:[ ,|·•-]+.*)?
(?:\d+|an?|one) ?UNIT ago(?:[ ,|·•-]+.{1,40})?
just now
(?:last )?(?:updated|modified|published|posted)(?: on| at)?:? .{0,20}\d.{0,40}
first published on .{1,40}
\d+[ -]min(?:ute)?s?(?: read)?
(?:reading time|read time):? .{1,20}
\d+ minutes? read
vor (?:\d+|einer|einem) (?:sekunden?|minuten?|stunden?|tage?n?|wochen?|monat(?:en)?)
stand: .{0,20}\d.{0,30}
(?:aktualisiert|veröffentlicht)(?: am)?:? .{0,20}\d.{0,30}
lesezeit:? .{1,20}
il y a \d+ (?:secondes?|minutes?|min|heures?|h|jours?)
(?:publié|mis à jour|modifié) (?:le|à|il y a) .{1,50}
temps de lecture.{0,20}
lecture \d+ min
hace (?:\d+|una?) (?:segundos?|minutos?|horas?|días?)
(?:publicado|actualizado)(?: el| a las|:)? .{1,50}
tiempo de lectura.{0,20}
# labels
breaking(?: news)?
exclusive
live(?: updates)?
premium
subscriber[- ]only
analysis (?:&|and) opinion
"""
"""Lines that are residue by themselves."""

LINK_LABELS = r"""
related(?: (?:topics?|stor(?:y|ies)|articles?|(?:internet )?links?|content|coverage|reading|tags?))?
more (?:on|about|from) (?:this|the)(?: \w+){1,3}
more stories
more like this
more (?:top )?news
most (?:read|viewed|popular|shared|recent)
trending(?: now)?
top stories
latest (?:news|stories)
you (?:may|might) (?:also )?(?:like|be interested in)
recommended(?: for you| stories)?
read (?:more|next|also)
see also
also (?:in the news|on this site)
editor['’]s (?:picks?|choice)
explore more
popular (?:now|stories)
around the web
from our (?:partners|sponsors)
up next
topics
tags
mehr (?:zum thema|dazu|aus .{1,30})
zum thema
lesen sie (?:auch|mehr(?: dazu)?|dazu auch)
auch interessant
meistgelesen
weitere (?:artikel|meldungen|themen)
verwandte (?:artikel|themen)
themen
schlagwörter
(?:à )?lire (?:aussi|également|plus)
à lire
sur le même (?:sujet|thème)
les plus lus
voir aussi
pour aller plus loin
lea? (?:también|más)
leer más
te puede interesar
más (?:información|noticias|sobre .{1,30})
lo más leído
noticias relacionadas
temas relacionados
ver también
"""
"""Labels above, or before, links to other articles."""

SINGLE_LINK_LABELS = r"""
related(?: (?:story|article|link))?
read (?:more|next|also)
see also
lesen sie .*
(?:mehr )?(?:dazu|zum thema)
auch interessant
(?:à )?lire.*
voir aussi
(?:lea?|leer) .*
te puede interesar
ver también
"""
"""Those of them that often stand above a single link, in the middle of an article."""

SERVICES = r"""
share
tweet
e-?mail
print
copy link
facebook
twitter
whatsapp
linkedin
reddit
bluesky
mastodon
telegram
pinterest
x
messenger
pocket
flipboard
"""
"""What share buttons are called."""

AGENCIES = r"""
Getty(?: Images)?
AFP
AP
EPA
PA(?: Media| Wire)?
Reuters
Alamy
Shutterstock
Rex(?: Features)?
Bloomberg
Magnum
iStock(?:photo)?
dpa
picture[- ]alliance
imago(?: images)?
KNA
epd
ddp
Anadolu
AA
EFE
Europa Press
Xinhua
Zuma(?: Press)?
NurPhoto
SIPA
MAXPPP
Hans Lucas
ANSA
Keystone
TASS
SOPA
"""
"""Agencies that pictures are credited to."""

_SECTIONS = """
news politics business world uk us europe africa asia americas opinion analysis comment sport
sports tech technology science health culture arts entertainment environment climate economy
money education travel style life lifestyle books food media explainer feature features
investigation interview review obituary editorial local national region
politik wirtschaft kultur wissen gesellschaft panorama ausland inland meinung kommentar
politique monde économie société idées international planète
política economía sociedad internacional cultura opinión
"""
SECTIONS = frozenset(_SECTIONS.split())
"""Names of a paper's sections, as they stand alone above a title; in lower case."""
