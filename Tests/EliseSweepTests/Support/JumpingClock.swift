import Foundation
import TestSupport

/// A library that makes the wall clock jump back and forth by a day when it is preloaded.
enum JumpingClock {
  /// Compiles it into a folder; nil if there is no compiler.
  static func library(in folder: URL) throws -> String? {
    let source = folder.appendingPathComponent("clock.c")
    try """
    #define _GNU_SOURCE
    #include <dlfcn.h>
    #include <sys/time.h>
    #include <time.h>
    static long jump(void) {
      static long calls;
      /* Forward by a day, back by a day, and as it is, for a few calls each. */
      long phase = __sync_fetch_and_add(&calls, 1) / 7 % 3;
      return phase == 0 ? 86400 : phase == 1 ? -86400 : 0;
    }
    int clock_gettime(clockid_t clock, struct timespec *now) {
      static int (*real)(clockid_t, struct timespec *);
      if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
      int code = real(clock, now);
      if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) now->tv_sec += jump();
      return code;
    }
    int gettimeofday(struct timeval *restrict now, void *restrict zone) {
      struct timespec time;
      clock_gettime(CLOCK_REALTIME, &time);
      now->tv_sec = time.tv_sec;
      now->tv_usec = time.tv_nsec / 1000;
      return 0;
    }
    time_t time(time_t *now) {
      struct timespec time;
      clock_gettime(CLOCK_REALTIME, &time);
      if (now) *now = time.tv_sec;
      return time.tv_sec;
    }
    """.write(to: source, atomically: true, encoding: .utf8)
    let library = folder.appendingPathComponent("clock.so").path
    for compiler in ["clang", "cc"] {
      let outcome = try run(compiler, ["-shared", "-fPIC", "-o", library, source.path, "-ldl"])
      if outcome.exitCode == 0 { return library }
    }
    return nil
  }
}
