/// OpenAI, and everybody who speaks as OpenAI does.
struct OpenAIProvider: Provider {
    let chat: (any ProviderInterface)?
    let raw: (any ProviderInterface)?

    var keyStyle: KeyStyle { .bearer }
}
