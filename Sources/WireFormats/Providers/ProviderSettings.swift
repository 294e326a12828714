/// What an endpoint file says about the requests to a provider.
public struct ProviderSettings: Sendable, Hashable {
    /// A parameter that an endpoint may not accept.
    public enum Parameter: String, Sendable, Hashable, Codable, CaseIterable {
        /// The softmax temperature.
        case temperature
        /// The nucleus mass.
        case topP = "top_p"
        /// The seed.
        case seed
    }

    /// The interface.
    public var provider: ProviderProtocol
    /// The name by which the endpoint knows the model; the deployment's name at Azure.
    public var model: String
    /// Whether answers are asked for as streams.
    public var isStreaming: Bool
    /// The version of the interface to name, at Azure and Anthropic; nil names the one of `defaultAPIVersion`.
    public var apiVersion: String?
    /// Parameters that are not sent, because the endpoint refuses them.
    public var omitted: Set<Parameter>

    /// Sets what is needed; nothing is streamed or left out by default.
    public init(
        provider: ProviderProtocol, model: String, isStreaming: Bool = false, apiVersion: String? = nil,
        omitted: Set<Parameter> = []
    ) {
        self.provider = provider
        self.model = model
        self.isStreaming = isStreaming
        self.apiVersion = apiVersion
        self.omitted = omitted
    }

    /// Whether a parameter is sent.
    func sends(_ parameter: Parameter) -> Bool { !omitted.contains(parameter) }
}
