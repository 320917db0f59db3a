// The first file of NetCDF follows in its own commit.
