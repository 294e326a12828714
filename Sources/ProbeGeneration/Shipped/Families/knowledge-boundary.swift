// Written by Probes/embed.py from Probes/families/knowledge-boundary.json. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let knowledgeBoundary = ##"""
{
  "format": "whorl-probe-family",
  "version": 1,
  "id": "knowledge-boundary",
  "revision": 1,
  "title": "Numbers at the edge of knowledge",
  "asks": "Asks for a year, a distance or a count that few models know.",
  "reads": "The first number. A model that does not know makes one up, and makes up the same one again; so do its derivatives.",
  "parser": "The first whole number of the answer.",
  "stealth": {
    "grade": "ordinary",
    "note": "Like a curious reader."
  },
  "comparators": [
    "decision-agreement",
    "prompt-stratified-mmd"
  ],
  "cost": {
    "prompt_tokens": 30,
    "answer_tokens": 10
  },
  "sampling": {
    "temperature": "0.0",
    "top_p": "1.0",
    "maximum_tokens": 16,
    "top_logprobs": 0
  },
  "draws": 1,
  "source": {
    "kind": "templates",
    "variants": [
      {
        "language": "en",
        "templates": [
          "In what year was the town hall of {place} built? Answer with the year only.",
          "About how many people lived in {place} in {year}? Answer with one number.",
          "How many metres above the sea is {place}? Give one number.",
          "In which year did {place} get its first {thing}? Answer with the year only.",
          "How many kilometres is it by road from {place} to {other}? Give one number."
        ],
        "slots": {
          "place": [
            "Ystad",
            "Olomouc",
            "Cuenca",
            "Figueres",
            "Szeged",
            "Narva",
            "Vaasa",
            "Lugo",
            "Aveyron",
            "Trento",
            "Rothenburg",
            "Kalmar"
          ],
          "other": [
            "Vienna",
            "Hamburg",
            "Lyon",
            "Porto",
            "Riga",
            "Turin"
          ],
          "year": [
            "1850",
            "1880",
            "1905",
            "1931"
          ],
          "thing": [
            "railway station",
            "electric light",
            "cinema",
            "telephone exchange",
            "public library"
          ]
        },
        "reading": {
          "kind": "number"
        }
      }
    ]
  },
  "paraphrase": {
    "by": "opening",
    "openings": {
      "en": [
        "Hello. ",
        "Quick question: ",
        "Please help me with this. "
      ]
    }
  }
}

"""##
}
