"""Finds the refusing conditions of Swift sources, and puts a switch on each.

A site is one condition whose loss would let something pass: a clause of a `guard`, an operand of a `&&` in one, a clause or an
operand of `||` in an `if` whose body refuses, the `where` of a loop that refuses, an operand of a returned conjunction, or a call
that is made only because it throws. A clause of a `guard` that binds a value cannot be left out of the source; without its refusal
the process would end where it unwraps nothing, so an attack that makes it refuse notices that it is gone.
"""
import re

REFUSAL = re.compile(
    r"\bfail\(|\bthrow\b|return nil|return false|isCanonical = false|partProblem =|lineError =|deviations\.append|remarks\.append|return \.init\(")
CALL = re.compile(
    r"^(?P<lead>\s*)(?P<call>(?:_ = )?try [\w.]*\b(?:check\w*|finish|verify|verifiedPayload)\([^{}\n]*\))$", re.M)
RETURNED = re.compile(r"^(?P<lead>\s*)return (?P<value>[^\n{}]*(?:\n\s+&& [^\n{}]*)*)$", re.M)


class Scanner:
    """Walks over Swift text outside of literals and comments."""

    def __init__(self, text):
        self.text = text
        self.inert = bytearray(len(text))  # 1 inside a literal or a comment
        index = 0
        while index < len(text):
            end = index
            if text.startswith("//", index):
                end = text.find("\n", index)
            elif text.startswith('"""', index):
                end = text.find('"""', index + 3) + 3
            elif text[index] == '"':
                end = self._literal(index)
            if end > index:
                self.inert[index:end] = b"\1" * (end - index)
                index = end
            else:
                index += 1

    def _literal(self, start):
        index, depth = start + 1, 0
        while index < len(self.text):
            if self.text.startswith("\\(", index):
                depth, index = depth + 1, index + 2
                continue
            sign = self.text[index]
            if depth:
                depth += (sign == "(") - (sign == ")")
            elif sign == "\\":
                index += 1
            elif sign == '"':
                return index + 1
            index += 1
        return index

    def end_of_condition(self, start, word):
        """Where a condition ends that begins at `start`: before `else {` of a guard, before `{` of another word."""
        depth = 0
        for index in range(start, len(self.text)):
            if self.inert[index]:
                continue
            sign = self.text[index]
            if depth == 0:
                if word == "guard" and re.match(r"else\s*\{", self.text[index:index + 40]):
                    return index
                if word != "guard" and sign == "{":
                    return index
            depth += (sign in "([{") - (sign in ")]}")
            if depth < 0:
                return None
        return None

    def block(self, start):
        """The text of the block whose brace is the first at or after `start`."""
        depth, begin = 0, self.text.index("{", start)
        for index in range(begin, len(self.text)):
            if not self.inert[index]:
                depth += (self.text[index] == "{") - (self.text[index] == "}")
                if depth == 0:
                    return self.text[begin:index + 1]
        return self.text[begin:]

    def split(self, start, end, mark):
        """The ranges between marks outside of brackets and literals."""
        ranges, depth, last, index = [], 0, start, start
        while index < end:
            if not self.inert[index]:
                sign = self.text[index]
                depth += (sign in "([{") - (sign in ")]}")
                if depth == 0 and self.text.startswith(mark, index):
                    ranges.append((last, index))
                    last = index = index + len(mark)
                    continue
            index += 1
        return ranges + [(last, end)]


BINDING = re.compile(r"(let|var|case|#available)\b|_ = ")


