import Foundation

/// Python as `make test` sets it up; without it tests that need it are skipped.
public let python = ProcessInfo.processInfo.environment["ELISE_PYTHON"].flatMap {
  $0.isEmpty ? nil : $0
}

/// Why they are skipped.
public let pythonIsMissing =
  "ELISE_PYTHON does not name a Python with the packages of Tests/python/requirements.txt; `make test` makes one"
