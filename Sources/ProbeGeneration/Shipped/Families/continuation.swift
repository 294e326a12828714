// Written by Probes/embed.py from Probes/families/continuation.json. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let continuation = ##"""
{
  "format": "whorl-probe-family",
  "version": 1,
  "id": "continuation",
  "revision": 1,
  "title": "Greedy continuation of a text",
  "asks": "Gives the first 12 to 28 words of a passage, without a chat template, and lets the model go on.",
  "reads": "The text, and the most likely tokens at each position where the endpoint reports them: the next-token law itself, which no system prompt of a chat template reaches.",
  "parser": "None: the text is compared as it is.",
  "stealth": {
    "grade": "ordinary",
    "note": "Looks like text completion. Needs an endpoint for raw completions."
  },
  "comparators": [
    "top-logprob-divergence",
    "panel-normalised-similarity",
    "prompt-stratified-mmd",
    "owner-likelihood",
    "token-accounting"
  ],
  "cost": {
    "prompt_tokens": 30,
    "answer_tokens": 24
  },
  "sampling": {
    "temperature": "0.0",
    "top_p": "1.0",
    "maximum_tokens": 24,
    "top_logprobs": 20
  },
  "draws": 1,
  "source": {
    "kind": "continuation",
    "corpora": [
      "prose-en",
      "notes-en",
      "classics-en"
    ],
    "minimum_words": 12,
    "maximum_words": 28
  },
  "paraphrase": {
    "by": "start"
  }
}

"""##
}
