/// The texts in every bundle that let a stranger check it without Whorl.
enum VerificationScript {
    /// The file `verify.sh`.
    static let text =
        [opening, container, signatures, digests, timestamps, records, plan, renewals].joined(separator: "\n\n") + "\n"

    /// How it is called, and what the sections use.
    private static let opening = #"""
        #!/bin/bash
        # Checks a Whorl bundle with public tools only: bash, coreutils, findutils, grep, sed, openssl, jq, xxd, cmp, tar, zstd.
        # usage: verify.sh BUNDLE.tar.zst SIGNER.pem|ROOT.crt [SHA-256 of the archive|-] [roots of TSAs.pem|-] [REVIEWER.pem|-] [TIME]
        set -euo pipefail
        export LC_ALL=C
        [ $# -ge 2 ] || { sed -n '3s/^# //p' "$0" >&2; exit 64; }
        path() { if [ "${1:--}" != - ]; then realpath -s -- "$1"; fi; }
        BUNDLE=$(path "$1") TRUST=$(path "$2") WANTED=${3:--} TSA=$(path "${4:-}") REVIEWER=$(path "${5:-}") NOW=$(date +%s) TOKENS=()
        T=$(mktemp -d)
        trap 'rm -rf "$T"' EXIT
        ok() { printf 'ok    %s\n' "$1"; }
        skip() { printf -- '--    %s: not checked\n' "$1"; }
        fail() { printf 'FAIL  %s\n' "$2"; exit "${AS:-$1}"; }
        digest() { sha256sum < "$1" | cut -c1-64; }
        digests() { (cd "$1" && find . -type f -print0 | sort -z | xargs -0 -r sha256sum | cut -c1-64); }
        # In programs of jq `\z` is the end of a text: `$` would also match before a last line feed.
        spelled() { jq -ncS '[inputs] | if length == 1 then .[0] else error("") end' "$1" > "$T/c" 2> /dev/null && head -c -1 "$T/c" | cmp -s - "$1"; }
        canonical() { spelled "$1" || { [ -s "$T/c" ] && cmp -s "$T/c" "$1"; }; }
        nanoseconds() { [[ $1 =~ ^(0|[1-9][0-9]{0,18})$ ]] && { [ ${#1} -lt 19 ] || [[ ! $1 > 9223372036854775807 ]]; }; }
        profile() { # files of JSON: names, numbers, texts and depth
            if jq -r '(.. | if type == "object" then keys[] | select(test("^([a-z][a-z0-9_]{0,63}|_type|predicateType|payloadType)\\z") | not)
                elif type == "number" then select((tostring | test("^(0|-?[1-9][0-9]{0,15})\\z") | not) or . > 9007199254740991 or . < -9007199254740991)
                elif type == "string" then select(test("\u007f")) else empty end | "x"), (paths | select(length > 16) | "x")' "$@" 2> /dev/null \
                | grep x > /dev/null; then fail 20 "a name, a number, a text or a depth outside the profile of JSON"; fi
        }

        if [ $# -ge 6 ]; then
            NOW=$(date -u -d "$6" +%s 2> /dev/null) || fail 64 "$6 is no time"
            skip "the clock is taken to stand at $(date -u -d "@$NOW" +%FT%TZ), as was asked; this machine's"
        fi
        """#
}
