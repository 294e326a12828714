internal import ForensicTypes
internal import ContentAddressing
internal import Evidence

/// The one style sheet of a report. The page allows this text and nothing else, by its digest.
enum StyleSheet {
    static let text = colours + typography + blocks + drawings + paper

    private static let colours = """
        :root { color-scheme: light dark; --ink: \(Palette.ink.rawValue); --quiet: \(Palette.quiet.rawValue); \
        --line: \(Palette.line.rawValue); --rule: \(Palette.rule.rawValue); --ground: \(Palette.ground.rawValue); \
        --panel: \(Palette.panel.rawValue); --accent: \(Palette.accent.rawValue); --mark: \(Palette.mark.rawValue); \
        --good: \(Palette.good.rawValue); --bad: \(Palette.bad.rawValue); }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4e6e9; --quiet: #a0a8b2; --line: #343a41; --rule: #5c656f; \
        --ground: #14171a; --panel: #1d2125; --accent: #8ab8e6; --mark: #f0a05a; --good: #7cc79b; --bad: #ff8a85; } }

        """

    private static let typography = """
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--ground); color: var(--ink); \
        font: 1.0625rem/1.55 Charter, "Bitstream Charter", "Source Serif 4", Georgia, "Liberation Serif", "Times New Roman", serif; \
        font-variant-numeric: oldstyle-nums; hyphens: auto; }
        main { max-width: 46rem; margin: 0 auto; padding: 3.5rem 1.5rem 6rem; }
        h1, h2, h3, th, figcaption, .kicker, .which, .who, .verdict, .table td.number, svg text { \
        font-family: "Inter", "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; }
        h1 { font-size: 1.75rem; line-height: 1.2; font-weight: 600; letter-spacing: -.015em; margin: .35rem 0 .6rem; \
        hyphens: none; overflow-wrap: anywhere; text-wrap: balance; }
        h2 { font-size: 1.15rem; font-weight: 600; line-height: 1.3; margin: 0 0 .9rem; hyphens: none; }
        h2 .count { display: inline-block; min-width: 1.9rem; color: var(--quiet); font-weight: 400; }
        h3 { font-size: .95rem; font-weight: 600; margin: 1.8rem 0 .5rem; }
        p { margin: .55rem 0; } ul { margin: .55rem 0; padding-left: 1.1rem; } li { margin: .3rem 0; }
        .kicker { font-size: .72rem; letter-spacing: .09em; text-transform: uppercase; color: var(--quiet); margin: 0; }
        .byline { color: var(--quiet); margin: 0 0 1.6rem; overflow-wrap: anywhere; }
        .quiet, figcaption { color: var(--quiet); font-size: .875rem; line-height: 1.45; }
        code, pre { font: .8rem/1.5 ui-monospace, "SF Mono", "DejaVu Sans Mono", "Liberation Mono", monospace; \
        overflow-wrap: anywhere; font-variant-numeric: normal; hyphens: none; }

        """

    private static let blocks = """
        section { margin-top: 3.2rem; padding-top: 1.1rem; border-top: 1px solid var(--line); }
        section.first { margin-top: 0; padding-top: 0; border-top: 0; }
        section.first h2 { font-size: .8rem; letter-spacing: .07em; text-transform: uppercase; color: var(--accent); \
        margin: 1.7rem 0 .45rem; }
        .finding { border-top: 3px solid var(--accent); border-bottom: 1px solid var(--line); padding-bottom: .7rem; }
        section.first .finding h2 { margin-top: .9rem; }
        .verdict { font-size: 1.3rem; line-height: 1.3; font-weight: 600; margin: 0 0 .6rem; overflow-wrap: anywhere; }
        .lead { font-size: 1.1rem; } .statement { border-left: 3px solid var(--line); padding-left: .9rem; }
        .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; margin: 1rem 0; }
        .proposition, .declaration { background: var(--panel); padding: .9rem 1.1rem; }
        .proposition p:last-child { margin-bottom: 0; }
        .table { overflow-x: auto; margin: .9rem 0; }
        table { border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.45; \
        font-variant-numeric: lining-nums; hyphens: none; }
        th, td { text-align: left; vertical-align: top; padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--line); \
        overflow-wrap: break-word; } th:last-child, td:last-child { padding-right: 0; }
        thead th { font-size: .72rem; font-weight: 600; color: var(--quiet); border-bottom: 1px solid var(--rule); \
        vertical-align: bottom; }
        tbody th { font-size: .8rem; font-weight: 600; width: 12.5rem; hyphens: none; }
        .facts { margin: .9rem 0; } .facts td code { font-size: .75rem; } .facts tr:first-child > * { border-top: 1px solid var(--rule); }
        th.number { text-align: right; } td.number { text-align: right; font-variant-numeric: lining-nums tabular-nums; white-space: nowrap; }
        td code { overflow-wrap: anywhere; } .passed { color: var(--good); } .failed { color: var(--bad); font-weight: 700; }
        .open { color: var(--quiet); }
        pre { white-space: pre-wrap; margin: .3rem 0 0; }
        .example { margin: 1.4rem 0 1.8rem; } .asked { border-left: 3px solid var(--rule); padding: .1rem 0 .1rem .8rem; }
        .which { font-size: .8rem; color: var(--quiet); margin: 0 0 .35rem; }
        .answers { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 0 1.1rem; margin-top: .7rem; }
        .answer { border-top: 1px solid var(--rule); padding: .5rem 0; min-width: 0; }
        .who { font-size: .75rem; font-weight: 600; margin: 0; overflow-wrap: anywhere; }
        dl { columns: 2; column-gap: 2rem; } dt { font-weight: 700; margin-top: .7rem; break-after: avoid; }
        dd { margin: 0; break-inside: avoid; }

        """

