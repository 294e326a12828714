extension VerificationScript {
    /// The custody log, the plan and the register of plans.
    static let plan = #"""
        # Custody: a chain of lines, as the register of plans is.
        chain() { # file, code; sets P to the digest of the last line and COUNT
            mapfile -t LINK < <(jq -c '[.n?, .prev?]' "$1")
            P=$(printf '0%.0s' {1..64}) COUNT=0
            while IFS= read -r line; do
                [ ${#line} -le 16384 ] || fail 11 "line $COUNT of $1 has more than 16384 bytes"
                [ "${LINK[COUNT]}" = "[$COUNT,\"$P\"]" ] || fail "$2" "line $COUNT of $1 does not follow"
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
            AS=60 signed data/plan/plan.dsse.json "$T/key" "$T/plan"
            [ "$(jq -c '[._type, .predicate.v, .predicate.crit, .predicate.case]' "$T/plan")" = "$(jq -c '["https://in-toto.io/Statement/v1", 1, [], .case]' data/plan/plan.json)" ] || fail 60 "the plan's seal is of another version or case"
            [ "$(jq -c '[.predicateType, (.subject | type, length), .subject[0].name, .subject[0].digest.sha256]' "$T/plan")" \
                = '["https://whorl.invalid/attest/plan/v1","array",1,"plan.json","'"$PLAN"'"]' ] || fail 60 "the plan's seal is over something else"
            jq -e 'def text: type == "string"; def whole: type == "number"; def list: type == "array"; def digest: test("^[0-9a-f]{64}\\z");
                def name: test("^[!-~]([ -~]*[!-~])?\\z"); ([.protected] + .suspects + [.panel[].name]) as $names
                | .v == 1 and (.written_ns | text) and (.panel | list)
                and all($names[]; name) and ($names | unique | length) == ($names | length)
                and all(.panel[]; (.lineage | text) and (.purpose | . == "select" or . == "calibrate" or . == "report"))
                and all(.panel[]; (has("role") | not) or (.role | . == "protected" or . == "suspect" or . == "panel" or . == "sibling" or . == "redeployment"))
                and ([.panel[] | [.lineage, .purpose]] | unique | length) == ([.panel[].lineage] | unique | length)
                and (.hypotheses | list) and all(.hypotheses[]; . == "copy" or . == "derivative" or . == "student" or . == "independent")
                and (.probes.file | digest) and (.probes.root | digest) and (.probes.count | whole) and .probes.count > 0
                and (.comparators | list) and all(.comparators[]; text) and has("thresholds") and ((has("calibration") | not) or (.calibration | digest))
                and (.stopping_rule | text) and (.exclusion_rule | text) and (.maximum_attempts | whole) and .maximum_attempts > 0
                and (.seed | . == "plan" or (test("^(0|[1-9][0-9]{0,19})\\z") and (length < 20 or . <= "18446744073709551615")))
                and ((has("register") | not) or .register != null)' data/plan/plan.json > /dev/null 2>&1 || fail 60 "the plan lacks a member"
            [ "$(jq --arg c "$CASE" '.case == $c' data/plan/plan.json)" = true ] || fail 60 "the plan is of another case"
            [ "$(jq --arg s "$SUSPECT" '.suspects | index($s) != null' data/plan/plan.json)" = true ] || fail 60 "the plan does not name the suspect"
            [ "$(jq .protected data/case.json)" = "$(jq .protected data/plan/plan.json)" ] || fail 60 "case.json names another protected model than the plan"
            if jq -r --arg s "$SUSPECT" --arg p "$PLAN" \
                'select(.model.name == $s and .outcome != "imported" and .plan_sha256 != $p) | .seq' data/records.jsonl | grep . > /dev/null
            then fail 60 "a record of the suspect was collected outside the plan"; fi
            COMMITMENT=$(jq -r .probes.file data/plan/plan.json)
            find data/probes -type f -exec sha256sum {} + 2> /dev/null | grep "^$COMMITMENT " > /dev/null || fail 60 "the planned probe set is not in the bundle"
            for f in data/probes/*.json; do
                jq -e '(.format? == "whorl-probe-set") and (.probes | type == "array")' "$f" > /dev/null || continue
                jq -c '.probes[]' "$f" | leaves > "$T/probes"
                [ "$(root "$T/probes" "$(wc -l < "$T/probes")")" = "$(jq -r .probes.root data/plan/plan.json)" ] || fail 60 "$f is another probe set than the planned one"
                jq -e '[.probes[] | objects | .probe | objects | .draws | numbers | select(. > 0)] | (add // 0) <= 1000000' "$f" > /dev/null \
                    || fail 60 "$f has more draws than a case may have records"
            done
            ok "plan, sealed by the key"
            tokens data/plan/plan.dsse.json data/plan/plan
            [ -n "$FIRST" ] || skip "time stamps over the plan: there are none"
            if [ -e data/plan/register.jsonl ]; then
                jq -cS . data/plan/register.jsonl 2> /dev/null | cmp -s - data/plan/register.jsonl || fail 60 "the register is not canonical JSON"
                AS=60 profile data/plan/register.jsonl
                AS=60 chain data/plan/register.jsonl 60
                [ "$(jq -c 'def digest: test("^[0-9a-f]{64}\\z"); .v == 1 and (.action == "planned" or .action == "reported") and (.t | type == "string")
                    and (.case | digest) and (.plan_sha256 | digest) and ((has("bundle_sha256") | not) or (.bundle_sha256 | digest))' data/plan/register.jsonl 2> /dev/null | grep -c true || true)" = "$COUNT" ] || fail 60 "a line of the register that is none"
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
        """#
}
