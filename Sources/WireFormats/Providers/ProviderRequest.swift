public import ForensicTypes

/// A request to a provider, before connection and key are added.
public struct ProviderRequest: Sendable, Hashable {
    /// A header field of a provider's own.
    public struct Field: Sendable, Hashable {
        /// The name in lower case.
        public let name: String
        /// The value.
        public let value: String
    }

    /// The HTTP method.
    public let method: String
    /// The path below the endpoint's base address with its query, for example `/chat/completions`.
    public let path: String
    /// Fields beside those that every request has.
    public let fields: [Field]
    /// The media type of the answer that is asked for.
    public let accept: String
    /// The JSON body; empty for a request without one.
    public let body: [UInt8]

    init(
        method: String = "POST", path: String, fields: [Field] = [], accept: String = "application/json", body: [UInt8]
    ) {
        self.method = method
        self.path = path
        self.fields = fields
        self.accept = accept
        self.body = body
    }

    static func get(_ path: String, fields: [Field] = []) -> ProviderRequest {
        ProviderRequest(method: "GET", path: path, fields: fields, body: [])
    }

    /// Builds the request for one draw of a probe. The same arguments give the same bytes.
    ///
    /// - Throws: `unsupportedPrompt` where the protocol does not carry this kind of prompt.
    public init(_ probe: Probe, _ settings: ProviderSettings) throws(WireFormatsError) {
        let provider = settings.provider.provider
        let interface =
            switch probe.prompt {
            case .chat: provider.chat
            case .raw: provider.raw
            }
        guard let interface else {
            let kind = if case .chat = probe.prompt { "a conversation" } else { "raw text" }
            throw WireFormatsError(.unsupportedPrompt, "\(kind) cannot be sent over \(settings.provider.rawValue)")
        }
        self = try interface.request(probe, settings)
    }

    /// Builds the request for one draw of a probe, not streamed, with everything else at its default.
    ///
    /// - Throws: `unsupportedPrompt` where the protocol does not carry this kind of prompt.
    public init(_ probe: Probe, model: String, over provider: ProviderProtocol) throws(WireFormatsError) {
        try self.init(probe, ProviderSettings(provider: provider, model: model))
    }

    /// The request that lists the models of an endpoint; nil where its interface has none.
    public static func models(_ settings: ProviderSettings) -> ProviderRequest? {
        settings.provider.provider.listing(settings)
    }
}
