extension VerificationScript {
    /// What was signed covers every file, and every text is in its one spelling.
    static let digests = #"""
        # Digests.
        [ "$(jq -c '[.subject[].name]' "$T/st")" = '["bag-info.txt","bagit.txt","manifest-sha256.txt"]' ] || fail 40 "the signed files are not the three tag files"
        jq -r '.subject[] | .digest.sha256 + "  " + .name' "$T/st" | sha256sum -c --quiet --strict > /dev/null 2>&1 || fail 40 "a tag file differs from what was signed"
        find data -type f | sort | xargs sha256sum | cmp -s - manifest-sha256.txt || fail 40 "a payload file differs from the manifest, is missing or is unlisted"
        printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' | cmp -s - bagit.txt || fail 40 "bagit.txt is not that of a BagIt bag"
        OCTETS=0 COUNT=0
        while read -r n; do OCTETS=$((OCTETS + n)) COUNT=$((COUNT + 1)); done < <(find data -type f -printf '%s\n')
        printf 'Payload-Oxum: %d.%d\nWhorl-Bundle-Version: 2\n' $OCTETS $COUNT | cmp -s - bag-info.txt || fail 40 "bag-info.txt is not that of the files"
        for f in data/tls/*.der; do [ ! -e "$f" ] || [ "$f" = "data/tls/$(digest "$f").der" ] || fail 40 "$f is not named by its digest"; done
        ok "signed digests cover every file"

        # Canonical form.
        for f in data/case.json data/tool.json data/probes/*.json data/results/*.json; do
            [ ! -e "$f" ] || canonical "$f" || fail 20 "$f is not canonical JSON"
        done
        for f in data/plan/plan.json data/plan/plan.dsse.json; do # what is signed ends with no line feed
            [ ! -e "$f" ] || spelled "$f" || fail 20 "$f is not canonical JSON without a line feed"
        done
        for f in data/records.jsonl data/custody.jsonl; do
            jq -cS . "$f" 2> /dev/null | cmp -s - "$f" || fail 20 "$f is not canonical JSON"
        done
        shopt -s nullglob
        profile data/{case,tool}.json data/plan/plan*.json data/{probes,results}/*.json data/{records,custody}.jsonl
        shopt -u nullglob
        ok "canonical JSON throughout"
        """#
}
