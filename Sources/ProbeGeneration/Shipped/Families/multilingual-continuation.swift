// Written by Probes/embed.py from Probes/families/multilingual-continuation.json. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let multilingualContinuation = ##"""
{
  "format": "whorl-probe-family",
  "version": 1,
  "id": "multilingual-continuation",
  "revision": 1,
  "title": "Greedy continuation in other languages",
  "asks": "Gives the first words of a passage in German, French or Spanish, without a chat template, and lets the model go on.",
  "reads": "The text and the next-token laws. How well and in which direction a model speaks its lesser languages is hard to change.",
  "parser": "None: the text is compared as it is.",
  "stealth": {
    "grade": "ordinary",
    "note": "Looks like text completion."
  },
  "comparators": [
    "top-logprob-divergence",
    "panel-normalised-similarity",
    "owner-likelihood"
  ],
  "cost": {
    "prompt_tokens": 44,
    "answer_tokens": 20
  },
  "sampling": {
    "temperature": "0.0",
    "top_p": "1.0",
    "maximum_tokens": 20,
    "top_logprobs": 20
  },
  "draws": 1,
  "source": {
    "kind": "continuation",
    "corpora": [
      "prose-de",
      "prose-fr",
      "prose-es"
    ],
    "minimum_words": 8,
    "maximum_words": 24
  },
  "paraphrase": {
    "by": "start"
  }
}

"""##
}
