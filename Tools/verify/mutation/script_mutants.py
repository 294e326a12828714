"""Takes the refusals out of verify.sh one by one: each `fail CODE "words"` becomes a command that does nothing."""
import concurrent.futures
import json
import pathlib
import re
import subprocess

SOURCES = pathlib.Path(__file__).resolve().parents[3] / "Sources/Evidence/Bundle"
REFUSAL = re.compile(r'\bfail (?P<code>(?!64)\d+|"\$2") (?P<words>"(?:\$\([^)]*\)|\\.|[^"\\])*")')
PROGRAM = re.compile(r"\bjq [^'\n|]*'([^']*)'")
SEPARATOR = re.compile(r" and | or | \| |[;,:]|\b(?:if|then|elif|else|end)\b")


def text():
    """The script as it stands in the sources: the sections that its first file names, in that order."""
    files = [path.read_text() for path in sorted(SOURCES.glob("VerificationScript*.swift"))]
    sections = {}
    for name, body in re.findall(r'static let (\w+) = #"""\n(.*?)\n        """#', "".join(files), re.S):
        sections[name] = "\n".join(line[8:] for line in body.split("\n"))
    names = re.search(r"\[([\w, ]+)\]\.joined", "".join(files)).group(1).split(", ")
    return "\n\n".join(sections[name] for name in names) + "\n"


def operands(program, start, end, words=(" and ", " or ")):
    """The ranges of the operands of `and` and `or` in a program of jq, and what an operand becomes that is out."""
    found, depth, last, marks, opened = [], 0, start, [], None
    for match in re.finditer(r'"(?:\\.|[^"\\])*"|[(\[{]|[)\]}]|' + SEPARATOR.pattern, program[start:end]):
        sign, at, after = match.group(), start + match.start(), start + match.end()
        if sign in "([{":
            depth, opened = depth + 1, after if depth == 0 else opened
        elif sign in ")]}":
            depth -= 1
            if depth == 0:
                marks.append(("inner", opened, at))
        elif depth == 0 and sign[0] != '"':
            marks.append((sign, at, after))
    segment, inner = [last], []
    for sign, at, after in marks + [("end", end, end)]:
        if sign == "inner":
            inner.append((at, after))
        elif sign in (" and ", " or "):
            segment += [sign, at, after]
        else:
            kinds = set(segment[1::3])
            # `select` picks what is refused, so there the operands of `or` refuse and those of `and` do not.
            if len(kinds) == 1 and kinds <= set(words) and not (kinds == {" and "} and program[:segment[0]].endswith("select(")):
                words = tuple(kinds)
                edges = [edge for edge in segment if not isinstance(edge, str)] + [at]
                replacement = "true" if words == (" and ",) else "false"
                for begin, stop in zip(edges[::2], edges[1::2]):
                    text = program[begin:stop]
                    found.append((begin + len(text) - len(text.lstrip()), stop - len(text) + len(text.rstrip()), replacement))
            for begin, stop in inner:
                found += operands(program, begin, stop, words)
            segment, inner = [after], []
    return found


def places():
    """Every check: where it stands in the script, what stands there without it, and its refusals by their number."""
    script = text()
    refusals = [(match.start(), match.end()) for match in REFUSAL.finditer(script)]
    found = [(start, end, ":", [number]) for number, (start, end) in enumerate(refusals)]
    for match in PROGRAM.finditer(script):
        near = [number for number, (start, _) in enumerate(refusals) if 0 < start - match.end() and script.count("\n", match.end(), start) <= 3]
        for start, end, replacement in operands(match.group(1), 0, len(match.group(1))):
            found.append((match.start(1) + start, match.start(1) + end, replacement, near[:3]))
    return found


def sites():
    script = text()
    return [("verify.sh", script.count("\n", 0, start) + 1, " ".join(script[start:end].split())) for start, end, _, _ in places()]


def traced(script):
    """The script with every refusal telling which it is."""
    numbers = iter(range(1000))
    return REFUSAL.sub(lambda match: f"refused {next(numbers)} {match['code']}", script).replace(
        "\nset -euo pipefail\n", '\nset -euo pipefail\nrefused() { echo "$1" > "$WHORL_REFUSED"; exit "${AS:-$2}"; }\n', 1)


def run(folder):
    """What noticed each check."""
    entries, script = json.loads((folder / "index.json").read_text()), text()
    (folder / "traced.sh").write_text(traced(script))

    def ask(name, entry, mark=""):
        result = subprocess.run(["bash", folder / name, *entry["arguments"]], capture_output=True, text=True, check=False,
                                env={"PATH": "/usr/local/bin:/usr/bin:/bin", "WHORL_REFUSED": str(folder / f"refused-{mark}")})
        return result.returncode

    def trace(item):
        number, entry = item
        code = ask("traced.sh", entry, number)
        place = folder / f"refused-{number}"
        if code not in entry["codes"][0]:
            raise SystemExit(f"the script itself gives {code} for {entry['name']}, not one of {entry['codes'][0]}")
        return code, int(place.read_text()) if place.exists() else None

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        verdicts = list(pool.map(trace, enumerate(entries)))

        def lose(number):
            start, end, replacement, refusals = all_places[number]
            reached = [index for index, (_, place) in enumerate(verdicts) if place in refusals]
            if not reached:
                return "SURVIVED: no attack reaches it"
            (folder / f"mutant-{number}.sh").write_text(script[:start] + replacement + script[end:])
            # What passes something over refuses nothing, so what is accepted has to be asked as well.
            accepted = [index for index, (code, _) in enumerate(verdicts) if code == 0]
            for index in reached + accepted:
                if ask(f"mutant-{number}.sh", entries[index]) != verdicts[index][0]:
                    return f"noticed by: {entries[index]['name']}"
            return f"SURVIVED: {entries[reached[0]]['name']}, and {len(reached) - 1} more"

        all_places = places()
        return dict(enumerate(pool.map(lose, range(len(all_places)))))
