// Written by Probes/embed.py from Corpora/prose-en/text.txt. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let corpusProseEn = ##"""
The ferry left the north quay at twenty past six with eleven cars, two bicycles and a crate of seedlings on deck.
Nobody spoke much until the lighthouse came into view, and then everyone began to talk at once about the weather.
The mate, who had made the crossing four thousand times, said that the wind would turn before noon.
It turned at ten, and by the time they reached the sandbar the sea had the colour of slate.
A boy near the rail asked whether the boat could sink, and his aunt told him to eat his sandwich.
The captain slowed the engines, waited for a gap between two long swells, and took the channel at an angle.
On the island side a man in a yellow coat caught the line with one hand and made it fast without looking.
The cars rolled off in the order in which they had come aboard, except for the baker's van, which would not start.
Three passengers pushed it up the ramp, and the baker paid them with the loaves that had been meant for the school.
By evening the story had reached the village hall, where it had grown to seven passengers and a storm.

When the old clockmaker closed his shop he left behind a drawer of springs, each in an envelope with a date.
His niece found them in the spring of the following year and could not tell what the dates meant.
Some lay far in the past, which seemed natural, but a dozen of them had not yet come.
She wrote the nearest one on the kitchen calendar and thought no more about it until the morning arrived.
That day the town clock stopped at a quarter to nine, and the council sent for somebody who could climb the tower.
She took the envelope with her, because it was the only tool that she could think of.
The broken spring in the tower was the same length, the same width and the same dull blue as the one in her hand.
It fitted so well that the clock was running again before the market opened.
She kept the other envelopes in order after that, and she bought a very good ladder.

To repair a leaking tap, first close the valve under the sink and open the tap until no more water comes.
Put a cloth over the drain so that small parts cannot fall into it while you are working.
Loosen the screw beneath the coloured cap, lift off the handle and note which way each part was facing.
The usual cause of a slow drip is a hardened washer at the bottom of the spindle.
Take the old washer to the shop, since sizes that look alike often differ by a millimetre.
Before you put everything back, wipe the seat with a dry cloth and feel for any rough spot.
Tighten the nut only until it stops, then give it no more than a quarter of a turn.
If the tap still drips when the water is back on, the seat itself is worn and has to be ground or replaced.

The first frost of the year came in the night between Thursday and Friday, two weeks earlier than usual.
In the lower garden the dahlias were black by breakfast, but the kale looked better than it had all summer.
We picked the last tomatoes green and laid them in boxes between sheets of newspaper.
A single apple in each box is said to help them ripen, and it does no harm to try.
The hens stayed inside until ten and came out complaining, one behind the other, along the dry edge of the path.
Towards noon the sun reached the roof of the shed, and the ice on the gutter began to tick.
We found the hedgehog under the compost lid, asleep already, and moved the heap somewhere else.
There is always a moment in late autumn when the work seems finished, and it is never true.

The committee met on the second floor because the ground floor was being painted.
Seven members were present, two had sent apologies, and one was known to be on a train.
The minutes of the last meeting were approved after the word "unanimous" had been replaced by "agreed".
The treasurer reported a surplus of four hundred and twelve, most of it from the sale of old chairs.
A proposal to plant lime trees along the station road was discussed at length and referred to the spring.
It was noted that the lamp outside the library has now been broken for longer than it was in use.
The secretary was asked to write to the county once more, in plainer words than before.
Under any other business a member asked who owned the piano, and no answer could be given.
The next meeting will be held on the first Tuesday of the month, paint permitting.

Every river in the valley begins as a wet place in the grass that nobody would call a spring.
Follow one of them downhill and you will cross it a dozen times before you need a bridge.
At the first farm it is led through a stone trough, and the cows have worn the bank on one side flat.
Below the mill the water is slow enough for lilies, and herons stand there in the early morning.
The fishermen say that the pool under the railway bridge has no bottom, though it was dry in the summer of the great drought.
In the town it runs between walls, carries a little of everything, and is given a name on the map.
Where it meets the larger stream there is a line in the water, brown on one side and green on the other.
The line stays visible for a mile, as if the two had agreed to share a bed without speaking.

A loaf begins with three things that keep for months and one that is alive.
Weigh the flour rather than measure it by the cup, because a cup can hold a third more or less.
Stir the salt into the water first, so that it never lies directly on the yeast.
The dough should feel like an ear lobe, soft but not sticky, before you leave it to rest.
Cover the bowl and put it where it is neither warm nor cold, and forget about it until after lunch.
When it has doubled, press the air out gently and fold the edges toward the middle.
An oven that is too hot gives a dark crust and a wet crumb, and one that is too cool gives neither.
The loaf is ready when it sounds hollow, and it is best when you can bear to wait an hour.

