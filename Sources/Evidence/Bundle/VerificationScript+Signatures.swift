extension VerificationScript {
    /// The key, the signatures and the statement.
    static let signatures = #"""
        # The key: pinned, or that of the certificate, which has to lead to the pinned root (below).
        CRT=data/keys/collector.crt.pem
        if grep -q 'BEGIN CERTIFICATE' "$TRUST"; then
            openssl x509 -in $CRT -noout -pubkey > "$T/key" 2> /dev/null || true
            cmp -s data/keys/collector.pem "$T/key" || fail 31 "a root is pinned, and the bundle has no certificate for its key"
        else
            openssl pkey -pubin -in "$TRUST" > "$T/key" 2> /dev/null || true
        fi
        cmp -s data/keys/collector.pem "$T/key" || fail 30 "the pinned key is not that of the bundle"
        Z=$(printf '0%.0s' {1..60}) # the middle of an encoded point of small order, or of one that is not reduced
        weak() { case $1 in 0[01]$Z[08]0 | e[c-f]${Z//0/f}[7f]f | f?${Z//0/f}[7f]f | 26e8958fc2b227b0* | c7176a703d4dd84f*) true ;; *) false ;; esac; }
        sound() { # a public key: Ed25519 (no point of small order) or P-256
            local der
            der=$(openssl pkey -pubin -in "$1" -outform DER 2> /dev/null | xxd -p -c 200)
            case $der in
                302a300506032b6570032100*) H=() ;;
                3059301306072a8648ce3d020106082a8648ce3d03010703420004*) H=(-digest sha256) ;;
                *) fail 30 "a key is neither Ed25519 nor on P-256" ;;
            esac
            if [ ${#H[@]} = 0 ] && weak "${der:24}"; then fail 30 "a key is a point of small order"; fi
            KEYID=$(xxd -r -p <<< "$der" | sha256sum | cut -c1-64)
            NOTEHASH=${KEYID:0:8}
            if [ ${#der} = 88 ]; then NOTEHASH=$({ printf 'collector\n\001'; xxd -r -p <<< "${der:24}"; } | sha256sum | cut -c1-8); fi
        }

        # Signatures, over exactly the bytes that are read afterwards.
        signs() { # key, text, signature
            if [ ${#H[@]} = 0 ] && weak "$(head -c 32 "$3" | xxd -p -c 32)"; then return 1; fi
            openssl pkeyutl -verify -pubin -inkey "$1" -rawin ${H[@]+"${H[@]}"} -in "$2" -sigfile "$3" > /dev/null 2>&1
        }
        envelope() { # file, payload out; sets F to payload, signature and the key's name
            spelled "$1" || fail 20 "$1 is not canonical JSON"
            mapfile -t F < <(jq -r 'def text: type == "string"; .signatures as $s
                | if keys != ["payload", "payloadType", "signatures"] or ($s | type) != "array" then "form"
                elif (.payloadType | text) and all($s[]; (.keyid | text) and (.sig | text)) | not then "form"
                elif ($s | length) != 1 then "count" elif ($s[0] | keys) != ["keyid", "sig"] then "form"
                elif .payloadType != "application/vnd.in-toto+json" then "type"
                elif (all(.payload, $s[0].sig; test("^[A-Za-z0-9+/=]*\\z")) and ($s[0].keyid | test("^[0-9a-f]{64}\\z"))) | not then "text"
                else "sound", .payload, $s[0].sig, $s[0].keyid end' "$1" 2> /dev/null)
            case ${F[0]:-form} in
                form) fail 20 "$1 is not an envelope, or has other members" ;;
                count) fail 30 "$1 is not an envelope with one signature" ;;
                type) fail 30 "$1 has another payload type" ;;
                text) fail 30 "$1 has something else than base64, or names no key" ;;
            esac
            printf %s "${F[1]}" | base64 -d > "$2" 2> /dev/null || true
            printf %s "${F[2]}" | base64 -d > "$T/sig" 2> /dev/null || true
            [ "$(base64 -w 0 < "$2") $(base64 -w 0 < "$T/sig")" = "${F[1]} ${F[2]}" ] || fail 30 "$1 has unusual base64"
        }
        signed() { # envelope, key, payload out
            envelope "$1" "$3"
            [ "${F[3]}" = "$KEYID" ] || fail 30 "$1 names another key"
            { printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(stat -c %s "$3")"; cat "$3"; } > "$T/pae"
            signs "$2" "$T/pae" "$T/sig" || fail 30 "$1 is not signed by the key"
            spelled "$3" || fail 20 "the statement in $1 is not canonical JSON"
            profile "$3"
        }
        E=attest/collection.dsse.json R=attest/collection.reviewer.dsse.json
        if [ -e $R ] && [ -n "$REVIEWER" ]; then
            sound "$REVIEWER"
            signed $R "$REVIEWER" "$T/review"
            SECOND=$KEYID
        elif [ -e $R ]; then
            envelope $R "$T/review"
        elif [ -n "$REVIEWER" ]; then
            fail 30 "a reviewer is pinned, and the bundle has no second signature"
        fi
        sound "$T/key"
        signed $E "$T/key" "$T/st"
        if [ -e $R ]; then
            cmp -s "$T/review" "$T/st" || fail 30 "the reviewer signed something else"
            [ "$(jq -r '.signatures[0].keyid' $R)" != "$KEYID" ] || fail 30 "both signatures are by one key"
        fi
        ok "signature${SECOND:+, and a second one by the reviewer}"
        jq -e '(._type | type == "string") and (.predicateType | type == "string")' "$T/st" > /dev/null 2>&1 || fail 20 "the statement lacks its type"
        [ "$(jq -c '[._type, .predicateType]' "$T/st")" = '["https://in-toto.io/Statement/v1","https://whorl.invalid/attest/collection/v1"]' ] || fail 80 "a statement of another type"
        jq -e 'def text: type == "string"; def number: type == "number"; def list: type == "array"; def digest: test("^[0-9a-f]{64}\\z");
            def line: explode | all(.[]; . > 31); def name: test("^[!-~]([ -~]*[!-~])?\\z");
            (.subject | list) and all(.subject[]; .name | text) and all(.subject[]; .digest.sha256 | digest) and (.predicate
            | (.case | line) and (.suspect | name) and (.merkle.alg | text) and (.crit | list) and all(.crit[]; text) and (.v | number)
            and (.disclosed | number) and (.outcomes | type == "object") and all(.outcomes[]; number) and (.merkle.size | number)
            and (.custody_head | digest) and (.merkle.root | digest) and ((has("first_ns") | not) or (.first_ns | text))
            and ((has("last_ns") | not) or (.last_ns | text)) and ((has("plan_sha256") | not) or (.plan_sha256 | digest)))' "$T/st" > /dev/null 2>&1 || fail 20 "the statement lacks a member"
        [ "$(jq -c '[.predicate | .v, .crit, .merkle.alg]' "$T/st")" = '[2,[],"rfc6962-sha256"]' ] || fail 80 "an unknown version"
        mapfile -t V < <(jq -r '.predicate | .merkle.size, .merkle.root, .disclosed, .custody_head, .plan_sha256 // "", .case, .suspect' "$T/st")
        S=${V[0]} ROOT=${V[1]} DISCLOSED=${V[2]} HEAD=${V[3]} PLAN=${V[4]} CASE=${V[5]} SUSPECT=${V[6]}
        grep -qx 'Whorl-Bundle-Version: 2' bag-info.txt || fail 80 "an unknown version"
        ok "known version, nothing critical that is unknown"
        """#
}
