#include <dlfcn.h>
#include <netcdf.h>
#include <stdint.h>

/// Keeps HDF5, which NetCDF-4 stands on, from writing to standard error: errors of each thread
/// that come back as return codes anyway, and complaints about damaged files when the process ends
/// (every file has been closed by then). To be called before any other call of the library.
///
/// HDF5 is looked up at run time, because NetCDF may be linked with it in several ways; where it is
/// not found it stays as talkative as it is.
static inline void cnetcdf_silence_hdf5(void) {
  static _Thread_local int done;
  if (done) return;
  done = 1;
  int (*dont_atexit)(void) = (int (*)(void))dlsym(0, "H5dont_atexit");
  int (*set_auto)(int64_t, void *, void *) =
      (int (*)(int64_t, void *, void *))dlsym(0, "H5Eset_auto2");
  if (dont_atexit) dont_atexit();
  if (set_auto) set_auto(0, 0, 0);
}
