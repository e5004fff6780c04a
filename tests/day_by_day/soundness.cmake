# Makes a few lives and hides their facts; run by ctest with PYTHON, COMMAND, ORACLE and WORK set.
function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()
file(REMOVE_RECURSE "${WORK}")
run("${PYTHON}" -B "${CMAKE_CURRENT_LIST_DIR}/generate_lives.py" --seed 5 --people 400 --out "${WORK}")
run("${PYTHON}" -B "${CMAKE_CURRENT_LIST_DIR}/soundness.py" --command "${COMMAND}" --oracle "${ORACLE}" --facts "${WORK}" --seed 1 --rounds 12)
