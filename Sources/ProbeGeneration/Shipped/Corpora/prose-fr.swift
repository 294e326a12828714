// Written by Probes/embed.py from Corpora/prose-fr/text.txt. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let corpusProseFr = ##"""
Le facteur montait chaque matin jusqu'à la dernière maison, même quand il n'avait rien à y porter.
Il disait que la côte lui faisait du bien et que le chien l'attendait derrière la barrière.
La vieille dame lui offrait un café très fort dans une tasse qui n'avait plus d'anse.
Ils parlaient du temps, des voisins et d'une lettre qui n'était jamais arrivée.
Un jour d'octobre il trouva la porte ouverte, le café prêt et la maison vide.

Quand la rivière déborde, les gens du quartier sortent leurs barques comme d'autres sortent leurs parapluies.
On va chercher le pain à la rame, et le boulanger passe les baguettes par la fenêtre du premier étage.
Les enfants trouvent que l'école devrait toujours se trouver au milieu d'un lac.
Au bout de trois jours l'eau se retire et laisse partout une fine couche de sable gris.
Alors on balaie, on aère, on compte les chaises et l'on découvre parfois celles du voisin.

Pour réussir une bonne soupe, il faut d'abord accepter de ne pas suivre la recette.
On coupe les légumes en morceaux inégaux, afin que chacun garde un peu de son caractère.
Le sel vient à la fin, quand la maison commence à sentir le jardin.
Si quelqu'un frappe à la porte, on ajoute un verre d'eau et une assiette.

Le musée de la ville possède un tableau que personne n'a jamais réussi à accrocher droit.
On a changé les clous, le cadre et même le mur, sans obtenir le moindre résultat.
Le gardien pense que le peintre avait une jambe plus courte que l'autre.
Les visiteurs penchent la tête sans s'en rendre compte et sortent avec une légère douleur au cou.

"""##
}
