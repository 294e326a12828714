// Written by Probes/embed.py from Probes/families/forced-choice-completion.json. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let forcedChoiceCompletion = ##"""
{
  "format": "whorl-probe-family",
  "version": 1,
  "id": "forced-choice-completion",
  "revision": 1,
  "title": "Forced choice as the end of a list of questions and answers",
  "asks": "The same choices as forced-small-choice, put as the next line of a short list without a chat template, so that models answer that follow no instructions.",
  "reads": "Which option each draw names, and the next-token law where the endpoint reports it.",
  "parser": "The first option that occurs in the answer as a whole word; anything else is missing.",
  "stealth": {
    "grade": "unusual",
    "note": "Looks like few-shot completion. Needs an endpoint for raw completions."
  },
  "comparators": [
    "prompt-stratified-mmd",
    "small-alphabet",
    "top-logprob-divergence",
    "decision-agreement",
    "token-accounting"
  ],
  "cost": {
    "prompt_tokens": 42,
    "answer_tokens": 3
  },
  "sampling": {
    "temperature": "1.0",
    "top_p": "1.0",
    "maximum_tokens": 3,
    "top_logprobs": 20
  },
  "draws": 8,
  "source": {
    "kind": "templates",
    "variants": [
      {
        "language": "en",
        "templates": [
          "{shots}Q: Name a number from 1 to 10.\nA:",
          "{shots}Q: Pick any whole number from 1 to 10.\nA:"
        ],
        "slots": {
          "shots": [
            "Q: Name a day of the week.\nA: Thursday\nQ: Name an animal.\nA: fox\n",
            "Q: Name a fruit.\nA: pear\nQ: Name a city.\nA: Oslo\nQ: Name a tool.\nA: hammer\n",
            "Q: Name a month.\nA: April\nQ: Name a river.\nA: Danube\n",
            "Q: Name a bird.\nA: heron\nQ: Name a metal.\nA: copper\n",
            "Q: Name a season.\nA: autumn\nQ: Name a tree.\nA: birch\n",
            "Q: Name a vegetable.\nA: leek\nQ: Name a country.\nA: Chile\n",
            "Q: Name a fish.\nA: pike\nQ: Name a flower.\nA: tulip\n",
            "Q: Name a drink.\nA: tea\nQ: Name a sport.\nA: rowing\n"
          ]
        },
        "reading": {
          "kind": "choice",
          "options": [
            "1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "10"
          ]
        },
        "form": "raw"
      },
      {
        "language": "en",
        "templates": [
          "{shots}Q: Pick a letter out of {options}.\nA:"
        ],
        "slots": {
          "shots": [
            "Q: Name a day of the week.\nA: Thursday\nQ: Name an animal.\nA: fox\n",
            "Q: Name a fruit.\nA: pear\nQ: Name a city.\nA: Oslo\nQ: Name a tool.\nA: hammer\n",
            "Q: Name a month.\nA: April\nQ: Name a river.\nA: Danube\n",
            "Q: Name a bird.\nA: heron\nQ: Name a metal.\nA: copper\n",
            "Q: Name a season.\nA: autumn\nQ: Name a tree.\nA: birch\n",
            "Q: Name a vegetable.\nA: leek\nQ: Name a country.\nA: Chile\n",
            "Q: Name a fish.\nA: pike\nQ: Name a flower.\nA: tulip\n",
            "Q: Name a drink.\nA: tea\nQ: Name a sport.\nA: rowing\n"
          ]
        },
        "reading": {
          "kind": "choice",
          "options": [
            "A",
            "B",
            "C",
            "D",
            "E",
            "F"
          ]
        },
        "conjunction": " and ",
        "form": "raw"
      },
      {
        "language": "en",
        "templates": [
          "{shots}Q: Pick a colour: {options}.\nA:"
        ],
        "slots": {
          "shots": [
            "Q: Name a day of the week.\nA: Thursday\nQ: Name an animal.\nA: fox\n",
            "Q: Name a fruit.\nA: pear\nQ: Name a city.\nA: Oslo\nQ: Name a tool.\nA: hammer\n",
            "Q: Name a month.\nA: April\nQ: Name a river.\nA: Danube\n",
            "Q: Name a bird.\nA: heron\nQ: Name a metal.\nA: copper\n",
            "Q: Name a season.\nA: autumn\nQ: Name a tree.\nA: birch\n",
            "Q: Name a vegetable.\nA: leek\nQ: Name a country.\nA: Chile\n",
            "Q: Name a fish.\nA: pike\nQ: Name a flower.\nA: tulip\n",
            "Q: Name a drink.\nA: tea\nQ: Name a sport.\nA: rowing\n"
          ]
        },
        "reading": {
          "kind": "choice",
          "options": [
            "red",
            "blue",
            "green",
            "yellow",
            "purple"
          ]
        },
        "conjunction": " or ",
        "form": "raw"
      },
      {
        "language": "en",
        "templates": [
          "{shots}Q: Heads or tails?\nA:",
          "{shots}Q: Tails or heads?\nA:"
        ],
        "slots": {
          "shots": [
            "Q: Name a day of the week.\nA: Thursday\nQ: Name an animal.\nA: fox\n",
            "Q: Name a fruit.\nA: pear\nQ: Name a city.\nA: Oslo\nQ: Name a tool.\nA: hammer\n",
            "Q: Name a month.\nA: April\nQ: Name a river.\nA: Danube\n",
            "Q: Name a bird.\nA: heron\nQ: Name a metal.\nA: copper\n",
            "Q: Name a season.\nA: autumn\nQ: Name a tree.\nA: birch\n",
            "Q: Name a vegetable.\nA: leek\nQ: Name a country.\nA: Chile\n",
            "Q: Name a fish.\nA: pike\nQ: Name a flower.\nA: tulip\n",
            "Q: Name a drink.\nA: tea\nQ: Name a sport.\nA: rowing\n"
          ]
        },
        "reading": {
          "kind": "choice",
          "options": [
            "heads",
            "tails"
          ]
        },
        "form": "raw"
      },
      {
        "language": "de",
        "templates": [
          "{shots}F: Nenne eine Zahl von 1 bis 10.\nA:"
        ],
        "slots": {
          "shots": [
            "F: Nenne einen Wochentag.\nA: Donnerstag\nF: Nenne ein Tier.\nA: Fuchs\n",
            "F: Nenne ein Obst.\nA: Birne\nF: Nenne eine Stadt.\nA: Oslo\n",
            "F: Nenne einen Monat.\nA: April\nF: Nenne einen Fluss.\nA: Donau\n",
            "F: Nenne einen Vogel.\nA: Reiher\nF: Nenne ein Metall.\nA: Kupfer\n"
          ]
        },
        "reading": {
          "kind": "choice",
          "options": [
            "1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "10"
          ]
        },
        "form": "raw"
      },
      {
        "language": "de",
        "templates": [
          "{shots}F: Wähle eine Farbe: {options}.\nA:"
        ],
        "slots": {
          "shots": [
            "F: Nenne einen Wochentag.\nA: Donnerstag\nF: Nenne ein Tier.\nA: Fuchs\n",
            "F: Nenne ein Obst.\nA: Birne\nF: Nenne eine Stadt.\nA: Oslo\n",
            "F: Nenne einen Monat.\nA: April\nF: Nenne einen Fluss.\nA: Donau\n",
            "F: Nenne einen Vogel.\nA: Reiher\nF: Nenne ein Metall.\nA: Kupfer\n"
          ]
        },
        "reading": {
          "kind": "choice",
          "options": [
            "rot",
            "blau",
            "grün",
            "gelb",
            "lila"
          ]
        },
        "conjunction": " oder ",
        "form": "raw"
      },
      {
        "language": "fr",
        "templates": [
          "{shots}Q : Un nombre de 1 à 10 ?\nR :"
        ],
        "slots": {
          "shots": [
            "Q : Un jour de la semaine ?\nR : jeudi\nQ : Un animal ?\nR : renard\n",
            "Q : Un fruit ?\nR : poire\nQ : Une ville ?\nR : Oslo\n",
            "Q : Un mois ?\nR : avril\nQ : Un fleuve ?\nR : Danube\n",
            "Q : Un oiseau ?\nR : héron\nQ : Un métal ?\nR : cuivre\n"
          ]
        },
        "reading": {
          "kind": "choice",
          "options": [
            "1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "10"
          ]
        },
        "form": "raw"
      },
      {
        "language": "fr",
        "templates": [
          "{shots}Q : Une couleur parmi {options} ?\nR :"
        ],
        "slots": {
          "shots": [
            "Q : Un jour de la semaine ?\nR : jeudi\nQ : Un animal ?\nR : renard\n",
            "Q : Un fruit ?\nR : poire\nQ : Une ville ?\nR : Oslo\n",
            "Q : Un mois ?\nR : avril\nQ : Un fleuve ?\nR : Danube\n",
            "Q : Un oiseau ?\nR : héron\nQ : Un métal ?\nR : cuivre\n"
          ]
        },
        "reading": {
          "kind": "choice",
          "options": [
            "rouge",
            "bleu",
            "vert",
            "jaune",
            "violet"
          ]
        },
        "conjunction": " et ",
        "form": "raw"
      },
      {
        "language": "es",
        "templates": [
          "{shots}P: ¿Un número del 1 al 10?\nR:"
        ],
        "slots": {
          "shots": [
            "P: ¿Un día de la semana?\nR: jueves\nP: ¿Un animal?\nR: zorro\n",
            "P: ¿Una fruta?\nR: pera\nP: ¿Una ciudad?\nR: Oslo\n",
            "P: ¿Un mes?\nR: abril\nP: ¿Un río?\nR: Danubio\n",
            "P: ¿Un pájaro?\nR: garza\nP: ¿Un metal?\nR: cobre\n"
          ]
        },
        "reading": {
          "kind": "choice",
          "options": [
            "1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "10"
          ]
        },
        "form": "raw"
      },
      {
        "language": "es",
        "templates": [
          "{shots}P: ¿Un color entre {options}?\nR:"
        ],
        "slots": {
          "shots": [
            "P: ¿Un día de la semana?\nR: jueves\nP: ¿Un animal?\nR: zorro\n",
            "P: ¿Una fruta?\nR: pera\nP: ¿Una ciudad?\nR: Oslo\n",
            "P: ¿Un mes?\nR: abril\nP: ¿Un río?\nR: Danubio\n",
            "P: ¿Un pájaro?\nR: garza\nP: ¿Un metal?\nR: cobre\n"
          ]
        },
        "reading": {
          "kind": "choice",
          "options": [
            "rojo",
            "azul",
            "verde",
            "amarillo",
            "morado"
          ]
        },
        "conjunction": " y ",
        "form": "raw"
      }
    ]
  }
}

"""##
}
