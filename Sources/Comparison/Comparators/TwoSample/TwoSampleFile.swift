/// A file of samples: JSON lines, one object per line.
///
/// `{"prompt": 3, "side": "a", "text": "…"}`: `prompt` is a whole number or a string (`3` and `"3"` name the same prompt),
/// `side` is `"a"` or `"b"`, and `text` is any string. An optional whole number `time_block` says when the sample was drawn.
/// Other keys are ignored and blank lines skipped. The escape `\u0000` is an ordinary character of the text; a raw NUL byte
/// is not JSON.
public struct TwoSampleFile: Sendable, Hashable {
    /// The samples, in the order of the lines.
    public let observations: [TwoSampleObservation]

    /// Reads the bytes of a file.
    /// - Throws: `malformedSamples`, naming the line and what to mend there. The message never quotes an answer.
    public static func parse(_ bytes: [UInt8]) throws(ComparisonError) -> TwoSampleFile {
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            let line = 1 + bytes[..<error.byteOffsets.lowerBound].count { $0 == UInt8(ascii: "\n") }
            throw failure(line: line, "holds bytes that are not UTF-8; save the file as UTF-8")
        }
        var observations: [TwoSampleObservation] = []
        var reader = TwoSampleLineReader(bytes)
        while reader.beginLine() {
            do {
                observations.append(try reader.readObservation())
            } catch {
                throw failure(line: reader.line, error.text)
            }
        }
        guard !observations.isEmpty else {
            throw ComparisonError(
                .malformedSamples, #"the file holds no sample; write one {"prompt":…,"side":…,"text":…} per line"#)
        }
        return TwoSampleFile(observations: observations)
    }

    private static func failure(line: Int, _ text: String) -> ComparisonError {
        ComparisonError(.malformedSamples, "line \(line) \(text)")
    }
}
