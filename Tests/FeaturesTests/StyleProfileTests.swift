import Features
import TestSupport
import Testing

@Suite struct StyleProfileTests {
    @Test func valuesFollowTheReference() throws {
        for vector in try FeatureVectors.all() {
            let profile = StyleProfile(vector.bytes)
            #expect(profile.values.count == StyleProfile.names.count)
            for (name, expected) in vector.style {
                let index = try #require(StyleProfile.names.firstIndex(of: name))
                #expect(isClose(profile.values[index], expected, relative: 1e-12, absolute: 1e-15), "\(name)")
            }
        }
    }

    @Test func namesAreUniqueAndValuesFinite() {
        #expect(Set(StyleProfile.names).count == StyleProfile.names.count)
        for text in ["", " ", "\n\n", "?", "#", "**", "1."] {
            #expect(StyleProfile(Array(text.utf8)).values.allSatisfy { $0.isFinite })
        }
    }

    @Test func markupIsSeenWhateverTheContent() throws {
        let first = StyleProfile(Array("# A\n\n- red **cat**\n- blue dog\n1. go\n".utf8))
        let second = StyleProfile(Array("# B\n\n- old **man**\n- tall tree\n1. be\n".utf8))
        let layout = ["blank_line_share", "bullet_line_share", "numbered_line_share", "heading_line_share"]
        for name in layout {
            let index = try #require(StyleProfile.names.firstIndex(of: name))
            #expect(first.values[index] == second.values[index])
            #expect(first.values[index] > 0)
        }
    }
}
