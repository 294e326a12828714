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
    "grade": "conspicuous",
    "note": "Looks like few-shot completion, whose short lines surprise a filter that knows prose. Needs an endpoint for raw completions."
  },
  "comparators": [
    "prompt-stratified-mmd",
    "small-alphabet",
    "top-logprob-divergence",
    "decision-agreement",
    "token-accounting"
  ],
  "cost": {
    "prompt_tokens": 62,
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
          "{shots}Q: Pick a number from 1 to 10.\nA:",
          "{shots}Q: Pick any whole number from 1 to 10.\nA:"
        ],
        "slots": {
          "shots": [
            "Q: Pick a season: spring, summer, autumn or winter.\nA: autumn\nQ: Pick a number from 20 to 30.\nA: 24\nQ: Yes or no?\nA: yes\n",
            "Q: Pick a number from 50 to 60.\nA: 57\nQ: Pick a fruit: apple, pear or plum.\nA: plum\nQ: Left or right?\nA: left\n",
            "Q: Up or down?\nA: down\nQ: Pick a letter out of X, Y and Z.\nA: Y\nQ: Pick a number from 11 to 15.\nA: 12\n",
            "Q: Pick a metal: iron, zinc or tin.\nA: zinc\nQ: Day or night?\nA: day\nQ: Pick a number from 30 to 40.\nA: 38\n",
            "Q: Pick a letter out of P, Q, R and S.\nA: S\nQ: Pick a bird: heron, crow or owl.\nA: crow\nQ: North or south?\nA: north\n",
            "Q: In or out?\nA: out\nQ: Pick a number from 70 to 80.\nA: 73\nQ: Pick a meal: lunch or supper.\nA: lunch\n",
            "Q: Pick a tree: birch, oak or elm.\nA: elm\nQ: Pick a number from 15 to 25.\nA: 21\nQ: Hot or cold?\nA: cold\n",
            "Q: Tea or milk?\nA: tea\nQ: Pick a letter out of K, L and M.\nA: K\nQ: Pick a number from 90 to 99.\nA: 96\n"
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
            "Q: Pick a season: spring, summer, autumn or winter.\nA: autumn\nQ: Pick a number from 20 to 30.\nA: 24\nQ: Yes or no?\nA: yes\n",
            "Q: Pick a number from 50 to 60.\nA: 57\nQ: Pick a fruit: apple, pear or plum.\nA: plum\nQ: Left or right?\nA: left\n",
            "Q: Up or down?\nA: down\nQ: Pick a letter out of X, Y and Z.\nA: Y\nQ: Pick a number from 11 to 15.\nA: 12\n",
            "Q: Pick a metal: iron, zinc or tin.\nA: zinc\nQ: Day or night?\nA: day\nQ: Pick a number from 30 to 40.\nA: 38\n",
            "Q: Pick a letter out of P, Q, R and S.\nA: S\nQ: Pick a bird: heron, crow or owl.\nA: crow\nQ: North or south?\nA: north\n",
            "Q: In or out?\nA: out\nQ: Pick a number from 70 to 80.\nA: 73\nQ: Pick a meal: lunch or supper.\nA: lunch\n",
            "Q: Pick a tree: birch, oak or elm.\nA: elm\nQ: Pick a number from 15 to 25.\nA: 21\nQ: Hot or cold?\nA: cold\n",
            "Q: Tea or milk?\nA: tea\nQ: Pick a letter out of K, L and M.\nA: K\nQ: Pick a number from 90 to 99.\nA: 96\n"
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
            "Q: Pick a season: spring, summer, autumn or winter.\nA: autumn\nQ: Pick a number from 20 to 30.\nA: 24\nQ: Yes or no?\nA: yes\n",
            "Q: Pick a number from 50 to 60.\nA: 57\nQ: Pick a fruit: apple, pear or plum.\nA: plum\nQ: Left or right?\nA: left\n",
            "Q: Up or down?\nA: down\nQ: Pick a letter out of X, Y and Z.\nA: Y\nQ: Pick a number from 11 to 15.\nA: 12\n",
            "Q: Pick a metal: iron, zinc or tin.\nA: zinc\nQ: Day or night?\nA: day\nQ: Pick a number from 30 to 40.\nA: 38\n",
            "Q: Pick a letter out of P, Q, R and S.\nA: S\nQ: Pick a bird: heron, crow or owl.\nA: crow\nQ: North or south?\nA: north\n",
            "Q: In or out?\nA: out\nQ: Pick a number from 70 to 80.\nA: 73\nQ: Pick a meal: lunch or supper.\nA: lunch\n",
            "Q: Pick a tree: birch, oak or elm.\nA: elm\nQ: Pick a number from 15 to 25.\nA: 21\nQ: Hot or cold?\nA: cold\n",
            "Q: Tea or milk?\nA: tea\nQ: Pick a letter out of K, L and M.\nA: K\nQ: Pick a number from 90 to 99.\nA: 96\n"
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
            "Q: Pick a season: spring, summer, autumn or winter.\nA: autumn\nQ: Pick a number from 20 to 30.\nA: 24\nQ: Yes or no?\nA: yes\n",
            "Q: Pick a number from 50 to 60.\nA: 57\nQ: Pick a fruit: apple, pear or plum.\nA: plum\nQ: Left or right?\nA: left\n",
            "Q: Up or down?\nA: down\nQ: Pick a letter out of X, Y and Z.\nA: Y\nQ: Pick a number from 11 to 15.\nA: 12\n",
            "Q: Pick a metal: iron, zinc or tin.\nA: zinc\nQ: Day or night?\nA: day\nQ: Pick a number from 30 to 40.\nA: 38\n",
            "Q: Pick a letter out of P, Q, R and S.\nA: S\nQ: Pick a bird: heron, crow or owl.\nA: crow\nQ: North or south?\nA: north\n",
            "Q: In or out?\nA: out\nQ: Pick a number from 70 to 80.\nA: 73\nQ: Pick a meal: lunch or supper.\nA: lunch\n",
            "Q: Pick a tree: birch, oak or elm.\nA: elm\nQ: Pick a number from 15 to 25.\nA: 21\nQ: Hot or cold?\nA: cold\n",
            "Q: Tea or milk?\nA: tea\nQ: Pick a letter out of K, L and M.\nA: K\nQ: Pick a number from 90 to 99.\nA: 96\n"
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
            "F: Wähle eine Jahreszeit: Frühling, Sommer oder Herbst.\nA: Herbst\nF: Nenne eine Zahl von 20 bis 30.\nA: 24\nF: Ja oder nein?\nA: ja\n",
            "F: Nenne eine Zahl von 50 bis 60.\nA: 57\nF: Wähle ein Obst: Apfel, Birne oder Pflaume.\nA: Pflaume\n",
            "F: Links oder rechts?\nA: links\nF: Nenne eine Zahl von 11 bis 15.\nA: 12\n",
            "F: Wähle ein Metall: Eisen, Zink oder Zinn.\nA: Zink\nF: Nenne eine Zahl von 30 bis 40.\nA: 38\n"
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
            "F: Wähle eine Jahreszeit: Frühling, Sommer oder Herbst.\nA: Herbst\nF: Nenne eine Zahl von 20 bis 30.\nA: 24\nF: Ja oder nein?\nA: ja\n",
            "F: Nenne eine Zahl von 50 bis 60.\nA: 57\nF: Wähle ein Obst: Apfel, Birne oder Pflaume.\nA: Pflaume\n",
            "F: Links oder rechts?\nA: links\nF: Nenne eine Zahl von 11 bis 15.\nA: 12\n",
            "F: Wähle ein Metall: Eisen, Zink oder Zinn.\nA: Zink\nF: Nenne eine Zahl von 30 bis 40.\nA: 38\n"
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
            "Q : Une saison parmi printemps, été et automne ?\nR : automne\nQ : Un nombre de 20 à 30 ?\nR : 24\nQ : Oui ou non ?\nR : oui\n",
            "Q : Un nombre de 50 à 60 ?\nR : 57\nQ : Un fruit parmi pomme, poire et prune ?\nR : prune\n",
            "Q : Gauche ou droite ?\nR : gauche\nQ : Un nombre de 11 à 15 ?\nR : 12\n",
            "Q : Un métal parmi fer, zinc et étain ?\nR : zinc\nQ : Un nombre de 30 à 40 ?\nR : 38\n"
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
            "Q : Une saison parmi printemps, été et automne ?\nR : automne\nQ : Un nombre de 20 à 30 ?\nR : 24\nQ : Oui ou non ?\nR : oui\n",
            "Q : Un nombre de 50 à 60 ?\nR : 57\nQ : Un fruit parmi pomme, poire et prune ?\nR : prune\n",
            "Q : Gauche ou droite ?\nR : gauche\nQ : Un nombre de 11 à 15 ?\nR : 12\n",
            "Q : Un métal parmi fer, zinc et étain ?\nR : zinc\nQ : Un nombre de 30 à 40 ?\nR : 38\n"
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
            "P: ¿Una estación entre primavera, verano y otoño?\nR: otoño\nP: ¿Un número del 20 al 30?\nR: 24\nP: ¿Sí o no?\nR: sí\n",
            "P: ¿Un número del 50 al 60?\nR: 57\nP: ¿Una fruta entre manzana, pera y ciruela?\nR: ciruela\n",
            "P: ¿Izquierda o derecha?\nR: izquierda\nP: ¿Un número del 11 al 15?\nR: 12\n",
            "P: ¿Un metal entre hierro, zinc y estaño?\nR: zinc\nP: ¿Un número del 30 al 40?\nR: 38\n"
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
            "P: ¿Una estación entre primavera, verano y otoño?\nR: otoño\nP: ¿Un número del 20 al 30?\nR: 24\nP: ¿Sí o no?\nR: sí\n",
            "P: ¿Un número del 50 al 60?\nR: 57\nP: ¿Una fruta entre manzana, pera y ciruela?\nR: ciruela\n",
            "P: ¿Izquierda o derecha?\nR: izquierda\nP: ¿Un número del 11 al 15?\nR: 12\n",
            "P: ¿Un metal entre hierro, zinc y estaño?\nR: zinc\nP: ¿Un número del 30 al 40?\nR: 38\n"
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
  },
  "paraphrase": {
    "by": "slot",
    "slot": "shots"
  }
}

"""##
}
