/// The texts in every bundle that let a stranger check it without Whorl.
enum VerificationScript {
    /// The file `howto.txt`.
    static let guide = """
        How to check this bundle by hand
        ================================

        You need a Debian machine, or any other with bash, openssl 3.0 or later, jq, xxd, tar, zstd and the GNU core
        utilities, and two things that did not come with the bundle: the signer's public key, from a source you trust, and
        the SHA-256 number of the archive that is printed in the report.

            zstd -dc BUNDLE.tar.zst | tar -xO data/verify.sh > verify.sh
            sha256sum verify.sh            # compare with the number printed in the report, and read the script
            bash verify.sh BUNDLE.tar.zst SIGNER.pem SHA256-OF-THE-ARCHIVE

        The script says what it checks, line by line, and ends with exit code 0 only if every check passed. The codes are
        10 container, 20 canonical form, 30 signature, 40 digest, 41 tree, 42 part, 50 custody, 60 plan, 80 version.

        What a passed check means: these bytes are the ones that the holder of the key sealed, and the records belong to
        the tree whose root was sealed. What it does not mean: that the server sent them. TLS does not let a third party
        verify that; it rests on the collector.

        Records of other suspects are withheld. They stand in data/leaves.txt as salted hashes, so that their number and
        place are fixed and nothing about them can be guessed. The parts of the records that are disclosed lie one after
        the other, in the order of data/records.jsonl, in data/segments/; each is 32 bytes of salt and then the bytes as
        they went over the wire, secrets masked. `seg` and `off` in a line are places in the whole case.

        """

