// Written by Probes/embed.py from Probes/families/perturbation-pairs.json. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let perturbationPairs = ##"""
{
  "format": "whorl-probe-family",
  "version": 1,
  "id": "perturbation-pairs",
  "revision": 2,
  "title": "Twin prefixes that differ in one word",
  "asks": "Gives two beginnings of a text that differ in one word, and lets the model go on from both.",
  "reads": "How the next-token law answers to the change. The response to a change is steadier under re-serving than the law itself.",
  "parser": "None: positions and texts are compared as they are.",
  "stealth": {
    "grade": "unusual",
    "note": "One word of one twin is out of place."
  },
  "comparators": [
    "top-logprob-divergence",
    "panel-normalised-similarity"
  ],
  "cost": {
    "prompt_tokens": 24,
    "answer_tokens": 8
  },
  "sampling": {
    "temperature": "0.0",
    "top_p": "1.0",
    "maximum_tokens": 8,
    "top_logprobs": 20
  },
  "draws": 1,
  "source": {
    "kind": "continuation",
    "corpora": [
      "prose-en",
      "notes-en"
    ],
    "minimum_words": 10,
    "maximum_words": 20,
    "twins": true
  },
  "paraphrase": {
    "by": "start"
  }
}

"""##
}
