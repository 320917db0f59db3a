// The parts of <mpi.h> that Swift cannot import: handles and constants that are
// macros with casts. This header uses only names of the MPI standard, so it
// compiles with Open MPI and with MPICH and its descendants.

#ifndef CMPI_SHIM_H
#define CMPI_SHIM_H

#include <mpi.h>
#include <sys/syscall.h>
#include <unistd.h>

// A request handle is a pointer in Open MPI and an integer in MPICH. In a
// structure, Swift can store both under one name.
typedef struct {
  MPI_Request handle;
} cmpi_request;

static inline cmpi_request cmpi_request_null(void) {
  cmpi_request request = {MPI_REQUEST_NULL};
  return request;
}

static inline MPI_Comm cmpi_comm_world(void) { return MPI_COMM_WORLD; }
static inline MPI_Comm cmpi_comm_self(void) { return MPI_COMM_SELF; }
static inline MPI_Datatype cmpi_byte(void) { return MPI_BYTE; }
static inline MPI_Errhandler cmpi_errors_return(void) { return MPI_ERRORS_RETURN; }
static inline MPI_Message cmpi_message_null(void) { return MPI_MESSAGE_NULL; }
static inline MPI_Status *cmpi_status_ignore(void) { return MPI_STATUS_IGNORE; }

// The number of ranks on the node of this rank, and the number of cores that at least one of them may
// use. The call of the system has no declaration that Swift sees. It leaves the bits zero on a machine
// with more cores than there are bits.
static inline int cmpi_node(int *ranks, int *cores) {
  unsigned char bits[1024] = {0};
  syscall(SYS_sched_getaffinity, 0, sizeof bits, bits);
  MPI_Comm node;
  int code = MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &node);
  if (code == MPI_SUCCESS) code = MPI_Comm_size(node, ranks);
  if (code == MPI_SUCCESS) {
    code = MPI_Allreduce(MPI_IN_PLACE, bits, sizeof bits, MPI_BYTE, MPI_BOR, node);
  }
  *cores = 0;
  for (unsigned long i = 0; i < sizeof bits; i++) *cores += __builtin_popcount(bits[i]);
  return code == MPI_SUCCESS ? MPI_Comm_free(&node) : code;
}

static inline int cmpi_success(void) { return MPI_SUCCESS; }
static inline int cmpi_any_source(void) { return MPI_ANY_SOURCE; }
static inline int cmpi_any_tag(void) { return MPI_ANY_TAG; }
static inline int cmpi_thread_funneled(void) { return MPI_THREAD_FUNNELED; }
static inline int cmpi_max_error_string(void) { return MPI_MAX_ERROR_STRING; }
static inline int cmpi_max_library_version_string(void) {
  return MPI_MAX_LIBRARY_VERSION_STRING;
}

#endif
