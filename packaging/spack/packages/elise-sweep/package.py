# Untried: Spack has no package of Swift 6, so the compiler must come from the system.
# spack repo add packaging/spack && spack install elise-sweep
from spack.package import *


class EliseSweep(MakefilePackage):
    """Parameter sweeps of ELiSe networks, which learn sequences, on MPI ranks."""

    license("MIT")
    # The folder of the project: spack develop, or the address of its repository as `git`.
    version("main", branch="main")

    depends_on("c", type="build")
    depends_on("pkgconfig", type="build")
    depends_on("mpi")
    depends_on("libyaml")
    depends_on("netcdf-c")
    depends_on("xxhash")
    depends_on("openblas threads=none")
    depends_on("gnuplot", type="run")

    def setup_build_environment(self, env):
        env.set("ELISE_CPU", "x86-64-v3")
        env.set("ELISE_MPI", "mpich" if self.spec.satisfies("^[virtuals=mpi] mpich") else "ompi-c")

    def build(self, spec, prefix):
        flags = " ".join(
            f"-Xlinker -rpath -Xlinker {spec[name].prefix.lib}"
            for name in ("mpi", "libyaml", "netcdf-c", "xxhash", "openblas")
        )
        make("build", f"SWIFT_FLAGS={flags}")

    def install(self, spec, prefix):
        make("install", f"PREFIX={prefix}")
