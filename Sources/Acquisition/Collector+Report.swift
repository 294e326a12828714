internal import CaseStore
internal import ForensicTypes

/// What is counted while a collection runs.
struct CollectionTally {
    var attempts = 0
    var errors: [String: Int] = [:]
    var wasStopped = false
    var knownFaults: Set<EndpointFaultReport> = []
}

extension Collector {
    /// The endpoints that were given up, in their order.
    func reports(_ faults: [Int: EndpointFault]) -> [EndpointFaultReport] {
        guard !faults.isEmpty else { return [] }
        return faults.sorted { $0.key < $1.key }.map { index, fault in
            EndpointFaultReport(
                endpoint: endpoints[index].identity.name, fault: fault,
                message: AcquisitionError(fault, at: endpoints[index]).message)
        }
    }

    /// How far the collection is now.
    func progress(_ tally: CollectionTally, _ preparation: CampaignPreparation, start: Int64) -> CollectionProgress {
        let machine = preparation.machine
        let seconds = Double(HostClock.monotonic() - start) / 1e9
        let finished = machine.answered + machine.abandoned
        let done = preparation.alreadyThere + preparation.unsupported + finished
        let rate = seconds > 0 ? Double(finished) / seconds : 0
        let use = use(machine)
        return CollectionProgress(
            done: done, total: preparation.wanted, attempts: tally.attempts, rate: rate,
            secondsLeft: rate > 0 ? Double(preparation.wanted - done) / rate : nil, errors: tally.errors,
            tokens: use.tokens, spent: use.spent)
    }

    /// What the collection did.
    func summary(_ preparation: CampaignPreparation, _ tally: CollectionTally, start: Int64) -> CollectionSummary {
        let machine = preparation.machine
        let use = use(machine)
        return CollectionSummary(
            run: run, wanted: preparation.wanted, alreadyThere: preparation.alreadyThere, answered: machine.answered,
            missing: preparation.wanted - preparation.alreadyThere - machine.answered,
            unsupported: preparation.unsupported, attempts: tally.attempts, errors: tally.errors, tokens: use.tokens,
            spent: use.spent, faults: reports(machine.faults),
            exhausted: endpoints.indices.filter(machine.isExhausted).map { endpoints[$0].identity.name },
            isPastDeadline: machine.isPastDeadline, wasStopped: tally.wasStopped,
            seconds: Double(HostClock.monotonic() - start) / 1e9)
    }

    private func use(_ machine: CampaignStateMachine) -> (tokens: Int, spent: [String: Double]) {
        var tokens = 0
        var spent: [String: Double] = [:]
        for (index, endpoint) in endpoints.enumerated() where endpoint.budget.countsTokens {
            let use = machine.spending(at: index)
            tokens += use.tokens.prompt + use.tokens.completion
            if let price = endpoint.budget.price { spent[price.currency, default: 0] += use.money }
        }
        return (tokens, spent.mapValues { ($0 * 1e6).rounded() / 1e6 })
    }
}

extension AcquisitionError {
    /// The error that a fault of an endpoint amounts to.
    init(_ fault: EndpointFault, at endpoint: EndpointConfiguration) {
        let name = endpoint.identity.name
        let place = "\(endpoint.address.host):\(endpoint.address.port)"
        switch fault {
        case .down:
            self.init(.endpointDown, "\(name): nobody answers at \(place). Is the server running, and the url right?")
        case .tls:
            self.init(
                .tls, "\(name): TLS with \(place) failed. A certificate of your own authority needs `ca_file`.")
        case .wrongKey: self.init(.wrongKey, "\(name): \(place) does not accept the key")
        case .quotaExhausted: self.init(.quotaExhausted, "\(name): the account at \(place) has nothing left")
        case .notReady:
            self.init(.notReady, "\(name): \(place) keeps saying that it is loading or overloaded; run again later")
        case .notFound:
            self.init(
                .notFound, "\(name): \(place) knows no such route or model; look at `url`, `model` and `protocol`")
        case .redirected:
            self.init(.redirected, "\(name): \(place) redirects; put the final address into `url`")
        }
    }
}
