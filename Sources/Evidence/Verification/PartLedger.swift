internal import ForensicTypes

/// The parts that the lines announce, in the order in which their bytes will come: 36 bytes for each, and 12 for each place
/// that is masked.
struct PartLedger {
    private struct Mask {
        let part: UInt32
        let start: UInt32
        let end: UInt32
    }

    private var lengths: [UInt32] = []
    private var commitments: [Digest] = []
    private var masks: [Mask] = []
    /// The first mask of the parts that have not gone by.
    private var nextMask = 0

    /// How many parts were announced.
    var count: Int { lengths.count }

    init(records: Int) {
        // A request and a response each.
        lengths.reserveCapacity(2 * records)
        commitments.reserveCapacity(2 * records)
        masks.reserveCapacity(records)
    }

    /// Notes the parts of a record.
    mutating func add(_ parts: [RecordFields.Part]) {
        for part in parts {
            for span in part.masked {
                masks.append(
                    Mask(
                        part: UInt32(lengths.count), start: UInt32(span.range.lowerBound),
                        end: UInt32(span.range.upperBound)))
            }
            lengths.append(UInt32(part.length))
            commitments.append(part.commitment)
        }
    }

    func length(of part: Int) -> Int { Int(lengths[part]) }

    func commitment(of part: Int) -> Digest { commitments[part] }

    /// Whether every masked place of a part that lies in some of its bytes holds asterisks. Parts are asked about in order.
    mutating func isMasked(_ bytes: ArraySlice<UInt8>, of part: Int, at offset: Int) -> Bool {
        while nextMask < masks.count, masks[nextMask].part < part { nextMask += 1 }
        var index = nextMask
        while index < masks.count, masks[index].part == part {
            let span = MaskedSpan(range: Int(masks[index].start)..<Int(masks[index].end))
            guard span.isMasked(in: bytes, at: offset) else { return false }
            index += 1
        }
        return true
    }
}
