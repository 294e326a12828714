// Written by Probes/embed.py from Probes/families/integer-lists.json. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let integerLists = ##"""
{
  "format": "whorl-probe-family",
  "version": 1,
  "id": "integer-lists",
  "revision": 1,
  "title": "Lists of whole numbers",
  "asks": "Asks for a few whole numbers of a range, in any order.",
  "reads": "The numbers. How a model spreads and orders made-up numbers is a habit like its favourite number, with far more room.",
  "parser": "All whole numbers of the answer in their order.",
  "stealth": {
    "grade": "unusual",
    "note": "Harmless; repeated requests look like test data generation."
  },
  "comparators": [
    "prompt-stratified-mmd",
    "decision-agreement"
  ],
  "cost": {
    "prompt_tokens": 38,
    "answer_tokens": 24
  },
  "sampling": {
    "temperature": "1.0",
    "top_p": "1.0",
    "maximum_tokens": 32,
    "top_logprobs": 0
  },
  "draws": 4,
  "source": {
    "kind": "templates",
    "variants": [
      {
        "language": "en",
        "templates": [
          "Give me {count} random whole numbers between {low} and {high}, separated by commas.",
          "List {count} numbers from {low} to {high} in random order, separated by commas. No other text.",
          "Invent {count} plausible readings between {low} and {high} for a test table, separated by commas."
        ],
        "slots": {
          "count": [
            "four",
            "five",
            "six",
            "seven"
          ],
          "low": [
            "1",
            "10",
            "20"
          ],
          "high": [
            "50",
            "99",
            "100",
            "500"
          ]
        },
        "reading": {
          "kind": "integer_list"
        }
      },
      {
        "language": "de",
        "templates": [
          "Nenne {count} zufällige ganze Zahlen zwischen {low} und {high}, durch Kommas getrennt."
        ],
        "slots": {
          "count": [
            "vier",
            "fünf",
            "sechs"
          ],
          "low": [
            "1",
            "10",
            "20"
          ],
          "high": [
            "50",
            "99",
            "100",
            "500"
          ]
        },
        "reading": {
          "kind": "integer_list"
        }
      }
    ]
  },
  "paraphrase": {
    "by": "template",
    "openings": {
      "de": [
        "Guten Tag. ",
        "Kurze Frage: ",
        "Bitte hilf mir kurz. "
      ],
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
