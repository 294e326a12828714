import ArgumentParser

@main
struct WhorlCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "whorl", abstract: "Finds out whether the model behind an endpoint was stolen, and archives the proof.")
}
