extension VerificationScript {
    /// The archive: its form, its coat and its closed set of files.
    static let container = #"""
        # The container.
        if [ "$(head -c 4 -- "$BUNDLE" | xxd -p)" = 28b52ffd ]; then
            zstd -dcq --memory=32MB -- "$BUNDLE" > "$T/bundle.tar" 2> /dev/null || fail 10 "cannot be decompressed: damaged or truncated"
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
        if find . -type f \( -name '*.dsse.json' -size +1048576c -o -path './*.ts[qr]' -size +65536c -o -name '*.note' -size +65536c \
            -o -name '*.der' -size +65536c -o -name collector.crt.pem -size +65536c -o ! -name records.jsonl ! -name leaves.txt -size +67108864c \) | grep . > /dev/null
        then fail 11 "a file that is too long"; fi
        ok "canonical archive, closed set of files, no links"
        """#
}
