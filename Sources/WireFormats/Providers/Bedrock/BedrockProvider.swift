/// AWS Bedrock's runtime (Amazon Bedrock API reference). Its list of models is at another address.
struct BedrockProvider: Provider {
    var keyStyle: KeyStyle { .signatureV4 }
    var chat: (any ProviderInterface)? { BedrockConverse() }
    var raw: (any ProviderInterface)? { nil }

    func listing(_ settings: ProviderSettings) -> ProviderRequest? { nil }

    func models(_ root: JSONNode) -> [String]? { nil }
}
