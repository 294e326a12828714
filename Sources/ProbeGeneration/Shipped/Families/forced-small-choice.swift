// Written by Probes/embed.py from Probes/families/forced-small-choice.json. Do not edit.
// swift-format-ignore-file

extension ShippedFiles {
static let forcedSmallChoice = ##"""
{
  "format": "whorl-probe-family",
  "version": 1,
  "id": "forced-small-choice",
  "revision": 1,
  "title": "Forced choice out of a few equal options",
  "asks": "Asks for a number, a letter, a colour or a side of a coin where no answer is better than another, in English, German, French and Spanish.",
  "reads": "Which option each draw names. People choose such things unevenly and so do models, each in its own way; the habit survives quantisation and most fine-tuning.",
  "parser": "The first option that occurs in the answer as a whole word; anything else is missing.",
  "stealth": {
    "grade": "conspicuous",
    "note": "Short forced choices; in about half of them the list of options surprises a filter that knows prose."
  },
  "comparators": [
    "prompt-stratified-mmd",
    "small-alphabet",
    "decision-agreement",
    "token-accounting"
  ],
  "cost": {
    "prompt_tokens": 40,
    "answer_tokens": 6
  },
  "sampling": {
    "temperature": "1.0",
    "top_p": "1.0",
    "maximum_tokens": 6,
    "top_logprobs": 0
  },
  "draws": 8,
  "source": {
    "kind": "templates",
    "variants": [
      {
        "language": "en",
        "templates": [
          "Pick a number from 1 to 10 for {event}. Answer with the number only.",
          "I need a number between 1 and 10 for {event}. Just say the number.",
          "For {event}: choose any whole number from 1 to 10. Reply with one number."
        ],
        "slots": {
          "event": [
            "a raffle",
            "a board game",
            "a classroom exercise",
            "a magic trick",
            "a lottery ticket",
            "a door code",
            "a football shirt",
            "a table at a wedding",
            "a test of a form",
            "a memory game",
            "a lucky draw",
            "a story that I am writing"
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
        }
      },
      {
        "language": "en",
        "templates": [
          "Choose a letter from A to F for {event}. Answer with the letter only.",
          "Give me one of the letters {options} for {event}. Reply with the letter only."
        ],
        "slots": {
          "event": [
            "a raffle",
            "a board game",
            "a classroom exercise",
            "a magic trick",
            "a lottery ticket",
            "a door code",
            "a football shirt",
            "a table at a wedding",
            "a test of a form",
            "a memory game",
            "a lucky draw",
            "a story that I am writing"
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
        "conjunction": " or "
      },
      {
        "language": "en",
        "templates": [
          "Name a colour for {event}: {options}. Answer with one word.",
          "Which colour should I take for {event}: {options}? One word, please."
        ],
        "slots": {
          "event": [
            "a raffle",
            "a board game",
            "a classroom exercise",
            "a magic trick",
            "a lottery ticket",
            "a door code",
            "a football shirt",
            "a table at a wedding",
            "a test of a form",
            "a memory game",
            "a lucky draw",
            "a story that I am writing"
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
        "conjunction": " or "
      },
      {
        "language": "en",
        "templates": [
          "Flip a coin for {event}. Say {options} only.",
          "Toss a coin in your head for {event}: {options}? One word."
        ],
        "slots": {
          "event": [
            "a raffle",
            "a board game",
            "a classroom exercise",
            "a magic trick",
            "a lottery ticket",
            "a door code",
            "a football shirt",
            "a table at a wedding",
            "a test of a form",
            "a memory game",
            "a lucky draw",
            "a story that I am writing"
          ]
        },
        "reading": {
          "kind": "choice",
          "options": [
            "heads",
            "tails"
          ]
        },
        "conjunction": " or "
      },
      {
        "language": "de",
        "templates": [
          "Nenne eine Zahl von 1 bis 10 für {event}. Antworte nur mit der Zahl.",
          "Wähle für {event} irgendeine ganze Zahl von 1 bis 10. Nur die Zahl."
        ],
        "slots": {
          "event": [
            "eine Verlosung",
            "ein Brettspiel",
            "eine Übung im Unterricht",
            "einen Zaubertrick",
            "ein Trikot",
            "einen Tisch auf einer Hochzeit",
            "eine Geschichte",
            "ein Gedächtnisspiel"
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
        }
      },
      {
        "language": "de",
        "templates": [
          "Welche Farbe soll ich für {event} nehmen: {options}? Ein Wort genügt."
        ],
        "slots": {
          "event": [
            "eine Verlosung",
            "ein Brettspiel",
            "eine Übung im Unterricht",
            "einen Zaubertrick",
            "ein Trikot",
            "einen Tisch auf einer Hochzeit",
            "eine Geschichte",
            "ein Gedächtnisspiel"
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
        "conjunction": " oder "
      },
      {
        "language": "fr",
        "templates": [
          "Choisis un nombre de 1 à 10 pour {event}. Réponds seulement par le nombre.",
          "Donne-moi un nombre entier de 1 à 10 pour {event}. Juste le nombre."
        ],
        "slots": {
          "event": [
            "une tombola",
            "un jeu de société",
            "un exercice en classe",
            "un tour de magie",
            "un maillot",
            "une table de mariage",
            "une histoire",
            "un jeu de mémoire"
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
        }
      },
      {
        "language": "fr",
        "templates": [
          "Quelle couleur pour {event} : {options} ? Un seul mot."
        ],
        "slots": {
          "event": [
            "une tombola",
            "un jeu de société",
            "un exercice en classe",
            "un tour de magie",
            "un maillot",
            "une table de mariage",
            "une histoire",
            "un jeu de mémoire"
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
        "conjunction": " ou "
      },
      {
        "language": "es",
        "templates": [
          "Elige un número del 1 al 10 para {event}. Responde solo con el número.",
          "Dime un número entero del 1 al 10 para {event}. Solo el número."
        ],
        "slots": {
          "event": [
            "una rifa",
            "un juego de mesa",
            "un ejercicio de clase",
            "un truco de magia",
            "una camiseta",
            "una mesa de boda",
            "un cuento",
            "un juego de memoria"
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
        }
      },
      {
        "language": "es",
        "templates": [
          "¿Qué color para {event}: {options}? Una sola palabra."
        ],
        "slots": {
          "event": [
            "una rifa",
            "un juego de mesa",
            "un ejercicio de clase",
            "un truco de magia",
            "una camiseta",
            "una mesa de boda",
            "un cuento",
            "un juego de memoria"
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
        "conjunction": " o "
      }
    ]
  },
  "paraphrase": {
    "by": "template",
    "openings": {
      "de": [
        "Guten Tag. ",
        "Kurze Frage: ",
        "Bitte hilf mir kurz. "
      ],
      "en": [
        "Hello. ",
        "Quick question: ",
        "Please help me with this. "
      ],
      "es": [
        "Hola. ",
        "Una pregunta: ",
        "Ayúdame, por favor. "
      ],
      "fr": [
        "Bonjour. ",
        "Petite question : ",
        "Aide-moi, s'il te plaît. "
      ]
    }
  }
}

"""##
}