    /// The file `verify.sh`.
    static let text = #"""
        #!/bin/bash
        # Checks a Whorl bundle with public tools only: bash, coreutils, findutils, grep, sed, openssl, jq, xxd, tar, zstd.
        # usage: verify.sh BUNDLE.tar.zst SIGNER.pem [SHA-256 of the archive without its compression]
        set -euo pipefail
        export LC_ALL=C
        [ $# -ge 2 ] || { sed -n '3s/^# //p' "$0" >&2; exit 64; }
        BUNDLE=$(realpath -- "$1") KEY=$(realpath -- "$2") WANTED=${3:-}
        T=$(mktemp -d)
        trap 'rm -rf "$T"' EXIT
        ok() { printf 'ok    %s\n' "$1"; }
        fail() { printf 'FAIL  %s\n' "$2"; exit "$1"; }
        digest() { sha256sum < "$1" | cut -c1-64; }
        digests() { (cd "$1" && find . -type f -print0 | sort -z | xargs -0 -r sha256sum | cut -c1-64); }
        canonical() { jq -cSj . "$1" > "$T/c" 2> /dev/null && { cmp -s "$T/c" "$1" || { echo >> "$T/c"; cmp -s "$T/c" "$1"; }; }; }

        # The container.
        if [ "$(head -c 4 -- "$BUNDLE" | xxd -p)" = 28b52ffd ]; then
            zstd -dcq --memory=16MB -- "$BUNDLE" > "$T/bundle.tar" 2> /dev/null || fail 10 "cannot be decompressed: damaged or truncated"
        else
            cp -- "$BUNDLE" "$T/bundle.tar"
        fi
        if [ -n "$WANTED" ]; then
            [ "$(digest "$T/bundle.tar")" = "$WANTED" ] || fail 40 "the archive is not the one whose number was given"
            ok "archive is the one whose number was given"
        fi
        tar -tf "$T/bundle.tar" > "$T/names" 2> /dev/null || fail 10 "not a tape archive, or truncated"
        if tar -tvf "$T/bundle.tar" | grep -v '^-' > /dev/null; then fail 10 "a link, a folder or a device in the archive"; fi
        sort -u "$T/names" | cmp -s - "$T/names" || fail 10 "files out of order, or twice"
        if grep -E '.{100}' "$T/names" > /dev/null; then fail 10 "a path of a hundred bytes or more"; fi
        if grep -vE '^(bagit\.txt|bag-info\.txt|manifest-sha256\.txt|attest/collection\.dsse\.json|data/(howto\.txt|verify\.sh|(case|tool)\.json|(records|custody)\.jsonl|leaves\.txt|plan/plan(\.dsse)?\.json|keys/[a-z0-9][a-z0-9._-]*\.pem|(probes|results)/[a-z0-9][a-z0-9._-]*\.json|segments/[0-9]{6}\.seg))$' "$T/names" > /dev/null; then fail 10 "a file outside the closed set"; fi
        for f in bagit.txt bag-info.txt manifest-sha256.txt attest/collection.dsse.json data/{howto.txt,verify.sh,case.json,tool.json,records.jsonl,leaves.txt,custody.jsonl,keys/collector.pem}; do
            grep -qxF "$f" "$T/names" || fail 10 "$f is missing"
        done
        mkdir "$T/x"
        cd "$T/x"
        tar -xf "$T/bundle.tar" --no-same-owner --no-same-permissions
        tar --format=ustar --no-recursion --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=0644 -cf - -T "$T/names" \
            | cmp -s - "$T/bundle.tar" || fail 10 "the archive is not in its canonical form"
        ok "canonical archive, closed set of files, no links"

        # The signature, over exactly the bytes that are read afterwards.
        E=attest/collection.dsse.json
        case $(openssl pkey -pubin -in "$KEY" -outform DER 2> /dev/null | xxd -p -c 100) in
            302a300506032b6570032100*) ;;
            *) fail 30 "the pinned key is not an Ed25519 public key" ;;
        esac
        case $(openssl pkey -pubin -in "$KEY" -outform DER | tail -c 32 | xxd -p -c 32) in
            0[01]00000000000000000000000000000000000000000000000000000000000*[08]0 | e[c-f]ffffff*[7f]f | 26e8958fc2b227b0* | c7176a703d4dd84f*)
                fail 30 "the pinned key is a point of small order" ;;
        esac
        KEYID=$(openssl pkey -pubin -in "$KEY" -outform DER | sha256sum | cut -c1-64)
        signed() { # envelope, payload out
            jq -cSj . "$1" 2> /dev/null | cmp -s - "$1" || fail 20 "$1 is not canonical JSON"
            mapfile -t F < <(jq -r '([keys[], (.signatures | length), (.signatures[0] | keys[])] | join(",")),
                .payloadType, .payload, (.signatures[0] | .keyid, .sig)' "$1")
            [ ${#F[@]} = 5 ] && [ "${F[0]}" = payload,payloadType,signatures,1,keyid,sig ] || fail 30 "$1 is not an envelope with one signature"
            [ "${F[1]}" = application/vnd.in-toto+json ] || fail 30 "$1 has another payload type"
            printf %s "${F[2]}" | base64 -d > "$2" 2> /dev/null || fail 30 "$1 has damaged base64"
            printf %s "${F[4]}" | base64 -d > "$T/sig" 2> /dev/null || fail 30 "$1 has damaged base64"
            [ "$(base64 -w 0 < "$2") $(base64 -w 0 < "$T/sig")" = "${F[2]} ${F[4]}" ] || fail 30 "$1 has unusual base64"
            [ "${F[3]}" = "$KEYID" ] || fail 30 "$1 names another key"
            { printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(stat -c %s "$2")"; cat "$2"; } > "$T/pae"
            openssl pkeyutl -verify -pubin -inkey "$KEY" -rawin -in "$T/pae" -sigfile "$T/sig" > /dev/null 2>&1 \
                || fail 30 "$1 is not signed by the pinned key"
            jq -cSj . "$2" 2> /dev/null | cmp -s - "$2" || fail 20 "the statement in $1 is not canonical JSON"
        }
        signed $E "$T/st"
        cmp -s data/keys/collector.pem <(openssl pkey -pubin -in "$KEY") || fail 30 "the bundle names another key than the pinned one"
        ok "signature by the pinned key"
        mapfile -t V < <(jq -r '([._type, .predicateType, .predicate.v, (.predicate.crit | length), .predicate.merkle.alg] | join(" ")),
            ([.subject[].name] | join(" ")), (.predicate | .merkle.size, .merkle.root, .disclosed, .custody_head, .plan_sha256 // "",
            .case, .suspect)' "$T/st")
        [ "${V[0]}" = "https://in-toto.io/Statement/v1 https://whorl.invalid/attest/collection/v1 1 0 rfc6962-sha256" ] || fail 80 "an unknown version"
        [ ${#V[@]} = 9 ] || fail 80 "a line feed in a name"
        S=${V[2]} ROOT=${V[3]} DISCLOSED=${V[4]} HEAD=${V[5]} PLAN=${V[6]} CASE=${V[7]} SUSPECT=${V[8]}
        grep -qx 'Whorl-Bundle-Version: 1' bag-info.txt || fail 80 "an unknown version"
        ok "known version, nothing critical that is unknown"

        # Digests.
        [ "${V[1]}" = "bag-info.txt bagit.txt manifest-sha256.txt" ] || fail 40 "the signed files are not the three tag files"
        jq -r '.subject[] | .digest.sha256 + "  " + .name' "$T/st" | sha256sum -c --quiet --strict > /dev/null 2>&1 || fail 40 "a tag file differs from what was signed"
        find data -type f | sort | xargs sha256sum | cmp -s - manifest-sha256.txt || fail 40 "a payload file differs from the manifest, is missing or is unlisted"
        printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' | cmp -s - bagit.txt || fail 40 "bagit.txt is not that of a BagIt bag"
        OCTETS=0 COUNT=0
        while read -r n; do OCTETS=$((OCTETS + n)) COUNT=$((COUNT + 1)); done < <(find data -type f -printf '%s\n')
        printf 'Payload-Oxum: %d.%d\nWhorl-Bundle-Version: 1\n' $OCTETS $COUNT | cmp -s - bag-info.txt || fail 40 "bag-info.txt is not that of the files"
        ok "signed digests cover every file"

        # Canonical form.
        for f in data/case.json data/tool.json data/plan/plan.json data/probes/*.json data/results/*.json; do
            [ ! -e "$f" ] || canonical "$f" || fail 20 "$f is not canonical JSON"
        done
        for f in data/records.jsonl data/custody.jsonl; do
            jq -cS . "$f" 2> /dev/null | cmp -s - "$f" || fail 20 "$f is not canonical JSON"
        done
        ok "canonical JSON throughout"

        # The tree over all records of the case.
        if grep -vxE '[0-9a-f]{64}' data/leaves.txt > /dev/null; then fail 41 "leaves.txt holds something else than digests"; fi
        [ "$(wc -l < data/leaves.txt)" = "$S" ] || fail 41 "the number of leaves is not the signed one"
        [ "$(wc -l < data/records.jsonl)" = "$DISCLOSED" ] || fail 41 "the number of records is not the signed one"
        jq -r .seq data/records.jsonl > "$T/seq"
        sort -n -u "$T/seq" | cmp -s - "$T/seq" || fail 41 "records out of order, or twice"
        mapfile -t LEAF < data/leaves.txt
        while read -r s; do echo "${LEAF[s]:-none}"; done < "$T/seq" > "$T/expected"
        mkdir "$T/l"
        i=0
        while IFS= read -r line; do printf '\0%s' "$line" > "$T/l/$(printf %09d $i)"; i=$((i + 1)); done < data/records.jsonl
        digests "$T/l" | cmp -s - "$T/expected" || fail 41 "a record is not the leaf that it claims to be"
        cp data/leaves.txt "$T/level"
        n=$S
        while [ "$n" -gt 1 ]; do
            rm -rf "$T/n"
            mkdir "$T/n"
            head -n $((n / 2 * 2)) "$T/level" | paste -d '\0' - - | sed 's/^/01/' | xxd -r -p | split -b 65 -d -a 7 - "$T/n/"
            digests "$T/n" > "$T/next"
            if [ $((n % 2)) = 1 ]; then tail -n 1 "$T/level" >> "$T/next"; fi
            mv "$T/next" "$T/level"
            n=$(((n + 1) / 2))
        done
        [ "$S" -gt 0 ] || printf '' | sha256sum | cut -c1-64 > "$T/level"
        [ "$(cat "$T/level")" = "$ROOT" ] || fail 41 "the root is not the signed one"
        ok "$(wc -l < data/records.jsonl) of $S records disclosed, all under the signed root"

        # Outcomes, times and names are what was signed.
        jq -S -s -c '{d: length, o: (group_by(.outcome) | map({key: .[0].outcome, value: length}) | from_entries),
            f: (map(.t_start_ns) | min_by(tonumber)), l: (map(.t_end_ns) | max_by(tonumber))}' data/records.jsonl > "$T/tally"
        jq -S -c '.predicate | {d: .disclosed, o: .outcomes, f: .first_ns, l: .last_ns}' "$T/st" | cmp -s - "$T/tally" || fail 40 "counts or times are not the signed ones"
        [ "$(jq -c '[.case, .suspect]' data/case.json)" = "$(jq -c '.predicate | [.case, .suspect]' "$T/st")" ] || fail 40 "case.json describes another case"
        [ "$(jq -c '.models' data/case.json)" = "$(jq -s -c '[.[].model] | map(if .lineage then . else del(.lineage) end) | unique_by(.name)' data/records.jsonl)" ] || fail 40 "case.json lists other models"
        ok "counts, times and names"

        # Parts: salt and wire bytes, one after the other.
        jq -r '.parts[] | "\(.len) \(.commit)"' data/records.jsonl > "$T/parts"
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

        # Custody.
        mapfile -t LINK < <(jq -r '"\(.n) \(.prev)"' data/custody.jsonl)
        P=$(printf '0%.0s' {1..64})
        i=0
        while IFS= read -r line; do
            [ "${LINK[i]}" = "$i $P" ] || fail 50 "line $i of the custody log does not follow"
            P=$(printf %s "$line" | sha256sum | cut -c1-64)
            i=$((i + 1))
        done < data/custody.jsonl
        [ "$P" = "$HEAD" ] || fail 50 "the custody log is not the signed one"
        ok "custody log of $i lines"

        # The plan.
        if [ -n "$PLAN" ]; then
            [ "$(digest data/plan/plan.json)" = "$PLAN" ] || fail 60 "the plan is not the signed one"
            signed data/plan/plan.dsse.json "$T/plan"
            [ "$(jq -r '[.predicateType, .subject[0].name, .subject[0].digest.sha256, (.subject | length)] | join(" ")' "$T/plan")" \
                = "https://whorl.invalid/attest/plan/v1 plan.json $PLAN 1" ] || fail 60 "the plan's seal is over something else"
            [ "$(jq -r --arg s "$SUSPECT" '.case, (.suspects | index($s) != null)' data/plan/plan.json)" = "$CASE"$'\n'true ] || fail 60 "the plan is of another case, or does not name the suspect"
            if jq -r --arg s "$SUSPECT" --arg p "$PLAN" \
                'select(.model.name == $s and .outcome != "imported" and .plan_sha256 != $p) | .seq' data/records.jsonl | grep . > /dev/null
            then fail 60 "a record of the suspect was collected outside the plan"; fi
            COMMITMENT=$(jq -r .probes.file data/plan/plan.json)
            find data/probes -type f -exec sha256sum {} + 2> /dev/null | grep "^$COMMITMENT " > /dev/null || fail 60 "the planned probe set is not in the bundle"
            ok "plan, sealed by the pinned key"
        else
            [ ! -e data/plan ] || fail 60 "a plan that was not signed"
            echo "--    no plan in this bundle: not checked"
        fi
        echo "--    time stamps: this version of the format has none; analysis: not repeated here"
        echo "every check of this script passed"

        """#
}
