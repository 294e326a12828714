"""Takes the refusals out of verify.sh one by one: each `fail CODE "words"` becomes a command that does nothing."""
import concurrent.futures
import json
import pathlib
import re
import subprocess

SOURCE = pathlib.Path(__file__).resolve().parents[3] / "Sources/Evidence/Bundle/VerificationScript.swift"
REFUSAL = re.compile(r'\bfail (?P<code>\d+|"\$2") (?P<words>"(?:\$\([^)]*\)|\\.|[^"\\])*")')


def text():
    """The script as it stands in the sources."""
    source = SOURCE.read_text()
    body = source[source.index('static let text = #"""') :]
    lines = body.split("\n")[1 : body.split("\n").index('        """#')]
    return "\n".join(line[8:] for line in lines) + "\n"


def sites():
    script, found = text(), []
    for match in REFUSAL.finditer(script):
        line = script.count("\n", 0, match.start())
        found.append(("verify.sh", line + 1, f"fail {match['code']} {match['words']}"))
    return found


def switched(script, number, replacement):
    """The script with another command in the place of one refusal, or of all of them where `number` is nothing."""
    count = -1

    def replace(match):
        nonlocal count
        count += 1
        return replacement(count, match) if number in (None, count) else match.group(0)

    return REFUSAL.sub(replace, script)


def run(folder):
    """What noticed each check."""
    entries, script = json.loads((folder / "index.json").read_text()), text()
    # The exit code tells which refusal it was; 99 is another verdict than a refusal.
    (folder / "traced.sh").write_text(switched(script, None, lambda n, match: f'refused {n} {match["code"]}').replace(
        "\nset -euo pipefail\n", '\nset -euo pipefail\nrefused() { echo "$1" > "$WHORL_REFUSED"; exit "${AS:-$2}"; }\n', 1))

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
        traced = list(pool.map(trace, enumerate(entries)))

        def lose(number):
            reached = [index for index, (_, place) in enumerate(traced) if place == number]
            if not reached:
                return "SURVIVED: no attack reaches it"
            (folder / f"mutant-{number}.sh").write_text(switched(script, number, lambda n, match: ":"))
            for index in reached:
                if ask(f"mutant-{number}.sh", entries[index]) != traced[index][0]:
                    return f"noticed by: {entries[index]['name']}"
            return f"SURVIVED: {entries[reached[0]]['name']}, and {len(reached) - 1} more"

        return dict(enumerate(pool.map(lose, range(len(sites())))))
