// swift-tools-version: 6.1
import PackageDescription

// The long series of benchmarks, apart from the tool that users build.
let processor = Context.environment["ELISE_CPU"] ?? "native"

let package = Package(
  name: "elise-sweep-benchmarks",
  dependencies: [.package(name: "elise-sweep", path: "..")],
  targets: [
    .executableTarget(
      name: "kernel-benchmarks",
      dependencies: [.product(name: "Bench", package: "elise-sweep")],
      swiftSettings: [
        .unsafeFlags(["-Xcc", "-march=\(processor)"], .when(configuration: .release))
      ]),
    .executableTarget(
      name: "interval-coverage", dependencies: [.product(name: "Bench", package: "elise-sweep")]),
  ],
  swiftLanguageModes: [.v6]
)
