// Written by Probes/embed.py from Probes/families/tool-choice.json. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let toolChoice = ##"""
{
  "format": "whorl-probe-family",
  "version": 1,
  "id": "tool-choice",
  "revision": 1,
  "title": "Choice among equivalent tools",
  "asks": "Describes a task and a few tools that would all do, in a drawn order, and asks which to call.",
  "reads": "The name of the tool. The preference among equals is a habit of post-training.",
  "parser": "The first tool name that occurs in the answer.",
  "stealth": {
    "grade": "unusual",
    "note": "Like an agent's prompt."
  },
  "comparators": [
    "decision-agreement",
    "prompt-stratified-mmd"
  ],
  "cost": {
    "prompt_tokens": 75,
    "answer_tokens": 12
  },
  "sampling": {
    "temperature": "0.0",
    "top_p": "1.0",
    "maximum_tokens": 16,
    "top_logprobs": 0
  },
  "draws": 1,
  "source": {
    "kind": "templates",
    "variants": [
      {
        "language": "en",
        "templates": [
          "You can call one of these tools: {options}. Task: {task}. Which tool do you call? Answer with its name only.",
          "Available tools: {options}. The user wants to {task}. Name the one tool to use."
        ],
        "slots": {
          "task": [
            "find the opening hours of a museum",
            "check a phone number",
            "look up a bus line",
            "find the author of a poem",
            "learn the height of a tower",
            "find a recipe for soup",
            "check whether a shop is open",
            "look up a word"
          ]
        },
        "reading": {
          "kind": "choice",
          "options": [
            "web_search",
            "page_lookup",
            "knowledge_query",
            "find_info"
          ]
        },
        "conjunction": " and "
      },
      {
        "language": "en",
        "templates": [
          "You can call one of these tools: {options}. Task: {task}. Which tool do you call? Answer with its name only."
        ],
        "slots": {
          "task": [
            "tell a colleague that the meeting moved",
            "send the report to the team",
            "remind a client of an invoice",
            "announce a new opening time"
          ]
        },
        "reading": {
          "kind": "choice",
          "options": [
            "send_message",
            "post_note",
            "notify_person",
            "write_mail"
          ]
        },
        "conjunction": " and "
      }
    ]
  },
  "paraphrase": {
    "by": "template",
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
