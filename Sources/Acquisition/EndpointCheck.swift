internal import CaseStore
internal import ContentAddressing
public import ForensicTypes
internal import WireFormats

/// What an endpoint can do, found by a handful of requests that are not recorded as evidence.
public struct EndpointCheck: Sendable, Hashable, Codable {
    /// The endpoint's name.
    public var name: String
    /// Host and port.
    public var address: String
    /// Whether something answers HTTP there.
    public var isReachable = false
    /// Whether the key, or the lack of one, is accepted; nil where that could not be seen.
    public var isAuthorised: Bool?
    /// The TLS version; nil for plain text.
    public var tlsVersion: String?
    /// The digest of the certificate that the server presented; nil for plain text.
    public var certificate: Digest?
    /// The models that the endpoint lists.
    public var models: [String] = []
    /// Whether it answers conversations; nil where the protocol does not carry them.
    public var answersChat: Bool?
    /// Whether it continues raw text; nil where the protocol does not carry it.
    public var answersRawText: Bool?
    /// The model name in its answers.
    public var claimedModel: String?
    /// How many alternatives per token it gave when asked for 20; 0 where it gives no log-probabilities.
    public var topLogprobs = 0
    /// Whether it reports token counts.
    public var reportsUsage = false
    /// Whether three greedy answers were the same; nil where fewer came.
    public var isDeterministic: Bool?
    /// Whether sampled answers look as if they came from a cache; nil where it could not be seen.
    public var looksCached: Bool?
    /// The time of the fastest answer, in seconds.
    public var fastestAnswer: Double?
    /// What stands in the way of a collection, most serious first.
    public var problems: [String] = []

    private enum CodingKeys: String, CodingKey {
        case name, address, models, certificate, problems
        case isReachable = "reachable"
        case isAuthorised = "authorised"
        case tlsVersion = "tls_version"
        case answersChat = "answers_chat"
        case answersRawText = "answers_raw_text"
        case claimedModel = "claimed_model"
        case topLogprobs = "top_logprobs"
        case reportsUsage = "reports_usage"
        case isDeterministic = "deterministic"
        case looksCached = "looks_cached"
        case fastestAnswer = "fastest_answer_s"
    }

    private init(_ configuration: EndpointConfiguration) {
        name = configuration.identity.name
        address = "\(configuration.address.host):\(configuration.address.port)"
    }

    /// Whether a collection can run.
    public var isUsable: Bool { answersChat == true || answersRawText == true }

    /// Asks an endpoint.
    ///
    /// - Throws: `secret` or `configuration` where it cannot even be asked. What the endpoint does wrong is a finding.
    public static func run(_ configuration: EndpointConfiguration) async throws(AcquisitionError) -> EndpointCheck {
        let client = try EndpointClient(configuration)
        var check = EndpointCheck(configuration)
        let listing = await client.perform(.models)
        guard check.takeConnection(listing, of: configuration) else { return check }
        if let body = EndpointAnswer(listing).body, let models = try? ProviderResponse.models(body: body) {
            check.models = models.sorted()
        }
        await check.ask(client, configuration)
        check.conclude()
        return check
    }

    /// Notes the facts of the first connection; false where nothing further can be learnt.
    private mutating func takeConnection(_ exchange: WireExchange, of configuration: EndpointConfiguration) -> Bool {
        tlsVersion = exchange.connection.tlsVersion
        certificate = exchange.connection.certificates.first
        switch AttemptAssessment(exchange).result {
        case .unreachable: problems = [AcquisitionError(.down, at: configuration).message]
        // Some providers list no models.
        case .endpointFault(.notFound): isReachable = true
        case .endpointFault(let fault):
            isReachable = fault != .tls && fault != .down
            if fault == .wrongKey { isAuthorised = false }
            problems = [AcquisitionError(fault, at: configuration).message]
        case .busy:
            isReachable = true
            problems = ["the server is loading or overloaded; try again later"]
        case .failed where exchange.outcome == .timeout: problems = ["the server did not answer in time"]
        default: isReachable = true
        }
        return problems.isEmpty
    }

    private mutating func ask(_ client: EndpointClient, _ configuration: EndpointConfiguration) async {
        let chat = Prompt.chat([Message(role: .user, content: "Name three primary colours.")])
        let raw = Prompt.raw("The three primary colours are")
        let usesChat = configuration.provider != .openAICompletions
        if usesChat { answersChat = await answer(client, configuration, chat, SamplingParameters()) != nil }
        if configuration.provider != .openAIChat {
            answersRawText = await answer(client, configuration, raw, SamplingParameters()) != nil
        }
        guard isUsable else { return }
        let prompt = usesChat && answersChat == true ? chat : raw
        let greedy = SamplingParameters(maximumTokens: 16)
        var repeats: [[UInt8]] = []
        for _ in 0..<3 {
            if let completion = await answer(client, configuration, prompt, greedy) { repeats.append(completion.text) }
        }
        if repeats.count == 3 { isDeterministic = Set(repeats).count == 1 }
        var samples: [[UInt8]] = []
        for _ in 0..<3 {
            let sampled = SamplingParameters(temperature: 1.5, maximumTokens: 32)
            if let completion = await answer(client, configuration, prompt, sampled) { samples.append(completion.text) }
        }
        if samples.count == 3 { looksCached = Set(samples).count == 1 }
        let asking = SamplingParameters(maximumTokens: 2, topLogprobs: 20)
        if let completion = await answer(client, configuration, prompt, asking) {
            topLogprobs = completion.positions.map(\.top.count).max() ?? 0
        }
    }

    private mutating func answer(
        _ client: EndpointClient, _ configuration: EndpointConfiguration, _ prompt: Prompt,
        _ sampling: SamplingParameters
    ) async -> Completion? {
        let probe = Probe(family: "check", prompt: prompt, sampling: sampling, draws: 1, reading: .text)
        guard let request = try? ProviderRequest(probe, model: configuration.model, over: configuration.provider)
        else { return nil }
        let exchange = await client.perform(request)
        let answer = EndpointAnswer(exchange)
        if let failure = answer.failure {
            if failure == .wrongKey { isAuthorised = false }
            note("\(request.path): \(failure.rawValue)")
            return nil
        }
        guard let completion = answer.completion else {
            note("\(request.path): \(answer.problem ?? exchange.outcome.name)")
            return nil
        }
        isAuthorised = true
        claimedModel = claimedModel ?? completion.claimedModel
        if completion.usage != nil { reportsUsage = true }
        let seconds = Double(exchange.elapsed) / 1e9
        fastestAnswer = min(fastestAnswer ?? seconds, seconds)
        return completion
    }

    private mutating func note(_ problem: String) {
        if !problems.contains(problem) { problems.append(problem) }
    }

    private mutating func conclude() {
        guard isUsable else { return }
        if isDeterministic == false { note("greedy answers differ between repeats: use several draws") }
        if looksCached == true { note("three sampled answers were the same: a response cache, or a fixed seed") }
    }
}

/// An exchange read as an answer.
private struct EndpointAnswer {
    var body: [UInt8]?
    var failure: ServerFailure?
    var completion: Completion?
    var problem: String?

    init(_ exchange: WireExchange) {
        guard case .http = exchange.outcome, let response = try? HTTPResponse(wire: exchange.response) else { return }
        failure = ServerFailure(response)
        guard failure == nil else { return }
        body = response.body
        do {
            // The check asks no probe of a set, so the digest names the request instead.
            completion = try ProviderResponse.completion(
                body: response.body, probe: SHA256Digest.of(exchange.request), draw: 0)
        } catch {
            problem = error.code.rawValue
        }
    }
}
