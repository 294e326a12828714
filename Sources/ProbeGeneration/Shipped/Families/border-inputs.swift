// Written by Probes/embed.py from Probes/families/border-inputs.json. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let borderInputs = ##"""
{
  "format": "whorl-probe-family",
  "version": 1,
  "id": "border-inputs",
  "revision": 1,
  "title": "Inputs where the next token is nearly a tie",
  "asks": "Sends one or two short words without a chat template and asks for one token.",
  "reads": "The token and its rivals. Where two tokens are nearly tied, the smallest change of weights or serving stack decides which one comes first; querying the protected model finds the ties.",
  "parser": "The first position.",
  "stealth": {
    "grade": "conspicuous",
    "note": "Very short prompts, many times."
  },
  "comparators": [
    "border-inputs",
    "top-logprob-divergence"
  ],
  "cost": {
    "prompt_tokens": 4,
    "answer_tokens": 1
  },
  "sampling": {
    "temperature": "0.0",
    "top_p": "1.0",
    "maximum_tokens": 1,
    "top_logprobs": 20
  },
  "draws": 4,
  "source": {
    "kind": "fragments",
    "pieces": [
      "The",
      "In",
      "A",
      "It",
      "When",
      "She",
      "He",
      "We",
      "I",
      "If",
      "This",
      "They",
      "After",
      "Once",
      "No",
      "Why",
      "Der",
      "Le",
      "El",
      "La",
      "1",
      "2",
      "10",
      "#",
      "def",
      "import",
      "{",
      "(",
      "<",
      "\"",
      "-",
      "*",
      "...",
      "And",
      "But",
      "So",
      "Not",
      "All",
      "One",
      "Two",
      "New",
      "Old",
      "My",
      "Our",
      "How",
      "What",
      "Where",
      "Who",
      "Yes",
      "Dear"
    ],
    "minimum": 1,
    "maximum": 3,
    "separators": [
      " ",
      "\n",
      ", "
    ],
    "reading": {
      "kind": "next_token"
    }
  },
  "search": "near_tie"
}

"""##
}
