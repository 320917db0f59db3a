import MPI

extension CommunicatorCheck {
  /// The collective operations, which distribute the plan and synchronise the ranks.
  static let collectives: [CommunicatorCheck] = [
    CommunicatorCheck("every rank receives a broadcast of 0 bytes to 3 MB from any rank") { world in
      for root in 0..<world.size {
        for length in [0, 1, 3_000_000] {
          let sent = pattern(length, from: root, number: length)
          // The argument of other ranks must be ignored.
          let own = world.rank == root ? sent : pattern(17, from: world.rank)
          let received = try world.broadcast(own, from: root)
          try expect(received == sent, "\(length) bytes of rank \(root) arrived unchanged")
        }
      }
    },

    CommunicatorCheck("successive broadcasts keep their order, even if some ranks are late") {
      world in
      for number in 0..<50 {
        let root = number % world.size
        if number % 10 == world.rank { sleepBriefly() }
        let received = try world.broadcast(pattern(number, from: root, number: number), from: root)
        try expect(
          received == pattern(number, from: root, number: number), "broadcast \(number) arrived")
      }
    },

    CommunicatorCheck("no rank leaves a barrier before the last one has entered it") { world in
      for late in 0..<world.size {
        if world.rank == late { sleepBriefly() }
        let entered = now()
        try world.barrier()
        let left = now()
        try world.send(Array("\(entered) \(left)".utf8), to: 0, tag: 5)
        if world.rank == 0 {
          let times = try (0..<world.size).map { _ in
            String(decoding: try world.next().bytes, as: UTF8.self).split(separator: " ")
              .map { Int($0)! }
          }
          let lastEntered = times.map { $0[0] }.max()!
          let firstLeft = times.map { $0[1] }.min()!
          try expect(
            lastEntered <= firstLeft, "all entered \(firstLeft - lastEntered) ns before one left")
        }
        try world.barrier()
      }
    },

    CommunicatorCheck("messages and collective operations do not interfere") { world in
      try world.send([9], to: world.partner, tag: 1)
      let shared = try world.broadcast([UInt8(world.rank)], from: world.size - 1)
      try world.barrier()
      try expect(shared == [UInt8(world.size - 1)], "\(shared) was broadcast")
      try expect(world.next().bytes == [9], "the message arrived as well")
    },
  ]
}
