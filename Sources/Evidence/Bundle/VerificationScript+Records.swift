extension VerificationScript {
    /// The tree, the checkpoints, the tally, the parts and what was masked.
    static let records = #"""
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
        if grep -vxE '[0-9a-f]{64}' data/leaves.txt > /dev/null; then fail 20 "leaves.txt holds something else than digests"; fi
        [ "$(stat -c %s data/leaves.txt)" = "$(($(wc -l < data/leaves.txt) * 65))" ] || fail 20 "leaves.txt ends inside a line"
        [ "$(wc -l < data/leaves.txt)" = "$S" ] || fail 41 "the number of leaves is not the signed one"
        [ "$(wc -l < data/records.jsonl)" = "$DISCLOSED" ] || fail 41 "the number of records is not the signed one"
        while IFS= read -r line; do [ ${#line} -le 65536 ] || fail 11 "a record line of more than 65536 bytes"; done < data/records.jsonl
        jq -r 'def text: type == "string"; def number: type == "number"; def list: type == "array"; def digest: test("^[0-9a-f]{64}\\z");
            def name: test("^[!-~]([ -~]*[!-~])?\\z"); def time: test("^(0|[1-9][0-9]{0,18})\\z") and (length < 19 or . <= "9223372036854775807");
            if .v != 1 then "version" elif (.model.name | name) and (.model.role | text) and (.model | (has("lineage") | not) or (.lineage | text))
                and (.model | keys - ["lineage", "name", "role"]) == [] and (.run | text) and (.outcome | text) and (.probe | digest)
                and ((has("plan_sha256") | not) or (.plan_sha256 | digest)) and ((has("redactions") | not) or (.redactions | list))
                and (.parts | list) and all(.parts[]; .name | text) and all(.parts[]; .commit | digest) and all(.parts[]; .len | number)
                and (.seq | number) and .seq >= 0 and (.rep | number) and (.t_start_ns | time) and (.t_end_ns | time)
            then .seq else "shape" end' data/records.jsonl > "$T/seq" 2> /dev/null || true
        if grep -q version "$T/seq"; then fail 80 "a record line of an unknown version"; fi
        [ "$(grep -vc shape "$T/seq" || true)" = "$DISCLOSED" ] || fail 20 "a record line lacks a field" # where jq fails on a line, it is missing
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
            base64 -d <<< "${L[5]##* }" > "$T/note" 2> /dev/null || true
            [ "$(base64 -w 0 < "$T/note")" = "${L[5]##* }" ] || fail 41 "$f has unusual base64"
            tail -c +5 "$T/note" > "$T/sig"
            [ "$(head -c 4 "$T/note" | xxd -p)" = "$NOTEHASH" ] || fail 41 "$f names another key"
            signs "$T/key" "$T/text" "$T/sig" || fail 41 "$f is not signed by the key"
            [[ ${L[1]} =~ ^[1-9][0-9]{0,18}$ ]] || fail 41 "$f has a size in another spelling"
            [ "${L[1]}" -ge "$size" ] || fail 41 "$f covers less than the one before it"
            [ "${L[1]}" -le "$S" ] || fail 41 "$f covers more records than there are"
            { [[ ${L[3]} = 't '[1-9]* ]] && nanoseconds "${L[3]#t }"; } || fail 41 "$f has a time in another spelling"
            [ "${L[3]#t }" -ge "$made" ] || fail 41 "$f is from before the one before it"
            size=${L[1]} made=${L[3]#t }
            [ "$(root data/leaves.txt "$size" | xxd -r -p | base64)" = "${L[2]}" ] || fail 41 "$f states another root"
            tokens "$f" "${f%.note}"
        done
        [ $i = 0 ] || ok "$i checkpoints, the last over $size of $S records"

        # Outcomes, times and names are what was signed.
        jq -S -s -c '{d: length, o: (group_by(.outcome) | map({key: .[0].outcome, value: length}) | from_entries),
            f: (map(.t_start_ns) | min_by([length, .])), l: (map(.t_end_ns) | max_by([length, .]))}' data/records.jsonl > "$T/tally"
        jq -S -c '.predicate | {d: .disclosed, o: .outcomes, f: .first_ns, l: .last_ns}' "$T/st" | cmp -s - "$T/tally" || fail 40 "counts or times are not the signed ones"
        [ "$(jq -c '[.v, .case, .suspect, (.protected | test("^[!-~]([ -~]*[!-~])?\\z"))]' data/case.json 2> /dev/null)" = "$(jq -c '.predicate | [1, .case, .suspect, true]' "$T/st")" ] || fail 40 "case.json describes another case"
        [ "$(jq -c '.models' data/case.json)" = "$(jq -s -c '[.[].model] | if (unique | length) == (unique_by(.name) | length) then unique_by(.name) else "two of one name" end' data/records.jsonl)" ] || fail 40 "case.json lists other models"
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
            | if ($m.part | type == "string")
                and $m.off >= 0 and $m.len > 0 and $m.off + $m.len <= $r.parts[$p].len - 32
                and (($m | has("salt") or has("commit") | not) or all($m.salt, $m.commit; test("^[0-9a-f]{64}\\z")))
              then "\($i + $p) \($m.off + 32) \($m.len)" else "no redaction" end)' data/records.jsonl > "$T/masked" 2> /dev/null || fail 20 "a redaction lacks a field"
        if grep -q no "$T/masked"; then fail 20 "a redaction that no part has"; fi
        while read -r n off len; do
            [ -s "$T/stars" ] && [ "$(stat -c %s "$T/stars")" -ge "$len" ] || head -c "$((len + 65536))" /dev/zero | tr '\0' '*' > "$T/stars"
            cmp -s -n "$len" -i "$off:0" "$T/p/$(printf %09d "$n")" "$T/stars" || fail 42 "a masked place holds something"
        done < "$T/masked"
        ok "$(wc -l < "$T/masked") masked places"
        """#
}
