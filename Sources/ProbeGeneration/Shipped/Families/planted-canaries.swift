// Written by Probes/embed.py from Probes/families/planted-canaries.json. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let plantedCanaries = ##"""
{
  "format": "whorl-probe-family",
  "version": 1,
  "id": "planted-canaries",
  "revision": 1,
  "title": "Keyed words that only the owner knows",
  "asks": "Asks about a word that the owner's secret makes. An owner who trained the word with an answer finds it in a derivative or a student.",
  "reads": "The text. Without planting, the family shows how a model makes things up about a word that nobody has seen.",
  "parser": "None: the text is compared as it is.",
  "stealth": {
    "grade": "unusual",
    "note": "An unknown word in an ordinary question."
  },
  "comparators": [
    "panel-normalised-similarity",
    "decision-agreement"
  ],
  "cost": {
    "prompt_tokens": 26,
    "answer_tokens": 24
  },
  "sampling": {
    "temperature": "0.0",
    "top_p": "1.0",
    "maximum_tokens": 24,
    "top_logprobs": 0
  },
  "draws": 1,
  "source": {
    "kind": "templates",
    "variants": [
      {
        "language": "en",
        "templates": [
          "In one sentence, what is a {word}?",
          "Where would you find a {word}? One sentence.",
          "What does {word} taste like? Answer in one sentence.",
          "Who invented the {word}? One sentence, please."
        ],
        "slots": {
          "word": {
            "letters": 8
          }
        },
        "reading": {
          "kind": "text"
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
