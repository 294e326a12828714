import ForensicTypes
import Testing

@Suite("Counting")
struct CountingTests {
    @Test(
        "A noun and its verb agree with their number",
        arguments: [(0, "0 records are"), (1, "1 record is"), (2, "2 records are")])
    func agreement(count: Int, text: String) {
        #expect("\(count.counted("record")) \(count.agreeing("is", "are"))" == text)
    }
}
