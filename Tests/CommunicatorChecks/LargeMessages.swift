import MPI

private let large = 5_000_000  // [bytes], far more than MPI sends before the receiver accepts

extension CommunicatorCheck {
  /// Messages that leave only when the receiver accepts them, such as checkpoints.
  static let largeMessages: [CommunicatorCheck] = [
    CommunicatorCheck("two ranks send each other 5 MB simultaneously without a deadlock") { world in
      try world.send(pattern(large, from: world.rank), to: world.partner, tag: 3)
      let message = try world.next()
      try expect(message.source == world.partner, "the partner sent it")
      try expect(message.bytes == pattern(large, from: world.partner), "5 MB arrived unchanged")
    },

    CommunicatorCheck("ranks that flush 5 MB to each other before receiving do not deadlock") {
      world in
      try world.send(pattern(large, from: world.rank), to: world.partner, tag: 3)
      try world.flush()
      try expect(
        world.next().bytes == pattern(large, from: world.partner), "5 MB arrived unchanged")
    },

    CommunicatorCheck("5 MB leave even if the receiver already waits in a barrier") { world in
      if world.rank == 0 {
        try world.send(pattern(large, from: 0), to: world.size - 1, tag: 3)
        try world.flush()
      }
      try world.barrier()
      if world.rank == world.size - 1 {
        try expect(world.next().bytes == pattern(large, from: 0), "5 MB arrived unchanged")
      }
    },

    CommunicatorCheck("a short message does not overtake a long one of the same sender") { world in
      for number in 0..<4 {
        let length = number % 2 == 0 ? large / 4 : 1
        try world.send(
          pattern(length, from: world.rank, number: number), to: world.partner, tag: number)
      }
      for number in 0..<4 {
        let length = number % 2 == 0 ? large / 4 : 1
        let message = try world.next()
        try expect(message.tag == number, "message \(message.tag) is number \(number)")
        try expect(
          message.bytes == pattern(length, from: world.partner, number: number),
          "message \(number) arrived unchanged")
      }
    },

    CommunicatorCheck("the sender may change its bytes immediately after sending") { world in
      var bytes = pattern(large, from: world.rank)
      try world.send(bytes, to: world.partner, tag: 3)
      for index in stride(from: 0, to: large, by: 1000) { bytes[index] ^= 0xff }
      try expect(
        world.next().bytes == pattern(large, from: world.partner),
        "the bytes are those at the time of sending")
    },
  ]
}