My grandfather kept bees at the edge of the forest, in boxes that he painted a different colour every year.
He claimed that they knew their own house by its colour and their own keeper by his walk.
As children we were allowed to stand behind the third tree and not one step closer.
He never wore a veil, only a straw hat that had once belonged to a station master.
When he lifted a frame into the light the whole wood seemed to hum on a single note.
Once, in the year of the wet June, a swarm settled on the handlebars of the postman's bicycle.
The postman finished his round on foot, and the bees were carried home at dusk in a pillowcase.
I have kept the hat, and now and then a bee comes to look at it.

The experiment was simple enough to be done on a kitchen table, and that was its charm.
Two glasses of the same size were filled with water, one from the tap and one from the kettle.
Into each of them she let fall one drop of ink from the same height.
In the cold glass the drop sank, turned over, and hung there like a small dark cloud.
In the hot one it was gone before she had put the pipette down.
She wrote the times in two columns and repeated the whole thing nine times.
Her brother said that one trial would have been enough, since anybody could see the result.
She answered that anybody could see it once, and that this was exactly the trouble.
On the tenth trial the cold glass had been standing in the sun, and the two columns began to make sense.

The night train used to stop at our station only if somebody lit the lamp.
You stood on the platform with a box of matches and hoped that the driver was looking.
Most nights he was, and the long row of dark windows slowed down with a sigh.
The guard opened a door somewhere in the middle, and you ran toward it along the gravel.
Inside it smelled of oranges and wet wool, and someone had always taken the seat by the window.
By the time your eyes were used to the dark, the river was already behind you.
Nobody asked for a ticket before the tunnel, because the guard drank his tea first.
I remember one winter journey on which a stranger read aloud from a book about whales until morning.
When I got out he gave me the book, open at the page, and I have never found out how it ends.

There are two ways to cross a bog, and both of them are slow.
The first is to follow the sheep, who know where the ground will bear them but not where you want to go.
The second is to carry a plank, lay it down, walk to its end and pull it after you.
Either way you should start early, tell someone where you are going, and leave your good boots at home.
The moss that looks most like a lawn is the moss that covers the deepest water.
Reeds mean mud, rushes mean a wet foot, and heather means that you may sit down.
If you do go in, lie back as if you were tired, and move your legs as slowly as you can.
People who shout tend to sink, or at least they tend to be remembered for it.

The archive was kept in the cellar of the old customs house, below the level of the harbour.
At spring tide you could hear the water knocking on the other side of the wall.
The papers nearest to the floor had been eaten first by damp and then by something with small teeth.
What remained was sorted by year, except for a shelf marked "various" that ran the length of the room.
On it we found a ship's log, a recipe for ink, and forty letters from the same unhappy cook.
He had signed each of them with a drawing of a spoon, and the spoons became larger with the years.
In the last letter the spoon filled the page, and there was hardly any room for words.
We never learned whether anybody answered him, for the replies would have gone out with the tide.

The village has one traffic light, and it has been green since the day it was installed.
A red lamp was delivered too, but the box was opened in the dark and used to mark the end of the pier.
Visitors slow down when they see it, out of habit, and so it serves its purpose after all.
On market days the crossing is full of carts, prams and people who have stopped to finish a sentence.
The policeman comes on the bus from the next town and leaves again before the rain.
He once wrote a ticket for a horse, which hung for years in the window of the saddler.
Nobody could say what the offence had been, and the horse was not asked.

If you want to learn the names of the stars, begin in winter, when there are fewer reasons to be outside.
Choose a place with a wall to lean on and let your eyes rest for a quarter of an hour.
Find the three stars in a row first, because almost everyone has seen them without knowing it.
From there a line to the lower left leads to the brightest light that is not a planet.
A line in the other direction leads to a red one, and beyond it to a cluster like a thumbprint.
Do not try to learn more than one figure in a night, or you will mix them up in your sleep.
After a month the sky begins to look less like a scatter of salt and more like a street where you know some of the houses.
After a year you notice that some of the lights have moved, and then the real questions start.

