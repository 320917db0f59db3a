import CFuzzer
import Glibc

// The environment chooses the reader, since libFuzzer may start this program again with words of its
// own. All words go to libFuzzer: folders with inputs to begin with, -max_total_time=600 and so on.

guard let name = getenv("ELISE_FUZZ_READER"), let reader = Reader(rawValue: String(cString: name))
else {
  print(
    "ELISE_FUZZ_READER must be one of " + Reader.allCases.map(\.rawValue).joined(separator: ", "))
  exit(2)
}
Reader.chosen = reader

var words: [UnsafeMutablePointer<CChar>?] = []
for word in CommandLine.arguments { words.append(strdup(word)) }
words.append(nil)
var count = Int32(words.count - 1)
let code = words.withUnsafeMutableBufferPointer { buffer in
  var start = buffer.baseAddress
  return LLVMFuzzerRunDriver(&count, &start) { data, size in
    Reader.chosen.read(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
  }
}
exit(code)
