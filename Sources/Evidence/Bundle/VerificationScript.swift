/// The texts in every bundle that let a stranger check it without Whorl.
enum VerificationScript {
    /// The file `verify.sh`.
    static let text = #"""
        #!/bin/bash
        # Checks a Whorl bundle with public tools only: bash, coreutils, findutils, grep, sed, openssl, jq, xxd, cmp, tar, zstd.
        # usage: verify.sh BUNDLE.tar.zst SIGNER.pem|ROOT.crt [SHA-256 of the archive|-] [roots of TSAs.pem|-] [REVIEWER.pem|-] [TIME]
        set -euo pipefail
        export LC_ALL=C
        [ $# -ge 2 ] || { sed -n '3s/^# //p' "$0" >&2; exit 64; }
        path() { if [ "${1:--}" != - ]; then realpath -- "$1"; fi; }
        BUNDLE=$(path "$1") TRUST=$(path "$2") WANTED=${3:--} TSA=$(path "${4:-}") REVIEWER=$(path "${5:-}") NOW=$(date +%s) TOKENS=()
        T=$(mktemp -d)
        trap 'rm -rf "$T"' EXIT
        ok() { printf 'ok    %s\n' "$1"; }
        skip() { printf -- '--    %s: not checked\n' "$1"; }
        fail() { printf 'FAIL  %s\n' "$2"; exit "$1"; }
        digest() { sha256sum < "$1" | cut -c1-64; }
        digests() { (cd "$1" && find . -type f -print0 | sort -z | xargs -0 -r sha256sum | cut -c1-64); }
        canonical() { jq -cSj . "$1" > "$T/c" 2> /dev/null && { cmp -s "$T/c" "$1" || { echo >> "$T/c"; cmp -s "$T/c" "$1"; }; }; }

        if [ $# -ge 6 ]; then
            NOW=$(date -u -d "$6" +%s 2> /dev/null) || fail 64 "$6 is no time"
            skip "the clock is taken to stand at $(date -u -d "@$NOW" +%FT%TZ), as was asked; this machine's"
        fi

        # The container.
        if [ "$(head -c 4 -- "$BUNDLE" | xxd -p)" = 28b52ffd ]; then
            zstd -dcq --memory=16MB -- "$BUNDLE" > "$T/bundle.tar" 2> /dev/null || fail 10 "cannot be decompressed: damaged or truncated"
        else
            cp -- "$BUNDLE" "$T/bundle.tar"
        fi
        if [ "$WANTED" != - ]; then
            [ "$(digest "$T/bundle.tar")" = "$WANTED" ] || fail 40 "the archive is not the one whose number was given"
            ok "archive is the one whose number was given"
        fi
        tar -tf "$T/bundle.tar" > "$T/names" 2> /dev/null || fail 10 "not a tape archive, or truncated"
        if tar -tvf "$T/bundle.tar" | grep -v '^-' > /dev/null; then fail 10 "a link, a folder or a device in the archive"; fi
        sort -u "$T/names" | cmp -s - "$T/names" || fail 10 "files out of order, or twice"
        [ "$(wc -l < "$T/names")" -le 10000 ] || fail 11 "more than 10000 files"
        if grep -E '.{100}' "$T/names" > /dev/null; then fail 10 "a path of a hundred bytes or more"; fi
        N='[a-z0-9][a-z0-9._-]*' A='[a-z0-9][a-z0-9-]{0,30}\.ts[qr]'
        if grep -vE "^(bagit\.txt|bag-info\.txt|manifest-sha256\.txt|attest/(collection(\.reviewer)?\.dsse\.json|ts/(collector|reviewer)-$A)|data/(howto\.txt|verify\.sh|(case|tool)\.json|(records|custody)\.jsonl|leaves\.txt|checkpoints/[0-9]{4}(\.note|-$A)|plan/(plan(\.dsse)?\.json|register\.jsonl|plan-$A)|keys/$N\.pem|tls/[0-9a-f]{64}\.der|(probes|results)/$N\.json|segments/[0-9]{6}\.seg))$" "$T/names" > /dev/null; then fail 10 "a file outside the closed set"; fi
        for f in bagit.txt bag-info.txt manifest-sha256.txt attest/collection.dsse.json data/{howto.txt,verify.sh,case.json,tool.json,records.jsonl,leaves.txt,custody.jsonl,keys/collector.pem}; do
            grep -qxF "$f" "$T/names" || fail 10 "$f is missing"
        done
        mkdir "$T/x"
        cd "$T/x"
        tar -xf "$T/bundle.tar" --no-same-owner --no-same-permissions
        tar --format=ustar --no-recursion --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=0644 -cf - -T "$T/names" \
            | cmp -s - "$T/bundle.tar" || fail 10 "the archive is not in its canonical form"
        ok "canonical archive, closed set of files, no links"

        # The key: pinned, or that of the certificate, which has to lead to the pinned root (below).
        CRT=data/keys/collector.crt.pem
        if grep -q 'BEGIN CERTIFICATE' "$TRUST"; then
            [ -e $CRT ] || fail 31 "a root is pinned, and the bundle has no certificate"
            openssl x509 -in $CRT -noout -pubkey > "$T/key" 2> /dev/null || fail 31 "the certificate is damaged"
            cmp -s data/keys/collector.pem "$T/key" || fail 31 "the certificate is for another key"
        else
            openssl pkey -pubin -in "$TRUST" > "$T/key" 2> /dev/null || fail 30 "the pinned key is not a public key"
        fi
        cmp -s data/keys/collector.pem "$T/key" || fail 30 "the bundle names another key"
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
        signed() { # envelope, key, payload out
            jq -cSj . "$1" 2> /dev/null | cmp -s - "$1" || fail 20 "$1 is not canonical JSON"
            mapfile -t F < <(jq -r '([keys[], (.signatures | length), (.signatures[0] | keys[])] | join(",")),
                .payloadType, .payload, (.signatures[0] | .keyid, .sig)' "$1")
            [ ${#F[@]} = 5 ] && [ "${F[0]}" = payload,payloadType,signatures,1,keyid,sig ] || fail 30 "$1 is not an envelope with one signature"
            [ "${F[1]}" = application/vnd.in-toto+json ] || fail 30 "$1 has another payload type"
            printf %s "${F[2]}" | base64 -d > "$3" 2> /dev/null || fail 30 "$1 has damaged base64"
            printf %s "${F[4]}" | base64 -d > "$T/sig" 2> /dev/null || fail 30 "$1 has damaged base64"
            [ "$(base64 -w 0 < "$3") $(base64 -w 0 < "$T/sig")" = "${F[2]} ${F[4]}" ] || fail 30 "$1 has unusual base64"
            [ "${F[3]}" = "$KEYID" ] || fail 30 "$1 names another key"
            { printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(stat -c %s "$3")"; cat "$3"; } > "$T/pae"
            signs "$2" "$T/pae" "$T/sig" || fail 30 "$1 is not signed by the key"
            jq -cSj . "$3" 2> /dev/null | cmp -s - "$3" || fail 20 "the statement in $1 is not canonical JSON"
        }
        E=attest/collection.dsse.json R=attest/collection.reviewer.dsse.json
        if [ -e $R ] && [ -n "$REVIEWER" ]; then
            sound "$REVIEWER"
            signed $R "$REVIEWER" "$T/review"
            SECOND=$KEYID
        elif [ -n "$REVIEWER" ]; then
            fail 30 "a reviewer is pinned, and the bundle has no second signature"
        fi
        sound "$T/key"
        signed $E "$T/key" "$T/st"
        if [ -e $R ]; then
            [ "$(jq -r '.payload, .payloadType' $R)" = "$(jq -r '.payload, .payloadType' $E)" ] || fail 30 "the reviewer signed something else"
            [ "$(jq -r '.signatures[0].keyid' $R)" != "$KEYID" ] || fail 30 "both signatures are by one key"
        fi
        ok "signature${SECOND:+, and a second one by the reviewer}"
        mapfile -t V < <(jq -r '([._type, .predicateType, .predicate.v, (.predicate.crit | length), .predicate.merkle.alg] | join(" ")),
            ([.subject[].name] | join(" ")), (.predicate | .merkle.size, .merkle.root, .disclosed, .custody_head, .plan_sha256 // "",
            .case, .suspect)' "$T/st")
        [ "${V[0]}" = "https://in-toto.io/Statement/v1 https://whorl.invalid/attest/collection/v1 2 0 rfc6962-sha256" ] || fail 80 "an unknown version"
        [ ${#V[@]} = 9 ] || fail 80 "a line feed in a name"
        S=${V[2]} ROOT=${V[3]} DISCLOSED=${V[4]} HEAD=${V[5]} PLAN=${V[6]} CASE=${V[7]} SUSPECT=${V[8]}
        grep -qx 'Whorl-Bundle-Version: 2' bag-info.txt || fail 80 "an unknown version"
        ok "known version, nothing critical that is unknown"

        # Digests.
        [ "${V[1]}" = "bag-info.txt bagit.txt manifest-sha256.txt" ] || fail 40 "the signed files are not the three tag files"
        jq -r '.subject[] | .digest.sha256 + "  " + .name' "$T/st" | sha256sum -c --quiet --strict > /dev/null 2>&1 || fail 40 "a tag file differs from what was signed"
        find data -type f | sort | xargs sha256sum | cmp -s - manifest-sha256.txt || fail 40 "a payload file differs from the manifest, is missing or is unlisted"
        printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' | cmp -s - bagit.txt || fail 40 "bagit.txt is not that of a BagIt bag"
        OCTETS=0 COUNT=0
        while read -r n; do OCTETS=$((OCTETS + n)) COUNT=$((COUNT + 1)); done < <(find data -type f -printf '%s\n')
        printf 'Payload-Oxum: %d.%d\nWhorl-Bundle-Version: 2\n' $OCTETS $COUNT | cmp -s - bag-info.txt || fail 40 "bag-info.txt is not that of the files"
        for f in data/tls/*.der; do [ ! -e "$f" ] || [ "$f" = "data/tls/$(digest "$f").der" ] || fail 40 "$f is not named by its digest"; done
        ok "signed digests cover every file"

        # Canonical form.
        for f in data/case.json data/tool.json data/plan/plan.json data/probes/*.json data/results/*.json; do
            [ ! -e "$f" ] || canonical "$f" || fail 20 "$f is not canonical JSON"
        done
        for f in data/records.jsonl data/custody.jsonl data/plan/register.jsonl; do
            [ ! -e "$f" ] || jq -cS . "$f" 2> /dev/null | cmp -s - "$f" || fail 20 "$f is not canonical JSON"
        done
        ok "canonical JSON throughout"

        # Time stamps. Without -attime openssl would take a token from before its certificate was valid.
        tokens() { # what is stamped, start of the token's path; sets FIRST to the earliest time
            local r q t first='' last=0
            for q in "$2"-*.tsq; do [ ! -e "$q" ] || [ -e "${q%q}r" ] || fail 32 "$q has no answer"; done
            for r in "$2"-*.tsr; do
                [ -e "$r" ] || continue
                q=${r%r}q
                [ -e "$q" ] || fail 32 "$r has no query"
                [[ $(xxd -p -c 200 "$q") =~ ^30430201013031300d060960864801650304020105000420$(digest "$1")0208[4-7][0-9a-f]{15}0101ff$ ]] || fail 32 "$q is not a query about $1"
                [[ $(xxd -p -l 10 -c 10 "$r") =~ ^3082(....)300302010030 ]] || fail 32 "$r does not say granted and nothing else"
                [ $((16#${BASH_REMATCH[1]} + 4)) = "$(stat -c %s "$r")" ] || fail 32 "bytes follow the answer in $r"
                t=$(date -d "$(openssl ts -reply -in "$r" -text 2> /dev/null | sed -n 's/^Time stamp: //p' | sed 's/\.[0-9]*//')" +%s) || fail 32 "$r states no time"
                [ "$t" -le $((NOW + 60)) ] || fail 32 "$r is dated in the future"
                if [ -n "$TSA" ]; then
                    openssl ts -verify -in "$r" -queryfile "$q" -CAfile "$TSA" -x509_strict -auth_level 2 -attime "$t" > /dev/null 2>&1 || fail 32 "$r is not by a pinned authority"
                    openssl ts -verify -in "$r" -data "$1" -CAfile "$TSA" -x509_strict -auth_level 2 -attime "$t" > /dev/null 2>&1 || fail 32 "$r is over something else"
                fi
                TOKENS+=("$t $PWD/$r")
                if [ -z "$first" ] || [ "$t" -lt "$first" ]; then first=$t; fi
                if [ "$t" -gt "$last" ]; then last=$t; fi
            done
            [ -z "$first" ] || [ $((last - first)) -le 60 ] || fail 32 "the authorities disagree about $1"
            FIRST=$first
            if [ -n "$first" ] && [ -n "$TSA" ]; then ok "time stamps over $1: $(date -u -d "@$first" +%FT%TZ)"; fi
        }
        for f in attest/ts/reviewer-* data/plan/plan-* data/checkpoints/*-*; do
            case $f in attest/*) g=$R ;; data/plan/*) g=data/plan/plan.dsse.json ;; *) g=${f%%-*}.note ;; esac
            [ ! -e "$f" ] || [ -e "$g" ] || fail 32 "$f belongs to no file"
        done
        if [ -e $R ]; then tokens $R attest/ts/reviewer; REVIEWED=$FIRST; fi
        tokens $E attest/ts/collector
        STAMPED=$(printf '%s\n' "$FIRST" "${REVIEWED:-}" | sort -n | grep -m 1 . || true)
        if [ -n "$STAMPED" ] && [ -z "$TSA" ]; then skip "time stamps: no root of an authority was given"; fi
        [ -n "$STAMPED" ] || skip "time stamps: there are none, no third party states when this was made"

        # The certificate, at the time of the token, else at the time that the collector claims.
        if [ -e $CRT ]; then
            if sed '/^-----BEGIN CERTIFICATE-----$/,/^-----END CERTIFICATE-----$/d' $CRT | grep -q .; then fail 31 "words among the certificates"; fi
            openssl x509 -in $CRT -noout -pubkey 2> /dev/null | cmp -s - "$T/key" || fail 31 "the certificate is for another key"
            use=$(openssl x509 -in $CRT -noout -ext basicConstraints,keyUsage,extendedKeyUsage 2> /dev/null)
            if grep -q CA:TRUE <<< "$use" || ! grep -q 'Digital Signature' <<< "$use"; then fail 31 "the certificate is not for signing"; fi
            if grep -q 'Extended Key Usage' <<< "$use" && ! grep -q '1\.3\.6\.1\.5\.5\.7\.3\.36' <<< "$use"; then fail 31 "the certificate is for other uses"; fi
            if grep -q 'BEGIN CERTIFICATE' "$TRUST"; then
                at=$STAMPED
                if [ -z "$at" ] || [ -z "$TSA" ]; then at=$(($(tail -n 1 data/custody.jsonl | jq -r '.t // "0"') / 1000000000)); fi
                openssl verify -x509_strict -auth_level 2 -no-CApath -no-CAstore -attime "$at" -CAfile "$TRUST" -untrusted $CRT $CRT > /dev/null 2>&1 || fail 31 "the certificate does not lead to the pinned root at $(date -u -d "@$at" +%FT%TZ)"
                ok "certificate under the pinned root, valid at $(date -u -d "@$at" +%FT%TZ)"
            else
                skip "the certificate: no root was given"
            fi
        fi

        # The tree over all records of the case.
        root() { # file of leaf hashes, how many of them
            head -n "$2" "$1" > "$T/level"
            local n=$2
            while [ "$n" -gt 1 ]; do
                rm -rf "$T/n"
                mkdir "$T/n"
                head -n $((n / 2 * 2)) "$T/level" | paste -d '\0' - - | sed 's/^/01/' | xxd -r -p | split -b 65 -d -a 7 - "$T/n/"
                digests "$T/n" > "$T/next"
                if [ $((n % 2)) = 1 ]; then tail -n 1 "$T/level" >> "$T/next"; fi
                mv "$T/next" "$T/level"
                n=$(((n + 1) / 2))
            done
            [ "$n" -gt 0 ] || printf '' | sha256sum | cut -c1-64 > "$T/level"
            cat "$T/level"
        }
        leaves() { # lines in, leaf hashes out
            rm -rf "$T/l"
            mkdir "$T/l"
            local i=0 line
            while IFS= read -r line; do printf '\0%s' "$line" > "$T/l/$(printf %09d $i)"; i=$((i + 1)); done
            digests "$T/l"
        }
        if grep -vxE '[0-9a-f]{64}' data/leaves.txt > /dev/null; then fail 41 "leaves.txt holds something else than digests"; fi
        [ "$(wc -l < data/leaves.txt)" = "$S" ] || fail 41 "the number of leaves is not the signed one"
        [ "$(wc -l < data/records.jsonl)" = "$DISCLOSED" ] || fail 41 "the number of records is not the signed one"
        while IFS= read -r line; do [ ${#line} -le 65536 ] || fail 11 "a record line of more than 65536 bytes"; done < data/records.jsonl
        jq -r .seq data/records.jsonl > "$T/seq"
        sort -n -u "$T/seq" | cmp -s - "$T/seq" || fail 41 "records out of order, or twice"
        mapfile -t LEAF < data/leaves.txt
        while read -r s; do echo "${LEAF[s]:-none}"; done < "$T/seq" > "$T/expected"
        leaves < data/records.jsonl | cmp -s - "$T/expected" || fail 41 "a record is not the leaf that it claims to be"
        [ "$(root data/leaves.txt "$S")" = "$ROOT" ] || fail 41 "the root is not the signed one"
        ok "$(wc -l < data/records.jsonl) of $S records disclosed, all under the signed root"

        # Checkpoints: notes that were signed during collection.
        i=0 size=1 made=1
        for f in data/checkpoints/*.note; do
            [ -e "$f" ] || { skip "checkpoints: there are none"; break; }
            i=$((i + 1))
            [ "$f" = "data/checkpoints/$(printf %04d $i).note" ] || fail 41 "a checkpoint is missing before $f"
            mapfile -t L < "$f"
            printf '%s/records\n%s\n%s\n%s\n' "$CASE" "${L[1]:-}" "${L[2]:-}" "${L[3]:-}" > "$T/text"
            { cat "$T/text"; printf '\n\342\200\224 collector %s\n' "${L[5]##* }"; } | cmp -s - "$f" || fail 41 "$f is not a note of this case"
            base64 -d <<< "${L[5]##* }" > "$T/note" 2> /dev/null || fail 41 "$f has damaged base64"
            tail -c +5 "$T/note" > "$T/sig"
            [ "$(head -c 4 "$T/note" | xxd -p)" = "$NOTEHASH" ] && signs "$T/key" "$T/text" "$T/sig" || fail 41 "$f is not signed by the key"
            [ "${L[1]}" -ge "$size" ] && [ "${L[1]}" -le "$S" ] || fail 41 "$f has a size out of order"
            [[ ${L[3]} =~ ^t\ [1-9][0-9]{0,18}$ ]] && [ "${L[3]#t }" -ge "$made" ] || fail 41 "$f is from before the one before it"
            size=${L[1]} made=${L[3]#t }
            [ "$(root data/leaves.txt "$size" | xxd -r -p | base64)" = "${L[2]}" ] || fail 41 "$f states another root"
            tokens "$f" "${f%.note}"
        done
        [ $i = 0 ] || ok "$i checkpoints, the last over $size of $S records"

        # Outcomes, times and names are what was signed.
        jq -S -s -c '{d: length, o: (group_by(.outcome) | map({key: .[0].outcome, value: length}) | from_entries),
            f: (map(.t_start_ns) | min_by(tonumber)), l: (map(.t_end_ns) | max_by(tonumber))}' data/records.jsonl > "$T/tally"
        jq -S -c '.predicate | {d: .disclosed, o: .outcomes, f: .first_ns, l: .last_ns}' "$T/st" | cmp -s - "$T/tally" || fail 40 "counts or times are not the signed ones"
        [ "$(jq -c '[.case, .suspect]' data/case.json)" = "$(jq -c '.predicate | [.case, .suspect]' "$T/st")" ] || fail 40 "case.json describes another case"
        [ "$(jq -c '.models' data/case.json)" = "$(jq -s -c '[.[].model] | map(if .lineage then . else del(.lineage) end) | unique_by(.name)' data/records.jsonl)" ] || fail 40 "case.json lists other models"
        ok "counts, times and names"

        # Parts: salt and wire bytes, one after the other.
        jq -r '.parts[] | if .len < 32 or .len > 41943040 then "limit" else "\(.len) \(.commit)" end' data/records.jsonl > "$T/parts"
        if grep -q limit "$T/parts"; then fail 11 "a part without a salt, or of more than 40 MiB"; fi
        mkdir "$T/p"
        : > "$T/segments"
        if [ -d data/segments ]; then
            find data/segments -type f | sort > "$T/found"
            xargs cat < "$T/found" > "$T/segments"
            i=0
            while read -r f; do [ "$f" = "data/segments/$(printf %06d $i).seg" ] || fail 42 "a segment is missing"; i=$((i + 1)); done < "$T/found"
        fi
        exec 3< "$T/segments"
        i=0
        while read -r length commit; do head -c "$length" <&3 > "$T/p/$(printf %09d $i)"; i=$((i + 1)); done < "$T/parts"
        [ "$(head -c 1 <&3 | wc -c)" = 0 ] || fail 42 "bytes outside the parts"
        digests "$T/p" | cmp -s - <(cut -d ' ' -f 2 "$T/parts") || fail 42 "a part does not fit its commitment"
        ok "$i parts fit their commitments"

        # What was masked: commitments in their form, and nothing but asterisks in the masked places.
        jq -nr 'foreach inputs as $r ({i: 0, n: 0}; {i: (.i + .n), n: ($r.parts | length)}; .i as $i
            | $r.redactions // [] | .[] | . as $m | ([$r.parts[].name] | index($m.part)) as $p
            | if $p != null and $m.off >= 0 and $m.len > 0 and $m.off + $m.len <= $r.parts[$p].len - 32
                and ([$m.salt, $m.commit] | . == [null, null] or all(.[]; tostring | test("^[0-9a-f]{64}$")))
              then "\($i + $p) \($m.off + 32) \($m.len)" else "no redaction" end)' data/records.jsonl > "$T/masked" 2> /dev/null || fail 20 "a redaction lacks a field"
        if grep -q no "$T/masked"; then fail 20 "a redaction that no part has"; fi
        while read -r n off len; do
            [ -s "$T/stars" ] && [ "$(stat -c %s "$T/stars")" -ge "$len" ] || head -c "$((len + 65536))" /dev/zero | tr '\0' '*' > "$T/stars"
            cmp -s -n "$len" -i "$off:0" "$T/p/$(printf %09d "$n")" "$T/stars" || fail 42 "a masked place holds something"
        done < "$T/masked"
        ok "$(wc -l < "$T/masked") masked places"

        # Custody: a chain of lines, as the register of plans is.
        chain() { # file, code; sets P to the digest of the last line and COUNT
            mapfile -t LINK < <(jq -r '"\(.n) \(.prev)"' "$1")
            P=$(printf '0%.0s' {1..64}) COUNT=0
            while IFS= read -r line; do
                [ ${#line} -le 16384 ] || fail 11 "line $COUNT of $1 has more than 16384 bytes"
                [ "${LINK[COUNT]}" = "$COUNT $P" ] || fail "$2" "line $COUNT of $1 does not follow"
                P=$(printf %s "$line" | sha256sum | cut -c1-64)
                COUNT=$((COUNT + 1))
            done < "$1"
        }
        chain data/custody.jsonl 50
        [ "$P" = "$HEAD" ] || fail 50 "the custody log is not the signed one"
        ok "custody log of $COUNT lines"

        # The plan.
        if [ -n "$PLAN" ]; then
            [ "$(digest data/plan/plan.json)" = "$PLAN" ] || fail 60 "the plan is not the signed one"
            signed data/plan/plan.dsse.json "$T/key" "$T/plan"
            [ "$(jq -r '[.predicateType, .subject[0].name, .subject[0].digest.sha256, (.subject | length)] | join(" ")' "$T/plan")" \
                = "https://whorl.invalid/attest/plan/v1 plan.json $PLAN 1" ] || fail 60 "the plan's seal is over something else"
            [ "$(jq -r --arg s "$SUSPECT" '.case, (.suspects | index($s) != null)' data/plan/plan.json)" = "$CASE"$'\n'true ] || fail 60 "the plan is of another case, or does not name the suspect"
            if jq -r --arg s "$SUSPECT" --arg p "$PLAN" \
                'select(.model.name == $s and .outcome != "imported" and .plan_sha256 != $p) | .seq' data/records.jsonl | grep . > /dev/null
            then fail 60 "a record of the suspect was collected outside the plan"; fi
            COMMITMENT=$(jq -r .probes.file data/plan/plan.json)
            find data/probes -type f -exec sha256sum {} + 2> /dev/null | grep "^$COMMITMENT " > /dev/null || fail 60 "the planned probe set is not in the bundle"
            for f in data/probes/*.json; do
                [ "$(jq -r '.format? // ""' "$f")" = whorl-probe-set ] || continue
                jq -c '.probes[]' "$f" | leaves > "$T/probes"
                [ "$(root "$T/probes" "$(wc -l < "$T/probes")")" = "$(jq -r .probes.root data/plan/plan.json)" ] || fail 60 "$f is another probe set than the planned one"
            done
            ok "plan, sealed by the key"
            tokens data/plan/plan.dsse.json data/plan/plan
            [ -n "$FIRST" ] || skip "time stamps over the plan: there are none"
            if [ -e data/plan/register.jsonl ]; then
                chain data/plan/register.jsonl 60
                [ "$(jq -c --arg p "$PLAN" 'select(.action == "planned" and .plan_sha256 == $p) | {n, prev}' data/plan/register.jsonl | head -n 1)" \
                    = "$(jq -c .register data/plan/plan.json)" ] || fail 60 "the plan is not in the register at its place"
                ok "register of plans with $COUNT lines"
            else
                [ "$(jq -c .register data/plan/plan.json)" = null ] || fail 60 "the register that the plan names is missing"
            fi
        else
            [ ! -e data/plan ] || fail 60 "a plan that was not signed"
            skip "the plan: there is none"
        fi

        # Beside the bundle: tokens over the archive, then over lists of all tokens before them. A token counts at its own time; once
        # certificates of its authority have ended, a later token has to carry it.
        INSIDE=(${TOKENS[@]+"${TOKENS[@]}"}) TOKENS=() NAME=$(basename "$BUNDLE" .zst)
        BESIDE=$(dirname "$BUNDLE")/after/$(basename "$NAME" .tar)
        mkdir "$T/after"
        cd "$T/after"
        ln "$T/bundle.tar" bundle.tar
        { [ ! -d "$BESIDE" ] || find "$BESIDE" -maxdepth 1 -type f -size -1024k -printf '%f\n'; } \
            | { grep -E '^(archive-[a-z0-9-]*\.ts[qr]|[0-9]{4}(-[a-z0-9-]*\.ts[qr]|\.renewal))$' || true; } | sort > "$T/later"
        while read -r f; do cp -- "$BESIDE/$f" .; done < "$T/later"
        before() { while read -r f; do if [ "${f:0:7}" = archive ] || [ "$((10#${f:0:4}))" -lt "$1" ]; then sha256sum -- "$f"; fi; done < "$T/later"; }
        tokens bundle.tar archive
        [ -n "$FIRST" ] || [ ! -s "$T/later" ] || fail 32 "a list of tokens lies beside the bundle without a token over the archive"
        i=2
        while n=$(printf %04d $i) && [ -e "$n.renewal" ]; do
            { sha256sum bundle.tar; before $i; } | cmp -s - "$n.renewal" || fail 32 "$n.renewal is not the list of the archive and of the tokens before it"
            tokens "$n.renewal" "$n"
            [ -n "$FIRST" ] || fail 32 "$n.renewal lies beside the bundle without a token"
            i=$((i + 1))
        done
        [ "$(before $i | wc -l)" = "$(wc -l < "$T/later")" ] || fail 32 "$n.renewal is missing beside the bundle"
        if [ -n "$TSA" ]; then
            lives() { openssl ts -verify -in "$1" -queryfile "${1%r}q" -CAfile "$TSA" -attime "$2" > /dev/null 2>&1; }
            H=$NOW ENDED=0 LOST=
            while read -r t r; do
                if [ -n "$t" ] && [ "$t" -le "$H" ] && lives "$r" "$H"; then H=$t; fi
            done < <(printf '%s\n' ${TOKENS[@]+"${TOKENS[@]}"} | sort -rn)
            while read -r t r; do
                [ -n "$t" ] || continue
                lives "$r" "$NOW" || ENDED=$((ENDED + 1))
                lives "$r" "$H" || LOST=${LOST:-$t}
            done < <(printf '%s\n' ${INSIDE[@]+"${INSIDE[@]}"} | sort -n)
            if [ -n "$LOST" ]; then
                printf -- '--    time stamps: valid as of %s, not renewed before certificates of their authorities ended\n' "$(date -u -d "@$LOST" +%FT%TZ)"
            elif [ ${#TOKENS[@]} -gt 0 ]; then
                ok "later time stamps, which carry $ENDED whose certificates have ended since"
            fi
        elif [ ${#TOKENS[@]} -gt 0 ]; then
            skip "later time stamps: no root of an authority was given"
        fi
        skip "analysis, departures from the plan, handovers"
        echo "every check of this script passed"

        """#
}
