internal import ForensicTypes
internal import ContentAddressing
internal import Evidence

/// The one style sheet of a report. The page allows this text and nothing else, by its digest.
enum StyleSheet {
    static let text = """
        :root { color-scheme: light dark; --ink: #1b1f24; --quiet: #57606a; --line: #d0d7de; --ground: #ffffff; \
        --panel: #f6f8fa; --accent: #0a5a8a; --mark: #b35900; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --quiet: #9ba7b3; --line: #3b434c; \
        --ground: #14181d; --panel: #1d232a; --accent: #7cc0ee; --mark: #f0a04b; } }
        body { margin: 0 auto; max-width: 50rem; padding: 2rem 1.25rem 4rem; background: var(--ground); \
        color: var(--ink); font: 1rem/1.55 Georgia, "Times New Roman", serif; }
        h1, h2, h3, th, .label, figcaption { font-family: "Helvetica Neue", Arial, sans-serif; }
        h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; }
        h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); }
        .quiet, figcaption { color: var(--quiet); font-size: .9rem; }
        .finding { border-left: .3rem solid var(--accent); background: var(--panel); padding: .75rem 1.25rem; }
        .finding p { margin: .4rem 0; }
        .label { display: inline-block; font-weight: bold; font-size: 1.1rem; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .75rem 0; }
        th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; \
        border-bottom: 1px solid var(--line); overflow-wrap: break-word; } td code { overflow-wrap: anywhere; }
        td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        code, pre { font: .82rem/1.45 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
        pre { white-space: pre-wrap; background: var(--panel); padding: .5rem .75rem; margin: .25rem 0; }
        dt { font-weight: bold; margin-top: .6rem; } dd { margin: 0; }
        figure { margin: 1rem 0; } svg { width: 100%; height: auto; }
        svg text { fill: var(--ink); font: 11px "Helvetica Neue", Arial, sans-serif; }
        .axis { stroke: var(--line); stroke-width: 1; } .reference { fill: var(--quiet); }
        .redeployment { fill: none; stroke: var(--accent); stroke-width: 1.5; } .suspect { fill: var(--mark); }
        @media print { body { max-width: none; padding: 0; font-size: 10.5pt; } h2 { break-after: avoid; } \
        table, figure, .finding, pre { break-inside: avoid; } }
        """

    /// The source expression of a content security policy that allows exactly this sheet.
    static let policySource = "'sha256-\(Base64.encode(SHA256Digest.of(text: text).bytes))'"
}
