// Written by Probes/embed.py from Probes/families/graded-questions.json. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let gradedQuestions = ##"""
{
  "format": "whorl-probe-family",
  "version": 1,
  "id": "graded-questions",
  "revision": 1,
  "title": "Questions with a known answer",
  "asks": "Multiple choice with one correct option, in a drawn rotation.",
  "reads": "The option by its content. Agreement where both are wrong says more than where both are right.",
  "parser": "The option whose words occur first in the answer.",
  "stealth": {
    "grade": "conspicuous",
    "note": "Like a quiz; the lettered options of a few figures or names surprise a filter that knows prose."
  },
  "comparators": [
    "error-consistency",
    "decision-agreement"
  ],
  "cost": {
    "prompt_tokens": 65,
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
      "{question} Choose one:\n{options}"
    ],
    "label": "{letter}) ",
    "gold": true,
    "items": [
      {
        "question": "Which of these rivers flows through Budapest?",
        "options": [
          "the Danube",
          "the Rhine",
          "the Elbe",
          "the Oder"
        ]
      },
      {
        "question": "Which gas do plants take up for photosynthesis?",
        "options": [
          "carbon dioxide",
          "oxygen",
          "nitrogen",
          "helium"
        ]
      },
      {
        "question": "Which of these is a prime number?",
        "options": [
          "97",
          "91",
          "87",
          "93"
        ]
      },
      {
        "question": "Which planet has the shortest year?",
        "options": [
          "Mercury",
          "Venus",
          "Mars",
          "Earth"
        ]
      },
      {
        "question": "Which metal is liquid at room temperature?",
        "options": [
          "mercury",
          "tin",
          "lead",
          "zinc"
        ]
      },
      {
        "question": "Which organ makes insulin?",
        "options": [
          "the pancreas",
          "the liver",
          "the spleen",
          "the kidney"
        ]
      },
      {
        "question": "In which ocean lies Madagascar?",
        "options": [
          "the Indian Ocean",
          "the Atlantic Ocean",
          "the Pacific Ocean",
          "the Arctic Ocean"
        ]
      },
      {
        "question": "What is the square root of 144?",
        "options": [
          "12",
          "14",
          "16",
          "11"
        ]
      },
      {
        "question": "Which language has the most native speakers?",
        "options": [
          "Mandarin Chinese",
          "English",
          "Portuguese",
          "Russian"
        ]
      },
      {
        "question": "Which of these animals lays eggs?",
        "options": [
          "the platypus",
          "the bat",
          "the dolphin",
          "the otter"
        ]
      },
      {
        "question": "Which layer of the atmosphere holds most of the ozone?",
        "options": [
          "the stratosphere",
          "the troposphere",
          "the mesosphere",
          "the thermosphere"
        ]
      },
      {
        "question": "Which of these is a string instrument?",
        "options": [
          "the viola",
          "the oboe",
          "the bassoon",
          "the cornet"
        ]
      },
      {
        "question": "Which country has the longest coastline?",
        "options": [
          "Canada",
          "Australia",
          "Chile",
          "Norway"
        ]
      },
      {
        "question": "How many degrees do the angles of a triangle have together?",
        "options": [
          "180",
          "90",
          "270",
          "360"
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
