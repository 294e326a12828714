internal import ForensicTypes
internal import TOMLKit
internal import WireFormats

extension EndpointConfiguration {
    /// Reads an endpoint file.
    ///
    /// - Parameters:
    ///   - bytes: The file's content.
    ///   - path: Its path, for messages and for the paths in it, which are relative to its folder.
    /// - Throws: `configuration`, which names the file, the line and the key.
    public static func load(_ bytes: [UInt8], path: String) throws(AcquisitionError) -> EndpointConfiguration {
        var file = try EndpointFile(bytes: bytes, path: path)
        let name = try file.text("name")
        guard !name.isEmpty, name.utf8.count <= 64, name.utf8.allSatisfy(EndpointFile.isNameByte) else {
            throw file.problem("name", "has 1 to 64 letters, digits, dots, hyphens and underscores")
        }
        guard let address = EndpointAddress(try file.text("url")) else {
            throw file.problem("url", "looks like https://host:port/v1, without a query or a user name")
        }
        guard let provider = ProviderProtocol(rawValue: try file.optionalText("protocol") ?? "openai") else {
            let known = ProviderProtocol.allCases.map(\.rawValue).joined(separator: ", ")
            throw file.problem("protocol", "is one of \(known)")
        }
        guard let role = ModelRole(rawValue: try file.text("role")) else {
            throw file.problem("role", "is one of \(ModelRole.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        var configuration = EndpointConfiguration(
            identity: ModelIdentity(
                name: name, role: role, lineage: try file.optionalText("lineage").map { Lineage($0) }),
            address: address, model: try file.text("model"), provider: provider)
        configuration.isStreaming = try file.flag("stream") ?? false
        configuration.apiVersion = try file.word("api_version")
        configuration.omittedParameters = try file.parameters("omit")
        configuration.key = try file.key()
        if let style = try file.optionalText("key_style") {
            guard let style = KeyStyle(rawValue: style) else {
                throw file.problem(
                    "key_style", "is one of \(KeyStyle.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            configuration.keyStyle = style
        }
        configuration.region = try file.word("region") ?? address.region
        if configuration.keyStyle == .signatureV4, configuration.key != nil, configuration.region == nil {
            throw file.problem("region", "is needed for signatures where the host does not name it")
        }
        configuration.trustRoots = try file.optionalText("ca_file").map(file.resolve)
        configuration.userAgent = try file.optionalText("user_agent")
        if let agent = configuration.userAgent, !agent.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) {
            throw file.problem("user_agent", "has printable ASCII only")
        }
        let defaults = Timeouts()
        configuration.timeouts = Timeouts(
            connect: try file.seconds("connect_timeout_s") ?? defaults.connect,
            firstByte: try file.seconds("first_byte_timeout_s") ?? defaults.firstByte,
            idle: try file.seconds("idle_timeout_s") ?? defaults.idle,
            total: try file.seconds("total_timeout_s") ?? defaults.total)
        configuration.maximumConcurrency = try file.count("max_concurrency", upTo: 256) ?? 1
        configuration.requestsPerMinute = try file.rate("requests_per_minute")
        configuration.maximumRequests = try file.count("max_requests", upTo: 10_000_000)
        configuration.budget = try file.budget()
        configuration.reusesConnections = try file.boolean("reuse_connections") ?? true
        if let rate = try file.rate("min_bytes_per_second") { configuration.timeouts.minimumRate = rate }
        try file.refuseUnknownKeys()
        return configuration
    }
}

/// An endpoint file while it is read: remembers which keys were asked for, and finds their lines for messages.
private struct EndpointFile {
    private let path: String
    private let lines: [Substring]
    private let table: TOMLTable
    private var known: Set<String> = []

    init(bytes: [UInt8], path: String) throws(AcquisitionError) {
        self.path = path
        guard bytes.count <= 65_536, let text = String(validating: bytes, as: UTF8.self) else {
            throw AcquisitionError(.configuration, "\(path): an endpoint file is UTF-8 text of up to 64 KiB")
        }
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        do {
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw AcquisitionError(.configuration, "\(path):\(error.source.begin.line): this is not TOML")
        } catch {
            throw AcquisitionError(.configuration, "\(path): this is not TOML")
        }
    }

    static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    mutating func text(_ key: String) throws(AcquisitionError) -> String {
        guard let text = try optionalText(key) else {
            throw AcquisitionError(.configuration, "\(path): the key `\(key)` is missing")
        }
        return text
    }

    mutating func optionalText(_ key: String) throws(AcquisitionError) -> String? {
        known.insert(key)
        guard let value = table[key] else { return nil }
        guard let text = value.string, !text.isEmpty else { throw problem(key, "is a text in quotation marks") }
        return text
    }

    /// A text that goes into a line of the request: no white space, nothing that a URL or a header would split.
    mutating func word(_ key: String) throws(AcquisitionError) -> String? {
        guard let text = try optionalText(key) else { return nil }
        guard text.utf8.allSatisfy(Self.isNameByte) else {
            throw problem(key, "has letters, digits, dots, hyphens and underscores only")
        }
        return text
    }

    mutating func flag(_ key: String) throws(AcquisitionError) -> Bool? {
        known.insert(key)
        guard let value = table[key] else { return nil }
        guard let flag = value.bool else { throw problem(key, "is true or false") }
        return flag
    }

    mutating func parameters(_ key: String) throws(AcquisitionError) -> Set<ProviderSettings.Parameter> {
        known.insert(key)
        guard let value = table[key] else { return [] }
        let names = value.array.map { array in array.map { $0.string ?? "" } } ?? [""]
        let parameters = names.compactMap { ProviderSettings.Parameter(rawValue: $0) }
        guard parameters.count == names.count else {
            let all = ProviderSettings.Parameter.allCases.map(\.rawValue).joined(separator: ", ")
            throw problem(key, "is a list of names out of \(all)")
        }
        return Set(parameters)
    }

    mutating func count(_ key: String, upTo limit: Int) throws(AcquisitionError) -> Int? {
        known.insert(key)
        guard let value = table[key] else { return nil }
        guard let count = value.int, (1...limit).contains(count) else {
            throw problem(key, "is a whole number from 1 to \(limit)")
        }
        return count
    }

    mutating func boolean(_ key: String) throws(AcquisitionError) -> Bool? {
        known.insert(key)
        guard let value = table[key] else { return nil }
        guard let flag = value.bool else { throw problem(key, "is true or false") }
        return flag
    }

    mutating func budget() throws(AcquisitionError) -> EndpointBudget {
        let budget = EndpointBudget(
            tokensPerMinute: try rate("tokens_per_minute"),
            maximumTokens: try count("max_total_tokens", upTo: 1_000_000_000_000), maximumCost: try rate("max_cost"),
            price: try price())
        guard budget.maximumCost == nil || budget.price != nil else {
            throw problem("max_cost", "needs a table [price] with input_per_million, output_per_million and currency")
        }
        return budget
    }

    private mutating func price() throws(AcquisitionError) -> TokenPrice? {
        known.insert("price")
        guard let value = table["price"] else { return nil }
        let rule = "is a table with input_per_million, output_per_million (0 to 1000000) and currency (such as \"USD\")"
        func amount(_ key: String) -> Double? {
            let number = value.table?[key].flatMap { $0.double ?? $0.int.map(Double.init) }
            return number.flatMap { (0...1_000_000).contains($0) ? $0 : nil }
        }
        guard let prices = value.table, Set(prices.keys) == ["input_per_million", "output_per_million", "currency"],
            let input = amount("input_per_million"), let output = amount("output_per_million"),
            let currency = prices["currency"]?.string, currency.utf8.count == 3,
            currency.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        else { throw problem("price", rule) }
        return TokenPrice(inputPerMillion: input, outputPerMillion: output, currency: currency)
    }

    mutating func seconds(_ key: String) throws(AcquisitionError) -> Double? {
        try number(key, in: 0.001...86_400, "is a number of seconds from 0.001 to 86400")
    }

    mutating func rate(_ key: String) throws(AcquisitionError) -> Double? {
        try number(key, in: 0.001...10_000_000, "is a number above 0")
    }

    mutating func key() throws(AcquisitionError) -> EndpointConfiguration.KeySource? {
        let file = try optionalText("key_file")
        known.insert("key_fd")
        guard let value = table["key_fd"] else { return file.map { .file(resolve($0)) } }
        guard let descriptor = value.int, (0...1_023).contains(descriptor) else {
            throw problem("key_fd", "is the number of an open file descriptor")
        }
        guard file == nil else { throw problem("key_fd", "stands alone, without `key_file`") }
        return .descriptor(descriptor)
    }

    func resolve(_ relative: String) -> String {
        guard !relative.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return relative }
        return path[...slash] + relative
    }

    func refuseUnknownKeys() throws(AcquisitionError) {
        for key in table.keys.sorted() where !known.contains(key) {
            let hint =
                key.contains("key") ? " Keys are read from `key_file` or `key_fd` and never stand in the file." : ""
            throw AcquisitionError(.configuration, "\(place(key)): the key `\(key)` is unknown.\(hint)")
        }
    }

    func problem(_ key: String, _ rule: String) -> AcquisitionError {
        AcquisitionError(.configuration, "\(place(key)): `\(key)` \(rule)")
    }

    private mutating func number(
        _ key: String, in range: ClosedRange<Double>, _ rule: String
    ) throws(AcquisitionError) -> Double? {
        known.insert(key)
        guard let value = table[key] else { return nil }
        guard let number = value.double ?? value.int.map(Double.init), range.contains(number) else {
            throw problem(key, rule)
        }
        return number
    }

    private func place(_ key: String) -> String {
        let line = lines.firstIndex { line in
            let start = line.drop { $0 == " " || $0 == "\t" || $0 == "\"" || $0 == "[" }
            guard start.hasPrefix(key) else { return false }
            return [" ", "\t", "=", "\"", "]"].contains(start.dropFirst(key.count).first)
        }
        return line.map { "\(path):\($0 + 1)" } ?? path
    }
}
