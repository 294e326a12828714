// Written by Probes/embed.py from Corpora/notes-en/text.txt. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let corpusNotesEn = ##"""
Thank you for your message about the invoice of last month, which I have now been able to look into.
The difference that you noticed comes from a delivery that was split between two lorries and counted twice.
I have asked the accounts office to send you a corrected copy by the end of the week.
Please do not pay the old one in the meantime, and let me know if anything else looks wrong.

This function reads a file line by line and returns the number of lines that are not empty.
It does not load the whole file into memory, so it can be used on files larger than the machine.
If the file cannot be opened, it returns an error instead of zero, because zero is a valid answer.
A line that holds only spaces counts as empty, which surprises most people exactly once.

The apartment has two rooms, a small kitchen and a balcony that faces the courtyard.
Heating is included in the rent, electricity is not, and the cellar may be used by agreement.
The house is quiet apart from the trams, which stop running shortly after midnight.
Viewings take place on Saturday mornings, and it is best to bring somebody who can measure.

In this release the search box finds words with accents even if they are typed without them.
We fixed a mistake that made the clock run backwards for users east of the date line.
Pages with many pictures now load about twice as fast on a slow connection.
The old export format will be removed in the next version, so please convert your files before then.

The patient reports pain in the left knee that is worse on stairs and better after a rest.
There was no fall, and there is no swelling that can be seen or felt today.
Walking on level ground is possible without trouble for about half an hour.
She was advised to cycle rather than run and to come back in six weeks if nothing has changed.

Start at the church and take the lane between the two stone barns, not the wider road beside them.
After about a kilometre the path divides, and you should keep to the right along the wall.
From the second gate there is a view over the whole lake, with the island in the middle.
The last bus goes back at ten past five, and there is not another one until the morning.

We are looking for somebody who can repair instruments and is willing to talk to the people who broke them.
The workshop is small, the tools are good, and the hours can be arranged around a family.
Experience with pianos would be welcome, but patience matters more to us than a certificate.
Write a few lines about the last thing that you mended, and tell us what you learned from it.

The goods must be stored in a dry place and kept away from direct sunlight.
Do not stack more than four boxes, and never put anything on top of the ones marked with an arrow.
If a seal is broken on arrival, note it on the delivery form before you sign.
Claims that are made later than ten days after delivery can unfortunately not be considered.

"""##
}