    private static let drawings = """
        figure { margin: 1.1rem 0; } svg { display: block; width: 100%; height: auto; overflow: visible; }
        svg text { fill: var(--ink); } svg .scale, svg .term { fill: var(--quiet); }
        .band { fill: var(--panel); stroke: var(--rule); } .beyond { fill: var(--rule); }
        .axis, .tick { stroke: var(--rule); } .grid { stroke: var(--line); } .zero { stroke: var(--ink); }
        .interval, .related, .redeployment { stroke: var(--accent); } .unrelated { stroke: var(--quiet); }
        .mark { stroke: var(--mark); } .reference { fill: var(--quiet); } .sibling { stroke: var(--good); }
        .suspect { fill: var(--mark); stroke: var(--ground); }
        @media (max-width: 36rem) { .pair { grid-template-columns: 1fr; } dl { columns: 1; } main { padding-top: 1.5rem; } }

        """

    private static let paper = """
        @page { size: A4; margin: 20mm 21mm 22mm; @bottom-right { content: counter(page) " / " counter(pages); \
        font: 8pt Arial, "Liberation Sans", sans-serif; color: #5b636d; } \
        @bottom-left { content: "Report of a comparison of language models"; font: 8pt Arial, "Liberation Sans", sans-serif; \
        color: #5b636d; } }
        @media print { :root { color-scheme: light; --ink: #000000; --quiet: #4a5058; --line: #cfd3d8; --rule: #7d848c; \
        --ground: #ffffff; --panel: #f2f1ed; --accent: #1f4e79; --mark: #a8480b; --good: #2c6e49; --bad: #a4161a; } \
        body { font-size: 9.8pt; line-height: 1.42; print-color-adjust: exact; -webkit-print-color-adjust: exact; } \
        main { max-width: none; padding: 0; } h1 { font-size: 17pt; } .verdict { font-size: 12.5pt; } .lead { font-size: 10.4pt; } \
        section { margin-top: 7mm; padding-top: 3mm; } section.sheet { break-before: page; } \
        section.first h2 { margin-top: 4.5mm; } section.first .facts { break-inside: avoid; } \
        section.first p, section.first li { margin: 1.1mm 0; line-height: 1.36; } section.first .byline { margin-bottom: 3mm; } table { font-size: 8.4pt; line-height: 1.35; } .quiet, figcaption { font-size: 8.4pt; } \
        thead { display: table-header-group; } h2, h3, .kicker, .who { break-after: avoid; } \
        tr, figure, .finding, .answer, .proposition, .declaration, li { break-inside: avoid; } \
        code, pre { font-size: 7.6pt; } .facts td code { font-size: 7.4pt; } .table { overflow: visible; } .example { break-inside: avoid; } \
        .answers { grid-template-columns: repeat(3, 1fr); } }
        """

    /// The source expression of a content security policy that allows exactly this sheet.
    static let policySource = "'sha256-\(Base64.encode(SHA256Digest.of(text: text).bytes))'"
}
