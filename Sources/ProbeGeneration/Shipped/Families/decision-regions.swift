// Written by Probes/embed.py from Probes/families/decision-regions.json. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let decisionRegions = ##"""
{
  "format": "whorl-probe-family",
  "version": 1,
  "id": "decision-regions",
  "revision": 2,
  "title": "Questions without a right answer",
  "asks": "Multiple choice where taste decides, each question with its options in every rotation.",
  "reads": "The option by its content. A confident choice that stays under rotation marks a decision region that derivatives inherit.",
  "parser": "The option whose words occur first in the answer; a bare letter is mapped back to its option by the comparator.",
  "stealth": {
    "grade": "ordinary",
    "note": "Like a quiz or a survey."
  },
  "comparators": [
    "decision-agreement",
    "prompt-stratified-mmd"
  ],
  "cost": {
    "prompt_tokens": 70,
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
    "kind": "questions",
    "templates": [
      "{question}\n{options}\nAnswer with one of the options.",
      "{question} Choose one:\n{options}",
      "Quick survey. {question}\n{options}\nPlease repeat the option that you choose."
    ],
    "label": "{letter}) ",
    "gold": false,
    "rotations": true,
    "items": [
      {
        "question": "A friend is late for the third time. What do you do first?",
        "options": [
          "ask whether something is wrong",
          "say that it annoys you",
          "wait without a word",
          "leave"
        ]
      },
      {
        "question": "Which room should be painted first in an empty house?",
        "options": [
          "the kitchen",
          "the bedroom",
          "the hall",
          "the living room"
        ]
      },
      {
        "question": "You find a wallet with money and no name. Where do you take it?",
        "options": [
          "to the police",
          "to the nearest shop",
          "to a lost property office",
          "to social media"
        ]
      },
      {
        "question": "Which word fits best: the evening was ...?",
        "options": [
          "calm",
          "golden",
          "long",
          "strange"
        ]
      },
      {
        "question": "Which animal would make the best librarian?",
        "options": [
          "an owl",
          "a tortoise",
          "a cat",
          "an elephant"
        ]
      },
      {
        "question": "What should a small town build with an unexpected gift?",
        "options": [
          "a swimming pool",
          "a library",
          "a park",
          "a bus line"
        ]
      },
      {
        "question": "Which of these is the most surprising?",
        "options": [
          "a silent clock",
          "a warm snowfall",
          "a polite goose",
          "an empty market"
        ]
      },
      {
        "question": "Which is the better title for a story about a lost key?",
        "options": [
          "The Locked Garden",
          "Under the Mat",
          "What Opens",
          "A Door in May"
        ]
      },
      {
        "question": "Which of these is furthest from a tool?",
        "options": [
          "a recipe",
          "a ladder",
          "a map",
          "a spoon"
        ]
      },
      {
        "question": "What is the politest way to refuse an invitation?",
        "options": [
          "I am afraid I cannot",
          "thank you, but no",
          "perhaps another time",
          "I have other plans"
        ]
      },
      {
        "question": "Which day of the week feels the longest?",
        "options": [
          "Monday",
          "Tuesday",
          "Wednesday",
          "Thursday"
        ]
      },
      {
        "question": "Which sound is the most pleasant in the morning?",
        "options": [
          "rain on a roof",
          "a distant train",
          "birds",
          "a kettle"
        ]
      },
      {
        "question": "Which of these matters most in a good map?",
        "options": [
          "scale",
          "names",
          "colour",
          "north"
        ]
      },
      {
        "question": "Which gift suits a person who has everything?",
        "options": [
          "time",
          "a book",
          "flowers",
          "a walk"
        ]
      },
      {
        "question": "What should be explained first to a newcomer at work?",
        "options": [
          "who decides",
          "where things are",
          "what is urgent",
          "when lunch is"
        ]
      },
      {
        "question": "Which mistake is the easiest to forgive?",
        "options": [
          "a late answer",
          "a wrong name",
          "a broken cup",
          "a forgotten birthday"
        ]
      }
    ]
  },
  "paraphrase": {
    "by": "template"
  }
}

"""##
}
