internal import ContentAddressing
internal import ForensicTypes

// The line is written and read for every exchange, so it has a writer and a reader of its own. They never differ from
// `CanonicalJSON`: what the reader takes is written anew and compared, and everything else goes to `CanonicalJSON`.
extension RecordLine {
    /// Reads a line.
    ///
    /// - Throws: The errors of `CanonicalJSON.decode`.
    static func read(_ bytes: [UInt8]) throws(ContentAddressingError) -> RecordLine {
        if let line = RecordLine(canonical: bytes), line.canonicalBytes() == bytes { return line }
        return try CanonicalJSON.decode(RecordLine.self, from: bytes)
    }

    /// The canonical JSON of the line; nil where it has none.
    func canonicalBytes() -> [UInt8]? {
        var writer = LineWriter()
        writer.beginObject()
        writer.field("attempt", attempt)
        writer.beginObject("clock")
        writer.field("source", clock.source)
        writer.endObject()
        if let conn {
            writer.beginObject("conn")
            writer.field("id", conn.id)
            writer.field("n", conn.n)
            writer.endObject()
        }
        writer.field("limit", limit?.rawValue)
        writer.beginObject("model")
        writer.field("lineage", model.lineage?.name)
        writer.field("name", model.name)
        writer.field("role", model.role.rawValue)
        writer.endObject()
        writer.field("mono_ns", elapsed)
        writer.field("outcome", outcome)
        write(parts, with: &writer)
        writer.field("peer_ip", peer)
        writer.field("plan_sha256", planSHA256)
        writer.field("probe", probe)
        write(redactions, with: &writer)
        writer.field("rep", rep)
        writer.field("run", run)
        writer.field("salt", salt)
        writer.field("seq", seq)
        writer.field("sni", serverName)
        writer.field("status", status)
        writer.field("t_end_ns", ended)
        writer.field("t_start_ns", started)
        if let tls { write(tls, with: &writer) }
        writer.field("v", v)
        writer.endObject()
        return writer.isInvalid ? nil : writer.bytes
    }

    private func write(_ parts: [Part], with writer: inout LineWriter) {
        writer.beginArray("parts")
        for part in parts {
            writer.beginObject()
            writer.field("commit", part.commit)
            writer.field("len", part.len)
            writer.field("name", part.name)
            writer.field("off", part.off)
            writer.field("seg", part.seg)
            writer.endObject()
        }
        writer.endArray()
    }

    private func write(_ redactions: [Masked], with writer: inout LineWriter) {
        writer.beginArray("redactions")
        for masked in redactions {
            writer.beginObject()
            writer.field("commit", masked.commit)
            writer.field("len", masked.len)
            writer.field("off", masked.off)
            writer.field("part", masked.part.rawValue)
            writer.field("salt", masked.salt)
            writer.field("why", masked.why?.rawValue)
            writer.endObject()
        }
        writer.endArray()
    }

    private func write(_ tls: Secure, with writer: inout LineWriter) {
        writer.beginObject("tls")
        writer.field("alpn", tls.alpn)
        writer.beginArray("chain")
        for digest in tls.chain { writer.element(digest) }
        writer.endArray()
        writer.field("cipher", tls.cipher)
        writer.field("verify", tls.verify?.rawValue)
        writer.field("version", tls.version)
        writer.endObject()
    }

    private init?(canonical bytes: [UInt8]) {
        var reader = LineReader(bytes)
        guard reader.take(UInt8(ascii: "{")), reader.takeKey("attempt"), let attempt = reader.number(),
            reader.takeKey("clock"), reader.take(UInt8(ascii: "{")), reader.takeKey("source"),
            let source = reader.text(), reader.take(UInt8(ascii: "}"))
        else { return nil }
        self.attempt = attempt
        clock = Clock(source: source)
        conn = reader.takeKey("conn") ? Shared(reading: &reader) : nil
        limit = reader.takeKey("limit") ? reader.text().flatMap(ExchangeLimit.init) : nil
        guard reader.takeKey("model"), let model = Model(reading: &reader), reader.takeKey("mono_ns"),
            let elapsed = reader.text(), reader.takeKey("outcome"), let outcome = reader.text(),
            reader.takeKey("parts"), let parts = reader.array(Part.init(reading:))
        else { return nil }
        self.model = model
        self.elapsed = elapsed
        self.outcome = outcome
        self.parts = parts
        peer = reader.takeKey("peer_ip") ? reader.text() : nil
        planSHA256 = reader.takeKey("plan_sha256") ? reader.digest() : nil
        guard reader.takeKey("probe"), let probe = reader.digest(), reader.takeKey("redactions"),
            let redactions = reader.array(Masked.init(reading:)), reader.takeKey("rep"), let rep = reader.number(),
            reader.takeKey("run"), let run = reader.text(), reader.takeKey("salt"), let salt = reader.text(),
            reader.takeKey("seq"), let seq = reader.number(), reader.takeKey("sni"), let serverName = reader.text()
        else { return nil }
        self.probe = probe
        self.redactions = redactions
        self.rep = rep
        self.run = run
        self.salt = salt
        self.seq = seq
        self.serverName = serverName
        status = reader.takeKey("status") ? reader.number() : nil
        guard reader.takeKey("t_end_ns"), let ended = reader.text(), reader.takeKey("t_start_ns"),
            let started = reader.text()
        else { return nil }
        self.ended = ended
        self.started = started
        tls = reader.takeKey("tls") ? Secure(reading: &reader) : nil
        guard reader.takeKey("v"), let v = reader.number(), reader.take(UInt8(ascii: "}")), reader.isAtEnd else {
            return nil
        }
        self.v = v
    }
}

