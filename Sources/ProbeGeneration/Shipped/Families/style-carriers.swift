// Written by Probes/embed.py from Probes/families/style-carriers.json. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let styleCarriers = ##"""
{
  "format": "whorl-probe-family",
  "version": 1,
  "id": "style-carriers",
  "revision": 1,
  "title": "Long answers that carry style",
  "asks": "Asks for a letter, an explanation or a short story.",
  "reads": "The text: its phrases, its structure, its openings and closings. What a student learns of its teacher shows here first.",
  "parser": "None: the text is compared as it is.",
  "stealth": {
    "grade": "ordinary",
    "note": "What everybody asks."
  },
  "comparators": [
    "panel-normalised-similarity",
    "owner-likelihood",
    "prompt-stratified-mmd"
  ],
  "cost": {
    "prompt_tokens": 32,
    "answer_tokens": 150
  },
  "sampling": {
    "temperature": "0.0",
    "top_p": "1.0",
    "maximum_tokens": 150,
    "top_logprobs": 0
  },
  "draws": 1,
  "source": {
    "kind": "templates",
    "variants": [
      {
        "language": "en",
        "templates": [
          "Write a short letter to {person} about {topic}.",
          "Explain {topic} to {person} in one paragraph.",
          "Tell a very short story about {topic} for {person}.",
          "Give {person} three pieces of advice about {topic}.",
          "What are the advantages and disadvantages of {topic}? Answer as if to {person}."
        ],
        "slots": {
          "person": [
            "a neighbour",
            "a ten-year-old",
            "a new colleague",
            "an old friend",
            "a town council",
            "a grandmother",
            "a nervous traveller",
            "a shop owner"
          ],
          "topic": [
            "moving to another city",
            "a broken bicycle",
            "learning to swim late in life",
            "a garden in a dry summer",
            "keeping bees",
            "reading in bed",
            "a lost umbrella",
            "night trains",
            "baking bread",
            "quiet mornings",
            "repairing instead of buying",
            "a shared kitchen"
          ]
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
