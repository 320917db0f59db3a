#include <dlfcn.h>
#include <netcdf.h>
#include <stdint.h>

/// Prevents HDF5, which NetCDF-4 uses, from writing to standard error: error messages of each thread,
/// which the return codes repeat, and messages about damaged files when the process ends (every file
/// is closed by then). Call this before any other call of the library.
///
/// The functions of HDF5 are looked up at run time, because NetCDF may be linked with it in several
/// ways. Without them, HDF5 keeps writing its messages.
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
