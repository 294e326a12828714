import Foundation
import Testing

@Suite("Layers")
struct LayerTests {
    @Test("The package description has exactly the modules and imports of the architecture page")
    func descriptionMatchesPage() throws {
        let page = try ArchitecturePage.read()
        let package = try PackageDescription.read()
        let modules = package.targets.filter {
            $0.type != "test" && !["TestSupport", "case-writer", "collection-load"].contains($0.name)
        }

        #expect(Set(modules.map(\.name)) == Set(page.rows.keys))
        for module in modules {
            let row = try #require(page.rows[module.name], "\(module.name) has no row in Architecture.md")
            #expect(Set(module.modules) == row.ours, "\(module.name): modules of ours")
            #expect(Set(module.products) == row.others, "\(module.name): modules of others")
        }
    }

    @Test("Nothing imports a module of a layer above its own")
    func importsPointDown() throws {
        let package = try PackageDescription.read()
        let order = package.targets.map(\.name)
        for target in package.targets {
            let own = try #require(order.firstIndex(of: target.name))
            for module in target.modules {
                let other = try #require(order.firstIndex(of: module), "\(target.name) imports unknown \(module)")
                #expect(other < own, "\(target.name) is listed before \(module), which it imports")
            }
        }
    }

    @Test("The sources import nothing that the table does not name")
    func sourcesKeepToTheTable() throws {
        let page = try ArchitecturePage.read()
        let system: Set = [
            "Foundation", "FoundationEssentials", "Glibc", "Musl", "Darwin", "Synchronization", "Dispatch",
        ]
        var files = 0
        for (module, row) in page.rows
        where !module.hasPrefix("C") || module == "Comparison" || module == "CaseStore"
            || module == "ContentAddressing"
        {
            for file in try SourceTree.swiftFiles(under: "Sources/\(module)") {
                files += 1
                for imported in try SourceTree.imports(of: file) where !system.contains(imported) {
                    #expect(row.ours.union(row.others).contains(imported), "\(file) imports \(imported)")
                }
            }
        }
        #expect(files > 50, "the scan found too few files to mean anything")
    }

    @Test("Numerics stay free of Foundation", arguments: ["LinearAlgebra", "Statistics"])
    func numericsWithoutFoundation(module: String) throws {
        for file in try SourceTree.swiftFiles(under: "Sources/\(module)") {
            let imports = try SourceTree.imports(of: file)
            #expect(imports.isDisjoint(with: ["Foundation", "FoundationEssentials"]), "\(file)")
        }
    }

    @Test("No module imports FoundationNetworking, and sockets are opened in Acquisition alone")
    func networkInOnePlace() throws {
        for file in try SourceTree.swiftFiles(under: "Sources") {
            let imports = try SourceTree.imports(of: file)
            #expect(!imports.contains("FoundationNetworking"), "\(file)")
            guard !file.contains("Sources/Acquisition/") else { continue }
            #expect(!imports.contains { $0.hasPrefix("NIO") }, "\(file)")
            let text = try String(contentsOfFile: file, encoding: .utf8)
            #expect(!text.contains("URLSession") && !text.contains(" socket("), "\(file)")
        }
    }

    @Test("Memory-unsafe code stays in the modules that call C")
    func unsafeInNamedModules() throws {
        let allowed = ["LinearAlgebra", "Evidence", "CaseStore", "Comparison", "Features", "Acquisition", "whorl"]
        for file in try SourceTree.swiftFiles(under: "Sources") {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            guard text.contains("unsafe ") && text.contains("unsafe {") || text.contains("= unsafe ") else { continue }
            #expect(allowed.contains { file.contains("Sources/\($0)/") }, "\(file) uses unsafe memory")
        }
    }
}
