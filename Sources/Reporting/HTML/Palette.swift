/// The colours of a report on a light ground. The style sheet gives them other values in the dark.
enum Palette: String {
    case ink = "#1a1d21"
    case quiet = "#5b636d"
    case line = "#d9dce1"
    case rule = "#9aa1aa"
    case ground = "#fdfdfc"
    case panel = "#f4f3ef"
    case accent = "#1f4e79"
    case mark = "#a8480b"
    case good = "#2c6e49"
    case bad = "#a4161a"
    case none
}
