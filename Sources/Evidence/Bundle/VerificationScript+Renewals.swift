extension VerificationScript {
    /// Tokens beside the bundle.
    static let renewals = #"""
        # Beside the bundle: tokens over the archive, then over lists of all tokens before them. A token counts at its own time; once
        # certificates of its authority have ended, a later token has to carry it.
        INSIDE=(${TOKENS[@]+"${TOKENS[@]}"}) TOKENS=() NAME=$(basename "$BUNDLE" .zst)
        BESIDE=$(dirname "$BUNDLE")/after/$(basename "$NAME" .tar)
        mkdir "$T/after"
        cd "$T/after"
        ln "$T/bundle.tar" bundle.tar
        if ! ls -Ab -- "$BESIDE/" > "$T/beside" 2> "$T/why"; then # what cannot be read does not count as absent
            grep -q "': No such file or directory\$" "$T/why" || fail 50 "$BESIDE is no folder that can be read"
        fi
        { grep -E '^((archive|[0-9]{4})-[a-z0-9][a-z0-9-]{0,30}\.ts[qr]|[0-9]{4}\.renewal)$' "$T/beside" || true; } | { grep -v '^000[01]' || true; } | sort > "$T/later"
        while read -r f; do
            case $f in *.renewal) n=1048576 ;; *) n=65536 ;; esac
            { [ -f "$BESIDE/$f" ] && [ "$(stat -Lc %s -- "$BESIDE/$f")" -le $n ] && cp -- "$BESIDE/$f" .; } || fail 32 "$f beside the bundle is no file of at most $n bytes"
        done < "$T/later"
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
