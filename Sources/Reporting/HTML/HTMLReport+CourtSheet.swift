internal import Comparison
internal import ForensicTypes

extension HTMLReport {
    /// One page for the admissibility of the method, with what is known and what is not.
    var courtSheet: Markup {
        .element(
            "section", [.constant("class", "sheet")],
            [
                .element(
                    "h2",
                    [.element("span", [.constant("class", "count")], text: "10"), .text("Sheet on admissibility")]),
                note(
                    "The questions of Daubert v. Merrell Dow and of Rule 702 of the Federal Rules of Evidence (2023), answered for "
                        + "this case. Counsel decides what applies in the forum."),
                facts([
                    ("Testable", cell(content.testability)),
                    ("Peer review", cell("None of this method as a whole is known to this software.")),
                    ("Known error rate", cell(errors)),
                    (
                        "Standards",
                        cell(
                            "Two propositions and a likelihood ratio after the ENFSI guideline for evaluative reporting (2015); "
                                + "collection by the principles of ISO/IEC 27037; no accreditation is claimed.")
                    ),
                    ("Acceptance", cell("The method is new. General acceptance is not claimed.")),
                    (
                        "Applied reliably",
                        cell("Departures from the sealed plan: \(content.departures(listed: "in section 7")).")
                    ),
                    ("Disclosure", cell(disclosure)),
                ]), declaration,
            ])
    }

    private var disclosure: String {
        content.checks.isEmpty
            ? "Nothing is sealed for it yet: no bundle lay in the case."
            : "The bundle, verify.sh, the plan, the calibration and its population's digest. Sealed records and probes can be "
                + "shown one by one with their proof."
    }

    private var errors: String {
        let rates =
            content.record.rates.isEmpty
            ? "Not known for this case."
            : content.record.rates.map { "\($0.what): \($0.rate.text)" }.joined(separator: "; ") + "."
        return ([rates] + content.examined.sentences(about: verdict)).joined(separator: " ")
    }

    /// The form of a certification, with the digests filled in. A person signs it, not this software.
    private var declaration: Markup {
        func value(_ label: String) -> String { content.integrity.first { $0.label == label }?.value ?? "____________" }
        return .element(
            "div", [.constant("class", "declaration")],
            [
                .element(
                    "p", [.constant("class", "kicker")], text: "Form of a certification under Rule 902(13) and (14)"),
                .element(
                    "p",
                    text:
                        "I, ____________, state: I am qualified by ____________. The records in the bundle whose uncompressed "
                        + "archive has the SHA-256 digest \(value(IntegrityLabel.archive)) were made by the electronic process "
                        + "that data/tool.json and data/custody.jsonl in the bundle name, which records what a server sends and marks "
                        + "imported answers as such. The bundle was signed with the key "
                        + "\(value(IntegrityLabel.signer)). I computed the digest of the copy that I hand over with ____________ on "
                        + "____________, and it is the same."),
                .element("p", text: "Date ____________    Signature ____________"),
            ])
    }
}

/// The labels of facts that the report refers to.
public enum IntegrityLabel {
    /// The identity of the bundle.
    public static let archive = "Bundle, uncompressed (SHA-256)"
    /// The signer's key.
    public static let signer = "Signer's key"
}
