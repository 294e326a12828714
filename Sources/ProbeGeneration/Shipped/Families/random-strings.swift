// Written by Probes/embed.py from Probes/families/random-strings.json. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let randomStrings = ##"""
{
  "format": "whorl-probe-family",
  "version": 1,
  "id": "random-strings",
  "revision": 1,
  "title": "Made-up strings",
  "asks": "Asks for a password, an identifier or a code that nobody has used.",
  "reads": "The text. Made-up strings show which characters a model likes.",
  "parser": "None: the text is compared as it is.",
  "stealth": {
    "grade": "unusual",
    "note": "Like test data generation."
  },
  "comparators": [
    "prompt-stratified-mmd",
    "panel-normalised-similarity"
  ],
  "cost": {
    "prompt_tokens": 28,
    "answer_tokens": 16
  },
  "sampling": {
    "temperature": "1.0",
    "top_p": "1.0",
    "maximum_tokens": 20,
    "top_logprobs": 0
  },
  "draws": 4,
  "source": {
    "kind": "templates",
    "variants": [
      {
        "language": "en",
        "templates": [
          "Invent a random {kind} of {count} characters for {use}. Reply with it alone.",
          "Make up a {kind} with {count} characters that nobody has used, for {use}. No explanation.",
          "Give me one made-up {kind} of {count} characters for {use}."
        ],
        "slots": {
          "kind": [
            "password",
            "serial number",
            "licence plate",
            "booking code",
            "identifier"
          ],
          "count": [
            "six",
            "eight",
            "ten",
            "twelve"
          ],
          "use": [
            "a demo",
            "a form",
            "a test",
            "a leaflet",
            "a screenshot"
          ]
        },
        "reading": {
          "kind": "text"
        }
      }
    ]
  },
  "paraphrase": {
    "by": "template"
  }
}

"""##
}
