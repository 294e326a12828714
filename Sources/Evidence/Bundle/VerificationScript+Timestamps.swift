extension VerificationScript {
    /// Tokens, and the certificate at their time.
    static let timestamps = #"""
        # Time stamps. Without -attime openssl would take a token from before its certificate was valid.
        tokens() { # what is stamped, start of the token's path; sets FIRST to the earliest time
            local r q t nonce first='' last=0
            for q in "$2"-*.tsq; do [ ! -e "$q" ] || [ -e "${q%q}r" ] || fail 32 "$q has no answer"; done
            for r in "$2"-*.tsr; do
                [ -e "$r" ] || continue
                q=${r%r}q
                [[ $(xxd -p -c 200 "$q" 2> /dev/null) =~ ^30430201013031300d060960864801650304020105000420$(digest "$1")(0208[4-7][0-9a-f]{15})0101ff$ ]] || fail 32 "$q is missing, or not a query about $1"
                nonce=${BASH_REMATCH[1]}
                [[ $(xxd -p -l 10 -c 10 "$r") =~ ^3082(....)300302010030 ]] || fail 32 "$r does not say granted and nothing else"
                [ $((16#${BASH_REMATCH[1]} + 4)) = "$(stat -c %s "$r")" ] || fail 32 "bytes follow the answer in $r"
                t=$(openssl ts -reply -in "$r" -text 2> /dev/null | sed -n 's/^Time stamp: //p' | sed 's/\.[0-9]*//') || true
                [ -n "$t" ] || fail 32 "$r is no token" # date would take nothing for this midnight
                t=$(date -d "$t" +%s 2> /dev/null) || fail 32 "$r states no time"
                [ "$t" -le $((NOW + 60)) ] || fail 32 "$r is dated in the future"
                [ -z "$(openssl ts -reply -in "$r" -token_out 2> /dev/null | openssl asn1parse -inform DER 2> /dev/null | sed -n '/:sha1$/p')" ] || fail 32 "$r uses SHA-1"
                if [ -n "$TSA" ]; then
                    openssl ts -verify -in "$r" -queryfile "$q" -CAfile "$TSA" -x509_strict -auth_level 2 -attime "$t" > /dev/null 2>&1 || fail 32 "$r is not by a pinned authority"
                else # its form, its signature and what it is over; not who signed it
                    { openssl ts -reply -in "$r" -token_out | openssl cms -verify -noverify -inform DER -binary -out "$T/tst"; } > /dev/null 2>&1 || fail 32 "$r is not signed by a key in it"
                    [[ $(xxd -p -c 65536 "$T/tst") =~ 0420$(digest "$1").*$nonce ]] || fail 32 "$r is over something else, or answers another question"
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
            openssl crl2pkcs7 -nocrl -certfile $CRT 2> /dev/null | openssl pkcs7 -print_certs 2> /dev/null | sed -n '/^-----BEGIN/,/^-----END/p' \
                | cmp -s - $CRT || fail 31 "the certificates are not in their one spelling"
            openssl x509 -in $CRT -noout -pubkey 2> /dev/null | cmp -s - "$T/key" || fail 31 "the certificate is for another key"
            use=$(openssl x509 -in $CRT -noout -ext basicConstraints,keyUsage,extendedKeyUsage 2> /dev/null)
            if grep -q CA:TRUE <<< "$use"; then fail 31 "the certificate is an authority's"; fi
            grep -q 'Digital Signature' <<< "$use" || fail 31 "the certificate is not for signing"
            if grep -q 'Extended Key Usage' <<< "$use" && ! grep -q '1\.3\.6\.1\.5\.5\.7\.3\.36' <<< "$use"; then fail 31 "the certificate is for other uses"; fi
            if grep -q 'BEGIN CERTIFICATE' "$TRUST"; then
                at=$STAMPED
                if [ -z "$at" ] || [ -z "$TSA" ]; then
                    at=$(tail -n 1 data/custody.jsonl | jq -r '.t | strings' 2> /dev/null) || true
                    nanoseconds "$at" || fail 31 "nothing states a time at which the certificate should be valid"
                    at=$((at / 1000000000))
                fi
                openssl verify -x509_strict -auth_level 2 -no-CApath -no-CAstore -attime "$at" -CAfile "$TRUST" -untrusted $CRT $CRT > /dev/null 2>&1 || fail 31 "the certificate does not lead to the pinned root at $(date -u -d "@$at" +%FT%TZ)"
                ok "certificate under the pinned root, valid at $(date -u -d "@$at" +%FT%TZ)"
            else
                skip "the certificate: no root was given"
            fi
        fi
        """#
}
