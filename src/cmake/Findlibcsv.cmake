# Finds libcsv, a C library that reads CSV, as libcsv::libcsv.
#
# Several libraries have a header called csv.h. libcsv's defines CSV_MAJOR; one
# that does not is somebody else's and is passed over.

find_path(libcsv_INCLUDE_DIR csv.h)
find_library(libcsv_LIBRARY csv)
mark_as_advanced(libcsv_INCLUDE_DIR libcsv_LIBRARY)

unset(libcsv_VERSION)
if(libcsv_INCLUDE_DIR)
  file(STRINGS "${libcsv_INCLUDE_DIR}/csv.h" lines REGEX "^#define CSV_(MAJOR|MINOR|RELEASE) [0-9]+")
  list(TRANSFORM lines REPLACE "^#define CSV_[A-Z]+ ([0-9]+).*" "\\1")
  list(JOIN lines "." libcsv_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(libcsv
  REQUIRED_VARS libcsv_LIBRARY libcsv_INCLUDE_DIR libcsv_VERSION
  VERSION_VAR libcsv_VERSION
  REASON_FAILURE_MESSAGE "On Debian: apt-get install libcsv-dev.")

if(libcsv_FOUND AND NOT TARGET libcsv::libcsv)
  add_library(libcsv::libcsv UNKNOWN IMPORTED)
  set_target_properties(libcsv::libcsv PROPERTIES
    IMPORTED_LOCATION "${libcsv_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${libcsv_INCLUDE_DIR}")
endif()
