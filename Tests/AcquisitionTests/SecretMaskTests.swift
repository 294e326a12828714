import Acquisition
import ForensicTypes
import Foundation
import Testing

@Suite("Masking of secrets")
struct SecretMaskTests {
    static let canaries = [
        "sk-canary/0123456789\"x\\y", "AKIDCANARY0123456789", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYCANARYKEY",
        "IQoJb3JpZ2luX2VjCANARY//////////token+/==", "AIzaSyCanary-_0123456789abcdefghijk",
    ]

    /// Every form in which the canary may come back.
    private func forms(_ key: String) -> [String] {
        let json = key.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let hex = key.utf8.map { String(format: "%02x", $0) }
        let unreserved = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        let percent = key.addingPercentEncoding(withAllowedCharacters: unreserved) ?? key
        let base64 = ["", "a", "ab"].flatMap { before in
            ["", "c", "cd"].map { Data((before + key + $0).utf8).base64EncodedString() }
        }
        return [
            key, json, json.replacing("/", with: "\\/"), hex.map { "\\u00" + $0 }.joined(), percent,
            percent.lowercased() == percent ? percent : percent.replacing("%2F", with: "%2f"),
            hex.map { "%" + $0.uppercased() }.joined(),
        ] + base64 + base64.map { $0.replacing("+", with: "-").replacing("/", with: "_") }
            + base64.map { $0.replacing("/", with: "\\/") }
    }

    @Test("No form of a key is left, and nothing else is touched", arguments: canaries)
    func forms(canary: String) {
        let mask = SecretMask(secrets: [Array(canary.utf8)])
        for form in forms(canary) {
            let text = "before \(form) after"
            let (bytes, redactions) = mask.mask(Array(text.utf8), part: .response)
            let masked = String(decoding: bytes, as: UTF8.self)
            #expect(bytes.count == text.utf8.count)
            #expect(masked.hasPrefix("before ") && masked.hasSuffix(" after"))
            #expect(!redactions.isEmpty)
            // Of base64, the digits at either end that depend on the neighbours too may stay.
            let left = masked.dropFirst(7).dropLast(6).filter { $0 != "*" && $0 != "=" }
            #expect(left.count <= 8, "\(form) leaves \(masked)")
            for start in 0..<max(0, canary.utf8.count - 7) {
                let part = String(decoding: Array(canary.utf8)[start..<(start + 8)], as: UTF8.self)
                #expect(!masked.contains(part))
            }
        }
    }

    @Test("A key that the frames of a chunked body cut is masked, the frames are not", arguments: canaries)
    func chunks(canary: String) {
        let key = Array(canary.utf8)
        let mask = SecretMask(secrets: [key])
        for cut in 1..<key.count {
            let wire =
                Array("5\r\nabcd ".utf8) + key[..<cut] + Array("\r\n1f;x=y\r\n".utf8) + key[cut...] + Array(" end".utf8)
            let (bytes, redactions) = mask.mask(wire, part: .response)
            let expected =
                "5\r\nabcd " + String(repeating: "*", count: cut) + "\r\n1f;x=y\r\n"
                + String(repeating: "*", count: key.count - cut) + " end"
            #expect(String(decoding: bytes, as: UTF8.self) == expected)
            #expect(redactions.map(\.length) == [cut, key.count - cut])
        }
    }

    @Test("The beginning of a key at the end of the bytes is masked")
    func cutOff() {
        let mask = SecretMask(secrets: [Array("sk-canary-0123456789".utf8)])
        let (bytes, _) = mask.mask(Array("x sk-canary-01".utf8), part: .response)
        #expect(String(decoding: bytes, as: UTF8.self) == "x ************")
    }

    @Test("Text without a key is left as it is, whatever escapes it holds")
    func innocent() {
        let mask = SecretMask(secrets: Self.canaries.map { Array($0.utf8) })
        let text = Array(#"{"a":"\u0073k-canar \\ %73%6B \/ sk-canary/01234 AKID","b":"\u00zz%zz"}"#.utf8)
        #expect(mask.mask(text, part: .response).bytes == text)
        #expect(mask.mask(text, part: .response).redactions.isEmpty)
    }
}
