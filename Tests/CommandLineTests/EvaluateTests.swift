import Foundation
import Testing

@Suite("Evaluate verb")
struct EvaluateVerbTests {
    @Test("Draws of panel and prompts give a mean, its error and every draw, and the seed repeats them")
    func panel() throws {
        let folder = try ScratchFolder()
        let arguments =
            try ["evaluate"] + folder.writePopulation() + [
                "--panel", "4", "--probes", "10", "--draws", "2", "--unrelated", "20", "--seed", "7",
            ]
        let run = try CommandLineRun(arguments + ["--json"])
        #expect(run.status == 0, "\(run.errors)")
        let report = try run.json()
        #expect(report["format"] as? String == "whorl-panel-draws-1")
        #expect(report["panel_lineages"] as? Int == 4 && report["probes"] as? Int == 10 && report["seed"] as? Int == 7)
        let area = try #require(report["auc"] as? [String: Any])
        #expect(try #require(area["mean"] as? Double) > 0.99)
        #expect(area["standard_error"] != nil && area["standard_deviation"] != nil)
        #expect((report["draws"] as? [[String: Any]])?.count == 2)
        #expect(try CommandLineRun(arguments + ["--json"]).output == run.output)
        let text = try CommandLineRun(arguments)
        #expect(text.output.contains("2 draws of 10 of 30 prompts and a panel of 4 lineages, rarity by panel, seed 7"))
        #expect(text.output.contains("TPR at 1 % FPR"))
    }

    @Test("What does not go together is named")
    func contradictions() throws {
        let folder = try ScratchFolder()
        let arguments = try ["evaluate"] + folder.writePopulation()
        let two = try CommandLineRun(arguments + ["--panel", "4", "--probes", "5,10"])
        #expect(two.status == 3 && two.errors.contains("--panel takes one number of --probes"))
        let large = try CommandLineRun(arguments + ["--panel", "40", "--probes", "10"])
        #expect(large.status != 0 && large.errors.contains("two less than the 10 of the population"))
        let many = try CommandLineRun(arguments + ["--panel", "4"])
        #expect(many.status != 0 && many.errors.contains("100 probes were asked for; most models answered 30 prompts"))
    }
}
