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
    /// Whether it streams answers; nil where it gives none at all.
    public var streams: Bool?
    /// Whether sampled answers of one seed are the same and those without a seed are not; nil where the protocol has no seeds
    /// or it could not be seen.
    public var honoursSeed: Bool?
    /// Whether three greedy answers were the same; nil where fewer came.
    public var isDeterministic: Bool?
    /// Whether sampled answers look as if they came from a cache; nil where it could not be seen.
    public var looksCached: Bool?
    /// The time of the first sampled answer, in seconds.
    public var firstSample: Double?
    /// The time of the fastest further answer to the same request, in seconds.
    public var fastestRepeat: Double?
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
        case streams
        case honoursSeed = "honours_seed"
        case firstSample = "first_sample_s"
        case fastestRepeat = "fastest_repeat_s"
        case isDeterministic = "deterministic"
        case looksCached = "looks_cached"
        case fastestAnswer = "fastest_answer_s"
    }

    // Whether the last answer came as a stream.
    private var lastWasStream = false

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
        let settings = configuration.providerSettings
        // Some providers have no list; then the first question shows what the connection is like.
        if let request = ProviderRequest.models(settings) {
            let listing = await client.perform(request)
            guard check.takeConnection(listing, of: configuration) else { return check }
            if let body = EndpointAnswer(listing, to: request).body,
                let models = try? ProviderResponse.models(body: body, of: settings.provider)
            {
                check.models = models.sorted()
            }
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
        case .handshakeFailed: problems = [AcquisitionError(.tls, at: configuration).message]
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
        let settings = configuration.providerSettings
        if settings.provider.carriesChat {
            answersChat = await answer(client, configuration, settings, chat, SamplingParameters()) != nil
        }
        if settings.provider.carriesRawText {
            answersRawText = await answer(client, configuration, settings, raw, SamplingParameters()) != nil
        }
        guard isUsable else { return }
        let prompt = answersChat == true ? chat : raw
        let greedy = SamplingParameters(maximumTokens: 16)
        var repeats: [[UInt8]] = []
        for _ in 0..<3 {
            if let completion = await answer(client, configuration, settings, prompt, greedy) {
                repeats.append(completion.text)
            }
        }
        if repeats.count == 3 { isDeterministic = Set(repeats).count == 1 }
        // A question with many good answers: a confident model gives the same one to an easier question.
        let open =
            answersChat == true
            ? Prompt.chat([Message(role: .user, content: "Begin a story about a lighthouse. Invent every name in it.")])
            : Prompt.raw("It was a village that nobody had heard of, and its name was")
        await sample(client, configuration, open)
        let asking = SamplingParameters(maximumTokens: 2, topLogprobs: 20)
        if let completion = await answer(client, configuration, settings, prompt, asking, isOptional: true) {
            topLogprobs = completion.positions.map(\.top.count).max() ?? 0
        }
        var other = settings
        other.isStreaming = true
        streams = await answer(client, configuration, other, prompt, greedy, isOptional: true) != nil && lastWasStream
    }

    /// Draws sampled answers, without a seed and with one.
    private mutating func sample(
        _ client: EndpointClient, _ configuration: EndpointConfiguration, _ prompt: Prompt
    ) async {
        let settings = configuration.providerSettings
        var samples: [[UInt8]] = []
        for index in 0..<3 {
            let sampled = SamplingParameters(temperature: 1, maximumTokens: 32)
            let start = HostClock.monotonic()
            guard let completion = await answer(client, configuration, settings, prompt, sampled) else { continue }
            let seconds = Double(HostClock.monotonic() - start) / 1e9
            samples.append(completion.text)
            if index == 0 { firstSample = seconds } else { fastestRepeat = min(fastestRepeat ?? seconds, seconds) }
        }
        guard samples.count == 3 else { return }
        looksCached = Set(samples).count == 1
        let seeded = SamplingParameters(temperature: 1, maximumTokens: 32, seed: 20_261_126)
        let probe = Probe(family: "check", prompt: prompt, sampling: seeded, draws: 1, reading: .text)
        var unseeded = settings
        unseeded.omitted.insert(.seed)
        // Where both requests are the same, the interface has no seeds.
        guard looksCached == false, let with = try? ProviderRequest(probe, settings),
            let without = try? ProviderRequest(probe, unseeded), with != without
        else { return }
        var answers: [[UInt8]] = []
        for _ in 0..<2 {
            if let completion = await answer(client, configuration, settings, prompt, seeded, isOptional: true) {
                answers.append(completion.text)
            }
        }
        honoursSeed = answers.count == 2 && answers[0] == answers[1]
    }

    private mutating func answer(
        _ client: EndpointClient, _ configuration: EndpointConfiguration, _ settings: ProviderSettings,
        _ prompt: Prompt, _ sampling: SamplingParameters, isOptional: Bool = false
    ) async -> Completion? {
        let probe = Probe(family: "check", prompt: prompt, sampling: sampling, draws: 1, reading: .text)
        guard let request = try? ProviderRequest(probe, settings) else { return nil }
        let exchange = await client.perform(request)
        if !isReachable { guard takeConnection(exchange, of: configuration) else { return nil } }
        let answer = EndpointAnswer(exchange, to: request)
        let path = request.path.prefix { $0 != "?" }
        if let failure = answer.failure {
            if failure == .wrongKey { isAuthorised = false }
            if !isOptional { note("\(path): \(failure.rawValue)") }
            return nil
        }
        guard let completion = answer.completion else {
            if !isOptional { note("\(path): \(answer.problem ?? exchange.outcome.name)") }
            return nil
        }
        isAuthorised = true
        lastWasStream = answer.isStream
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
        if looksCached == true {
            let isQuick = (fastestRepeat ?? .infinity) < (firstSample ?? 0) / 4
            note(
                isQuick
                    ? "three sampled answers were the same, the repeats in a fraction of the time: a response cache"
                    : "three sampled answers were the same: a response cache, or a fixed seed")
        }
    }
}

/// An exchange read as an answer.
private struct EndpointAnswer {
    var body: [UInt8]?
    var failure: ServerFailure?
    var completion: Completion?
    var problem: String?
    var isStream = false

    init(_ exchange: WireExchange, to request: ProviderRequest) {
        guard case .http = exchange.outcome, let response = try? HTTPResponse(wire: exchange.response) else { return }
        failure = ServerFailure(response)
        guard failure == nil else { return }
        body = response.body
        isStream = ProviderResponse.isStream(response)
        guard !request.body.isEmpty else { return }
        do {
            // The check asks no probe of a set, so the digest names the request instead.
            completion = try ProviderResponse.completion(
                of: response, target: request.path, probe: SHA256Digest.of(exchange.request), draw: 0)
        } catch {
            problem = error.code.rawValue
        }
    }
}
