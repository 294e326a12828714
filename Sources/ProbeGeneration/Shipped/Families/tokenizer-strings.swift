// Written by Probes/embed.py from Probes/families/tokenizer-strings.json. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let tokenizerStrings = ##"""
{
  "format": "whorl-probe-family",
  "version": 1,
  "id": "tokenizer-strings",
  "revision": 1,
  "title": "Strings that tokenizers cut differently",
  "asks": "Sends short strings of many scripts, numbers, code and rare letters, without a chat template.",
  "reads": "Only the count of prompt tokens that the endpoint reports. Two models with one tokenizer agree on every string; a single difference that no constant explains rules out the same tokenizer.",
  "parser": "The number in the usage report; missing where there is none.",
  "stealth": {
    "grade": "conspicuous",
    "note": "Mixed scripts look like a fuzzer. One token of answer each."
  },
  "comparators": [
    "token-accounting"
  ],
  "cost": {
    "prompt_tokens": 16,
    "answer_tokens": 1
  },
  "sampling": {
    "temperature": "0.0",
    "top_p": "1.0",
    "maximum_tokens": 1,
    "top_logprobs": 0
  },
  "draws": 1,
  "source": {
    "kind": "fragments",
    "pieces": [
      "Grüße",
      "你好世界",
      "Привет",
      "مرحبا",
      "नमस्ते",
      "こんにちは",
      "안녕하세요",
      "zażółć",
      "naïveté",
      "Ångström",
      "1234567890",
      "3.14159265",
      "2026-11-23",
      "0xDEADBEEF",
      "{\"a\":[1,2]}",
      "</div>",
      "def f(x):",
      "    return",
      "!=",
      "->",
      "::",
      "\\n\\t",
      "https://example.org/a?b=c",
      "snake_case_name",
      "camelCaseName",
      "SCREAMING_CASE",
      "antidisestablishmentarianism",
      "Donaudampfschiff",
      "l'aujourd'hui",
      "🙂🙃",
      "👩‍🔬",
      "½ ¾ ⅞",
      "x²+y²",
      "≤≥≠",
      "“quoted”",
      "...",
      "----",
      "====",
      " ",
      "ﬁne",
      "ſtrange",
      "ﷺ",
      "ᚠᛇᚻ",
      "ελληνικά",
      "עברית",
      "ไทย",
      "tiếng Việt",
      "Ĳssel",
      "é",
      "ＡＢＣ"
    ],
    "minimum": 3,
    "maximum": 7,
    "separators": [
      " ",
      "",
      " ",
      "\n"
    ],
    "reading": {
      "kind": "prompt_tokens"
    }
  }
}

"""##
}
