#!/usr/bin/env python3
"""Write the families and corpora into Swift, so that the installed program needs no files beside it.

    Probes/embed.py            rewrite Sources/ProbeGeneration/Shipped
    Probes/embed.py --check    exit 1 if it differs from the files
"""

import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "Sources" / "ProbeGeneration" / "Shipped"
HEADER = "// Written by Probes/embed.py from {source}. Do not edit.\n// swift-format-ignore-file\n\n"


def literal(text):
    """A raw string literal that the text cannot end."""
    hashes = "##"
    if '"""' + hashes in text:
        raise SystemExit("a file holds the end of the literal")
    return f'{hashes}"""\n{text}\n"""{hashes}'


def files():
    """The Swift files by name."""
    result, families, corpora = {}, [], []
    for path in sorted((ROOT / "Probes" / "families").glob("*.json")):
        text = path.read_text(encoding="utf-8")
        name = path.stem.title().replace("-", "")
        name = name[0].lower() + name[1:]
        families.append(name)
        # Byte for byte, so that the digest of the embedded text is that of the file.
        result[f"Families/{path.stem}.swift"] = (
            HEADER.format(source=f"Probes/families/{path.name}") + "extension ShippedFiles {\n"
            + f"static let {name} = {literal(text)}\n" + "}\n")
    manifest = json.loads((ROOT / "Corpora" / "manifest.json").read_text(encoding="utf-8"))
    for entry in manifest["corpora"]:
        path = ROOT / "Corpora" / entry["file"]
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != entry["sha256"]:
            raise SystemExit(f"{path} differs from the digest in Corpora/manifest.json")
        name = entry["name"].title().replace("-", "")
        name = "corpus" + name
        corpora.append((entry["name"], entry["language"], name))
        result[f"Corpora/{entry['name']}.swift"] = (
            HEADER.format(source=f"Corpora/{entry['file']}") + "extension ShippedFiles {\n"
            + f"static let {name} = {literal(data.decode())}\n" + "}\n")
    lines = [HEADER.format(source="Probes/families and Corpora").replace("// swift-format-ignore-file\n", "")]
    lines.append("/// The texts of the families and corpora that the program carries.\nenum ShippedFiles {\n")
    lines.append("    /// The family files.\n    static let families = [\n")
    lines += [f"        {name},\n" for name in families]
    lines.append("    ]\n\n    /// The corpora with their names and languages.\n")
    lines.append("    static let corpora = [\n")
    lines += [f'        (name: "{name}", language: "{language}", text: {constant}),\n' for name, language, constant in corpora]
    lines.append("    ]\n}\n")
    result["ShippedFiles.swift"] = "".join(lines)
    return result


def main():
    wanted = files()
    present = {str(p.relative_to(TARGET)): p.read_text(encoding="utf-8") for p in TARGET.rglob("*.swift")
               if p.name != "ProbeLibrary+Shipped.swift"}
    if sys.argv[1:] == ["--check"]:
        if present != wanted:
            print("Sources/ProbeGeneration/Shipped differs from Probes and Corpora: run Probes/embed.py", file=sys.stderr)
            return 1
        return 0
    for name in present.keys() - wanted.keys():
        (TARGET / name).unlink()
    for name, text in wanted.items():
        path = TARGET / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if present.get(name) != text:
            path.write_text(text, encoding="utf-8")
    print(f"{len(wanted)} files in {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
