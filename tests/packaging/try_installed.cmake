# Installs the build, moves the installed tree (a package must not remember where it
# was made), then configures, builds and runs the stranger's project beside this file.
# Run by ctest with BUILD, WORK, GENERATOR, COMPILER and FLAGS set.

file(REMOVE_RECURSE "${WORK}")
function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

run("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/first_place")
file(RENAME "${WORK}/first_place" "${WORK}/moved")
run("${CMAKE_COMMAND}" -S "${CMAKE_CURRENT_LIST_DIR}" -B "${WORK}/stranger" -G "${GENERATOR}"
  "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_CXX_FLAGS=${FLAGS}" "-DCMAKE_PREFIX_PATH=${WORK}/moved")
run("${CMAKE_COMMAND}" --build "${WORK}/stranger")
run("${WORK}/stranger/stranger")
