# Finds libsodium, used for SHA-256 digests, as libsodium::libsodium.

find_path(libsodium_INCLUDE_DIR sodium.h)
find_library(libsodium_LIBRARY sodium)
mark_as_advanced(libsodium_INCLUDE_DIR libsodium_LIBRARY)

unset(libsodium_VERSION)
if(libsodium_INCLUDE_DIR)
  file(STRINGS "${libsodium_INCLUDE_DIR}/sodium/version.h" libsodium_VERSION
    REGEX "^#define SODIUM_VERSION_STRING ")
  string(REGEX REPLACE ".*\"([^\"]+)\".*" "\\1" libsodium_VERSION "${libsodium_VERSION}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(libsodium
  REQUIRED_VARS libsodium_LIBRARY libsodium_INCLUDE_DIR
  VERSION_VAR libsodium_VERSION
  REASON_FAILURE_MESSAGE "On Debian: apt-get install libsodium-dev.")

if(libsodium_FOUND AND NOT TARGET libsodium::libsodium)
  add_library(libsodium::libsodium UNKNOWN IMPORTED)
  set_target_properties(libsodium::libsodium PROPERTIES
    IMPORTED_LOCATION "${libsodium_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${libsodium_INCLUDE_DIR}")
endif()