extension LineReader {
    /// Reads an array of values.
    fileprivate mutating func array<Value>(_ element: (inout LineReader) -> Value?) -> [Value]? {
        guard take(UInt8(ascii: "[")) else { return nil }
        var values: [Value] = []
        while !take(UInt8(ascii: "]")) {
            if !values.isEmpty { guard take(UInt8(ascii: ",")) else { return nil } }
            guard let value = element(&self) else { return nil }
            values.append(value)
        }
        return values
    }
}

extension RecordLine.Shared {
    fileprivate init?(reading reader: inout LineReader) {
        guard reader.take(UInt8(ascii: "{")), reader.takeKey("id"), let id = reader.number(), reader.takeKey("n"),
            let n = reader.number(), reader.take(UInt8(ascii: "}"))
        else { return nil }
        self.init(id: id, n: n)
    }
}

extension RecordLine.Model {
    fileprivate init?(reading reader: inout LineReader) {
        guard reader.take(UInt8(ascii: "{")) else { return nil }
        let lineage = reader.takeKey("lineage") ? reader.text() : nil
        guard reader.takeKey("name"), let name = reader.text(), reader.takeKey("role"),
            let role = reader.text().flatMap({ ModelRole(rawValue: $0) }), reader.take(UInt8(ascii: "}"))
        else { return nil }
        self.init(name: name, role: role, lineage: lineage.map { Lineage($0) })
    }
}

extension RecordLine.Part {
    fileprivate init?(reading reader: inout LineReader) {
        guard reader.take(UInt8(ascii: "{")), reader.takeKey("commit"), let commit = reader.digest(),
            reader.takeKey("len"), let len = reader.number(), reader.takeKey("name"), let name = reader.text(),
            reader.takeKey("off"), let off = reader.number(), reader.takeKey("seg"), let seg = reader.number(),
            reader.take(UInt8(ascii: "}"))
        else { return nil }
        self.init(name: name, seg: seg, off: off, len: len, commit: commit)
    }
}

extension RecordLine.Masked {
    fileprivate init?(reading reader: inout LineReader) {
        guard reader.take(UInt8(ascii: "{")) else { return nil }
        let commit = reader.takeKey("commit") ? reader.digest() : nil
        guard reader.takeKey("len"), let len = reader.number(), reader.takeKey("off"), let off = reader.number(),
            reader.takeKey("part"), let part = reader.text().flatMap({ Redaction.Part(rawValue: $0) })
        else { return nil }
        let salt = reader.takeKey("salt") ? reader.digest() : nil
        let why = reader.takeKey("why") ? reader.text().flatMap { Redaction.Reason(rawValue: $0) } : nil
        guard reader.take(UInt8(ascii: "}")) else { return nil }
        self.init(part: part, off: off, len: len, why: why, salt: salt, commit: commit)
    }
}

extension RecordLine.Secure {
    fileprivate init?(reading reader: inout LineReader) {
        guard reader.take(UInt8(ascii: "{")) else { return nil }
        let alpn = reader.takeKey("alpn") ? reader.text() : nil
        guard reader.takeKey("chain"), let chain = reader.array({ (reader: inout LineReader) in reader.digest() })
        else { return nil }
        let cipher = reader.takeKey("cipher") ? reader.text() : nil
        let verify = reader.takeKey("verify") ? reader.text().flatMap { CertificateVerification(rawValue: $0) } : nil
        let version = reader.takeKey("version") ? reader.text() : nil
        guard reader.take(UInt8(ascii: "}")) else { return nil }
        self.init(version: version, cipher: cipher, alpn: alpn, verify: verify, chain: chain)
    }
}