class Sites:
    """The sites of some sources, numbered."""

    def __init__(self):
        self.places, self.bindings = [], set()

    def add(self, name, line, text):
        self.places.append((name, line, " ".join(text.split())))
        return len(self.places) - 1

    def switched(self, name, text, writers=()):
        """The text with a switch on every site outside of the functions that `writers` name."""
        scanner, edits = Scanner(text), []
        heads = [(m.start(), m.group(0)) for m in re.finditer(r"\b(?:func \w+|init)[?]?\([^)]*\)", text) if not scanner.inert[m.start()]]

        def is_written(index):
            head = next((head for start, head in reversed(heads) if start < index), "")
            return any(writer in " ".join(head.split()) for writer in writers)

        def line(index):
            return text.count("\n", 0, index) + 1

        def trimmed(start, end):
            while start < end and text[start].isspace():
                start += 1
            while end > start and text[end - 1].isspace():
                end -= 1
            return start, end

        def wrap(start, end, function):
            start, end = trimmed(start, end)
            attempt = re.match(r"try\s+", text[start:end])
            inner = start + attempt.end() if attempt else start
            number = self.add(name, line(start), text[start:end])
            edits.append((start, inner, f"{'try ' if attempt else ''}Mutant.{function}({number}, "))
            edits.append((end, end, ")"))

        def bind(start, end):
            """A clause of a guard that binds a value: it is noted that the clause is entered and left."""
            begin, stop = trimmed(start, end)
            number = self.add(name, line(begin), text[begin:stop])
            self.bindings.add(number)
            edits.append((begin, begin, f"Mutant.enters({number}), "))
            edits.append((stop, stop, f", Mutant.leaves({number})"))
            return number

        def clause(start, end, function, mark):
            begin, stop = trimmed(start, end)
            if BINDING.match(text[begin:stop]):
                return False
            parts = scanner.split(begin, stop, mark)
            # `a && b || c` and `x ? y : z` are one condition.
            other = "||" if mark == "&&" else "&&"
            mixed = len(scanner.split(begin, stop, other)) > 1 or len(scanner.split(begin, stop, " ? ")) > 1
            if mixed or re.match(r"try\b", text[begin:stop]):
                parts = [(begin, stop)]
            for part in parts:
                wrap(*part, function)
            return True

        for match in re.finditer(r"\b(guard|if|where|while)\s", text):
            word = match.group(1)
            if scanner.inert[match.start()] or word == "while" or is_written(match.start()):
                continue
            if word == "where" and not re.search(r"\bfor\b[^\n]*(\n\s+)?$", text[:match.start()]):
                continue
            end = scanner.end_of_condition(match.end(), word)
            if end is None:
                continue
            body = scanner.block(end)
            if not REFUSAL.search(body) or (word != "guard" and len(body) > 900):
                continue
            if word == "if" and re.search(r"=\s*$", text[:match.start()]):
                continue  # an expression, not a statement
            guards = word == "guard"
            clauses = scanner.split(match.end(), end, ",")
            found = [clause(*part, "passes" if guards else "fails", "&&" if guards else "||") for part in clauses]
            if guards and not all(found):
                bound = [bind(*part) for part, switched in zip(clauses, found) if not switched]
                brace = text.index("{", end) + 1
                edits.append((brace, brace, f" Mutant.refuses([{', '.join(map(str, bound))}]); "))
            if word == "if" and not any(found):  # `if let` and `if case`: the switch is a clause of its own
                begin, stop = trimmed(match.end(), end)
                number = self.add(name, line(begin), text[begin:stop])
                edits.append((stop, stop, f", Mutant.fails({number}, true)"))
        for match in CALL.finditer(text):
            if not scanner.inert[match.start("call")] and not is_written(match.start()):
                number = self.add(name, line(match.start("call")), match.group("call"))
                edits.append((match.start("call"), match.start("call"), f"try Mutant.run({number}) {{ () throws(EvidenceError) in "))
                edits.append((match.end("call"), match.end("call"), " }"))
        for match in RETURNED.finditer(text):
            start, end = match.span("value")
            if not scanner.inert[start] and not is_written(start) and len(scanner.split(start, end, "&&")) > 1 \
                    and len(scanner.split(start, end, " ? ")) == 1:
                clause(start, end, "passes", "&&")
        for start, end, replacement in sorted(edits, key=lambda edit: (edit[0], edit[1]), reverse=True):
            text = text[:start] + replacement + text[end:]
        return text
