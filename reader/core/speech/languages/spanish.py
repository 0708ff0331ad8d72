"""How Spanish reports speech."""

from __future__ import annotations

from reader.core.speech.lexicon import Lexicon, words

_REPORTING = words(
    """dijo dice decía dijeron dicho afirmó afirma afirmado explicó explica explicado añadió añade
    añadido aseguró asegura asegurado declaró declara declarado señaló señala señalado contó
    cuenta contado respondió responde respondido preguntó pregunta escribió escribe escrito
    recordó recuerda insistió insiste admitió admite reconoció reconoce advirtió advierte
    denunció denuncia criticó critica anunció anuncia confirmó confirma comentó comenta concluyó
    concluye sostuvo sostiene lamentó lamenta subrayó subraya gritó grita susurró susurra replicó
    replica manifestó manifiesta indicó indica precisó precisa apuntó apunta opinó opina tuiteó
    prometió exclamó"""
)

LEXICON = Lexicon(
    code="es",
    speech=_REPORTING,
    nearby=words("cree creía piensa pensaba espera ríe rió sonríe sonrió"),
    describing=words(
        """llamó llama calificó califica describió describe tachó tacha definió define consideró
        considera acusó acusa"""
    ),
    participles=words("diciendo añadiendo afirmando explicando asegurando recordando calificando"),
    infinitives=words("decir afirmar explicar añadir responder denunciar"),
    thoughts=words("cree creía piensa pensaba espera"),
    outer=words("dijo dice afirmó explicó añadió aseguró declaró escribió"),
    asides=words(
        """ha han había habían es son fue fueron era también luego después aún ya nunca no se le les
        lo ayer hoy siempre todavía"""
    ),
    pronouns={"él": "m", "ella": "f", "ellos": "p", "ellas": "p", "nosotros": "p", "yo": "x"},
    possessives=words("su sus nuestro nuestra mi mis"),
    gendered={"él": "m", "ella": "f"},
    relatives=words("quien que"),
    determiners=words(
        """el la los las un una unos unas varios varias algunos algunas muchos muchas dos tres su
        sus este esta estos estas"""
    ),
    articles=words("el la los las un una unos unas su sus este esta"),
    oblique=words("a de en por para con contra ante hacia desde tras sobre del al según"),
    addressing=frozenset(),
    utterances=words(
        "respuesta declaración carta mensaje comunicado comentario palabras conclusión"
    ),
    prepositions=words("de del en para con a"),
    breaks=words(
        """a de en por para con contra ante hacia desde tras sobre del al y e pero que cuando como
        si o porque es era fue ha han ayer hoy"""
    ),
    sources=frozenset({("según",), ("de", "acuerdo", "con")}),
    starters=words(
        """El La Los Las Un Una Unos Unas A De En Por Para Con Contra Ante Hacia Desde Tras Sobre
        Del Al Según Y E Pero O Él Ella Ellos Ellas Yo Nosotros Su Sus Nuestro Nuestra Mi Este
        Esta Estos Estas Esto Eso Que Quien Cuando Como Si Donde Porque No Sí Ya También Luego
        Después Entonces Ayer Hoy Mañana Ahora Aún Todavía Varios Algunos Muchos Todos Dos Tres
        Lunes Martes Miércoles Jueves Viernes Sábado Domingo Es Era Hay"""
    ),
    openers=words("En A Por Para Con Desde Tras Según Cuando Si Durante Después Ante"),
    titles=words(
        """Sr. Sra. Srta. Dr. Dra. Don Doña Presidente Presidenta Ministro Ministra Alcalde
        Alcaldesa Profesor Profesora Director Directora Juez Jueza General"""
    ),
    masculine=words("Sr. Dr. Don Presidente Ministro Alcalde Profesor Director"),
    feminine=words("Sra. Srta. Dra. Doña Presidenta Ministra Alcaldesa Profesora Directora Jueza"),
    particles=words("de del la las los y"),
    organisations=words(
        """Universidad Partido Ministerio Sociedad Banco Instituto Agencia Comisión Consejo Congreso
        Senado Unión Asociación Federación Tribunal Ayuntamiento Diario"""
    ),
    offices=words(
        """presidente presidenta ministro ministra alcalde alcaldesa portavoz director directora
        profesor profesora juez jueza abogado abogada entrenador entrenadora"""
    ),
    people=words("vecinos testigos"),
    works=words("película libro novela canción álbum serie obra titulado titulada lema pancarta"),
    naming=words("llamado llamada titulado titulada apodado apodada supuesto supuesta"),
    passive=words("fue fueron es era sido"),
    agents=words("por"),
    conjunctions=words("y e pero o"),
    headings=words(
        """texto cita nota título pie ejemplo fuente traducción original resumen extracto
        corrección entradilla introducción frase hecho lema versión"""
    ),
    function_words=words("el la los las de que y en un una por con no se para del al su es"),
)
