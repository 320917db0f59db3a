#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The exponential function of the C library, the one that the reference kernel uses.
func exponential(_ exponent: Double) -> Double { exp(exponent) }

func naturalLogarithm(_ value: Double) -> Double { log(value) }

func cosine(_ angle: Double) -> Double { cos(angle) }
