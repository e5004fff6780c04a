# Finds Nettle, used for SHA-256 digests, as nettle::nettle.

find_path(nettle_INCLUDE_DIR nettle/sha2.h)
find_library(nettle_LIBRARY nettle)
mark_as_advanced(nettle_INCLUDE_DIR nettle_LIBRARY)

unset(nettle_VERSION)
if(nettle_INCLUDE_DIR)
  file(STRINGS "${nettle_INCLUDE_DIR}/nettle/version.h" nettle_VERSION REGEX "^#define NETTLE_VERSION_M(AJOR|INOR) ")
  string(REGEX REPLACE "[^;0-9]*([0-9]+)" "\\1" nettle_VERSION "${nettle_VERSION}")
  string(REPLACE ";" "." nettle_VERSION "${nettle_VERSION}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(nettle
  REQUIRED_VARS nettle_LIBRARY nettle_INCLUDE_DIR
  VERSION_VAR nettle_VERSION
  REASON_FAILURE_MESSAGE "On Debian: apt-get install nettle-dev.")

if(nettle_FOUND AND NOT TARGET nettle::nettle)
  add_library(nettle::nettle UNKNOWN IMPORTED)
  set_target_properties(nettle::nettle PROPERTIES
    IMPORTED_LOCATION "${nettle_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${nettle_INCLUDE_DIR}")
endif()
