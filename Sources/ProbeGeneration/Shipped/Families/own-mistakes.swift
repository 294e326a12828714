// Written by Probes/embed.py from Probes/families/own-mistakes.json. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let ownMistakes = ##"""
{
  "format": "whorl-probe-family",
  "version": 1,
  "id": "own-mistakes",
  "revision": 1,
  "title": "Sums at the edge of ability",
  "asks": "Asks for products and differences that small and middling models get wrong.",
  "reads": "The first number. Where the protected model errs, the same wrong number elsewhere is telling.",
  "parser": "The first whole number of the answer.",
  "stealth": {
    "grade": "conspicuous",
    "note": "Like homework, but mostly digits, which surprise a filter that knows prose."
  },
  "comparators": [
    "error-consistency",
    "decision-agreement"
  ],
  "cost": {
    "prompt_tokens": 24,
    "answer_tokens": 10
  },
  "sampling": {
    "temperature": "0.0",
    "top_p": "1.0",
    "maximum_tokens": 12,
    "top_logprobs": 0
  },
  "draws": 1,
  "source": {
    "kind": "templates",
    "variants": [
      {
        "language": "en",
        "templates": [
          "What is {a} times {b}? Answer with the number only.",
          "Multiply {a} by {b}. Just the result."
        ],
        "slots": {
          "a": {
            "from": 12,
            "to": 98
          },
          "b": {
            "from": 12,
            "to": 98
          }
        },
        "reading": {
          "kind": "number"
        },
        "gold": "a*b"
      },
      {
        "language": "en",
        "templates": [
          "What is {a} minus {b}? Answer with the number only."
        ],
        "slots": {
          "a": {
            "from": 2000,
            "to": 9999
          },
          "b": {
            "from": 201,
            "to": 1999
          }
        },
        "reading": {
          "kind": "number"
        },
        "gold": "a-b"
      },
      {
        "language": "de",
        "templates": [
          "Was ist {a} mal {b}? Antworte nur mit der Zahl."
        ],
        "slots": {
          "a": {
            "from": 12,
            "to": 98
          },
          "b": {
            "from": 12,
            "to": 98
          }
        },
        "reading": {
          "kind": "number"
        },
        "gold": "a*b"
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
  },
  "search": "mistake"
}

"""##
}
