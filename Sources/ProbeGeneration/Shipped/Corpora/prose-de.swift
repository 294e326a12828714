// Written by Probes/embed.py from Corpora/prose-de/text.txt. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let corpusProseDe = ##"""
Die alte Brücke wurde im Herbst gesperrt, weil man unter dem dritten Bogen einen Riss gefunden hatte.
Seitdem gehen die Kinder über den Bahndamm zur Schule, obwohl es ihnen jeden Morgen verboten wird.
Der Bürgermeister hat versprochen, dass bis zum Frühjahr ein Steg aus Holz gebaut sein soll.
Im Gasthaus glaubt ihm niemand, denn dort weiß man noch genau, wie lange der Brunnen gedauert hat.
Nur die alte Lehrerin meint, dass ein Umweg noch keinem geschadet habe.

Als der Schnee endlich schmolz, kamen im Garten allerlei Dinge wieder zum Vorschein.
Wir fanden zwei Handschuhe, die nicht zusammengehörten, einen Löffel und die Brille meines Onkels.
Er hatte den ganzen Winter ohne sie gelesen und behauptete, die Bücher seien dadurch besser geworden.
Unter der Hecke blühten schon die ersten Krokusse, als hätten sie von all dem nichts bemerkt.
Am Abend saßen wir auf der Bank, tranken den letzten Tee des Winters und sagten lange nichts.

Wer einen Zug verpasst, sollte sich nicht ärgern, sondern den Bahnhof betrachten.
Es gibt dort eine Uhr, die vorgeht, eine Uhr, die nachgeht, und einen Mann, der beide vergleicht.
Auf der Bank neben dem Kiosk schläft ein Hund, der zu keinem der Reisenden gehört.
Die Frau am Schalter kennt alle Fahrpläne auswendig, auch die von vor zwanzig Jahren.
Wenn man sie freundlich fragt, erzählt sie von dem Zug, der einmal rückwärts angekommen ist.

Für den Teig braucht man Mehl, Butter, ein Ei und vor allem kalte Hände.
Man lässt ihn eine Stunde ruhen und räumt in dieser Zeit die Küche wieder auf.
Die Äpfel werden geschält, in Scheiben geschnitten und mit etwas Zitrone vor dem Braunwerden bewahrt.
Zum Schluss streut man Zucker darüber und hofft, dass der Ofen heute einen guten Tag hat.

"""##
}