The shop sold three kinds of rope, and its owner could tell you what each of them was afraid of.
Hemp was afraid of damp, he said, nylon of the sun, and cotton of being asked to do too much.
He measured by stretching the rope between two brass nails that his father had driven into the counter.
The distance was a little more than two metres, and he never charged for the difference.
In the back room there was a knot on a board for every year that he had been in business.
The early ones were plain and strong, those of the middle years were showy, and the last were plain again.
A customer once offered him a good price for the whole board, but wanted the names of the knots as well.
He said that half of them had no names, and that those were the ones that held.

The translation was finished in March, two months late and nine pages longer than the original.
The publisher wished to know where the nine pages had come from, since nobody had ordered them.
She explained that the author used one word for snow and that her own language had no such word.
Every time it snowed in the book she had needed a sentence, and it snowed a great deal.
They agreed in the end to let it rain in chapters four and seven, where the weather did not matter to the plot.
A reviewer later praised the rain as the finest thing in the novel.
The author, who did not read the language, had the review framed.

Before the bridge was built you rang a bell, and a woman came across in a flat boat to fetch you.
She charged by the head, but children and priests went free, and musicians paid with a tune.
When the river was high she refused everybody and sat on the far bank with her back to the water.
It is said that she knew from the sound of the bell who was ringing and what they wanted.
On the day when the bridge was opened the mayor invited her to be the first to walk across it.
She took off her shoes, walked to the middle, looked down for a while and went home again.
The bell still hangs on its post, and strangers who ring it are surprised when somebody answers.

The laboratory kept its standard kilogram under two glass bells, like a cheese that nobody was allowed to eat.
Once every ten years it was taken out, washed with great care and compared with its sisters.
Each time they had drifted apart by less than the weight of a fingerprint, and each time there was an inquiry.
Had the one become lighter, or had all of the others put on weight together?
There was no way to tell, because the thing that you would weigh them with was the thing itself.
In the end the committee gave up on objects and wrote down a number instead.
The old cylinder is still under its bells, and for the first time in its life it can be wrong.

A good walking stick comes from a hedge that has not been cut for seven years.
Hazel is light and straight, ash is strong, and blackthorn makes a handle that will outlive you.
Cut it in the dark half of the year, when the sap is down, and cut it longer than you need.
Tie it in a bundle with others so that they keep each other straight, and hang them under the roof.
A stick that is dried too quickly splits, and one that is dried beside a stove will never forgive you.
After two winters take off the bark, or leave it on, according to your temper.
Rub it with oil once a day for a week, once a week for a month, and once a month for as long as you walk.

The radio play was recorded in a single evening in a room lined with egg boxes.
There were four actors for eleven parts, and the narrator also had to work the door.
For rain they poured rice on a drum, and for a fire they crumpled the script of the week before.
The horse was a retired teacher who could gallop with two halves of a coconut and neigh without help.
Halfway through the second act the real rain began, so loudly that they had to stop pouring the rice.
The producer kept it, because no one would believe that it had come for nothing.
Listeners wrote in to say that the weather had been a little exaggerated.

In the museum there is a room with only one object in it, a shoe of a kind that no longer exists.
It was found in a well, and for that reason everyone supposes that there must have been a story.
The leather is stiff as wood, the sole is worn through at the heel, and the lace has been tied in a hurry.
School classes are asked to write down who might have lost it, and the answers are kept in a cabinet.
There are nine thousand of them by now, from a bride who changed her mind to a giant with very small feet.
The curator reads a few each evening before she turns out the light.
She has her own opinion, she says, but it would not be fair to tell.

The glacier has a tongue, a mouth and a milk-coloured river that runs out of it all summer.
Every autumn the surveyors paint a red line on the rock, level with the ice, and write the year beside it.
You can walk up the valley past your own childhood, then past your parents' wedding, to the war and beyond.
The oldest mark is on a boulder beside the car park, next to a bench and a bin.
Children stand with one foot on each side of a year and have their picture taken.
The ice itself is around the corner now, and it takes a good half hour to reach it.
Last year they forgot the paint and had to use a lipstick, which has lasted surprisingly well.

The baker's daughter could add up a column of figures faster than the machine in the bank.
She said that the numbers had weights, and that she only felt which side the scales went down.
A professor came from the city with a suitcase full of cards and stayed for lunch.
He showed her sums of ten digits, and she gave the answers between two bites of bread.
Only once did she hesitate, at a number that looked no different from the others.
It tasted wrong, she said, and on checking they found that the card had been misprinted.
The professor wrote a long article about her, in which he got the name of the village wrong.

"""##
}
