# Run while the component "python" is installed: the shared libraries that the module needs go into the package, so that it
# runs where none of them is installed. Bindings' CMakeLists.txt sets `module`, the file that was linked, and `folder`,
# where in the installation they go.
#
# They are found from what was linked: a new dependency needs no line here. Shared, not static, for two reasons: Debian's
# static libraries are not position independent, and libcsv is LGPL, so whoever has the wheel may put in another.

# A Python that runs at all has these, and two copies of them in one process would quarrel.
set(part_of_every_linux "^ld-linux" "^lib(c|m|dl|rt|pthread|stdc\\+\\+|gcc_s)\\.so")

file(GET_RUNTIME_DEPENDENCIES
  MODULES "${module}"
  RESOLVED_DEPENDENCIES_VAR libraries
  UNRESOLVED_DEPENDENCIES_VAR missing
  PRE_EXCLUDE_REGEXES ${part_of_every_linux})
if(missing)
  message(FATAL_ERROR "leavingcare._core is linked with what cannot be found: ${missing}")
endif()

find_program(dpkg_query dpkg-query)
foreach(library IN LISTS libraries)
  # The file itself, under the name that is asked for: a wheel has no symbolic links.
  get_filename_component(name "${library}" NAME)
  file(REAL_PATH "${library}" file)
  file(INSTALL DESTINATION "${folder}" TYPE FILE RENAME "${name}" FILES "${file}")
  # Whoever passes on a library passes on its licence.
  set(package "")
  if(dpkg_query)
    execute_process(COMMAND "${dpkg_query}" -S "${file}" OUTPUT_VARIABLE package ERROR_QUIET)
    string(REGEX REPLACE ":.*" "" package "${package}")
  endif()
  if(package AND EXISTS "/usr/share/doc/${package}/copyright")
    file(INSTALL DESTINATION "${folder}" TYPE FILE RENAME "${name}.copyright" FILES "/usr/share/doc/${package}/copyright")
  else()
    message(STATUS "No licence found for ${library}: add it before you pass the wheel on")
  endif()
endforeach()
