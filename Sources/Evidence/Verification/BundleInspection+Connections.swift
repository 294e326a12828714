internal import ContentAddressing
internal import ForensicTypes

extension BundleInspection {
    /// Every certificate of an endpoint is named by its digest, and the records name it.
    mutating func concludeConnections() {
        let certificates = files.filter { $0.path.hasPrefix("data/tls/") }
        guard !certificates.isEmpty else { return }
        for file in certificates where file.path != "data/tls/\(file.digest.hex).der" {
            return fail(.connections, "\(file.path) is not named by its digest")
        }
        let held = Set(certificates.map(\.digest))
        let named = records.tally.certificates
        let strange = held.subtracting(named).count
        if strange > 0 { remarks.append("\(strange.counted("certificate")) of endpoints that no record names") }
        let absent = named.subtracting(held).count
        if absent > 0 {
            let are = absent.agreeing("is", "are")
            remarks.append("\(absent.counted("certificate")) that records name \(are) not in the bundle")
        }
        find(.connections, "\(held.count.counted("certificate")), each named by its digest")
    }
}
