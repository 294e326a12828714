import Testing
import WireFormats

@Suite("HTTP splitting")
struct HTTPResponseTests {
    private func split(_ text: String) throws -> HTTPResponse { try HTTPResponse(wire: Array(text.utf8)) }

    @Test("Status, fields and body")
    func plain() throws {
        let response = try split("HTTP/1.1 404 Not Found\r\nX-One: a \r\nx-two:b\r\nContent-Length: 3\r\n\r\nabc")
        #expect(response.status == 404)
        #expect(response.fields.map(\.name) == ["x-one", "x-two", "content-length"])
        #expect(response.value(of: "X-ONE") == "a")
        #expect(response.body == Array("abc".utf8))
    }

    @Test("Chunks, chunk extensions and trailers")
    func chunked() throws {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
        #expect(try split(head + "a;x=\"y\"\r\n0123456789\r\n1\r\nz\r\n0\r\nT: 1\r\n\r\n").body.count == 11)
        #expect(try split(head + "0\r\n\r\n").body.isEmpty)
    }

    @Test("A body without a length goes to the end; interim responses are passed over; 204 has no body")
    func framings() throws {
        #expect(try split("HTTP/1.0 200 OK\r\n\r\nabc").body.count == 3)
        #expect(try split("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na").status == 200)
        #expect(try split("HTTP/1.1 204 No Content\r\n\r\n").body.isEmpty)
        #expect(try split("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab").body.count == 2)
    }

    @Test(
        "What two readers could take differently is refused",
        arguments: [
            "HTTP/2 200 OK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "http/1.1 200 OK\r\n\r\n",
            "HTTP/1.1 200 OK\nContent-Length: 0\n\n", "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
            "HTTP/1.1 200 OK\r\n: b\r\n\r\n",
            "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\u{1}\r\n\r\n",
            "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\na",
            "HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\na", "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
            "HTTP/1.1 101 Switching\r\n\r\n",
        ])
    func refused(text: String) {
        #expect(throws: WireFormatsError(.http, ""), "\(text)") { try split(text) }
    }

    @Test("Compressed bodies, early ends and limits have codes of their own")
    func codes() {
        #expect(throws: WireFormatsError(.encoding, "")) {
            try split("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n")
        }
        let head = Array("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n".utf8)
        for length in 0...head.count + 5 {
            let part = Array((head + Array("abcdefghi".utf8)).prefix(length))
            #expect(throws: WireFormatsError(.truncated, "")) { try HTTPResponse(wire: part) }
        }
        #expect(throws: WireFormatsError(.size, "")) {
            try HTTPResponse(wire: head + Array("abcdefghi".utf8), limits: HTTPLimits(header: 64, body: 8))
        }
        #expect(throws: WireFormatsError(.size, "")) {
            try HTTPResponse(wire: head, limits: HTTPLimits(header: 20, body: 8))
        }
        let fit = HTTPLimits(header: head.count, body: 9)
        #expect(throws: Never.self) { try HTTPResponse(wire: head + Array("abcdefghi".utf8), limits: fit) }
    }

    @Test("Cutting the wire anywhere changes nothing")
    func increments() throws {
        let text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n"
        let wire = Array(text.utf8)
        let whole = try HTTPResponse(wire: wire)
        for cut in 0...wire.count {
            var parser = HTTPResponseParser()
            try parser.consume(wire[..<cut])
            #expect(parser.isComplete == (cut == wire.count))
            try parser.consume(wire[cut...])
            #expect(parser.response == whole)
        }
    }
}
