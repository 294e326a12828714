/// Text that tries to leave its place on a page, in a terminal or in a table.
enum Payloads {
    static let markup = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</style><script>",
        "<!-- ", "-->", "]]>", "<![CDATA[", "javascript:alert(1)", "&lt;b&gt;", "&#60;script&#62;", "&", "&amp",
        "\"\u{301}><svg onload=alert(1)>", "<\u{200D}script>", "<\u{301}b>", "'\u{FE0F} onfocus=alert(1) autofocus='",
        "\u{202E}gnp.exe", "\u{2066}<b>\u{2069}", "</pre><iframe src=//evil.example>",
        "</title><base href=//evil.example/>",
        "</svg><math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">", "<svg><style><img src=x onerror=alert(1)>",
        "<template><script>alert(1)</script></template>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<textarea></textarea><script>", "<plaintext>", "<xmp><b>", "<a href=javascript:alert(1)>x</a>",
        "<form action=//evil.example><input type=submit>", "<meta http-equiv=refresh content=0;url=//evil.example>",
        "<link rel=stylesheet href=//evil.example>", "<style>@import '//evil.example';</style>",
        "<object data=//evil.example></object>", "<embed src=//evil.example>", "<video src=//evil.example autoplay>",
        "{{7*7}}", "${7*7}", "\u{0}<b>", "<b\u{0}>", "<\u{FF1C}b>", "\u{FEFF}<b>", "\u{2028}<b>\u{2029}",
        "\u{1B}]0;x\u{7}\u{1B}[2J", "\u{9B}31m", "\r\n\r\n<b>", "\t<b>", "\u{E0041}\u{E007F}<b>", "\u{F8FF}",
        String(repeating: "<b>", count: 2_000),
    ]
}
