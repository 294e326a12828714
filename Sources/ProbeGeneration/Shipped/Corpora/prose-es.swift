// Written by Probes/embed.py from Corpora/prose-es/text.txt. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let corpusProseEs = ##"""
El tren de las siete llegó con dos horas de retraso y con una banda de música en el último vagón.
Nadie supo explicar quién la había invitado ni hacia dónde viajaba con tantos instrumentos.
Tocaron en el andén hasta que la máquina estuvo lista para seguir su camino.
El jefe de estación, que era un hombre serio, anotó el concierto en el libro de averías.
Desde entonces los vecinos esperan los retrasos con cierta ilusión.

En la casa de mi abuela había un reloj que solo funcionaba cuando alguien lo miraba.
De noche se detenía, y por la mañana había que preguntarle la hora a la radio.
Mi abuelo quiso repararlo muchas veces, pero ella decía que cada uno descansa como puede.
Cuando vendieron la casa, el nuevo dueño lo colgó en el pasillo, donde nadie lo mira.
Allí siguen siendo las cuatro y diez de una tarde de verano.

Para llegar al faro hay que cruzar una playa que desaparece dos veces al día.
Los pescadores conocen el momento exacto por el color del agua junto a las rocas.
El farero vive solo con una gata gris y con una biblioteca de libros sobre el desierto.
Dice que se echa de menos lo que nunca se ha visto mucho más que lo que se ha perdido.

El mercado empieza antes de que salga el sol, cuando todavía no se distinguen los colores de la fruta.
Los primeros clientes compran con las manos, tocando cada naranja como si fuera una moneda.
A las nueve llegan los que miran, y a mediodía los que discuten el precio.
Por la tarde solo quedan las hojas, los gatos y un hombre que barre sin prisa.

"""##
}
